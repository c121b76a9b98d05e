"""Names of what part of all of a kind does or is something: 98%的行政村建成健身广场; and of what is cut by so much."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_BEGINS = re.compile(
    "(?:[，。；：、！？\n）]|确保|力争|争取|实现|推动|使得?|让|[约仅已只就共]?有|全[国省市州县区盟旗乡镇村]|目前|[年月季]?[底末内]|年|[将近超]过?|其中)$"
)
"""What stands before a part of all of a kind."""
_OF = re.compile(
    "的?(?P<kind>[一-龥（）“”、]{2,12}?)"
    "(?P<does>(?:均|都|已经?|全部|全面|[尚还仍]未|未|没有?|不)*(?:达到|达标|完成|实现|保持|[建盖]起?[成有立了上]|[建盖]起|纳入|开展|开通|得到|就读|享[受有]|喝上|用上|住[上进]|[进加迁]入|参[加与]|接受"
    "|拥有|配[备有]|设[有立]|获得?评?|通过|超过?(?=[一二三四五六七八九十百千万两0-9])|过(?=[百千万])|通(?=[^，。；、过]{0,5}[路车气水电网邮油])|可(?=[^再])|[能会](?=[^源计议])"
    "|增[加长]了|停[产业工]|亏损|关[闭停]|外出|脱[贫了]|受[损灾]|超标)"
    "[^，。；：、！？\n的]{0,14})(?=[，。；、！？\n]|$)"
)
"""All of a kind, and what a part of it does."""
_ADVERB = re.compile("^(?:均|都|已经?|全部|全面|实现(?=[^，]{3}))+|当年|年内|(?<=[一-龥])了")
_NO_KIND = re.compile("[了给在用把分归]")
"""What a kind does not hold, where no 的 stands between: 三成|分给脱贫户."""
_OF_IT = frozenset("得超过能可")
"""What stands behind of what it is said: 村集体收入|超百万元占比."""
_CUTS = re.compile("(?:压减|压缩|削减|核减|缩减|精简|减少|调减)了?$")
_CUT = re.compile("的(?!情况|基础|前提|条件|形势|背景|同时|目标)(?P<kind>[一-龥“”]{2,12})(?=[，。；、！？\n]|$)")


def name_proportions(text: str, found: Sequence[Found]) -> None:
    """Name parts of all of a kind by what they do, and what is cut by a part by itself: 压减|20%|的一般性支出."""
    for one in found:
        start, end = one.quantity.start, one.quantity.end
        if one.quantity.unit != "%" or not (text.startswith("的", end) or text[end - 1] == "成"):
            continue
        before = text[max(0, start - 3) : start]
        if _CUTS.search(before):
            if cut := _CUT.match(text, end):
                one.name, one.change = cut["kind"], "decrease"
        elif one.change is None and (not before or _BEGINS.search(before)) and (of := _OF.match(text, end)):
            kind, does = of["kind"], _ADVERB.sub("", of["does"])
            if text[end] != "的" and _NO_KIND.search(kind):
                continue
            one.name = (kind + does if does[0] in _OF_IT else does + kind) + "占比"
