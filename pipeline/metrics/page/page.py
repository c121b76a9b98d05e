"""A document as arrays: the characters by class, and the words of the sentences that hold numbers.

What stands between two places, the last boundary before one, the next word of a kind: all are looked up for all numbers at
once, so that hardly anything is left to be done number by number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pipeline.language.widths import codes_of
from pipeline.metrics.page.hashing import Strings
from pipeline.metrics.page.lexicon import Lexicon, Trait
from pipeline.metrics.page.tokens import BOUNDARIES
from pipeline.records import Quantity, Sentence

_NOWHERE = 2**62

Array = np.ndarray
_BOUNDARY, _CLOSES, _OPENS, _COMMA, _QUOTE, _UNQUOTE, _JOINS, _OF = (1 << i for i in range(8))
_BLANK = ord(" ")
_NEAR = 24
"""A bracket of so many characters is passed over where a clause is read back."""
_OTHERWISE = re.compile("[一-龥、]{1,4}")
"""What stands in a bracket that belongs to a word: 村（社区）, 县（市、区）, 油（水泥）路."""


def _classes() -> Array:
    table = np.zeros(2**16, np.uint8)
    for signs, bit in (
        ("".join(BOUNDARIES), _BOUNDARY), ("）)", _CLOSES), ("（(", _OPENS), ("、", _COMMA), ("“《〈", _QUOTE),
        ("”》〉\n", _UNQUOTE), ("、和及与", _JOINS), ("的", _OF),
    ):  # fmt: skip
        for sign in signs:
            table[ord(sign)] |= bit
    return table


_CLASSES = _classes()


class Range(NamedTuple):
    """For each number the words ``start:end`` of a stretch before or after it."""

    start: Array
    end: Array


class Characters:
    """The characters of a text by class, and the edges of clauses."""

    def __init__(self, text: str) -> None:
        self.size = len(text)
        self.codes = codes_of(text)
        self.classes = _CLASSES.take(self.codes)
        self._boundaries = np.flatnonzero(self.classes & _BOUNDARY)
        self._before, self._openings, inner = self._brackets(text)
        marks = np.flatnonzero(self.classes & (_QUOTE | _UNQUOTE))
        quoted = np.append(self.classes[marks] & _QUOTE, 0) != 0  # the last for places before the first mark
        commas = np.flatnonzero(self.classes & _COMMA)
        self._quotes = marks, quoted
        self._stops = _outside(self._boundaries, inner)
        self._commas = commas, _outside(commas[~self._quoted(commas)], inner)

    def _quoted(self, at: Array) -> Array:
        """Whether places are inside quotes."""
        marks, quoted = self._quotes
        inside: Array = quoted[np.searchsorted(marks, at) - 1]
        return inside

    def _brackets(self, text: str) -> tuple[Array, Array, list[tuple[int, int]]]:
        """Behind each boundary: where the clause there begins, and the opening of the bracket that is passed over.

        Also the brackets that belong to a word, from the opening to the closing: 12个村（社区）.
        """
        at = self._boundaries
        before, openings = at + 1, np.full(len(at), -1)
        inner: list[tuple[int, int]] = []
        kinds = self.classes[at]
        last = np.maximum.accumulate(np.where(kinds & _OPENS, np.arange(len(at)), -1))
        for j in np.flatnonzero(kinds & _CLOSES).tolist():
            o = int(last[j])
            if o >= 0 and at[j] + 1 - at[o] < _NEAR:
                openings[j] = at[o]
                before[j] = before[o - 1] if o else 0
                if _OTHERWISE.fullmatch(text, at[o] + 1, at[j]):
                    inner.append((int(at[o]), int(at[j])))
        return before, openings, inner

    def left_edges(self, at: Array, floor: Array) -> Array:
        """Where the clauses begin that end at places, not before `floor`; closed brackets are passed over."""
        if not len(self._boundaries):
            nearest: Array = np.minimum(floor, at)
            return nearest
        k = np.searchsorted(self._boundaries, at) - 1
        plain = np.where(k >= 0, self._boundaries[k] + 1, 0)
        passed = (k >= 0) & (self._openings[k] >= floor)
        edges: Array = np.minimum(np.maximum(np.where(passed, self._before[k], plain), floor), at)
        return edges

    def right_edges(self, at: Array, ceiling: Array) -> Array:
        """Where the clauses end that begin at places, not after `ceiling`; 、 ends them too outside quotes."""
        every, outside = self._commas
        inside = self._quoted(at)
        stop = np.where(self.classes[np.minimum(at, self.size - 1)] & _BOUNDARY, at, _next(self._stops, at, self.size))
        stop = np.minimum(stop, ceiling)
        comma = np.where(inside, _next(every, at, self.size), _next(outside, at, self.size))
        edges: Array = np.maximum(np.minimum(stop, comma), np.minimum(at, ceiling))
        return edges

    def joins(self, at: Array) -> Array:
        """Whether 、 or 和 stands at places, or behind a blank there."""
        at = np.minimum(at, self.size - 1)
        at = np.minimum(at + (self.codes[at] == _BLANK), self.size - 1)
        joined: Array = (self.classes[at] & _JOINS) != 0
        return joined

    def of_near(self, at: Array) -> Array:
        """Whether 的 stands among the six characters before places."""
        places = np.flatnonzero(self.classes & _OF)
        return np.searchsorted(places, at) > np.searchsorted(places, at - 6)


def _outside(places: Array, spans: Sequence[tuple[int, int]]) -> Array:
    """The places that are in none of ordered spans, their ends included."""
    if not spans:
        return places
    begins, ends = np.array(spans).T
    last = np.searchsorted(begins, places, "right") - 1
    outside: Array = places[(last < 0) | (places > ends[last])]
    return outside


def _next(places: Array, at: Array, nowhere: int) -> Array:
    """The first of ordered places that is not before each `at`."""
    return np.append(places, nowhere)[np.searchsorted(places, at)]


def _mark(keep: Array, start: Array, end: Array) -> None:
    """Leave out the places of stretches."""
    change = np.zeros(len(keep) + 1, np.int64)
    np.add.at(change, start, 1)
    np.add.at(change, np.maximum(start, end), -1)
    keep &= np.cumsum(change)[:-1] == 0


class Page:
    """The numbers of a document, and the words beside them: white space, numbers and left-out spans are no words here."""

    def __init__(
        self,
        lexicon: Lexicon,
        sentences: Sequence[Sentence],
        quantities: Sequence[Quantity],
        places: Sequence[int],
        apart: Sequence[tuple[int, int]],
    ) -> None:
        """`places` are those of the numbers among `sentences`, in order; words in `apart` spans are left out."""
        self.lexicon = lexicon
        self.starts = np.array([q.start for q in quantities], np.int64)
        self.ends = np.array([q.end for q in quantities], np.int64)
        self.sentence = np.array(places, np.int64)
        """The sentence of each number."""
        self.first = np.searchsorted(self.sentence, self.sentence)
        """The first number of the sentence of each number."""
        begins = np.array([s.start for s in sentences], np.int64)
        finishes = np.array([s.end for s in sentences], np.int64)
        self.begins, self.finishes = begins[self.sentence], finishes[self.sentence]
        place = np.arange(len(quantities))
        self.floors = np.where(place > self.first, shifted(self.ends), self.begins)
        last = np.roll(self.first, -1) != self.first
        last[-1:] = True
        self.ceilings = np.where(last, self.finishes, np.roll(self.starts, -1))
        types = self._read_words(sentences, begins, apart)
        self.size = len(types)
        self.types = np.append(types, 0)  # "#" stands behind the last word
        self.traits = lexicon.traits[self.types]
        self.lengths = summed(lexicon.lengths[self.types])

    @cached_property
    def wholes(self) -> Strings:
        """What tells one stretch of words from another."""
        return Strings(self.lexicon.hashes[self.types])

    @cached_property
    def grammar(self) -> Strings:
        """What tells the word classes of one stretch from those of another."""
        return Strings(self.lexicon.tag_hashes[self.types])

    def _read_words(self, sentences: Sequence[Sentence], begins: Array, apart: Sequence[tuple[int, int]]) -> Array:
        """All words of all sentences; gives the types of those of sentences with numbers as naming sees them."""
        lexicon = self.lexicon
        types = lexicon.number(sentences)
        self.all_types: Array = types
        sizes = np.array([len(s.words) for s in sentences], np.int64)
        self.sizes = summed(sizes)
        """Where the words of each sentence begin among all words."""
        lengths = lexicon.lengths[types]
        self.all_lengths = summed(lengths)
        ends = self.all_lengths[1:] + np.repeat(begins - self.all_lengths[self.sizes[:-1]], sizes)
        starts = ends - lengths
        self.all_starts, self.all_ends = starts, ends
        held = np.zeros(len(sentences), bool)
        held[self.sentence] = True
        keep = np.repeat(held, sizes) & ((lexicon.traits[types] & Trait.SPACE) == 0)
        clipped = self._clip(keep, starts, ends)
        spans = np.array(apart, np.int64).reshape(-1, 2)
        _mark(keep, np.searchsorted(starts, spans[:, 0]), np.searchsorted(starts, spans[:, 1]))
        self.word_starts, self.word_ends = starts[keep], ends[keep]
        return self._inserted(types[keep], clipped) if clipped else types[keep]

    def _clip(self, keep: Array, starts: Array, ends: Array) -> list[tuple[tuple[str, str], int, int]]:
        """Leave out the words of numbers; give what stands out of a number at either side."""
        first = np.searchsorted(ends, self.starts, "right")
        last = np.searchsorted(starts, self.ends, "left") - 1
        _mark(keep, first, last + 1)
        out: list[tuple[tuple[str, str], int, int]] = []
        for n in np.flatnonzero((starts[first] < self.starts) | (ends[last] > self.ends)).tolist():
            floor, ceiling = int(self.floors[n]), int(self.ceilings[n])
            for at, begin, end in (
                (int(first[n]), max(int(starts[first[n]]), floor), int(self.starts[n])),
                (int(last[n]), int(self.ends[n]), min(int(ends[last[n]]), ceiling)),
            ):
                if begin < end and not (out and out[-1][1] == begin):
                    word, tag = self._word(at)
                    part = word[begin - int(starts[at]) : end - int(starts[at])]
                    if not part.isspace():
                        out.append(((part, tag), begin, end))
        return out

    def _word(self, at: int) -> tuple[str, str]:
        number = int(self.all_types[at])
        return self.lexicon.words[number], self.lexicon.tags[number]

    def _inserted(self, types: Array, clipped: Sequence[tuple[tuple[str, str], int, int]]) -> Array:
        """The types of the words with those of words cut off by numbers among them."""
        parts = np.array([self.lexicon.number_of(t) for t, _, _ in clipped], np.int64)
        begins = np.array([begin for _, begin, _ in clipped], np.int64)
        ends = np.array([end for _, _, end in clipped], np.int64)
        places = np.searchsorted(self.word_starts, begins)
        self.word_starts = np.insert(self.word_starts, places, begins)
        self.word_ends = np.insert(self.word_ends, places, ends)
        return np.insert(types, places, parts)

    def words(self, start: Array, end: Array) -> Range:
        """The words of ``text[start:end]``, for many stretches."""
        first = np.searchsorted(self.word_ends, start, "right")
        return Range(first, np.where(end > start, np.searchsorted(self.word_starts, end), first))

    def onward(self, start: int, at: int, begin: int) -> Iterator[tuple[str, str]]:
        """The words from `at` on that follow upon one another without a gap, with their tags.

        There are none unless word `start` begins at ``text[begin]``.
        """
        size = len(self.word_starts)
        if start < at < size and self.word_starts[start] == begin:
            while at < size and self.word_starts[at] == self.word_ends[at - 1]:
                number = int(self.types[at])
                yield self.lexicon.words[number], self.lexicon.tags[number]
                at += 1

    def has(self, trait: int) -> Array:
        """Which words have a trait."""
        having: Array = (self.traits & trait) != 0
        return having

    @cached_property
    def deeds(self) -> Array:
        """Which words say that something was done."""
        deeds: Array = self.has(Trait.DOES) | (self.has(Trait.DEED) & ~np.append(self.has(Trait.DOER)[1:], False))
        return deeds

    def word_ends_of(self, end: Array) -> Array:
        """Where the last words before places between words end in the text."""
        ends: Array = np.append(self.word_ends, 0)[end - 1]
        return ends

    def next(self, which: Array) -> Array:
        """For each word (and for the end) the first one from it on that is marked, or the end."""
        return next_from(which[: self.size])

    def last(self, which: Array) -> Array:
        """For each place between words the last word before it that is marked, or -1."""
        return last_before(which[: self.size])


def _stretches(which: Array) -> tuple[Array, Array]:
    """The marked places between -1 and the end, and how far each is from the one before."""
    marked = which.nonzero()[0]
    places = np.empty(len(marked) + 2, np.int64)
    places[0], places[1:-1], places[-1] = -1, marked, len(which)
    return places, places[1:] - places[:-1]


def next_from(which: Array) -> Array:
    """For each place (and for the end) the first one from it on that is marked, or the end."""
    places, far = _stretches(which)
    return places[1:].repeat(far)


def last_before(which: Array) -> Array:
    """For each place (and for the end) the last one before it that is marked, or -1."""
    places, far = _stretches(which)
    return places[:-1].repeat(far)


def summed(values: Array) -> Array:
    """For each place between values the sum of those before it."""
    if values.dtype == bool:
        far = _stretches(values)[1]
        return np.arange(len(far)).repeat(far)
    out = np.zeros(len(values) + 1, np.float64 if values.dtype.kind == "f" else np.int64)
    np.cumsum(values, out=out[1:])
    return out


def shifted(values: Array) -> Array:
    """For each number what the one before has; the first has the last one's."""
    out = np.empty_like(values)
    out[1:], out[:1] = values[:-1], values[-1:]
    return out


def holding(spans: Sequence[tuple[int, int]], start: Array, end: Array) -> list[bool]:
    """Whether one of ordered spans lies in each stretch."""
    bounds = np.array([*spans, (_NOWHERE, _NOWHERE)], np.int64)
    held: list[bool] = (bounds[np.searchsorted(bounds[:, 0], start), 1] <= end).tolist()
    return held
