"""How names are put together: of a kind only its own, and without remarks of how it was reckoned."""

from __future__ import annotations

import re

_KINDS = re.compile(
    "(?P<level>(?:国家|中央|全国|[国部省市州县区乡镇村院校局])级(?:及?以上)?)"
    "|(?P<class>[一二三四五六甲乙丙丁][类等档星])"
    "|(?P<industry>第[一二三]产业)"
    "|(?P<residents>(?:城镇|农村|城乡)(?:常住)?居民|农民|(?:城镇)?职工)"
    "|(?P<rank>[正副]?[高中初]级)"
    "|(?P<verdict>(?:不|很|非常|基本|比较)?(?:满意|合格|称职|达标))"
)
"""Kinds of which a thing is of one only: 省级 next to 国家级."""
_REMARK = re.compile("（(?:按|不?含|不?包括|下同|以下简?称|现价|当年价|可比价|不变价|口径)[^（）]*）")


def put_before(own: str, base: str) -> str:
    """A name with a kind put before it, which takes the place of the kind that it has: 省级 + 国家级基地 is 省级基地."""
    if (swapped := in_place(own, base)) != own:
        return swapped
    mine, other = _KINDS.match(own), _KINDS.match(base)
    if mine and other and mine.lastgroup == other.lastgroup and other.end() < len(base):
        base = base[other.end() :].removeprefix("的")
    return own + base


def in_place(own: str, name: str) -> str:
    """A kind that stands alone put into a name in place of the kind that it has: 县级 after 评选省级文明村 is 评选县级文明村."""
    mine = _KINDS.fullmatch(own)
    if mine:
        for other in _KINDS.finditer(name):
            if other.lastgroup == mine.lastgroup:
                return name[: other.start()] + own + name[other.end() :]
    return own


def without_remarks(name: str) -> str:
    """A name without a bracket that says how it was reckoned: 农业总产值（按现价计算）."""
    return _REMARK.sub("", name) if "（" in name else name
