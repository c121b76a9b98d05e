"""Lines that a plain-text dump or a page layout broke at a constant width, in the middle of sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.cleaning.lines import goes_on, lines_of
from pipeline.language.marks import BEGINNING_MARK
from pipeline.records import Span

FEWEST = 8  # line ends of one width, within sentences, that show a text to be wrapped
FEW = 4  # … and that show a short one to be, where lines end at one column
ADDED = 2  # longer lines that a site may have put into a wrapped text: they stay apart
COLUMNS = 5  # by so many columns a line ends before the last, so that no word or number is cut
NARROWEST, WIDEST = 20, 60  # characters of a wrapped line
LONGER = 1.25  # so many times the width a line may be
INDENTED = 3  # paragraphs that show a text to indent its first lines
_INDENT = re.compile(r"\u3000|[^\S\n]{2}")
_STOP = re.compile("[。！？：”）]")
_CELLS = re.compile(r"\S[^\S\n]{4,}\S")
_PAUSE = re.compile("[，。；,;]")
_NARROW = re.compile(r"[A-Za-z0-9 .%]")
"""What takes one column, where a Chinese character takes two."""
_CUT = re.compile(r"[，、,]\n|\d\n\s*[\d.万亿千]|\n\s*[，、。,]")
"""A line end that no author sets."""
_ITEM = r"[一-龥]\d[\d.]*[一-龥%]{1,3}[，,、；;]"
_INTO_ITEM = re.compile(
    r"\n(?<=[一-龥]\n)(?=[一-龥]{1,12}\d[\d.]*[一-龥%]{1,4}[，,、；;。])(?!全|我|各|今年|其中|同时|累计|共)"
)
_IN_ITEM = re.compile(rf"{_ITEM}[一-龥]{{2,12}}{_ITEM[len('[一-龥]') :]}[一-龥]{{1,10}}$")
"""A line end in the midst of a list of numbers: 修渠64件，清淤75件，病险水|库加固7件."""
_REACH = 60


def wrapped_line_ends(text: str) -> dict[int, str]:
    """Where the blanks around a line end start that only the layout made, and what to put there instead.

    A text counts as wrapped where hardly a line is longer than one width and many reach it without a stop. Then a
    line of about that width goes on in the next one, unless that one is indented or starts like a heading, or more
    blank lines stand between them than between most (some dumps put one after every line). Where paragraphs are
    indented, a line without an indent goes on behind a stop as well.
    """
    if not _has_width(text, but=ADDED):
        cuts = (match.start() for match in _INTO_ITEM.finditer(text))
        return {at: "" for at in cuts if _IN_ITEM.search(text, max(0, at - _REACH), at)}
    lines = _lines(text)
    width = _width([line.end - line.start for line in lines])
    ends: list[tuple[Span, Span, int]] = []
    reaching = within = 0
    indents = _indents(text, lines)
    for before, after in pairwise(lines):
        if 0.8 * width <= before.end - before.start <= LONGER * width:
            reaching += 1
            inside = goes_on(text, before, after.start, shortest=NARROWEST) and not _is_row(text, before, after)
            within += inside
            if inside or (before.end - before.start >= width - 1 and _leads_on(text, before, after, indents)):
                ends.append((before, after, text.count("\n", before.end, after.start)))
    if not ends or 2 * within < reaching or (within < FEWEST and not _in_columns(text, lines)):
        return {}
    usual = Counter(gap for *_, gap in ends).most_common(1)[0][0]
    return {before.end: _between(text, before, after) for before, after, gap in ends if gap <= usual}


def _is_row(text: str, before: Span, after: Span) -> bool:
    """Whether one of two lines is a row of a table, its cells apart by blanks."""
    return _CELLS.search(text, *before) is not None or _CELLS.search(text, *after) is not None


def _in_columns(text: str, lines: Sequence[Span]) -> bool:
    """Whether the few long lines of a text are prose that ends at one column, nearly all within sentences."""
    widths = [2 * (end - start) - len(_NARROW.findall(text, start, end)) for start, end in lines]
    last = max(widths)
    full = [at for at in range(len(lines) - 1) if widths[at] >= last - COLUMNS]
    inside = [at for at in full if goes_on(text, lines[at], lines[at + 1].start, shortest=NARROWEST)]
    if len(inside) < FEW or 5 * len(inside) < 4 * len(full):
        return False
    prose = sum(_PAUSE.search(text, *lines[at]) is not None for at in inside)
    cut = any(_CUT.match(text, lines[at].end - 1) or _CUT.match(text, lines[at].end) for at in inside)
    return 2 * prose > len(inside) and cut


def _indents(text: str, lines: Sequence[Span]) -> bool:
    """Whether most paragraphs, told by the short line that ends the one above, begin with an indent."""
    width = _width([line.end - line.start for line in lines])
    first = [after for before, after in pairwise(lines) if before.end - before.start < 0.8 * width]
    indented = sum(_INDENT.match(text, line.start) is not None for line in first)
    return indented >= INDENTED and 2 * indented > len(first)


def _leads_on(text: str, before: Span, after: Span, indents: bool) -> bool:
    """Whether a full line goes on behind a mark at its end: a semicolon, or any where paragraphs are indented."""
    mark = text[before.end - 1]
    if not (mark in "；;" or (indents and _STOP.match(mark))):
        return False
    return _INDENT.match(text, after.start) is None and BEGINNING_MARK.match(text, after.start) is None


def _between(text: str, before: Span, after: Span) -> str:
    """Nothing between two Chinese characters, a blank between two Latin words."""
    first, second = text[before.end - 1], text[after.start]
    return " " if first.isascii() and second.isascii() and second.isalpha() else ""


def _has_width(text: str, but: int = 0) -> bool:
    """Whether hardly a line of `text`, `but` for some, is longer than one width; false, at once, for most texts."""
    lengths = []
    for start, end in lines_of(text):
        if end > start and not text[start:end].isspace():
            if end - start <= LONGER * WIDEST:
                lengths.append(end - start)
            elif but:
                but -= 1
            else:
                return False
    if len(lengths) < FEWEST:
        return False
    return NARROWEST <= _width(lengths) <= WIDEST and sorted(lengths)[-1 - but] <= LONGER * _width(lengths)


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
