"""The command `report-pipeline`: its grammar. Nothing heavy is imported before it is known what is asked for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from pipeline.commands import (
    annotate,
    clean,
    describe,
    diff,
    duplicates,
    evaluate,
    explain,
    explore,
    export,
    indicators,
    panel,
    run,
    show,
    status,
    terms,
    train,
)
from pipeline.errors import PipelineError

COMMANDS = (
    *(run, status, describe, duplicates, diff, export),
    *(indicators, panel, terms, explore),
    *(show, explain, clean, annotate, train, evaluate),
)
"""In the order in which the help lists them."""

DESCRIPTION = "Turn archives of Chinese work reports into a dataset that can be published and cited."

EXAMPLES = """\
examples:
  report-pipeline run archive/ more.zip -o dataset       the whole archive
  report-pipeline run archive/ more.zip -o dataset --resume
                                                         go on after an interruption, or take in new files
  report-pipeline status dataset                         how far a run has come
  report-pipeline describe dataset                       what it holds: coverage, units, checks that failed
  report-pipeline duplicates dataset                     which documents repeat others
  report-pipeline diff old new                           what changed between two versions
  report-pipeline export dataset --format xlsx           the dataset for Excel, Stata, databases …
  report-pipeline panel dataset --indicator gdp          one row a unit and year
  report-pipeline terms dataset --terms my.csv           counts of a word list, by group
  report-pipeline indicators dataset                     groups of all names
  report-pipeline show report.txt                        outline, labels and metrics of one report; --html, --json
  report-pipeline explain report.txt                     each edit and each record with the rule behind it
  report-pipeline clean archive/ -o clean/               clean texts only
  report-pipeline clean report.txt --diff                what cleaning changes
  report-pipeline explore dataset                        look around in it: search, narrow, plot, see the evidence
  report-pipeline annotate export dataset --to csv -o t/ what is to be corrected; annotate import takes it back
  report-pipeline evaluate dataset --gold gold/          how far a dataset agrees with what people say
  report-pipeline train metrics --gold gold/ -o mine     models that have learnt it; run --model-dir mine uses them

exit status: 0 all read; 1 some entries failed, the rest is complete; 2 wrong use or nothing to do; 130 interrupted
"""


LEFT = {"clean": "The texts written so far are whole.", "export": "Nothing is left behind."}
"""What an interrupted command leaves behind."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say and give the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a pipe's own encoding may know no Chinese
    order = parser().parse_args(given)
    try:
        return int(order.command(order))
    except PipelineError as error:
        return _leave(str(error), 2)
    except KeyboardInterrupt:
        return _leave(f"Interrupted. {_how_to_go_on(order, given)}", 130)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def parser() -> argparse.ArgumentParser:
    """The grammar of the command."""
    top = Parser(
        "report-pipeline",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=Version, nargs=0, help="print the version and leave")
    verbs = top.add_subparsers(title="commands", metavar="COMMAND", dest="verb", required=True)
    for command in COMMANDS:
        command.add(verbs).set_defaults(command=command.run)
    return top


class Parser(argparse.ArgumentParser):
    """Refuses in one line, as the commands themselves do."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the grammar stands, and leave."""
        self.exit(_leave(f"{message[:1].upper()}{message[1:]}. See {self.prog} --help.", 2))


class Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it and leave."""
        from pipeline.kit import version

        print(f"report-pipeline {version()}")
        parser.exit()


def _leave(message: str, status: int) -> int:
    print(f"report-pipeline: {message}", file=sys.stderr)
    return status


def _how_to_go_on(order: argparse.Namespace, given: Sequence[str]) -> str:
    if order.verb != "run":
        return LEFT.get(order.verb, "Give the command again.")
    again = [argument for argument in given if argument not in ("--overwrite", "--resume")]
    import shlex
    import subprocess

    quoted = shlex.join if os.name == "posix" else subprocess.list2cmdline  # a shell would spell patterns out
    return f"What is written is whole; go on with: {quoted(['report-pipeline', *again, '--resume'])}"
