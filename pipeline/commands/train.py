"""`report-pipeline train`: models from a user's own labels and corrections."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.arguments import LABELS, Verbs, add_settings, config_of, with_examples

if TYPE_CHECKING:
    from pipeline.training.lessons import Learnt, Lessons

EXAMPLES = """\
examples:
  report-pipeline train sections --labels my.csv                 topic and role, from labels of your own alone
  report-pipeline train sections --gold gold/ -o my_models       from our corpus and your corrections
  report-pipeline train metrics --gold gold/ -o my_models        names, subjects and status of metrics
  report-pipeline run archive/ -o dataset --model-dir my_models
"""
SCRIPT = "report-pipeline train"
MODELS = {"adverts": ("adverts",), "sections": ("topic", "role"), "metrics": ("metrics",)}
"""The folders that are written."""


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("train", help="models from your own labels or corrections")
    with_examples(command, EXAMPLES)
    command.add_argument("what", choices=list(MODELS), help="which models")
    command.add_argument("--labels", type=Path, metavar="FILE.csv", help=f"sections alone: {LABELS}")
    command.add_argument(
        "--gold", type=Path, action="append", default=[], metavar="GOLD", help="corrected texts: annotate import"
    )
    command.add_argument("--corpus", type=Path, metavar="DIR", help="rows beside yours; default: those of our models")
    command.add_argument("-o", "--output", type=Path, default=Path("models"), metavar="DIR", help="default: models")
    command.add_argument("--overwrite", action="store_true", help="replace models that are there already")
    add_settings(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Write models with their cards, and print how many of the corrections they follow."""
    from pipeline.dataset.parts import writing
    from pipeline.errors import UsageError
    from pipeline.gold.documents import read_gold
    from pipeline.kit import corpus_folder, models_folder
    from pipeline.terminal.words import visible
    from pipeline.training.lessons import Lessons

    if order.labels and order.what != "sections":
        raise UsageError(f"--labels are of sections. Give {order.what} as --gold, or train sections.")
    if not order.labels and not order.gold:
        raise UsageError("There is nothing to learn from. Name --gold GOLD, or --labels FILE.csv for sections.")
    if order.output.resolve() == models_folder().resolve():
        raise UsageError(f"{order.output} holds our own models. Name a folder for yours with -o.")
    there = [str(folder) for name in MODELS[order.what] if (folder := order.output / name).exists()]
    if there and not order.overwrite:
        raise UsageError(
            f"{', '.join(there)}: there already. Name another folder with -o, or replace with --overwrite."
        )
    gold = [document for folder in order.gold for document in read_gold(folder)]
    corpus = order.corpus or corpus_folder()
    if order.what == "sections":
        corpus = order.labels or corpus / "sections"
    with writing(order.output):  # before hours of work
        order.output.mkdir(parents=True, exist_ok=True)
    lessons = Lessons(corpus, gold, config_of(order), f"{SCRIPT} {order.what}", _tell)
    learnt = _train(order.what, lessons, order.output)
    for folder in learnt.folders:
        print(f"written     {folder}")
    if gold:
        print(f"corrections {learnt.corrections:,}, of which {len(learnt.standing):,} still stand otherwise")
        print(*(f"  {visible(line)}" for line in learnt.standing), sep="\n", end="\n" if learnt.standing else "")
        print(f"lost        {len(learnt.lost):,} that were right before")
        print(*(f"  {visible(line)}" for line in learnt.lost), sep="\n", end="\n" if learnt.lost else "")
    return 0


def _tell(step: str) -> None:
    print(f"{step} …", file=sys.stderr, flush=True)


def _train(what: str, lessons: Lessons, output: Path) -> Learnt:
    if what == "adverts":
        from pipeline.training.adverts import train_adverts

        return train_adverts(lessons, output)
    if what == "metrics":
        from pipeline.training.metrics import train_metrics

        return train_metrics(lessons, output)
    from pipeline.terminal.models import print_measures
    from pipeline.training.sections import train_sections

    learnt, measured = train_sections(lessons, output)
    for axis, measures in measured.items():
        print(f"{axis}, on documents left out:")
        print_measures(measures)
    return learnt
