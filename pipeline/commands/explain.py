"""`report-pipeline explain`: each edit and each record of a report with the rule or model behind it."""

from __future__ import annotations

import argparse

from pipeline.commands.arguments import Verbs, add_settings, config_of

WHAT = "each edit and each record of a report with the rule or model behind it"


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("explain", help=WHAT, description=WHAT)
    command.add_argument(
        "inputs",
        nargs=1,
        metavar="FILE",
        help="a report, one within a table or an archive (posts.csv#2, a.zip!b.txt), or -",
    )
    add_settings(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Print the reason for everything in one report."""
    from pipeline.terminal.explain import explain
    from pipeline.terminal.inputs import present

    return present(order.inputs, config_of(order), explain)
