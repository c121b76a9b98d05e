"""Lines that a plain-text dump or a page layout broke at a constant width, in the middle of sentences."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.cleaning.lines import HEADING_MARK, goes_on
from pipeline.records import Span

FEWEST = 8  # line ends of one width, within sentences, that show a text to be wrapped
NARROWEST, WIDEST = 20, 120  # characters of a wrapped line
_LINE = re.compile(r"[^\n]*[^\s][^\S\n]*(?=\n|\Z)")


def wrapped_line_ends(text: str) -> dict[int, str]:
    """Where the blanks around a line end start that only the layout made, and what to put there instead.

    A text counts as wrapped where hardly a line is longer than one width and many reach it without a stop; then a
    line of about that width goes on in the next one, unless that one is indented or starts like a heading.
    """
    longest = _width(text)
    if longest is None:
        return {}
    joined = {}
    for before, after in pairwise(_lines(text)):
        start = after.start + len(text[after.start : after.end]) - len(text[after.start : after.end].lstrip())
        if (
            after.start - before.end <= 2
            and start == after.start
            and text[before.end : after.start].count("\n") <= 1
            and before.end - before.start >= 0.8 * longest
            and goes_on(text, before, start, shortest=NARROWEST)
        ):
            latin = text[before.end - 1].isascii() and text[start].isascii() and text[start].isalpha()
            joined[before.end] = " " if latin else ""
    return joined


def _width(text: str) -> int | None:
    """The constant width at which the lines of a text are broken; none for most texts."""
    if text.count("\n") < FEWEST:
        return None
    lengths = sorted(len(line) for line in text.split("\n") if line and not line.isspace())
    if len(lengths) < FEWEST:
        return None
    width = lengths[int(len(lengths) * 0.9)]
    if not NARROWEST <= width <= WIDEST or lengths[-1] > 1.25 * width:
        return None
    full = within = 0
    for before, after in pairwise(_lines(text)):
        if before.end - before.start >= 0.8 * width:
            full += 1
            within += goes_on(text, before, after.start, shortest=NARROWEST)
    return width if within >= FEWEST and 2 * within >= full else None


def _lines(text: str) -> list[Span]:
    """The lines that are not blank, without trailing blanks."""
    lines, start = [], 0
    for content in text.split("\n"):
        if stripped := content.rstrip():
            lines.append(Span(start, start + len(stripped)))
        start += len(content) + 1
    return lines
