"""Tables of contents: recognised, so that no heading is found twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.outline.headings import Heading

_LEADER = re.compile(r"[.．…·\s]*\d*$")
_LEAST = 3


def key_of(line: str) -> str:
    """What a line of a table of contents and the heading that it names have in common.

    >>> key_of("一、 基本情况……………3") == key_of("一、基本情况")
    True
    """
    return _LEADER.sub("", "".join(line.split()))


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
