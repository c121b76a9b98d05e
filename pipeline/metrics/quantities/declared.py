"""Units that a heading or a line tells for all bare amounts under it: 一、财政收支（单位：万元）."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from pipeline.language.numerals import parse_number
from pipeline.language.scanning import Scan
from pipeline.metrics.quantities.units import UnitForm, UnitIndex
from pipeline.records import Quantity, Section

_TOLD = re.compile(r"(?<![头任办合建管])单位[ \u3000]*[：:][ \u3000]*(?P<scale>[十百千万亿]{0,2})")
_LINES = Scan(_TOLD, "单", "位")
_HEADED = re.compile("[（(](?P<scale>[十百千万亿]{1,2})(?=[^（）()]{1,4}[）)]$)")
"""The unit that a heading ends in with no word before it: 三、债务情况（万元）."""
_ENDS = re.compile(r"[ \u3000]*(?:[、，,和][ \u3000]*[%％])?(?:[，,、；]下同)?[ \u3000]*(?:[）)】\]]|\n|$)")
"""What stands behind the unit where it is the only one; a % stands with its numbers anyway."""
_BARE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?[万亿]?")
_BEFORE = re.compile(r"[一-龥”）](?<![第在于自从年月日号])[：:]?[ \u3000]?$")
"""What stands before an amount in running text: 收入预算为, 其中：税收收入. A number of a list stands behind the one before it."""
_AFTER = re.compile(r"[，。；、,;）)\n]|[和及与][0-9]|$")
_JOINS = frozenset(("、", "和", "及", "与"))
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_VALUE = re.compile("[为达到是成现计额数入出款资金]$")
"""What makes an amount of a number that could be a year: 实际完成2015."""


class Told(NamedTuple):
    """A stretch of text in which bare amounts are in one unit."""

    start: int
    end: int
    unit: UnitForm
    scale: Decimal


def units_told(text: str, outline: Sequence[Section], units: UnitIndex) -> list[Told]:
    """The stretches for which a heading or a line tells the unit, in order of where they begin; an inner one comes last."""
    headings = [one for one in outline if one.heading.endswith(("）", ")"))]
    headed = [match for one in headings if (match := _HEADED.search(text, one.start, one.heading_end))]
    lines = _LINES.matches(text) if "单位" in text else ()
    starts = [section.start for section in outline]
    out: list[Told] = []
    for match in sorted((*lines, *headed), key=re.Match.start):
        scale, at = match["scale"], match.end()
        unit = units.at(text, at)
        if unit is None or not _ENDS.match(text, at + unit.length):
            continue
        factor = (parse_number(scale if scale[0] in "十百千" else f"1{scale}") or Decimal(1)) if scale else Decimal(1)
        section = outline[max(0, bisect_right(starts, match.start()) - 1)]
        line = text.find("\n", at)
        begin = section.heading_end if match.start() < section.heading_end else line if line >= 0 else len(text)
        if begin < section.end:
            out.append(Told(begin, section.end, unit, factor))
    return out


def told_at(told: Sequence[Told], place: int) -> Told | None:
    """The innermost stretch that a place stands in; None where none holds it."""
    last = bisect_right(told, place, key=attrgetter("start"))
    return next((told[at] for at in range(last - 1, -1, -1) if place < told[at].end), None)


def with_unit_told(text: str, quantity: Quantity, last: Quantity | None, told: Sequence[Told]) -> Quantity:
    """A bare amount in the unit that is told for it: 285000 as 2,850,000,000元 under （单位：万元）; any other as it is."""
    if quantity.unit or quantity.value is None or quantity.rule != "number":
        return quantity
    start, end = quantity.start, quantity.end
    here = told_at(told, start)
    if here is None or not _BARE.fullmatch(text, start, end) or not _AFTER.match(text, end):
        return quantity
    goes_on = last is not None and last.rule == "unit_told" and text[last.end : start] in _JOINS
    before = text[max(0, start - 4) : start]
    if not goes_on and not _BEFORE.search(before):
        return quantity
    if not goes_on and _YEAR.fullmatch(text, start, end) and not _VALUE.search(before):
        return quantity
    scale = Decimal(1) if text[end - 1] in "万亿" else here.scale
    value = float(Decimal(str(quantity.value)) * scale)
    return quantity._replace(value=value, unit=here.unit.said, unit_id=here.unit.id, rule="unit_told")
