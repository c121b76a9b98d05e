"""Names of sums of what was listed before them, and of changes that their unit says are of another of the things just told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import ONWARD, Found, before_in_unit

_SUM = re.compile(
    "[，、；：（]?(?:以上|上述|[二两三四五六七八九十]+[项者类个]月?|各项|全部)*(?P<said>合计|总计|共计|总共)(?:为|达到?|是|约)?"
)
_NOT_COUNTED = frozenset(("%", "‰", "百分点", "倍", ""))
_MOST, _FARTHEST, _OWN = 12, 60, 12
_SLACK = 0.006
_LEAST = 2


def name_reckoned(text: str, found: Sequence[Found], words: NameWords) -> None:
    """Name sums by themselves, and changes by what was told before in their unit."""
    for n in range(1, len(found)):
        one = found[n]
        if not one.rule.startswith((*ONWARD, "left_carried")):
            continue
        start = one.quantity.start
        if "计" in text[max(one.left, start - 4) : start] or "总共" in text[max(one.left, start - 4) : start]:
            said = _SUM.fullmatch(text, one.left, start)
            one.name = (said and _sum(text, found, n, said["said"], words.account)) or one.name
        elif one.changes and one.quantity.unit not in _NOT_COUNTED:
            one.name = _by_unit(text, found, n) or one.name


def _sum(text: str, found: Sequence[Found], n: int, said: str, account: re.Pattern[str]) -> str:
    """The name of the sum of the numbers in its unit that are listed before it, unless they are all of the same; else empty."""
    one = found[n]
    total, rest = one.quantity.value, one.quantity.value
    if not total:
        return ""
    parts: list[Found] = []
    for at in before_in_unit(found, n, one.quantity.unit, n - _MOST):
        value = found[at].quantity.value
        if value is None or "\n" in text[found[at].quantity.end : one.quantity.start]:
            break
        parts.append(found[at])
        rest = (rest or 0) - value
        if rest < total * _SLACK:
            break
    names = {part.name for part in parts}
    shortest = min(names, key=len, default="")
    if len(parts) < _LEAST or all(shortest in name for name in names) or abs(rest or 0) > total * _SLACK:
        return ""
    begin = text.rfind("\n", 0, parts[-1].quantity.start) + 1
    label = account.search(text, max(begin - 1, parts[-1].quantity.start - _FARTHEST, 0), parts[-1].quantity.start)
    return label["of"] + "合计" if label else said


def _by_unit(text: str, found: Sequence[Found], n: int) -> str:
    """What a change is of by its unit, where it took over the name of what is told in another; else empty.

    火警3起，过火面积9亩，比上年少|2起.
    """
    one = found[n]
    whose = [before.quantity.unit for before in found[max(0, n - _OWN) : n] if one.name in (before.name, before.plain)]
    if not whose or one.quantity.unit in whose:
        return ""
    for at in before_in_unit(found, n, one.quantity.unit, n - _OWN):
        before = found[at]
        between = text[before.quantity.end : one.quantity.start]
        if "。" in between or "\n" in between:
            return ""
        if not before.changes and before.rule != "unit":
            return before.plain or before.name
    return ""
