"""Names that were put together with a neighbour's, and what is so much of each of those just told: 租赁4家、|拍卖8家, 资助学生86人，人均|2000元."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import ONWARD, Found

_RANKS = re.compile(
    "(?P<level>国家级?|中央|[省市州县区乡镇]级|市县级?|省市级?|地方级?)|(?P<rank>[特一二三四五六甲乙丙丁][级等类]|[特一二三四五]星级)"
)
"""Ranks of which a thing has one only: 一级水库3座、|二级2座."""
_RANK_ENDS, _OWN = frozenset("级等类央县市方"), ("carried", "topic", "left")
_MARKS = re.compile("^[，,、；;（(和及与]*(?:其中|另有)?")
_IS = re.compile("(?:达到?|为|有|共)*$")
_WORD = re.compile("[一-龥]{2,5}")
_RATE = re.compile(
    "(?P<of>[一-龥]{2,10}?)(?P<rate>(?:接种|参保|入学|入园|普及|覆盖|检出|成活|发病|死亡|治愈|发芽|出勤|检疫|免疫|通达|改造|养殖|自给|机械化)率)"
)
"""A rate of one thing, of which the next are only named: 卡介苗接种率99.6%，|脊灰98.9%."""
_NO_THING = re.compile("[率比占重额量数]|优|良|及格|合格|满意|分别|^(?:其中|全|同|较|共|达|均|已)|[增降升减]")
_AMONG = re.compile("[，；（]其中")
_EACH = re.compile("[，、；]?(?:平均|其中)?(?P<each>[人户村]均|每[人户名村生])(?:发放|补助|资助|达到?|为|约)?")
_GIVES = re.compile("资助|救助|慰问|补助|奖励|补贴|帮扶|培训|援助")
_SUM = re.compile("金|补贴|款|费")
_OF_DAY = re.compile("每[天日月年]|每学[年期]")
_PER = ("每生", "每人", "每户", "每名")
_PER_PUPIL = re.compile("每[生人户名](?:每[天日月年]|每学[年期])?(?=惠及|受益|覆盖)")
_PUT_IN = re.compile(
    "[，,；;、]?(?:其中)?(?:目前|现|现已|今年|当年|年内|截至[^，。；]{1,6}|至今|已|累计|实际|共)*(?:完成|投入|到位)了?"
)
"""That so much of an investment is done: 总投资5亿元，|已完成2.7亿元."""
_INVESTED = re.compile("(?:计划|概算|预计)?总?投资额?$")
_PLACES = re.compile(
    "县(?:[（(]区[)）]|[（(]市、?区[)）])|县市、?区|乡(?:[（(]镇[)）])|镇(?:[（(]街道?[)）])|乡镇[（(]街道[)）]"
)
_REACHES = re.compile("(?:共计?|累计|合计|总共|实现|完成|达到?|超过?|突破|为|均|全部)+$")
_WORDS = re.compile("[一-龥]{3,12}")
_MEAN = re.compile("[^均]{0,8}?[人户村亩员校]均")
_DONE = re.compile(
    "(?:新|共|依法|旧存)?(?:受理|收案|新收|审结|办结|结案|执结|审执结|审理|立案|破案|调解|调撤|起诉|批捕|接待|化解|答复|办理|查处|检查|接诊|收治)[一-龥]{0,6}"
)
"""What is done to things that are counted in all."""
_NEAREST = 4
_LONGEST = 14
_RANK_OF = re.compile("(?:市|县|区|省|乡镇|镇|州|地市)?中?(?:位?居|列|排名?|位列)$")
"""What stands behind the number of those ranked: 在9市|中居第一位."""


def name_neighbours(text: str, found: Sequence[Found]) -> None:
    """Name by themselves numbers that were named with the one before, and means by what they are means of."""
    wrong = right = rate = ""
    for n, one in enumerate(found):
        name = one.name
        if one.takes_over(wrong, right):
            continue
        wrong = right = ""
        if not name or one.changes:
            continue
        if _PLACES.match(text, one.quantity.end) or text.startswith(name, one.quantity.end):
            _place(text, found, n)
        if name.endswith(_PER) and (
            per := _OF_DAY.search(text, max(one.left, one.quantity.start - 4), one.quantity.start)
        ):
            wrong, right = name, name + per[0]
            one.rename(right)
        if not n or right:
            continue
        new, rate = _in_row(text, one, found[n - 1], rate)
        new = new or _by_itself(text, found, n) or _each(text, one, found[n - 1]) or _put_in(text, one, found[n - 1])
        new = new or _no_mean(text, found, n)
        if new and new != name:
            wrong, right = name, new
            one.rename(new)


def _said(text: str, one: Found, before: Found) -> str:
    """What stands between two numbers, without marks and light words."""
    begin = before.quantity.end
    if one.quantity.start - begin > _LONGEST:
        return ""
    return _IS.sub("", _MARKS.sub("", text[begin : one.quantity.start]))


def _in_row(text: str, one: Found, before: Found, rate: str) -> tuple[str, str]:
    """The name of the next of some things of which a rate is told, and that rate; empty without one."""
    if one.quantity.unit != "%" or before.quantity.unit != "%" or before.changes:
        return "", ""
    told = _RATE.fullmatch(before.name)
    rate = told["rate"] if told and text.endswith(before.name, 0, before.quantity.start) else rate
    own = _said(text, one, before) if rate else ""
    if one.name.startswith(own) and one.name.endswith("率") and len(one.name) - len(own) <= len(rate) + 1:
        return "", rate  # 学前二年毛入园率
    if not _WORD.fullmatch(own) or _NO_THING.search(own) or own not in (one.name[: len(own)], one.name[-len(own) :]):
        return "", ""
    return own + rate, rate


def _by_itself(text: str, found: Sequence[Found], n: int) -> str:
    """The name of a number that was put before the one it stands beside; else empty."""
    one, before = found[n], found[n - 1]
    if one.rule != "left_carried" and (one.rule not in _OWN or text[one.quantity.start - 1] not in _RANK_ENDS):
        return ""
    own = _said(text, one, before)
    if not own or (one.unit == "ratio") != (before.unit == "ratio"):
        return ""
    if mine := _RANKS.fullmatch(own):
        rest = one.name.removeprefix(own)
        other = _RANKS.match(rest)
        alike = other is not None and mine.lastgroup == other.lastgroup and len(rest) > other.end()
        if other and alike and (rest != one.name or one.rule in ("carried", "topic")):
            return own + rest[other.end() :].removeprefix("的")
        return ""
    if n < 2 or one.rule != "left_carried" or one.quantity.unit != before.quantity.unit:
        return ""
    first = found[n - 2]
    if one.name == own + before.plain and first.quantity.unit == one.quantity.unit:
        marks = text[before.quantity.end], text[first.quantity.end]
        alone = _said(text, before, first) == before.plain and first.name != before.name
        return own if marks == ("、", "、") and alone and _WORD.fullmatch(own) else ""
    if (
        _AMONG.match(text, before.quantity.end)
        and first.quantity.unit == one.quantity.unit
        and text[first.quantity.end] == "、"
    ):
        earlier = first.plain.removeprefix(first.verb)
        return (
            own + before.plain.removeprefix(before.verb)
            if one.name == own + earlier and earlier != before.plain
            else ""
        )
    return ""


def _each(text: str, one: Found, before: Found) -> str:
    """What is so much of each: 资助学生86人，人均|2000元; what all of them are, without it: 每生每天4元，惠及|3万人."""
    start, name = one.quantity.start, one.name
    if "每" in name and one.unit == "people":
        return _PER_PUPIL.sub("", name)
    if before.unit != "people" or before.changes or one.unit == "people":
        return ""
    each = _EACH.fullmatch(text, before.quantity.end, start)
    if each is None:
        return ""
    gives = _GIVES.search(before.plain)
    if gives is None or _SUM.search(name) or not (name.endswith(each["each"]) or name.startswith(each["each"])):
        return ""
    if gives[0] == "慰问" and name == before.plain + each["each"]:
        return ""
    return before.plain[gives.end() :] + each["each"] + gives[0]


def _no_mean(text: str, found: Sequence[Found], n: int) -> str:
    """What is counted in all behind a mean: 法官人均结案286件，其中中院受理|5218件; else empty."""
    one = found[n]
    clause = text[one.left : one.quantity.start]
    if one.rule not in ("left_carried", "carried_left") or one.unit == "ratio" or "均" in clause:
        return ""
    for before in reversed(found[max(0, n - _NEAREST) : n]):
        if (mean := _MEAN.match(before.plain)) is None:
            continue
        own = one.name.removesuffix(before.plain)
        own = own if own != one.name else one.name.removeprefix(mean[0])
        return own if own in clause and _DONE.fullmatch(own) else ""
    return ""


def _put_in(text: str, one: Found, before: Found) -> str:
    """What was put in of an investment just told: 总投资5亿元的公司，已完成|2.7亿元; else empty."""
    if (
        one.name != before.name
        or one.quantity.unit[-1:] != before.quantity.unit[-1:]
        or not one.rule.startswith(ONWARD)
    ):
        return ""
    invested = _INVESTED.search(one.name)
    if invested is None or not _PUT_IN.fullmatch(_MARKS.sub("", text[one.left : one.quantity.start])):
        return ""
    return one.name[: invested.start()] + "完成投资"


def _place(text: str, found: Sequence[Found], n: int) -> None:
    """Name so many places by themselves, and by what is told of them right behind: 6个|县（区）|财政收入完成8亿元."""
    one = found[n]
    end = one.quantity.end
    if one.rule == "right" and _RANK_OF.fullmatch(one.name):
        one.rename(one.quantity.unit)
        return
    place = _PLACES.match(text, end)
    if place is None or not one.name.startswith(place[0][0]):
        return
    then = found[n + 1] if n + 1 < len(found) else None
    told = (
        _REACHES.sub("", text[place.end() : then.quantity.start]) if then is not None and then.unit == "money" else ""
    )
    if (
        then is not None
        and _WORDS.fullmatch(told)
        and len(then.name) > 1
        and (told.startswith(then.name[:2]) or then.name == place[0] + told)
    ):
        then.rename(told)
    one.rename(place[0])
