"""Wordings that could name a number: stretches of the clause before it, of the noun after it, and what an ellipsis leaves out.

A report says what it measures before the number (``全镇党员430名``), after it (``建成15个村级活动室``), in the clause before
(``农村公路，总里程达320公里``) or not at all, where it goes on with a list (``改造棚户区120户、老旧小区3个``) or with a part
(``党员43名，其中女性9名``); the number before may belong to it (``5000万元以上项目35个``), and the unit may say all
(``全街道现有13240户``). All these are laid side by side here; which one it is, `ranking` decides. A wording is a stretch of
words and, for some kinds, something put before or behind it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipeline.metrics.naming.context import Context
from pipeline.metrics.page.lexicon import Trait
from pipeline.metrics.page.page import Array, Page, Range

LONGEST = 24
"""No name has more characters."""
_MOST_RIGHT = 8
"""How many words of the noun after a number are tried."""

BARE = (
    "item", "attribute", "attribute_carried", "carried", "carried_share", "base", "threshold", "threshold_left", "unit",
)  # fmt: skip
"""Kinds that stand on no words of their own."""
KINDS = (
    *BARE, "right", "verb_right", "left", "share", "topic", "topic_left", "topic_share", "prior", "prior_left",
    "prior_share", "carried_left", "left_carried", "right_carried", "right_share", "carried_verb_right", "carried_verb_left", "carried_swap", "item_left",
)  # fmt: skip
KIND = {kind: number for number, kind in enumerate(KINDS)}
NEEDS = np.array(
    [{"carried_verb_right": 1, "carried_verb_left": 1, "carried_swap": 2, "item_left": 3}.get(k, 0) for k in KINDS]
)
"""What of the number before a kind goes on with: nothing (or its name, 0), its verb (1), its stem (2), an item (3)."""
CASES = 4


class Stretches(NamedTuple):
    """Stretches of words: whose, from where to where, and the traits inside."""

    number: Array
    start: Array
    end: Array
    inside: Array


class Wordings(NamedTuple):
    """All wordings that stand on words, kind by kind."""

    number: Array
    kind: Array
    start: Array
    end: Array
    inside: Array
    low: Array  # where the clause begins
    high: Array  # where it ends


def wordings(page: Page, context: Context) -> Wordings:
    """All wordings of all numbers."""
    blocks: list[tuple[str, Stretches, Range]] = []
    left, right, prior, topic = context.left, context.right, context.prior, context.topic
    after = _after(page, right)
    verb = context.verb_before[after.number]
    blocks.append(("right", after, right))
    blocks.append(("verb_right", _only(after, verb), right))
    blocks.append(("carried_verb_right", _only(after, ~verb & context.follows[after.number]), right))
    does = page.has(Trait.VERB | Trait.ADVERB)[after.start]
    blocks.append(("right_carried", _only(after, does & context.follows[after.number]), right))
    blocks.append(("right_share", _only(after, context.of_whole[after.number]), right))
    before = _before(page, left, left.end, _OWN)
    follows = context.follows[before.number]
    few = _only(before, _within(before, left, 2, 1) & follows)
    blocks.append(("left", before, left))
    blocks.append(("carried_left", few, left))
    blocks.append(("carried_swap", few, left))
    whole = _within(before, left, 6, 1) & (before.start == left.start[before.number])
    blocks.append(("left_carried", _only(before, (whole | _within(before, left, 3, 1)) & follows), left))
    blocks.append(("carried_verb_left", _only(few, ~page.has(Trait.VERB)[few.start]), left))
    blocks.append(("item_left", _only(before, context.series[before.number] & _within(before, left, 2, 1)), left))
    cut = np.where(context.shared, page.last(page.has(Trait.OCCUPIES))[left.end], -1)
    cut = np.where(cut >= left.start, cut, np.where(context.shared, left.end, left.start))
    blocks.append(("share", _before(page, left, cut, _SHARE), left))
    named = np.zeros(len(left.start), bool)
    named[before.number] = True
    opened = [(_opening(page, prior), prior)]
    opened.append(
        (_opening(page, Range(topic.start, np.where(topic.start == prior.start, topic.start, topic.end))), topic)
    )
    for stretches, clause in opened:
        blocks.append(("topic", stretches, clause))
        blocks.append(("topic_left", _only(stretches, named[stretches.number]), clause))
        blocks.append(("topic_share", _only(stretches, context.shared[stretches.number]), clause))
    earlier = _before(page, prior, prior.end, _EARLIER)
    blocks.append(("prior", earlier, prior))
    blocks.append(("prior_left", _only(earlier, named[earlier.number] & _within(earlier, prior, 2, 1)), prior))
    blocks.append(("prior_share", _only(earlier, context.shared[earlier.number]), prior))
    return _gathered(blocks)


def _gathered(blocks: list[tuple[str, Stretches, Range]]) -> Wordings:
    kinds = np.concatenate([np.full(len(s.number), KIND[kind]) for kind, s, _ in blocks])
    number, start, end, inside = (np.concatenate([s[i] for _, s, _ in blocks]) for i in range(4))
    low = np.concatenate([clause.start[s.number] for _, s, clause in blocks])
    high = np.concatenate([clause.end[s.number] for _, s, clause in blocks])
    return Wordings(number, kinds, start, end, inside, low, high)


def _only(stretches: Stretches, which: Array) -> Stretches:
    return Stretches(*(part[which] for part in stretches))


def _within(stretches: Stretches, clause: Range, words: int, distance: int) -> Array:
    """Which stretches have at most so many words, and end so near the end of their clause."""
    near = clause.end[stretches.number] - stretches.end <= distance
    within: Array = near & (stretches.end - stretches.start <= words)
    return within


class Reach(NamedTuple):
    """How far wordings before a number are looked for: ends tried, words of a stretch, words between it and the number."""

    ends: int
    words: int
    distance: int


_OWN, _EARLIER, _SHARE = Reach(3, 8, 4), Reach(2, 5, 1), Reach(1, 6, 4)


def _before(page: Page, clause: Range, high: Array, reach: Reach) -> Stretches:
    """Stretches of clauses that end in a word of content, from `high` back."""
    places = np.flatnonzero(page.has(Trait.ENDS) & ~page.has(Trait.LIGHT))
    at = np.searchsorted(places, high)[:, None] - 1 - np.arange(reach.ends)
    last = np.append(places, -1)[np.maximum(at, -1)]
    number, end = np.nonzero((last >= clause.start[:, None]) & (high[:, None] - last <= reach.distance + 1))
    last = last[number, end]
    start = np.maximum(last[:, None] - np.arange(reach.words), -1)
    inside = np.bitwise_or.accumulate(page.lexicon.inside[page.types[start]], axis=1)
    fits = (page.lengths[last + 1] - LONGEST)[:, None] <= page.lengths[start]
    which = (start >= clause.start[number][:, None]) & fits & page.has(Trait.STARTS)[start]
    row = np.nonzero(which)[0]
    return Stretches(number[row], start[which], last[row] + 1, inside[which])


def _after(page: Page, clause: Range) -> Stretches:
    """Stretches that begin right behind numbers."""
    begin = page.next(~page.has(Trait.PASSED))[clause.start]
    last = begin[:, None] + np.arange(_MOST_RIGHT)
    within = last < np.minimum(clause.end, page.next(page.has(Trait.PURPOSE))[begin])[:, None]
    last = np.where(within, last, 0)
    inside = np.bitwise_or.accumulate(page.lexicon.inside[page.types[last]], axis=1)
    fits = page.lengths[last + 1] - page.lengths[begin][:, None] <= LONGEST
    which = within & fits & page.has(Trait.ENDS)[last]
    number = np.nonzero(which)[0]
    return Stretches(number, begin[number], last[which] + 1, inside[which])


def _opening(page: Page, clause: Range) -> Stretches:
    """The noun phrases that clauses begin with, the longest first."""
    begin = np.minimum(page.next(~page.has(Trait.LEADING))[clause.start], clause.end)
    hard = page.next(page.has(Trait.BREAKS))[begin]
    verb = page.next(page.has(Trait.PLAIN_VERB))[np.minimum(begin + 1, page.size)]
    end = np.minimum(np.minimum(np.minimum(hard, verb), begin + 6), clause.end)
    stop = end[:, None] - np.arange(3)
    which = stop > begin[:, None]
    number = np.nonzero(which)[0]
    fits = page.lengths[stop[which]] - page.lengths[begin[number]] <= LONGEST
    return _only(Stretches(number, begin[number], stop[which], np.zeros(len(number), np.int32)), fits)
