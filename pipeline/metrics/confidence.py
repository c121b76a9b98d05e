"""How sure a record is: a calibrated probability that value, unit and name are right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

KINDS = (
    "right", "verb_right", "left", "carried", "carried_left", "carried_swap", "carried_share", "carried_verb_left",
    "carried_verb_right", "item", "item_left", "attribute", "attribute_carried", "topic", "topic_left", "topic_share",
    "prior", "prior_left", "prior_share", "share", "unit", "left_carried", "threshold", "threshold_left",
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


_NUMBERS = 7


def numbers_of(margin: np.ndarray, least: np.ndarray, length: np.ndarray) -> tuple[np.ndarray, ...]:
    """The columns of the model that are numbers."""
    margin, least = np.minimum(margin, 8.0), np.minimum(least, 8.0)
    return (
        margin,
        np.minimum(margin, 2.0),
        np.minimum(margin, 0.5),
        np.minimum(least, 2.0),
        np.minimum(length, 12) / 12,
        (length == 1).astype(float),
        (length > 12).astype(float),
    )


def row_of(evidence: Evidence) -> list[float]:
    """The columns of the model."""
    numbers = numbers_of(*(np.array([n]) for n in (evidence.margin, evidence.least, evidence.length)))
    return [
        *(float(number[0]) for number in numbers),
        *(float(evidence.kind == kind) for kind in KINDS),
        *(float(evidence.rule == rule) for rule in RULES),
        *(float(evidence.unit == unit) for unit in UNITS),
    ]


class Judge:
    """Gives each record of a document its confidence, in one call."""

    def __init__(self, estimator: Any) -> None:
        """`estimator` is a logistic regression over the columns of `row_of`."""
        self._weights = np.zeros(_NUMBERS + len(KINDS) + len(RULES) + len(UNITS))
        self._bias = 0.0
        if estimator is not None:
            self._weights, self._bias = estimator.coef_[0], float(estimator.intercept_[0])
        ends = np.cumsum([_NUMBERS, len(KINDS), len(RULES), len(UNITS)]).tolist()
        self._tables = [
            dict(zip(names, self._weights[begin:end].tolist(), strict=True))
            for names, begin, end in zip((KINDS, RULES, UNITS), ends, ends[1:], strict=False)
        ]

    def probabilities(self, evidence: Sequence[Evidence]) -> list[float]:
        """The probabilities in [0, 1] that the records are right, in their order."""
        if not evidence:
            return []
        kinds, margins, leasts, rules, units, lengths = zip(*evidence, strict=True)
        numbers = numbers_of(np.array(margins), np.array(leasts), np.array(lengths))
        of_kind, of_rule, of_unit = self._tables
        named = [
            of_kind.get(k, 0.0) + of_rule.get(r, 0.0) + of_unit.get(u, 0.0)
            for k, r, u in zip(kinds, rules, units, strict=True)
        ]
        scores = self._bias + np.array(named)
        for number, weight in zip(numbers, self._weights.tolist(), strict=False):
            scores += number * weight
        sure: list[float] = (1 / (1 + np.exp(-scores))).tolist()
        return sure
