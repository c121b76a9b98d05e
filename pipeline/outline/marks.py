"""Headings that bear a number or a mark, and list items that bear one too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.outline.headings import Heading, order_of
from pipeline.outline.lines import CLOSERS, STOPS
from pipeline.outline.nesting import ITEM_RANK, LONE_RANK, ORDINAL_RANK
from pipeline.records import Span
from pipeline.rules.schema import HeadingStyle

FLAT_RANK = 50  # marks that may head a section in a text without line ends
_TAIL, _TAIL_LINE = 5, 40  # characters of the rest of a broken heading, of the line that it may stand on
_BROKEN = 20  # characters of a line that was broken: a shorter one had room for such a rest
_ENTRY_LENGTH = 40
_UNSTOPPED = 36  # characters of a heading in a text without stops
_LABEL = 16  # characters of a run-in label ended by a colon
_STOP = re.compile(r"[。；！？;!?：]|:(?!\d)")
_STATEMENT = re.compile(
    r"\d\s*(?:[%％]|个?百分点|[万亿]|余?[元亩户吨]|公里|人次|余?[名个家起件次人]\b)|百分之|我们|大家"
)
_ON_PROBLEM = re.compile(r"\s*关于[^，。；]*问题[。：:]?$")
"""A heading that counts what it is on: 3．关于8个单位超预算列支62万元的问题。"""
_UNIT = re.compile(r"[（(](?:计量|金额)?单位[：:][^（）()。，\n]{1,12}[）)]\s*$")
"""What the numbers below are in, whose colon ends no label: （一）收入情况（单位：万元）."""
_WHOLE = re.compile(
    r"(?:工作|情况|回顾|总结|成绩|成效|亮点|做法|经验|体会|打算|安排|计划|目标|任务|要求|问题|不足|措施|建议|部署)$"
)
"""What ends a heading that is whole, so that a short sentence below is the first of its body."""
_ENTRY = re.compile(r"[.．…·\s]{3,}\d+$")
_ROW = re.compile(
    r"[^\n，。；：]{0,40}?(?:[\t|｜│┃][ \u3000]*[-+−]?\d[\d,.]*[%％]?[ \u3000]*(?:[\t|｜│┃\n]|$)|(?:\s{3,}[-+−]?\d[\d,.]*[%％]?){2})"
)
"""A row of a table, whose number is that of an item in it: 一、税收收入│1200│1260."""


class MarkReader:
    """Reads the mark at the start of a line, and tells how far the heading goes."""

    def __init__(self, rows: Sequence[HeadingStyle]) -> None:
        self._rows = {f"m{number}": row for number, row in enumerate(rows)}
        self._marks = re.compile("|".join(f"(?P<{name}>{row.pattern})" for name, row in self._rows.items()))
        flat = "|".join(row.pattern for row in rows if row.rank <= FLAT_RANK)
        self.flat_pattern = f"(?<=[。！？：；”])\\s*(?={flat})"

    def matches(self, text: str, line: Span) -> bool:
        """Whether a line begins with a mark."""
        return self._marks.match(text, line.start, line.end) is not None

    def read(self, text: str, lines: Sequence[Span], at: int, width: int, unstopped: bool) -> Heading | None:
        """The heading or the item that line `at` begins with; None where it bears no mark.

        Where lines were broken at a `width`, a heading may go on in the next; where sentences end without stops all over
        the text (`unstopped`), only a short line is a heading.
        """
        start, end = lines[at]
        match = self._marks.match(text, start, end)
        if match is None or match.lastgroup is None or _ROW.match(text, match.end(), end):
            return None
        row = self._rows[match.lastgroup]
        last = self._last_line(text, lines, at, match.end(), width)
        end = lines[last].end
        number = text[start : match.end()].rstrip()
        if row.id == "bracket":
            close = text.index("】", start) + 1
            if text.startswith(("—", "-", "：", "，"), close):
                return None
            return Heading(start, close, row.id, row.rank, "", 0, at, at, close == end)
        order = order_of(number)
        longest = min(row.line, _UNSTOPPED) if unstopped else row.line
        stop = self._end(text, match.end(), end, row, order, longest)
        if last > at and not stop:
            last, end = at, lines[at].end
            stop = self._end(text, match.end(), end, row, order, longest)
        if last > at and stop:
            last = next(i for i in range(at, last + 1) if stop <= lines[i].end)
        if (
            not stop
            and row.rank < ITEM_RANK
            and _is_head_of(text, Span(match.end(), lines[at].end), lines[at + 1 : at + 2])
        ):
            stop = end = lines[at].end
        lone = match.end() >= lines[at].end and (not stop or text[stop - 1] in STOPS)
        rank = max(row.rank, LONE_RANK) if lone else row.rank
        return Heading(start, stop or start, row.id, rank, number, order, at, last, stop == end)

    def _last_line(self, text: str, lines: Sequence[Span], at: int, body: int, width: int) -> int:
        """The line that a heading broken over lines ends in: bare numbers, commas at the end, lines cut at a width."""
        last = at
        while last + 1 < len(lines) and last < at + 3:
            start, end = lines[last]
            following = lines[last + 1]
            if text[end - 1] in "。；：！？:;" and body < end:
                break
            broken = body >= end or end - start > 4 * width // 5 > 0 or _tail(text, lines[last], following)
            broken = broken or (text[end - 1] in "，、,﹑" and following.end - following.start <= _TAIL_LINE)
            if not broken or self.matches(text, following):
                break
            last += 1
        return last

    def _end(self, text: str, body: int, end: int, row: HeadingStyle, order: int, longest: int) -> int:
        """Where the heading ends that begins its words at `body`; 0 where it is an item."""
        if body >= end or _ENTRY.search(text, max(body, end - 40), end):
            return 0
        unit = _UNIT.search(text, body, end)
        stop = _STOP.search(text, body, unit.start() if unit else end)
        while stop is not None and stop[0] in "：:" and stop.end() < end:
            if stop.start() - body <= _LABEL and "，" not in text[body : stop.start()] and row.rank < ORDINAL_RANK:
                return stop.end() if _sentence_follows(text, stop.end(), end) else 0
            stop = _STOP.search(text, stop.end(), end)
        if stop is None or (stop[0] in "：:" and stop.end() == end):
            whole = text[end - 1] not in "，、,;；" and _length(text, body, end) <= longest
            return end if whole else 0
        if stop[0] in "；;" or _inline_list(text, stop.start(), end, row.rank, order):
            return 0
        until = stop.end()
        while until < end and text[until] in CLOSERS:
            until += 1
        length = _length(text, body, until) - 1
        if length > (longest if until == end else row.run_in) or length < 2:
            return 0
        if _STATEMENT.search(text, body, until) and (row.rank >= ITEM_RANK or length > 30):
            return until if _ON_PROBLEM.match(text[body:until]) else 0
        return until


def _is_head_of(text: str, words: Span, following: Sequence[Span]) -> bool:
    """Whether short words that end with a semicolon head the paragraph below: 三、加强代表联络；."""
    if text[words.end - 1] not in "；;" or words.end - words.start > _UNSTOPPED or not following:
        return False
    said = text[words.start : words.end - 1]
    return not _STOP.search(said) and "，" not in said and following[0].end - following[0].start > _TAIL_LINE


def _tail(text: str, broken: Span, line: Span) -> bool:
    """Whether a line begins with the few last characters of a sentence that was broken straight before it."""
    start, end = broken
    if end - start < _BROKEN or text.count("\n", end, line.start) > 1 or _WHOLE.search(text, start, end):
        return False
    stop = _STOP.search(text, line.start, min(line.end, line.start + _TAIL))
    return stop is not None and stop[0] == "。" and text.find("，", line.start, stop.start()) < 0


def _length(text: str, start: int, end: int) -> int:
    """Characters of a stretch, blanks left out."""
    return sum(map(len, text[start:end].split()))


def _sentence_follows(text: str, start: int, end: int) -> bool:
    """Whether a label has text of its own after it, and not only an entry as in a form or a table."""
    return end - start > _ENTRY_LENGTH or text.find("。", start, end) >= 0


def _inline_list(text: str, start: int, end: int, rank: int, order: int) -> bool:
    """Whether the next number follows in the same paragraph: 1.…。2.…。 is a list, no heading."""
    if rank < ITEM_RANK or not order:
        return False
    after = order + 1
    return re.compile(rf"[。；;]\s*(?:{after}\s?[.．、](?!\d)|[（(]?{after}[)）])").search(text, start, end) is not None


def settle_marks(marks: Sequence[Heading], text: str, lines: Sequence[Span]) -> list[Heading]:
    """Leave items out: sentences on lines of their own without a body, and series that are mostly items."""
    at_line = {mark.line: mark for mark in marks}
    judged = [mark._replace(end=mark.start) if _bodiless(mark, at_line, text, lines) else mark for mark in marks]
    series: dict[int, list[int]] = {}
    dropped: set[int] = set()

    def close(rank: int) -> None:
        for open_rank in [r for r in series if r >= rank]:
            members = series.pop(open_rank)
            if 2 * sum(judged[i].end > judged[i].start for i in members) < len(members):
                dropped.update(members)

    for index, mark in enumerate(judged):
        if mark.rank < ITEM_RANK:
            if mark.end > mark.start:
                close(ITEM_RANK)
        else:
            close(mark.rank + 1 if mark.order != 1 else mark.rank)
            series.setdefault(mark.rank, []).append(index)
    close(ITEM_RANK)
    return [mark for i, mark in enumerate(judged) if mark.end > mark.start and i not in dropped]


def _bodiless(mark: Heading, at_line: dict[int, Heading], text: str, lines: Sequence[Span]) -> bool:
    """Whether a numbered sentence that fills its line is followed by its sibling, or by nothing."""
    if not mark.own_line or mark.end == mark.start or text[mark.end - 1] not in "。！？" or mark.rank <= 40:
        return False
    follower = at_line.get(mark.last + 1)
    if follower is None:
        return mark.last + 1 >= len(lines)
    return follower.rank <= mark.rank
