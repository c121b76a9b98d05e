"""Lines, sentences and clauses that no cue settles: the trained model weighs them, and body wins every tie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np

from pipeline.cleaning.classifier import Classifier
from pipeline.cleaning.evidence import Line, removal, weigh, weigh_body
from pipeline.cleaning.features import SHORT, Places
from pipeline.cleaning.knowledge import Knowledge
from pipeline.cleaning.lines import line_around, taken
from pipeline.records import Edit, Span

LONGEST = 400  # characters of a stretch that a site writes
BESIDE = 0.8  # less evidence is enough for a line beside one that goes
SPREAD = 1.5  # more than the closer look adds to the first one
FEWEST = 4  # characters of a part of a line
CERTAIN = 9  # weight of cues of the report that no evidence outweighs

_BRACKETED = re.compile(r"[（(【\[［〔〖★][^（(【\[［〔〖）)】\]］〕〗★\n]{3,80}[）)】\]］〕〗★]")
_MARKS = {mark: number for number, marks in enumerate(("。！？；!?;", "”’」』）)】", "，,", "\n"), 1) for mark in marks}
_STOP, _CLOSER, _COMMA, _BREAK = range(1, 5)
_MARK = np.zeros(1 << 16, np.uint8)
_MARK[list(map(ord, _MARKS))] = list(_MARKS.values())


def judge_open_lines(text: str, lines: dict[int, Line], knowledge: Knowledge, classifier: Classifier) -> list[Edit]:
    """Let the model decide on the lines of a text that rules left open; those that go are marked in `lines`.

    What goes of a paragraph whose rest stays comes back as edits.
    """
    judge = _Judge(text, lines, knowledge, classifier)
    judge.take_lines()
    judge.take_beside()
    return [*judge.sentences(), *judge.tails(), *judge.brackets()]


class _Judge:
    """The model beside one text and what the rules found in it."""

    def __init__(self, text: str, lines: dict[int, Line], knowledge: Knowledge, classifier: Classifier) -> None:
        self._text, self._lines, self._knowledge, self._classifier = text, lines, knowledge, classifier
        self._reading = classifier.read(text)
        self._enough = classifier.thresholds
        self._marks = _MARK[self._reading.codes[0]]
        self._breaks = breaks = np.flatnonzero(self._marks == _BREAK)
        starts, ends = np.append(0, breaks + 1), np.append(breaks, len(text))
        filled = ends > starts
        self._starts, self._ends = starts[filled], ends[filled]
        self._looks = self._reading.first_look(self._starts, self._ends)

    def is_gone(self, start: int) -> bool:
        """Whether the line that begins at `start` goes."""
        return start in self._lines and self._lines[start].gone is not None

    def take_lines(self) -> None:
        """Take the lines that speak for themselves."""
        for at in np.flatnonzero(self._looks > self._enough.line - SPREAD).tolist():
            self._take(at, 0)

    def take_beside(self) -> None:
        """Take lines with less evidence that stand beside one that goes: adverts and furniture come in groups."""
        starts = self._starts.tolist()
        if not any(map(self.is_gone, starts)):
            return
        likely = (self._looks > self._enough.line - BESIDE - SPREAD).tolist()
        for order in (range(len(starts)), range(len(starts) - 1, -1, -1)):
            for before, at in pairwise(order):
                if likely[at] and self.is_gone(starts[before]):
                    self._take(at, BESIDE)

    def _take(self, at: int, less: float) -> None:
        """Take a line whose evidence reaches what is enough for its length, or so much less."""
        span = Span(int(self._starts[at]), int(self._ends[at]))
        if self.is_gone(span.start) or span.end - span.start > LONGEST:
            return
        enough = self._enough.line if span.end - span.start > SHORT else self._enough.short
        score = self._score(span, span.start)
        if score > enough - less:
            line = self._lines.setdefault(span.start, Line(span))
            line.gone, line.score = (
                self._classifier.verdict(self._text[slice(*span)]),
                self._classifier.probability(score),
            )

    def _score(self, span: Span, line_start: int) -> float:
        """All evidence of a stretch of a line."""
        body = weigh_body(self._text, span, self._knowledge.cues)
        if body >= CERTAIN:
            return float("-inf")
        cues = weigh(self._lines[line_start].cues_in(span)) if line_start in self._lines else 0
        return self._reading.score(span, cues, body)

    def _part(self, start: int, end: int, enough: float) -> Iterator[Edit]:
        """Take a part of a line that stays."""
        line = line_around(self._text, start)
        if not FEWEST <= end - start <= LONGEST or (start, end) == line or self.is_gone(line.start):
            return
        score = self._score(Span(start, end), line.start)
        if score > enough:
            verdict = self._classifier.verdict(self._text[start:end])
            yield removal(taken(self._text, start, end), verdict, self._classifier.probability(score))

    @cached_property
    def _cuts(self) -> Places:
        """Where sentences and lines begin and end."""
        stop, closer = self._marks == _STOP, self._marks == _CLOSER
        closed = stop.copy()
        closed[1:] |= closer[1:] & stop[:-1]
        goes_on = np.append((stop | closer)[1:], False)
        ends = np.flatnonzero(closed & ~goes_on) + 1
        return np.unique(np.concatenate(([0, len(self._text)], ends, self._breaks, self._breaks + 1)))

    def sentences(self) -> Iterator[Edit]:
        """Take sentences of paragraphs that stay; one between two others needs more evidence."""
        starts, ends = self._cuts[:-1], self._cuts[1:]
        looks = self._reading.first_look(starts, ends)
        for at in np.flatnonzero(looks > self._enough.part - SPREAD).tolist():
            start, end = int(starts[at]), int(ends[at])
            outer = self._text[start - 1 : start] in ("", "\n") or self._text[end : end + 1] in ("", "\n")
            yield from self._part(start, end, self._enough.part if outer else self._enough.inside)

    def tails(self) -> Iterator[Edit]:
        """Take the last clauses of paragraphs that stay: as many of them as speak most for junk together."""
        commas = np.flatnonzero(self._marks == _COMMA) + 1
        if not len(commas):
            return
        before = np.searchsorted(commas, self._ends) - 1  # the last comma of each line, or one of a line above
        inside = (before >= 0) & (commas[before] > self._starts) & (commas[before] < self._ends)
        starts, ends = commas[before[inside]], self._ends[inside]
        looks = self._reading.first_look(starts, ends)
        for at in np.flatnonzero(looks > self._enough.part - SPREAD).tolist():
            end = int(ends[at])
            line = line_around(self._text, end - 1)
            sentence = int(self._cuts[np.searchsorted(self._cuts, end) - 1])
            within = slice(*np.searchsorted(commas, (max(sentence, end - LONGEST) + 1, end)))
            clauses = commas[within].tolist()
            if clauses:
                scored = [(self._score(Span(start, end), line.start), start) for start in clauses]
                yield from self._part(max(scored)[1], end, self._enough.part)

    def brackets(self) -> Iterator[Edit]:
        """Take what stands in brackets within a line that stays."""
        spans = [found.span() for found in _BRACKETED.finditer(self._text)]
        if not spans:
            return
        bounds = np.array(spans, np.int64)
        looks = self._reading.first_look(bounds[:, 0], bounds[:, 1])
        for at in np.flatnonzero(looks > self._enough.inside - SPREAD).tolist():
            yield from self._part(*spans[at], self._enough.inside)
