"""Find the headings of a report and nest them into a tree of sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.outline.contents import end_of_contents, without_contents
from pipeline.outline.headings import Heading
from pipeline.outline.lines import (
    are_spaced,
    cut_flat,
    cut_indents,
    cut_run_in,
    is_flat,
    lacks_stops,
    lines_of,
    wrap_width,
)
from pipeline.outline.marks import MarkReader, settle_marks
from pipeline.outline.nesting import PART_RANK, levels_of
from pipeline.outline.plain import LONGEST, PlainReader, settle_sentences
from pipeline.outline.run_on import RunOn
from pipeline.outline.titles import ZONE, TitleFinder
from pipeline.records import Section, Span
from pipeline.rules import Rules
from pipeline.rules.schema import HeadingStyle, ReportType

_ANNEX = re.compile(r"附[件录表]?\s?[一二三四五六七八九十\d]{0,2}\s?[:：]?\s*")
"""A line that calls what stands below it an annex."""


class Outliner:
    """Splits clean text into sections; built once from the tables of heading styles and of report types."""

    def __init__(self, rules: Rules) -> None:
        rows = rules.table(HeadingStyle)
        self._marks = MarkReader([row for row in rows if row.kind == "mark"])
        self._plain = PlainReader([row for row in rows if row.kind != "mark"])
        types = rules.table(ReportType)
        self._titles = TitleFinder(types)
        self._flat = re.compile(f"(?:{self._marks.flat_pattern}|{self._plain.flat_pattern})")
        self._run_on = RunOn({word for row in types for word in row.written}, self._flat)

    def split(self, text: str, styles: Iterable[tuple[int, int, int]] = ()) -> tuple[Section, ...]:
        """The sections of `text` in order; they nest and tile it. `styles` are headings that the mark-up named.

        Text before the first heading is a section of level 0 without one; so is a text without any heading.
        """
        lines = cut_run_in(text, cut_indents(text, lines_of(text)))
        flat = is_flat(text, lines)
        cut = self._run_on.cut(text, lines)
        if cut:
            lines, flat = cut, True
        elif flat:
            lines = cut_flat(text, lines, self._flat)
        headings = self._headings(text, lines, flat, {start: level for start, _, level in styles})
        return _tree(text, headings, levels_of(headings))

    def _headings(self, text: str, lines: Sequence[Span], flat: bool, named: dict[int, int]) -> list[Heading]:
        width = wrap_width(text, lines)
        unstopped = width > 0 or lacks_stops(text, lines)
        spaced = are_spaced(text, lines)
        found: dict[int, Heading] = {}
        at = 0
        while at < len(lines):
            mark = self._marks.read(text, lines, at, width, unstopped and not width)
            if mark is not None:
                found[at] = mark
            at = max(at, mark.last if mark else at) + 1
        marked = {mark.line: mark for mark in settle_marks(list(found.values()), text, lines)}
        title = self._title(text, lines, marked, named)
        headings = [title] if title else []
        closed = False
        for at, line in enumerate(lines):
            if headings and at <= headings[-1].last:
                continue
            heading = marked.get(at)
            if (
                heading is None
                and at not in found
                and (flat or line.end - line.start <= LONGEST or line.start in named)
            ):
                fresh = at == 0 or (headings and headings[-1].last == at - 1) or self._plain.never(text, lines[at - 1])
                heading = self._named(line, at, named)
                heading = heading or self._plain.read(text, lines, at, marked, unstopped, bool(fresh), spaced)
                if heading is None and flat:
                    heading = self._plain.flat_part(text, line, at)
            if heading is not None and not (closed and heading.rank >= PART_RANK):
                headings.append(heading)
                closed = heading.style in self._plain.closed
        return without_contents(text, settle_sentences(headings, text))

    def _title(
        self, text: str, lines: Sequence[Span], marked: dict[int, Heading], named: dict[int, int]
    ) -> Heading | None:
        row = self._plain.named(text, lines[0]) if lines else None
        if row is not None and row.id == "contents" and (skip := end_of_contents(text, lines)):
            below = {at - skip: mark for at, mark in marked.items() if at >= skip}
            title = self._title(text, lines[skip:], below, named)
            return title and title._replace(line=title.line + skip, last=title.last + skip)
        rows = [self._plain.named(text, line) for line in lines[:ZONE]]
        heads = [at in marked or row is not None for at, row in enumerate(rows)]
        if lines and heads[0] and _ANNEX.fullmatch(text, *lines[0]):
            heads[0] = False  # 附件1 above the title of a text that is one
        if lines and heads[0] and self._titles.is_one(text, lines[0]):  # 1.石桥镇2021年工作总结
            heads[0] = 0 in marked and any(at and other.style == marked[0].style for at, other in marked.items())
        first = heads.index(True) if True in heads else 0
        row = rows[first] if rows else None
        alone = first not in marked and row is not None and row.kind == "part"
        if (
            alone
            and not self._has_parts(text, lines[first + 1 :])
            and not self._titles.ends_as_one(text, lines[:first])
        ):
            heads[first] = (
                False  # 2024年工作计划 alone is a title, unless parts of its kind follow, or a title stands above
            )
        return self._titles.find(text, lines, heads, lambda line: self._plain.never(text, line), named)

    def _has_parts(self, text: str, lines: Sequence[Span]) -> bool:
        return any((row := self._plain.named(text, line)) is not None and row.id == "part" for line in lines)

    def _named(self, line: Span, at: int, named: dict[int, int]) -> Heading | None:
        """A heading that the mark-up named and that bears no number."""
        level = named.get(line.start)
        return None if level is None else Heading(line.start, line.end, "markup", 30 + level, line=at, last=at)


def _tree(text: str, headings: Sequence[Heading], levels: Sequence[int]) -> tuple[Section, ...]:
    """Sections with parents, ends and paths; text before the first heading is a section without one."""
    starts = [heading.start for heading in headings]
    sections: list[Section] = []
    if not starts or text[: starts[0]].strip():
        sections.append(Section(0, None, 0, "", "", 0, 0, starts[0] if starts else len(text), ""))
    shift = len(sections)
    ends = _ends(starts, levels, len(text))
    opened: list[Section] = []
    for index, (heading, level) in enumerate(zip(headings, levels, strict=True)):
        while opened and opened[-1].level >= level:
            opened.pop()
        words = text[heading.start : heading.end]
        parent = opened[-1] if opened else None
        path = f"{parent.path} / {words}" if parent else words
        section = Section(
            index + shift, parent.section_id if parent else None, level, heading.number, words,
            heading.start, heading.end, ends[index], path, heading.style,
        )  # fmt: skip
        sections.append(section)
        opened.append(section)
    return tuple(sections)


def _ends(starts: Sequence[int], levels: Sequence[int], end: int) -> list[int]:
    """Where each section ends: at the next heading of its level or a higher one."""
    ends = [end] * len(starts)
    opened: list[int] = []
    for index, start in enumerate(starts):
        while opened and levels[opened[-1]] >= levels[index]:
            ends[opened.pop()] = start
        opened.append(index)
    return ends
