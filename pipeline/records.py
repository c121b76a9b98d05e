"""The words that the house is spoken in: small frozen records, all spans half-open character offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np

RemovalKind = Literal["paywall_marker", "advert", "contact", "boilerplate", "markup"]
EditKind = Literal["paywall_marker", "advert", "contact", "boilerplate", "markup", "restored", "normalised", "space"]
Approx = Literal["exact", "about", "over", "under", "range"]
Status = Literal["actual", "planned"]
Change = Literal["level", "increase", "decrease"]


class Span(NamedTuple):
    """A half-open stretch of characters: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``text[start:end]`` by ``replacement``; nothing is touched until `offsets.apply_edits` does it.

    ``kind`` is one of the kinds of removal, ``restored`` (a disguised word put right), ``normalised`` (a full-width
    digit folded) or ``space`` (white space; stands in no table). ``rule`` names the rule or model that decided.
    """

    start: int
    end: int
    replacement: str
    kind: EditKind
    rule: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of an archive: its name (``documents.source``), its bytes, and what stood beside it."""

    name: str
    data: bytes
    media_type: str | None = None  # where the container knows it; else decided by content
    meta: Mapping[str, object] = field(default_factory=dict)
    encoding: str | None = field(default=None, compare=False)  # of the table that it is a row of, which also tells …
    title: str | None = field(default=None, compare=False)
    published: str | None = field(default=None, compare=False)  # 2021-01-05, 2021-01 or 2021


@dataclass(frozen=True, slots=True)
class RawText:
    """Decoded text before cleaning. ``styles`` are headings that the mark-up named: (start, end, level).

    ``title`` is what a page calls itself beside its text.
    """

    text: str
    media_type: str
    encoding: str
    warning: str | None = None
    styles: tuple[tuple[int, int, int], ...] = ()
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of source text that the clean text lacks."""

    start: int
    end: int
    text: str
    kind: RemovalKind
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Restoration:
    """A disguised word put right or a character normalised; offsets into the source."""

    start: int
    end: int
    before: str
    after: str
    rule: str


class Piece(NamedTuple):
    """``clean[start:...]`` stands for ``source[source_start:source_end]``; kept pieces are character for character."""

    start: int
    source_start: int
    source_end: int
    kept: bool


@dataclass(frozen=True, slots=True)
class CleanText:
    """The text that everything downstream points into, and the way back from it to the source."""

    text: str
    source: str
    edits: tuple[Edit, ...]  # in source offsets, sorted, disjoint
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]  # of the pieces, for bisection
    warning: str | None = None

    @property
    def removals(self) -> tuple[Removal, ...]:
        """Edits that took something other than white space away, in order."""
        return tuple(
            Removal(e.start, e.end, self.source[e.start : e.end], e.kind, e.rule, e.score)  # type: ignore[arg-type]
            for e in self.edits
            if e.kind not in ("restored", "normalised", "space")
        )

    @property
    def restorations(self) -> tuple[Restoration, ...]:
        """Edits that put something in another's place, in order."""
        return tuple(
            Restoration(e.start, e.end, self.source[e.start : e.end], e.replacement, e.rule)
            for e in self.edits
            if e.kind in ("restored", "normalised")
        )

    def to_source(self, start: int, end: int) -> Span:
        """Walk ``text[start:end]`` back to the stretch of the source that it came from.

        Raises ValueError where the text does not reach so far.

        >>> from pipeline.offsets import clean_text
        >>> clean_text("a##b", [Edit(1, 3, "", "markup", "x")]).to_source(0, 2)
        Span(start=0, end=4)
        """
        if not 0 <= start <= len(self.text) >= end:
            raise ValueError(f"{start}:{end} leaves the clean text, which has {len(self.text)} characters")
        if not self.pieces:
            return Span(0, 0)
        first = self.pieces[max(bisect_right(self.starts, start) - 1, 0)]
        source_start = first.source_start + (start - first.start if first.kept else 0)
        if end <= start:
            return Span(source_start, source_start)
        last = self.pieces[max(bisect_right(self.starts, end - 1) - 1, 0)]
        return Span(source_start, last.source_start + end - last.start if last.kept else last.source_end)


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline. Text before the first heading is a section of level 0 with an empty heading."""

    section_id: int
    parent_id: int | None
    level: int
    number: str
    heading: str
    start: int
    heading_end: int
    end: int
    path: str
    rule: str = ""


class Sentence(NamedTuple):
    """A sentence and its words; ``"".join(words)`` is its text."""

    section_id: int
    sentence_id: int
    start: int
    end: int
    words: tuple[str, ...]
    tags: tuple[str, ...]


class Sentences(tuple[Sentence, ...]):
    """The sentences of a text in order, and the numbers of all their words, so that a word is looked up once.

    ``numbers`` are places in ``known``, the words met so far in this and other texts, and in ``tags``, which is empty where
    a word may have another tag at each of its places.
    """

    known: Sequence[str]
    numbers: np.ndarray
    tags: Sequence[str]

    def __new__(
        cls, sentences: Iterable[Sentence], known: Sequence[str], numbers: np.ndarray, tags: Sequence[str] = ()
    ) -> Sentences:
        """Let `sentences` carry the numbers of their words."""
        self = super().__new__(cls, sentences)
        self.known, self.numbers, self.tags = known, numbers, tags
        return self

    @cached_property
    def sizes(self) -> Sequence[int]:
        """How many words each sentence has."""
        return [len(sentence.words) for sentence in self]

    def __reduce__(self) -> tuple[type, tuple[tuple[Sentence, ...]]]:
        return tuple, (tuple(self),)  # what was met in one process says nothing in another


class Quantity(NamedTuple):
    """A number expression: qualifier, number, multiplier, unit.

    ``value`` is in the written unit with 万/亿 multiplied out; null for a range, whose bounds are ``value_min`` and
    ``value_max``. ``unit`` stands as written; ``unit_id`` is its row in ``units.toml``, empty where it is in none.
    """

    start: int
    end: int
    value: float | None
    value_min: float | None
    value_max: float | None
    unit: str
    approx: Approx
    unit_id: str = ""
    masked: bool = False
    rule: str = ""


class Metric(NamedTuple):
    """One measured quantity with all that the text says of it; the columns of the table ``metrics``."""

    metric_id: int
    section_id: int
    sentence_id: int
    name: str
    subject: str | None
    indicator: str | None
    quantity: Quantity
    unit_canonical: str
    status: Status
    change: Change
    change_basis: str | None
    modality: str | None
    period: str | None
    period_start: date | None
    period_end: date | None
    base_value: float | None
    base_unit: str | None
    dimension: str | None
    part_of: int | None
    rule: str
    confidence: float


class Rank(NamedTuple):
    """A place among others that a report claims for something: ``text[start:end]`` (第3位); a row of ``ranks``.

    ``kind`` is ``exact``, ``within`` (前三) or ``last`` (counted from the end: 倒数第二; 末位 is 1). ``of`` is how many
    were compared, ``metric_id`` the number before it in its sentence, which it mostly speaks of.
    """

    rank_id: int
    section_id: int
    sentence_id: int
    name: str | None
    subject: str | None
    rank: int
    kind: Literal["exact", "within", "last"]
    of: int | None
    tied: bool
    scope: str | None
    metric_id: int | None
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says of itself; null where it says nothing."""

    title: str | None = None
    issuer: str | None = None
    place: str | None = None
    place_code: str | None = None
    county_code: str | None = None
    admin_level: str | None = None
    report_type: str | None = None
    year_covered: int | None = None
    year_delivered: int | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """Topic and role of a section, with calibrated scores in [0, 1]."""

    topic: str
    topic_score: float
    role: str
    role_score: float


class Passage(NamedTuple):
    """Sentences that have a role of their own, whatever their section has: those numbered ``first`` to ``last``."""

    role: str
    first: int
    last: int
    rule: str


@dataclass(frozen=True, slots=True)
class Check:
    """Whether numbers of a report agree; the columns of the table ``checks``. ``detail`` has the arithmetic in it."""

    metric_ids: tuple[int, ...]
    check: str
    holds: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known of one document; the rows of every table come from here and nowhere else."""

    doc_id: str
    source: Source
    raw: RawText
    clean: CleanText
    outline: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    facts: Facts
    metrics: tuple[Metric, ...]
    labels: tuple[Label, ...]  # one a section, in order
    passages: tuple[Passage, ...]
    ranks: tuple[Rank, ...]
    checks: tuple[Check, ...]

    @property
    def text(self) -> str:
        """The clean text."""
        return self.clean.text


@dataclass(frozen=True, slots=True)
class Failure:
    """An entry that could not become a document, and why; the columns of the table ``failures``."""

    source: str
    stage: str
    error: str
    message: str
