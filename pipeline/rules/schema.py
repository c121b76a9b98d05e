"""The shape of a row of each table of knowledge. Unknown keys are refused; a key with a default may be left out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has: a name of its own, and its proof. The tests are made from examples and counterexamples."""

    id: str
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Row):
    """A unit or measure word. ``written[0]`` is its canonical form; value × ``factor`` is in the unit ``base``."""

    written: tuple[str, ...]
    dimension: str
    base: str = ""
    factor: str = ""
    role: str = ""  # "weak": after 一 it mostly means only "a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase(Row):
    """A set phrase that holds a numeral and measures nothing (三会一课, 二十大)."""

    written: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricCue(Row):
    """Words of one kind that tell what a number says: a change, a plan, a basis, or no part of a name."""

    kind: str
    written: tuple[str, ...]


TABLES: dict[str, type[Row]] = {"units": Unit, "phrases": Phrase, "metric_cues": MetricCue}
