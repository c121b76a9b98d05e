"""Names of people and things with what is done to them behind their number: 对|7名|党员干部给予批评教育."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_BEHIND = frozenset(("right", "prior", "carried", "unit", "verb_right", "topic"))
_TO = re.compile("[对给为][其这那]?(?:全[省市县区乡镇村])?[约近]?$")
_AND_PEOPLE = re.compile("[，、]?[0-9][0-9,.]*[余多]?万?[余多]?人")
"""What else is dealt with: 对|520户|、1300人进行慰问."""
_DEALT = re.compile(
    "(?P<who>[^，。；：、！？\n0-9]{0,24}?)(?:免费|依法|依规|依纪|分别|从严|严肃|及时|全部|均|已)*"
    "(?:(?:给予|予以|作出|进行|实施|实行|开展)了?|(?=判处|适用|宣告|提起|核准|指定|追缴|追回|减免|挽回))(?P<what>(?![一二两三四多全])[^，。；：！？\n0-9的了并后]{2,12})(?=[，。；！？\n0-9]|$)"
)
"""What is done to whom: 对|12家|企业开展安全检查."""
_MADE = re.compile("(?P<who>[一-龥]{1,8}?)为(?P<what>[一-龥“”]{3,12})(?=[，。；、\n]|$)")
_MAKES = re.compile(
    "(?P<verb>确定|确立|评定|评选|推荐|选举|增补|推选|命名|认定|聘[请任]|吸收|吸纳|列|选聘|选拔|培养)了?[约近]?$"
)
"""What makes somebody something: 确定|5名|青年为积极分子."""
_SOLVES = "解决"
_NEED = re.compile(
    "(?:[、和及]|[0-9][0-9.,]*[余多百千万]*(?:人|头|户|口|名|只|匹)(?:（只）)?|农村|农民|贫困|群众|人口|居民|学生|师生|村民|农户|大?牲畜|山区|的){0,9}?"
    "(?P<need>(?:人畜|安全)?(?:饮水|吃水|饮用水|用水|用电|行路|出行|住房|上学|就医|看病|温饱)(?:不?安全|困难|难)?)(?:的?问题)?(?=[，。；、,\n]|$)"
)
"""What is no longer lacking to so many: 解决|1.2万人、|3000头大牲畜的饮水困难."""
_MOST = 12
_NOUN_LAST = re.compile("^.*的")


def name_dealt_with(text: str, found: Sequence[Found]) -> None:
    """Name so many of a kind by what is done to them, where that stands behind their number."""
    people, dealt_with = None, ""
    for one in found:
        if people and one.quantity.end == people.end() and dealt_with:
            one.name = one.plain = dealt_with + "人数"
        if one.name == _SOLVES and (need := _NEED.match(text, one.quantity.end)):
            one.rename(_SOLVES + need["need"])
        if one.rule not in _BEHIND or one.change is not None or one.unit == "ratio" or not one.name:
            continue
        start, end = one.quantity.start, one.quantity.end
        before = text[max(one.left, start - 6) : start]
        if _TO.search(before):
            people = _AND_PEOPLE.match(text, end) if one.quantity.unit == "户" else None
            dealt_with = ""
            if dealt := _DEALT.match(text, people.end() if people else end):
                who = _NOUN_LAST.sub("", dealt["who"])
                dealt_with = dealt["what"] + (who if len(who) <= _MOST else "")
                one.name = one.plain = dealt_with if who or one.quantity.unit != "户" else f"{dealt_with}户数"
        elif (makes := _MAKES.search(before)) and (made := _MADE.match(text, end)):
            one.name = one.plain = f"{makes['verb']}{made['what']}"
