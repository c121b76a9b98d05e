"""What commands read and where they print: standard input, failures, the console."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.batch.inventory import find_entry, find_roots
from pipeline.batch.reports import reports
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.records import Failure, Report
from pipeline.terminal.words import visible

if TYPE_CHECKING:
    from rich.console import Console


class Failures:
    """Told of each failure; prints it to standard error and counts it."""

    def __init__(self) -> None:
        self.count = self.skipped = 0

    def __call__(self, failure: Failure) -> None:
        """Print and count one."""
        self.count += 1
        self.skipped += failure.stage == "skipped"
        print(visible(f"{failure.source}: {failure.message}"), file=sys.stderr)


@contextmanager
def standard_input(inputs: Sequence[str]) -> Iterator[Path | None]:
    """The text on standard input as a file, for the time of the work; None where no INPUT asks for it."""
    if "-" not in inputs:
        yield None
        return
    with TemporaryDirectory(prefix="report-pipeline-") as folder:
        path = Path(folder, "stdin.txt")
        path.write_bytes(sys.stdin.buffer.read())
        yield path


def console() -> Console:
    """Standard output for text of unknown origin: nothing in it is taken for mark-up."""
    from rich.console import Console

    return Console(markup=False, emoji=False, highlight=False, width=None if sys.stdout.isatty() else 120)


def present(inputs: Sequence[str], config: Config, show: Callable[[Report, Console], None]) -> int:
    """Show each report of the inputs; 0 where there is one and every text could be read, else 1."""
    failures, out = Failures(), console()
    with standard_input(inputs) as stdin:
        entry = find_entry(inputs[0]) if len(inputs) == 1 else None
        roots, only = ([entry[0]], entry[1]) if entry else (find_roots(inputs, stdin), None)
        shown = False
        for report in reports(roots, config, failures, only):
            show(report, out)
            shown = True
    if only and not shown and not failures.count:
        raise UsageError(f"{roots[0].name} holds no {only}. Name an entry as documents.source does.")
    return 0 if shown and failures.count == failures.skipped else 1
