"""What is left around a stretch that goes: signs that only stood around it, blanks between two, a line of signs alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from types import MappingProxyType

from pipeline.cleaning.fragments import OPENERS
from pipeline.cleaning.lines import line_around, whole_line
from pipeline.offsets import settle
from pipeline.records import Edit, Span

_ORNAMENTS = "-—–=＝*＊~～_·•#＃+☆★※◆◇■●▲▼^"
_PAIRS = MappingProxyType(
    dict(zip("（(【[［〔〖﹝〈<＜{｛" + _ORNAMENTS, "）)】]］〕〗﹞〉>＞}｝" + _ORNAMENTS, strict=True))
)
"""Signs that stand before and behind what they set apart; quotes are the report's own, bars part the cells of a table."""
_RUNS = frozenset("-—–=＝*＊~～_#＃+☆★※◆◇■●▲▼>＞<＜")
_WORD = re.compile(r"[^\W_]")
_DOTS = re.compile(r"(?<=\w)…{1,4}$")
_LONGEST_DOTS = 5


def mend_seams(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """Widen edits over what would be left of the site around them."""
    widened = settle(_with_signs(text, edit) for edit in settle(edits))
    mended = []
    for line, parts in groupby(widened, lambda edit: line_around(text, edit.start)):
        mended += _mended_line(text, line, list(parts))
    return mended


def _with_signs(text: str, edit: Edit) -> Edit:
    """Take the signs on both sides of a stretch along, the rest of a row of signs that it cuts, and dots before a bracket."""
    start, end = edit.start, edit.end
    while start and text[start] in _RUNS and text[start - 1] == text[start]:
        start -= 1
    while end < len(text) and text[end - 1] in _RUNS and text[end] == text[end - 1]:
        end += 1
    closer = _PAIRS.get(text[start]) if text[start] not in _ORNAMENTS else None
    if closer is not None and closer not in text[start + 1 : end] and text.startswith(closer, end):
        end += 1
    while start and end < len(text) and _PAIRS.get(text[start - 1]) == text[end]:
        start, end = start - 1, end + 1
    if text[start] in OPENERS and _WORD.match(text, end):
        dots = _DOTS.search(text, max(start - _LONGEST_DOTS, 0), start)
        start = dots.start() if dots else start
    return edit if (start, end) == (edit.start, edit.end) else replace(edit, start=start, end=end)


def _mended_line(text: str, line: Span, edits: Sequence[Edit]) -> list[Edit]:
    """Take the blanks between two stretches that go along, and the whole line where only signs would stay."""
    joined = []
    for edit, after in pairwise([*edits, edits[-1]]):
        blank = after.start > edit.end and text[edit.end : after.start].isspace()
        joined.append(replace(edit, end=after.start) if blank else edit)
    if joined[-1].end > line.end or _is_said(text, line, joined):
        return joined
    first = joined[0]
    whole = whole_line(text, line)
    return [replace(first, start=whole.start, end=whole.end)]


def _is_said(text: str, line: Span, edits: Sequence[Edit]) -> bool:
    """Whether a line still says anything."""
    starts, ends = [line.start, *(edit.end for edit in edits)], [*(edit.start for edit in edits), line.end]
    left = "".join(text[start:end] for start, end in zip(starts, ends, strict=True))
    return _WORD.search(left) is not None
