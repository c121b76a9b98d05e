"""我县 and the like by name: a reader who sees a record alone does not know whose county it is."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.records import Facts

_OURS = re.compile("(?:我们?|本)(省|市|州|盟|地区|县|区|旗|镇|乡|街道|社区|村|公社|大队)")

_OWN = re.compile("(?:我们?|本)(厂|局|院|公司|站|所|行|矿|场)")
_PLACES = frozenset(
    ("省", "市", "州", "盟", "县", "旗", "区", "乡", "镇", "街道", "社区", "村", "公社", "大队", "系统")
)
_WITHIN = re.compile("([省市县区旗乡村])[里上]")
"""县里, said of the place that the report is on."""
_WHOLE = re.compile(
    "(?:我们?|本|(?<![安健完周保齐俱占居列超到过比于])全)(国(?![人大内务有家产])|省(?!会)|市(?![长场政])|州|盟|县|旗|区(?!域)|乡(?![村镇])|镇|街道|社区|村|公社|大队|院(?![长士校])|校(?!长)"
    "|公司|集团|局(?![长面势部])|厂(?!长)|矿|所(?!有)|站(?!点)|系统)(?!委|第|平均|前列|先进|最|首|各地|性|劳|模|文明|优秀|重点|示范|百|十|五|人大|政协)"
)
_ENOUGH = 2
"""How often a report must speak so of its own place before it is known by that."""


def own_of(text: str, facts: Facts) -> str | None:
    """The place or institution that a report without a place calls its own, as a whole: 我院, 全村.

    >>> own_of("我院紧紧围绕目标。全院共接诊12万人次，我院新增病床。全县第一。", Facts()), own_of("我县", Facts(place="白石县"))
    ('我院', None)
    """
    if facts.place or facts.issuer:
        return None
    times = Counter(match[1] for match in _WHOLE.finditer(text))
    (most, often), *_ = times.most_common(1) or [("", 0)]
    if often < _ENOUGH:
        return None
    return f"全{most}" if most in _PLACES else f"我{most}"


def by_name(subject: str | None, facts: Facts) -> str | None:
    """The place that a report calls its own, by the name that the report gives it, else as a whole.

    >>> by_name("我县", Facts(place="白石县")), by_name("我镇", Facts(place="白石县")), by_name("我国", Facts())
    ('白石县', '全镇', '我国')
    """
    within = _WITHIN.fullmatch(subject or "")
    if within and (facts.place or "").endswith(within[1]):
        subject = f"我{within[1]}"
    match = _OURS.fullmatch(subject or "")
    if match is None:
        own = _OWN.fullmatch(subject or "")
        return facts.issuer if own and (facts.issuer or "").endswith(own[1]) else subject
    place = facts.place or ""
    return place if place.endswith(match[1]) and not set("XＸ×某*") & set(place) else f"全{match[1]}"
