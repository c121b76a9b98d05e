"""The place that a text speaks of throughout, where it does not say of which place it is.

Excerpts and articles often come without a title that names the place; they say 全市 or begin with 2013年，东港市….
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from pipeline.records import Facts

_LEVELS = {
    "省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city", "县": "county", "旗": "county", "区": "county",
    "镇": "township", "乡": "township", "街道": "township", "村": "village", "社区": "village",
}  # fmt: skip
_SMALLER = list(_LEVELS)
_WHOLE = re.compile(
    r"(?<![于比占居列超在])(?:全|我|本)(省|自治区|市|州|盟|县|旗|区|镇|乡|街道|村|社区)(?!第|前|平均|首|最|唯一|率先|[政委]府?)"
)
"""全市 where the text is on it, and not where something is compared with it: 居全市第三, 高于全省平均."""
_NATION = re.compile(
    r"(?<![于比占居列超在])(?:全国|我国)(?!第|前|平均|首|最|唯一|率先|人大|政协)|(?<![^，。；\s])中央财政(?!资金)"
)
_NAMED = re.compile(
    r"(?:^|[，。\n])\s*(?![全各每我本该])([一-龥]{2,4}?(省|自治区|自治州|州|市|自治县|县|旗|新区|区|镇|乡|街道))"
    r"(?=实现|完成|三次|坚持|[\d一二三四五六七八九十]|由|召开|各|把|以|紧|聚)"
)
_ACCOUNTS = re.compile(r"(?:关于)?(?:[\d一二〇○零九]{4}年?)?(?:国民经济|中央和地方预算)")
"""A title that begins so and names no place is the country's: 关于2010年国民经济计划执行情况的报告."""
_OPENING = 80
"""How many characters open a text."""
_OWN_MASTER = re.compile(r".*(?:公司|集团|医院|学校|大学|学院|中学|小学|幼儿园)(?:党委|党总支|党支部|工会)?")
"""Who is no office of the place where it is: what its report tells is told of itself."""

HIDDEN = re.compile("[XＸ×某*]")
"""A place whose name is hidden is better called 全县."""
_AROUND = re.compile(
    "[一-龥]{2,}[后前时]((?:全|我)[国省市县区州旗乡镇村])|((?:全|我)[国省市县区州旗乡镇村])(?:平均|每).*"
)
"""全县 amid what is said around it."""


class Ground(NamedTuple):
    """A place and its administrative level."""

    name: str
    level: str


def ground_of(text: str, facts: Facts) -> Ground | None:
    """The place that a text is about: as it says itself, else the whole that it speaks of most, else the country.

    >>> ground_of("全市粮食总产42万吨，高于全省平均水平。", Facts())
    Ground(name='全市', level='city')
    >>> ground_of("2013年，东港市实现生产总值52亿元。", Facts())
    Ground(name='东港市', level='city')
    >>> ground_of("公司年产电机3万台。", Facts())
    """
    level = facts.admin_level or ""
    if facts.issuer and _OWN_MASTER.fullmatch(facts.issuer):
        return None
    if facts.place:
        return Ground("全国" if facts.place == "中国" else facts.place, level)
    if level:
        return None
    said = Counter(match[1] for match in _WHOLE.finditer(text))
    if said:
        kind = max(said, key=lambda kind: (said[kind], kind != "区", _SMALLER.index(kind)))
        return Ground(f"全{kind}", _LEVELS[kind])
    if named := _NAMED.search(text, 0, _OPENING):
        return Ground(named[1], _LEVELS.get(named[2].removeprefix("新").removeprefix("自治"), ""))
    return Ground("全国", "national") if _ACCOUNTS.match(facts.title or "") or _NATION.search(text) else None


def without_surroundings(name: str) -> str:
    """全县 alone of what is said around it.

    >>> without_surroundings("机构改革后全镇"), without_surroundings("全国平均每百户家庭"), without_surroundings("全乡农户")
    ('全镇', '全国', '全乡农户')
    """
    around = _AROUND.fullmatch(name)
    return (around[1] or around[2]) if around else name
