"""How far a run is, on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.batch.run import Progress

Tell = Callable[["Progress"], None]

EVERY = 5.0
"""Seconds between two lines where nobody watches."""


@contextmanager
def progress(*, quiet: bool) -> Iterator[Tell]:
    """A function that is told of each step, and shows it."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar() as tell:
            yield tell
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Tell]:
    from rich import progress as rich
    from rich.console import Console

    columns = (
        rich.TextColumn("{task.description}"),
        rich.BarColumn(),
        rich.MofNCompleteColumn(),
        rich.TextColumn("{task.fields[failures]}"),
        rich.TimeElapsedColumn(),
        rich.TimeRemainingColumn(),
    )
    with rich.Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("starting", total=None, failures="")

        def tell(at: Progress) -> None:
            failures = f"{at.failures:,} failures" if at.failures else ""
            bar.update(task, description=at.step, completed=at.entries, total=at.total, failures=failures)

        yield tell


def _lines() -> Tell:
    said = time.monotonic()

    def tell(at: Progress) -> None:
        nonlocal said
        if at.entries == at.total or time.monotonic() - said >= EVERY:
            said = time.monotonic()
            of = f" of {at.total:,}" if at.total is not None else ""
            print(f"{at.step}: {at.entries:,}{of} entries, {at.failures:,} failures", file=sys.stderr, flush=True)

    return tell
