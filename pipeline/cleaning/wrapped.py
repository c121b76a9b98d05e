"""Lines that a plain-text dump or a page layout broke at a constant width, in the middle of sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.cleaning.few_lines import cut_number, few_line_ends
from pipeline.cleaning.lines import columns_of, filled, goes_on, lines_of
from pipeline.cleaning.narrow import narrow_line_ends
from pipeline.language.marks import BEGINNING_MARK
from pipeline.records import Span

FEWEST = 8  # line ends of one width, within sentences, that show a text to be wrapped
FEW = 4  # … and that show a short one to be, where lines end at one column
ADDED = 2  # longer lines that a site may have put into a wrapped text: they stay apart
COLUMNS = 5  # by so many columns a line ends before the last, so that no word or number is cut
NARROWEST, WIDEST = 20, 60  # characters of a wrapped line
LONGER = 1.25  # so many times the width a line may be
LONGEST = int(LONGER * WIDEST)
INDENTED = 3  # paragraphs that show a text to indent its first lines
_TITLE = re.compile(
    r"[^，。；：]{8,}(?:总结|小结|报告|汇报|述职|计划|要点|方案|规划|讲话|情况|意见|安排|任务|打算|说明)(?:[（(][^（）()\n]{1,12}[）)])?$"
)
_INDENT = re.compile(r"\u3000|[^\S\n]{2}")
_STOP = re.compile("[。！？：”）]")
_CELLS = re.compile(r"\S[^\S\n]{4,}\S")
_PAUSE = re.compile("[，。；,;]")
_NARROW = re.compile(r"[A-Za-z0-9 .%]")
"""What takes one column, where a Chinese character takes two."""
_CUT = re.compile(r"[，、,]\n|\d\n\s*[\d.万亿千]|\n\s*[，、。,]")
"""A line end that no author sets."""
_ITEM = r"[一-龥]\d[\d.]*[一-龥%]{1,3}[，,、；;]"
_BROKEN = re.compile(
    r"\n(?<![。！？：；\n]\n)(?:(?P<item>(?<=[一-龥]\n)(?=[一-龥]{1,12}\d[\d.]*[一-龥%]{1,4}[，,、；;。])(?!全|我|各|今年|其中|同时|累计|共))"
    r"|(?P<inside>(?<=[《〈“（(]\n)(?=\n?[ \u3000]{0,8}[^\s—|])|(?<=[一-龥A-Za-z\d》〉”）)%]\n)(?=\n?[ \u3000]{0,8}[》〉”）)，。；,;]))"
    r"|(?P<cut>(?<=[，、,]\n)|(?<=\d\n)(?=\n?[ \u3000]{0,8}[\d.万亿千])|(?=\n?[ \u3000]{0,8}、)))"
)
"""A line end that may stand in the midst of a list of numbers, one beside a mark, and others that no author sets.

A link within a sentence may stand in a line of its own: 严格执行《|招标法|》，.
"""
_IN_ITEM = re.compile(rf"{_ITEM}[一-龥]{{2,12}}{_ITEM[len('[一-龥]') :]}[一-龥]{{1,10}}$")
"""A line end in the midst of a list of numbers: 修渠64件，清淤75件，病险水|库加固7件."""
_REACH = 60


def wrapped_line_ends(text: str) -> dict[int, str]:
    """Where the blanks around a line end start that only the layout made, and what to put there instead.

    A text counts as wrapped where hardly a line is longer than one width and many reach it without a stop. Then a
    line of about that width goes on in the next one, unless that one is indented or starts like a heading, or more
    blank lines stand between them than between most (some dumps put one after every line). Where paragraphs are
    indented, a line without an indent goes on behind a stop as well. In a text with long lines, the lines between two
    of them count as wrapped where they end at one column. What opens a bracket, or closes one, ends no line anyway.
    """
    broken = list(_BROKEN.finditer(text))
    joined = {found.start(): "" for found in broken if found["inside"] is not None}
    if _has_width(text, but=ADDED) and (ends := _ends(text, _lines(text))):
        return joined | ends
    if few := few_line_ends(text):
        return joined | few
    items = [found.start() for found in broken if found["item"] is not None]
    joined |= {at: "" for at in items if _IN_ITEM.search(text, max(0, at - _REACH), at)}
    cuts = [found.start() for found in broken if found["cut"] is not None]
    joined |= {at: "" for at in cuts if cut_number(text, at)}
    if len(items) < len(broken):
        for start, end in _between_long_lines(text):
            lines = [Span(start + line.start, start + line.end) for line in _lines(text[start:end])]
            joined |= _ends(text, lines, sure=True)
    return joined | dict.fromkeys(narrow_line_ends(text), "")


def _ends(text: str, lines: Sequence[Span], *, sure: bool = False) -> dict[int, str]:
    """The line ends of `wrapped_line_ends` among some lines; with `sure`, only where they end at one column."""
    lengths, columns = [line.end - line.start for line in lines], columns_of(text, lines, _NARROW)
    width, last = _width(lengths), _width(columns)
    if sure and (not NARROWEST <= width <= WIDEST or max(lengths) > LONGER * width):
        return {}
    ends: list[tuple[Span, Span, int]] = []
    reaching = within = 0
    indents = _indents(text, lines)
    for (before, after), length, column in zip(pairwise(lines), lengths, columns, strict=False):
        # Digits take one column: a line of Chinese characters alone has fewer signs than its neighbours.
        if length <= LONGER * width and (length >= 0.8 * width or column >= 0.9 * last):
            reaching += 1
            inside = goes_on(text, before, after.start, shortest=NARROWEST) and not _is_row(text, before, after)
            if before is lines[0] and inside and after.end - after.start >= 0.8 * width:
                inside = _TITLE.match(text, *before) is None  # else it may be a title as long as a line
            within += inside
            if inside or (length >= width - 1 and _leads_on(text, before, after, indents)):
                ends.append((before, after, text.count("\n", before.end, after.start)))
    if not ends or 2 * within < reaching or ((sure or within < FEWEST) and not _in_columns(text, lines, columns)):
        return {}
    usual = _usual(gap for *_, gap in ends)
    return {before.end: _between(text, before, after) for before, after, gap in ends if gap <= usual}


def _usual(gaps: Iterable[int]) -> int:
    """How many line ends stand between lines at most: those of most, or of many more (a blank line at every second)."""
    counts = Counter(gaps)
    many = [gap for gap, count in counts.items() if count >= FEW and 4 * count >= counts.total()]
    return max([counts.most_common(1)[0][0], *many])


def _is_row(text: str, before: Span, after: Span) -> bool:
    """Whether one of two lines is a row of a table, its cells apart by blanks."""
    return _CELLS.search(text, *before) is not None or _CELLS.search(text, *after) is not None


def _in_columns(text: str, lines: Sequence[Span], columns: Sequence[int]) -> bool:
    """Whether the few long lines of a text are prose that ends at one column, nearly all within sentences."""
    last = max(columns)
    full = [at for at in range(len(lines) - 1) if columns[at] >= last - COLUMNS]
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
        if length := len(text[start:end].strip()):
            if length <= LONGEST:
                lengths.append(length)
            elif but:
                but -= 1
            else:
                return False
    if len(lengths) < FEWEST:
        return False
    return NARROWEST <= _width(lengths) <= WIDEST and sorted(lengths)[-1 - but] <= LONGER * _width(lengths)


def _between_long_lines(text: str) -> Iterator[tuple[int, int]]:
    """The stretches without a line that is too long for a wrapped one, and with some that could be."""
    start = at = could_be = 0
    for length in (*map(len, text.split("\n")), LONGEST + 1):
        if length >= NARROWEST:
            could_be += 1
            if length > LONGEST:
                if could_be > FEW + 1:
                    yield start, at
                start, could_be = at + length, 0
        at += length + 1


def _width(lengths: list[int]) -> int:
    return sorted(lengths)[int(len(lengths) * 0.9)]


def _lines(text: str) -> list[Span]:
    """The lines that are not blank, without trailing blanks; an indent belongs to its line, a margin of all does not."""
    lines = [*filled(text.split("\n"))]
    margin = _margin(text, lines)
    return [Span(line.start + min(margin, _indent(text, line)), line.end) for line in lines] if margin else lines


def _margin(text: str, lines: Sequence[Span]) -> int:
    """How many blanks stand before every line that is long enough to be wrapped, but for those that a site added."""
    indents = sorted(indent for line in lines if line.end - line.start - (indent := _indent(text, line)) >= NARROWEST)
    return indents[ADDED] if len(indents) >= FEWEST else 0


def _indent(text: str, line: Span) -> int:
    """How many blanks a line begins with."""
    content = text[line.start : line.end]
    return len(content) - len(content.lstrip())
