"""`report-pipeline export`: a dataset in another format."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.commands.arguments import Verbs, add_dataset, with_examples

FORMATS = ("csv", "jsonl", "duckdb", "sqlite", "dta", "xlsx", "parquet", "docbin")

EXAMPLES = """\
examples:
  report-pipeline export dataset --format csv                            a folder dataset-csv, a file a table
  report-pipeline export dataset --format csv --tables metrics -o metrics.csv
  report-pipeline export dataset --format xlsx -o metrics.xlsx           for Excel: metrics, sections, documents
  report-pipeline export dataset --format sqlite --public                then: datasette dataset.sqlite -m dataset.metadata.json
  report-pipeline export dataset --format dta --drop-duplicates          for Stata, reposts left out
  report-pipeline export dataset --format parquet --public               an edition to be put on the net
"""


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("export", help="a dataset in another format: csv, Excel, Stata, a database …")
    with_examples(command, EXAMPLES)
    add_dataset(command)
    command.add_argument("--format", required=True, choices=FORMATS, help="what to write: dta is Stata, xlsx is Excel")
    command.add_argument("-o", "--output", type=Path, metavar="OUT", help="default: named after the dataset, beside it")
    command.add_argument("--tables", nargs="+", default=[], metavar="TABLE", help="only these tables")
    command.add_argument("--public", action="store_true", help="leave full texts out; evidence sentences stay")
    command.add_argument("--drop-duplicates", action="store_true", help="leave out documents that repeat a fuller one")
    command.add_argument("--overwrite", action="store_true", help="replace an earlier export")
    return command


def run(order: argparse.Namespace) -> int:
    """Write the export and print where it is."""
    from pipeline.dataset.export import export

    written = export(
        order.dataset,
        order.format,
        order.output,
        tables=order.tables,
        public=order.public,
        drop_duplicates=order.drop_duplicates,
        overwrite=order.overwrite,
    )
    print(f"export      {written}")
    return 0
