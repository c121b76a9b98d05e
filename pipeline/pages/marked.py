"""A text with marks laid over it, as HTML: a paragraph a line, every mark opened and closed in its place.

The text of the page, less what marks put in, is the text that was given, character for character.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from html import escape
from itertools import pairwise
from typing import NamedTuple

from pipeline.pages.page import ACTING, number_of


class Kind(IntEnum):
    """What a mark says, outermost first."""

    HEADING = 0
    METRIC = 1
    RESTORATION = 2
    REMOVAL = 3


class Mark(NamedTuple):
    """An element around ``text[start:end]``.

    `again` is the start tag with which it is taken up on a further line; `after` stands behind its end.
    """

    start: int
    end: int
    kind: Kind
    opening: str
    again: str
    closing: str
    after: str = ""


def marked(text: str, marks: Iterable[Mark], anchors: Mapping[int, str]) -> str:
    """The text as paragraphs with all marks; `anchors` are elements without text that stand before a character."""
    coming = sorted(marks, key=lambda mark: mark.start, reverse=True)
    breaks = [at for at, character in enumerate(text) if character == "\n"]
    cuts = {0, len(text), *anchors, *breaks, *(at + 1 for at in breaks)}
    cuts.update(*((mark.start, mark.end) for mark in coming))
    active: list[Mark] = []
    writer = _Writer()
    for start, end in pairwise(sorted(cuts)):
        active = [mark for mark in active if mark.end > start]
        while coming and coming[-1].start <= start:
            active.append(coming.pop())
        writer.put(anchors.get(start, ""))
        if text[start] == "\n":
            writer.end_line(start)
        else:
            writer.write(text[start:end], start, sorted(active, key=lambda mark: (mark.kind, mark.start)))
    writer.put(anchors.get(len(text), ""))
    writer.end_line(len(text))
    return "\n".join(writer.lines)


def escaped(text: str) -> str:
    r"""Text for a page; a character that would act instead of being seen becomes a badge with its number.

    >>> escaped("<b>\u202e")
    '&lt;b&gt;<span class="acting">U+202E</span>'
    """
    badges = ACTING.sub(lambda found: f'<span class="acting">{number_of(found[0])}</span>', escape(text))
    return badges.replace("\r", "&#13;")  # a bare one would be read as a line end


class _Writer:
    """Opens and closes marks around the pieces of a line so that they nest."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self._start = ""
        self._kinds: set[Kind | None] = set()
        self._open: list[Mark] = []
        self._begun: set[Mark] = set()

    def put(self, markup: str) -> None:
        """Put in an element that holds no text."""
        self._line.append(markup)

    def write(self, text: str, at: int, marks: Sequence[Mark]) -> None:
        """Write the piece of text that starts at `at` within its marks, outermost first."""
        same = 0
        for open_, wanted in zip(self._open, marks, strict=False):
            if open_ is not wanted:
                break
            same += 1
        self._close(same, at)
        for mark in marks[same:]:
            self._line.append(mark.again if mark in self._begun else mark.opening)
            self._begun.add(mark)
            self._open.append(mark)
        self._line.append(escaped(text))
        if not self._start:
            self._start = text
        if text.strip():
            kinds = {mark.kind for mark in marks}
            self._kinds.add(next((k for k in (Kind.REMOVAL, Kind.HEADING) if k in kinds), None))

    def end_line(self, at: int) -> None:
        """Close what is open and begin a new paragraph."""
        self._close(0, at)
        self.lines.append(f'<p class="{self._class()}">{"".join(self._line)}</p>')
        self._line, self._start, self._kinds = [], "", set()

    def _close(self, keep: int, at: int) -> None:
        while len(self._open) > keep:
            mark = self._open.pop()
            self._line.append(mark.closing)
            if mark.end <= at:
                self._line.append(mark.after)

    def _class(self) -> str:
        """How a paragraph is set: as one without text, one taken away, a heading, one with an indent of its own."""
        if not self._kinds:
            return "blank"
        if self._kinds == {Kind.REMOVAL}:
            return "gone"
        if Kind.HEADING in self._kinds and None not in self._kinds:
            return "head"
        return "own" if self._start[0].isspace() else "body"
