"""Which column of a table holds the texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.reading.refusals import NoTextColumn, NotText

NAMES = (  # what scrapers call it, surest first
    "正文", "全文", "正文内容", "报告正文", "报告全文", "报告内容", "文章内容", "文章正文",
    "文本", "文本内容", "内容", "原文",
    "full_text", "fulltext", "text", "content", "body", "main_text", "article_text", "article_content", "article",
    "raw_text", "document_text", "document", "txt",
)  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
LONG_ENOUGH = 30  # Chinese characters a row, on average: less is a title or a name


def choose_column(columns: Sequence[str], rows: Sequence[Mapping[str, object]], wanted: str | None) -> str:
    """The column that was asked for, else one with a telling name, else the one with the longest Chinese text.

    Raises NotText for a table of figures and names: no cell of its first rows is as long as a text.

    >>> choose_column(["id", "Content"], [], None)
    'Content'
    """
    if wanted is not None:
        if wanted in columns:
            return wanted
        raise NoTextColumn(f"It has no column {wanted!r}. {_there_are(columns)}")
    called = {column.strip().lower(): column for column in reversed(columns)}
    for name in NAMES:
        if name in called:
            return called[name]
    chinese = {column: sum(_chinese(row.get(column)) for row in rows) for column in columns}
    best = max(columns, key=chinese.__getitem__, default="")
    if chinese.get(best, 0) >= LONG_ENOUGH * max(len(rows), 1):
        return best
    if rows and not any(_chinese(cell) >= LONG_ENOUGH for row in rows for cell in row.values()):
        raise NotText(
            "It is a table of figures or names and holds no texts. Nothing is to be done, or name a column by --text-column."
        )
    raise NoTextColumn(f"No column of the table holds texts. {_there_are(columns)}")


def _chinese(value: object) -> int:
    return sum(map(len, CHINESE.findall(value))) if isinstance(value, str) else 0


def _there_are(columns: Sequence[str]) -> str:
    if not columns:
        return "It has no rows. Leave the file out."
    shown = ", ".join(repr(column[:40]) for column in columns[:12])
    return f"Its columns are {shown}. Name the one with the texts by --text-column."
