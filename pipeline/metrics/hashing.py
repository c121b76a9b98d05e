"""Features to weights: each feature of a linear model has the weight that its checksum points to.

Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning". A model is so one row of numbers, without a
vocabulary to load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar
from zlib import crc32

Key = TypeVar("Key")

BUCKETS = 2**17
"""How many weights a model has."""
REMEMBERED = 200_000
"""How many scores are kept before all are forgotten, so that memory stays bounded."""


def bucket_of(feature: str) -> int:
    """Which weight is a feature's."""
    return crc32(feature.encode("utf-8", "surrogatepass")) % BUCKETS


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
