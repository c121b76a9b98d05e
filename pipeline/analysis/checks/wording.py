"""The arithmetic of checks as readers see it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.analysis.checks.amounts import Amounts
from pipeline.records import Check


def addition(amounts: Amounts, parts: Sequence[int]) -> str:
    """The arithmetic written out: 3件+2件=5件; a single number stands alone."""
    if len(parts) == 1:
        return amounts.written(parts[0])
    first = amounts.metrics[parts[0]]
    total = sum(map(amounts.value, parts)) / amounts.scale(parts[0])
    return f"{'+'.join(map(amounts.written, parts))}={number(total)}{first.quantity.unit}"


def number(value: float) -> str:
    """A number as reports write it, in 万 or 亿 where it is large.

    >>> [number(5), number(25000), number(123450000), number(12.30)]
    ['5', '2.5万', '1.2345亿', '12.3']
    """
    for factor, sign in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= factor:
            return f"{value / factor:.6g}{sign}"
    return f"{value:.6g}"


def made(amounts: Amounts, places: Sequence[int], check: str, holds: bool, detail: str) -> Check:
    """The record of a check on the numbers at some places."""
    return Check(tuple(amounts.metrics[place].metric_id for place in places), check, holds, detail)
