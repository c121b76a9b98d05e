"""`report-pipeline evaluate`: how well models label what is labelled by hand."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.commands.arguments import LABELS, Verbs, add_settings, config_of


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("evaluate", help="how well models label what is labelled by hand")
    command.add_argument("labels", type=Path, metavar="FILE.csv", help=LABELS)
    add_settings(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Print per label how well models agree with labels given by hand."""
    from pipeline.terminal.models import evaluate_sections

    return evaluate_sections(order.labels, config_of(order))
