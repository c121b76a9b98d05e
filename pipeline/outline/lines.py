"""The lines of a text as its author meant them: bare of blanks, cut where a site ran them together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Span

_FLAT = 1500  # characters a line, on average, above which line ends were lost
_WRAPPED = 70  # characters a line below which lines may have been broken at a fixed width
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
