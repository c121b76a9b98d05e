"""`report-pipeline clean`: clean texts only."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.commands.arguments import INPUTS, Verbs, add_settings, config_of
from pipeline.errors import UsageError


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("clean", help="clean texts only")
    command.add_argument("inputs", nargs="+", metavar="INPUT", help=INPUTS)
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument("-o", "--output", metavar="OUT", help="a new folder, or - for standard output")
    where.add_argument("--diff", action="store_true", help="print the lines that cleaning changes, and how")
    add_settings(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Write clean texts, or print what cleaning changes."""
    from pipeline.batch.inventory import find_roots
    from pipeline.batch.reports import clean_texts
    from pipeline.terminal.clean import file_name, print_changes, write_text
    from pipeline.terminal.inputs import Failures, console, standard_input

    folder = Path(order.output) if order.output not in (None, "-") else None
    if folder and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already. Name a folder that is new or empty.")
    failures = Failures()
    taken: set[str] = set()
    with standard_input(order.inputs) as stdin:
        found = clean_texts(find_roots(order.inputs, stdin), config_of(order), failures)
        for source, clean in found:
            if order.diff:
                print_changes(source.name, clean, console())
            elif folder:
                write_text(folder, file_name(source.name, taken), clean.text)
            else:
                sys.stdout.write(clean.text if clean.text.endswith("\n") else f"{clean.text}\n")
    if folder:
        console().print(f"{len(taken):,} clean texts in {folder}", soft_wrap=True)
    return 1 if failures.count > failures.skipped else 0
