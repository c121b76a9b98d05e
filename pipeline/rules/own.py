"""What a user's own rows must hold to beside their shape: numbers that are numbers, and words that other rows know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import chain
from typing import Protocol, TypeVar

from pipeline.errors import RulesError
from pipeline.rules.schema import (
    BodyWord,
    CheckWord,
    HeadingStyle,
    Indicator,
    MetricCue,
    NameCue,
    Noun,
    OrganWord,
    PartCue,
    PassageCue,
    RankCue,
    ReportType,
    Role,
    Row,
    TimeCue,
    Topic,
    Unit,
)

R = TypeVar("R", bound=Row)

WORDS = {
    Unit: "role", MetricCue: "kind", RankCue: "kind", CheckWord: "kind", HeadingStyle: "kind", PassageCue: "kind",
    ReportType: "covers", BodyWord: "uses", OrganWord: "uses", TimeCue: "uses", PartCue: "uses",
    Noun: "uses", NameCue: "uses",
}  # fmt: skip
"""The field of a row that is one of a few words, or holds them, which are those of our rows."""
PATTERNS = ("pattern", "patterns", "opening", "heading")
"""Fields that are regular expressions."""


class Tables(Protocol):
    """All tables, ours with the user's rows over them."""

    def table(self, row_type: type[R]) -> tuple[R, ...]:
        """The rows of one type."""


def check_own(own: Sequence[Row], ours: Sequence[Row], rules: Tables, place: str) -> None:
    """Raises RulesError, with the row and what to write, where a row of the file `place` says what none can mean."""
    own_units, our_units = ([row for row in rows if isinstance(row, Unit)] for rows in (own, ours))
    for row in own:
        at = f"{place}, {row.id}"
        if field := WORDS.get(type(row)):
            defaults = {
                known.default for known in fields(row) if known.name == field and isinstance(known.default, str)
            }
            known = defaults.union(*(_all(one, field) for one in ours))
            for word in _all(row, field):
                _choose(at, field, word, known)
        for pattern in chain.from_iterable(_all(row, field) for field in PATTERNS):
            _check_pattern(pattern, row.id, place)
        if isinstance(row, Unit):
            _check_unit(row, own_units, our_units, at)
        elif isinstance(row, Indicator):
            _choose(at, "dimension", row.dimension, {unit.dimension for unit in rules.table(Unit)})
            _choose(at, "topic", row.topic, {topic.id for topic in rules.table(Topic)})
        elif isinstance(row, PassageCue):
            _choose(at, "role", row.role, {role.id for role in rules.table(Role)})


def _all(row: Row, field: str) -> tuple[str, ...]:
    """What a field holds, one text or several; nothing where the row has no such field."""
    value = getattr(row, field, ())
    return (value,) if isinstance(value, str) else value


def _check_pattern(pattern: str, rule: str, place: str) -> None:
    try:
        re.compile(pattern.strip())
    except re.error as error:
        raise RulesError(f"{place}: the pattern of rule {rule} cannot be compiled: {error}. Mend the row.") from error


def _choose(at: str, field: str, said: str, known: Collection[str]) -> None:
    if said not in known:
        near = get_close_matches(said, known, 3) or sorted(known)
        raise RulesError(f"{at}: there is no {field} {said!r}. Write one like {', '.join(filter(None, near))}.")


def _check_unit(row: Unit, own: Iterable[Unit], ours: Iterable[Unit], at: str) -> None:
    """All units of a dimension convert into one base unit, or none of them into any."""
    if bool(row.base) != bool(row.factor):
        raise RulesError(f"{at}: value × factor is in the base. Write both base and factor, or neither.")
    if row.factor and not _is_factor(row.factor):
        raise RulesError(f'{at}: factor {row.factor!r} is no number above 0. Write it like "12.5".')
    bases: dict[str, str] = {}
    for unit in ours:
        bases[unit.dimension] = unit.base or bases.get(unit.dimension, "")
    new = {unit.dimension: unit.base for unit in own if unit.base in unit.written and _is_one(unit.factor)}
    if row.dimension not in bases.keys() | new.keys():
        near = ", ".join(get_close_matches(row.dimension, bases, 3) or ("count", "mass", "area"))
        raise RulesError(
            f"{at}: there is no dimension {row.dimension!r}. Write one like {near}; one of your own has a row for its "
            'base unit: base its own name, factor "1".'
        )
    base = bases.get(row.dimension, new.get(row.dimension, ""))
    if row.base and row.base != base:
        what = f'Write base = "{base}" and the factor to it' if base else "Leave base and factor out"
        raise RulesError(f"{at}: {row.dimension} is converted into {base or 'nothing'}, not into {row.base}. {what}.")


def _is_factor(written: str) -> bool:
    try:
        return 0 < Decimal(written) < Decimal("Infinity")
    except InvalidOperation:
        return False


def _is_one(factor: str) -> bool:
    return _is_factor(factor) and Decimal(factor) == 1
