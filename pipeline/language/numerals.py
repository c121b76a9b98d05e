"""Read a written number: Arabic, Chinese, financial, mixed.

Reports write one number in many ways: ``1.26亿``, ``一亿二千六百万``, ``１２６００万``, ``壹亿贰仟陆佰万``. All are read here, and
nowhere else. Values are exact decimals; a caller that wants a float rounds once, at the end.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from pipeline.rules import Rules
from pipeline.rules.schema import Numeral


def _values(kind: str) -> dict[str, int]:
    return {sign: int(row.value) for row in Rules().table(Numeral) if row.kind == kind for sign in row.written}


DIGITS, SMALL, LARGE, TENS = map(_values, ("digit", "small", "large", "tens"))
POINTS = "点點"
LONGEST = 32
"""A run of more signs than this is noise and no number."""
NEGATIVE = "负負-－−"

CHINESE = "".join(dict.fromkeys([*DIGITS, *SMALL, *LARGE, *TENS]))
"""Every character that a Chinese numeral is written with, the point aside."""

_FOLD: dict[int, int | str | None] = {0xFF10 + i: 0x30 + i for i in range(10)} | dict.fromkeys(map(ord, "．·•"), ".")
_FOLD |= {ord(comma): None for comma in "，,、"}
_FOLD |= {ord(latin): ord(sign) for latin, sign in zip("kKwW", "千千万万", strict=True)}
_FOLD |= {ord(c): None for c in " \t\r\n\u3000\u00a0\u2009"}

SCALE = {"": Decimal(1), "万": Decimal(LARGE["万"]), "亿": Decimal(LARGE["亿"])}
"""What the commonest multipliers make of a number; the empty one leaves it."""
EXPONENT = {"": "", "万": "e4", "亿": "e8"}
"""The same written behind digits, for a float to be read from both."""


def parse_number(written: str) -> Decimal | None:
    """Give the value of a written number, or None where it is none.

    >>> [str(parse_number(n)) for n in ("1,260万", "一百二十三万", "三点五", "二〇二三", "1亿2千万", "两万五", "廿三")]
    ['12600000', '1230000', '3.5', '2023', '120000000', '25000', '23']
    """
    text = written.translate(_FOLD)
    return _parse(text) if len(text) <= LONGEST else None


@lru_cache(4096)
def _parse(text: str) -> Decimal | None:
    """The value of a folded number. Reports write the same few hundred Chinese ones again and again."""
    if text == "半":
        return Decimal("0.5")
    if text.isascii():
        try:
            return Decimal(text) if text[-1:].isdigit() else None
        except ArithmeticError:
            return None
    if text[0] in NEGATIVE:
        inner = _parse(text[1:])
        return -inner if inner is not None else None
    return _parse_mixed(text)


def _parse_mixed(text: str) -> Decimal | None:
    """Sum up groups of digits, each with its multipliers, the large ones (万, 亿) closing a section."""
    total = section = Decimal(0)
    current: Decimal | None = None
    last = Decimal(1)  # the multiplier before the digits read last, for 两万五 = 25000
    gap = True  # 零 or the beginning: what follows is no shorthand
    i, end = 0, len(text)
    while i < end:
        char = text[i]
        if char in DIGITS or char.isdigit():
            stop = _digits_end(text, i)
            value = _digits(text[i:stop])
            if value is None or current is not None:
                return None
            gap = gap or char in "零〇○" or stop - i > 1
            current, i = value, stop
            continue
        if char in TENS:
            section += TENS[char]
            last = Decimal(10)
        elif char in SMALL:
            factor = Decimal(SMALL[char])
            section += factor * (current or 1)
            last, current, gap = factor, None, False
        elif char in LARGE:
            factor = Decimal(LARGE[char])
            section += current or 0
            if not section and not total:
                section = Decimal(1) if current is None else section
            if current is None and not section and total and text[i - 1] in LARGE:
                total *= factor  # 三十四万万, 三万亿
            elif factor > 10**4 and total and last <= 10**4 and total < factor:
                total = (total + section) * factor  # 三万亿, 一万二千亿
            else:
                total += section * factor
            section, last, current, gap = Decimal(0), factor, None, False
        elif (char in POINTS or char == ".") and current is None and i + 1 < end and _is_digit(text[i + 1]):
            i = _digits_end(text, i + 1)  # 十点二: what is after the point belongs to all of the section
            section += _digits("0点" + text[text.index(char) + 1 : i]) or 0
            continue
        else:
            return None
        i += 1
    if current is not None:
        shorthand = not gap and last >= 100 and current < 10 and current == current.to_integral_value()
        section += current * (last / 10 if shorthand else 1)
    return total + section


def _digits_end(text: str, start: int) -> int:
    """Where a run of digits with at most one point ends."""
    i, point = start, False
    while i < len(text):
        if text[i] in DIGITS or text[i].isdigit():
            i += 1
        elif (text[i] in POINTS or text[i] == ".") and not point and i + 1 < len(text) and _is_digit(text[i + 1]):
            point = True
            i += 1
        else:
            break
    return i


def _is_digit(char: str) -> bool:
    return char in DIGITS or char.isdigit()


def _digits(run: str) -> Decimal | None:
    """A run of single digits read one after the other: 二〇二三, 3.5, 三点一四."""
    plain = "".join("." if c in POINTS else str(DIGITS[c]) if c in DIGITS else c for c in run)
    try:
        return Decimal(plain)
    except ArithmeticError:
        return None
