"""`report-pipeline run`: an archive to a dataset."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.commands.arguments import INPUTS, Verbs, add_settings, config_of, positive, share, with_examples

if TYPE_CHECKING:
    from pipeline.batch.again import Manifest
    from pipeline.batch.run import Order, Summary

EXAMPLES = """\
examples:
  report-pipeline run corpus/samples -o dataset
  report-pipeline run 2019.zip 2020.zip "scraped/*.csv" -o dataset --text-column 正文 --metadata urls.csv
  cat report.txt | report-pipeline run - -o dataset
  report-pipeline run --from-manifest dataset/manifest.json archive/ -o again
  python -c "import pandas; print(pandas.read_parquet('dataset/metrics'))"
"""

CORES = min(os.cpu_count() or 1, 61)  # Windows waits for no more processes than these at a time

SHOWN = 3
"""How many entries are named for each thing that is wrong."""


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("run", help="an archive to a dataset")
    with_examples(command, EXAMPLES)
    command.add_argument("inputs", nargs="*", metavar="INPUT", help=INPUTS)
    command.add_argument("-o", "--output", required=True, type=Path, metavar="DATASET", help="folder of the dataset")
    command.add_argument("--workers", type=positive, default=CORES, metavar="N", help="default: every core")
    command.add_argument("--engine", default="local", help="who does the work: local (default) or dask")
    command.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster, tcp://…; see docs/cluster.md")
    again = command.add_mutually_exclusive_group()
    again.add_argument(
        "--resume",
        action="store_true",
        help="do what is missing, damaged or changed; give all INPUTs and options again",
    )
    again.add_argument("--overwrite", action="store_true", help="remove the dataset that stands there and begin anew")
    command.add_argument(
        "--metadata",
        type=Path,
        metavar="FILE.csv",
        help="a table by source path (column source, else its first), for documents.meta",
    )
    command.add_argument("--no-source-text", action="store_true", help="leave documents.source_text out")
    command.add_argument("--shard-size", type=positive, metavar="N", help="entries in one part of the dataset")
    command.add_argument(
        "--from-manifest",
        type=Path,
        metavar="MANIFEST.json",
        help="make the rows of that dataset again, from its INPUTs",
    )
    command.add_argument(
        "--allow-differences",
        action="store_true",
        help="also where version, rules or models are not those of the manifest",
    )
    told = command.add_mutually_exclusive_group()
    told.add_argument("--quiet", action="store_true", help="show no progress")
    told.add_argument("--log-json", action="store_true", help="show progress as lines of JSON")
    _add_selection(command)
    add_settings(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Write the dataset and print what it holds."""
    from pipeline.batch.run import run as run_archive
    from pipeline.kit import load_rules
    from pipeline.terminal.inputs import standard_input
    from pipeline.terminal.progress import progress

    began = time.monotonic()
    manifest = _manifest_of(order)
    with standard_input(order.inputs) as stdin, progress(quiet=order.quiet, log_json=order.log_json) as tell:
        asked = _order_of(order, stdin)
        if manifest:
            asked = _again(manifest, asked, order)
        if order.dry_run:
            return _print_plan(asked)
        summary = run_archive(asked, tell)
    _print_summary(summary, order.output, time.monotonic() - began)
    for file, ids in load_rules(asked.config).replaced().items():
        print(f"rules       {file}: your rows {', '.join(ids)} stand in place of ours of that id")
    if names := ", ".join(summary.shadowed):
        print(f"metadata    {names}: kept in documents.meta, and the documents' own stay what the texts say;")
        print("            give these columns other names to make panels by them")
    if manifest and not _print_sameness(summary, manifest):
        return 1
    return 1 if summary.rows["failures"] > summary.skipped else 0


def _manifest_of(order: argparse.Namespace) -> Manifest | None:
    """The manifest whose rows are to be made again; None without one.

    Raises UsageError where options would change what it says.
    """
    from pipeline.batch.again import read_manifest
    from pipeline.errors import UsageError

    if not order.from_manifest:
        if not order.inputs:
            raise UsageError("There is no INPUT. Name files, folders, archives, patterns, or - for standard input.")
        return None
    for name in (
        "include",
        "exclude",
        "limit",
        "no_source_text",
        "shard_size",
        "text_column",
        "title_column",
        "date_column",
    ):
        if vars(order)[name]:
            raise UsageError(f"--{name.replace('_', '-')} would make other rows than the manifest's. Leave it out.")
    if order.sample != 1:
        raise UsageError("--sample would make other rows than the manifest's. Leave it out.")
    return read_manifest(order.from_manifest)


def _again(manifest: Manifest, asked: Order, order: argparse.Namespace) -> Order:
    from pipeline.batch.again import order_again, other_libraries

    for difference in other_libraries(manifest):
        print(f"report-pipeline: {difference}; a few rows may differ for that.", file=sys.stderr)
    return order_again(manifest, asked, allow_differences=order.allow_differences)


def _print_sameness(summary: Summary, manifest: Manifest) -> bool:
    """Say whether the rows are those of the manifest."""
    same = bool(summary.content == manifest["content"])
    differ = "other bytes than then; see where: report-pipeline diff"
    print(f"manifest    {'the same rows, byte for byte' if same else differ}")
    return same


def _add_selection(command: argparse.ArgumentParser) -> None:
    some = command.add_argument_group("some of the archive only")
    some.add_argument("--dry-run", action="store_true", help="print what would be taken in, and write nothing")
    some.add_argument("--limit", type=positive, metavar="N", help="the first N entries")
    some.add_argument("--sample", type=share, default=1.0, metavar="SHARE", help="a share of the entries: 0.01")
    for way, what in (
        ("include", "only entries whose whole name is like this"),
        ("exclude", "no entries whose whole name is like this"),
    ):
        some.add_argument(f"--{way}", action="append", default=[], metavar="PATTERN", help=f"{what}: '*2023*'")


def _order_of(order: argparse.Namespace, stdin: Path | None) -> Order:
    from pipeline.batch.run import Order
    from pipeline.batch.selection import Selection

    return Order(
        inputs=tuple(order.inputs),
        dataset=order.output,
        config=config_of(order),
        engine=order.engine,
        workers=order.workers,
        scheduler=order.scheduler,
        selection=Selection(
            include=tuple(order.include), exclude=tuple(order.exclude), sample=order.sample, limit=order.limit
        ),
        resume=order.resume,
        overwrite=order.overwrite,
        metadata=order.metadata,
        stdin=stdin,
    )


def _print_plan(order: Order) -> int:
    """Print what a run would take in."""
    from pipeline.batch.plan import plan

    found = plan(order)
    limited = " looked at, until there were entries enough" if found.entries == order.selection.limit else ""
    unreadable = f", {found.unreadable:,} of them cannot be opened" if found.unreadable else ""
    skipped = f", {found.skipped:,} would be skipped, being no texts" if found.skipped else ""
    print(f"files       {found.files:,}{limited}")
    print(f"entries     {found.entries:,}{unreadable}{skipped}")
    print(f"bytes       {found.bytes:,}")
    print(f"dataset     {order.dataset} (nothing was written)")
    return 0


def _print_summary(summary: Summary, dataset: Path, seconds: float) -> None:
    """Print what the dataset holds; each entry is a document, or failed, or was skipped."""
    from pipeline.terminal.words import visible

    documents, failed = summary.rows["documents"], summary.rows["failures"] - summary.skipped
    skipped = f" + {summary.skipped:,} skipped, being no texts" if summary.skipped else ""
    print(f"entries     {summary.entries:,} = {documents:,} documents + {failed:,} failed{skipped}")
    for source, message in _first_failed(dataset) if failed else ():
        print(f"failed      {visible(source, 60)}: {visible(message.partition('. ')[0], 100)}")
    if failed or skipped:
        print("            the table failures names all of them, with reasons")
    print(f"removed     {summary.removed_chars:,} characters in {summary.rows['removals']:,} places")
    print(f"sections    {summary.rows['sections']:,}")
    print(f"metrics     {summary.rows['metrics']:,}")
    print(f"seconds     {seconds:,.1f}")
    print(f"dataset     {dataset}")
    for table in summary.stale:
        print(f"gone        {table}, made of other rows; make it again: report-pipeline {table} {dataset}")
    if summary.unmatched:
        shown = ", ".join(map(visible, summary.unmatched[:SHOWN]))
        print(f"metadata    {len(summary.unmatched):,} rows name no entry: {shown} …")
        for row in islice(_rows(dataset, "documents", ["source"]), 1):
            print(f"            name them as documents.source does: {visible(row['source'], 60)}")


def _first_failed(dataset: Path) -> Iterator[tuple[str, str]]:
    """Name and reason of the first entries that could not be read though they might be texts."""
    rows = (row for row in _rows(dataset, "failures", ["source", "stage", "message"]) if row["stage"] != "skipped")
    for row in islice(rows, SHOWN):
        yield row["source"], row["message"]


def _rows(dataset: Path, table: str, columns: list[str]) -> Iterator[dict[str, Any]]:
    from pipeline.dataset.stored import open_dataset

    for batch in open_dataset(dataset).batches(table, columns):
        yield from batch.to_pylist()
