"""Names of what yielded or brought in less, by what did: 棉花2万吨，比上年减产|0.1万吨，下降|4.8%; 契税2亿元，减收|0.3亿元."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_SAYS = re.compile(
    "(?:同比|环比|同口径|实际|[比较与同](?:上年|去年|前年|上月|上季度|上届|年初|预算|(?:19|20)[0-9]{2}年)(?:[一-龥]{0,4}?(?:同期|末|底|相比))?"
    "|因[^，。；：0-9]{2,12}?|[也却则仅净共虽又]|分别)*(?P<verb>减[产收支利亏])了?(?:将?近|约|达到?|超过?|逾)?"
)
"""A clause that says no more than that it was less."""
_BASIS = re.compile("[比较]|同[上去]年")
_FALLS = re.compile("[，、,（(]?(?:同比|环比|[比较]上年|[比较]去年)?(?:下降|[减降]幅|减少|降低|下滑|减|降)了?[为达约]*")
"""What follows at once where so much less is less than before: 减收0.3亿元，下降|14%."""
_NO_STOCK = re.compile("损失?|灾|减[免税收产负]|降费|退税|欠|罚")
"""Of what nothing is less: 减税降费2亿元，减收|1.6亿元."""
_FAR = 60
_MOST = 3


def name_declines(text: str, found: Sequence[Found]) -> None:
    """Name by how much something was less as that something, and what is told of the same behind it."""
    for n in range(1, len(found)):
        one = found[n]
        start = one.quantity.start
        if "减" not in text[max(one.left, start - 6) : start]:
            continue
        said = _SAYS.fullmatch(text, one.left, start)
        if said is None or (whole := _whole(text, found, n)) is None or not _is_of(text, found, n, said, whole):
            continue
        old, name = one.name, whole.plain
        one.name = one.plain = name
        one.change = "decrease"
        for other in found[n + 1 : n + 1 + _MOST]:
            if other.name != old or not other.changes:
                break
            other.name = other.plain = name


def _whole(text: str, found: Sequence[Found], n: int) -> Found | None:
    """The number told last in the sentence that is of the same kind and is no change."""
    start, unit = found[n].quantity.start, found[n].unit
    for before in found[max(0, n - _MOST) : n][::-1]:
        between = text[before.quantity.end : start]
        if start - before.quantity.end > _FAR or "。" in between or "；" in between or "\n" in between:
            return None
        if not before.changes and before.quantity.unit == found[n].quantity.unit and before.unit == unit:
            return before
    return None


def _is_of(text: str, found: Sequence[Found], n: int, said: re.Match[str], whole: Found) -> bool:
    """Whether a number tells by how much less `whole` is than it was."""
    if said["verb"] == "减亏":
        return "亏损" in whole.plain
    if not whole.plain or whole.rule == "unit" or _NO_STOCK.search(whole.plain):
        return False
    one, behind = found[n], found[n + 1] if n + 1 < len(found) else None
    return (
        said["verb"] == "减产"
        or (said["verb"] == "减收" and whole.plain.endswith(("税", "税收", "收入")))
        or _BASIS.search(said[0]) is not None
        or (behind is not None and _FALLS.fullmatch(text, one.quantity.end, behind.quantity.start) is not None)
    )
