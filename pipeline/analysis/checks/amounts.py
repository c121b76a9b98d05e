"""The numbers of a report in the order of its text, each with the words before it and the bounds of what it may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.language.widths import among, places_of
from pipeline.records import Metric

_WRITTEN = re.compile(
    r"\d[\d,，]*(?:[.．](\d+))?\s*((?:[十百千]?[万亿])*)|[点點]([〇零一二三四五六七八九]+)|(?<=[一-龥])([万亿]+)"
)
_FACTORS = {"十": 10.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_EXACT = frozenset(("count", "people"))
_RATIOS = frozenset(("ratio", "ratio_point", "multiple", "discount"))
_STEP = re.compile(
    "^[，,、（(]?(?:同比|[比较](?:上年|去年|年初|上届)(?:同期|末)?)?(?:净增|新增|多增|增加|增长|增收|超收|提高|上升|多|增|超)$"
)
_THAN = re.compile("[比较][^，,。；;]{2,10}$")
_MARK = re.compile("[，。；、：:（）()！？\n]")
_STOPS = among("。！？\n")
_NAMING = re.compile(
    r"(?:.*[，,；;：:、。！？\n])?(?:.*其中)?(?:其中|分别|包括|含|即|有|为|是|共|完成|达到|达|的|和|及|与|：|:|，|,|（|\(|\s)*",
    re.DOTALL,
)
"""What comes before the words that a number is said of: all up to the last clause, and what leads on to them in it."""
_BEHIND = re.compile(r"[，,；;：:、。！？\n（）()\d]")
_TORN = (
    re.compile(r"[〇○零一二三四五六七八九十百千万][·・、，,/／．.]$"),
    re.compile(r"(?<=[〇○零一二三四五六七八九十百])[·・、，,/／．.][〇○零一二三四五六七八九]"),
)
"""Before and behind a number of which a part stands apart, 三四·三万: in old texts the signs of decimals vary."""
_TORN_AFTER = frozenset("〇○零一二三四五六七八九十百千万")
"""What stands before such a sign."""
LARGEST_SLIP = 3.0
"""How many times too large or small a number may be: further off, two numbers are of different things."""
FARTHEST = 120
"""Characters between two numbers beyond which they say nothing of each other."""
_MOST = 24
"""How many numbers on each side of one are looked at in its sentence, so that the time of checking is linear in the text."""


class Bounds(NamedTuple):
    """What a written number may mean: rounding, and 余, 近, 约, taken into account."""

    low: float
    high: float

    def __add__(self, other: Bounds) -> Bounds:  # type: ignore[override]
        return Bounds(self.low + other.low, self.high + other.high)

    def minus(self, other: Bounds) -> Bounds:
        """The difference of two numbers."""
        return Bounds(self.low - other.high, self.high - other.low)

    def over(self, other: Bounds) -> Bounds:
        """The ratio of two numbers above zero."""
        return Bounds(self.low / max(other.high, 1e-12), self.high / max(other.low, 1e-12))

    def times(self, factor: float) -> Bounds:
        """In another unit."""
        return Bounds(self.low * factor, self.high * factor)

    def near(self, other: Bounds) -> bool:
        """Whether a slip may part two numbers: one is no more than `LARGEST_SLIP` times the other."""
        return self.low <= LARGEST_SLIP * other.high and other.low <= LARGEST_SLIP * self.high

    def meets(self, other: Bounds) -> bool:
        """Whether both may mean the same number."""
        slack = 1e-9 * max(abs(self.high), abs(other.high), 1.0)
        return self.low <= other.high + slack and other.low <= self.high + slack


def _limits(text: str, metric: Metric, after: Metric | None) -> bool:
    """Whether a number only limits what the next one counts: 35岁以下的7名, 10万元以上的村43个."""
    if after is None:
        return False
    end, start = metric.quantity.end, after.quantity.start
    if start - end > 10 or _MARK.search(between := text[end:start]):
        return False
    if after.dimension in _RATIOS or after.quantity.unit == metric.quantity.unit:
        return False
    return between.startswith(("以上", "以下", "以内", "及以", "的")) or text[end - 1] in "上下内类级岁"


class Amounts:
    """The numbers of a report by their places in order of the text."""

    def __init__(self, text: str, metrics: Sequence[Metric], place: str | None = None) -> None:
        self.text = text
        self.place = place
        behind = [*metrics[1:], None][: len(metrics)]
        metrics = [m for m, after in zip(metrics, behind, strict=True) if not _limits(text, m, after)]
        self.metrics = metrics
        self.starts = [m.quantity.start for m in metrics]
        self.ends = [m.quantity.end - (m.quantity.approx == "over" and self._outdone(m)) for m in metrics]
        before = [0, *self.ends][: len(metrics)]
        self.gaps = [text[max(b, s - FARTHEST) : s] for b, s in zip(before, self.starts, strict=True)]
        """The words between each number and the one before it, the last of them where they are many."""
        stops = np.array(places_of(text, _STOPS), np.int64)
        self._stops_before: list[int] = np.searchsorted(stops, self.starts).tolist()
        self._stops_behind: list[int] = np.searchsorted(stops, self.ends).tolist()
        self._labels = [_named(gap) for gap in self.gaps]
        self.counts = [*map(self._countable, range(len(metrics)))]
        """Whether a number is there that can be reckoned with."""

    def _outdone(self, metric: Metric) -> bool:
        """Whether 多 behind a number is no part of it: 比上年的355封多71封."""
        start, end = metric.quantity.start, metric.quantity.end
        if metric.quantity.approx != "over" or self.text[end - 1] != "多":
            return False
        return _THAN.search(self.text[max(0, start - 12) : start]) is not None

    def __len__(self) -> int:
        return len(self.metrics)

    def written(self, at: int) -> str:
        """The quantity as it stands in the text."""
        return self.text[self.starts[at] : self.ends[at]].strip()

    def value(self, at: int) -> float:
        """The number in the base unit of its dimension, or as written where there is none; nan without one."""
        metric = self.metrics[at]
        if metric.base_value is not None:
            return metric.base_value
        return float("nan") if metric.quantity.value is None else metric.quantity.value

    def scale(self, at: int) -> float:
        """What `value` is of the number in the written unit."""
        written = self.metrics[at].quantity.value
        return self.value(at) / written if written else 1.0

    def bounds(self, at: int, like: int | None = None) -> Bounds:
        """What the number may mean, in the unit of `value`; rounded like another one where that is written more finely.

        Amounts are rounded, a percentage may be cut off too.
        """
        quantity = self.metrics[at].quantity
        value = self.value(at)
        step = self._scaled_step(at) if like is None else min(self._scaled_step(at), self._scaled_step(like))
        step *= 1.0 if self.ratio(at) and self.metrics[at].dimension != "multiple" else 0.5
        loose = max(2 * step, 0.1 * abs(value))
        approx = "exact" if self._outdone(self.metrics[at]) else quantity.approx
        below = {"about": loose, "under": loose, "over": 0.0}.get(approx, step)
        above = {"about": loose, "under": 0.0, "over": loose}.get(approx, step)
        return Bounds(value - below, value + above)

    def _scaled_step(self, at: int) -> float:
        """What one more in the last written digit is, in the unit of `value`: 0.1 of 12.5%, 1000 of 3.5万人; 0 of 48人."""
        metric = self.metrics[at]
        match = _WRITTEN.search(self.text, self.starts[at], self.ends[at])
        digits, signs = "", ""
        if match is not None:
            digits = match[1] or match[3] or ""
            signs = match[2] or match[4] or ""
        if not digits and not signs and metric.dimension in _EXACT:
            return 0.0
        step = 10.0 ** -len(digits)
        for sign in signs:
            step *= _FACTORS[sign]
        return step * self.scale(at)

    def _countable(self, at: int) -> bool:
        quantity = self.metrics[at].quantity
        if quantity.value is None or quantity.value < 0 or quantity.masked:
            return False
        before, behind = _TORN
        gap, end = self.gaps[at], self.ends[at]
        if gap[-2:-1] in _TORN_AFTER and before.search(gap[-2:]):
            return False
        return self.text[end - 1] not in _TORN_AFTER or not behind.match(self.text, end)

    def ratio(self, at: int) -> bool:
        """Whether the number is a share or a rate, a multiple or a difference of rates."""
        return self.metrics[at].dimension in _RATIOS

    def counted(self, at: int) -> bool:
        """Whether the number is one of things or people."""
        return self.metrics[at].dimension in _EXACT

    def step(self, at: int) -> bool:
        """Whether the number is by how much the one before it has changed: 31.5亿元，增收5.2亿元."""
        metric = self.metrics[at]
        return metric.change == "decrease" or metric.change_basis is not None or _STEP.match(self.gaps[at]) is not None

    def percent(self, at: int) -> bool:
        """Whether the number is a percentage."""
        return self.metrics[at].quantity.unit == "%"

    def alike(self, one: int, other: int) -> bool:
        """Whether two numbers are in units that can be reckoned with each other."""
        a, b = self.metrics[one], self.metrics[other]
        if (
            a.base_unit is not None
            and a.base_value is not None
            and b.base_value is not None
            and a.dimension not in _EXACT
        ):
            return a.base_unit == b.base_unit
        return a.unit_canonical == b.unit_canonical and bool(a.unit_canonical)

    def apart(self, one: int, other: int) -> bool:
        """Whether a sentence or a paragraph ends between two numbers."""
        return self._stops_before[other] > self._stops_behind[one]

    def sentence(self, at: int) -> range:
        """The numbers before one in its sentence, the nearest of them where they are many."""
        first, farthest = at, max(0, at - _MOST)
        while first > farthest and not self.apart(first - 1, first):
            first -= 1
        return range(first, at)

    def around(self, at: int) -> range:
        """The numbers of the sentence of one, the nearest of them where they are many."""
        end, farthest = at + 1, min(len(self), at + 1 + _MOST)
        while end < farthest and not self.apart(end - 1, end):
            end += 1
        return range(self.sentence(at).start, end)

    def label(self, at: int) -> str:
        """The words of the clause before a number: what it is said of."""
        return self._labels[at]

    def tail(self, at: int) -> str:
        """The words behind a number up to the next mark or number."""
        end = self.starts[at + 1] if at + 1 < len(self) else self.ends[at] + 12
        return _BEHIND.split(self.text[self.ends[at] : min(end, self.ends[at] + 12)], maxsplit=1)[0]


def _named(gap: str) -> str:
    """The last clause of some words, without those that lead on to it."""
    return _NAMING.sub("", gap, count=1)
