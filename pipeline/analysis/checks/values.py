"""The same headline indicator with two values in one report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.analysis.checks.amounts import Amounts
from pipeline.analysis.checks.contrasts import Words
from pipeline.analysis.checks.wording import made
from pipeline.records import Check, Metric

_SURE = 0.7
"""Confidence of both records: an error of ours is no error of the report's."""
_APART = 2.0
"""How many times the smaller value the larger one may be: further apart they are not of the same place."""
_GROWS = re.compile("^(?:同比|比上年|较上年)?(?:实际|可比)?增长$")
_OWN = re.compile("^[全我本][国省州市县区旗乡镇村]$")
_YEAR = re.compile(r"\d{4}")
_LEAD = r"^(?:(?:到|至|截至)?(?:(?:19|20)\d\d年度?|去年|今年|全年|年)?(?:底|末)?|初步核算|预计|完成|实现|我|全[国省州市县区旗乡镇村]|本[省市县区乡镇村]|地方)*"
_TAIL = r"(?:总量|总额|总数|完成|实现|突破|达到?|为|是|增长|增至|同比|比上年|首次|预计|约|超过?|提高到|只有|仅有?)*$"


class Values:
    """Checks of repeated numbers."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def check(self, amounts: Amounts) -> Iterator[Check]:
        """A check for each indicator that a report gives twice with different numbers, once."""
        first: dict[tuple[object, ...], int] = {}
        for at, metric in enumerate(amounts.metrics):
            if metric.indicator is None or (key := self._key(amounts, at, metric)) is None:
                continue
            before = first.setdefault(key, at)
            if before != at and amounts.metrics[before].sentence_id != metric.sentence_id:
                yield from self._compared(amounts, before, at)

    @staticmethod
    def _compared(amounts: Amounts, before: int, at: int) -> Iterator[Check]:
        few, many = sorted((amounts.value(before), amounts.value(at)))
        if many > _APART * few:
            return
        holds = amounts.bounds(before).meets(amounts.bounds(at))
        metric = amounts.metrics[at]
        detail = (
            f"{metric.name} {metric.period}: {amounts.written(before)} {'=' if holds else '≠'} {amounts.written(at)}"
        )
        yield made(amounts, (before, at), "one_value", holds, detail)

    def _key(self, amounts: Amounts, at: int, metric: Metric) -> tuple[object, ...] | None:
        """What makes two records speak of the same; None where that is not certain."""
        if not self._words.whole("headline", metric.indicator or "") or not amounts.counts[at]:
            return None
        if metric.confidence < _SURE or metric.status != "actual" or _YEAR.fullmatch(metric.period or "") is None:
            return None
        if metric.part_of is not None or metric.change == "decrease" or metric.dimension == "ratio_point":
            return None
        label = amounts.label(at)
        follows = _GROWS.match(label) and at and amounts.metrics[at - 1].indicator == metric.indicator
        named = amounts.label(at - 1) if follows and not amounts.apart(at - 1, at) else label
        if not re.search(_LEAD + re.escape(metric.name) + _TAIL, named):
            return None
        own = metric.subject in (None, amounts.place) or _OWN.match(metric.subject or "")
        return (
            metric.indicator,
            None if own else metric.subject,
            metric.period,
            metric.change,
            metric.base_unit,
            metric.unit_canonical,
        )
