"""What a heading is before it has a place in the tree."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.language.numerals import parse_number

_ROMAN = {"Ⅰ": 1, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_CIRCLES = ((0x2460, 1), (0x2776, 1), (0x2474, 1), (0x3220, 1), (0x2160, 1), (0x2170, 1), (0x2488, 1))  # ① ❶ ⑴ ㈠ Ⅰ ⅰ ⒈
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_KERNEL = re.compile(r"[一二三四五六七八九十百〇○零]+|[\d\s]*\d|[A-Za-zＡ-Ｚ]+|[①-⒛㈠-㈩❶-❿Ⅰ-ⅻ]")


class Heading(NamedTuple):
    """A heading found, ``text[start:end]``, or an item that only looks like one (``end`` is ``start``).

    ``rank`` tells styles apart and orders them where the document does not; ``order`` is the number it bears, 0 where
    it bears none; ``line`` is the index of the line that it begins, ``last`` of the one that it ends in.
    """

    start: int
    end: int
    style: str
    rank: int
    number: str = ""
    order: int = 0
    line: int = 0
    last: int = 0
    own_line: bool = True


def order_of(number: str) -> int:
    """The number that a mark bears: 3 for 三、, （三）, 3., ③ and C.; 0 where it bears none.

    >>> [order_of(mark) for mark in ("十二、", "（三）", "第 1 0 条", "⑶", "III.", "b.", "贰、", "【")]
    [12, 3, 10, 3, 3, 2, 2, 0]
    """
    match = _KERNEL.search(number.translate(_FORMAL))
    if match is None:
        return 0
    kernel = "".join(match[0].split())
    if kernel.upper() in _ROMAN and (len(kernel) > 1 or kernel in "IVXⅠ"):
        return _ROMAN[kernel.upper()]
    if kernel[0].isascii() and kernel[0].isalpha():
        return ord(kernel[0].lower()) - ord("a") + 1
    if "Ａ" <= kernel[0] <= "Ｚ":
        return ord(kernel[0]) - ord("Ａ") + 1
    for first, least in _CIRCLES:
        if first <= ord(kernel[0]) < first + 20:
            return ord(kernel[0]) - first + least
    value = parse_number(kernel)
    return int(value) if value is not None else 0
