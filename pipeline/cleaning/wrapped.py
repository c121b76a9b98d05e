"""Lines that a plain-text dump or a page layout broke at a constant width, in the middle of sentences."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from pipeline.cleaning.lines import goes_on
from pipeline.records import Span

FEWEST = 8  # line ends of one width, within sentences, that show a text to be wrapped
NARROWEST, WIDEST = 20, 60  # characters of a wrapped line


def wrapped_line_ends(text: str) -> dict[int, str]:
    """Where the blanks around a line end start that only the layout made, and what to put there instead.

    A text counts as wrapped where hardly a line is longer than one width and many reach it without a stop. Then a
    line of about that width goes on in the next one, unless that one is indented or starts like a heading, or more
    blank lines stand between them than between most (some dumps put one after every line).
    """
    if not _has_width(text):
        return {}
    lines = _lines(text)
    full = 0.8 * _width([line.end - line.start for line in lines])
    ends: list[tuple[Span, Span, int]] = []
    reaching = 0
    for before, after in pairwise(lines):
        if before.end - before.start >= full:
            reaching += 1
            if goes_on(text, before, after.start, shortest=NARROWEST):
                ends.append((before, after, text.count("\n", before.end, after.start)))
    if len(ends) < FEWEST or 2 * len(ends) < reaching:
        return {}
    usual = Counter(gap for *_, gap in ends).most_common(1)[0][0]
    return {before.end: _between(text, before, after) for before, after, gap in ends if gap <= usual}


def _between(text: str, before: Span, after: Span) -> str:
    """Nothing between two Chinese characters, a blank between two Latin words."""
    first, second = text[before.end - 1], text[after.start]
    return " " if first.isascii() and second.isascii() and second.isalpha() else ""


def _has_width(text: str) -> bool:
    """Whether hardly a line of `text` is longer than one width; false, at once, for most texts."""
    if text.count("\n") < FEWEST:
        return False
    lengths = [len(line) for line in text.split("\n") if line and not line.isspace()]
    return len(lengths) >= FEWEST and NARROWEST <= _width(lengths) <= WIDEST and max(lengths) <= 1.25 * _width(lengths)


def _width(lengths: list[int]) -> int:
    return sorted(lengths)[int(len(lengths) * 0.9)]


def _lines(text: str) -> list[Span]:
    """The lines that are not blank, without trailing blanks; an indent belongs to its line."""
    lines, start = [], 0
    for content in text.split("\n"):
        if stripped := content.rstrip():
            lines.append(Span(start, start + len(stripped)))
        start += len(content) + 1
    return lines
