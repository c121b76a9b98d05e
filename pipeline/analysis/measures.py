"""What kind of measure a metric is to a panel: a level, a change over a year or over several, a gap, a share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.language.each import of_each
from pipeline.language.periods import year_of
from pipeline.language.starts import is_first

RATIOS = frozenset({"ratio", "ratio_point"})

_SPANS = ("", "average_", "cumulative_")
MEASURES = (
    *(span + kind for span in _SPANS for kind in ("level", "growth", "change")),
    "growth_change",
    "gap",
    "share",
    "multiple",
)

_THEN = r"(?:上年|去年|[上去]年?同期|同期|往年|上半年|[前上][一个]?[月季]|[一二三]季度|(?:19|20)\d\d年|“?[一二三四五六七八九十]{1,2}五)"
_GAP = re.compile(rf"([高低快慢多少])[于出](?!{_THEN})[^，。；、0-9]{{0,12}}$")
_OVER_PLAN = re.compile(r"(?<!完成)超[出过额]?[^，。；、0-9]{0,8}(?:预算|计划|任务|目标|进度|指标|定额)数?$")
_THAN_THEN = re.compile(rf"([高低快慢多少])于{_THEN}[^，。；、]{{0,8}}$")
"""More or less than at another time, which is a change (快于上年同期); 于 before a place is a gap."""
_RATE = "增速|增幅|涨幅|降幅|跌幅|降速|增长率|增长速度"
_OF_RATE = re.compile(rf"(?:{_RATE})[^，；：。、%]*$")
_RATE_ROSE = re.compile(rf"(?:{_RATE})[^，；：。、%]*(?:提高|提升|加快|回落|放缓|减缓|收窄|缩小|扩大)了?$")
_OF_FALL = re.compile(r"(?:降幅|跌幅|降速)[^，；：。、%]*$")
_BELOW = frozenset("低慢少")
_AVERAGE = re.compile(r"年均|平均每年|年平均|每年|逐年")
_COUNT = r"(?:[两二三四五六七八九]|十[一二三四五六七八九]?|二十|[2-9]|[12][0-9])年"
_YEARS = (
    rf"(?:过去|今后|未来|[这近前])(?:的)?{_COUNT}(?!行动|计划|规划)"
    rf"|(?<!连续)(?<![第0-9〇零○一二三四五六七八九十]){_COUNT}(?:来|间|内|累计|共|，|(?=[^，。；倍]{{0,6}}(?:[增升降减]|提高|扩大)))"
    r"|[比较][“\"]?[一二三四六七八九十]{1,2}五|[一二三四六七八九十]五[”\"]?(?:时期|期间|以来)"
)
"""Words for several years that a number sums up: 五年来, 这五年, “十四五”期间, 比“八五”时期."""
_ONE_YEAR = r"今年|去年|上年|当年|本年|全年|同比|(?:19|20)\d\d年|[一二][〇零○九][〇零○一二三四五六七八九]{2}年"
_YEAR_BEFORE = re.compile(r"同比|[比较与同][上去]年")
_TIMES = re.compile(f"(?P<several>{_YEARS})|{_ONE_YEAR}")
_PARTS = re.compile(r"[，；：].*[^，；：](?:、|[和与及])[^，；：]*分别[^，；：]*$")
"""Behind the name of a whole, a list of other things of which numbers are said: ，其中一、二、三产分别增长."""
_NUMBERED = re.compile(r"[一二三四五][、，和]第?$")
"""Before a name, what tells that it is the last of a numbered list: 一、二、三产 (the name is 三产)."""
_VERB = re.compile(r"[增减升降涨]|提高|扩大|多|少")


def measure_of(m: Mapping[str, Any], rate: bool, flow: bool, year: int | None) -> str:
    """The measure of a metric whose period is in `year` (None where it spans several, or none is known).

    `rate` tells that the level of its indicator is a percentage (城镇化率), `flow` that it counts what was added (新增就业).
    """
    if gap_of(m):
        return "gap"
    if m["dimension"] == "multiple":
        return "multiple"
    if not rate and _is_of_growth(m):
        return "growth_change"
    ratio = m["dimension"] in RATIOS and not rate
    changes = m["change"] != "level" and not (flow and not ratio and not _VERB.search(_behind_name(m)))
    changes = changes or bool(_THAN_THEN.search(_before(m)))
    if ratio and not changes and not m["indicator"] and not m["change_basis"]:
        return "share"
    grows = ratio and m["dimension"] == "ratio"
    return _span(m, changes or ratio or flow, year) + ("growth" if grows else "change" if changes or ratio else "level")


def falls(m: Mapping[str, Any], measure: str) -> bool:
    """Whether a panel has a number as negative: a fall, a gap below, a growth that slowed down or a fall that grew."""
    if measure == "gap":
        return gap_of(m) in _BELOW
    than = _THAN_THEN.search(_before(m))
    down = than[1] in _BELOW if than else m["change"] == "decrease"
    if "growth" in measure and (_OF_FALL.search(m["name"]) or _OF_FALL.search(_before(m))):
        return not down if measure == "growth_change" else True
    return down and "level" not in measure


def _is_of_growth(m: Mapping[str, Any]) -> bool:
    """Whether a number tells by how much a rate of growth itself rose or fell: 增速回落2.3个百分点."""
    if m["dimension"] == "ratio_point":
        return bool(m["indicator"] or _OF_RATE.search(m["name"]) or _OF_RATE.search(_before(m)))
    return m["dimension"] == "ratio" and bool(_RATE_ROSE.search(_before(m)))


def gap_of(m: Mapping[str, Any]) -> str:
    """How a number compares with another place (高, 低 …), by its name or the words before it; empty where it does not."""
    for words in (m["name"], _before(m)):
        if m["change"] == "level" and (found := _GAP.search(words)):
            return found[1]
    return "多" if m["change"] == "level" and _OVER_PLAN.search(m["name"]) else ""


def is_of_parts(m: Mapping[str, Any]) -> bool:
    """Whether a number is said of the items of a list and not of what the record names, the whole or the last item."""
    before, name, behind = _before(m).rpartition(m["name"])
    return bool(name) and "分别" in behind and bool(_PARTS.search(behind) or _NUMBERED.search(before))


def is_start(m: Mapping[str, Any]) -> bool:
    """Whether a level is the one that another rose or fell from at a time that nothing tells: 由46亿元增加到92亿元."""
    return m["change"] == "level" and m["period"] is None and is_first(m["sentence"], len(_before(m)))


def is_of_each(m: Mapping[str, Any]) -> bool:
    """Whether a number without a code is one of each month, branch … (平均每个支部4次), and not of the whole."""
    return m["indicator"] is None and m["dimension"] not in RATIOS and of_each(_before(m), m["name"])


def _span(m: Mapping[str, Any], sums: bool, year: int | None) -> str:
    """Whether a number is the mean of years, or sums up several; what does not sum (`sums` is false) has its own time."""
    before, basis = _before(m), m["change_basis"] or ""
    clause = re.split("[，；：]", before)[-1]
    if _AVERAGE.search(basis) or _AVERAGE.search(clause):
        return "average_"
    if not sums or _YEAR_BEFORE.match(basis):
        return ""
    if (base := year_of(basis[1:], None)) is not None:
        return "cumulative_" if year is None or year - base > 1 else ""
    begins, ends = m["period_start"], m["period_end"]
    if begins is not None and ends is not None and begins.year != ends.year:
        return "cumulative_"
    *_, last = (None, *_TIMES.finditer(before))
    return "cumulative_" if (last["several"] if last else "累计" in clause) else ""


def _before(m: Mapping[str, Any]) -> str:
    return str(m["sentence"].partition(m["quantity"])[0])


def _behind_name(m: Mapping[str, Any]) -> str:
    """The words between the name of a metric and its number; empty where the name is put together."""
    _, name, behind = _before(m).rpartition(m["name"])
    return behind if name else ""
