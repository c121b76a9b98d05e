"""Find every number expression of a text: qualifier, number, multiplier, unit.

The recogniser works on characters, since word segmenters cut numbers apart (``一百二十|三万人``). It takes one step to
the right per expression, so that its time is linear in the text.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from decimal import Decimal

from pipeline.language.numerals import CHINESE, EXPONENT, SCALE, parse_number
from pipeline.language.widths import as_printed, fold_width
from pipeline.metrics.quantities import grammar
from pipeline.metrics.quantities.currency import SIGNS as MONEY_SIGNS
from pipeline.metrics.quantities.currency import with_sign
from pipeline.metrics.quantities.exclusions import LABELS, TELLING_AFTER, TELLING_BEFORE, PhraseIndex, excluded_end
from pipeline.metrics.quantities.masked import masked
from pipeline.metrics.quantities.multipliers import multiplied, with_parts
from pipeline.metrics.quantities.qualifiers import BEFORE_LAST, BETWEEN_FIRST, FOLLOWS, after, before
from pipeline.metrics.quantities.ranges import PAIR_FIRST, pair, upper_bound, upper_unit
from pipeline.metrics.quantities.shares import SHARE_FIRST, score_end, share
from pipeline.metrics.quantities.units import UnitForm, UnitIndex
from pipeline.records import Approx, Quantity
from pipeline.rules import Rules
from pipeline.rules.schema import Phrase, Unit

_NOWHERE = (sys.maxsize, sys.maxsize)
_HAN = re.compile(r"[\u3400-\u9fff]")
_MASK = frozenset(grammar.MASK)
_SIGNS = frozenset("负負-－−+下 \u3000")
_SIGN = re.compile(
    r"(?P<minus>(?<![不减減担擔肩欠抱辜胜勝背自税稅])[负負][ \u3000]?|零下)$|(?P<dash>(?<![-－−—])[-－−])$|(?P<plus>\+)$"
)
_SPOKEN_TAIL = re.compile(
    "[一二两三四五六七八九][百千万亿][一二三四五六七八九]|[一二三四五六七八九十百]{2,6}[万亿][一二三四五六七八九]"
)
"""一万三, 三十二万五."""
_POINTS = re.compile(rf"(?:[、，和及与]{{1,2}}[0-9.{CHINESE}]{{1,8}}个){{1,12}}百分点")
"""What goes on after the first of 3.1个、0.8个和2.4个百分点: all of them are points."""
_TALKED = re.compile(
    "(?:[高低涨跌降升长快慢多少差]|提高|增长|下降|回落)(?:出|到|了)?(?:约|近|逾|超过?|将近|差不多|整整)?$"
)
"""What makes points of 个点 in talk: 又高了3个点."""
_MORE_POINTS = ("个多百分点", "个余百分点")
_LOST = frozenset(("m？", "m?"))
"""m³ or m² the power of which a page lost."""
_AMBIGUOUS = frozenset("成度个") | _LOST
_AMBIGUOUS_PLAIN = frozenset("成度") | _LOST
_CUBIC = re.compile("(?:水|库容|方量|[土石砂沙]方?|容积|体积|材积|蓄积|浇筑|混凝土|垃圾|煤气|天然气)[^，。；]{0,8}$")
_SQUARE = re.compile("(?:面积|建筑|占地|绿化|硬化|房|楼|场地|路面|厂区|广场)[^，。；]{0,8}$")
_ODD = frozenset("余餘多")
_COUNTER = frozenset("个個")
_CLOSER_BETWEEN = BETWEEN_FIRST - _COUNTER
_CLOSER_BEHIND_COUNTER = frozenset("亿億万半点")
_CLOSER_BEHIND = FOLLOWS - frozenset("以左")
_FIGURES = frozenset("0123456789.")
_LISTING = frozenset("、，和及与")
_POINT = "个百分点"
_ALIKE = re.compile(r"(?:[、和及与][-－−]?(\d{1,9}(?:\.\d{1,9})?)(?P<scale>[万亿]?))+(?![\d.．、])")
_ONE_BY_ONE = re.compile(r"分别[^。；\n]{0,38}$")
_APART = 500
"""How many times the last number of 分别达8000和1.2万元 another must be to be none of 万."""
_CLOSER_BEFORE = _SIGNS | frozenset("数几數幾")
_TELLING_BEFORE = TELLING_BEFORE | _CLOSER_BEFORE
_TELLING_AFTER = TELLING_AFTER | SHARE_FIRST | _MASK
_CLOSER_AT = _TELLING_AFTER | _CLOSER_BETWEEN | _AMBIGUOUS_PLAIN
_UNSURE = "", "", frozenset[str]()
_EXACT: Approx = "exact"
_BALANCES = re.compile(
    r"(?:[润率速幅额值比为达至到温]|每股收益|盈利|净利|结余|盈余|净资产|净(?:增长?|流入|迁入|出口)[^，。；\d\n]{0,6})$"
)
"""What may be less than nothing: 结余-20万元."""
EARLIER = r"[同环]比|[比较](?:上|去年|前年|年初|同期|期初|基期)[^，。；、\d\n]{0,6}"
"""An earlier time that a number is held against."""
_HELD_AGAINST = re.compile(rf"(?:{EARLIER}|[比较](?:计划|预算)[^，。；、\d\n]{{0,6}})$")
"""Behind what a sign tells which way something went: 比年初+18.3亿元, 较去年同期-0.8分."""
_LETTERS = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3,4}$")
"""An indicator of the economy by its letters: GDP+6.2%, PPI-0.3%."""
_SIGNED_DIMENSIONS = frozenset(("ratio", "ratio_point", "temperature"))


class Recogniser:
    """Finds quantities; built once from the tables of units and phrases."""

    def __init__(self, rules: Rules) -> None:
        self.units = UnitIndex(rules.table(Unit))
        self._phrases = PhraseIndex(rules.table(Phrase))
        if rules.folder is not None:
            self._phrases.compile()
        self._sure = {
            sign: (unit.said, unit.id, behind.union(_CLOSER_BEHIND, _CLOSER_BEHIND_COUNTER if sign in _COUNTER else ()))
            for sign, (unit, behind) in self.units.lone.items()
            if sign not in _CLOSER_AT
        }
        """Units of one character, and what behind them needs a closer look."""
        self._candidates = grammar.candidates(self.units.first_characters)

    def find(self, text: str) -> list[Quantity]:
        """All number expressions in order, none overlapping another; spans are into `text`.

        >>> [(q.value, q.unit, q.approx) for q in Recogniser(Rules()).find("观看人数逾15万余人，增长百分之五点二")]
        [(150000.0, '人', 'over'), (5.2, '%', 'exact')]
        """
        text = as_printed(fold_width(text))
        signed = any(map(text.__contains__, MONEY_SIGNS))
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
            quantity = self._at_once(text, match, floor) if match.lastindex else None
            if quantity is None:
                quantity, at = self._read(text, match, floor)
            if quantity is not None:
                if signed and text[quantity.start - 1 : quantity.start] in MONEY_SIGNS:
                    quantity = with_sign(text, quantity, floor, self.units)
                found.append(quantity)
                floor = at = quantity.end
        return found

    def _at_once(self, text: str, candidate: re.Match[str], floor: int) -> Quantity | None:
        """The commonest shape: a plain number and a unit of one character, with nothing beside them that tells more."""
        start, end = candidate.span()
        last, sign, follow = text[start - 1 : start], text[end : end + 1], text[end + 1 : end + 2]
        said, row, closer = self._sure.get(sign, _UNSURE)
        if last in _TELLING_BEFORE or not row or follow in closer:
            return None
        if follow in _LISTING and sign in _COUNTER and _POINTS.match(text, end + 1):
            return None
        number, scale = candidate.group(0, "scale")
        if scale:
            number = number[:-1] + EXPONENT[scale]
        elif not self._phrases.counts(number, last, sign):
            return None
        begin, approx = before(text, start, floor) if last in BEFORE_LAST else (start, _EXACT)
        stop = end + 1
        if follow in FOLLOWS:
            stop, loose = after(text, stop)
            approx = loose if loose and approx in ("exact", "about") else approx
        return Quantity(begin, stop, float(number), None, None, said, approx, row, False, "number")

    def _read(self, text: str, candidate: re.Match[str], floor: int) -> tuple[Quantity | None, int]:
        """The quantity whose number begins with the candidate, or None, and where to look on."""
        start, plain = candidate.start(), candidate.lastindex is not None
        match = candidate if plain else grammar.NUMBER.match(text, start)
        if match is None:
            return masked(text, start, floor, self.units), start + 1
        number, end = match[0], match.end()
        last, follow = text[start - 1 : start], text[end : end + 1]
        scale = candidate["scale"] if plain else ""
        if (
            not plain
            or follow in _TELLING_AFTER
            or last in TELLING_BEFORE
            or not (scale or self._phrases.counts(number, last, follow))
        ):
            quantity, stop = self._told(text, start, end, number, floor)
            if stop:
                return quantity, stop
        if plain:
            digits = number[:-1] if scale else number
            quantity = self._plain(text, start, end, float(digits + EXPONENT[scale]), floor)
            if quantity is not None:
                return quantity, quantity.end
            return self._measured(text, start, end, Decimal(digits) * SCALE[scale], floor)
        if end - start > 1 and number[0] in PAIR_FIRST and (quantity := pair(text, start, end, floor, self.units)):
            return quantity, quantity.end
        end = self._without_unit(text, start, end)
        value = parse_number(text[start:end])
        if value is None:
            return None, end
        quantity = self._plain(text, start, end, float(value), floor)
        if quantity is not None:
            return quantity, quantity.end
        return self._measured(text, start, end, value, floor)

    def _told(self, text: str, start: int, end: int, number: str, floor: int) -> tuple[Quantity | None, int]:
        """What the words and signs around a number make of it, where that is another thing than so many of a unit.

        The second is where to look on, 0 where they make nothing of it.
        """
        if skip := self._phrases.covers(text, start, end):
            unit = self.units.at(text, end) if skip > end else None
            if unit is None or end + unit.length <= skip:
                return None, skip  # else the unit is longer than the phrase: 三公|里
        last, follow = text[start - 1 : start], text[end : end + 1]
        if follow in _MASK and (power := grammar.POWER.match(text, end)) and (value := parse_number(number)):
            raised = Decimal(10) ** int(power["written"] or unicodedata.normalize("NFKC", power["raised"]))
            return self._measured(text, start, power.end(), value * raised, floor)
        if follow in TELLING_AFTER or last in TELLING_BEFORE or (last in "、和至" and number[0] not in _FIGURES):
            counts = last in LABELS and self.units.at(text, end + (follow in _ODD)) is not None
            if skip := excluded_end(text, start, end, number, counts):
                return None, skip
        if follow in SHARE_FIRST:
            if quantity := share(text, start, end, floor, self.units):
                return quantity, quantity.end
            if skip := score_end(text, start):
                return None, skip
        if follow in _MASK and (quantity := masked(text, start, floor, self.units)):
            return quantity, quantity.end
        return None, 0

    def _plain(self, text: str, start: int, end: int, value: float, floor: int) -> Quantity | None:
        """The commonest shape, read at once: a number and a unit with nothing beside them that needs a closer look."""
        last, first, second = text[start - 1 : start], text[end : end + 1], text[end + 1 : end + 2]
        if last in _CLOSER_BEFORE or first in _CLOSER_BETWEEN:
            return None
        if first in _COUNTER and (
            second in _CLOSER_BEHIND_COUNTER or (second in _LISTING and _POINTS.match(text, end + 1))
        ):
            return None
        unit = self.units.at(text, end)
        if unit is None or unit.written in _AMBIGUOUS_PLAIN:
            return None
        stop = end + unit.length
        follow = text[stop : stop + 1]
        if follow in _CLOSER_BEHIND:
            return None
        begin, approx = before(text, start, floor) if last in BEFORE_LAST else (start, _EXACT)
        if follow in FOLLOWS:
            stop, said = after(text, stop)
            approx = said if said and approx in ("exact", "about") else approx
        return Quantity(begin, stop, value, None, None, unit.said, approx, unit.id, False, "number")

    def _without_unit(self, text: str, start: int, end: int) -> int:
        """Where a number really ends whose last sign begins its unit: 二十五|千克, 三|两."""
        if end - start < 2 or (last := text[end - 1]) not in ("千", "百", "两", "兩"):
            return end
        unit = self.units.at(text, end - 1)
        return end - 1 if unit is not None and (unit.length > 1 or last in "两兩") else end

    def _measured(self, text: str, start: int, end: int, value: Decimal, floor: int) -> tuple[Quantity | None, int]:
        """A number with what stands around it: 3—5万元, 逾15万余人, 近100个, 三成以上."""
        first, more = start, False
        approx: Approx = "exact"
        if tolerance := grammar.TOLERANCE.match(text, end):
            end, approx = tolerance.end(), "about"
        if text[end : end + 1] in BETWEEN_FIRST:
            end, value, more = multiplied(text, start, end, value)
        unit = self.units.at(text, end)
        stop = end if unit is None else end + unit.length
        if unit is None and text[end : end + 1] in _LISTING and text[first].isdigit():
            unit, value = self._shared_unit(text, first, end, value)
        elif unit is None and text[end : end + 1].isspace():
            unit, stop = self.units.near(text, end)
        elif text.startswith(_MORE_POINTS, end):  # 五个多百分点
            unit, stop, more = self.units.at(text, end + 2), end + 5, True
        last = text[start - 1 : start]
        if last in _SIGNS and start > floor:
            start, value = _signed(text, start, value, unit or upper_unit(text, end, self.units), floor)
        if unit is not None and unit.written in _AMBIGUOUS:
            unit, stop = self._as_meant(text, first, value, unit, stop)
            stop = stop if unit is not None else end
        if last in ("数", "几", "數", "幾") and text[first] in "十百千万亿" and first > floor:
            start, more = first - 1, True
        if last in BEFORE_LAST or start != first:
            start, approx = before(text, start, floor)
        if more and approx != "under":
            approx = "about" if text[end - 1] in "来來" else "over"
        low = None
        if text[stop : stop + 1] in FOLLOWS:
            if unit is not None:
                stop, value = with_parts(text, unit, stop, value, self.units)
            if (bounds := upper_bound(text, stop, value, unit, self.units)) and (
                bounds[2] is not None or text[first].isdigit()
            ):
                low, value, unit, stop = bounds
            elif unit is None and not more and not _is_bare(text, first, end):
                return None, end
            stop, said = after(text, stop)
            if said and approx in ("exact", "about"):
                approx = said
        elif unit is None and not more and not _is_bare(text, first, end):
            return None, end
        tenths = 10.0 if unit is not None and unit.written == "成" and value <= 10 else 1.0  # 八五成 is 8.5 of ten
        written, row = (unit.said, unit.id) if unit is not None else ("", "")
        if low is not None:
            bounds_read = float(low) * tenths, float(value) * tenths
            return Quantity(start, stop, None, *bounds_read, written, "range", row, False, "range"), stop
        return Quantity(start, stop, float(value) * tenths, None, None, written, approx, row, False, "number"), stop

    def _shared_unit(self, text: str, start: int, end: int, value: Decimal) -> tuple[UnitForm | None, Decimal]:
        """The unit that the last of some numbers says for all, and the value in it: 分别提高1.2、0.8个百分点, 分别达12和26万吨."""
        match = _ALIKE.match(text, end)
        one_by_one = match is not None and _ONE_BY_ONE.search(text, max(0, start - 40), start) is not None
        if match is None or not (one_by_one or ("." in text[start:end] and not match["scale"])):
            return None, value
        unit, scale = self.units.at(text, match.end()), match["scale"]
        if unit is not None and scale and text[end - 1] not in "万亿" and value < _APART * Decimal(match[1]):
            value *= SCALE[scale]
        return unit, value

    def _as_meant(
        self, text: str, start: int, value: Decimal, unit: UnitForm, stop: int
    ) -> tuple[UnitForm | None, int]:
        """The unit as what is around it has it, and where it ends: 气温25度 is no energy, the 成 of 二十万成都人 no tenth."""
        if unit.written == "成":
            return None if value > 100 else unit, stop
        if unit.written in _LOST:
            before = text[max(0, start - 16) : start]
            told = "m²" if _SQUARE.search(before) else "m³" if _CUBIC.search(before) else ""
            return self.units.at(told, 0) if told else unit, stop
        if unit.written == "个":
            if text[stop : stop + 1] in _LISTING and _POINTS.match(text, stop):
                return self.units.at(_POINT, 0), stop
            talked = text.startswith("点", stop) and _TALKED.search(text, max(0, start - 8), start)
            if talked and (not _HAN.match(text, stop + 1) or text.startswith(("左右", "以"), stop + 1)):
                return self.units.at(_POINT, 0), stop + 1
            return unit, stop
        warm = value < 0 or "温" in text[max(0, start - 8) : start]
        return unit._replace(id="celsius") if warm and "celsius" in self.units.rows else unit, stop


def _signed(text: str, start: int, value: Decimal, unit: UnitForm | None, floor: int) -> tuple[int, Decimal]:
    """The number with the sign before it: 负三, 零下5℃, -2.3%. After a Han character, a dash is one only in a rate."""
    match = _SIGN.search(text, max(floor, start - 2), start)
    if match is None:
        return start, value
    begin, last = match.start(), text[match.start() - 1 : match.start()]
    if match["minus"]:
        return begin, -value
    rate = unit is not None and unit.row is not None and unit.row.dimension in _SIGNED_DIMENSIONS
    near = max(0, begin - 12)
    if (
        (rate and (not (last.isascii() and last.isalnum()) or _LETTERS.search(text, near, begin)))
        or not last.isalnum()
        or (match["dash"] and _BALANCES.search(text, near, begin))
        or _HELD_AGAINST.search(text, near, begin)
    ):
        return begin, -value if match["dash"] else value
    return start, value


def _is_bare(text: str, start: int, end: int) -> bool:
    """Whether a number without unit is a number expression all the same."""
    number, after = text[start:end], text[end : end + 1]
    if after.isascii() and after.isalpha():
        return False
    if number[0].isdigit() or number[0] == ".":
        return not (
            len(number) > 6 and number.isdigit() and (number[0] == "0" or len(number) in (8, 11) or len(number) > 12)
        )
    if "点" in number and (number.index("点") > 2 or text[start - 1 : start] in ("率", "重", "比", "值")):
        return True
    if _SPOKEN_TAIL.fullmatch(number):
        return True
    lone = not _HAN.match(text[start - 1 : start].strip("负負")) and not _HAN.match(after)
    return lone or (len(number) > 1 and number[-1] in "百千万亿萬億")
