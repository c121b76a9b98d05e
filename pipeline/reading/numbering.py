"""Numbers that a word processor sets before paragraphs by itself: ``一、`` stands in no text of the file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pipeline.reading.office_xml import attribute, child, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

DIGITS = "〇一二三四五六七八九"
LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
LEVELS = 9
LARGEST = 9999  # no list is longer; a broken file counts to billions
CLOSED = "、．，：）)。"  # behind which a number needs no blank


def chinese(number: int) -> str:
    """A number in Chinese as lists count: ``二十一``.

    >>> [chinese(number) for number in (1, 10, 12, 20, 105, 110)]
    ['一', '十', '十二', '二十', '一百零五', '一百一十']
    """
    if number <= 0:
        return "〇"
    out = ""
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            out += DIGITS[digit] + sign
        elif out and number and not out.endswith("零"):
            out += "零"
    return out.removeprefix("一") if out.startswith("一十") else out


def roman(number: int) -> str:
    """A Roman number in capitals."""
    out = ""
    for value, sign in ROMAN:
        times, number = divmod(number, value)
        out += sign * times
    return out


def letters(number: int) -> str:
    """``A`` to ``Z``, then ``AA``, ``BB`` as word processors count on."""
    times, at = divmod(max(number, 1) - 1, 26)
    return chr(ord("A") + at) * min(times + 1, 10)


def circled(number: int) -> str:
    """``①`` to ``㊿``."""
    for first, last, sign in ((0, 0, "⓪"), (1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return f"({number})"


def cycle(signs: str) -> Callable[[int], str]:
    """Counts round and round through `signs`."""
    return lambda number: signs[(number - 1) % len(signs)]


FORMATS: Mapping[str, Callable[[int], str]] = {  # by numFmt of the file; what is not here counts in decimals
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "japaneseDigitalTenThousand"), chinese),
    **dict.fromkeys(
        ("ideographDigital", "taiwaneseDigital"),
        lambda number: "".join(DIGITS[int(digit)] for digit in str(number))),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda number: chinese(number).translate(LEGAL)),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "decimalEnclosedFullstop"), circled),
    "ideographTraditional": cycle(STEMS),
    "ideographZodiac": cycle(BRANCHES),
    "decimalZero": "{:02}".format,
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": letters,
    "lowerLetter": lambda number: letters(number).lower(),
    "none": lambda number: "",
}  # fmt: skip


class Level(NamedTuple):
    """How one level of a list counts."""

    start: int
    format: str
    text: str
    blank: bool  # whether a tab or a blank follows
    decimal: bool  # whether the numbers of the levels above are decimals too


class Numbering:
    """The lists of a document, counting as their paragraphs pass."""

    def __init__(self, part: _Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * LEVELS)
        self._begun: set[str] = set()
        for element in part if part is not None else ():
            if local_name(element) == "abstractNum":
                found = (_level(inner) for inner in element if local_name(inner) == "lvl")
                self._levels[attribute(element, "abstractNumId") or ""] = dict(found)
            elif local_name(element) == "num":
                kind = attribute(child(element, "abstractNumId"), "val") or ""
                self._lists[attribute(element, "numId") or ""] = (kind, _restarts(element))

    def next_label(self, list_id: str, at: int) -> str:
        """The number of the next paragraph of a list on level `at`, with what separates it from the text."""
        kind, restarts = self._lists.get(list_id, ("", {}))
        levels = self._levels.get(kind, {})
        if at not in levels or not 0 <= at < LEVELS:
            return ""
        counts = self._counts[kind]
        if list_id not in self._begun:
            self._begun.add(list_id)
            for place, start in restarts.items():
                counts[place] = start - 1 if start > 0 else -1
        level = levels[at]
        counts[at] = max(counts[at], level.start - 1 if counts[at] == 0 else 0) + 1
        counts[at + 1 :] = [0] * (LEVELS - at - 1)
        if level.format == "bullet":
            return ""
        label = re.sub(
            r"%([1-9])", lambda found: self._number(levels, counts, int(found[1]) - 1, level.decimal), level.text
        )
        return f"{label} " if label and level.blank and label[-1] not in CLOSED else label

    def _number(self, levels: Mapping[int, Level], counts: list[int], at: int, decimal: bool) -> str:
        level = levels.get(at)
        number = counts[at] or (level.start if level else 1)
        form = "" if decimal or level is None else level.format
        return FORMATS.get(form, str)(min(number, LARGEST))


def _level(element: _Element) -> tuple[int, Level]:
    start, suffix = attribute(child(element, "start"), "val"), attribute(child(element, "suff"), "val")
    form = child(element, "numFmt")
    if form is None:  # newer formats stand in a choice with an older one to fall back on
        form = child(element, "AlternateContent", "Fallback", "numFmt")
    text = attribute(child(element, "lvlText"), "val") or ""
    level = Level(
        number_of(start, 1),
        attribute(form, "val") or "decimal",
        text,
        suffix != "nothing",
        child(element, "isLgl") is not None,
    )
    return number_of(attribute(element, "ilvl"), 0), level


def _restarts(element: _Element) -> dict[int, int]:
    """At which number this list begins anew, by level."""
    overrides = [inner for inner in element if local_name(inner) == "lvlOverride"]
    starts = {
        number_of(attribute(inner, "ilvl"), 0): attribute(child(inner, "startOverride"), "val") for inner in overrides
    }
    return {level: number_of(start, 1) for level, start in starts.items() if start is not None and level in range(9)}


def number_of(value: str | None, default: int) -> int:
    """A whole number as a file has it; `default` where it is none."""
    return int(value) if value and re.fullmatch(r"-?\d{1,9}", value, re.A) else default
