"""Find every number expression of a text: qualifier, number, multiplier, unit.

The recogniser works on characters, since word segmenters cut numbers apart (``一百二十|三万人``). It takes one step to
the right per expression, so that its time is linear in the text.
"""

from __future__ import annotations

import re
import sys
from decimal import Decimal

from pipeline.language.numerals import DIGITS, NEGATIVE, SCALE, parse_number
from pipeline.language.widths import fold_width
from pipeline.metrics import grammar
from pipeline.metrics.exclusions import PhraseIndex, end_of_excluded
from pipeline.metrics.units import UnitForm, UnitIndex
from pipeline.records import Approx, Quantity
from pipeline.rules import Rules
from pipeline.rules.schema import Phrase, Unit

_PER = {"百": "%", "千": "‰", "万": "‱"}
_WRITTEN_AS = {"个百分点": "百分点", "成": "%"}
_SHARES = frozenset("分/:：∶比 ")
_PAIRED = frozenset("一二两三四五六七八十")
_DATE_SIGNS = frozenset("月日号年时点")
_LOOSE_MULTIPLIER = re.compile(r"[十百千万亿萬億]+")
_FRACTION = re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,3})(?![\d/])")
_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s?[:：∶比]\s?(\d+(?:\.\d+)?)(?![\d:：])")
_NOWHERE = (sys.maxsize, sys.maxsize)
_HAN = re.compile(r"[\u3400-\u9fff]")


class Recogniser:
    """Finds quantities; built once from the tables of units and phrases."""

    def __init__(self, rules: Rules) -> None:
        self.units = UnitIndex(rules.table(Unit))
        self._phrases = PhraseIndex(rules.table(Phrase))
        self._candidates = grammar.candidates(self.units.first_characters)

    def find(self, text: str) -> list[Quantity]:
        """All number expressions in order, none overlapping another; spans are into `text`.

        >>> [(q.value, q.unit, q.approx) for q in Recogniser(Rules()).find("观看人数逾15万余人，增长百分之五点二")]
        [(150000.0, '人', 'over'), (5.2, '%', 'exact')]
        """
        text = fold_width(text)
        enclosed = iter(self._phrases.enclosed(text))
        opened, closed = next(enclosed, _NOWHERE)
        found: list[Quantity] = []
        at = floor = 0
        search = self._candidates.search
        while match := search(text, at):
            start = match.start()
            while closed <= start:
                opened, closed = next(enclosed, _NOWHERE)
            if opened <= start:
                at = closed
                continue
            quantity, at = self._read(text, start, floor)
            if quantity is not None:
                found.append(quantity)
                floor = at = quantity.end
        return found

    def _read(self, text: str, start: int, floor: int) -> tuple[Quantity | None, int]:
        """The quantity whose number begins at `start`, or None, and where to look on."""
        match = grammar.NUMBER.match(text, start)
        if match is None:
            return None, start + 1
        number, end = match[0], match.end()
        if skip := self._phrases.covers(text, start, end) or end_of_excluded(text, start, end, number):
            return None, skip
        if text[end : end + 1] in _SHARES and (special := self._fraction(text, start, end, floor)):
            return special, special.end
        if number[0] in _PAIRED and (special := self._pair(text, start, end, floor)):
            return special, special.end
        if number[-1] in "千百" and len(number) > 1:
            unit = self.units.at(text, end - 1)
            if unit is not None and unit.length > 1:
                number, end = number[:-1], end - 1  # 二十五|千克
        value = Decimal(match["plain"]) * SCALE[match["scale"]] if match["plain"] else parse_number(number)
        if value is None:
            return None, end
        if start > floor and text[start - 1] in NEGATIVE and not text[start - 2 : start - 1].isalnum():
            start, value = start - 1, -value
        return self._measured(text, start, end, value, floor)

    def _pair(self, text: str, start: int, end: int, floor: int) -> Quantity | None:
        """三五百块, 七八个, 十七八人: a range of two neighbouring digits."""
        match = grammar.PAIR.fullmatch(text, start, end)
        if match is None:
            return None
        low, high = (parse_number(match["ten"] + match[side]) for side in ("low", "high"))
        scale = parse_number(match["scale"]) if match["scale"] else Decimal(1)
        unit, stop = self._unit(text, end)
        if low is None or high is None or not scale or (unit is None and not match["scale"]):
            return None
        if high - low != 1 and (match["low"], match["high"]) != ("三", "五"):
            return None
        begin, _ = grammar.before(text, start, floor)
        stop, _ = grammar.after(text, stop)
        written, row = _named(unit)
        return Quantity(begin, stop, None, float(low * scale), float(high * scale), written, "range", row, rule="pair")

    def _measured(self, text: str, start: int, end: int, value: Decimal, floor: int) -> tuple[Quantity | None, int]:
        """A number with what stands around it: 3—5万元, 逾15万余人, 近100个, 三成以上."""
        begin, approx, more, first = start, "exact", False, start + (text[start] in NEGATIVE)
        if text[start - 1 : start] in grammar.BEFORE_LAST:
            begin, approx = grammar.before(text, start, floor)
            if text[start - 1] in "数几" and text[first] in "十百千万亿" and start > floor:
                begin, approx = min(begin, start - 1), "over"
        if text[end : end + 1] in grammar.BETWEEN_FIRST:
            end, value, more = _multiplied(text, start, end, value)
            if more and approx != "under":
                approx = "over"
        unit, stop = self._unit(text, end)
        if text[stop : stop + 1] in grammar.RANGE_FIRST and (ranged := self._range(text, end, stop, value, unit)):
            low, high, unit, end = ranged
            tenths = 10.0 if unit is not None and unit.written == "成" else 1.0
            end, _ = grammar.after(text, end)
            written, row = _named(unit)
            bounds = float(low) * tenths, float(high) * tenths
            return Quantity(begin, end, None, *bounds, written, "range", row, rule="range"), end
        if unit is None and not more and not self._bare(text, start, end, text[first:end]):
            return None, max(end, start + 1)
        if text[stop : stop + 1] in grammar.FOLLOWS:
            if unit is not None:
                stop, value = self._parts(text, unit, stop, value)
            stop, after = grammar.after(text, stop)
            if after and approx in ("exact", "about"):
                approx = after
        written, row = _named(unit)
        if written == "%" and unit is not None and unit.written == "成":
            value *= 10
        return Quantity(begin, stop, float(value), None, None, written, approx, row, rule="number"), stop

    def _fraction(self, text: str, start: int, end: int, floor: int) -> Quantity | None:
        """百分之十二, 三分之一, 1/4, 1.68∶1."""
        begin, approx = grammar.before(text, start, floor)
        if text.startswith("分之", end):
            return self._parts_of(text, start, end, begin, approx)
        if match := _FRACTION.match(text, start):
            above, below = Decimal(match[1]), Decimal(match[2])
            if below and above < below and not self.units.at(text, match.end()):
                stop, after = grammar.after(text, match.end())
                return Quantity(begin, stop, float(above / below), None, None, "", after or approx, rule="fraction")
        if (match := _RATIO.match(text, start)) and match[2] == "1":
            return Quantity(begin, match.end(), float(Decimal(match[1])), None, None, "", approx, rule="ratio")
        return None

    def _parts_of(self, text: str, start: int, end: int, begin: int, approx: Approx) -> Quantity | None:
        """百分之十二, 百分之五到八, 三分之一: the denominator is ``text[start:end]``."""
        match = grammar.NUMBER.match(text, end + 2)
        below, above = parse_number(text[start:end]), parse_number(match[0]) if match else None
        if match is None or below is None or above is None or not below:
            return None
        per = _PER.get(text[start:end])
        value, unit = (above, per) if per else (above / below, "")
        stop, high = match.end(), Decimal(0)
        mark = grammar.RANGE_MARK.match(text, stop)
        if per and mark:
            skip = mark.end() + 3 if text.startswith(text[start:end] + "分之", mark.end()) else mark.end()
            second = grammar.NUMBER.match(text, skip)
            upper = parse_number(second[0]) if second else None
            if second is not None and upper is not None and upper > value:
                stop, high = second.end(), upper
        row = "percent" if unit == "%" and "percent" in self.units.rows else ""
        if high:
            stop, _ = grammar.after(text, stop)
            return Quantity(begin, stop, None, float(value), float(high), unit, "range", row, rule="percent_of")
        if more := grammar.BETWEEN.match(text, stop):
            stop, approx = more.end(), "over"
        stop, after = grammar.after(text, stop)
        approx = after if after and approx == "exact" else approx
        rule = "percent_of" if per else "fraction"
        return Quantity(begin, stop, float(value), None, None, unit, approx, row, rule=rule)

    def _unit(self, text: str, at: int) -> tuple[UnitForm | None, int]:
        """The unit at `at`, also after blanks or a broken line end, and where it ends (`at` where there is none)."""
        unit = self.units.at(text, at)
        if unit is None and text[at : at + 1].isspace():
            on = at + 1
            while on < at + 4 and text[on : on + 1].isspace():
                on += 1
            unit = self.units.at(text, on)
            return unit, on + unit.length if unit is not None else at
        return unit, at + unit.length if unit is not None else at

    def _parts(self, text: str, unit: UnitForm, end: int, value: Decimal) -> tuple[int, Decimal]:
        """What goes on after a unit: 3元5角, 一年半, 六成五."""
        if unit.row is not None and unit.row.dimension == "money":
            for signs, share in (("角毛", Decimal("0.1")), ("分", Decimal("0.01"))):
                match = grammar.NUMBER.match(text, end)
                amount = parse_number(match[0]) if match else None
                if (
                    match is None
                    or amount is None
                    or amount >= 10
                    or text[match.end() : match.end() + 1] not in tuple(signs)
                ):
                    continue
                value, end = value + amount * share, match.end() + 1
            if text[end : end + 1] in ("整", "正"):
                end += 1
        elif unit.written == "成" and (rest := grammar.TENTHS.match(text, end)):
            value, end = value + Decimal(DIGITS[rest[0]]) / 10, rest.end()
        elif text[end : end + 1] == "半" and not self.units.at(text, end + 1) and unit.written != "%":
            value, end = value + Decimal("0.5"), end + 1
        return end, value

    def _range(
        self, text: str, end: int, stop: int, first: Decimal, unit: UnitForm | None
    ) -> tuple[Decimal, Decimal, UnitForm | None, int] | None:
        """The upper bound after 3—5万元 or 5%至10%: both values, the unit, and where the number ends."""
        mark = grammar.RANGE_MARK.match(text, stop)
        match = grammar.NUMBER.match(text, mark.end()) if mark is not None else None
        second = parse_number(match[0]) if match else None
        if match is None or second is None:
            return None
        end, second, _ = _multiplied(text, match.start(), match.end(), second)
        upper, stop = self._unit(text, end)
        if unit is not None and (upper is None or upper.written != unit.written):
            return None
        if upper is None and text[end : end + 1] in _DATE_SIGNS:
            return None
        plain = parse_number(match[0].rstrip("百千万亿萬億" if match[0][0].isdigit() else "万亿萬億"))
        scale = second / plain if plain else Decimal(1)
        if scale > 1 and first < (plain or 0):
            first *= scale
        return (first, second, upper, stop) if first < second else None

    def _bare(self, text: str, start: int, end: int, number: str) -> bool:
        """Whether a number without unit is a number expression all the same."""
        after = text[end : end + 1]
        if after.isascii() and after.isalpha():
            return False
        if number[0].isdigit() or number[0] == ".":
            return not (
                len(number) > 6
                and number.isdigit()
                and (number[0] == "0" or len(number) in (8, 11) or len(number) > 12)
            )
        lone = not _HAN.match(text[start - 1 : start]) and not _HAN.match(after)
        return lone or (len(number) > 1 and number[-1] in "百千万亿萬億")


def _named(unit: UnitForm | None) -> tuple[str, str]:
    """The unit of a record as the annotation guide has it, and the id of its row."""
    if unit is None:
        return "", ""
    return _WRITTEN_AS.get(unit.written, unit.written), unit.row.id if unit.row else ""


def _multiplied(text: str, start: int, end: int, value: Decimal) -> tuple[int, Decimal, bool]:
    """Read 余万 after a number: 30余万 is 300000 and more."""
    if text[end : end + 2] in ("个亿", "個億", "个万"):  # 两个亿
        return end + 2, value * (parse_number(text[end + 1]) or 1), False
    match = grammar.BETWEEN.match(text, end)
    if match is None:
        return end, value, False
    end = match.start() + 1
    if loose := _LOOSE_MULTIPLIER.match(text, end):
        if loose[0] in ("千", "百") and text[loose.end() : loose.end() + 1] in tuple("瓦克米分"):
            return end, value, True
        whole = parse_number(
            text[start:end].rstrip(text[end - 1]) + loose[0]
        )  # 二亿三千多万: 多 stands within the number
        return loose.end(), whole or value, True
    return end, value, True
