"""Subjects without what stands around them: 全县 of 机构改革后全县, 市中级法院 of 2021年|市中级法院."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.hashing import REMEMBERED

_AROUND = re.compile(
    "[一-龥XＸ]{2,}(?<![省市县区州旗乡镇村是为对占居在向比与和及于过、])((?:全|我)[国省市县区州旗乡镇村])|((?:全|我)[国省市县区州旗乡镇村])(?:平均|每).*"
)
"""全县 amid what is said around it."""
_SINGLED_OUT = re.compile(
    "(?:[^的]{0,6}最[^的]{1,3}|[^的]{0,2}[排居列][^的]{1,4}|[^的]{0,4}第[一二三四五六七八九十]|垫底|领先)的(?=[^的]{2,8}[省市县区州旗乡镇村]$)"
)
"""What singles out a place before its name: 用时最长的东港镇, 排名第一的青石村."""
_OF_YEAR = re.compile("年(?:[省市州县区旗乡镇村社]{1,2}(?:级?财政|级|集体)?|[全我本][国省市州县区旗乡镇村])$")
_HIDDEN_YEAR = re.compile("^[XＸ×]+(?=年)")
_CUT_OFF = re.compile("^(?:年(?=[省市县区乡镇村]..)|县城(?=.{2,}公司$)|团(?=[一-龥]{1,3}[县市区旗][县市区]?委))")
"""What a name begins with that is the end of a word before it, or is said around it: 2021年|市中级法院, 共青团|白石县委."""

_PREPOSITIONS = frozenset("为以向将由给与")
"""What a name may begin with that was taken for a part of it."""
_FIRMS = ("公司", "合作社", "集团")


@lru_cache(REMEMBERED)
def without_surroundings(name: str) -> str:
    """全县 alone of what is said around it, and no 年 of a year before it.

    >>> without_surroundings("机构改革后全镇"), without_surroundings("全国平均每百户家庭"), without_surroundings("年镇村")
    ('全镇', '全国', '镇村')
    >>> without_surroundings("入冬以来全市"), without_surroundings("职业教育我市"), without_surroundings("XX年县")
    ('全市', '我市', '全县')
    >>> without_surroundings("年市中级法院"), without_surroundings("团白石县县委")
    ('市中级法院', '白石县县委')
    >>> without_surroundings("用时最长的白石区"), without_surroundings("排名第一的东港镇")
    ('白石区', '东港镇')
    """
    name = _HIDDEN_YEAR.sub("", name)
    if _OF_YEAR.match(name):  # 2021年|村集体收入, 2022年|县财政收入
        name = f"全{name[1]}" if name[1:] in ("省", "市", "州", "县") else name[1:]
    name = _CUT_OFF.sub("", _SINGLED_OUT.sub("", name) if "的" in name else name)
    around = _AROUND.fullmatch(name)
    return (around[1] or around[2]) if around else name


def without_preposition(name: str, text: str, bodies: Bodies) -> str:
    """A name without the preposition before it, where the text names it without one as well: 为|柳沟镇, 以|东港水产公司.

    >>> from pipeline.rules import Rules
    >>> from pipeline.rules.schema import BodyWord
    >>> bodies = Bodies(Rules().table(BodyWord))
    >>> without_preposition("为柳沟镇", "在柳沟镇举行仪式，为柳沟镇捐款", bodies), without_preposition("向阳坪镇", "向阳坪镇", bodies)
    ('柳沟镇', '向阳坪镇')
    """
    if name[:1] not in _PREPOSITIONS:
        return name
    bare = name[1:]
    known = bodies.is_named_place(bare) or bare.endswith(_FIRMS)
    return bare if known and text.count(bare) > text.count(name) else name
