"""Pass: blanks that a scan put behind each character, a typesetter around figures, a typist behind commas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.cleaning.kinds import BLANK
from pipeline.cleaning.knowledge import Knowledge
from pipeline.cleaning.lines import line_around
from pipeline.records import Edit, Span

_ENOUGH = 5  # blanks within words by which a line is told
_MANY, _FEW = 3, 1  # such lines among which one blank is enough for others
_SAYS = re.compile("[0-9，。、；：,]")  # a line that says nothing may be spaced as titles are: 工 作 材 料 汇 编
_SHARE = 0.8  # of the places between two Han characters at which it has them
_HAN, _GAP = "一-鿿〇", "[ \u3000\xa0\u2002-\u200a]"
_INSIDE = re.compile(rf"(?<=[{_HAN}0-9]){_GAP}(?=[{_HAN}0-9])")
_WORD = re.compile(f"[{_HAN}]{_GAP}[{_HAN}]")
_TIGHT = re.compile(f"(?<=[{_HAN}])(?=[{_HAN}])")
_BETWEEN = re.compile(rf"(?<=[^\sa-z])(?<![A-Z]{{2}}){_GAP}(?=[^\sa-z])(?![A-Z][A-Za-z])")
_NUMBERS = re.compile(rf"(?<![0-9.,])[0-9][0-9.,]*(?:{_GAP}[0-9.,]+)+")
_UNIT_BEHIND = re.compile(rf"{_GAP}?[{_HAN}%％‰℃，、。；）)]")
_STRETCH = re.compile(rf"(?<=[{_HAN}]){_GAP}(?:[{_HAN}]{_GAP}){{4,}}(?=[{_HAN}0-9])")
_FIGURES = rf"[0-9](?:{_GAP}?[.]{_GAP}?[0-9]|{_GAP}[0-9])+(?![0-9.,])(?!{_GAP}?[上下首尾末共]一?页)"
_NUMBER = re.compile(
    rf"(?:(?<=[{_HAN}，、：（])|(?<=[{_HAN}，、：（]{_GAP})){_FIGURES}"
    rf"(?:{_GAP}?[%％‰]|(?:{_GAP}[{_HAN}](?![{_HAN}0-9]))+|{_GAP}?(?=[{_HAN}]))"
    rf"|^{_FIGURES}(?:{_GAP}[{_HAN}](?![{_HAN}0-9]))+",
    re.MULTILINE,
)
"""A number of single figures and its unit; the pager of a site (1 2 3 下一页) is none."""

_MORE = frozenset("余多")
_WITHIN_NUMBER, _WITHIN_UNIT = frozenset("0123456789"), frozenset("平方立公美个百分千")
_SPLIT_NUMBER = re.compile(
    rf"(?<![0-9.,])(?<![0-9.,]{_GAP})(?:(?:19|20){_GAP}[0-9]{{2}}(?=年)|(?:19|20)[0-9]{_GAP}[0-9](?=年)"
    rf"|[1-9][0-9]{{0,2}}(?:,[0-9]{{3}}){{0,3}},(?:[0-9]{_GAP}[0-9]{{2}}|[0-9]{{2}}{_GAP}[0-9])(?={_GAP}?[多余]?[万亿元吨人户亩]))"
)
_SPLIT_UNIT = re.compile(
    rf"(?<=[0-9万亿余多])(?:[平立]{_GAP}?方{_GAP}?(?:公{_GAP}?里|米)|公{_GAP}?[里斤顷]|美{_GAP}?元|个?{_GAP}?百{_GAP}?分{_GAP}?点|千{_GAP}?[瓦克])"
)
"""A year, a number with commas and a unit that one blank cut: 20 23年, 129,3 58万元, 8平方公 里."""
_SPLIT_MORE = re.compile(rf"[0-9]{_GAP}[余多](?=[十百千万亿]?(?:[元人户名个家件亩吨头只株座处条次份起公里台]|平方))")
_LONGEST = 20  # characters of either before a blank
_COMMAS = frozenset("，、；")  # behind which a blank tells nothing
_NUMERALS = frozenset(("", *"一二三四五六七八九十0123456789"))  # of headings: 一、 过去五年
_ONE_BLANK = frozenset(" \u3000\xa0")
_SET = 5  # figures set apart from the words around them that show a text to be set so
_BESIDE = f"[{_HAN}“”《》（）—％%]"
_APART_FIGURE = re.compile(rf"(?<=[{_HAN}“《（—]) (?=[0-9])|(?<=[0-9%％]) (?={_BESIDE})")
_TIGHT_FIGURE = re.compile(rf"(?<=[{_HAN}])(?=[0-9])|(?<=[0-9])(?=[{_HAN}])")
_PROSE = re.compile("[，。；：（]|[0-9] ?(?:学|财)?年")
_ITEM = re.compile(r"\s*[0-9.]+ (?![年月日])")


def close_up(text: str, knowledge: Knowledge) -> list[Edit]:
    """Take the blanks out of words and numbers that a scan spaced: 惠 及 1 2 0 0 户 → 惠及1200户.

    The numbers of a row of a table (12 15 18) and words of Latin letters stay apart.
    """
    lines: list[Span] = []
    places = knowledge.kinds.places(text, BLANK)
    for at, following in pairwise(places):
        if following - at == 2 and text[at + 1] != "\n" and not (lines and at < lines[-1].end):
            lines.append(line_around(text, at))
    lone = [Edit(gap, gap + 1, "", "space", "spaced_characters") for gap in _lone_gaps(text, places)]
    lone += [Edit(gap, gap + 1, "", "space", "blank_beside") for gap in _gaps_beside(text, places)]
    if not lines:
        return lone
    spaced = {line for line in lines if _SAYS.search(text, *line) and _is_spaced(text, line, _ENOUGH)}
    if len(spaced) >= _MANY:
        spaced.update(line for line in lines if _is_spaced(text, line, _FEW))
    gaps = (gap for line in lines for gap in (_all_gaps(text, line) if line in spaced else _some_gaps(text, line)))
    return lone + [Edit(gap, gap + 1, "", "space", "spaced_characters") for gap in gaps]


def _lone_gaps(text: str, places: Sequence[int]) -> Iterator[int]:
    """The blanks that alone cut a number or a unit in two."""
    for at in places:
        before = text[at - 1 : at]
        if before in _WITHIN_NUMBER:
            follow = text[at + 1 : at + 2]
            split = _SPLIT_NUMBER if follow in _WITHIN_NUMBER else _SPLIT_MORE if follow in _MORE else None
        else:
            split = _SPLIT_UNIT if before in _WITHIN_UNIT else None
        if split is not None and any(
            found.start() < at < found.end() for found in split.finditer(text, max(at - _LONGEST, 0), at + _LONGEST)
        ):
            yield at


def _gaps_beside(text: str, places: Sequence[int]) -> Iterator[int]:
    """The blanks behind commas, and around figures where a text sets nearly all of them apart: 全镇 12 个村."""
    beside = 0
    for at in places:
        if text[at] not in _ONE_BLANK or at == 0:
            continue
        before, follow = text[at - 1], text[at + 1 : at + 2]
        if before in _COMMAS and not follow.isspace() and follow and text[at - 2 : at - 1] not in _NUMERALS:
            yield at
        elif follow.isdigit() != before.isdigit():
            beside += 1
    if beside < _SET:
        return
    gaps = [gap.start() for gap in _APART_FIGURE.finditer(text)]
    if len(gaps) < max(_SET, 3 * sum(1 for _ in _TIGHT_FIGURE.finditer(text))):
        return
    line = Span(-1, -1)
    for gap in gaps:
        if gap >= line.end:
            line = line_around(text, gap)
            item = _ITEM.match(text, *line)
            prose = _PROSE.search(text, *line) is not None and "\t" not in text[line.start : line.end]
        if prose and not (item and gap < item.end()):
            yield gap


def _is_spaced(text: str, line: Span, enough: int) -> bool:
    """Whether a blank stands between nearly all characters of a line."""
    inside = sum(1 for _ in _INSIDE.finditer(text, *line)) if _WORD.search(text, *line) else 0
    return inside >= enough and inside >= _SHARE * (inside + sum(1 for _ in _TIGHT.finditer(text, *line)))


def _all_gaps(text: str, line: Span) -> Iterator[int]:
    """The blanks of a spaced line, but for those around the figures of a row and between Latin words."""
    rows = (row.span() for row in _NUMBERS.finditer(text, *line) if not _is_one(text, row))
    start, end = next(rows, line[1:] * 2)
    for gap in map(re.Match.start, _BETWEEN.finditer(text, *line)):
        while gap > end:
            start, end = next(rows, line[1:] * 2)
        if gap < start - 1:
            yield gap


def _some_gaps(text: str, line: Span) -> list[int]:
    """The blanks within a stretch of single characters, and within a number of single figures with its unit."""
    if _SAYS.search(text, *line) is None:
        return []
    spans = [found.span() for spaced in (_STRETCH, _NUMBER) for found in spaced.finditer(text, *line)]
    return sorted({at for span in spans for at in range(*span) if text[at].isspace()})


def _is_one(text: str, row: re.Match[str]) -> bool:
    """Whether figures are one number: with what it counts behind it, and cut between single ones (3 26.5, 1 2 0)."""
    parts = re.sub(rf"{_GAP}?([.,]){_GAP}?", r"\1", row[0]).split()
    behind = _UNIT_BEHIND.match(text, row.end())
    if behind is None:
        return False
    year = behind[0].endswith("年") and sum(map(len, parts)) == len("2020")
    return year or sum(len(part) > 1 for part in parts) <= 1
