"""The lines of a text as its author meant them: bare of blanks, cut where a site ran them together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.records import Span

_FLAT = 1500  # characters a line, on average, above which line ends were lost
_WRAPPED = 70  # characters a line below which lines may have been broken at a fixed width
_LONG = 40  # characters of a line that is a paragraph
_INDENT = re.compile(r"\u3000{2,}| {4,}")
_TWO = re.compile(r"(?<=\S) {2,3}(?=\S)")
_MARK = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:、|[．.](?!\d))|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}(?:部分|[章节篇])"
)
_HEAD = re.compile(rf"(?:{_MARK.pattern})[^，。；：！？\t]{{1,30}}")
_RUN_IN = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）])[^，。；：！？,;:\n]{2,30}?"
    r"(?<=[一-鿿”])(?<![第表图附件至])[ \u3000]?(?P<first>[（(]一[)）]|1[.．、])(?=[一-鿿“])(?![一-鿿]{1,2}[、和及])"
)
"""A heading of a series that runs on into the first of the series below it: 一、主要工作（一）抓产业。"""
_SECOND = {
    mark: re.compile(rf"(?:^|[。！？；”\s]){second}", re.MULTILINE)
    for marks, second in ((("一)", "一）"), "[（(]二[)）]"), (("1.", "1．", "1、"), "2[.．、]"))
    for mark in marks
}
_FOLLOWS = re.compile(r"[一-龥“]|(?:19|20)\d\d年")
_HABIT = 3  # indents in mid-line that are no chance
_STOPPED = 2  # of them behind a stop, where they are but two blanks
_FEW = 12  # lines too few to tell a width from
STOPS = "。！？；!?;"
CLOSERS = '”’」』）)】》"'


def lines_of(text: str) -> list[Span]:
    r"""The lines that hold something, without the blanks around them.

    >>> lines_of(" 一、甲 \n\n乙")
    [Span(start=1, end=4), Span(start=7, end=8)]
    """
    found, at = [], 0
    for line in text.replace("\r", "\n").split("\n"):
        bare = line.strip()
        if bare:
            start = at if len(bare) == len(line) else at + line.index(bare)
            found.append(Span(start, start + len(bare)))
        at += len(line) + 1
    return found


def cut_indents(text: str, lines: Sequence[Span]) -> Sequence[Span]:
    """Cut lines at the indents of paragraphs that a dump left in mid-line, where there are several.

    >>> text = "第一章　总则　　为规范管理，制定本办法。　　第二条。　　第三条。"
    >>> [text[line.start : line.end] for line in cut_indents(text, lines_of(text))]
    ['第一章　总则', '为规范管理，制定本办法。', '第二条。', '第三条。']
    """
    if "\u3000\u3000" not in text and "  " not in text:
        return lines
    inner = [match.span() for line in lines for match in _INDENT.finditer(text, *line)]
    if len(inner) < _HABIT and "  " in text:
        inner = [gap for line in lines for gap in _gaps(text, line)]
        if sum(text[start - 1] in STOPS for start, _ in inner) < _STOPPED:
            return lines
    if len(inner) < _HABIT:
        return lines
    starts = sorted([line.start for line in lines] + [end for _, end in inner])
    ends = sorted([line.end for line in lines] + [start for start, _ in inner])
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def _gaps(text: str, line: Span) -> Iterator[tuple[int, int]]:
    """Two blanks between the paragraphs of a line: behind a stop, before a number, behind a heading that bears one.

    >>> text = "稳步增长。  一、主要工作  建成 2  公里。"
    >>> [text[end:][:2] for _, end in _gaps(text, Span(0, len(text)))]
    ['一、', '建成']
    """
    start = line.start
    for blanks in _TWO.finditer(text, *line):
        at, end = blanks.span()
        if (
            text[at - 1] in STOPS
            or _MARK.match(text, end)
            or (_FOLLOWS.match(text, end) and _HEAD.fullmatch(text, start, at))
        ):
            yield at, end
            start = end


def cut_run_in(text: str, lines: Sequence[Span]) -> Sequence[Span]:
    r"""Cut a heading from the first one below it that a site ran into its line, if the second one stands in the text.

    >>> text = "一、养老服务持续改善1.机构养老提质。新增床位90张。\n2.居家养老扩面。"
    >>> [text[line.start : line.end][:9] for line in cut_run_in(text, lines_of(text))]
    ['一、养老服务持续改', '1.机构养老提质。', '2.居家养老扩面。']
    """
    cut: list[Span] = []
    seconds: dict[str, int] = {}  # where the next second of each series stands, the end of the text where none does

    def goes_on(first: str, at: int) -> bool:
        if seconds.get(first, -1) < at:
            second = _SECOND[first].search(text, at)
            seconds[first] = second.start() if second else len(text)
        return seconds[first] < len(text)

    for line in lines:
        start = line.start
        while (head := _RUN_IN.match(text, start, line.end)) and goes_on(head["first"][-2:], head.end()):
            end = head.start("first")
            cut.append(Span(start, end - text[end - 1].isspace()))
            start = end
        cut.append(Span(start, line.end))
    return cut


def is_flat(text: str, lines: Sequence[Span]) -> bool:
    """Whether line ends were lost, so that headings stand in the middle of lines."""
    return len(text) > _FLAT and len(text) > _FLAT * len(lines)


def cut_flat(text: str, lines: Sequence[Span], heads: re.Pattern[str]) -> list[Span]:
    """Cut lines before what `heads` finds at the start of a sentence."""
    cut: list[Span] = []
    for line in lines:
        start = line.start
        for match in heads.finditer(text, line.start, line.end):
            if match.end() > start:
                cut.append(Span(start, match.end()))
                start = match.end()
        cut.append(Span(start, line.end))
    return cut


def wrap_width(text: str, lines: Sequence[Span]) -> int:
    r"""The width at which lines were broken, as PDFs do it; 0 where line ends are the author's.

    >>> wrap_width("全县上下同心协力推动各项工\n" * 20, lines_of("全县上下同心协力推动各项工\n" * 20))
    13
    """
    if len(lines) < _FEW or len(text) > _WRAPPED * len(lines):
        return 0
    lengths = sorted(line.end - line.start for line in lines)
    width = lengths[len(lines) * 9 // 10]
    full = [line for line in lines if line.end - line.start > width - 4]
    broken = sum(text[line.end - 1] not in STOPS for line in full)
    return width if width > 8 and 2 * len(full) > len(lines) and 3 * broken > 2 * len(full) else 0


def lacks_stops(text: str, lines: Sequence[Span]) -> bool:
    """Whether most long lines end without a stop, so that a line without one tells nothing."""
    last = [text[line.end - 1] for line in lines if line.end - line.start >= _LONG]
    return 2 * sum(sign in STOPS or sign in CLOSERS or sign in "：:" for sign in last) < len(last)


def are_spaced(text: str, lines: Sequence[Span]) -> bool:
    """Whether blank lines stand between nearly all lines, so that one tells nothing."""
    blank = sum(text.count("\n", line.end, after.start) > 1 for line, after in pairwise(lines))
    return 5 * blank >= 4 * len(lines)
