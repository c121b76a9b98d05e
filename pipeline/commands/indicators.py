"""`report-pipeline indicators`: every name of a dataset with its code."""

from __future__ import annotations

import argparse

from pipeline.commands.arguments import Verbs, add_dataset, add_rules


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    what = (
        "group the names of all metrics, known indicators by their table and others by likeness: the table indicators"
    )
    command = verbs.add_parser("indicators", help=what, description=what)
    add_dataset(command)
    add_rules(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Write the table and print what it holds."""
    from pipeline.analysis.indicators import write_indicators
    from pipeline.commands.arguments import rules_of
    from pipeline.dataset.stored import open_dataset

    found = write_indicators(open_dataset(order.dataset), rules_of(order))
    known = [row for row in found if row.known]
    print(f"known       {len({row.code for row in known}):,} indicators, {sum(row.metrics for row in known):,} metrics")
    others = [row for row in found if not row.known]
    print(f"others      {len(others):,} names in {len({row.code for row in others}):,} groups")
    print(f"table       {order.dataset / 'indicators'}")
    return 0
