"""Find every number expression of a text: qualifier, number, multiplier, unit.

The recogniser works on characters, since word segmenters cut numbers apart (``一百二十|三万人``). It takes one step to
the right per expression, so that its time is linear in the text.
"""

from __future__ import annotations

import re
import sys
from decimal import Decimal

from pipeline.language.numerals import DIGITS, NEGATIVE, parse_number
from pipeline.language.widths import fold_width
from pipeline.metrics import grammar
from pipeline.metrics.exclusions import PhraseIndex, date_end, is_code, is_ordinal
from pipeline.metrics.units import UnitHit, UnitIndex
from pipeline.records import Approx, Quantity
from pipeline.rules import Rules
from pipeline.rules.schema import Phrase, Unit

_PER = {"百": ("%", Decimal(1)), "千": ("‰", Decimal(1)), "万": ("‱", Decimal(1))}
_LOOSE_MULTIPLIER = re.compile(r"[十百千万亿萬億]+")
_FRACTION = re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,3})(?![\d/])")
_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s?[:：∶比]\s?(\d+(?:\.\d+)?)(?![\d:：])")
_MASKED = re.compile(r"[×＊*xX○]{1,4}(?:\.[×＊*xX○]{1,2})?(?=余?[万亿]?(?:[元人户名个亩%]|余名))")
_NOWHERE = (sys.maxsize, sys.maxsize)
_HAN = re.compile(r"[\u3400-\u9fff]")


class Recogniser:
    """Finds quantities; built once from the tables of units and phrases."""

    def __init__(self, rules: Rules) -> None:
        self.units = UnitIndex(rules.table(Unit))
        self._phrases = PhraseIndex(rules.table(Phrase))
        self._scanner = grammar.scanner(self.units.first_characters)

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
        search = self._scanner.search
        while match := search(text, at):
            start, end = match.span()
            while closed <= start:
                opened, closed = next(enclosed, _NOWHERE)
            if opened <= start:
                at = closed
                continue
            quantity, at = self._read(text, start, end, floor)
            if quantity is not None:
                found.append(quantity)
                floor = at = quantity.end
        return found

    def _read(self, text: str, start: int, end: int, floor: int) -> tuple[Quantity | None, int]:
        """The quantity whose number is ``text[start:end]``, or None, and where to look on."""
        number = text[start:end]
        if skip := self._phrases.covers(text, start, end) or date_end(text, start, end, number):
            return None, skip
        if is_code(text, start, end, number) or is_ordinal(text, start, end):
            return None, end
        special = self._fraction(text, start, end, floor) or self._pair(text, start, end, floor)
        if special is not None:
            return special, special.end
        if (
            number[-1] in "千百"
            and len(number) > 1
            and (unit := self.units.at(text, end - 1))
            and len(unit.written) > 1
        ):
            end -= 1  # 二十五|千克
        value = Decimal("0.5") if text[start] == "半" else parse_number(text[start:end])
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
        hit = self._unit(text, end)
        if low is None or high is None or not scale or (hit is None and not match["scale"]):
            return None
        if high - low != 1 and (match["low"], match["high"]) != ("三", "五"):
            return None
        begin, _ = _before(text, start, floor)
        stop, _ = _after(text, hit.end if hit else end)
        unit, row = (hit.written, hit.row.id if hit.row else "") if hit else ("", "")
        return Quantity(begin, stop, None, float(low * scale), float(high * scale), unit, "range", row, rule="pair")

    def _measured(self, text: str, start: int, end: int, value: Decimal, floor: int) -> tuple[Quantity | None, int]:
        """A number with what stands around it: 3—5万元, 逾15万余人, 近100个, 三成以上."""
        number = text[start:end].lstrip(NEGATIVE)
        begin, approx = _before(text, start, floor)
        if text[start - 1 : start] in tuple("数几") and number[0] in "十百千万亿" and start > floor:
            begin, approx = min(begin, start - 1), "over"
        end, value, more = _multiplied(text, start, end, value)
        if more:
            approx = "over" if approx in ("exact", "about", "over") else approx
        hit = self._unit(text, end)
        ranged = self._range(text, end, value, hit)
        if ranged is not None:
            low, high, hit, end = ranged
            value, approx = Decimal(0), "range"
        elif hit is None and not self._bare(text, start, end, number, more):
            return None, max(end, start + 1)
        if hit is not None:
            end, value = self._parts(text, hit, value)
        end, after = _after(text, end)
        if approx in ("exact", "about") and after:
            approx = after
        unit, row = (
            ("百分点" if hit.written == "个百分点" else hit.written, hit.row.id if hit.row else "") if hit else ("", "")
        )
        tenth = Decimal(10) if unit == "成" else Decimal(1)
        unit = "%" if unit == "成" else unit
        value *= tenth
        if ranged is not None:
            bounds = float(low * tenth), float(high * tenth)
            return Quantity(begin, end, None, *bounds, unit, "range", row, rule="range"), end
        return Quantity(begin, end, float(value), None, None, unit, approx, row, rule="number"), end

    def _fraction(self, text: str, start: int, end: int, floor: int) -> Quantity | None:
        """百分之十二, 三分之一, 1/4, 1.68∶1."""
        begin, approx = _before(text, start, floor)
        if text.startswith("分之", end):
            match = grammar.NUMBER.match(text, end + 2)
            below, above = parse_number(text[start:end]), parse_number(match[0]) if match else None
            if match is None or below is None or above is None or not below:
                return None
            per = _PER.get(text[start:end])
            value, unit = (above, per[0]) if per else (above / below, "")
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
                stop, _ = _after(text, stop)
                return Quantity(begin, stop, None, float(value), float(high), unit, "range", row, rule="percent_of")
            if more := grammar.BETWEEN.match(text, stop):
                stop, approx = more.end(), "over"
            stop, after = _after(text, stop)
            approx = after if after and approx == "exact" else approx
            return Quantity(
                begin, stop, float(value), None, None, unit, approx, row, rule="percent_of" if per else "fraction"
            )
        if match := _FRACTION.match(text, start):
            above, below = Decimal(match[1]), Decimal(match[2])
            if below and above < below and not self.units.at(text, match.end()):
                stop, after = _after(text, match.end())
                return Quantity(begin, stop, float(above / below), None, None, "", after or approx, rule="fraction")
        if (match := _RATIO.match(text, start)) and match[2] == "1":
            return Quantity(begin, match.end(), float(Decimal(match[1])), None, None, "", approx, rule="ratio")
        return None

    def _unit(self, text: str, at: int) -> UnitHit | None:
        """The unit at `at`, also after blanks or a broken line end."""
        hit = self.units.at(text, at)
        if hit is None and text[at : at + 1].isspace():
            on = at
            while on < at + 4 and text[on : on + 1].isspace():
                on += 1
            broken = "\n" in text[at:on]
            hit = self.units.at(text, on)
            if hit is not None and broken and hit.row is not None and hit.row.role == "weak" and on - at < 1:
                return None
        return hit

    def _parts(self, text: str, hit: UnitHit, value: Decimal) -> tuple[int, Decimal]:
        """What goes on after a unit: 3元5角, 一年半, 六成五."""
        end = hit.end
        if hit.row is not None and hit.row.dimension == "money":
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
        elif hit.written == "成" and (rest := grammar.TENTHS.match(text, end)):
            value, end = value + Decimal(DIGITS[rest[0]]) / 10, rest.end()
        elif text[end : end + 1] == "半" and not self.units.at(text, end + 1) and hit.written != "%":
            value, end = value + Decimal("0.5"), end + 1
        return end, value

    def _range(
        self, text: str, end: int, first: Decimal, hit: UnitHit | None
    ) -> tuple[Decimal, Decimal, UnitHit | None, int] | None:
        """The upper bound after 3—5万元 or 5%至10%: both values, the unit, and where the number ends."""
        mark = grammar.RANGE_MARK.match(text, hit.end if hit else end)
        if mark is None:
            return None
        match = grammar.NUMBER.match(text, mark.end())
        second = parse_number(match[0]) if match else None
        if match is None or second is None:
            return None
        stop, second, _ = _multiplied(text, match.start(), match.end(), second)
        upper = self._unit(text, stop)
        if hit is not None and (upper is None or upper.written != hit.written):
            return None
        if upper is None and text[stop : stop + 1] in tuple("月日号年时点"):
            return None
        plain = parse_number(match[0].rstrip("百千万亿萬億" if match[0][0].isdigit() else "万亿萬億"))
        scale = second / plain if plain else Decimal(1)
        if scale > 1 and first < (plain or 0):
            first *= scale
        return (first, second, upper, stop) if first < second else None

    def _bare(self, text: str, start: int, end: int, number: str, more: bool) -> bool:
        """Whether a number without unit is a number expression all the same."""
        after = text[end : end + 1]
        if after.isascii() and after.isalpha():
            return False
        if number[0].isdigit() or number[0] in "-+":
            return not (
                len(number) > 6
                and number.isdigit()
                and (number[0] == "0" or len(number) in (8, 11) or len(number) > 12)
            )
        lone = not _HAN.match(text[start - 1 : start]) and not _HAN.match(after)
        return more or lone or (len(number) > 1 and number[-1] in "百千万亿萬億")


def _before(text: str, start: int, floor: int) -> tuple[int, Approx]:
    """Where the expression begins with its qualifiers, and what they say."""
    begin, approx = start, "exact"
    if (match := grammar.CURRENCY.search(text, max(floor, start - 4), start)) is not None:
        begin = match.start()
    while (hit := grammar.qualifier_before(text, begin)) is not None and hit[0] >= floor:
        begin, said = hit
        approx = said if approx in ("exact", "about") else approx
    return begin, approx  # type: ignore[return-value]


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


def _after(text: str, end: int) -> tuple[int, Approx | None]:
    match = grammar.AFTER.match(text, end)
    if match is None:
        return end, None
    kind = match.lastgroup
    return match.end(), "over" if kind == "more" else kind  # type: ignore[return-value]
