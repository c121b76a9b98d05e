"""The command `report-pipeline`: its grammar. Nothing heavy is imported before it is known what is asked for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import PipelineError

DESCRIPTION = "Turn archives of Chinese work reports into a dataset that can be published and cited."

EXAMPLES = """\
examples:
  report-pipeline run archive/ more.zip -o dataset       the whole archive
  report-pipeline run archive/ -o dataset --resume       go on after an interruption, or take in new files
  report-pipeline status dataset                         how far a run has come
  report-pipeline show report.txt                        outline, labels and metrics of one report
  report-pipeline explain report.txt                     each edit and each record with the rule behind it
  report-pipeline clean archive/ -o clean/               clean texts only
  report-pipeline clean report.txt --diff                what cleaning changes
  report-pipeline train sections --labels my.csv         models of topic and role from your own labels
  report-pipeline evaluate my.csv --model-dir models     how well models label them

exit status: 0 all read; 1 some entries failed, the rest is complete; 2 wrong use or nothing to do; 130 interrupted
"""

RUN_EXAMPLES = """\
examples:
  report-pipeline run corpus/samples -o dataset
  report-pipeline run 2019.zip 2020.zip "scraped/*.csv" -o dataset --text-column 正文 --metadata urls.csv
  cat report.txt | report-pipeline run - -o dataset
  python -c "import pandas; print(pandas.read_parquet('dataset/metrics'))"
"""

CORES = min(os.cpu_count() or 1, 61)  # Windows waits for no more processes than these at a time

LABELS = "one section a row: document, level, heading, text, and topic, role or both"
INPUTS = "files, folders (walked, sorted), archives, patterns, or - for one text on standard input"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say and give the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a pipe's own encoding may know no Chinese
    order = parser().parse_args(given)
    try:
        from pipeline.terminal.verbs import VERBS

        return VERBS[order.verb](order)
    except PipelineError as error:
        return _leave(str(error), 2)
    except KeyboardInterrupt:
        return _leave(f"Interrupted. {_how_to_go_on(order, given)}", 130)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def parser() -> argparse.ArgumentParser:
    """The grammar of the command."""
    top = argparse.ArgumentParser(
        "report-pipeline",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=Version, nargs=0, help="print the version and leave")
    verbs = top.add_subparsers(title="commands", metavar="COMMAND", dest="verb", required=True)
    _add_run(verbs.add_parser("run", help="an archive to a dataset"))
    _add_status(verbs.add_parser("status", help="how far the run of a dataset has come"))
    for name, what in (
        ("show", "one report in the terminal: outline, labels, metrics"),
        ("explain", "each edit and each record of a report with the rule or model behind it"),
    ):
        one = verbs.add_parser(name, help=what, description=what)
        one.add_argument("inputs", nargs=1, metavar="FILE", help="a report, or - for standard input")
        _add_settings(one)
    _add_clean(verbs.add_parser("clean", help="clean texts only"))
    _add_train(verbs.add_parser("train", help="models from your own labels"))
    _add_evaluate(verbs.add_parser("evaluate", help="how well models label what is labelled by hand"))
    return top


def _add_run(run: argparse.ArgumentParser) -> None:
    run.epilog, run.formatter_class = RUN_EXAMPLES, argparse.RawDescriptionHelpFormatter
    run.add_argument("inputs", nargs="+", metavar="INPUT", help=INPUTS)
    run.add_argument("-o", "--output", required=True, type=Path, metavar="DATASET", help="folder of the dataset")
    run.add_argument("--workers", type=_positive, default=CORES, metavar="N", help="default: every core")
    run.add_argument("--engine", default="local", help="who does the work: local (default) or dask")
    run.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster, tcp://…; see docs/cluster.md")
    again = run.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="do what is missing, damaged or changed")
    again.add_argument("--overwrite", action="store_true", help="remove the dataset that stands there and begin anew")
    run.add_argument("--metadata", type=Path, metavar="FILE.csv", help="a table by source path, for documents.meta")
    run.add_argument("--no-source-text", action="store_true", help="leave documents.source_text out")
    run.add_argument("--shard-size", type=_positive, metavar="N", help="entries in one part of the dataset")
    told = run.add_mutually_exclusive_group()
    told.add_argument("--quiet", action="store_true", help="show no progress")
    told.add_argument("--log-json", action="store_true", help="show progress as lines of JSON")
    _add_selection(run)
    _add_settings(run)


def _add_selection(run: argparse.ArgumentParser) -> None:
    some = run.add_argument_group("some of the archive only")
    some.add_argument("--dry-run", action="store_true", help="print what would be taken in, and write nothing")
    some.add_argument("--limit", type=_positive, metavar="N", help="the first N entries")
    some.add_argument("--sample", type=_share, default=1.0, metavar="SHARE", help="a share of the entries: 0.01")
    for way, what in (("include", "only entries named like this"), ("exclude", "no entries named like this")):
        some.add_argument(f"--{way}", action="append", default=[], metavar="PATTERN", help=f"{what}: '*/2023/*'")


def _add_status(status: argparse.ArgumentParser) -> None:
    status.add_argument("dataset", type=Path, metavar="DATASET", help="folder of the dataset")


def _add_clean(clean: argparse.ArgumentParser) -> None:
    clean.add_argument("inputs", nargs="+", metavar="INPUT", help=INPUTS)
    where = clean.add_mutually_exclusive_group(required=True)
    where.add_argument("-o", "--output", metavar="OUT", help="a new folder, or - for standard output")
    where.add_argument("--diff", action="store_true", help="print the lines that cleaning changes, and how")
    _add_settings(clean)


def _add_train(train: argparse.ArgumentParser) -> None:
    train.add_argument("what", choices=["sections"], help="what is labelled: sections, by topic and role")
    train.add_argument("--labels", required=True, type=Path, metavar="FILE.csv", help=LABELS)
    train.add_argument("-o", "--output", type=Path, default=Path("models"), metavar="DIR", help="default: models")
    _add_settings(train)


def _add_evaluate(evaluate: argparse.ArgumentParser) -> None:
    evaluate.add_argument("labels", type=Path, metavar="FILE.csv", help=LABELS)
    _add_settings(evaluate)


def _add_settings(command: argparse.ArgumentParser) -> None:
    command.add_argument("--config", type=Path, metavar="FILE", help="a TOML file over our defaults")
    command.add_argument("--model-dir", type=Path, metavar="DIR", help="models of your own, topic/ or role/ in it")
    command.add_argument("--text-column", metavar="NAME", help="the column of a table that holds the texts")


class Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it and leave."""
        from pipeline.kit import version

        print(f"report-pipeline {version()}")
        parser.exit()


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 up")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0
    if not 0 < share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no share above 0 and up to 1")
    return share


def _leave(message: str, status: int) -> int:
    print(f"report-pipeline: {message}", file=sys.stderr)
    return status


def _how_to_go_on(order: argparse.Namespace, given: Sequence[str]) -> str:
    if order.verb != "run":
        return "Nothing is left behind." if order.verb != "clean" else "The texts written so far are whole."
    again = [argument for argument in given if argument not in ("--overwrite", "--resume")]
    command = " ".join(f'"{a}"' if " " in a else a for a in ("report-pipeline", *again, "--resume"))
    return f"What is written is whole; go on with: {command}"
