"""Names of what grew or fell for a cause, by what did and not by the cause: 读者26万人次，因疫情影响|下降31%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_FOR = re.compile("[因受]|由于")
_CAUSE = re.compile(
    "[，、；]?(?P<of>[^，。；：、0-9]{0,16}?)(?:主要|虽然|但)?(?:因|受到?|由于)(?P<by>[^，。；：0-9]{2,30}?)"
    "(?:的?(?:影响|拖累|拉动|带动|推动|冲击|制约)|等?(?:因素|原因)(?:的?影响)?|大幅|明显|逆势)[^，。；：、0-9]{0,10}?"
    "(?:增长|增加|上升|提高|下降|减少|降低|下滑|回落|增|降|减)了?(?:约|近)?"
)
"""A clause that tells why something grew or fell, and that it did."""


def name_causes(text: str, found: Sequence[Found]) -> None:
    """Name what changed for a cause by itself, or by what the number before is of."""
    for n, one in enumerate(found):
        start = one.quantity.start
        if not one.changes or _FOR.search(text, one.left, start) is None:
            continue
        said = _CAUSE.fullmatch(text, one.left, start)
        if said is None or not (
            one.name in said["by"] or said["by"] in one.name or one.name in said[0][len(said["of"]) :]
        ):
            continue
        if len(said["of"]) > 1:
            one.rename(said["of"])
        elif n and found[n - 1].plain and "。" not in text[found[n - 1].quantity.end : start]:
            one.rename(found[n - 1].plain)
