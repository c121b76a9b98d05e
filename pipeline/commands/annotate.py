"""`report-pipeline annotate`: records out to people who correct them, and back as gold."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.annotate.marks import LAYERS
from pipeline.commands.arguments import Verbs, add_dataset, positive, with_examples

if TYPE_CHECKING:
    from pipeline.annotate.golds import Result

EXAMPLES = """\
examples:
  report-pipeline annotate export dataset --to label-studio --sample 20 -o tasks/
  report-pipeline annotate export dataset --to csv --sample 20 --only metrics -o tasks/
  report-pipeline annotate import tasks/marks.csv -o gold/
  report-pipeline annotate import li.csv wang.csv -o gold/       several people's edits, merged
  report-pipeline evaluate dataset --gold gold/
  report-pipeline train metrics --gold gold/ -o my_models        see docs/correct.md
"""


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("annotate", help="records out to people who correct them, and back as gold")
    with_examples(command, EXAMPLES)
    ways = command.add_subparsers(title="ways", metavar="WAY", dest="way", required=True)
    out = ways.add_parser("export", help="documents of a dataset with what was found in them, to be corrected")
    add_dataset(out)
    out.add_argument("--to", required=True, choices=["label-studio", "csv"], help="for which tool")
    out.add_argument("--sample", type=positive, default=200, metavar="N", help="so many documents; default: 200")
    out.add_argument(
        "--by", choices=["uncertainty", "random"], default="uncertainty", help="which first; default: uncertainty"
    )
    out.add_argument("--seed", type=int, default=0, metavar="N", help="of the random order; default: 0")
    out.add_argument("--only", action="append", choices=LAYERS, help="what is to be corrected; default: all")
    out.add_argument("-o", "--output", required=True, type=Path, metavar="OUT", help="a new folder")
    back = ways.add_parser("import", help="corrected files as gold")
    back.add_argument("files", nargs="+", type=Path, metavar="FILE", help="Label Studio's JSON export, or the table")
    back.add_argument("-o", "--output", required=True, type=Path, metavar="GOLD", help="folder of the gold")
    back.add_argument("--overwrite", action="store_true", help="replace gold of the same documents")
    for way in (out, back):
        way.add_argument("--config", type=Path, metavar="FILE", help="a TOML file over our defaults")
    return command


def run(order: argparse.Namespace) -> int:
    """Export, or import and tell what could not be taken; 1 where anything was refused."""
    return _export(order) if order.way == "export" else _import(order)


def _export(order: argparse.Namespace) -> int:
    from pipeline.annotate.label_studio import write_tasks
    from pipeline.annotate.sampling import WAYS
    from pipeline.annotate.spreadsheet import write_table
    from pipeline.annotate.tasks import tasks_of
    from pipeline.dataset.parts import writing
    from pipeline.dataset.stored import open_dataset
    from pipeline.errors import UsageError

    open_dataset(order.dataset, texts=True)
    if order.output.exists() and (not order.output.is_dir() or any(order.output.iterdir())):
        raise UsageError(f"{order.output} is there already. Name a folder that is new or empty.")
    layers = tuple(layer for layer in LAYERS if not order.only or layer in order.only)
    chosen = WAYS[order.by](order.dataset, layers, order.seed)[: order.sample]
    if not chosen:
        raise UsageError(f"{order.dataset} holds no documents: there is nothing to correct. Name another dataset.")
    tasks = list(tasks_of(order.dataset, chosen, layers))
    choices, write = _choices(order), write_tasks if order.to == "label-studio" else write_table
    with writing(order.output):
        order.output.mkdir(parents=True, exist_ok=True)
        written = write(order.output, tasks, choices)
    for path in written:
        print(f"written     {path}")
    print(f"documents   {len(tasks):,}")
    print(f"marks       {sum(len(task.marks) for task in tasks):,}")
    return 0


def _import(order: argparse.Namespace) -> int:
    from pipeline.annotate.given import read_checked
    from pipeline.annotate.golds import import_checked

    result = import_checked(read_checked(order.files), order.output, _choices(order), overwrite=order.overwrite)
    _print(result, order.output)
    return 1 if result.refused else 0


def _choices(order: argparse.Namespace) -> dict[str, list[str]]:
    from pipeline.config import load_config
    from pipeline.kit import load_rules
    from pipeline.rules.schema import Role, Topic

    rules = load_rules(load_config(order.config))
    return {"topic": [row.id for row in rules.table(Topic)], "role": [row.id for row in rules.table(Role)]}


def _print(result: Result, folder: Path) -> None:
    from pipeline.annotate.golds import CONFLICTS, REFUSED
    from pipeline.terminal.words import visible

    print(f"documents   {result.documents:,}")
    print(f"marks       {result.marks:,}, of which {result.moved:,} were found again elsewhere")
    print(f"gold        {folder}")
    if result.conflicts:
        print(f"conflicts   {len(result.conflicts):,}, in {folder / CONFLICTS}")
        for document, conflict in result.conflicts[:9]:
            said = ", ".join(f"{who} {value or 'nothing'}" for who, value in conflict.said.items())
            print(visible(f"  {document}: {conflict.mark.quote[:20]}: {conflict.field}: {said}"))
    if result.refused:
        print(f"refused     {len(result.refused):,}, in {folder / REFUSED}")
        for refused in result.refused[:9]:
            print(visible(f"  {refused.document}, {refused.mark.id}: {refused.mark.quote[:20]}: {refused.reason}"))
