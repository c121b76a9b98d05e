"""Headings without a number: main parts, annexes, short lines that plainly head what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.marks import words_adorned
from pipeline.outline.headings import Heading
from pipeline.outline.lines import CLOSERS
from pipeline.outline.nesting import DASH_RANK, PART_RANK, PLAIN_RANK, SENTENCE_RANK
from pipeline.records import Span
from pipeline.rules.schema import HeadingStyle

LONGEST = 52  # characters of a line that may be a heading
_NEVER = 100  # characters of a line that is a date, an issuer, a lead-in
_SENTENCE = 32  # … and a sentence, where paragraphs do not stand apart
_WORDS, _WORDS_UNSTOPPED = 42, 30  # characters of a heading that only its looks tell, with a full stop and without
_CLAUSE = 4  # characters of the last clause of a heading, at least
_BODY = 40  # characters that a line has at least that is body
_HABIT = 3  # sentences on lines of their own that make it a habit of the document
_PAIR = 2  # labels before a colon, or points behind a dash, on lines of their own that are no chance
_SIGN = re.compile(r"[一-鿿]|\d\d")
_COUNTED = re.compile(r"\d\s*(?:[%％]|个?百分点|[万亿元亩户吨人]|公里)|百分之")
_MID = re.compile(r"[。；！？;：:\t|]|\s{3}")
_ROW = re.compile(r"[^\n]*(?:\t|\|[^\n|]*\|)")
"""A row of a table, which ends without a stop."""
_BULLETS = "★☆◆◇●○◎■□▲△▼►▶※❖"
_OPENING = re.compile(rf"[{_BULLETS}]?\s?[\w“《‘「]")
_LABEL = re.compile(
    r"[一-鿿、]{4,12}(?<![说道出调示求为是有下到来们长记任府委局厅院办会部处司所村])(?<!中心|公司|单位)(?<!主持人|发言人)[：:]"
)
"""A label alone on its line, which a paragraph follows: 自然情况：, and no addressee: 县政府：."""
_TOPIC = re.compile("[一-鿿、]{2,8}(?:工作|建设|管理|服务|保障|活动|治理|发展|宣传|教育|生产|安全|培训|监督|帮扶)")
_WHERE = re.compile(
    r"(?!.*(?:[全建]|推进|加快|美丽|振兴|农村|乡村))(?:[一-鿿]{2,9}?(?:省|市|自治区|自治州|州|县|区|旗)){1,3}[一-鿿]{2,6}(?:镇|乡|街道|社区|村)"
)
"""Whose a report is, on a line below its title: 青川县石桥镇白塔村."""
_LEAST = 8  # characters of a sentence below one
_DASH = re.compile(r"[—\-–―－]+(?=[—\-–―－])")


class PlainReader:
    """Reads lines that bear no mark."""

    def __init__(self, rows: Sequence[HeadingStyle]) -> None:
        self._rows = {f"p{number}": row for number, row in enumerate(rows)}
        named = {name: row for name, row in self._rows.items() if row.kind in ("part", "annex")}
        never = "|".join(row.pattern for row in rows if row.kind in ("never", "leadin"))
        self._named = re.compile("|".join(f"(?P<{name}>{row.pattern})" for name, row in named.items()))
        self._never = re.compile(never)
        self.closed = frozenset(row.id for row in rows if row.closed)
        parts = "|".join(row.pattern for row in rows if row.kind == "part")
        self.flat_pattern = f"(?<=[。！？])(?=(?:{parts})[^，。、；的等和与中])"
        self._parts = re.compile(parts)

    def never(self, text: str, line: Span) -> bool:
        """Whether a line is body whatever it looks like: a salutation, a date, a lead-in, an issuer."""
        return line.end - line.start <= _NEVER and self._never.fullmatch(text, line.start, line.end) is not None

    def named(self, text: str, line: Span) -> HeadingStyle | None:
        """The style of a main part or an annex that fills its line."""
        if line.end - line.start > LONGEST:
            return None
        match = self._named.fullmatch(text, *(words_adorned(text, *line) or line))
        if match is None or match.lastgroup is None:
            return None
        row = self._rows[match.lastgroup]
        return row if line.end - line.start <= row.line else None

    def flat_part(self, text: str, line: Span, at: int) -> Heading | None:
        """A main part that its text follows in the same line, in a text without line ends."""
        match = self._parts.match(text, line.start, line.end)
        if match is None or match.end() == line.end or text[match.end()] in "，。、；的等和与中":
            return None
        return Heading(line.start, match.end(), "part", PART_RANK, line=at, last=at, own_line=False)

    def read(
        self,
        text: str,
        lines: Sequence[Span],
        at: int,
        marked: dict[int, Heading],
        unstopped: bool,
        fresh: bool,
        spaced: bool = False,
    ) -> Heading | None:
        """The heading that line `at` is, if it is one; sentences are proposed and settled later.

        `unstopped`: lines end without stops all over the text, so that only known parts are headings. `fresh`: the
        line before is no running text (a heading, a date, an issuer). `spaced`: blank lines stand between all lines.
        """
        start, end = line = lines[at]
        if end - start > LONGEST:
            return None
        if row := self.named(text, line):
            if row.kind == "annex":
                alone = at + 1 >= len(lines) or (row.id == "annex" and self.never(text, lines[at + 1]))
                return None if alone else Heading(start, end, row.id, row.rank, line=at, last=at)
            if _heads(text, lines, at, marked, fresh, spaced, named=True):
                return Heading(start, end, row.id, row.rank, line=at, last=at)
            return None
        if text[end - 1] in "：:" or _DASH.match(text, start):
            return None if unstopped else self._opened(text, lines, at, marked, fresh)
        if unstopped or self.never(text, line) or (fresh and _WHERE.fullmatch(text, start, end)):
            return None
        if not _heads(text, lines, at, marked, fresh, spaced):
            style = "topic" if _is_topic(text, lines, at, fresh) else "bullet"
            found = style == "topic" or _is_point(text, lines, at, fresh)
            return Heading(start, end, style, PLAIN_RANK, line=at, last=at) if found else None
        style, rank = ("sentence", SENTENCE_RANK) if text[end - 1] == "。" else ("plain", PLAIN_RANK)
        return Heading(start, end, style, rank, line=at, last=at)

    def _opened(
        self, text: str, lines: Sequence[Span], at: int, marked: dict[int, Heading], fresh: bool
    ) -> Heading | None:
        """A label before a colon, or a point behind a dash, that fills the line above a paragraph."""
        start, end = lines[at]
        if at + 1 >= len(lines) or at + 1 in marked or not (fresh or _ended(text, lines[at - 1])):
            return None
        row = self.named(text, Span(start, end - 1))
        if row and row.kind == "part" and _is_said(text, lines[at + 1]):
            return Heading(start, end, row.id, row.rank, line=at, last=at)
        if not _paragraph(text, lines[at + 1]):
            return None
        if dash := _DASH.match(text, start):
            words = Span(dash.end(), end)
            point = text[end - 1] not in "。：:" and _reads_as_heading(text, words.start + 1, end)
            never = self.never(text, words)
            return Heading(start, end, "dash", DASH_RANK, line=at, last=at) if point and not never else None
        label = _LABEL.fullmatch(text, start, end) and not self.never(text, lines[at])
        return Heading(start, end, "label", PLAIN_RANK, line=at, last=at) if label else None


def _heads(
    text: str,
    lines: Sequence[Span],
    at: int,
    marked: dict[int, Heading],
    fresh: bool,
    spaced: bool,
    named: bool = False,
) -> bool:
    """Whether a short line stands between an ended paragraph and one that begins."""
    start, end = lines[at]
    words = words_adorned(text, start, end) or (start, end)
    enclosed = words[0] > start and words[1] < end
    if at + 1 >= len(lines) or not (_OPENING.match(text, start) or enclosed or (named and words[0] > start)):
        return False
    if not named and not _reads_as_heading(text, *(words if enclosed else (start, end))):
        return False
    if not (fresh or (named and text.count("\n", lines[at - 1].end, start) > 1) or _ended(text, lines[at - 1])):
        return False
    following = lines[at + 1]
    if at + 1 in marked:
        return text[end - 1] != "。"
    if text[end - 1] != "。":
        return named or enclosed or _paragraph(text, following)
    if not spaced and text.count("\n", end, following.start) > 1:
        return False
    apart = at > 0 and not spaced and text.count("\n", lines[at - 1].end, start) > 1
    return apart or (end - start <= _SENTENCE and _paragraph(text, following))


def _is_topic(text: str, lines: Sequence[Span], at: int, fresh: bool) -> bool:
    """Whether a line names but a field of work, and a sentence follows, however short: 民政工作|全年发放救助金12万元。"""
    if at + 1 >= len(lines) or _TOPIC.fullmatch(text, *lines[at]) is None:
        return False
    return _stands_over(text, lines, at, fresh)


def _is_point(text: str, lines: Sequence[Span], at: int, fresh: bool) -> bool:
    """Whether a line is a few words behind a bullet, and a sentence without one follows: ◆产业发展|新建大棚60座。"""
    start, end = lines[at]
    if text[start] not in _BULLETS or at + 1 >= len(lines) or not _reads_as_heading(text, start, end):
        return False
    return text[lines[at + 1].start] not in _BULLETS and _stands_over(text, lines, at, fresh)


def _stands_over(text: str, lines: Sequence[Span], at: int, fresh: bool) -> bool:
    """Whether a sentence follows a line, however short, and nothing goes on in it from the line before."""
    return _is_said(text, lines[at + 1]) and (fresh or _ended(text, lines[at - 1]))


def _is_said(text: str, line: Span) -> bool:
    """Whether a line is a sentence, however short."""
    return line.end - line.start >= _LEAST and text[line.end - 1] == "。"


def _reads_as_heading(text: str, start: int, end: int) -> bool:
    """Short words of Chinese, at most one sentence, no counting; a year counts as two characters (``回顾2021``)."""
    if end - start > (_WORDS if text[end - 1] == "。" else _WORDS_UNSTOPPED) or end - start < 4:
        return False
    if text[end - 1] in "，、；：！？,;:!?.…":
        return False
    if text[end - 1] != "。" and text.find("，", max(start, end - _CLAUSE), end) >= 0:
        return False  # a sentence that a page break cut in its last words
    if _MID.search(text, start, end - 1) or _COUNTED.search(text, start, end):
        return False
    return len(_SIGN.findall(text, start, end)) >= (3 if text[start] in _BULLETS else 4)


def _ended(text: str, line: Span) -> bool:
    """Whether a line ends with the end of a sentence, closed or not, or is the row of a table."""
    if _ROW.match(text, line.start, line.end):
        return True
    last = line.end - 1
    while last > line.start and text[last] in CLOSERS:
        last -= 1
    return text[last] in "。！？!?；：:"


def _paragraph(text: str, line: Span) -> bool:
    """Whether a line is running text."""
    if line.end - line.start < _BODY or text[line.start] in "，。、；》）)":
        return False
    return text.find("。", line.start, line.end) >= 0 or text.find("；", line.start, line.end) >= 0


def settle_sentences(headings: Sequence[Heading], text: str) -> list[Heading]:
    """Keep sentences on lines of their own, with or without a stop, only where that is a habit of the document.

    One alone is as often the piece of a paragraph that a page break cut.
    """
    sentences = [h for h in headings if h.style == "sentence"]
    topics = [h for h in headings if h.style == "topic"]
    clauses = [h for h in headings if h.style == "plain" and text.find("，", h.start, h.end) >= 0]
    dropped = {h.start for found in (sentences, topics, clauses) if len(found) < _HABIT for h in found}
    points = [h for h in headings if text[h.start] in _BULLETS and h.rank in (PART_RANK, PLAIN_RANK)]
    few = len(points) < _HABIT or len({text[h.start] for h in points}) > 1
    dropped.update(h.start for h in points if few and h.style == "bullet")
    labels = [h for h in headings if not h.number and h.rank in (PART_RANK, PLAIN_RANK) and text[h.end - 1] in "：:"]
    for found in (labels, [h for h in headings if h.style == "dash"]):
        dropped.update(h.start for h in found if len(found) < _PAIR and h.style in ("label", "dash"))
    alike = {h.start for h in points} if not few else set()
    kept = (heading for heading in headings if heading.start not in dropped)
    return [h._replace(rank=PLAIN_RANK) if h.start in alike else h for h in kept]
