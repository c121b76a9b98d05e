"""Where a quote stands in a text: where it is said to, or the only place where it can be."""

from __future__ import annotations

import re

from pipeline.annotate.marks import Mark
from pipeline.records import Span

_LINE_END = re.compile(r"\r\n|\n|\r")


class NoAnchorError(ValueError):
    """A quote is not in the text, or stands there more than once."""


def anchor(text: str, mark: Mark) -> Span:
    """The stretch that a mark means. Raises NoAnchorError where it is not there or cannot be told from another.

    >>> anchor("全乡12家。全村12家。", Mark("", "metric", "12家", 5, 8, {}, "全村"))
    Span(start=8, end=11)
    """
    if not mark.quote.strip():
        raise NoAnchorError("there is no quote")
    if mark.start is not None and mark.start >= 0:
        end = mark.start + len(mark.quote) if mark.end is None else mark.end
        if _letters(text[mark.start : end]) == _letters(mark.quote):
            return Span(mark.start, end)
    for before in dict.fromkeys((mark.before, "")):
        places = list(re.finditer(f"(?={_pattern(before)}(?P<quote>{_pattern(mark.quote)}))", text))
        if len(places) == 1:
            return Span(*places[0].span("quote"))
    if not places:
        raise NoAnchorError("the quote is not in the text")
    raise NoAnchorError(f"the quote stands {len(places)} times in the text: give more of it, or what stands before it")


def _pattern(quote: str) -> str:
    """A quote, whatever the line ends of the tool that it went through."""
    return r"(?:\r\n|\n|\r)".join(map(re.escape, _LINE_END.split(quote)))


def _letters(quote: str) -> str:
    return "".join(quote.split())
