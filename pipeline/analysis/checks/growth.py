"""Growth against its own two levels: 由100增加到120，增长20%; 比去年的100增长20%; 增加20，增长20%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.analysis.checks.amounts import Amounts, Bounds
from pipeline.analysis.checks.contrasts import Words
from pipeline.analysis.checks.wording import made, number
from pipeline.records import Check

_UP = r"(?:增长|增加|增收|增产|上升|提高|提升|扩大|攀升|发展|跃升|[增升涨扩提](?=[为到至])|增至|增到|升至|升到|上涨|上调|壮大|扩充|扩展|延长|拉长|回升)"
_DOWN = r"(?:[降减缩压](?=[为到至])|减少|减收|减产|下降|降低|降至|降到|压减|缩短|压缩|缩减|减至|减到|回落|下调|调减|压降|精简|裁减|缩小|收窄|递减)"
_YEAR = (
    r"(?:去年|上年|前年|上一年|上届|上月|上季度?|上半年|上期|同期|基期|年初|[一二三四五六七八九十两]年前|(?:19|20)\d\d年|[“\"]?十[一二三四五]?五[”\"]?)"
    r"(?:度|末|底|同期|时期|初)*"
)
_SINCE = (
    rf"(?:同比|环比|[比较]{_YEAR}|[比较](?:预算|计划|目标|任务)|[一二三四五六七八九十两]年(?:来|间)?|期间|一年来|当年|本年|年内|今年|全年|每[月人户亩]|累计|总共|共计|共|净|总体|实际"
    r"|规模|总量|总额|总数|数量|新(?=增)|多(?=增))*"
)
_FROM = re.compile(r"(?:由|从)[^，,。；;：:\n由从]{0,14}$")
_TO = re.compile(
    rf"^[^，,。；;：:\n、]{{0,8}}?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))[^，,。；;：:\n、\d]{{0,6}}?(?:到|至|为)?"
    rf"(?:{_YEAR}的?)?[^，,。；;：:\n、\d]{{0,6}}$"
)
_CHANGE = re.compile(
    rf"^[^，,。；;：:\n]{{0,4}}[，,、（(]?{_SINCE}"
    rf"(?:(?P<up>{_UP}|增幅|增速|涨幅|多[一-龥]{{0,3}}|增)|(?P<down>{_DOWN}|降幅|少[一-龥]{{0,3}}|降))(?:了|率|为|达|达到|约|近)*$"
)
_THAN = re.compile(
    rf"^[^，,。；;：:\n]{{0,6}}[，,（(]?(?:(?:比|较|同比){_YEAR}的?约?|而?{_YEAR}[^，,。；;：:\n\d比较]{{0,4}}(?:为|是|仅)?[^，,。；;\d比较]{{0,2}})$"
)
_BEHIND = re.compile(
    r"^[^，,。；;（(\d]{0,2}[，,（(]而?(?:去年|上年|上届|年初|上一年)(?:同期|末)?(?P<of>[一-龥]{0,6}?)(?:仅?为|是|仅|只有|完成|实现)$"
)
_LEVEL_REACHED = re.compile(r"^[，,](?:总[量数额])?(?:达到|达|增至|增加到|升至|上升到)$")
_PLANNED = re.compile("(预算|计划|目标|任务)[^，,。；;]{0,10}$")
_AHEAD = re.compile("^[，,]?(?:从|由)[^，,。；;：:]{0,10}$")
_BEGINS_AHEAD = ("从", "由", "，从", "，由", ",从", ",由")
_LAST_CHANGE = re.compile(rf"(?:净增|(?P<up>{_UP})|(?P<down>净减|{_DOWN}))(?:了|约|近)*$")
_REACHES = re.compile("[到至为达]")
_THAN_ENDS = re.compile(rf"(?:比|较){_YEAR}的?约?$")
_THAN_AFTER = re.compile(
    rf"^[^，,。；;：:\n]{{0,4}}[，,]?(?:(?P<up>{_UP}|增|多[一-龥]{{0,2}})|(?P<down>{_DOWN}|少[一-龥]{{0,2}}))(?:了)?(?:约|近)?$"
)
_LEVEL_THEN = re.compile(rf"{_YEAR}[^，,。；;：:\n\d]{{0,14}}$")
_LEVEL_NOW = re.compile(r"^[^，,。；;\n]{0,4}[，,；;](?:今年|本年度?|(?:19|20)\d\d年)[^，,。；;\n\d]{0,14}$")


class Growth:
    """Checks of growth."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def check(self, amounts: Amounts) -> Iterator[Check]:
        """A check for each change that stands beside the levels that it is the change of."""
        for at, gap in enumerate(amounts.gaps[1:-1]):
            if gap.startswith(_BEGINS_AHEAD):
                yield from self._ahead(amounts, at)
        for at in range(1, len(amounts)):
            metric = amounts.metrics[at]
            if not amounts.counts[at] or not amounts.counts[at - 1] or amounts.apart(at - 1, at):
                continue
            before = amounts.gaps[at - 1]
            if (
                ("由" in before or "从" in before)
                and _FROM.search(before)
                and amounts.alike(at - 1, at)
                and not amounts.step(at - 1)
            ):
                yield from self._direction(amounts, at)
            if metric.change == "level" and metric.dimension != "multiple" and not _CHANGE.match(amounts.gaps[at]):
                continue
            yield from self._rate(amounts, at)
            yield from self._level_behind(amounts, at)

    @staticmethod
    def _direction(amounts: Amounts, at: int) -> Iterator[Check]:
        """由A增加到B, where B is not above A."""
        match = _TO.match(amounts.gaps[at])
        if (
            match is None
            or not _REACHES.search(amounts.gaps[at])
            or "排名" in amounts.gaps[at]
            or "位" in amounts.metrics[at].quantity.unit
        ):
            return
        before, after = (Bounds(amounts.value(n), amounts.value(n)) for n in (at - 1, at))
        if not all(amounts.metrics[n].quantity.approx == "exact" for n in (at - 1, at)):
            before, after = amounts.bounds(at - 1), amounts.bounds(at)
        if (match["up"] and after.high < before.low) or (match["down"] and after.low > before.high):
            verb = match["up"] or match["down"]
            detail = f"{verb}: {amounts.written(at - 1)} {'>' if match['up'] else '<'} {amounts.written(at)}"
            yield made(amounts, (at - 1, at), "growth_of_levels", False, detail)

    def _rate(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """A change that follows its two levels, or a level and the change in its unit."""
        found = self._told(amounts, at)
        if found is not None and not self._comparable(amounts, at):
            yield from self._compared(amounts, found, (at - 2, at - 1, at), falls=_falls(amounts.gaps[at]))

    @staticmethod
    def _compared(amounts: Amounts, found: Told, places: tuple[int, int, int], *, falls: bool) -> Iterator[Check]:
        """A change in per cent, points, times or the unit of its levels against what they give."""
        level, _, at = places
        metric, first = amounts.metrics[at], amounts.metrics[level]
        if amounts.percent(at) and not amounts.ratio(level):
            reckoned, unit = found.rise.times(100), "%"
        elif metric.dimension == "multiple" and not amounts.ratio(level):
            reckoned, unit = _times(found, amounts.bounds(at)), "倍"
        elif found.difference is not None and metric.dimension == "ratio_point" and amounts.percent(level):
            reckoned, unit = found.difference, "个百分点"
        elif found.difference is not None and amounts.alike(at, level) and not amounts.ratio(at):
            reckoned, unit = found.difference, first.quantity.unit
        else:
            return
        holds = reckoned.meets(amounts.bounds(at))
        middle = found.value if unit in ("%", "倍") else found.step / amounts.scale(at)
        shown = f"{number(round(middle * (100 if unit == '%' else 1), 2))}{unit}"
        detail = (
            f"{found.arithmetic}={shown} {'=' if holds else '≠'} {'下降' if falls else '增长'}{amounts.written(at)}"
        )
        yield made(amounts, places, "growth_of_levels", holds, detail)

    def _level_behind(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """486起，同比上升20%，上年同期为405起: the level before stands behind the change."""
        level, base = at - 1, at + 1
        if base >= len(amounts) or not amounts.alike(level, base):
            return
        told = _BEHIND.match(amounts.gaps[base])
        if told is None or told["of"] not in amounts.label(level) or not amounts.counts[base]:
            return
        if not _CHANGE.match(amounts.gaps[at]):
            return
        falls = _falls(amounts.gaps[at])
        found = _of_levels(amounts, base, level, falls=falls, relative=amounts.percent(at))
        if found is not None and not self._comparable(amounts, base):
            yield from self._compared(amounts, found, (level, base, at), falls=falls)

    def _ahead(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """净增4.8万人，由56.2万人增加到61万人: the change stands before its levels."""
        before, after = at + 1, at + 2
        if not (amounts.alike(at, before) and amounts.alike(before, after)) or amounts.ratio(at):
            return
        if not amounts.counts[before] or not amounts.counts[after] or amounts.apart(at, after):
            return
        change = _LAST_CHANGE.search(amounts.gaps[at])
        if change and _AHEAD.match(amounts.gaps[before]) and _TO.match(amounts.gaps[after]):
            found = _of_levels(amounts, before, after, falls=bool(change["down"]), relative=False)
            if found is not None:
                yield from self._compared(amounts, found, (before, after, at), falls=bool(change["down"]))

    def _comparable(self, amounts: Amounts, at: int) -> bool:
        """Whether the growth is none of the levels beside it: in constant prices, a year's average, another scope."""
        behind = amounts.text[amounts.ends[at] : amounts.ends[at] + 8]
        words = amounts.text[max(0, amounts.starts[at - 2] - 40) : amounts.ends[at]]
        clause = re.split("[。！？；\n]", words)[-1] + re.split("[，。；]", behind)[0]
        name = amounts.metrics[at - 2].name
        if self._words.any("comparable", clause, name):
            return True
        return amounts.metrics[at - 2].dimension in (None, "money") and self._words.any("priced", clause, name)

    def _told(self, amounts: Amounts, at: int) -> Told | None:
        """What the text tells of a change by the two numbers before it."""
        one, two, gap = at - 2, at - 1, amounts.gaps[at]
        if at < 2 or not amounts.alike(one, two) or amounts.apart(one, two) or not amounts.counts[one]:
            return None
        first = amounts.metrics[one]
        between = amounts.gaps[two]
        relative = amounts.percent(at) or amounts.metrics[at].dimension == "multiple"
        if _CHANGE.match(gap) and amounts.step(one) and _LEVEL_REACHED.match(between):
            return _of_step(amounts, two, one, falls=_falls(gap))
        if ("新增" in gap and amounts.tail(at)) or (first.change != "level" and amounts.step(one)):
            return None
        if _CHANGE.match(gap):
            plan = _PLANNED.search(amounts.gaps[one])
            if plan and f"比{plan[1]}" in gap:  # 预算320万元，支出272万元，比预算减少48万元
                return _of_levels(amounts, one, two, falls=_falls(gap), relative=relative)
            levels = _FROM.search(amounts.gaps[one]) and _TO.match(between) and _REACHES.search(between)
            told = _LEVEL_THEN.search(amounts.gaps[one]) and _LEVEL_NOW.match(between) and not amounts.step(two)
            if levels or told:
                return _of_levels(amounts, one, two, falls=_falls(gap), relative=relative)
        if _THAN.match(between) and (_THAN_AFTER.match(gap) or _CHANGE.match(gap)):
            return _of_levels(amounts, two, one, falls=_falls(gap), relative=relative)
        if _CHANGE.match(gap) and _CHANGE.match(between) and not amounts.ratio(one):
            return _of_step(amounts, one, two, falls=_falls(gap)) if _falls(between) == _falls(gap) else None
        return None


class Told(NamedTuple):
    """A change reckoned from what stands before it: relative to the level before, in its unit, and as readers see it."""

    rise: Bounds
    value: float
    difference: Bounds | None
    step: float
    arithmetic: str


def _of_levels(amounts: Amounts, before: int, after: int, *, falls: bool, relative: bool) -> Told | None:
    """由100增加到120, or 120, 比上年的100."""
    was, now = amounts.bounds(before, after), amounts.bounds(after, before)
    if was.low <= 0:
        return None
    ratio, value = now.over(was), amounts.value(after) / amounts.value(before)
    high, low = (before, after) if falls else (after, before)
    rise = Bounds(1 - ratio.high, 1 - ratio.low) if falls else Bounds(ratio.low - 1, ratio.high - 1)
    difference = was.minus(now) if falls else now.minus(was)
    written = f"{amounts.written(high)}−{amounts.written(low)}"
    step = amounts.value(high) - amounts.value(low)
    return Told(
        rise, abs(value - 1), difference, step, f"({written})/{amounts.written(before)}" if relative else written
    )


def _of_step(amounts: Amounts, level: int, step: int, *, falls: bool) -> Told | None:
    """120, 比上年增加20; or 比上年的100 增加20, where the level is the one before."""
    now, more, value = amounts.bounds(level, step), amounts.bounds(step, level), amounts.value(step)
    if now.low <= 0:
        return None
    if _THAN_ENDS.search(amounts.gaps[level]):
        rise, arithmetic = more.over(now), f"{amounts.written(step)}/{amounts.written(level)}"
        return Told(rise, value / amounts.value(level), None, value, arithmetic)
    sign = 1 if falls else -1
    if now.low + sign * more.high <= 0 or _FROM.search(amounts.gaps[level]):
        return None
    rise = Bounds(more.low / (now.high + sign * more.low), more.high / (now.low + sign * more.high))
    arithmetic = f"{amounts.written(step)}/({amounts.written(level)}{'+' if falls else '−'}{amounts.written(step)})"
    return Told(rise, value / (amounts.value(level) + sign * value), None, value, arithmetic)


def _times(told: Told, said: Bounds) -> Bounds:
    """A change in times; 增长1.5倍 is said of 2.5 times the level before and of 1.5 times."""
    once = Bounds(max(told.rise.low, 0.8 * told.value), min(told.rise.high, 1.2 * told.value))
    return once if once.meets(said) else Bounds(once.low + 1, once.high + 1)


def _falls(gap: str) -> bool:
    match = _CHANGE.match(gap) or _THAN_AFTER.match(gap)
    return bool(match and match["down"])
