"""Find the unit that stands at a place of the text: the longest written form, and compounds of two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pipeline.rules.schema import Unit


class UnitHit(NamedTuple):
    """The unit written in ``text[start:end]``; ``row`` is None for a compound that no row names."""

    written: str
    end: int
    row: Unit | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit's meaning: canonical form, dimension, and how to come to the dimension's base unit."""

    canonical: str
    dimension: str | None
    base: str | None
    factor: Decimal | None


class UnitIndex:
    """Written forms of all units by their first character, longest first."""

    def __init__(self, rows: Iterable[Unit]) -> None:
        forms: dict[str, list[tuple[str, Unit]]] = {}
        self.rows = {row.id: row for row in rows}
        for row in self.rows.values():
            for written in row.written:
                forms.setdefault(written[0], []).append((written, row))
        self._forms = {first: sorted(rows, key=lambda r: -len(r[0])) for first, rows in forms.items()}
        self._by_form = {written: row for rows in forms.values() for written, row in rows}
        self.first_characters = "".join(sorted(self._forms))

    def at(self, text: str, at: int) -> UnitHit | None:
        """The unit that begins at `at`: 元/平方米, 头（只）, 人次, or None."""
        hit = self._simple(text, at)
        if hit is None:
            return None
        mark = text[hit.end : hit.end + 1]
        if mark and mark in "/每":
            below = self._simple(text, hit.end + 1)
            if below is not None and below.row is not None and below.row.dimension != "ratio":
                written = text[at : below.end]
                return UnitHit(written, below.end, self._by_form.get(written))
        elif mark and mark in "（(":
            twin = self._simple(text, hit.end + 1)
            if twin is not None and text[twin.end : twin.end + 1] in ("）", ")"):
                return UnitHit(text[at : twin.end + 1], twin.end + 1, hit.row)
        return hit

    def _simple(self, text: str, at: int) -> UnitHit | None:
        for written, row in self._forms.get(text[at : at + 1], ()):
            if text.startswith(written, at):
                end = at + len(written)
                if _is_latin(written[-1]) and _is_latin(text[end : end + 1]):
                    continue  # the m of a longer Latin word is no metre
                return UnitHit(written, end, row)
        return None

    def measure(self, row_id: str, written: str) -> Measure:
        """What a unit as written means; an unknown one is its own canonical form and has no dimension."""
        row = self.rows.get(row_id)
        if row is None:
            return Measure(written, None, None, None)
        known = written in row.written
        factor = Decimal(row.factor) if row.factor and known else None
        canonical = row.written[0] if known else written
        return Measure(canonical, row.dimension or None, row.base or None if factor is not None else None, factor)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
