"""Features to weights: each feature of a linear model has the weight that its checksum points to.

Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning". A model is so one row of numbers, without a
vocabulary to load.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

BUCKETS = 2**17
"""How many weights a model has."""
REMEMBERED = 200_000
"""How many scores are kept before all are forgotten, so that memory stays bounded."""


def bucket_of(feature: str) -> int:
    """Which weight is a feature's."""
    return crc32(feature.encode("utf-8", "surrogatepass")) % BUCKETS


class Weights:
    """The weights of one model, found by feature; those once found are remembered."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._weights = weights
        self._known: dict[str, float] = {}

    def sum(self, features: Iterable[str]) -> float:
        """The score of a thing that has these features."""
        known, total = self._known, 0.0
        for feature in features:
            weight = known.get(feature)
            if weight is None:
                if len(known) > REMEMBERED:
                    known.clear()
                weight = known[feature] = self._weights[bucket_of(feature)]
            total += weight
        return total
