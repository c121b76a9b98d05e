"""What each command does, from its arguments to its exit status."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.batch.inventory import find_roots
from pipeline.batch.reports import clean_texts, reports
from pipeline.batch.run import Order, Summary, run
from pipeline.batch.selection import Selection
from pipeline.config import Config, load_config
from pipeline.errors import UsageError
from pipeline.records import Failure, Report
from pipeline.terminal.clean import file_name, print_changes, write_text
from pipeline.terminal.progress import progress
from pipeline.terminal.words import visible

if TYPE_CHECKING:
    from rich.console import Console


def run_archive(order: Namespace) -> int:
    """Write the dataset and print what it holds."""
    began = time.monotonic()
    with standard_input(order.inputs) as stdin, progress(quiet=order.quiet, log_json=order.log_json) as tell:
        asked = Order(
            inputs=tuple(order.inputs),
            dataset=order.output,
            config=config_of(order),
            engine=order.engine,
            workers=order.workers,
            scheduler=order.scheduler,
            selection=selection_of(order),
            resume=order.resume,
            overwrite=order.overwrite,
            metadata=order.metadata,
            stdin=stdin,
        )
        if order.dry_run:
            return print_plan(asked)
        summary = run(asked, tell)
    print_summary(summary, order.output, time.monotonic() - began)
    return 1 if summary.rows["failures"] > summary.skipped else 0


def print_plan(order: Order) -> int:
    """Print what a run would take in."""
    from pipeline.batch.plan import plan

    found = plan(order)
    unreadable = f", {found.unreadable:,} of them cannot be opened" if found.unreadable else ""
    print(f"files       {found.files:,}")
    print(f"entries     {found.entries:,}{unreadable}")
    print(f"bytes       {found.bytes:,}")
    print(f"dataset     {order.dataset} (nothing was written)")
    return 0 if found.entries else 2


def print_status(order: Namespace) -> int:
    """Print how far the run of a dataset has come; 0 where it is complete, else 1."""
    from pipeline.batch.plan import state_of

    state = state_of(order.dataset)
    written = state.written
    of = f" of {state.entries:,}" if state.entries is not None else ""
    print(f"state       {'complete' if state.complete else 'not complete: go on with the same command and --resume'}")
    print(f"entries     {written.entries:,}{of} in {written.shards:,} parts")
    print(f"documents   {written.rows['documents']:,}")
    print(f"failures    {written.rows['failures']:,}")
    for (stage, error), count in state.failures.items():
        print(f"  {stage}, {error}: {count:,}")
    return 0 if state.complete else 1


def show_report(order: Namespace) -> int:
    """Print one report."""
    from pipeline.terminal.show import show

    return _each_report(order, show)


def explain_report(order: Namespace) -> int:
    """Print the reason for everything in one report."""
    from pipeline.terminal.explain import explain

    return _each_report(order, explain)


def clean_archive(order: Namespace) -> int:
    """Write clean texts, or print what cleaning changes."""
    folder = Path(order.output) if order.output not in (None, "-") else None
    if folder and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already. Name a folder that is new or empty.")
    failures = Failures()
    taken: set[str] = set()
    with standard_input(order.inputs) as stdin:
        found = clean_texts(find_roots(order.inputs, stdin), config_of(order), failures)
        for source, clean in found:
            if order.diff:
                print_changes(source.name, clean, console())
            elif folder:
                write_text(folder, file_name(source.name, taken), clean.text)
            else:
                sys.stdout.write(clean.text if clean.text.endswith("\n") else f"{clean.text}\n")
    return 1 if failures.count > failures.skipped else 0


def train_models(order: Namespace) -> int:
    """Write models of topic and role with their cards, and print what they reach on documents left out."""
    from pipeline.terminal.models import train_sections

    return train_sections(order.labels, order.output, config_of(order))


def evaluate_models(order: Namespace) -> int:
    """Print per label how well models agree with labels given by hand."""
    from pipeline.terminal.models import evaluate_sections

    return evaluate_sections(order.labels, config_of(order))


VERBS: dict[str, Callable[[Namespace], int]] = {
    "run": run_archive,
    "status": print_status,
    "show": show_report,
    "explain": explain_report,
    "clean": clean_archive,
    "train": train_models,
    "evaluate": evaluate_models,
}


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


def selection_of(order: Namespace) -> Selection:
    """Which entries the options of the command ask for."""
    return Selection(include=tuple(order.include), exclude=tuple(order.exclude), sample=order.sample, limit=order.limit)


def config_of(order: Namespace) -> Config:
    """Our defaults, the user's file over them, the options of the command over both."""
    given = vars(order)
    options: dict[str, object] = {}
    if given["text_column"]:
        options["reading.text_column"] = given["text_column"]
    if given["model_dir"]:
        options["models.folder"] = str(given["model_dir"])
    if given.get("no_source_text"):
        options["dataset.source_text"] = False
    if given.get("shard_size"):
        options["batch.shard_entries"] = given["shard_size"]
    return load_config(order.config, options)


def print_summary(summary: Summary, dataset: Path, seconds: float) -> None:
    """Print what the dataset holds; documents and failures are its entries."""
    documents, failures = summary.rows["documents"], summary.rows["failures"]
    skipped = f", {summary.skipped:,} of them no texts" if summary.skipped else ""
    print(f"entries     {summary.entries:,} = {documents:,} documents + {failures:,} failures{skipped}")
    print(f"removed     {summary.removed_chars:,} characters in {summary.rows['removals']:,} places")
    print(f"sections    {summary.rows['sections']:,}")
    print(f"metrics     {summary.rows['metrics']:,}")
    print(f"seconds     {seconds:,.1f}")
    print(f"dataset     {dataset}")
    if summary.unmatched:
        shown = ", ".join(map(visible, summary.unmatched[:3]))
        print(f"metadata    {len(summary.unmatched):,} rows name no entry: {shown} …")


def console() -> Console:
    """Standard output for text of unknown origin: nothing in it is taken for mark-up."""
    from rich.console import Console

    return Console(markup=False, emoji=False, highlight=False, width=None if sys.stdout.isatty() else 120)


def _each_report(order: Namespace, present: Callable[[Report, Console], None]) -> int:
    failures, out = Failures(), console()
    with standard_input(order.inputs) as stdin:
        for report in reports(find_roots(order.inputs, stdin), config_of(order), failures):
            present(report, out)
    return 1 if failures.count else 0
