"""Lines of newspaper columns and scans: broken after a dozen characters, all at one column, in the midst of sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.cleaning.lines import columns_of, goes_on
from pipeline.language.marks import BEGINNING_MARK
from pipeline.records import Span

FEWEST = 12  # lines that show a stretch to be a column
NARROWEST, WIDEST = 16, 40  # columns of such a line, where a Chinese character takes two
SLACK = 3  # columns that a full line may lack, so that no number and no mark is cut off
SHORTEST = 6  # characters of a line that goes on in the next
_ROOM = 26  # characters of a line of a stretch
_ONE_COLUMN = re.compile(r"[A-Za-z0-9 .%,()\-]")
_STOPPED = re.compile(r"[。；！？](?=[^\s”）])")
_PAUSE = re.compile("[，。；、]")
_AMID = re.compile(r"\d\.\n\d")
_FIRST = re.compile(rf"\u3000|[^\S\n]{{2}}|{BEGINNING_MARK.pattern}")
"""How a line begins that goes on from none: with an indent or the mark of an item."""
_MARKS = "。！？；：”）"
_APART = re.compile(r"[\t|│┃]|\S[^\S\n]{2,}\S")


def narrow_line_ends(text: str) -> list[int]:
    """Where the line ends stand that a narrow column made.

    A stretch of short lines is a column where nearly all are full, hardly one ends with a mark, and sentences end amid
    its lines: those of lists, verses and headings end with them. A full line then goes on in the next one, unless that
    one is indented or begins like an item.
    """
    if not _has_run(text):
        return []
    return [end for lines in _stretches(text) for end in _ends(text, lines)]


def _has_run(text: str) -> bool:
    """Whether enough lines in a row may be short: a look at their lengths, which answers for most texts."""
    run = 0
    for length in map(len, text.split("\n")):
        if length > 2 * _ROOM:
            run = 0
        elif length:
            run += 1
            if run == FEWEST:
                return True
    return False


def _stretches(text: str) -> Iterator[list[Span]]:
    """Runs of short lines, blank ones left out, each with its indent."""
    lines: list[Span] = []
    start = 0
    for content in (*text.split("\n"), "-" * (_ROOM + 1)):
        bare = content.rstrip() if len(content) <= 2 * _ROOM else content
        if len(bare) > _ROOM:
            if len(lines) >= FEWEST:
                yield lines
            lines = []
        elif bare:
            lines.append(Span(start, start + len(bare)))
        start += len(content) + 1


def _ends(text: str, lines: Sequence[Span]) -> list[int]:
    """The ends of the full lines of a stretch that go on in the next one; none where it is no column."""
    columns = columns_of(text, lines, _ONE_COLUMN)
    width = sorted(columns)[int(len(columns) * 0.9)]
    if not NARROWEST <= width <= WIDEST or max(columns) > width + 4:
        return []
    full = [pair for pair, wide in zip(pairwise(lines), columns, strict=False) if wide >= width - SLACK]
    inside = [(before, after) for before, after in full if goes_on(text, before, after.start, shortest=SHORTEST)]
    stopped = [line for line in lines if _STOPPED.search(text, *line)]
    if 2 * len(full) < len(lines) or 4 * len(inside) < 3 * len(full) or len(inside) < FEWEST // 2:
        return []
    if len(stopped) < 3 or 12 * len(stopped) < len(lines) or any(_APART.search(text, *line) for line in lines):
        return []
    places = {found.start() - line.start for line in stopped if (found := _STOPPED.search(text, *line))}
    if len(places) < 3:
        return []
    gaps = Counter(text.count("\n", before.end, after.start) for before, after in inside)
    usual = max(gaps, key=gaps.__getitem__)
    going, whole = set(inside), set(full)
    first = [after for before, after in pairwise(lines) if (before, after) not in whole]
    indents = len(first) > 1 and all(_FIRST.match(text, line.start) for line in first)
    return [
        before.end
        for before, after in full
        if text.count("\n", before.end, after.start) <= usual
        and ((before, after) in going or _leads_on(text, before, after, indents))
        and not _is_head(text, before)
    ]


def _leads_on(text: str, before: Span, after: Span, indents: bool) -> bool:
    """Whether a full line goes on amid a number, or behind a mark where the first lines of paragraphs are indented."""
    if _FIRST.match(text, after.start):
        return False
    return _AMID.match(text, before.end - 2) is not None or (indents and text[before.end - 1] in _MARKS)


def _is_head(text: str, line: Span) -> bool:
    """Whether a line may be a heading that fills its line: a number and no mark within."""
    return BEGINNING_MARK.match(text, line.start) is not None and _PAUSE.search(text, line.start + 3, line.end) is None
