"""Lines of a text as a mark-up tells them, put together to the text that everything else points into."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.reading.limits import Limits
from pipeline.records import RawText

LONGEST_HEADING = 100  # characters; whole paragraphs are styled as headings for their looks


class Line(NamedTuple):
    """A line, and the level of the heading that the mark-up says it is: 0 for a title, 1 and up for headings."""

    text: str
    level: int | None = None


def compose(
    lines: Iterable[Line], media_type: str, encoding: str, limits: Limits, warning: str | None = None
) -> RawText:
    """The text of `lines`, each on a line of its own, with the places of its headings.

    >>> compose([Line("一、基本情况", 1), Line("全镇共有党员612名。")], "text/html", "utf-8", Limits()).styles
    ((0, 6, 1),)
    """
    parts: list[str] = []
    styles: list[tuple[int, int, int]] = []
    at = 0
    for text, level in lines:
        if level is not None and _may_head(text):
            start = at + len(text) - len(text.lstrip())
            styles.append((start, at + len(text.rstrip()), level))
        parts.append(text)
        at += len(text) + 1
        limits.check("max_chars", at, "characters in the text")
    return RawText("\n".join(parts), media_type, encoding, warning, tuple(styles))


def row_of(cells: Iterable[list[Line]]) -> Iterable[Line]:
    """A row of a table: one line with tabs, or where a cell holds more than a line, all its lines one by one."""
    held = list(cells)
    if all(len(cell) <= 1 for cell in held) and len(held) > 1:
        row = "\t".join(cell[0].text.strip() if cell else "" for cell in held)
        return [Line(row.rstrip())] if row.strip() else []
    return [line for cell in held for line in cell]


def _may_head(text: str) -> bool:
    bare = text.strip()
    return 0 < len(bare) <= LONGEST_HEADING and "。" not in bare[:-1] and "\t" not in bare
