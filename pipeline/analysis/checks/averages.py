"""Averages against total and count, yields against area and output, balances against income and outlay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.analysis.checks.amounts import Amounts, Bounds
from pipeline.analysis.checks.wording import made, number
from pipeline.records import Check

_EACH = re.compile(
    r"(?:(?P<one>[人户村亩件家校场县镇乡班])均|平均每(?P<each>[人户村亩件家名个所场期批次套台吨株头只])次?|每(?P<all>[一-龥])平均)(?P<of>[一-龥]{0,8}?)(?:为|达到?|约|近)*$"
)
_OF_OTHER = re.compile("[收增减节产住]|面积|工资|GDP|生活|支出")
_AT_LEAST = re.compile("以上|不[低少]于|至少|超过?|突破")
_AT_MOST = re.compile("以[下内]|不超过?|不高于|至多")
_OTHER = re.compile("均|每")
_KINDS = ("补助", "补贴", "补偿", "奖励", "救助", "贷款", "保费", "工资", "报酬", "分红", "捐款", "罚款")
"""What money is given for, so that one is not the other."""
_WITH = re.compile("[惠受涉参共总及有为待]|^$")
"""What is said of those whom a total goes to, where they are named last: 惠及."""
_BREAK = re.compile("[；;]")
_COUNTED = {
    "户": ("户", "家"),
    "家": ("家", "户"),
    "人": ("人", "人次", "名"),
    "名": ("名", "人"),
    "村": ("村", "个"),
    "校": ("校", "所"),
}
_YIELD = re.compile("(?:亩产|单产)量?(?:为|达到?|约)*$")
_OUTPUT = re.compile("(?:总产量?|产量)(?:为|达到?|约)*$")
_REST = re.compile(
    "^(?:[当本年][年期末终度]|收支相抵|收支)*(?:结余|盈余|节余|节约|节支)(?:资金|经费)?(?:为|达到?|约)*$"
)
_YEARS = re.compile("([两二三四五六七八九十])年(?:来|间|里|共|累计)")
_A_YEAR = re.compile("(?:年均|平均每年)(?:[一-龥]{0,4}?)(?:为|达到?|约)*$")
_INCOME = re.compile("(?:收入|预算|概算)(?:完成|实现|共|为|达到?|约)*$")
_OUTLAY = re.compile("(?:支出|实际[一-龥]{2})(?:完成|实现|共|为|达到?|约)*$")


class Averages:
    """Checks of averages, yields and balances."""

    def check(self, amounts: Amounts) -> Iterator[Check]:
        """A check for each that stands in one sentence with the only two numbers that it can be reckoned from."""
        for at, gap in enumerate(amounts.gaps):
            if not amounts.counts[at]:
                continue
            if at and ("年均" in gap or "每年" in gap):
                yield from _yearly(amounts, at)
            if "均" in gap:
                yield from _average(amounts, at)
            if at < 2:
                continue
            if ("余" in gap or "节" in gap) and _REST.search(amounts.label(at)):
                yield from _balance(amounts, at)
            if "产" in gap:
                yield from _harvest(amounts, at)


def _average(amounts: Amounts, at: int) -> Iterator[Check]:
    """惠及脱贫户860户，发放3870万元，户均4.5万元."""
    match = _EACH.search(amounts.label(at))
    if match is None:
        return
    unit, of = match["one"] or match["each"] or match["all"], match["of"] if match["one"] else match["of"][-2:]
    for near in (amounts.sentence(at), amounts.around(at)):
        places = [n for n in near if n != at and amounts.counts[n] and not _OTHER.search(amounts.label(n))]
        places = [
            n for n in places if not _BREAK.search(amounts.text, amounts.ends[min(n, at)], amounts.starts[max(n, at)])
        ]
        totals = [n for n in places if amounts.alike(n, at) and not amounts.step(n)]
        if len(totals) > 1 and of:
            totals = [n for n in totals if of in amounts.gaps[n]] or totals
        if len(totals) > 1 and "其中" in amounts.gaps[totals[1]]:
            totals = totals[:1]
        units = _COUNTED.get(unit, (unit,))
        counts = [n for n in places if n not in totals and amounts.metrics[n].quantity.unit in units]
        if unit == "村":
            counts = [n for n in counts if "村" in amounts.tail(n) or "村" in amounts.label(n)]
        if len(totals) == 1 == len(counts):
            break
    else:
        return
    (total,), (count,) = totals, counts
    if _OF_OTHER.search(of) and of not in amounts.gaps[total] + amounts.gaps[count] + amounts.tail(count):
        return
    reckoned = amounts.bounds(total).over(_plain(amounts, count))
    if _is_open(amounts, at, reckoned):
        return
    if reckoned.meets(amounts.bounds(at)) or _of_one_thing(amounts, total, count, at, of):
        yield from _compared(amounts, total, count, at, reckoned, "/")


def _is_open(amounts: Amounts, at: int, reckoned: Bounds) -> bool:
    """Whether an average is told by a bound that the one reckoned keeps: 人均3000元以上."""
    said, words = amounts.bounds(at), amounts.label(at) + amounts.written(at)
    return (_AT_LEAST.search(words) is not None and reckoned.high >= said.low) or (
        _AT_MOST.search(words) is not None and reckoned.low <= said.high
    )


def _of_one_thing(amounts: Amounts, total: int, count: int, at: int, of: str) -> bool:
    """Whether total, count and average are surely of one thing.

    They are not where the average is called otherwise than the total (年均补助 … 补偿资金), nor where the count comes last,
    of people that do something else (总时长…，献血11人次).
    """
    named = of[-2:]
    if named in _KINDS and named not in amounts.gaps[total] and any(kind in amounts.gaps[total] for kind in _KINDS):
        return False
    return count < max(total, at) or _WITH.search(amounts.label(count)) is not None


def _yearly(amounts: Amounts, at: int) -> Iterator[Check]:
    """五年来，累计投入86亿元，年均17.2亿元."""
    before = [n for n in amounts.sentence(at) if amounts.alike(n, at) and amounts.counts[n]]
    if len(before) != 1 or not _A_YEAR.search(amounts.label(at)):
        return
    years = _YEARS.search(amounts.gaps[before[0]])
    if years is not None and not amounts.ratio(at):
        count = float("一二三四五六七八九十".index(years[1].replace("两", "二")) + 1)
        reckoned = amounts.bounds(before[0]).times(1 / count)
        yield from _compared(amounts, before[0], before[0], at, reckoned, f"/{years[1]}年")


def _harvest(amounts: Amounts, at: int) -> Iterator[Check]:
    """面积62.5万亩，亩产412公斤，总产25.75万吨, or the yield last."""
    kinds = (_YIELD, _OUTPUT) if _OUTPUT.search(amounts.label(at)) else (_OUTPUT, _YIELD)
    if not kinds[1].search(amounts.label(at)):
        return
    before = [n for n in amounts.sentence(at) if amounts.counts[n] and not amounts.step(n)]
    others = [n for n in before if kinds[0].search(amounts.label(n)) and amounts.alike(n, at)]
    areas = [n for n in before if amounts.metrics[n].quantity.unit == "亩"]
    if len(others) != 1 or len(areas) != 1:
        return
    (other,), (area,) = others, areas
    acres = _plain(amounts, area)
    if kinds[1] is _YIELD:
        yield from _compared(amounts, other, area, at, amounts.bounds(other).over(acres), "/")
    else:
        each = amounts.bounds(other)
        output = Bounds(each.low * acres.low, each.high * acres.high)
        yield from _compared(amounts, other, area, at, output, "×")


def _balance(amounts: Amounts, at: int) -> Iterator[Check]:
    """收入5.68亿元，支出5.12亿元，结余0.56亿元."""
    before = [n for n in amounts.sentence(at) if amounts.alike(n, at) and amounts.counts[n] and not amounts.step(n)]
    if len(before) != 2 or not _INCOME.search(amounts.label(before[0])) or not _OUTLAY.search(amounts.label(before[1])):
        return
    income, outlay = before
    difference = amounts.bounds(income).minus(amounts.bounds(outlay))
    yield from _compared(amounts, income, outlay, at, difference, "−")


def _plain(amounts: Amounts, at: int) -> Bounds:
    """What a number may mean, in the unit that is written."""
    return amounts.bounds(at).times(1 / amounts.scale(at))


def _compared(amounts: Amounts, one: int, other: int, at: int, reckoned: Bounds, sign: str) -> Iterator[Check]:
    said = amounts.bounds(at)
    holds = reckoned.meets(said)
    if not holds and not reckoned.near(said):
        return
    middle = number(round((reckoned.low + reckoned.high) / 2 / amounts.scale(at), 2))
    unit = amounts.metrics[at].quantity.unit
    divisor = "" if one == other else amounts.written(other)
    detail = (
        f"{amounts.written(one)}{sign}{divisor}={middle}{unit} {'=' if holds else '≠'} "
        f"{amounts.label(at)[-6:]}{amounts.written(at)}"
    )
    yield made(amounts, sorted({one, other, at}), "average_of_total", holds, detail)
