"""Features to weights: each feature of a linear model has the weight that its checksum points to.

Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning". A model is so one row of numbers, without a
vocabulary to load. A feature is a written one (its checksum is taken), or a template with a few numbers filled in, for many
things at once (multiplicative hashing, Knuth 1973, The Art of Computer Programming 3, 6.4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar
from zlib import crc32

import numpy as np

Array = np.ndarray
Key = TypeVar("Key")

BITS = 18
BUCKETS = 2**BITS
_DROPPED = np.uint32(32 - BITS)
"""How many weights a model has."""
REMEMBERED = 50_000
"""How many scores are kept before all are forgotten, so that memory stays bounded."""
_FACTORS = (0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F, 0x165667B1)
_SPREAD = 0x9E3779B1
_WORD = 0xFFFFFFFF
_BASE = 0x01000193


def word_hash(word: str) -> int:
    """A checksum of a word that is the same in every process."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def bucket_of(feature: str) -> int:
    """Which weight is a feature's."""
    number: int = word_hash(feature) % BUCKETS
    return number


_SPREAD_FACTORS = tuple(np.uint32(factor * _SPREAD & _WORD) for factor in _FACTORS)


def mixed(template: int, *parts: Array) -> Array:
    """The sum that tells a template with its parts (32 bits each) from others, spread out, for many things at once."""
    total = parts[0] * _SPREAD_FACTORS[0]
    total += np.uint32(template * _SPREAD * _SPREAD & _WORD)
    for part, factor in zip(parts[1:], _SPREAD_FACTORS[1:], strict=False):
        total += part * factor
    return total


@lru_cache(32)
def _powers(size: int) -> tuple[Array, Array]:
    """The first powers of the base, and those of its inverse from the first on."""
    powers = np.cumprod(np.full(size, _BASE, np.uint32), dtype=np.uint32)
    inverse = np.cumprod(np.full(size, pow(_BASE, -1, 2**32), np.uint32), dtype=np.uint32)
    return np.append(np.uint32(1), powers), inverse


class Strings:
    """Hashes of any stretch of a row of numbers (32 bits each), by its sums of powers (Karp and Rabin 1987)."""

    def __init__(self, row: Array) -> None:
        self._powers, inverse = _powers(1 << len(row).bit_length())
        self._sums = np.zeros(len(row) + 1, np.uint32)
        np.cumsum(row * inverse[: len(row)], dtype=np.uint32, out=self._sums[1:])

    def of(self, start: Array, end: Array) -> Array:
        """A hash of each stretch, the same wherever it stands."""
        hashes: Array = (self._sums[end] - self._sums[start]) * self._powers[start]
        return hashes


def spread(parts: Array) -> Array:
    """What is added to such a sum."""
    return parts * np.uint32(_SPREAD)


def buckets(total: Array) -> Array:
    """Which weights such sums point to; `total` is used up."""
    total >>= _DROPPED
    return total


def bucket(template: int, *parts: int) -> int:
    """Which weight is that of one template with its parts."""
    total = template * _SPREAD + sum(part * factor for part, factor in zip(parts, _FACTORS, strict=False))
    return (total * _SPREAD & _WORD) >> (32 - BITS)


class Weights(dict[str, float]):
    """The weights of one model, found by feature; those once found are remembered."""

    def __init__(self, weights: Sequence[float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, feature: str) -> float:
        if len(self) > REMEMBERED:
            self.clear()
        weight = self[feature] = self._weights[bucket_of(feature)]
        return weight

    def sum(self, features: Iterable[str]) -> float:
        """The score of a thing that has these features."""
        total = 0.0
        for feature in features:
            total += self[feature]
        return total


class Filled(dict["str | tuple[object, ...]", float]):
    """The weights of the features of one template by what fills it; those once found are remembered."""

    def __init__(self, weights: Sequence[float], template: str) -> None:
        super().__init__()
        self._weights, self._template = weights, template

    def __missing__(self, told: str | tuple[object, ...]) -> float:
        if len(self) > REMEMBERED:
            self.clear()
        weight = self[told] = self._weights[bucket_of(self._template % told)]
        return weight


class Scores(dict[Key, float]):
    """The scores of things by a key that says all that the model looks at; those once reckoned are remembered."""

    def __init__(self, weights: Sequence[float], features_of: Callable[[Key], Iterable[str]]) -> None:
        super().__init__()
        self._weights = Weights(weights)
        self._features_of = features_of

    def __missing__(self, key: Key) -> float:
        if len(self) > REMEMBERED:
            self.clear()
        score = self[key] = self._weights.sum(self._features_of(key))
        return score
