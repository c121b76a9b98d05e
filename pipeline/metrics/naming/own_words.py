"""Names with the words of their own clause that a tokeniser took for a time or an adverb: 预算|执行率, 年均|浓度, 每股|收益."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found

_BUDGET = re.compile(
    "[，；。、：（]?(?:其中|全[省市县区乡镇]|我[省市县区局])*(?P<said>(?:年初|年中|全年|本年|年度|调整)(?:调整)?(?:预算|追加|执行|决算)(?:数|资金)?|[预决]算数|执行数)"
    "(?:安排|共|为|达到?|约|是)*"
)
"""A clause that tells an amount of a budget and nothing else."""
_PLANNED = re.compile("[预决]算|追加|执行数")
_PLANS = re.compile("(?:预算|追加|执行|决算)(?:数|资金|安排)?$")
_THIS = re.compile("[这该此上]述?一?(?:比例|比重|占比|数字|指标|数据)")
"""A share that was told before: 将|这一比例|提到70%."""
_OF_ACCOUNT = re.compile("(?P<of>.*?(?:支出|收入|经费|资金))(?:年初|年中|全年|年度|调整)*(?:预算|决算)数?$")
"""An account of which the number before told an amount of the budget."""
_HELD = re.compile("[较比][上前去昨][一-龥]{0,3}[日天周旬月年季期末]")
"""What is compared with and no name: |较前一日|上涨1米."""
_LESS = re.compile(
    "(?:(?<=..)[比较])?(?:历史|上年|去年|前年|往年|常年|多年|历年|同期|平均值?|均值|水平)+[多少高低早晚短长][了出]?$"
)
"""By how much something is more or less than before, which names nothing: 雨日比|历史同期少|7天."""
_MORE_OR_LESS = frozenset("多少高低早晚短长了出")
_MORE_THAN = re.compile("(?:全[国省市县区州旗镇乡]|今年|全年|其中)*(?P<of>[一-龥]{2,10})[比较]$")
_PER_MONTH = re.compile("[下上本当次]$")
_THING = re.compile("(?P<noun>[一-龥]{1,8}?)(?=[，。、；\n和及]|$)")
_NEAR, _LONGEST_LINE = 9, 400


def name_in_own_words(text: str, found: Sequence[Found], words: NameWords) -> None:
    """Put back what is part of names and stands before them in their own clause, and take off what only points or speaks."""
    speakers = {said["who"] for said in words.speaker.finditer(text)} if "：" in text or ":" in text else set()
    for n, one in enumerate(found):
        if one.name:
            name = (
                _budgeted(text, one, found[n - 1] if n else None)
                or _with_front(text, one, words)
                or _pointed(text, found, n)
            )
            if speakers and not name:
                name = _unsaid(text, one, speakers)
            if not name and (_HELD.fullmatch(one.name) or _LESS.match(one.name)):
                name = _held_against(text, one) or (found[n - 1].plain if n else "")
            name = name or one.name
            one.name = _LESS.sub("", name) or name if name[-1] in _MORE_OR_LESS else name


def _held_against(text: str, one: Found) -> str:
    """What its own clause compares with something: |汛期|比常年少9天; else empty."""
    at = text.rfind(one.name, one.left, one.quantity.start)
    said = _MORE_THAN.fullmatch(text, one.left, at) if at > one.left else None
    return said["of"] if said else ""


def _budgeted(text: str, one: Found, before: Found | None) -> str:
    """An amount of a budget as its clause calls it: 年初预算|2164万元, where 预算 or what came before was its name; else empty."""
    start = one.quantity.start
    if one.unit != "money" or one.changes or not _PLANNED.search(text, one.left, start):
        return ""
    said = _BUDGET.fullmatch(text, one.left, start)
    if said is None or (said["said"] in one.name and said["said"] != one.name):
        return ""
    own = _PLANS.search(one.name)
    if one.rule == "left" and not (own and said["said"].endswith(own[0])):
        return ""
    of = _OF_ACCOUNT.match(before.name) if before is not None else None
    return (of["of"] if of else "") + said["said"]


def _with_front(text: str, one: Found, words: NameWords) -> str:
    """A name with what stands right before it, or before its last word, and belongs to it; else empty."""
    start, name = one.quantity.start, one.name
    mean = words.yearly_mean.search(text, one.left, start) if text.find("年均", one.left, start) >= 0 else None
    if mean and name.endswith(mean["of"]) and "均" not in name:
        return name.removesuffix(mean["of"]) + "年均" + mean["of"]
    at = text.rfind(name, one.left, start)
    if at < 0:
        return ""
    if name.startswith("月") and _PER_MONTH.search(text, max(0, at - 1), at):
        return name[1:]  # 下|月计划发电
    front = next(
        (front for front in words.front.finditer(text, max(0, at - _NEAR), at + len(name)) if front.end() == at), None
    )
    return front[0] + name if front else ""


def _pointed(text: str, found: Sequence[Found], n: int) -> str:
    """What a share is of that only points to the one told before; else empty."""
    one = found[n]
    if one.quantity.unit != "%" or not _THIS.fullmatch(one.name):
        return ""
    for before in found[max(0, n - 3) : n][::-1]:
        if before.quantity.unit == "%" and not before.changes:
            return before.name if "\n" not in text[before.quantity.end : one.quantity.start] else ""
    return ""


def _unsaid(text: str, one: Found, speakers: set[str]) -> str:
    """A name without the one who speaks, and with the noun behind its number: 局长：开工|14个|小区; else empty."""
    who = next((who for who in speakers if one.name.endswith(who)), "")
    if not who or text.find(who + "：", max(0, one.quantity.start - _LONGEST_LINE), one.quantity.start) < 0:
        return ""
    thing = _THING.match(text, one.quantity.end)
    does = one.name.removesuffix(who)
    return does + thing["noun"] if thing else does
