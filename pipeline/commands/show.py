"""`report-pipeline show`: one report in the terminal: outline, labels, metrics."""

from __future__ import annotations

import argparse

from pipeline.commands.arguments import Verbs, add_settings, config_of

WHAT = "one report in the terminal: outline, labels, metrics"


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("show", help=WHAT, description=WHAT)
    command.add_argument("inputs", nargs=1, metavar="FILE", help="a report, or - for standard input")
    add_settings(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Print one report."""
    from pipeline.terminal.inputs import present
    from pipeline.terminal.show import show

    return present(order.inputs, config_of(order), show)
