"""What the cues of a line say for and against its removal."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.cleaning.cues import Cue, Cues
from pipeline.records import Edit, Span

CERTAIN = 8  # weight that carries clauses without any cue
FILLED = 0.25  # share of a stretch that its clauses with cues have to make up otherwise
LATEST = 40  # characters that may stand before the first cue: behind more, the report's own words may stand before it
READ = 2000  # characters of a stretch that are asked for words of the report

_CLAUSE = re.compile(r"[^，,]+[，,]?")
_TITLE = re.compile(r"《[^》\n]{1,80}》")


@dataclass(slots=True)
class Line:
    """A line that holds cues: where it is, which cues stand where, which one takes it away, and how surely."""

    span: Span
    hits: dict[Cue, set[Span]] = field(default_factory=dict)
    gone: Cue | None = None
    score: float = 1.0
    places: list[tuple[Span, Cue]] = field(default_factory=list)  # the hits in order, once all are found

    def put_in_order(self) -> None:
        """Make the hits ready to be asked for by place."""
        self.places = sorted(((place, cue) for cue, places in self.hits.items() for place in places), key=_start)

    def places_in(self, span: Span) -> list[tuple[Span, Cue]]:
        """The hits that start in a stretch, in order."""
        return self.places[
            bisect_left(self.places, span.start, key=_start) : bisect_left(self.places, span.end, key=_start)
        ]

    def cues_in(self, span: Span) -> set[Cue]:
        """The cues that start in a stretch."""
        return {cue for _, cue in self.places_in(span)}

    def is_filled(self, text: str, span: Span) -> bool:
        """Whether cues begin a stretch and most of its clauses hold one, or the evidence is strong beyond doubt."""
        places = self.places_in(span)
        if not places or places[0][0].start > span.start + LATEST:
            return False
        if weigh({cue for _, cue in places}) >= CERTAIN:
            return True
        held = 0
        for clause in clauses_of(text, span):
            if any(place.start < clause.end and clause.start < place.end for place, _ in places):
                held += clause.end - clause.start
        return held >= FILLED * (span.end - span.start)


def _start(hit: tuple[Span, Cue]) -> int:
    return hit[0].start


def clauses_of(text: str, span: Span) -> list[Span]:
    """The stretches between commas."""
    return [Span(*found.span()) for found in _CLAUSE.finditer(text, *span)]


def weigh(cues: Iterable[Cue]) -> int:
    """The weights of different cues together."""
    return sum(cue.weight for cue in cues)


def weigh_body(text: str, span: Span, cues: Cues) -> int:
    """What speaks for the report in a stretch; titles of other texts say nothing of this one.

    Behind a word nothing has the shape of a heading: patterns see the character before.
    """
    start = span.start - text[span.start - 1 : span.start].isalnum()
    said = _TITLE.sub("", text[start : min(span.end, span.start + READ)])
    return weigh(cue for cue in cues.body if cue.pattern.search(said))


def heaviest(cues: Iterable[Cue]) -> Cue:
    """The cue that stands for a removal."""
    return max(cues, key=lambda cue: (cue.weight, cue.rule))


def removal(span: Span, cue: Cue, score: float = 1.0) -> Edit:
    """Take a stretch away in the name of a cue."""
    return Edit(span.start, span.end, "", cue.kind, cue.rule, score)
