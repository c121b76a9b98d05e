"""The items of a list before 分别 where words do not tell them apart: bands of age, and a subject ahead of its frame."""

from __future__ import annotations

import re
from collections.abc import Sequence

_AGE = "(?:[0-9]{1,3}(?:周?岁)?(?:[-—–~～至到]{1,2}|及以下至))?[0-9]{1,3}周?岁(?:[（(]含[^（）()]{1,4}[）)])?(?:及?以[上下内]|之间)?"
_AND = "(?:、|以及|[和及与])"
_BANDS = re.compile(
    rf"(?:^|[，、；：。（\n]|其中[：，]?)(?P<lead>[^，、；：。（）\n0-9]{{0,14}})(?P<items>{_AGE}(?:的?[一-龥]{{0,8}}?{_AND}{_AGE}){{1,9}})的?(?P<tail>[一-龥]{{0,14}})$"
)
_BAND = re.compile(rf"(?P<band>{_AGE})的?(?P<own>[一-龥]{{0,8}}?)(?={_AND}|$)")
_EDGE = re.compile("^[中里的内]|(?:同比|[均都也各还已有]|全年|今年)+$|(?<=.)(?:年龄)?[在为](?=$)|中$")
_SHARE = re.compile("[各均约]*占")
_FRAME = re.compile("(?:在|按照?|根据|依据?|对照|从|按)[^：0-9]{2,20}|[^：0-9]{2,16}(?:情况|地区|条件|类型)下")
_WITHIN = re.compile("(?<=..)(?:[在于](?!校|建|册|岗|职|编|地)|从|到|按照?).*$")
_LEAD = re.compile("^(?:其中|今年|全年|到|至)+")
_MEASURE = re.compile("[一-龥]{1,}(?:[量率额值数积重比价产度]|收入|标准|水平|成本|投资)")
_DEALS = ("分别", "依次")
_FAR = 110


def items_told(text: str, begin: int, start: int, count: int) -> list[str]:
    """What `count` numbers from `start` on are dealt out to in the sentence that begins at `begin`; empty where words tell it.

    >>> items_told("18—35岁、36岁以上社员分别为4人", 0, 19, 2)
    ['18—35岁社员', '36岁以上社员']
    """
    said = text[max(begin, start - _FAR) : start]
    at = max(map(said.rfind, _DEALS))
    if at < 0:
        return []
    ahead, behind = said[:at], said[at + 2 :]
    if "岁" in ahead and (match := _BANDS.search(ahead)):
        bands = _bands(match, _SHARE.match(behind) is not None)
        return bands if len(bands) == count else []
    return [subject] * count if ahead[-1:] == "，" and (subject := _subject(ahead)) else []


def _bands(match: re.Match[str], shares: bool) -> list[str]:
    """Each band of a list with the noun that is told of it, or of them all: 18岁以下、60岁以上|党员."""
    tail = _EDGE.sub("", match["tail"]) or _EDGE.sub("", _EDGE.sub("", match["lead"]))
    if shares and "占" not in tail and "比重" not in tail:
        tail += "占比"
    found = list(_BAND.finditer(match["items"]))
    own = [one["own"] for one in found]
    return [
        one["band"] + (noun + ("占比" if shares else "") if noun else tail)
        for one, noun in zip(found, own, strict=True)
    ]


def _subject(ahead: str) -> str:
    """What is measured, told before the clauses that say where or when: 玉米亩产，在三类地块，|分别达到."""
    clauses: Sequence[str] = ahead[:-1].split("，")
    last = len(clauses)
    while last and _FRAME.fullmatch(clauses[last - 1]):
        last -= 1
    if last in (0, len(clauses)):
        return ""
    told = _LEAD.sub("", _WITHIN.sub("", clauses[last - 1].rpartition("：")[2]))
    named = _MEASURE.fullmatch(told) and not re.search("[、和及与]", told)
    return told.replace("的", "") if named else ""
