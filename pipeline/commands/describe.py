"""`report-pipeline describe`: what a dataset holds."""

from __future__ import annotations

import argparse

from pipeline.commands.arguments import Verbs, add_dataset, positive


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    what = "what a dataset holds: coverage, units, indicators, failures, checks"
    command = verbs.add_parser("describe", help=what, description=what)
    add_dataset(command)
    command.add_argument("--top", type=positive, default=15, metavar="N", help="units, indicators and names shown")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    return command


def run(order: argparse.Namespace) -> int:
    """Print the counts."""
    import json
    from dataclasses import asdict

    from pipeline.analysis.describe import describe
    from pipeline.dataset.stored import open_dataset
    from pipeline.terminal.describe import print_description

    found = describe(open_dataset(order.dataset), order.top)
    if order.json:
        print(json.dumps(asdict(found), ensure_ascii=False))
    else:
        print_description(found)
    return 0
