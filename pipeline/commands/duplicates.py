"""`report-pipeline duplicates`: which documents of a dataset repeat others."""

from __future__ import annotations

import argparse

from pipeline.commands.arguments import Verbs, add_dataset


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    what = "find documents that repeat others, reposts with other adverts among them: the table duplicates"
    command = verbs.add_parser("duplicates", help=what, description=what)
    add_dataset(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Write the table and print what it holds."""
    from pipeline.analysis.duplicates import write_duplicates
    from pipeline.dataset.stored import open_dataset

    found = write_duplicates(open_dataset(order.dataset, texts=True))
    exact = sum(row.kind == "exact" for row in found)
    print(f"exact       {exact:,}")
    print(f"near        {len(found) - exact:,}")
    print(f"table       {order.dataset / 'duplicates'}")
    return 0
