"""Names of parts of a group by a trait alone, with the group: 发展党员86名，其中研究生学历9名、占10%，女性|31名 are 女性发展党员."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

TRAIT = (
    "(?:男|女)性?|妇女|少数民族|汉族|党外|非党|中共|[0-9]{1,2}(?:[-—–~～至到]{1,2}[0-9]{1,2})?周?岁(?:[及（(]?含?[）)]?以?[上下])?(?:的?年轻)?"
    "|(?:初中|高中|中专|大专|专科|本科|大学|研究生|硕士|博士)(?:生|研究生)?(?:[及、]?(?:以[上下]|同等))?(?:学[历位]|文化程度|文化)"
    "|(?:初中|高中|中专|大专|专科|本科|大学|研究生|硕士|博士)(?:及以[上下])"
    "|(?:[正副]?高级|中级|初级|[正副]高)(?:及以上)?(?:专业技术)?职称"
    "|(?:厅局|县处|乡科|正厅|副厅|正处|副处|正科|副科|处|科|股)级(?:及以[上下])?"
)
"""What some of a group are, and no noun of their own."""
_SAID = re.compile(
    f"[，、；,;（(和及]*(?:其中|另有)?[，：:]?(?P<trait>{TRAIT})的?(?:有|为|共|达到?|分别为?|约|近|超过?)*"
)
_GROUP = re.compile(
    "[一-龥“”]{2,14}(?:党员|干部|教师|职工|员工|公务员|代表|委员|人才|学员|人员|医师|医生|护士|民警|辅警|积极分子|发展对象|对象|队员|委员|书记|骨干|教职工|专家|村医|选调生|志愿者)"
    "|党员|干部|教师|职工|员工|学员|公务员|教职工|民警|医师|护士|代表|委员"
)
"""A group of people by what they are."""
_CHOSEN = re.compile("^(?:选举产生|选举|选出|产生|现有|共有|在册)+(?=..)")
_SHARE, _ALL = "占比", "总人口"
_FAR = 60


def name_traits(text: str, found: Sequence[Found]) -> None:
    """Name the parts of a group that a trait tells apart, and their shares, with the group."""
    group = last_group = wrong = trait = right = ""
    last = 0
    for one in found:
        start, name = one.quantity.start, one.name
        between = text[last:start]
        among = "其中" in between
        if "\n" in between or len(between) > _FAR or ("。" in between and not between[1:].startswith("其中")):
            group = last_group = ""
        last = one.quantity.end
        if one.unit == "ratio" or one.changes:
            if right and name in (wrong + _SHARE, trait + _SHARE):
                one.rename(right + _SHARE)
            continue
        trait = right = ""
        if one.unit != "people":
            group = last_group = ""
            continue
        group = last_group if among else group
        said = _SAID.fullmatch(between.lstrip("。"))
        if said is None:
            last_group = _CHOSEN.sub("", name) if _GROUP.fullmatch(name) else ""
        elif group and name.startswith(said["trait"]):
            wrong, trait, right = name, said["trait"], name if name.endswith(group[-2:]) else said["trait"] + group
            one.name = one.plain = right
        elif name == said["trait"] + _ALL:
            wrong, trait, right = name, said["trait"], said["trait"] + "人口"
            one.name = one.plain = right
