"""Two numbers that bound one quantity: 3—5万元, 三至五天, 七八个, 两万三四千元."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.language.numerals import DIGITS, LONGEST, parse_number
from pipeline.language.periods import WRITTEN_YEAR
from pipeline.metrics.quantities.grammar import NUMBER
from pipeline.metrics.quantities.multipliers import multiplied, with_parts
from pipeline.metrics.quantities.qualifiers import after, before
from pipeline.metrics.quantities.units import UnitForm, UnitIndex
from pipeline.records import Quantity

MARK = re.compile(r"[ \u3000]?(?:[（(]含[）)])?(?:-{2,4}|[—─]{1,4}|[-－−–~～〜至到])[ \u3000]?")
"""What stands between the two bounds of a range."""

PAIR_FIRST = frozenset("一二两三四五六七八十百千")
_PAIR = re.compile(
    r"(?P<head>(?:[一二两三四五六七八九]?[十百千万亿])*零?)(?P<low>[一二两三四五六七八])(?P<high>[二两三四五六七八九])(?P<scale>[十百千万亿]*)"
)
_SIGN = re.compile(r"(?P<minus>[-－−]|零下)|零上|\+")
"""The sign of a second bound, where the first is below nothing: -18.4~-12.1℃, 零下12℃至零上3℃."""
_DATE_SIGNS = frozenset("月日号年时点")
YEAR = re.compile(rf"(?:{WRITTEN_YEAR})年")
_DATE_UNITS = re.compile("[月日号](?!元)|年级")


def pair(text: str, start: int, end: int, floor: int, units: UnitIndex) -> Quantity | None:
    """The range that two neighbouring digits of the number ``text[start:end]`` make: 三五百块, 七八个, 一千五六百斤."""
    match = _PAIR.fullmatch(text, start, end) if end - start <= LONGEST else None
    if match is None:
        return None
    low, high = DIGITS[match["low"]], DIGITS[match["high"]]
    unit, stop = units.near(text, end)
    if (high - low != 1 and (low, high) != (3, 5)) or (unit is None and not match["scale"]):
        return None
    bounds = [parse_number(match["head"] + match[side] + match["scale"]) for side in ("low", "high")]
    if bounds[0] is None or bounds[1] is None:
        return None
    begin, _ = before(text, start, floor)
    stop, _ = after(text, stop)
    said, row = (unit.said, unit.id) if unit else ("", "")
    tenths = 10.0 if unit and unit.written == "成" else 1.0
    return Quantity(
        begin, stop, None, float(bounds[0]) * tenths, float(bounds[1]) * tenths, said, "range", row, rule="pair"
    )


def _second(text: str, stop: int, signed: bool) -> tuple[re.Match[str], bool] | None:
    """The second number of a range, whose first ends at `stop`, and whether a sign before it says less than nothing."""
    mark = MARK.match(text, stop)
    if mark is None:
        return None
    sign = _SIGN.match(text, mark.end()) if signed else None
    number = NUMBER.match(text, (sign or mark).end())
    return (number, sign is not None and sign["minus"] is not None) if number else None


def upper_unit(text: str, stop: int, units: UnitIndex) -> UnitForm | None:
    """The unit behind the second number of a range, whose first ends at `stop` without one: -5～3℃."""
    second = _second(text, stop, signed=True)
    return units.near(text, second[0].end())[0] if second else None


def upper_bound(
    text: str, stop: int, first: Decimal, unit: UnitForm | None, units: UnitIndex
) -> tuple[Decimal, Decimal, UnitForm | None, int] | None:
    """Both bounds, their unit and the end of a range, where its mark stands at `stop` behind `first` and `unit`."""
    found = _second(text, stop, signed=first < 0)
    if found is None:
        return None
    match, below = found
    second = parse_number(match[0])
    if second is None or YEAR.match(text, match.start()):
        return None
    number, end = match[0], match.end()
    if number[-1] in "千百" and len(number) > 1 and (longer := units.at(text, end - 1)) and longer.length > 1:
        number, end = number[:-1], end - 1  # 三至五|千克
        second = parse_number(number) or second
    end, second, _ = multiplied(text, match.start(), end, second)
    upper, stop = units.near(text, end)
    if (unit is not None and (upper is None or (upper.said != unit.said and (not unit.id or upper.id != unit.id)))) or (
        text[end : end + 1] in _DATE_SIGNS if upper is None else _DATE_UNITS.match(text, stop - upper.length)
    ):
        return None
    for shared in ("百千佰仟万亿萬億", "万亿萬億"):
        plain = parse_number(number.rstrip(shared))
        if plain and 0 <= first < plain < second:
            first *= second / plain  # 3—5千万, 八百到九百亿: the first number goes without its multiplier
            break
    if upper is not None:
        stop, second = with_parts(text, upper, stop, second, units)
    if below:
        second = -second
    return (first, second, upper, stop) if first < second else None
