"""Signs of money before a number that has no unit behind it: US$120万, ￥86.5万, €3亿."""

from __future__ import annotations

import re

from pipeline.metrics.quantities.units import UnitIndex
from pipeline.records import Quantity

SIGNS = frozenset("$＄￥¥€£￡")
_SIGN = re.compile(r"(?:(?:(?<![A-Za-z])(?:US|HK|RMB|CNY))?[$＄￥¥]|[€£￡]) ?$")
_LONGEST = 5


def with_sign(text: str, quantity: Quantity, floor: int, units: UnitIndex) -> Quantity:
    """The quantity with the sign before it as its unit; one behind it says more than the sign (￥3万元)."""
    sign = _SIGN.search(text, max(floor, quantity.start - _LONGEST), quantity.start)
    if sign is None:
        return quantity
    written = sign[0].strip().removeprefix("RMB").removeprefix("CNY")
    unit = units.at(written, 0)
    if quantity.unit or unit is None:
        return quantity
    return quantity._replace(start=sign.start(), unit=unit.said, unit_id=unit.id)
