"""A number of a paragraph, as far as it can be a part or a total, and how it compares to another."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.metrics.page.found import Found
from pipeline.metrics.quantities.units import Measure

_LONE = frozenset(("百分点", "百分點", "倍", "番", "折", "基点"))
COUNTS = frozenset(("", "count", "people", "household", "organisation"))
"""The dimensions of what is counted one by one."""

_LETTERS = frozenset(("件", "批", "批次", "件次", "封"))
_OF_LETTERS = ("信访", "信访量", "信访总量", "举报", "投诉", "诉求")
"""What letters, visits and complaints are counted by, each by its own, and names of all of them: 信访总量90批，其中来信40件."""

_EARLIER = re.compile("[（(：](?:其中)?(?:上年|去年|前年|上期|(?:19|20)[0-9]{2}年)")


class Number(NamedTuple):
    """A number of a paragraph, as far as it can be a part or a total."""

    start: int
    end: int
    unit: str  # as written, % for all shares
    value: float  # in that; the upper bound of a range
    dimension: str  # empty where the unit cannot be turned into another
    base: float  # the value in the base unit of the dimension
    share: bool
    lone: bool  # 倍, 百分点, 1:15: part or total of nothing but its like
    moves: bool  # increase or decrease
    does: bool  # its clause begins with a verb
    bound: bool  # over or under what it says
    name: str


def number_of(one: Found, measure: Measure, does: bool) -> Number:
    """What counts of a number that has a name; `does` tells whether its clause begins with a verb."""
    quantity = one.quantity
    value = quantity.value if quantity.value is not None else quantity.value_max
    base = measure.in_base(value)
    share = measure.dimension == "ratio" or quantity.rule in ("fraction", "half")
    return Number(
        quantity.start,
        quantity.end,
        "%" if share else quantity.unit,
        value or 0.0,
        measure.dimension or "" if base is not None else "",
        base or 0.0,
        share,
        quantity.unit in _LONE or quantity.rule == "ratio",
        one.change in ("increase", "decrease"),
        does,
        quantity.approx in ("over", "under", "range"),
        one.name,
    )


def amount_in(one: Number, whole: Number) -> float | None:
    """How much a number is in the unit of another, a bracket or 次 behind the unit aside; None where nothing turns it into that."""
    if one.share or one.lone or whole.share or whole.lone:
        return None
    a, b = one.unit, whole.unit
    if a == b or not a or (not b and a == "人") or _more(a, b) or _more(b, a) or ("（" in b and a in b):
        return one.value
    if a in _LETTERS and b in _LETTERS and whole.name.endswith(_OF_LETTERS) and whole.name[0] != "网":
        return one.value
    if one.dimension and one.dimension == whole.dimension and whole.base:
        return one.base * whole.value / whole.base
    return None


def _more(longer: str, unit: str) -> bool:
    """Whether a unit is another with a bracket or 次 behind it, and no unit of its own like 个月."""
    return bool(unit) and longer.startswith(unit) and longer[len(unit) : len(unit) + 1] in ("次", "（", "(")


def is_alike(noun: str, name: str) -> bool:
    """Whether a noun takes up a name: 教职工党员, 党员 or 提拔干部 after 提拔."""
    return len(name) > 1 and (name.endswith(noun) or noun.endswith(name) or noun.startswith(name))


def is_bare(one: Number, whole: Number) -> bool:
    """Whether a number that stands without its unit can hardly be in that of another: 投资3亿元，仍有|20万群众."""
    return not one.unit and whole.dimension not in COUNTS


def holds(whole: Number, one: Number) -> bool:
    """Whether a number is no more than another that is counted alike."""
    amount = amount_in(one, whole)
    return amount is not None and amount <= whole.value


def of_noun(gap: str, last: Number, one: Number) -> bool:
    """Whether no more than the noun of the number before stands between, which has the next: 16份建议书有|3份未办."""
    said = len(gap) > 2 and gap[-1] == "有" and one.unit not in ("个", "") and last.name.endswith(gap[:-1])
    return said and one.unit == last.unit and one.value < last.value


def of_other_time(gap: str) -> bool:
    """Whether what stands between tells that a number is of another time: 收入8.6亿元（上年为|7.9亿元）."""
    return "同期" in gap or _EARLIER.match(gap) is not None
