"""How likely a stretch is in the language of reports and in that of sites: two models of three characters in a row.

A site's talk that no cue knows still is unlike any report: its characters follow each other in another way. Each model
gives the probability of a character behind the two before it, smoothed as by Witten and Bell (1991): what was never
seen behind two characters is weighed as it is behind one, and that as it is alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features import Codes

CHARACTERS = 8000  # about as many could stand anywhere
STEP = 0.1  # logarithms are stored in steps of this size
UNEXPECTED = -7.0
UNSEEN = 255
BITS = 16  # of a hash, by which it is found
FEW = 3  # characters that speak most for a site, and for a report
FITS = 10  # numbers that tell how a stretch fits both

Numbers = NDArray[np.float64]
Steps = NDArray[np.uint8]
_ODD = tuple(map(np.uint32, (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35)))
_SHIFT = np.uint32(32 - BITS)
_sum = np.add.reduce  # what the method of an array calls, at half the price for the few characters of a stretch
_START, _END = np.zeros(2, np.uint32), np.ones(1, np.uint32)


class Grams(NamedTuple):
    """Hashes of each character of a stretch (and its end): alone, behind one and behind two, and what it stands behind."""

    single: Codes
    pair: Codes
    triple: Codes
    one: Codes
    two: Codes


def grams_of(said: Codes) -> Grams:
    """The characters of a stretch as the models look them up."""
    single, pair, triple = _hashes(said)
    return Grams(single[1:], pair[1:], triple, single[:-1], pair[:-1])


def _hashes(said: Codes) -> tuple[Codes, Codes, Codes]:
    """Hashes of each character and what is around the stretch, of each two in a row, and of each three."""
    padded = np.concatenate((_START, said, _END))
    single = (padded + np.uint32(7)) * _ODD[0]
    single ^= single >> np.uint32(15)
    pair = (single[1:] + padded[:-1]) * _ODD[1]
    pair ^= pair >> np.uint32(13)
    triple = (pair[1:] + padded[:-2]) * _ODD[2]
    triple ^= triple >> np.uint32(16)
    return single[1:], pair, triple


class _Table:
    """Values by hash, all of them in one place: keys that begin alike stand together, and are read at once."""

    def __init__(self, keys: Codes, values: Steps, missing: Sequence[int]) -> None:
        self._first = np.searchsorted(keys, np.arange(1 << BITS, dtype=np.uint32) << _SHIFT)
        reach = int(np.diff(self._first, append=len(keys)).max())
        self._window = np.arange(reach)
        self._keys = np.append(keys, np.zeros(reach, np.uint32))
        self._values = np.concatenate((values.T, np.full((reach, len(values)), missing, np.uint8)))

    def look_up(self, wanted: Codes) -> Steps:
        """The values of many keys, one column each."""
        places = self._first.take(wanted >> _SHIFT)[:, None] + self._window
        same = self._keys.take(places) == wanted[:, None]
        at = same.argmax(axis=1)
        found = same[np.arange(len(at)), at]
        values: Steps = self._values.take(np.where(found, places[:, 0] + at, -1), axis=0)
        return values.T


@dataclass(frozen=True)
class Languages:
    """Both models: sorted hashes of what either has seen, and how unlikely it is in each, in steps of a logarithm."""

    seen: Codes
    unlikely: Steps  # (report and site, seen); UNSEEN where only the other has it
    contexts: Codes
    discounts: Steps  # (report and site, contexts): what is left for the unseen behind each
    unknown: NDArray[np.float64]  # logarithm of the probability of a character that a model never saw

    @classmethod
    def estimate(cls, report: Iterable[Codes], site: Iterable[Codes]) -> Languages:
        """Count the characters of stretches of both."""
        levels, contexts, unknown = zip(*map(_counted, (report, site)), strict=True)
        return cls(*_beside(levels, UNSEEN), *_beside(contexts, 0), np.array(unknown))

    def log_probabilities(self, said: Codes) -> Numbers:
        """The logarithms of the probability of each character of a stretch in both: (report and site, characters)."""
        steps = self._table.look_up(np.concatenate(_hashes(said)))
        logs: Numbers = np.multiply(steps, -STEP)
        unseen, likely, discount, size = steps[:2] == UNSEEN, logs[:2], logs[2:], len(said) + 1
        single, pair, triple = slice(1, size + 1), slice(size + 2, 2 * size + 2), slice(2 * size + 2, None)
        alone, behind_one, behind_two = likely[:, single], likely[:, pair], likely[:, triple]
        np.copyto(alone, self.unknown[:, None], where=unseen[:, single])
        np.add(alone, discount[:, :size], out=behind_one, where=unseen[:, pair])
        np.add(behind_one, discount[:, size + 1 : 2 * size + 1], out=behind_two, where=unseen[:, triple])
        return behind_two

    @cached_property
    def _table(self) -> _Table:
        """What either has seen, with what is left behind it: (report and site unlikely, report and site left)."""
        at = np.searchsorted(self.seen, self.contexts)
        new = self.seen.take(at, mode="clip") != self.contexts
        keys = np.insert(self.seen, at[new], self.contexts[new])
        unlikely = np.stack([np.insert(steps, at[new], UNSEEN) for steps in self.unlikely])
        discounts = np.zeros_like(unlikely)
        discounts[:, at + np.cumsum(new) - new] = self.discounts
        return _Table(keys, np.concatenate((unlikely, discounts)), (UNSEEN, UNSEEN, 0, 0))

    def likeness(self, said: Codes) -> Numbers:
        """How a stretch fits both: in the mean, at its most telling characters, and how much of it is unexpected."""
        logs = self.log_probabilities(said)
        more = logs[1] - logs[0]
        more.sort()
        size, few = len(more), min(len(more), FEW)
        most, least = _sum(more[-few:]) / few, _sum(more[:few]) / few
        report, site = (_sum(logs, axis=1) / size).tolist()
        unexpected = (_sum(logs < UNEXPECTED, axis=1) / size).tolist()
        return np.array(
            (report, site, _sum(more) * size**-0.5, more[-1], more[0], most, least, *unexpected, site - report)
        )


Table = tuple[Codes, Steps]


def _counted(stretches: Iterable[Codes]) -> tuple[Table, Table, float]:
    """How unlikely each character is in one language, what is left for the unseen, and what a character never seen is."""
    grams = Grams(*map(np.concatenate, zip(*map(grams_of, stretches), strict=True)))
    single, counts = np.unique(grams.single, return_counts=True)
    unseen = len(single) / CHARACTERS
    likely = (counts + unseen) / (counts.sum() + len(single))
    levels, contexts = [(single, likely)], []
    below = likely[np.searchsorted(single, grams.single)]
    for seen, behind in ((grams.pair, grams.one), (grams.triple, grams.two)):
        kinds, first, counts = np.unique(seen, return_index=True, return_counts=True)
        context, at = np.unique(behind[first], return_inverse=True)
        total, different = np.bincount(at, weights=counts), np.bincount(at)
        likely = (counts + different[at] * below[first]) / (total + different)[at]
        levels.append((kinds, likely))
        contexts.append((context, different / (total + different)))
        below = likely[np.searchsorted(kinds, seen)]
    return _in_steps(levels), _in_steps(contexts), float(np.log(unseen / (grams.single.size + len(single))))


def _in_steps(levels: list[tuple[Codes, Numbers]]) -> Table:
    keys, likely = (np.concatenate(side) for side in zip(*levels, strict=True))
    return keys, np.round(-np.log(likely) / STEP).clip(0, UNSEEN - 1).astype(np.uint8)


def _beside(tables: Sequence[Table], missing: int) -> Table:
    """Two tables as one, sorted by their keys."""
    keys = np.unique(np.concatenate([keys for keys, _ in tables]))
    steps = np.full((len(tables), len(keys)), missing, np.uint8)
    for row, (own, values) in zip(steps, tables, strict=True):
        row[np.searchsorted(keys, own)] = values
    return keys, steps
