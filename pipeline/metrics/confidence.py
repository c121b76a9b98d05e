"""How sure a record is: a calibrated probability that value, unit and name are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from pipeline.metrics.page.found import Found
from pipeline.metrics.page.hashing import BUCKETS, Array, Filled, bucket_of
from pipeline.records import Change


class Evidence(NamedTuple):
    """What speaks for a record or against it."""

    kind: str  # where the name stood
    score: float  # how good the name is by the ranker
    margin: float  # how far it was ahead of the next best
    least: float  # the smallest such margin among the names that it was carried on from
    name: str
    unit: str  # class of the unit
    written: str  # unit as it is written
    change: Change | None
    known: bool  # whether the name is that of a known indicator
    before: str  # the two characters before the number
    after: str  # the character behind it


def evidence_of(text: str, one: Found, known: bool) -> Evidence:
    """What speaks for a record or against it; `known` tells whether its name is that of a known indicator."""
    start, end, unit = one.quantity.start, one.quantity.end, one.quantity.unit
    before, after = text[max(start - 2, 0) : start], text[end : end + 1]
    return Evidence(
        one.rule, one.score, one.margin, one.least, one.name, one.unit, unit, one.change, known, before, after
    )


_BENDS = tuple(np.array(bends)[:, None] for bends in ((0.5, 1, 2, 4, 8), (1, 2, 4), (1, 3, 5, 8, 12)))
"""Where margin, least margin and score may begin to tell less: a weight for each stretch up to there."""
_WORST, _LONG = -4.0, 12
NUMBERS = sum(map(len, _BENDS)) + 2
"""How many columns of the model are numbers; those of the words follow."""


def _numbers(evidence: Sequence[Evidence]) -> Array:
    """The columns of numbers: (column, record)."""
    told = np.array([(e.margin, e.least, e.score, len(e.name)) for e in evidence]).T
    bent = [np.clip(row, _WORST, bends) for row, bends in zip(told, _BENDS, strict=False)]
    return np.concatenate((*bent, np.minimum(told[3:], _LONG) / _LONG, told[3:] > _LONG))


_TEMPLATES = (
    "known %s %s", "margin %s %s", "change %s %s", "name %s", "begins %s", "begins %s", "ends %s", "ends %s %s",
    "ends %s %s", "length %s %s", "class %s", "unit %s %s", "before %s", "near %s", "after %s",
)  # fmt: skip
"""What else the model looks at, each with a weight of its own."""


def _told(evidence: Sequence[Evidence]) -> tuple[Iterable[str | tuple[object, ...]], ...]:
    """What fills these templates, for each record."""
    kinds, _, margins, _, names, units, written, changes, known, before, after = zip(*evidence, strict=True)
    lasts, both = [name[-1:] for name in names], partial(zip, strict=True)
    return (
        both(known, changes), both(kinds, [int(min(margin, 4)) for margin in margins]), both(kinds, changes),
        names, [name[:1] for name in names], [name[:2] for name in names], [name[-2:] for name in names],
        both(kinds, lasts), both(written, lasts), both(kinds, [min(len(name), 10) for name in names]),
        units, both(kinds, written), before, [said[-1:] for said in before], after,
    )  # fmt: skip


def rows_of(evidence: Sequence[Evidence]) -> Any:
    """The columns of the model for each record: a sparse matrix (records, NUMBERS + BUCKETS)."""
    from scipy.sparse import csr_matrix, hstack

    words_of = [[template % one for one in told] for template, told in zip(_TEMPLATES, _told(evidence), strict=True)]
    said = [list(map(bucket_of, words)) for words in zip(*words_of, strict=True)]
    columns, ends = np.concatenate(said), np.cumsum([0, *map(len, said)])
    words = csr_matrix((np.ones(len(columns)), columns, ends), (len(evidence), BUCKETS))
    return hstack([csr_matrix(_numbers(evidence).T), words]).tocsr()


class Judge:
    """Gives each record of a document its confidence, in one call."""

    def __init__(self, estimator: Any) -> None:
        """`estimator` is a logistic regression over the columns of `rows_of`."""
        weights = estimator.coef_[0]
        self._bias = float(estimator.intercept_[0])
        self._numbers = weights[:NUMBERS].astype(np.float64)
        words = weights[NUMBERS:].tolist()
        self._features = [Filled(words, template) for template in _TEMPLATES]

    def probabilities(self, evidence: Sequence[Evidence]) -> list[float]:
        """The probabilities in [0, 1] that the records are right, in their order."""
        if not evidence:
            return []
        words = np.zeros(len(evidence))
        for feature, told in zip(self._features, _told(evidence), strict=True):
            words += list(map(feature.__getitem__, told))
        sure: list[float] = (1 / (1 + np.exp(-(self._bias + self._numbers @ _numbers(evidence) + words)))).tolist()
        return sure
