"""The differences of two datasets in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.analysis.diff import Difference, Summary
from pipeline.terminal.describe import show
from pipeline.terminal.inputs import console

WIDEST = 80
"""Characters of a value that are shown."""


def print_differences(summaries: Mapping[str, Summary], examples: Sequence[Difference]) -> None:
    """Print how many rows of each table came, went and changed, or only in their scores, and examples."""
    if not summaries:
        print("The datasets hold the same.")
        return
    out = console()
    counts = [(table, s.came, s.went, s.changed, s.scores) for table, s in summaries.items()]
    show(out, "Rows", ("table", "came", "went", "changed", "only scores"), counts)
    columns = [(table, column, n) for table, s in summaries.items() for column, n in s.columns.items()]
    show(out, "Columns that changed", ("table", "column", "rows"), columns)
    lines = [
        (one.table, one.kind, one.source, short(one.row), one.column or "", short(one.old), short(one.new))
        for one in examples
    ]
    show(out, "Examples", ("table", "what", "source", "row", "column", "old", "new"), lines)


def short(value: object) -> str:
    """A value in one line, cut where it is long."""
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
