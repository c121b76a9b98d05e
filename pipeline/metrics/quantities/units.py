"""Find the unit that stands at a place of the text: the longest written form, and compounds of two."""

from __future__ import annotations

import string
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.rules.schema import Unit


class UnitForm(NamedTuple):
    """A unit as the text writes it.

    ``said`` is the unit of the record by the annotation guide, ``id`` its row: empty for a compound that no row names.
    ``latin`` tells that it ends in a Latin letter. ``second`` holds the second characters of its ``nouns``.
    """

    written: str
    length: int
    said: str
    id: str
    row: Unit | None
    latin: bool
    nouns: tuple[str, ...]
    second: frozenset[str]


def _form(written: str, row: Unit | None) -> UnitForm:
    return UnitForm(
        written,
        len(written),
        _SAID.get(written, written),
        row.id if row else "",
        row,
        written[-1].isascii() and written[-1].isalpha(),
        row.nouns if row else (),
        frozenset(noun[1:2] for noun in row.nouns if noun.startswith(written)) if row else frozenset(),
    )


_SAID = {"个百分点": "百分点", "個百分點": "百分點", "个基点": "基点", "个千分点": "千分点", "成": "%"}
_LATIN = frozenset(string.ascii_letters)
_PER, _BEHIND, _CLOSE = (frozenset(signs) for signs in ("/每", "/每（(", "）)"))


DIGITS = 15
"""Decimal digits that every number of 64 bits holds."""


@lru_cache(4096)
def _without_noise(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit's meaning: canonical form, dimension, and how to come to the dimension's base unit."""

    canonical: str
    dimension: str | None
    base: str | None
    factor: float | None

    def in_base(self, value: float | None) -> float | None:
        """A value of the unit in its base unit, without the noise of binary fractions; None where there is none.

        >>> Measure("亩", "area", "平方米", 666.6666666666667).in_base(300_000)
        200000000.0
        """
        if value is None or self.factor is None:
            return None
        product = self.factor * value
        return _without_noise(product) if product else product  # 0 and -0 are one key


class UnitIndex:
    """Written forms of all units by their first character, longest first."""

    def __init__(self, rows: Iterable[Unit]) -> None:
        self.rows = {row.id: row for row in rows}
        self._by_form = {written: row for row in self.rows.values() for written in row.written}
        self.counts = {written: row.counts for written, row in self._by_form.items() if row.counts}
        """What so many of a unit are where nothing else says that: 户数 of 户."""
        self._single = {written: _form(written, row) for written, row in self._by_form.items() if len(written) == 1}
        self._longer: dict[str, list[UnitForm]] = {}
        for written, row in sorted(self._by_form.items(), key=lambda form: -len(form[0])):
            if len(written) > 1:
                self._longer.setdefault(written[:2], []).append(_form(written, row))
        self.lone = {sign: (unit, self._looked_behind(unit)) for sign, unit in self._single.items()}
        """The units of one character, and what stands behind one where it may be more than that or none."""
        self.measure = lru_cache(4096)(self._measure)
        self.first_characters = "".join(sorted({written[0] for written in self._by_form}))

    def at(self, text: str, at: int) -> UnitForm | None:
        """The unit that begins at `at`: 元/平方米, 头（只）, 人次, or None."""
        lone = self.lone.get(text[at : at + 1])
        if lone is not None and text[at + 1 : at + 2] not in lone[1]:
            return lone[0]
        unit = self._simple(text, at)
        if unit is None:
            return None
        end = at + unit.length
        mark = text[end : end + 1]
        if mark not in _BEHIND:
            return unit
        if mark in _PER:
            below = self._simple(text, end + 1)
            if below is None or below.row is None or below.row.dimension == "ratio" or below.id == unit.id:
                return unit
            if mark == "/" or not text[end + 1 + below.length : end + 2 + below.length].isdecimal():  # 35户每户500元
                written = text[at : end + 1 + below.length]
                return _form(written, self._by_form.get(written))
        else:
            twin = self._simple(text, end + 1)
            if twin is not None and text[end + 1 + twin.length : end + 2 + twin.length] in _CLOSE:
                stop = end + 2 + twin.length
                return _form(text[at : stop + text.startswith("次", stop)], unit.row)
        return unit

    def near(self, text: str, at: int) -> tuple[UnitForm | None, int]:
        """The unit at `at`, also behind blanks or a broken line end, and where it ends (`at` where there is none).

        Behind a wide gap, as of a form that was filled in, or in another cell, nothing may follow it: a word of the next
        column does.
        """
        on = at
        while on < at + _WIDEST_GAP and text[on : on + 1].isspace():
            on += 1
        unit = self.at(text, on)
        apart = on > at + _GAP or (on > at and "\t" in text[at:on])
        if unit is None or (apart and text[on + unit.length : on + unit.length + 1] not in _ALONE):
            return None, at
        if on > at and "\n" in text[at:on] and not _goes_over(text, at, on, unit):
            return None, at
        return unit, on + unit.length

    def _looked_behind(self, unit: UnitForm) -> frozenset[str]:
        longer = (pair[1] for pair in self._longer if pair[0] == unit.written)
        return unit.second.union(longer, _BEHIND, _LATIN if unit.latin else ())

    def _simple(self, text: str, at: int) -> UnitForm | None:
        for form in self._longer.get(text[at : at + 2], ()):
            if text.startswith(form.written, at) and not (form.latin and _goes_on(text, at + form.length)):
                if form.nouns and text.startswith(form.nouns, at):
                    continue  # 86人|月均补差210元
                return form
        single = self._single.get(text[at : at + 1])
        if single is None or (single.latin and _goes_on(text, at + 1)):
            return None
        if text[at + 1 : at + 2] in single.second and text.startswith(single.nouns, at):
            return single if single.row is not None and text.startswith(single.row.not_nouns, at) else None
        return single

    def _measure(self, row_id: str, written: str) -> Measure:
        """What a unit as written means; an unknown one is its own canonical form and has no dimension."""
        row = self.rows.get(row_id)
        if row is None:
            return Measure(written, None, None, None)
        known = written in row.written
        factor = float(Decimal(row.factor)) if row.factor and known else None
        canonical = row.written[0] if known else written
        base = row.base or None if factor is not None else None
        return Measure(canonical, row.dimension or None, base, factor)


_ALONE = frozenset(("", *"\n\t，。；、）),;."))
_SAME = 2
"""How many characters the lines of a wrapped text differ in length."""
_WIDE, _NARROW = 25, 12
_GAP, _WIDEST_GAP = 4, 12
"""Blanks between a number and its unit."""


def _goes_over(text: str, end: int, on: int, unit: UnitForm) -> bool:
    """Whether a unit at `on`, in the line after the number that ends at `end`, is the number's: 120⏎平方公里, no 30⏎|件数40.

    One of a single character, or of time, that a word may begin with (年度|工作) needs lines that are as long as those of a
    wrapped text.
    """
    begin = text.rfind("\n", 0, end) + 1
    if "\t" in text[begin:end] or "|" in text[begin:end] or " " * _GAP in text[begin:end].lstrip():
        return False
    long = unit.length > 1 and not (unit.row and unit.row.dimension.startswith("duration"))
    if long or text[on + unit.length : on + unit.length + 1] in _ALONE:
        return True
    width = end - begin
    before = begin - 1 - (text.rfind("\n", 0, max(begin - 1, 0)) + 1)
    stop = text.find("\n", on)
    after = (len(text) if stop < 0 else stop) - on
    return width >= _WIDE or (width >= _NARROW and min(abs(width - before), abs(width - after)) <= _SAME)


def _goes_on(text: str, end: int) -> bool:
    """Whether a unit in Latin letters that ends at `end` is only the beginning of a word: the m of max is no metre."""
    after = text[end : end + 1]
    return after.isascii() and after.isalpha()
