"""Names of what a sentence tells of a whole behind its parts: 游客9万人次，其中过夜游客2万人次。同比增长|8% is of all 游客."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_AMONG = "其中"
_CARRIED = ("carried", "carried_left")
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
            whole, parts, wrong = _whole(found, n), {one.plain}, ""
        elif "。" in between:
            goes_on = whole is not None and one.rule in _CARRIED and one.change is not None and len(between) < _FAR
            taken = max((part for part in parts if part and one.name.startswith(part)), default="", key=len)
            wrong, right = (one.name, whole.plain) if goes_on and taken and whole is not None else ("", "")
            if wrong:
                one.rename(right)
            whole = None
        elif wrong and one.carries(wrong):
            one.rename(right)
        elif whole is not None and one.change is None:
            parts.add(one.plain)


def _whole(found: Sequence[Found], n: int) -> Found | None:
    """The number before one that this may be a part of, in its unit."""
    one = found[n].quantity
    for at in range(n - 1, max(-1, n - 1 - _NEAR), -1):
        other = found[at]
        if other.quantity.unit == one.unit and (other.quantity.value or 0) > (one.value or 0) and other.rule != "unit":
            return other if one.unit != "%" else None
    return None
