"""Numbers that are parts of a whole: 百分之十二, 三分之一, 1/4, 1.68∶1, 一半."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.language.numerals import CHINESE, parse_number
from pipeline.metrics.quantities.grammar import NUMBER
from pipeline.metrics.quantities.qualifiers import BETWEEN, after, before
from pipeline.metrics.quantities.ranges import MARK, YEAR
from pipeline.metrics.quantities.units import UnitIndex
from pipeline.records import Approx, Quantity

SHARE_FIRST = frozenset("分/:：∶比半多大数 ")
"""What follows the first number of a share."""

_PER = {"百": "%", "千": "‰", "万": "‱"}
_FRACTION = re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,3})(?![\d/])")
_RATIO = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s?[:：∶比]\s?(\d{1,9}(?:\.\d{1,9})?)(?![\d:：∶]|\.\d)")
_SPOKEN_RATIO = re.compile(rf"([{CHINESE}]+)比([{CHINESE}]+)")
_PROPORTION = re.compile("比例|之比|比值|构成|结构")
_RATED = re.compile("比例?(?![分赛])(?:[^，。；]{0,16}[到至为的由从])?$|按$")
"""Before 6:4, which is the result of a match where nothing calls it a proportion."""
_HALF = re.compile("半数(?![字码据学])|一[多大]?半(?![导導截点點山夜路径岛年月天小个個])")
_LABEL = re.compile(r"(?:[图注题]|(?<!代)表|案例|专栏|附[件录]|步骤|举措)\s?$")
"""What is numbered before a colon: 表1：2023年收支情况."""
_YEAR_AFTER = re.compile(r"[:：]\s?(?:19|20)\d\d$")
_ABOUT = re.compile(r"([强強])|弱")


def share(text: str, start: int, end: int, floor: int, units: UnitIndex) -> Quantity | None:
    """The share whose first number is ``text[start:end]``, or None where it is no share."""
    if text.startswith("分之", end):
        return _parts_of(text, start, end, floor, units)
    begin, approx = before(text, start, floor)
    if match := _HALF.match(text, start):
        stop, said = after(text, match.end())
        more: Approx | None = "over" if match[0][1:-1] else None
        return Quantity(begin, stop, 0.5, None, None, "", more or said or approx, rule="half")
    if match := _FRACTION.match(text, start):
        above, below = Decimal(match[1]), Decimal(match[2])
        if below and above < below and not units.at(text, match.end()):
            stop, said = after(text, match.end())
            return Quantity(begin, stop, float(above / below), None, None, "", said or approx, rule="fraction")
    if (match := _RATIO.match(text, start)) and Decimal(match[2]) and _is_ratio(text, start, match):
        value = Decimal(match[1]) / Decimal(match[2])
        stop, said = after(text, match.end())
        return Quantity(begin, stop, float(value), None, None, "", said or approx, rule="ratio")
    if (match := _SPOKEN_RATIO.match(text, start)) and _PROPORTION.search(text, max(floor, start - 20), start):
        first, second = parse_number(match[1]), parse_number(match[2])
        if first is not None and second:
            return Quantity(begin, match.end(), float(first / second), None, None, "", approx, rule="ratio")
    return None


def _is_ratio(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether two numbers are a ratio: 1:15, 粮经比为7:3, and no result of a match, no share of more than two, no label."""
    if _LABEL.search(text, max(0, start - 3), start) or (
        text.startswith("年", match.end()) and _YEAR_AFTER.search(match[0])
    ):
        return False
    if "1" in (match[1], match[2]):
        return True
    return (
        text[match.end() : match.end() + 1] not in tuple(".:：∶")
        and _RATED.search(text, max(0, start - 24), start) is not None
    )


def score_end(text: str, start: int) -> int:
    """Where 3:2 or 8比7 ends, two whole numbers of which neither counts anything (1:15 is a share); 0 without one."""
    match = _RATIO.match(text, start)
    return match.end() if match is not None and match[1].isdigit() and match[2].isdigit() else 0


def _parts_of(text: str, start: int, end: int, floor: int, units: UnitIndex) -> Quantity | None:
    """百分之十二, 百分之五到八, 三分之一强: the denominator is ``text[start:end]``."""
    match = NUMBER.match(text, end + 2)
    below, above = parse_number(text[start:end]), parse_number(match[0]) if match else None
    if match is None or below is None or above is None or not below:
        return None
    begin, approx = before(text, start, floor)
    per = _PER.get(text[start:end], "")
    row = "percent" if per == "%" and "percent" in units.rows else ""
    stop = match.end()
    if per and (upper := _upper(text, text[start:end] + "分之", stop)) and upper[1] > above:
        stop, _ = after(text, upper[0])
        return Quantity(begin, stop, None, float(above), float(upper[1]), per, "range", row, rule="percent_of")
    stop, approx = _loosened(text, stop, approx)
    value = above if per else above / below
    rule = "percent_of" if per else "fraction"
    return Quantity(begin, stop, float(value), None, None, per, approx, row, rule=rule)


def _upper(text: str, denominator: str, end: int) -> tuple[int, Decimal] | None:
    """The upper bound after 百分之五: where it ends, and its number (百分之五到百分之八, 百分之五到八)."""
    mark = MARK.match(text, end)
    if mark is None or YEAR.match(text, mark.end()):
        return None
    at = mark.end() + (len(denominator) if text.startswith(denominator, mark.end()) else 0)
    match = NUMBER.match(text, at)
    number = parse_number(match[0]) if match else None
    return (match.end(), number) if match is not None and number is not None else None


def _loosened(text: str, end: int, approx: Approx) -> tuple[int, Approx]:
    """What follows a fraction and loosens it: 三分之一强, 四分之一多, 百分之五十以上."""
    if more := BETWEEN.match(text, end):
        end, approx = more.end(), "over"
    elif (near := _ABOUT.match(text, end)) and not "\u4e00" <= text[end + 1 : end + 2].strip("的") <= "\u9fff":
        end, approx = near.end(), "over" if near[1] else "under"
    end, said = after(text, end)
    return end, said if said and approx == "exact" else approx
