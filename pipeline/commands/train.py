"""`report-pipeline train`: models from a user's own labels."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.commands.arguments import LABELS, Verbs, add_settings, config_of


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("train", help="models from your own labels")
    command.add_argument("what", choices=["sections"], help="what is labelled: sections, by topic and role")
    command.add_argument("--labels", required=True, type=Path, metavar="FILE.csv", help=LABELS)
    command.add_argument("-o", "--output", type=Path, default=Path("models"), metavar="DIR", help="default: models")
    add_settings(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Write models of topic and role with their cards, and print what they reach on documents left out."""
    from pipeline.terminal.models import train_sections

    return train_sections(order.labels, order.output, config_of(order))
