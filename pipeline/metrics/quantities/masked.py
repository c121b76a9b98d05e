"""Numbers that the text hides: ××万元, X余名. Placeholders of names (XX乡, ×××同志) are none."""

from __future__ import annotations

import re

from pipeline.metrics.quantities.grammar import MASK
from pipeline.metrics.quantities.qualifiers import after, before
from pipeline.metrics.quantities.units import UnitIndex
from pipeline.records import Quantity

_MASK = re.escape(MASK)
_NUMBER = re.compile(
    rf"[0-9]{{0,4}}[{_MASK}]{{1,4}}(?:\.[{_MASK}0-9]{{1,3}})?(?P<loose>[余多]?[十百千万亿]{{0,3}})(?![{_MASK}])"
)
_MEASURES = re.compile(
    r"美?元(?![月旦素帅宝])|人次|人(?![民大社事武才力口员防寿保行])|户(?![籍口])|名(?![单义称城镇优牌师])|个(?!体)|家(?![庄园村湾沟坪长族具电乡里庭])"
    r"|件(?!套)|台(?![商湾风账阶州])|套|辆|只|株|项(?!目)|起|篇|亩|公顷|平方|立方|吨|公斤|公里|千瓦|%|倍(?!思)"
)
"""Units that stand behind a hidden number, where they are not the beginning of a name."""


def masked(text: str, start: int, floor: int, units: UnitIndex) -> Quantity | None:
    """The hidden number whose first sign (a digit may stand before it) is at `start`, with its unit."""
    match = _NUMBER.match(text, start)
    if match is None or text[start - 1 : start] == "第":
        return None
    unit = units.at(text, match.end())
    if unit is None or not (match["loose"] or _MEASURES.match(text, match.end())):
        return None
    begin, approx = before(text, start, floor)
    if match["loose"][:1] in ("余", "多"):
        approx = "over"
    stop, said = after(text, match.end() + unit.length)
    approx = said if said and approx == "exact" else approx
    return Quantity(begin, stop, None, None, None, unit.said, approx, unit.id, masked=True, rule="masked")
