"""`report-pipeline show`: one report, in the terminal, as a page or for programs."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.arguments import Verbs, add_settings, config_of, with_examples
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.records import Report

WHAT = "one report: what cleaning changed, outline, labels, metrics; in the terminal, as a page or as JSON"

EXAMPLES = """\
examples:
  report-pipeline show report.txt                        in the terminal
  report-pipeline show report.txt --html report.html     one page that needs nothing else, to open in a browser
  report-pipeline show "archive/posts.csv#2"             one of a table or an archive, as documents.source calls it
  report-pipeline show report.txt --json                 the rows of every table by column name, a line a report
"""


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("show", help=WHAT, description=WHAT)
    with_examples(command, EXAMPLES)
    command.add_argument(
        "inputs",
        nargs=1,
        metavar="FILE",
        help="a report, one within a table or an archive (posts.csv#2, a.zip!b.txt), or -",
    )
    how = command.add_mutually_exclusive_group()
    how.add_argument("--html", type=Path, metavar="OUT.html", help="write a page; of several reports OUT~2.html …")
    how.add_argument("--json", action="store_true", help="print the rows of every table as a line of JSON")
    command.add_argument("--overwrite", action="store_true", help="replace a page that is there already")
    add_settings(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Print one report, or write its page."""
    from pipeline.terminal.inputs import present
    from pipeline.terminal.show import show

    how = _Pages(order.html, overwrite=order.overwrite) if order.html else _print_json if order.json else show
    return present(order.inputs, config_of(order), how)


class _Pages:
    """Writes the page of each report that it is shown."""

    def __init__(self, path: Path, *, overwrite: bool) -> None:
        self.path, self.overwrite, self.written = path, overwrite, 0

    def __call__(self, report: Report, console: Console) -> None:
        from pipeline.dataset.parts import write_whole
        from pipeline.dataset.rows import tables_of
        from pipeline.pages.report import report_page

        self.written += 1
        suffix = f"~{self.written}" if self.written > 1 else ""
        path = self.path.with_name(f"{self.path.stem}{suffix}{self.path.suffix}")
        if path.exists() and not self.overwrite:
            raise UsageError(f"{path} is there already. Name another with --html, or replace it with --overwrite.")
        write_whole(path, report_page(tables_of(report)))
        console.print(f"page        {path}", soft_wrap=True)


def _print_json(report: Report, _: Console) -> None:
    from pipeline.dataset.rows import tables_of

    print(json.dumps(tables_of(report), ensure_ascii=False, default=str))
