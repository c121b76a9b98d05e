"""A linear model of adverts and furniture, trained by scripts/train_adverts.py: carries over to sites without a cue.

Weights of scikit-learn's logistic regression are read as a table: the evidence of a stretch is the sum over its
characters, pairs and shapes, and over what it is as a whole.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.cues import Cue
from pipeline.cleaning.features import (
    BODY_COLUMN,
    CUE_COLUMN,
    CUE_VALUE,
    DAMPING,
    EDGE_VALUE,
    Codes,
    Places,
    codes_of,
    columns_of,
    end_columns,
    rows_of,
    share_columns,
)
from pipeline.errors import ConfigError
from pipeline.estimators import read_skops
from pipeline.records import Span

RULE = "advert_model"
_NEVER = re.compile("(?!)")
FAINT = -2.0  # evidence of the characters alone that the rest can still make up for
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Evidence (log-odds) that takes a stretch, by where it stands; above all of the body rows left out in training."""

    line: float  # a line on its own
    short: float  # … of few characters
    part: float  # a sentence or some clauses at the end or the beginning of a paragraph
    inside: float  # a bracket or a sentence with body on both sides


class Classifier:
    """Reads a text once and then tells the evidence of any stretch of it."""

    def __init__(self, junk: Any, kind: Any, thresholds: Thresholds) -> None:
        self._weights = np.ascontiguousarray(junk.coef_[0], np.float32)
        self._bias = float(junk.intercept_[0])
        self._kinds, self._kind_bias = np.ascontiguousarray(kind.coef_, np.float32), kind.intercept_
        self._verdicts = [Cue(RULE, name, "line", 0, (), _NEVER) for name in kind.classes_.tolist()]
        self.thresholds = thresholds

    @classmethod
    def load(cls, folder: Path) -> Classifier:
        """Read ``card.toml`` and ``model.skops``; plain values and arrays, never a pickle."""
        card_file, model_file = folder / "card.toml", folder / "model.skops"
        if not card_file.is_file() or not model_file.is_file():
            raise ConfigError(
                f"No model in {folder}: it needs card.toml and model.skops. Train one (train_adverts.py)."
            )
        card = tomllib.loads(card_file.read_text(encoding="utf-8"))
        models: Mapping[str, Any] = read_skops(model_file)
        return cls(models["junk"], models["kind"], Thresholds(**card["thresholds"]))

    def read(self, text: str) -> Reading:
        """Look up the weights of every place of a text."""
        return Reading(text, self._weights, self._bias)

    def verdict(self, stretch: str) -> Cue:
        """In whose name a stretch goes, with the kind of junk that it most looks like."""
        row = rows_of([stretch], [(0, 0)])
        scores = self._kinds[:, row.indices] @ row.data + self._kind_bias
        return self._verdicts[int(scores.argmax())]

    @staticmethod
    def probability(score: float) -> float:
        """Log-odds as a probability."""
        return 1 / (1 + exp(-score))


class Reading:
    """The running sums of evidence over one text."""

    def __init__(self, text: str, weights: NDArray[np.float32], bias: float) -> None:
        self.codes: tuple[Codes, Codes] = codes_of(text)
        self._weights, self._bias = weights, bias
        single, pairs = columns_of(self.codes)
        self._pairs = np.append(weights[pairs], np.float32(0))
        self._sums = np.append(0.0, np.cumsum(weights[single] + self._pairs[: len(single)], dtype=np.float64))

    def first_look(self, starts: Places, ends: Places) -> Numbers:
        """About the evidence of many stretches (none may be empty): their characters and pairs, their ends and lengths.

        Minus infinity where the characters alone speak so much for the report that nothing else will tell.
        """
        looks: Numbers = (self._sums[ends] - self._sums[starts] - self._pairs[ends - 1]) * (ends - starts) ** -DAMPING
        looks += self._bias
        open_ones = np.flatnonzero(looks > FAINT)
        columns = end_columns(self.codes, starts[open_ones], ends[open_ones])
        whole = self._weights[columns].sum(axis=0) * EDGE_VALUE
        closer = np.full(len(looks), -np.inf)
        closer[open_ones] = looks[open_ones] + whole
        return closer

    def score(self, span: Span, cues: int, body: int) -> float:
        """All evidence of a stretch: log-odds of being junk, with the weights of the cues in it for and against.

        Here each feature counts once, as in training.
        """
        start, end = span
        codes = self.codes[0][start:end], self.codes[1][start:end]
        local = self._weights[np.unique(np.concatenate(columns_of(codes)))].sum() * (end - start) ** -DAMPING
        whole = end_columns(codes, np.array([0]), np.array([end - start]))[:, 0]
        edges = self._weights[np.concatenate((whole, share_columns(codes, 0, end - start)))].sum()
        of_cues = self._weights[CUE_COLUMN] * cues + self._weights[BODY_COLUMN] * body
        return float(local + edges * EDGE_VALUE + of_cues * CUE_VALUE + self._bias)
