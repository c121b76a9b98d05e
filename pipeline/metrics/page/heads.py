"""What a plain grammar takes for the names of numbers: the head of the phrase before one, or the noun after it.

The ranker does not follow it blindly; that a wording is what the grammar takes is one thing that it looks at.
"""

from __future__ import annotations

import numpy as np

from pipeline.metrics.page.lexicon import Trait
from pipeline.metrics.page.page import Array, Page, Range

LONGEST = 16
"""A name longer than this is cut at its last verb."""
_LONGEST_NOUN = 20


def nouns_after(page: Page, right: Range) -> Array:
    """Where the nouns end that numbers count (200亩|土地用于开发 → 土地); where `right` begins, if there is none."""
    size, traits = page.size, page.traits
    begin = np.minimum(page.next(~page.has(Trait.SKIPPED))[right.start], right.end)
    last = page.last(~page.has(Trait.QUOTE))[right.end]
    goes_on = (last >= right.start) & ((traits[last] & Trait.NOUN_LAST) != 0)
    first = traits[begin]
    reaches = ((first & Trait.PLAIN_VERB) != 0) & ((traits[np.minimum(begin + 1, size)] & Trait.REACHED) != 0)
    none = (begin >= right.end) | ((first & Trait.NO_NOUN) != 0) | (reaches & (begin + 1 < right.end))
    none |= ((first & Trait.ADVERB) != 0) & ~(goes_on & (last > begin))
    onward = np.minimum(begin + 1, size)
    stop = page.next(page.has(Trait.NOUN_STOP))[onward]
    weak = page.next(page.has(Trait.NOUN_STOP | Trait.NOUN_STOP_LAST))[onward]
    longest = np.searchsorted(page.lengths, page.lengths[np.minimum(begin, size)] + _LONGEST_NOUN, "right") - 1
    end = np.minimum(np.minimum(np.where(goes_on, stop, weak), right.end), longest)
    end = page.last(~page.has(Trait.TRAILING))[np.maximum(end, 0)] + 1
    return np.where(none | (end <= begin), right.start, end)


def heads_before(page: Page, left: Range) -> Range:
    """Phrases before numbers stripped to their names: 全乡目前共有片长 → 片长; empty where nothing is left."""
    size = page.size
    verb, reaching = page.has(Trait.PLAIN_VERB), page.has(Trait.REACHING)
    before_reaching = verb & np.append(reaching[1:], False)
    reached = reaching & np.append(False, verb[:-1])
    stripped = page.has(Trait.STRIPPED_END) | before_reaching | reached
    end = np.maximum(page.last(~stripped)[left.end] + 1, left.start)
    total = page.last(page.has(Trait.TOTAL))[np.maximum(end - 1, 0)] + 1
    jump = _after_start(page)
    start = np.minimum(jump[np.maximum(total, left.start)], end)
    cut = np.searchsorted(page.lengths, page.lengths[end] - LONGEST)
    onward = np.minimum(np.maximum(cut, start + 1), size)
    nearest = page.next(verb)[onward]
    farthest = page.last(verb)[np.maximum(end - 1, 0)]
    shorter = np.where(nearest < end - 1, nearest, np.where(farthest > start, farthest, start))
    start = np.where(page.lengths[end] - page.lengths[start] > LONGEST, shorter, start)
    return Range(np.minimum(jump[start], end), end)


def _after_start(page: Page) -> Array:
    """For each word where what may stand before a name ends: times, modal words, adverbs, prepositional phrases."""
    size = page.size
    here = np.arange(size + 1)
    on = page.next(page.has(Trait.ON_VERB))
    step = np.where(page.has(Trait.STRIPPED_START), np.minimum(here + 1, size), here)
    step = np.where(page.has(Trait.PREPOSITION), on, step)
    for _ in range(4):  # words stripped one after the other, up to sixteen
        step = step[step]
    return step
