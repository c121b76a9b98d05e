"""Names of parts of a group by a trait alone, with the group: 发展党员86名，其中研究生学历9名、占10%，女性|31名 are 女性发展党员."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found

_SHARE, _ALL = "占比", "总人口"
_FAR = 60


def name_traits(text: str, found: Sequence[Found], words: NameWords) -> None:
    """Name the parts of a group that a trait tells apart, and their shares, with the group."""
    group = last_group = sibling = wrong = trait = right = own = ""
    told: list[str] = []  # the traits before one, in a row
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
        said = words.trait.fullmatch(between.lstrip("。"))
        told = [*told[-3:], own] if said and own else []
        own = said["trait"] if said else ""
        if said is None:
            last_group, sibling = words.chosen.sub("", name) if words.group.fullmatch(name) else "", one.plain
        elif group and name.startswith(said["trait"]):
            beside = sibling != group and name == own + sibling  # 女党员13名，60岁以上|24名
            kept = name.endswith(group[-2:]) and not beside
            wrong, trait, right = name, said["trait"], name if kept else said["trait"] + group
            one.name = one.plain = right
        elif one.rule == "left_carried" and _of_sibling(name, own, told):
            wrong, trait, right = name, said["trait"], said["trait"] + group
            one.name = one.plain = right
        elif name == said["trait"] + _ALL:
            wrong, trait, right = name, said["trait"], said["trait"] + "人口"
            one.name = one.plain = right


def _of_sibling(name: str, trait: str, told: Sequence[str]) -> bool:
    """Whether a trait was put before one of those told before it: 正高3人，副高|8人，硕士学历|5人."""
    return name != trait and any(name in (trait + one, trait[0] + one) for one in told)
