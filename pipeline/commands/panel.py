"""`report-pipeline panel`: one row a unit and year for chosen indicators."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.commands.arguments import Verbs, add_dataset, add_rules, listed, with_examples
from pipeline.errors import UsageError

EXAMPLES = """\
examples:
  report-pipeline panel dataset --indicator gdp                                      by place_code and year, to standard output
  report-pipeline panel dataset --indicator gdp,城镇新增就业 -o panel.csv
  report-pipeline panel dataset --indicator gdp --status planned --measure growth    growth targets
  report-pipeline panel dataset --indicator gdp --by region,year -o panel.parquet    region from --metadata of the run

measures: level, growth, change (each also average_… and cumulative_…), growth_change, gap, share, multiple; see docs/panel.md
"""


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("panel", help="one row a unit and year for chosen indicators")
    with_examples(command, EXAMPLES)
    add_dataset(command)
    command.add_argument("--indicator", required=True, type=listed, metavar="CODE|NAME,…", help="codes or names")
    command.add_argument(
        "--by", type=listed, default=["place_code", "year"], metavar="COLUMN,…", help="default: place_code,year"
    )
    command.add_argument("--status", type=listed, default=[], metavar="STATUS", help="actual or planned only")
    command.add_argument("--measure", type=listed, default=[], metavar="MEASURE,…", help="only these: level, growth …")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="a .csv or .parquet; default: print CSV")
    add_rules(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Make the panel, write or print it, and say what was not found and how much of it conflicts."""
    from pipeline.analysis.output import check_name, write_table
    from pipeline.analysis.panel import panel
    from pipeline.analysis.wanted import Wanted
    from pipeline.commands.arguments import rules_of
    from pipeline.dataset.stored import open_dataset

    check_name(order.output)
    rules, stored = rules_of(order), open_dataset(order.dataset)
    table = panel(stored, rules, order.indicator, order.by, order.measure, order.status)
    silent = Wanted(order.indicator, stored, rules).unanswered(set(table["indicator"].to_pylist()), rules)
    if not table.num_rows:
        narrowed = "" if not (order.measure or order.status) else ", or ask for other measures or another status"
        raise UsageError(
            f"{' '.join(silent)} Look up codes and names in the table indicators (report-pipeline indicators){narrowed}."
        )
    for line in silent:
        print(f"report-pipeline: {line}", file=sys.stderr)
    write_table(table, order.output)
    if order.output:
        conflicts = sum(table["conflict"].to_pylist())
        print(f"rows        {table.num_rows:,}, {conflicts:,} of them in cells with several values")
        print(f"panel       {order.output}")
    return 0
