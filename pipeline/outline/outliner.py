"""Find the headings of a report and nest them into a tree of sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.records import Section
from pipeline.rules import Rules
from pipeline.rules.schema import HeadingStyle

_LINE = re.compile(r"[^\n]+")
_SALUTATION = re.compile(r".{0,20}(?:代表|同志|委员|领导|老师|同学|朋友|来宾|们)[们，、：:！!].{0,20}$|.*[：:]$")
_DATED = re.compile(r"[（(—-]*\s?(?:[12]\d{3}|二[〇○零].{2})年\s?\S{1,4}月(?:\s?\S{1,4}日)?.{0,30}$")
_SIGNED = re.compile(
    r"(?:.{0,14}(?:市长|县长|区长|乡长|镇长|省长|主席|局长|书记|主任|校长|院长|州长)|报告人|汇报人|述职人)[\s　:：]*\S{0,4}[\s　]?\S{0,3}$"
)
_TITLE = re.compile(
    r"报告|总结|汇报|计划|方案|意见|要点|纪要|述职|讲话|简介|概况|情况|规划|纲要|调研|公报|材料|[镇乡村县市区]$|街道$|社区$"
)
_CLOSING = re.compile(r"(?:结束语|结语|前言|引言|附件|附录)(?:[：:\d一二三 　].{0,30})?$")
_ISSUER = re.compile(r"政府|委员会|局|关于|公司|支部|党委|学校|医院|办事处|办公室|中心$")
_ENDS = "。；;！!？?，,、：:"


class Mark(NamedTuple):
    """A heading found: its style, where it stands, its number."""

    style: str
    start: int
    end: int
    number: str


class Outliner:
    """Splits clean text into sections; built once from the table of heading styles."""

    def __init__(self, rules: Rules) -> None:
        self._styles = [(row, re.compile(row.pattern)) for row in rules.table(HeadingStyle)]

    def split(self, text: str, styles: Iterable[tuple[int, int, int]] = ()) -> tuple[Section, ...]:
        """The sections of `text` in order; they nest and tile it. `styles` are headings that the mark-up named."""
        lines = [m.span() for m in _LINE.finditer(text) if not m[0].isspace()]
        named = {start: (end, level) for start, end, level in styles}
        marks: list[Mark] = []
        title = self._title(text, lines)
        if title is not None:
            marks.append(title)
        for at, (start, _) in enumerate(lines):
            if title is not None and start < title.end:
                continue
            mark = self._mark(text, lines, at)
            if mark is None and start in named:
                end, level = named[start]
                mark = Mark(f"style{level}", start, end, "")
            if mark is not None:
                marks.append(mark)
        return _tree(text, _levels(text, marks))

    def _title(self, text: str, lines: Sequence[tuple[int, int]]) -> Mark | None:
        """The title among the first lines; an issuer's line straight before it belongs to it."""
        begin = -1
        for start, end in lines[:5]:
            first, last = _stripped(text, start, end)
            line = text[first:last]
            if _SALUTATION.match(line) or line[-1] in _ENDS or self._numbered(line) or last - first > 60:
                return None
            bare = re.sub(r"\s", "", line)
            if _TITLE.search(bare) and not _DATED.match(line):
                return Mark("title", begin if begin >= 0 else first, last, "")
            begin = first if _ISSUER.search(bare) and len(bare) < 26 else -1
        return None

    def _numbered(self, line: str) -> tuple[HeadingStyle, re.Match[str]] | None:
        for row, pattern in self._styles:
            if match := pattern.match(line):
                return row, match
        return None

    def _mark(self, text: str, lines: Sequence[tuple[int, int]], at: int) -> Mark | None:
        first, last = _stripped(text, *lines[at])
        line = text[first:last]
        hit = self._numbered(line)
        if hit is None:
            return self._plain(text, lines, at, first, last)
        row, match = hit
        if row.id == "bracketed":
            close = line.find("】")
            if 0 < close <= row.longest and close == len(line) - 1:
                return Mark(row.id, first, first + close + 1, "")
            return None
        body = line[match.end() :].strip()
        if not body:
            return None
        stop = next((i for i in range(match.end(), min(len(line), row.longest + 6)) if line[i] in "。；;：:！"), -1)
        number = line[: match.end()].strip()
        if stop < 0:
            broken = self._broken_over_lines(text, lines, at, row)
            if broken:
                return Mark(row.id, first, broken, number)
            whole = len(line) <= row.longest and line[-1] not in "，,、"
            return Mark(row.id, first, last, number) if whole else None
        if line[stop] in "；;" or (line[stop] in "：:" and stop < len(line) - 1 and stop - match.end() > 16):
            return None
        if not row.run_in and (stop < len(line) - 1 or line[stop] == "。"):
            return None
        if row.id == "article" and stop - match.end() > 24:
            return None
        if stop == len(line) - 1 and line[stop] == "。" and self._is_list_item(text, lines, at, row):
            return None
        if row.id.startswith("digit") and (stop - match.end() > 34 or (line[-1] in "；;")):
            return None
        return Mark(row.id, first, first + stop + 1, number)

    def _broken_over_lines(self, text: str, lines: Sequence[tuple[int, int]], at: int, row: HeadingStyle) -> int:
        """Where a run-in heading ends whose full stop stands on the next line, as PDFs and dumps break it; else 0."""
        if not row.run_in or at + 1 >= len(lines) or len(text[slice(*lines[at])].strip()) < 16:
            return 0
        first, last = _stripped(text, *lines[at + 1])
        line = text[first:last]
        stop = next((i for i, c in enumerate(line[:9]) if c in "。；：，"), -1)
        if stop < 0 or line[stop] != "。" or self._numbered(line) or (stop == len(line) - 1 and len(line) > 12):
            return 0
        return first + stop + 1

    def _is_list_item(self, text: str, lines: Sequence[tuple[int, int]], at: int, row: HeadingStyle) -> bool:
        """Whether a numbered sentence has no body of its own: the next line is its sibling, or one before it was."""
        for step in (1, -1):
            near = at + step
            if 0 <= near < len(lines):
                first, last = _stripped(text, *lines[near])
                hit = self._numbered(text[first:last])
                if (
                    hit is not None
                    and hit[0].id == row.id
                    and text[last - 1] in "。；;"
                    and text.count("。", first, last) <= 1
                ):
                    return True
        return False

    def _plain(self, text: str, lines: Sequence[tuple[int, int]], at: int, first: int, last: int) -> Mark | None:
        """An unnumbered line that plainly heads what follows."""
        line = text[first:last]
        if (not 4 <= len(line) <= 44 and not _CLOSING.match(line)) or at + 1 >= len(lines):
            return None
        a, b = _stripped(text, *lines[at + 1])
        following = text[a:b]
        if _SALUTATION.match(line) or _DATED.match(line) or _SIGNED.match(line):
            return None
        if (
            line[-1] == "。"
            and line.count("。") == 1
            and "\n\n" not in text[last:a]
            and len(following) > 80
            and not self._numbered(following)
        ):
            return None if line.startswith(("一是", "——", "各位")) else Mark("sentence", first, last, "")
        if line[-1] in _ENDS + "”）)》" and not line.endswith(("”", "）", "》")):
            return None
        if len(line) > 26 or "。" in line or "；" in line or line.count("，") > 2:
            return None
        before = text[lines[at - 1][0] : lines[at - 1][1]].rstrip() if at else ""
        if before and before[-1] not in "。！!；;：:？?”）)" and len(before) > 30:
            return None
        if len(following) < 40 and not self._numbered(following) and not _CLOSING.match(line):
            return None
        return Mark("closing" if _CLOSING.match(line) else "plain", first, last, "")


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _levels(text: str, marks: Sequence[Mark]) -> list[tuple[Mark, int]]:
    """The level of each mark: a style not yet open nests below, an open one closes what is under it."""
    out: list[tuple[Mark, int]] = []
    stack: list[str] = []
    for mark in marks:
        if mark.style == "title":
            out.append((mark, 0))
            continue
        if mark.style == "closing":
            stack = ["closing"]
        elif mark.style in stack:
            del stack[stack.index(mark.style) + 1 :]
        else:
            stack.append(mark.style)
        out.append((mark, len(stack)))
    return out


def _tree(text: str, marks: Sequence[tuple[Mark, int]]) -> tuple[Section, ...]:
    """Sections with parents, ends and paths; text before the first heading is a section without one."""
    heads: list[tuple[Mark, int]] = list(marks)
    if not heads or text[: heads[0][0].start].strip():
        heads.insert(0, (Mark("", 0, 0, ""), 0))
    sections: list[Section] = []
    ends = [len(text)] * len(heads)
    open_at: list[int] = []
    for at, (mark, level) in enumerate(heads):
        start = mark.start if at else 0 if not mark.end else mark.start
        while open_at and heads[open_at[-1]][1] >= level:
            ends[open_at.pop()] = start
        open_at.append(at)
    open_at = []
    for at, (mark, level) in enumerate(heads):
        while open_at and heads[open_at[-1]][1] >= level:
            open_at.pop()
        parent = open_at[-1] if open_at else None
        heading = text[mark.start : mark.end]
        above = sections[parent].path if parent is not None else ""
        path = f"{above} / {heading}" if above and heading else heading or above
        sections.append(
            Section(at, parent, level, mark.number, heading, mark.start, mark.end, ends[at], path, mark.style)
        )
        open_at.append(at)
    return tuple(sections)
