"""How sure a record is: a calibrated probability that value, unit and name are right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

KINDS = (
    "right", "verb_right", "left", "carried", "carried_left", "carried_swap", "carried_share", "carried_verb_left",
    "carried_verb_right", "item", "item_left", "attribute", "attribute_carried", "topic", "topic_left", "topic_share",
    "prior", "prior_left", "prior_share", "share", "unit",
)  # fmt: skip
RULES = ("number", "range", "pair", "percent_of", "fraction", "ratio", "masked")


class Evidence(NamedTuple):
    """What speaks for a record or against it."""

    kind: str  # where the name stood
    margin: float  # how far the name was ahead of the next best
    least: float  # the smallest such margin among the names that it was carried on from
    rule: str  # of the number
    unit: str  # class of the unit
    length: int  # characters of the name


UNITS = ("ratio", "people", "money", "count", "area", "mass", "length", "")


def row_of(evidence: Evidence) -> list[float]:
    """The columns of the model."""
    margin, least = min(evidence.margin, 8.0), min(evidence.least, 8.0)
    return [
        margin,
        min(margin, 2.0),
        min(margin, 0.5),
        min(least, 2.0),
        min(evidence.length, 12) / 12,
        float(evidence.length == 1),
        float(evidence.length > 12),
        *(float(evidence.kind == kind) for kind in KINDS),
        *(float(evidence.rule == rule) for rule in RULES),
        *(float(evidence.unit == unit) for unit in UNITS),
    ]


class Judge:
    """Gives each record of a document its confidence, in one call."""

    def __init__(self, estimator: Any) -> None:
        self._weights, self._bias = estimator.coef_[0], estimator.intercept_[0]

    def probabilities(self, evidence: Sequence[Evidence]) -> list[float]:
        """The probabilities in [0, 1] that the records are right, in their order."""
        if not evidence:
            return []
        scores = np.array([row_of(e) for e in evidence]) @ self._weights + self._bias
        probabilities: list[float] = (1 / (1 + np.exp(-scores))).tolist()
        return probabilities
