"""Institutions that a paragraph, or the whole of a text, presents: 白石县长青小学成立于1986年，…现有教职工93人."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from pipeline.language.widths import among, places_of
from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.found import Found

_NAME = (
    "(?P<name>(?:[一-龥]|（[一-龥]{1,6}）|“[^“”，。\n]{1,8}”){3,24}?"
    "(?:医院|卫生院|保健院|学校|[小中大]学|学院|幼儿园|党校|少年宫|职业教育中心|[图书美术博物文化展览纪念]{2}馆|敬老院|福利院|养老院"
    "|研究[院所]|公司|集团|协会|商会|学会|合作社|家庭农场|林场|水库|[一-龥]厂))"
)
_PRESENTED = re.compile(
    rf"(?:^|(?<=[\n。]))[ \u3000]*(?:[（(]?[0-9一二三四五六七八九十]{{1,2}}[）)、.．])?[ \u3000]*{_NAME}"
    "(?:、[^，。\n、]{4,16})?(?:[（(][^（）()\n]{1,20}[）)])?(?:正式)?(?:成立于|成立[。，；]|创[建办]于|始建于|建[成立校]?于|组建于|，?(?:[位座坐]落|位于|地处)"
    "|，?(?:为|是|系)(?:一[所家个]|[^，。；]{0,16}(?:医院|学校|企业|单位|机构|公司|[小中大]学|园|校|厂)(?=[，。；]))|占地[0-9面约])"
)
"""What a paragraph or a sentence begins with that tells what an institution is, and since when, and where."""
_MAY_END, _MAY_FOLLOW = among("院校学园宫心馆所司团会社场库厂"), frozenset("、（(正成创始建组，位座坐地为是系占")
"""The last character of such a name, and what it may go on with."""
_LONGEST = 120
"""Characters from the head of a sentence to the end of the name that it begins with, at most."""
_TITLE = re.compile(rf"\s*(?:[^\n]{{0,40}}(?:——?|--|[：:]))?{_NAME}(?P<what>简介|概况|简况|基本情况|介绍)?[ \u3000]*\n")
"""The title of a text that is the name of an institution."""
_SCHOOL = re.compile("[一-龥]{2,6}?[省市县区州旗].*(?:医院|学校|[小中大]学|学院|幼儿园|党校|少年宫)$")
"""A school or hospital of a place by name."""
_ENDS = re.compile(r"\n|[，。；：](?=全[省市州盟县旗乡镇村](?![党委校院]))")
_NO_NAME = re.compile("^(?:全|各|我|本|该|新|原|其|这|每|目前|我们|挂牌|引进|推动|支持|依托|联合)|[和与及](?=.{0,3}$)")


class Profile:
    """Where a text presents an institution, and which."""

    def __init__(self, text: str, bodies: Bodies) -> None:
        self._starts, self._ends, self._names = list[int](), list[int](), list[str]()
        title = _TITLE.match(text)
        self._whole = title["name"] if title and _is_title(text, title) and _is_name(title["name"], bodies) else None
        presented = [match for match in _presented(text) if _is_name(match["name"], bodies)]
        ends = [end.start() for end in _ENDS.finditer(text)] if presented else []
        for match in presented:
            end = bisect_left(ends, match.end())
            self._starts.append(match.start("name"))
            self._ends.append(ends[end] if end < len(ends) else len(text))
            self._names.append(match["name"])

    def at(self, place: int) -> str | None:
        """The institution that is presented at a place."""
        last = bisect_right(self._starts, place) - 1
        return self._names[last] if last >= 0 and place < self._ends[last] else self._whole


def _presented(text: str) -> Iterator[re.Match[str]]:
    """The institutions that sentences begin with and present, looked for where a name may end."""
    done, tried = 0, -1
    for at in places_of(text, _MAY_END):
        if at < done or text[at + 1 : at + 2] not in _MAY_FOLLOW:
            continue
        first = max(done, at - _LONGEST)
        start = max(text.rfind("\n", first, at), text.rfind("。", first, at)) + 1 or first
        if start != tried and (match := _PRESENTED.match(text, start)):
            done = match.end()
            yield match
        tried = start


def _is_title(text: str, match: re.Match[str]) -> bool:
    """Whether a title is the name of an institution, and no headline that ends in one: its words come again in the text."""
    name = match["name"]
    return match["what"] is not None or _SCHOOL.match(name) is not None or text.find(name, match.end()) >= 0


def _is_name(name: str, bodies: Bodies) -> bool:
    return not (_NO_NAME.search(name) or bodies.is_any_place(name) or bodies.deed.match(name))


def profiles_of(text: str, found: Sequence[Found], bodies: Bodies) -> list[str | None]:
    """The institution that is presented where each number stands; None for most."""
    profile = Profile(text, bodies)
    return [profile.at(one.quantity.start) for one in found]
