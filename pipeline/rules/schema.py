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
    role: str = ""  # "weak": after 一 it mostly means only "a"; "name": after one Chinese digit mostly part of a name


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker(Row):
    """A tag or debris of a site's software, told by its signs alone; only the match goes, never what it encloses.

    ``signs`` (the inside of a character class) must stand in the text before the pattern is tried: clean texts are
    read once for the signs of all rows.
    """

    kind: str
    pattern: str
    signs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert(Row):
    """A cue of adverts, contacts and site furniture.

    ``scope``: a ``stretch`` goes as matched, a ``line`` goes where the pattern is all of it, a ``cue`` adds its
    ``weight`` to the sentence that it stands in. ``words`` start the search: without a pattern they are the cue
    itself; with one, it is tried where a word stands. Words that any report uses do not start a search (``starts`` is
    false): their cue is tried only in lines where another stands. A ``body`` cue speaks for the report and stands
    against removal; its weight is taken off.
    """

    kind: str = "advert"
    scope: str = "cue"
    weight: int = 4
    words: tuple[str, ...] = ()
    starts: bool = True
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disguise(Row):
    """A word that a site wrote as letters to pass a filter, known by its neighbours.

    What is ``written``, in forms of one length, becomes ``meaning`` where one of ``after`` follows or one of
    ``before`` precedes (patterns), unless one of ``unless_before`` or ``unless_after`` stands beside it.
    """

    written: tuple[str, ...]
    meaning: str
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingStyle(Row):
    """How headings of one style are numbered: ``pattern`` is what stands before their words at a line's start.

    A heading has at most ``longest`` characters; with ``run_in`` it may end with its own full stop in mid-line.
    """

    pattern: str
    longest: int
    run_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Row):
    """What a section may be about: a label, its names, and what it covers."""

    zh: str
    en: str
    covers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Row):
    """What a section may be there for: a label, its names, and what it covers."""

    zh: str
    en: str
    covers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportType(Row):
    """A kind of report: ``pattern`` is looked for in its title, ``opening`` in the first lines of one without title."""

    name: str
    pattern: str
    opening: str = ""


TABLES: dict[str, type[Row]] = {
    "units": Unit,
    "phrases": Phrase,
    "metric_cues": MetricCue,
    "markers": Marker,
    "adverts": Advert,
    "disguises": Disguise,
    "headings": HeadingStyle,
    "report_types": ReportType,
    "topics": Topic,
    "roles": Role,
}
