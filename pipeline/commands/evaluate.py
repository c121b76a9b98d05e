"""`report-pipeline evaluate`: how well a dataset, or models, agree with what people say."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.commands.arguments import LABELS, Verbs, add_settings, config_of, with_examples

EXAMPLES = """\
examples:
  report-pipeline evaluate dataset --gold gold/ --details       a dataset against corrected texts (annotate import)
  report-pipeline evaluate my.csv --model-dir models            models of topic and role against labels
"""


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("evaluate", help="how well a dataset or models agree with what people say")
    with_examples(command, EXAMPLES)
    command.add_argument("what", type=Path, metavar="WHAT", help=f"a DATASET with --gold, or FILE.csv: {LABELS}")
    command.add_argument("--gold", type=Path, metavar="GOLD", help="folder with NAME.json and texts/NAME.txt")
    command.add_argument("--details", action="store_true", help="of gold: print every miss, one a line")
    command.add_argument("--json", action="store_true", help="of gold: print the figures as JSON")
    add_settings(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Print figures; 1 where the dataset lacks a document of the gold."""
    if order.gold:
        return _evaluate_dataset(order)
    from pipeline.errors import UsageError
    from pipeline.terminal.models import evaluate_sections

    if order.what.is_dir() and (order.what / "documents").is_dir():
        raise UsageError(f"{order.what} is a dataset. Name what it should agree with: --gold GOLD.")
    return evaluate_sections(order.what, config_of(order))


def _evaluate_dataset(order: argparse.Namespace) -> int:
    import json

    from pipeline.dataset.stored import open_dataset
    from pipeline.gold.score import print_figures, score_dataset
    from pipeline.terminal.words import visible

    open_dataset(order.what)
    result, misses = score_dataset(order.what, order.gold)
    if order.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        print_figures(result)
    if order.details:
        print(*map(visible, misses), sep="\n")
    return 1 if "faults" in result else 0
