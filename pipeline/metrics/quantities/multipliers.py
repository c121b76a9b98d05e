"""What a number takes in besides its digits: a loose multiplier (30余万), and smaller units behind (3元5角, 一年半)."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.language.numerals import DIGITS, parse_number
from pipeline.metrics.quantities.grammar import NUMBER
from pipeline.metrics.quantities.qualifiers import BETWEEN
from pipeline.metrics.quantities.units import UnitForm, UnitIndex

_LOOSE_MULTIPLIER = re.compile(r"(?:[十百万亿萬億]|千(?!瓦|克|米|卡|伏|安|焦|帕|赫|升|乏|牛))+")
_HUNDRED_MILLIONS = re.compile("([余餘多]?)[个個]([余餘多]?)[亿億](?!级|[元圆](?:企业|产业|项目|园区|村|镇|乡|县))")
"""2个亿, 3个多亿, 20多个亿."""
_AND_HALF = re.compile("[个個]半(?=多?(?:小时|小時|钟头|月|年|世纪|学期|星期|亿))")
_TENTHS = re.compile("[一二三四五六七八九](?![个十百千万亿点成大是要跃举直度路])")
_SMALLER: dict[str, tuple[tuple[str, Decimal], ...]] = {
    "元": (("角毛毫", Decimal("0.1")), ("分", Decimal("0.01"))),
    "角": (("分", Decimal("0.1")),),
    "斤": (("两兩", Decimal("0.1")),),
    "丈": (("尺", Decimal("0.1")), ("寸", Decimal("0.01"))),
    "尺": (("寸", Decimal("0.1")),),
    "亩": (("分", Decimal("0.1")),),
    "小时": (("分", Decimal(1) / 60),),
    "分": (("秒", Decimal(1) / 60),),
}
"""The units that go on after a larger one, with what part of it they are."""
_SHARES = {
    **dict.fromkeys(("圆", "块", "块钱", "塊", "蚊"), "元"),
    "市斤": "斤",
    "畝": "亩",
    "个小时": "小时",
    "小時": "小时",
    "分钟": "分",
    "分鐘": "分",
}
_OLD_LIANG = Decimal(16)
"""How many 两 a 斤 had before 1959; only where there are ten or more of them that is sure: 三百斤|十二两."""
_BARE = re.compile(
    r"零?([一二三四五六七八九1-9])(?=[至到的每增提涨降]|一[斤公个]|[^\u4e00-\u9fff0-9.]|$)|零([一二三四五六七八九])"
)
"""A last digit that goes without its unit: 三块四, 3块2, 一米七, 三毛八的单价, 两块五一斤."""
_SIZES = frozenset("亿级头只羽亩吨千人户株尾")
"""What goes on behind 2个万 where the 万 belongs to the name of what is counted: 2个|万头牧场."""


def multiplied(text: str, start: int, end: int, value: Decimal) -> tuple[int, Decimal, bool]:
    """Read on after the number ``text[start:end]``: 30余万 is 300000, 两个亿 200000000, 一个半月 1.5. The flag tells of 余, 多, 几."""
    if scaled := _HUNDRED_MILLIONS.match(text, end):
        return scaled.end(), value * 10**8, bool(scaled[1] or scaled[2])
    if text[end : end + 2] == "个万" and text[end + 2 : end + 3] not in _SIZES:
        return end + 2, value * 10**4, False
    if half := _AND_HALF.match(text, end):
        return half.end(), value + Decimal("0.5"), False
    match = BETWEEN.match(text, end)
    if match is None:
        return end, value, False
    end = match.end()
    loose = _LOOSE_MULTIPLIER.match(text, end)
    if loose is None or (loose[0] == "百" and text[loose.end() : loose.end() + 1] in ("米", "分")):
        return end, value, True
    whole = parse_number(text[start : match.start()] + loose[0])  # 二亿三千多万: 多 stands within the number
    return loose.end(), whole or value, True


def with_parts(text: str, unit: UnitForm, end: int, value: Decimal, units: UnitIndex) -> tuple[int, Decimal]:
    """Read on after the unit that ends at `end`: 3元5角, 三斤二两, 三米五, 一年半, 六成五."""
    after = text[end : end + 1]
    if after == "半":
        if units.at(text, end + 1) or unit.written == "%":
            return end, value
        return end + 1, value + Decimal("0.5")
    if unit.written == "成":
        rest = _TENTHS.match(text, end)
        return (rest.end(), value + Decimal(DIGITS[rest[0]]) / 10) if rest else (end, value)
    large = _SHARES.get(unit.written, unit.written)
    begin = end
    for signs, share in _SMALLER.get(large, ()):
        match = NUMBER.match(text, end)
        amount = parse_number(match[0].rstrip("两兩" if large == "斤" else "")) if match else None
        if match is None or amount is None:
            continue
        if large == "斤" and 10 <= amount < _OLD_LIANG and amount == int(amount):
            share = 1 / _OLD_LIANG
        elif amount >= (60 if large in ("小时", "分") else 10):
            continue
        stop = match.end() - (match[0][-1] in "两兩" and large == "斤")
        if text[stop : stop + 1] in tuple(signs) and not (large == "亩" and text[stop + 1 : stop + 2] in ("钱", "之")):
            value, end = value + amount * share, stop + 1
            end += text.startswith(("钱", "钟", "錢", "鐘"), end)
    if (
        end == begin
        and (large == "米" or unit.written in ("块", "塊", "蚊", "毛"))
        and (last := _BARE.match(text, end))
    ):
        tenth = Decimal("0.1") if last[1] and last[0][0] != "零" else Decimal("0.01")
        value, end = value + _digit(last) * tenth, last.end()
    elif begin < end and large in ("元", "亩") and (last := _BARE.match(text, end)):
        value, end = value + _digit(last) * Decimal("0.01"), last.end()
    if large == "元" and text[end : end + 1] in ("整", "正"):
        end += 1
    return end, value


def _digit(bare: re.Match[str]) -> Decimal:
    digit = bare[1] or bare[2]
    return Decimal(digit if digit.isdigit() else DIGITS[digit])
