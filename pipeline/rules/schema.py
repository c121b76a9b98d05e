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
class Numeral(Row):
    """The characters of one numeral: a digit, a small or large multiplier, or a number of tens."""

    kind: str
    value: str
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Row):
    """A unit or measure word. ``written[0]`` is its canonical form; value × ``factor`` is in the unit ``base``.

    ``nouns`` begin with it and are no unit: 8部门 counts departments (部门), and has no unit; ``not_nouns`` begin with one
    of these and it is the unit all the same: 12项目标 are 12 项. ``counts`` is what so many of it are where nothing else
    says that (现有13240户: 户数).
    """

    written: tuple[str, ...]
    dimension: str
    base: str = ""
    factor: str = ""
    nouns: tuple[str, ...] = ()
    not_nouns: tuple[str, ...] = ()
    counts: str = ""
    role: str = ""  # "weak": after 一 it mostly means only "a"; "name": after one Chinese digit mostly part of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase(Row):
    """A set phrase that holds a numeral and measures nothing (三会一课, 二十大).

    A ``pattern`` is tried where it may begin: at numerals that begin with one of its ``signs``, or, where these are no
    numerals, at each of them.
    """

    written: tuple[str, ...] = ()
    pattern: str = ""
    signs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricCue(Row):
    """Words of one kind that tell what a number says: a change, a plan, a basis, or no part of a name."""

    kind: str
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Row):
    """Words, and ``patterns`` that no list gives, by what they are used for.

    Behind a character of ``not_after`` what is ``written`` is part of another word.
    """

    uses: tuple[str, ...]
    written: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    not_after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyWord(Words):
    """What names of bodies end in, and words that tell of them in other ways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganWord(Words):
    """What names of organs, which give reports, end in, and what only looks like one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeCue(Words):
    """Words that tell when what a number says was so, and whether it is still to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCue(Words):
    """Words that tell which number is a part of which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun(Words):
    """Nouns of what is counted, measured and told of, by which names are made whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCue(Words):
    """Words of a clause that tell how the name of its number is made whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker(Row):
    """A tag or debris of a site's software, told by its signs alone; only the match goes, never what it encloses.

    A match begins with one of ``signs`` (the inside of a character class), and is tried there alone: texts are read
    once for the signs of all rows. Where ``begins`` is false, a match only holds one of them.
    """

    kind: str
    pattern: str
    signs: str
    begins: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert(Row):
    """A cue of adverts, contacts and site furniture.

    ``scope``: a ``stretch`` goes as matched, a ``line`` goes where the pattern is all of it (``pieces`` and ``tools``:
    where matches of it are), ``before_title`` and ``behind_title`` go of the line of a title, which stays, a ``cue`` adds its
    ``weight`` to the sentence that it stands in. ``words`` start the
    search: without a pattern they are the cue itself; with one, it is tried where a word stands. Words that any report
    uses do not start a search (``starts`` is false): their cue is tried only in lines where another stands. A ``body`` cue speaks for the report and stands
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
    """A way in which headings are written, or a line that only looks like one.

    ``kind``: a ``mark`` numbers a heading; a ``part`` is a main part of a report that goes without number; an ``annex``
    stands behind the report (its text is no outline where it is ``closed``); a ``never`` line is body whatever it looks
    like; a ``leadin`` announces a list. Marks of one ``rank`` are one style; a lower rank is the outer one where the
    document does not show it. ``run_in`` is the length that a heading may have that stands before its text in one
    paragraph, ``line`` that of one with a line of its own.
    """

    kind: str
    pattern: str
    rank: int = 0
    run_in: int = 0
    line: int = 60
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Row):
    """What a section may be about: a label, its names, what it covers, and words that speak of it."""

    zh: str
    en: str
    covers: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Row):
    """What a section may be there for: a label, its names, what it covers, and words that speak of it.

    A heading that the pattern ``heading`` matches has the role, whatever stands below it; one that ``not_heading``
    matches has another. So has a section whose path (``outermost heading / … / its own``) ``not_path`` matches, whose
    heading and text ``not_text`` matches, or whose path with the text on the lines below it ``not_told`` matches.
    """

    zh: str
    en: str
    covers: str
    words: tuple[str, ...] = ()
    heading: str = ""
    not_heading: str = ""
    not_path: str = ""
    not_text: str = ""
    not_told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageCue(Row):
    """How a passage opens, goes on or ends that has the role `role` whatever its section has; see ``passages.toml``.

    A pattern of how one opens is tried only on sentences in which one of its ``words`` stands.
    """

    kind: str
    role: str
    pattern: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportType(Row):
    """A kind of report: words that end its title, a pattern of what the opening of one without a title says.

    ``covers`` tells what the year in a title is: the one reported on (``past``), the one planned for (``coming``), or
    the one in which the report on the year before it is given (``given``). What is ``told`` is of a year as a story is,
    and what covers ``none`` of no year.
    """

    zh: str
    en: str
    written: tuple[str, ...]
    opening: str = ""
    covers: str = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Row):
    """One quantity that reports give again and again, by all its names; ``written[0]`` is the standard name.

    ``dimension`` is that of its level (a dimension of ``units.toml``): growth in per cent has the row of its level, and
    a rate that is itself the quantity (城镇化率) has ``ratio``. ``growth`` are names of its growth alone (经济增长), which
    measure nothing but per cent. ``topic`` is a label of ``topics.toml``.
    """

    written: tuple[str, ...]
    dimension: str
    topic: str
    growth: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Row):
    """What there is of several kinds (``of``), and the ``kinds`` that lists tell without it.

    A whole says one of ``deeds`` before what it is of, and its kinds do not; one of ``others`` makes another thing of it.
    Where they stand ``alone``, its kinds are known without it.
    """

    of: tuple[str, ...]
    kinds: tuple[str, ...]
    deeds: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RankCue(Row):
    """Words of one kind by which a report says at which place something stands (位居, 全省); see ``ranks.toml``."""

    kind: str
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHead(Row):
    """What a column of a table holds, by a ``pattern`` that its whole head fits; see ``table_heads.toml``."""

    kind: str
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName(Row):
    """Further names of a division of ``places.tsv``: old names, and short forms that no rule gives.

    Names of divisions that are no more have no ``code``, but a ``level``; where another place bears such a name today,
    ``until`` is the last year in which both did.
    """

    code: str = ""
    written: tuple[str, ...]
    level: str = ""
    until: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast(Row):
    """Words that part a whole so that nothing is counted twice, by ``members`` or by the ``ends`` of names.

    ``several`` name more than one part (国省道); ``whole`` tells that the members together are the whole.
    """

    members: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckWord(Row):
    """Words of one kind that tell whether two numbers of a report can be held against each other."""

    kind: str
    written: tuple[str, ...]


TABLES: dict[str, type[Row]] = {
    "numerals": Numeral,
    "units": Unit,
    "phrases": Phrase,
    "metric_cues": MetricCue,
    "time_cues": TimeCue,
    "part_cues": PartCue,
    "bodies": BodyWord,
    "indicators": Indicator,
    "kinds": Kind,
    "nouns": Noun,
    "name_cues": NameCue,
    "ranks": RankCue,
    "table_heads": TableHead,
    "markers": Marker,
    "adverts": Advert,
    "disguises": Disguise,
    "headings": HeadingStyle,
    "report_types": ReportType,
    "organs": OrganWord,
    "places": PlaceName,
    "contrasts": Contrast,
    "check_words": CheckWord,
    "topics": Topic,
    "roles": Role,
    "passages": PassageCue,
}
