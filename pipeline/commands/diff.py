"""`report-pipeline diff`: what came, went or changed between two versions of a dataset."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.commands.arguments import Verbs, with_examples

EXAMPLES = """\
examples:
  report-pipeline diff dataset-2024 dataset-2025
  report-pipeline diff before after -o changes.csv       every difference as a line

exit status: 0 the versions are equal; 1 they differ; 2 wrong use
"""


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("diff", help="what came, went or changed between two versions of a dataset")
    with_examples(command, EXAMPLES)
    command.add_argument("old", type=Path, metavar="OLD", help="folder of the earlier dataset")
    command.add_argument("new", type=Path, metavar="NEW", help="folder of the later one")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument("-o", "--output", type=Path, metavar="FILE.csv", help="write every difference")
    return command


def run(order: argparse.Namespace) -> int:
    """Print the differences; 0 where there is none, else 1."""
    import json
    import sys

    from pipeline.analysis.diff import differences, not_compared, share_documents, summarise, write_csv
    from pipeline.dataset.stored import open_dataset
    from pipeline.terminal.diff import print_differences

    old, new = open_dataset(order.old), open_dataset(order.new)
    found = differences(old, new)
    if order.output:
        found = write_csv(order.output, found)
    summaries, examples = summarise(found)
    apart = not_compared(old, new)
    if order.json:
        tables = {table: summary._asdict() for table, summary in summaries.items()}
        folders = {table: str(stored.folder) for table, stored in apart.items()}
        told = {"tables": tables, "examples": [one._asdict() for one in examples], "not_compared": folders}
        print(json.dumps(told, ensure_ascii=False, default=str))
    else:
        print_differences(summaries, examples)
    for table, stored in apart.items():
        other = (new if stored is old else old).folder
        print(
            f"report-pipeline: {table} is not compared: only {stored.folder} has it. It is made after a run: "
            f"report-pipeline {table} {other}",
            file=sys.stderr,
        )
    if summaries and not share_documents(old, new):
        warning = (
            "No document is in both datasets: they are known by their source, the path below the input of the run."
        )
        print(f"report-pipeline: {warning}", file=sys.stderr)
    return 1 if summaries else 0
