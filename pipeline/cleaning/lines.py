"""Lines of a text: where they end, how a whole one goes, and whether a sentence goes on over a line end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.language.marks import BEGINNING_MARK
from pipeline.records import Span

_NARROW, _WIDE = 20, 30  # characters of a line of prose, of any line, that may go on in the next
MARGIN = 40  # blanks around a stretch that may still be all of its line
_GOES_ON = re.compile(r"[一-鿿A-Za-z，,、“《（(\d%]|(?<![。！？；])[”’）》]")
_PAUSE = re.compile("[，。；、]")
_STARTS_INSIDE = re.compile(r"[一-鿿A-Za-z\d，。、；：！？,;:!?“”《》（）()%.‰]")


def line_around(text: str, at: int) -> Span:
    """The line that the character at `at` stands in, without its line end."""
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end)


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line in turn: who stops early reads no further."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)


def filled(contents: Iterable[str]) -> Iterator[Span]:
    """Those of the lines of a text that are not blank, each without the blanks at its end."""
    start = 0
    for content in contents:
        if bare := content.rstrip():
            yield Span(start, start + len(bare))
        start += len(content) + 1


def columns_of(text: str, lines: Sequence[Span], one_column: re.Pattern[str]) -> list[int]:
    """How many columns each line takes: two a character, but for those of which `one_column` finds each."""
    return [2 * (end - start) - len(one_column.findall(text, start, end)) for start, end in lines]


def whole_line(text: str, line: Span, *, joins: bool = False) -> Span:
    """The stretch to take so that a line goes and its neighbours stay apart: the line and its own line end.

    With `joins`, a line that stands within a sentence (a page number) takes the line ends on both sides.
    """
    end = min(line.end + 1, len(text))
    if joins:
        before, after = line.start, end
        while before > 0 and text[before - 1] == "\n":
            before -= 1
        while after < len(text) and text[after] == "\n":
            after += 1
        if before:
            above = line_around(text, before - 1)
            prose = _PAUSE.search(text, *above) is not None and BEGINNING_MARK.match(text, above.start) is None
            if goes_on(text, above, after, shortest=_NARROW if prose else _WIDE):
                return Span(before, after)
    return Span(line.start, end)


def taken(text: str, start: int, end: int) -> Span:
    """The stretch to take so that ``text[start:end]`` goes: with its line end where it is all of its line."""
    head, tail = text[max(start - MARGIN, 0) : start], text[end : end + MARGIN]
    if head.rpartition("\n")[2].strip() or tail.partition("\n")[0].strip():
        return Span(start, end)
    line_start, line_end = start - len(head.rpartition("\n")[2]), end + len(tail.partition("\n")[0])
    if (line_start > 0 and text[line_start - 1] != "\n") or (line_end < len(text) and text[line_end] != "\n"):
        return Span(start, end)
    return whole_line(text, Span(line_start, line_end))


def goes_on(text: str, before: Span, after: int, *, shortest: int = _WIDE) -> bool:
    """Whether the line `before`, long and without a stop, goes on in the line that starts at `after`."""
    return (
        before.end - before.start >= shortest
        and after < len(text)
        and (_GOES_ON.match(text, before.end - 1) is not None or _is_decimal(text, before.end, after))
        and _STARTS_INSIDE.match(text, after) is not None
        and BEGINNING_MARK.match(text, after) is None
    )


def _is_decimal(text: str, end: int, after: int) -> bool:
    """Whether a number is cut behind its point: 62.|5%."""
    return text[end - 1] == "." and text[end - 2 : end - 1].isdigit() and text[after].isdigit()
