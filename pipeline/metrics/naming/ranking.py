"""Which wording names a number best: a linear model over what the wordings and their neighbours look like.

A wording's score is what its kind is worth in this place, and what its own words add: where it begins, where it ends, its
length, what stands inside. The scores of all wordings of a document are summed up at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from pipeline.metrics.naming.candidates import BARE, CASES, KIND, KINDS, NEEDS, Wordings, wordings
from pipeline.metrics.naming.context import Context
from pipeline.metrics.page.hashing import REMEMBERED, bucket, buckets, mixed, spread, word_hash
from pipeline.metrics.page.lexicon import INSIDE_BITS
from pipeline.metrics.page.page import Array, Page

_KIND_HASHES = np.array([word_hash(kind) for kind in KINDS], np.uint32)
_KINDS_SPREAD = spread(_KIND_HASHES)
_RIGHT = np.isin(KINDS, ("right", "verb_right", "carried_verb_right", "right_carried", "right_share"))
_LEFT = np.isin(KINDS, ("left", "carried_left", "carried_verb_left", "carried_swap", "item_left"))
_TAIL, _LAST_WRITTEN, _TAIL_WRITTEN, _LAST_UNIT, _KIND_LAST_UNIT, _TAIL_ALONE, _LENGTH, _KIND_LENGTH = range(100, 108)
_INSIDE, _KIND_INSIDE = 120, 121
_BLOCK = 1024
"""How many numbers are ranked at a time, so that memory stays bounded."""
NOTHING = -1e9


class Ranked(NamedTuple):
    """The best wording on words of each number and case (see `candidates.NEEDS`), and how good it and the next are.

    What there is of one number stands behind what there is of another, `CASES` or, in ``places``, all bare kinds.
    """

    places: list[float]  # what each bare kind is worth in the place of each number
    kinds: list[int]  # -1 where there is no wording
    starts: list[int]
    ends: list[int]
    best: list[float]
    second: list[float]


def place_features(page: Page, context: Context) -> tuple[Array, ...]:
    """What is the same for all wordings of one kind: sums to mix with the kind, one feature after the other."""
    lexicon, u32 = page.lexicon, np.uint32
    words, tags, shapes = lexicon.hashes, lexicon.tag_hashes, lexicon.shapes
    near, following, head = context.near, context.following, context.content_head
    left, right = context.left, context.right
    lefts = np.minimum(left.end - left.start, 2).astype(u32)
    rights = np.minimum(right.end - right.start, 3).astype(u32)
    content = np.minimum(context.content, 3).astype(u32)
    unit, change, side = context.units, context.change.astype(u32), context.side.astype(u32)
    bond = (context.bond * 2 + context.same_unit).astype(u32)
    small = bond * u32(16) + change * u32(4) + lefts
    prior, between = context.prior, context.between.astype(u32)
    opens = np.where(context.between, page.types[prior.start], 0)
    closes = np.where(context.between, page.types[prior.end - 1], 0)
    return (
        mixed(1, unit * u32(0)),
        mixed(2, unit),
        mixed(3, unit, change),
        mixed(4, bond),
        mixed(5, bond, lefts),
        mixed(6, unit, small),
        mixed(7, context.restricted.astype(u32)),
        mixed(8, side),
        mixed(9, unit, side * u32(4) + change),
        mixed(10, bond, side),
        mixed(11, shapes[near]),
        mixed(12, words[near]),
        mixed(13, words[near], unit),
        mixed(14, context.written),
        mixed(15, shapes[following], lefts),
        mixed(16, shapes[following], shapes[near]),
        mixed(17, words[following]),
        mixed(18, tags[following], unit),
        mixed(19, tags[context.right_last], rights),
        mixed(20, content, rights),
        mixed(21, tags[head], tags[following], rights),
        mixed(22, content, bond),
        mixed(23, unit, content * u32(4) + change),
        mixed(24, side, content),
        mixed(25, words[head]),
        mixed(26, words[head], unit),
        mixed(27, tags[head], bond, content),
        mixed(28, lexicon.lasts[head], bond),
        mixed(29, between, bond, content),
        mixed(30, tags[opens], tags[closes], between),
    )


def place_buckets(page: Page, context: Context) -> Iterator[Array]:
    """The weights that each kind (column) sums up in the place of each number (row), one feature after the other."""
    for total in place_features(page, context):
        yield buckets(total[:, None] + _KINDS_SPREAD)


def own_buckets(page: Page, context: Context, rows: Wordings) -> Iterator[Array]:
    """The weights of what wordings are worth by themselves, one feature after the other; without those inside."""
    lexicon, u32 = page.lexicon, np.uint32
    words, tags, shapes = lexicon.hashes, lexicon.tag_hashes, lexicon.shapes
    number, start, end = rows.number, rows.start, rows.end
    first, last = page.types[start], page.types[end - 1]
    before = np.where(start > rows.low, page.types[start - 1], 0)
    after = np.where(end < rows.high, page.types[end], 0)
    kind = _KIND_HASHES[rows.kind]
    unit, written = context.units[number], context.written[number]
    size = end - start
    distance = np.where(_RIGHT[rows.kind], 0, np.minimum(rows.high - end, 4)).astype(u32)
    length = np.minimum(page.lengths[end] - page.lengths[start], 16).astype(u32)
    first_word, first_shape, before_shape = words[first], shapes[first], shapes[before]
    last_word, last_char, last_tag, after_shape = words[last], lexicon.lasts[last], tags[last], shapes[after]
    guess, between = _guessed(context, rows), context.between[number].astype(u32)
    whole, grammar = page.wholes.of(start, end), page.grammar.of(start, end)
    for parts in (
        (31, kind, first_shape, before_shape),
        (32, kind, first_word),
        (33, first_word),
        (34, lexicon.firsts[first]),
        (35, kind, tags[first], (size == 1).astype(u32)),
        (36, words[before]),
        (37, kind, before_shape),
        (38, first_word, before_shape),
        (41, kind, shapes[last], after_shape),
        (42, kind, last_word),
        (43, last_word),
        (_LAST_UNIT, last_char, unit),
        (_KIND_LAST_UNIT, last_char, unit, kind),
        (46, kind, last_tag, unit),
        (47, kind, words[after]),
        (48, words[after]),
        (49, kind, after_shape, distance),
        (50, kind, last_tag, distance),
        (51, kind, distance),
        (_LAST_WRITTEN, last_char, written),
        (_TAIL_WRITTEN, last_word, written),
        (_LENGTH, length),
        (_KIND_LENGTH, length, kind),
        (54, kind, np.minimum(size, 6).astype(u32)),
        (55, kind, rows.inside.astype(u32)),
        (56, kind, guess),
        (57, guess >> u32(2)),
        (58, kind, guess >> u32(2)),
        (59, kind, np.minimum(size, 6).astype(u32), rows.inside.astype(u32)),
        (60, whole),
        (61, whole, unit),
        (62, grammar),
        (63, grammar, kind),
        (64, kind, (start == rows.low).astype(u32)),
        (65, kind, last_tag, lexicon.firsts[after]),
        (66, kind, between, (rows.low == context.prior.start[number]).astype(u32)),
    ):
        yield buckets(mixed(*parts))


def _guessed(context: Context, rows: Wordings) -> Array:
    """Whether wordings begin and end where the grammar says (the upper bits), and the side that it prefers."""
    number, start, end = rows.number, rows.start, rows.end
    noun, head = context.noun[number], context.head
    after = np.clip(end - noun, -2, 2) * 2 + 4 + (end == noun)
    before = (start == head.start[number]) * 2 + (end == head.end[number])
    code = np.where(_RIGHT[rows.kind], after, np.where(_LEFT[rows.kind], before, 0))
    guessed: Array = (code * 4 + context.side[number]).astype(np.uint32)
    return guessed


def inside_buckets(kind: int) -> list[tuple[int, int]]:
    """The weights of each word class inside a wording of a kind."""
    return [(bucket(_INSIDE, bit), bucket(_KIND_INSIDE, bit, int(_KIND_HASHES[kind]))) for bit in range(INSIDE_BITS)]


def bare_buckets(kind: int, name: str, unit: int, written: int) -> list[int]:
    """The weights of what a wording without words of its own is worth by itself."""
    tail, last, length = word_hash(name[-2:]), word_hash(name[-1:]), min(len(name), 16)
    of_kind = int(_KIND_HASHES[kind])
    return [
        bucket(_TAIL, tail, of_kind), bucket(_LAST_WRITTEN, last, written), bucket(_TAIL_WRITTEN, tail, written),
        bucket(_LAST_UNIT, last, unit), bucket(_KIND_LAST_UNIT, last, unit, of_kind), bucket(_TAIL_ALONE, tail),
        bucket(_LENGTH, length), bucket(_KIND_LENGTH, length, of_kind),
    ]  # fmt: skip


class Ranker:
    """Ranks wordings; built once a process from the weights of its model."""

    def __init__(self, weights: Sequence[float] | Array) -> None:
        self._weights = np.asarray(weights, np.float32)
        self._inside = np.zeros((len(KINDS), 2**INSIDE_BITS), np.float32)
        for kind in range(len(KINDS)):
            for bit, pair in enumerate(inside_buckets(kind)):
                size = 1 << bit
                self._inside[kind, size : 2 * size] = self._inside[kind, :size] + self._weights[list(pair)].sum()
        self._bare: dict[tuple[int, str, int, int, int], float] = {}

    def rank(self, page: Page, context: Context) -> Ranked:
        """Score all wordings of a page."""
        ranked: list[list[Any]] = [[] for _ in Ranked._fields]
        for at in range(0, len(page.starts), _BLOCK):
            part = context.part(at, at + _BLOCK)
            rows = wordings(page, part)
            places = np.zeros((len(part.edges), len(KINDS)), np.float32)
            for of_feature in place_buckets(page, part):
                places += self._weights.take(of_feature)
            for whole, arrays in zip(
                ranked, (places[:, : len(BARE)], *self._best(page, part, rows, places)), strict=True
            ):
                whole += arrays.ravel().tolist()
        return Ranked(*ranked)

    def _best(self, page: Page, context: Context, rows: Wordings, places: Array) -> tuple[Array, ...]:
        """The best wording of each number and case, and the scores of it and of the next."""
        weights = self._weights
        scores = places[rows.number, rows.kind] + self._inside[rows.kind, rows.inside]
        for of_feature in own_buckets(page, context, rows):
            scores += weights.take(of_feature)
        shape = len(places), CASES
        kinds, starts, ends = (np.full(shape, -1) for _ in range(3))
        best, second = np.full(shape, NOTHING), np.full(shape, NOTHING)
        if len(scores):
            case = (rows.number * CASES + NEEDS[rows.kind]).astype(np.int16)  # which are sorted in linear time
            order = np.argsort(case, kind="stable")
            case, scores = case[order], scores[order]
            begins = np.flatnonzero(np.append(True, case[1:] != case[:-1]))
            of = case[begins]
            top = np.maximum.reduceat(scores, begins)
            hits = np.flatnonzero(scores == np.repeat(top, np.diff(np.append(begins, len(scores)))))
            first = hits[np.searchsorted(hits, begins)]
            row = order[first]
            kinds.flat[of], starts.flat[of], ends.flat[of] = rows.kind[row], rows.start[row], rows.end[row]
            scores[first] = NOTHING
            best.flat[of], second.flat[of] = top, np.maximum.reduceat(scores, begins)
        return kinds, starts, ends, best, second

    def bare(self, kind: str, name: str, unit: int, written: int) -> float:
        """What a wording without words of its own is worth by itself."""
        key = (KIND[kind], name[-2:], len(name), unit, written)
        score = self._bare.get(key)
        if score is None:
            if len(self._bare) > REMEMBERED:
                self._bare.clear()
            score = self._bare[key] = float(self._weights[bare_buckets(key[0], name, unit, written)].sum())
        return score
