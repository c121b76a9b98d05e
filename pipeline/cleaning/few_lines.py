"""Short texts broken at a width: few lines, which show it by ending at one column and amid numbers, units, sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.cleaning.lines import columns_of, filled, goes_on
from pipeline.language.marks import BEGINNING_MARK
from pipeline.records import Span

NARROWEST, LONGEST = 20, 75  # characters of a line that goes on, of any line of such a text
MOST = 60  # lines of such a text
SLACK = 3  # columns that a line may lack where a mark, a number or a word of Latin letters would not be cut
ENOUGH = 3  # what is enough to tell; one more where the lines differ in characters
CUT = AMID = 2  # what a cut through a number or a unit tells, and a sentence that ends amid a line without a stop
_PAUSE = re.compile("[，。；、：]")
_STOP = re.compile("[。；！？](?=[^”’」』）)】])")
_NUMBER_CUT = re.compile(
    r"(?<=[一-鿿，、（“])(?!(?:19|20)\d\d\n)\d{1,4}(?:,\d{1,3})*\n\n?[ \u3000]{0,2}(?!\d{1,2}月|\d{4}年)\d[\d,]*(?:\.\d+)?[一-鿿%％‰]"
)
_DECIMAL_CUT = re.compile(r"(?<=[一-鿿，、（“])\d{1,5}(?:\.\n|\n\.)\d{1,3}[一-鿿%％‰]")
_UNIT_CUT = re.compile(
    r"\d(?:\n[%％‰万亿]|个?\n?百\n?分\n?点|[万亿余多]\n(?:元|吨|亩|人|户|平|立|公)|公\n[里斤顷]|平\n方|立\n方|千\n[瓦米克])"
    r"|增\n长|同\n比|比\n上年|分\n别|其\n中|达\n到|[，。；：、”》）%％]?\n[，。；：、”》）]"
)
_ONE_COLUMN = re.compile(r"[A-Za-z0-9 .%,;:()\[\]/+\-]")
_REACH = 24  # characters around a line end in which a cut is seen
_FAR = 28  # characters of a line of prose that a lone cut through a number ends


def few_line_ends(text: str) -> dict[int, str]:
    """Where a few lines of prose end that were broken at a width.

    Lines end at one column, without a stop, and the next goes on with no mark of its own. That alone may be chance, or
    a list: numbers and units cut in two, and sentences that end amid the lines, have to tell it as well.
    """
    lines = _lines(text)
    if not lines:
        return {}
    ends: dict[int, str] = {}
    exact = _full(lines, [line.end - line.start for line in lines], 0)
    columns = columns_of(text, lines, _ONE_COLUMN)
    for full in (exact, _full(lines, columns, 1), _full(lines, columns, SLACK)):
        inside = [(a, b) for a, b in full if goes_on(text, a, b.start, shortest=NARROWEST) and not _is_head(text, a, b)]
        ended = sum(text[a.end - 1] in "。！？；：”）" for a, _ in full)
        if len(inside) < 2 or 4 * (len(full) - ended - len(inside)) > len(inside):
            continue
        told = len(inside) - 1 + sum(_tells(text, a, b) for a, b in inside)
        prose = sum(_PAUSE.search(text, *a) is not None for a, _ in inside)
        if 2 * prose > len(inside) and told >= ENOUGH + (full is not exact) and _is_prose(text, inside):
            ends |= {a.end: "" for a, b in full if (a, b) in inside or _leads_on(text, a, b)}
    return ends


def cut_number(text: str, at: int) -> bool:
    """Whether a line end cuts through the number of a line of prose, whatever the width: 补助3|3.8万元."""
    start = text.rfind("\n", 0, at) + 1
    if at - start < _FAR or _PAUSE.search(text, start, at) is None:
        return False
    return any(found.start() < at < found.end() for found in _NUMBER_CUT.finditer(text, max(start, at - 12), at + 24))


def _lines(text: str) -> list[Span]:
    """The lines that hold something; none where there are too many, or a long one among them."""
    contents = text.split("\n", MOST + 1)
    if len(contents) > MOST or not any(len(content) >= NARROWEST for content in contents):
        return []
    if any(len(content) > LONGEST and len(content.strip()) > LONGEST for content in contents):
        return []
    return [*filled(contents)]


def _full(lines: Sequence[Span], widths: Sequence[int], slack: int) -> list[tuple[Span, Span]]:
    """The lines that end at the last column, each with the next one; the first line may be a longer title."""
    last = max(widths[1:], default=0)
    return [pair for pair, width in zip(pairwise(lines), widths, strict=False) if last - slack <= width <= last]


def _is_head(text: str, before: Span, after: Span) -> bool:
    """Whether a line may be the title or a heading that happens to fill its line: it says nothing in clauses."""
    if _PAUSE.search(text, before.start + 3, before.end) or _tells(text, before, after) == CUT:
        return False
    return not text[: before.start].strip() or BEGINNING_MARK.match(text, before.start) is not None


def _leads_on(text: str, before: Span, after: Span) -> bool:
    """Whether a line that ends with a semicolon is followed by no item of its own."""
    start, end = before.start, before.end - 1
    return text[end] in "；;" and goes_on(text, Span(start, end), after.start, shortest=NARROWEST)


def _is_cut(cut: re.Pattern[str], text: str, before: Span, after: Span) -> bool:
    """Whether the end of a line cuts through what is one."""
    start, end = max(before.start, before.end - _REACH), min(after.end, after.start + _REACH)
    return any(found.start() < before.end < found.end() for found in cut.finditer(text, start, end))


def _tells(text: str, before: Span, after: Span) -> int:
    """What the end of a line tells beside the column that it stands at."""
    if any(_is_cut(cut, text, before, after) for cut in (_NUMBER_CUT, _DECIMAL_CUT, _UNIT_CUT)):
        return CUT
    return AMID if _STOP.search(text, before.start + 1, before.end) else 0


def _is_prose(text: str, inside: Sequence[tuple[Span, Span]]) -> bool:
    """Whether the marks within the lines stand at different places, as those of verses and slogans do not."""
    places = {tuple(found.start() - a.start for found in _PAUSE.finditer(text, *a)) for a, _ in inside}
    return len(places) > 1
