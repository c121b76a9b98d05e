"""Whom headings name: 全县 of 推进全县绿化, and the place or organ by whose name alone one goes, （一）东港镇."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.metrics.page.bodies import Bodies
from pipeline.records import Section

_BUDGET = re.compile("中央(?=一般公共预算|政府性基金|国有资本经营|财政)")
"""Whose budget a heading tells of, where it is that of no place: 2.中央一般公共预算."""
_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]*")
_AROUND = "【】：: 　"
_LONGEST = 12
_ORGAN = re.compile(
    "(?:[省市州盟县区旗乡镇村]|[一-龥]{2,6}[省市州盟县区旗乡镇村])(?:直属?)?[一-龥]{1,10}(?:局|厅|办|委|办公室|委员会|政府|中心|法院|检察院|总工会|妇联|残联|工商联|支队|大队)"
    "|(?!整[顿治]|[建办抓管做][好强优]|[创组新改扩]建|推进|加强|加快|扶持|改造|改善)"
    "[一-龥]{2,9}(?:公司|集团|合作社|[小中大]学|学院|幼儿园|医院|卫生院|派出所|党?支部)"
)
"""An organ of a place or level, 县教育局, or an institution by name, 长青小学."""


def above(outline: Sequence[Section], section_id: int) -> Iterator[Section]:
    """A section and those that it stands in, from the nearest."""
    node: Section | None = outline[section_id]
    while node is not None:
        yield node
        node = outline[node.parent_id] if node.parent_id is not None else None


def subject_of(heading: str, bodies: Bodies) -> str | None:
    """The subject that a heading names."""
    match = bodies.whole.search(heading) or _BUDGET.search(heading)
    if match:
        return match[0]
    bare = _bare(heading)
    return bare if len(bare) <= _LONGEST and bodies.body(bare) else None


def headed_by(outline: Sequence[Section], section_id: int, issuer: str, bodies: Bodies) -> str | None:
    """The place or organ by whose name the nearest heading goes that names any; what stands under it is said of it.

    The organ that gives the report may stand by its name below the title, and heads nothing.
    """
    for node in above(outline, section_id):
        name = _bare(node.heading).rstrip("。")
        if node.level and _is_one(name, bodies):
            return name if name != issuer else None
        if bodies.whole.search(node.heading):
            return None
    return None


def _bare(heading: str) -> str:
    """A heading without its number and marks."""
    return _NUMBER.sub("", heading).strip(_AROUND)


def _is_one(name: str, bodies: Bodies) -> bool:
    """Whether a name is that of one place or organ, and of no kind of them."""
    told = len(name) <= _LONGEST and (bodies.is_named_place(name) or _ORGAN.fullmatch(name) is not None)
    return told and not (bodies.is_any_place(name) or bodies.deed.match(name))
