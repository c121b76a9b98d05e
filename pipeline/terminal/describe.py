"""A description of a dataset: tables in a terminal, tab-separated lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.analysis.describe import Description
from pipeline.dataset.readable import LEVELS, NOT_SAID
from pipeline.terminal.inputs import console
from pipeline.terminal.words import visible

if TYPE_CHECKING:
    from rich.console import Console

TABLES = (
    ("Kinds of report", "report_types", ("kind", "documents")),
    ("Units", "units", ("unit", "dimension", "metrics")),
    ("Indicators", "indicators", ("indicator", "metrics")),
    ("Names", "names", ("name", "metrics")),
    ("Failures", "failures", ("stage", "error", "entries")),
    ("Checks", "checks", ("check", "made", "failed")),
    ("Checks that failed", "slips", ("source", "check", "detail")),
    ("Duplicates", "duplicates", ("kind", "documents")),
)


def print_description(found: Description) -> None:
    """Print all counts."""
    out = console()
    rows = found.rows
    facts = [
        *rows.items(),
        *([] if found.characters is None else [("characters", found.characters)]),
        ("words", found.words),
        ("removed characters", found.removed_characters),
    ]
    show(out, "Rows and size", ("what", "count"), facts)
    _coverage(out, found)
    for title, name, head in TABLES:
        show(out, title, head, getattr(found, name))
    roles = sorted({role for _, role, _ in found.topics}, key=str)
    counts = {(topic, role): count for topic, role, count in found.topics}
    topics = sorted({topic for topic, _ in counts}, key=str)
    lines = [(topic, *(counts.get((topic, role), 0) for role in roles)) for topic in topics]
    show(out, "Sections by topic and role", ("topic", *map(_label, roles)), lines)


def _coverage(out: Console, found: Description) -> None:
    counts = {(year, level): count for year, level, count in found.coverage}
    levels = [level for level in (*LEVELS, None) if any(seen == level for _, seen in counts)]
    lines = [(year, *(counts.get((year, level), 0) for level in levels), count) for year, count in found.years]
    show(out, "Documents by year and level", ("year", *map(_label, levels), "all"), lines)


def show(out: Console, title: str, head: Sequence[str], lines: Sequence[Sequence[Any]]) -> None:
    """One table, or lines with a tab between cells where nobody looks; nothing where there is nothing to show."""
    if not lines:
        return
    if not sys.stdout.isatty():
        for line in ((f"# {title}",), head, *lines):
            print("\t".join(map(_label, line)))
        print()
        return
    from rich.table import Table

    numbers = [isinstance(cell, int) for cell in lines[0]]
    table = Table(title=title, title_justify="left")
    for name, number in zip(head, numbers, strict=True):
        table.add_column(name, justify="right" if number else "left")
    for line in lines:
        table.add_row(*map(_label, line))
    out.print(table)


def _label(value: object) -> str:
    return NOT_SAID if value is None else visible(str(value))
