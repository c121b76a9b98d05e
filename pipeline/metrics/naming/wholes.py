"""Names of what a sentence tells of a whole behind its parts: 游客9万人次，其中过夜游客2万人次。同比增长|8% is of all 游客."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.composing import without_added
from pipeline.metrics.page.found import Found

_AMONG = "其中"
_CARRIED = ("carried", "carried_left", "base")
_IN_ALL = re.compile("[^。]{0,6}。(?:目前|截至目前|现)?，?(?:累计|总数|总量)(?:已|共)?(?:达到?|有|为)?")
_NEAR, _FAR = 6, 40


def name_wholes(text: str, found: Sequence[Found]) -> None:
    """Name what a sentence goes on with behind parts of a whole by the whole, in place."""
    whole: Found | None = None
    parts: set[str] = set()
    wrong = right = ""
    for n, one in enumerate(found):
        between = text[found[n - 1].quantity.end : one.quantity.start] if n else ""
        if "\n" in between:
            whole, wrong = None, ""
        if _AMONG in between:
            whole, wrong = _whole(found, n), ""
            parts = {one.plain, whole.plain if whole else ""}
        elif "。" in between:
            wrong, right = (one.name, _told(between, one, whole)) if _takes_part(one, parts) and whole else ("", "")
            if right:
                one.rename(right)
            whole, wrong = None, wrong if right else ""
        elif wrong and one.carries(wrong):
            one.rename(right)
        elif whole is not None and one.change is None:
            parts.add(one.plain)


def _takes_part(one: Found, parts: set[str]) -> bool:
    """Whether a number took over the name of a part before it, or of the whole."""
    return one.rule in _CARRIED and any(part and one.name.startswith(part) for part in parts)


def _told(between: str, one: Found, whole: Found) -> str:
    """How the whole is called that is gone on with: by itself where it changed, without 新增 where all is told; else empty."""
    if one.changes:
        return whole.plain if len(between) < _FAR else ""
    return without_added(whole.plain) if _IN_ALL.fullmatch(between) and one.quantity.unit == whole.quantity.unit else ""


def _whole(found: Sequence[Found], n: int) -> Found | None:
    """The number before one that this may be a part of, in its unit."""
    one = found[n].quantity
    for at in range(n - 1, max(-1, n - 1 - _NEAR), -1):
        other = found[at]
        if other.quantity.unit == one.unit and (other.quantity.value or 0) > (one.value or 0) and other.rule != "unit":
            return other if one.unit != "%" else None
    return None
