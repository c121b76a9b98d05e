"""Texts whose line ends were lost, so that title, headings and body stand in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.outline.lines import cut_flat
from pipeline.records import Span

_LINES = 4  # lines of a text at most that may have been run together, beside short ones at its end
_LONG = 60  # characters of a line, at least, in which a title may be followed by what it heads
_FIRST = r"(?:一\s?[、．.]|[（(]一[)）]|第一(?:部分|[章节篇编])|1\s?[、.．](?!\d)|㈠)"
"""The first mark of a series."""
_MARK = r"(?:[一二三四五六七八九十]{1,3}\s?[、．.]|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}(?:部分|[章节篇编]))"
_WHOLE = "(?:工作|情况|回顾|总结|成绩|成效|亮点|做法|经验|体会|打算|安排|计划|目标|任务|要求|问题|不足|措施|建议|部署|思路|概况)"
"""What ends a heading that is whole."""
_OPENS = r"[今近本]年|[一二三四五]年来|过去|上半年|全年|(?:19|20)\d\d年|根据|按照|为(?:了|进一步|全面)|在[^，,。]{2,30}下|现将"
"""How a body begins behind its title."""
_WITHIN = re.compile(
    rf"(?:^|[。！？：:；”）)一-龥])[ \u3000]+(?={_MARK}[^，。；])"  # …总结 一、主要工作
    rf"|:(?={_FIRST})|{_WHOLE}[ \u3000]*(?={_FIRST})"  # 完成情况（一）
)
_HEAD = re.compile(
    rf"{_MARK}\s*[^，。；：！？,;:!?\n]{{1,30}}?(?:{_WHOLE}[ \u3000]+(?=[一-龥\d“])|(?:[ \u3000]{{2,}})(?=[^\s一二三四五六七八九十（(]))"
)
"""A heading without a stop that its text follows in the same line behind a blank: 一、工作回顾 五年来，."""


class RunOn:
    """Cuts such texts; built once from the words that end titles and a pattern of where headings may begin."""

    def __init__(self, words: Iterable[str], heads: re.Pattern[str]) -> None:
        ends = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        self._title = re.compile(
            rf"[^，。；：！？,;:!?\n]{{2,56}}?(?:{ends})(?:[（(][^）)\n]{{1,12}}[)）])?"
            rf"(?:[ \u3000]*(?={_FIRST})|(?P<body>[ \u3000]+(?=[^，。；、\s])|(?={_OPENS})))"
        )
        self._first = re.compile(rf"(?:[。：:；\s]|{_WHOLE}){_FIRST}")
        self._heads = heads

    def cut(self, text: str, lines: Sequence[Span]) -> list[Span] | None:
        """The lines cut behind the title and around headings, where a title is followed by them; None where none is.

        >>> heads = re.compile("(?<=。)(?=[一二三]、)")
        >>> text = "某局2020年工作总结 一、主要工作 (一)抓产业。" + "全年新建茶园三百亩，带动农户增收。" * 8 + "二、打算"
        >>> [text[line.start : line.end][:9] for line in RunOn(["总结"], heads).cut(text, [Span(0, len(text))])]
        ['某局2020年工作', '一、主要工作', '(一)抓产业。全年', '二、打算']
        """
        if not lines or len(lines) > _LINES or lines[0].end - lines[0].start < _LONG:
            return None
        title = self._title.match(text, *lines[0])
        if title is None or (title["body"] is not None and not self._first.search(text, title.end(), lines[0].end)):
            return None
        pieces = [Span(lines[0].start, title.end()), Span(title.end(), lines[0].end), *lines[1:]]
        pieces = cut_flat(text, cut_flat(text, pieces, self._heads), _WITHIN)
        return [bare for piece in pieces for part in _headed(text, piece) if (bare := _bare(text, part))]


def _headed(text: str, piece: Span) -> Iterable[Span]:
    """A heading and what follows it, where it has no stop of its own."""
    head = _HEAD.match(text, *piece)
    return (piece,) if head is None else (Span(piece.start, head.end()), Span(head.end(), piece.end))


def _bare(text: str, piece: Span) -> Span | None:
    """A piece without the blanks around it; None where nothing is left."""
    words = text[piece.start : piece.end]
    start = piece.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None
