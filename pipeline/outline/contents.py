"""Tables of contents: recognised, so that no heading is found twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.outline.headings import Heading
from pipeline.records import Span

_LEADER = re.compile(r"[.．…·\s]*\d*$")
_LEAST = 3
_ENTRY = re.compile(r"[.．…·\s]{2,}\d+$")


def key_of(line: str) -> str:
    """What a line of a table of contents and the heading that it names have in common.

    >>> key_of("一、 基本情况……………3") == key_of("一、基本情况")
    True
    """
    return _LEADER.sub("", "".join(line.split()))


def end_of_contents(text: str, lines: Sequence[Span]) -> int:
    r"""How many lines a table of contents takes that stands first, above its title; 0 where its entries bear no pages.

    >>> from pipeline.outline.lines import lines_of
    >>> text = "目 录\n一、基本情况……1\n二、打算……3\n某乡2020年工作总结"
    >>> end_of_contents(text, lines_of(text))
    3
    """
    end = 1
    while end < len(lines) and _ENTRY.search(text[lines[end].start : lines[end].end]):
        end += 1
    return end if end > 2 else 0


def without_contents(text: str, headings: Sequence[Heading]) -> list[Heading]:
    """Leave out headings that only list what comes: a run without any text of its own that begins again later."""
    lead = next((i for i, heading in enumerate(headings) if heading.style not in ("title", "contents")), len(headings))
    run = lead
    while run + 1 < len(headings) and headings[run + 1].line == headings[run].last + 1:
        run += 1
    if run - lead + 1 < _LEAST:
        return list(headings)
    keys = [key_of(text[h.start : h.end]) for h in headings]
    again = next((i for i in range(lead + 1, len(keys)) if keys[i] == keys[lead] and i >= lead + 2), None)
    if again is None or again > run + 1:
        return list(headings)
    return [*headings[:lead], *headings[again:]]
