"""Which number is a part of which: 其中 chains, 60个村中 …, and the numbers of a bracket."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming import Found

_OPENS = re.compile(r"其中|里面")
_AMONG = re.compile(r"[^，。；：\n]{0,16}?[中里](?:，|、|有|还有|已有|仍有|已)")
_OUTCOME = re.compile(r"现?已|全部|同比|比|较")
_SUM = re.compile(r"[，；、\s]*(?:均|全年|共|总|合计|目前|累计|年末|截至|每|人均|户均|平均)")
_RATIOS = frozenset(("%", "百分点", "‰", "倍"))
_FARTHEST = 100
"""Among how many numbers before its list a total is looked for, so that the time of reading is linear in the text."""
_FILLED = 1.02
"""To what share of their total the parts of a list may add up that goes on over semicolons."""


def totals_of(text: str, found: Sequence[Found]) -> list[int | None]:
    """For each number of a paragraph the place of its total among them, or None."""
    out: list[int | None] = []
    opened: int | None = None  # where the list began
    reach = 0  # the first number that the list's total may be
    begins = 0  # the first number of the sentence
    for at, one in enumerate(found):
        start = one.quantity.start
        gap = text[found[at - 1].quantity.end if at else max(0, start - 60) : start]
        sentence = max(gap.rfind("。"), gap.rfind("！"), gap.rfind("？"), gap.rfind("\n"))
        above = begins
        if sentence >= 0:
            gap, begins = gap[sentence + 1 :], at
        if _opens(gap, found, at, at == begins):
            opened, reach = at, above if sentence >= 0 else begins
        elif sentence >= 0 or (opened is not None and not _goes_on(gap, found, at, opened, out)):
            opened = None
        out.append(None if opened is None else _total(found, at, opened, reach, gap, out))
    return out


def _opens(gap: str, found: Sequence[Found], at: int, first: bool) -> bool:
    if _OPENS.search(gap):
        return True
    if first:
        return False
    if gap.startswith(("（", "(")) and "）" not in gap:
        return _alike(found[at - 1], found[at])
    return ("中" in gap or "里" in gap) and _AMONG.match(gap) is not None


def _goes_on(gap: str, found: Sequence[Found], at: int, opened: int, parts: Sequence[int | None]) -> bool:
    """Whether a list of parts goes on to a number; over a semicolon only where the parts fill their total."""
    clause = gap[max(gap.rfind(mark) for mark in "，；、") + 1 :].lstrip()
    if "）" in gap or _OUTCOME.match(clause) or _SUM.match(gap):
        return False
    if "；" not in gap:
        return True
    total = next((t for t in parts[opened:at] if t is not None), None)
    whole = found[total].quantity.value if total is not None else None
    if total is None or not whole:
        return False
    rest = [f.quantity.value or 0.0 for f in found[opened : at + 1] if _alike(f, found[total]) and f.change is None]
    return sum(rest) <= _FILLED * whole


def _total(
    found: Sequence[Found], at: int, opened: int, reach: int, gap: str, parts: Sequence[int | None]
) -> int | None:
    """The number before the list that one number of it is a part of: of its unit, or for a share the last that is none."""
    one = found[at]
    share = one.quantity.unit in _RATIOS
    if one.change is not None or (share and "占" not in gap and (at == opened or parts[at - 1] is None)):
        return None
    for before in range(opened - 1, max(reach, opened - _FARTHEST) - 1, -1):
        other = found[before]
        if parts[before] is not None or other.change is not None:
            continue
        if share and other.quantity.unit not in _RATIOS:
            return before if _OPENS.search(gap) or found[at - 1].quantity.unit in _RATIOS else None
        if not share and _alike(one, other):
            whole, value = other.quantity.value, one.quantity.value
            return before if whole is None or value is None or value <= whole else None
    return None


def _alike(one: Found, other: Found) -> bool:
    """Whether two numbers have the same unit, a bracket or 次 behind it aside."""
    a, b = one.quantity.unit, other.quantity.unit
    return a == b or (bool(a) and bool(b) and (a.startswith(b) or b.startswith(a)))
