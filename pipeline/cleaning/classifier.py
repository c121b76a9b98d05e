"""A trained model of adverts and furniture (scripts/train_adverts.py): carries over to sites without a cue.

A first look reads the whole text with a table of weights, one for each character, pair and end: the evidence of a
stretch is about their sum. What may be junk by that is judged: the look, two languages (likeness.py), shapes and cues
together, lines by one judge and parts of lines by another. Only then its words are cut, and looked at in the same ways:
a word that no report has tells more than its characters do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.cues import Cue
from pipeline.cleaning.features import (
    DAMPING,
    EDGE_VALUE,
    Codes,
    Places,
    codes_of,
    codes_of_words,
    columns_of,
    edge_columns,
    end_columns,
    local_columns,
    pair_columns,
    pair_hashes,
    rows_of,
    shape_of,
    word_columns,
)
from pipeline.cleaning.inserts import Odds, odds_of, peaks_of
from pipeline.cleaning.likeness import FITS, Languages, Numbers
from pipeline.errors import ConfigError
from pipeline.estimators import read_skops

RULE = "advert_model"
_NEVER = "(?!)"
_STEPS = 1 << 16  # of one unit of evidence, in which a text is summed up: whole numbers add up seven times as fast
LONGEST = 400  # characters of a stretch that a site writes
FAINT = -6.0  # a look at the characters alone that the ends can still make up for
_DAMPED = np.append(0, np.arange(1, LONGEST + 1) ** -DAMPING)  # what is summed up counts so much, by the length
UTMOST = 5.0  # standard deviations that a kind of evidence may speak with
HOPELESS = -5.0  # evidence of characters that words have never made up for: of 20,000 rows of junk none has less
_OF_WORDS = np.r_[1, 4 + FITS : 4 + 2 * FITS]  # numbers of a row that the words of a stretch give


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Evidence (log-odds) that takes a stretch, by where it stands; above all of the body rows left out in training."""

    line: float  # a line on its own
    short: float  # … of few characters
    part: float  # a sentence or some clauses at the end or the beginning of a paragraph
    inside: float  # a sentence with body on both sides
    bracket: float  # what stands in brackets or between signs


class Evidence:
    """What is known of a stretch before it is judged: a row of numbers."""

    def __init__(self, models: Mapping[str, Any]) -> None:
        self.weights, self.bias = _linear(models["look"])
        self.steps = np.round(self.weights * _STEPS).astype(np.int32)
        self.steps_alone = self.steps.take(columns_of(np.arange(1 << 16, dtype=np.uint32)))
        self._word_weights, self._word_bias = _linear(models["word_look"])
        self.languages, self._word_languages = (Languages(**models[name]) for name in ("languages", "word_languages"))
        self.pair_odds: Odds = models["pair_odds"]

    def of_characters(self, said: Codes, cues: int, body: int) -> Numbers:
        """What the characters of a stretch tell, with the weights of the cues in it for and against its removal."""
        local, ends = (self.weights.take(columns(said)).sum() for columns in (local_columns, edge_columns))
        look = local * len(said) ** -DAMPING + ends * EDGE_VALUE
        return np.concatenate(((look + self.bias, cues, body), self.languages.likeness(said), shape_of(said)))

    def of_words(self, words: Codes) -> Numbers:
        """What its words tell."""
        look = self._word_weights.take(word_columns(words)).sum() * len(words) ** -DAMPING
        return np.append(look + self._word_bias, self._word_languages.likeness(words))

    def row(self, characters: Codes, words: Codes, cues: int, body: int) -> Numbers:
        """All of it, in the order in which judges learn it."""
        told, said = self.of_characters(characters, cues, body), self.of_words(words)
        return np.concatenate((told[:1], said[:1], told[1 : 3 + FITS], said[1:], told[3 + FITS :]))


def _linear(model: Any) -> tuple[NDArray[np.float32], float]:
    """The weights of a linear model, and its bias."""
    return np.ascontiguousarray(model.coef_[0], np.float32), float(model.intercept_[0])


class Judge:
    """Weighs the evidence of a stretch: log-odds of being junk are what its characters and its words give together."""

    def __init__(self, models: Mapping[str, Any]) -> None:
        weights = np.stack((models["scale"].mean_, models["scale"].scale_, models["judge"].coef_[0]))
        self._characters, self._words = np.delete(weights, _OF_WORDS, axis=1), weights[:, _OF_WORDS]
        self._bias = float(models["judge"].intercept_[0])

    def of_characters(self, evidence: Numbers) -> float:
        """Log-odds that characters give."""
        return _weighed(evidence, *self._characters) + self._bias

    def of_words(self, evidence: Numbers) -> float:
        """What words add to them."""
        return _weighed(evidence, *self._words)


def _weighed(evidence: Numbers, mean: Numbers, scale: Numbers, weights: Numbers) -> float:
    return float(np.minimum(np.maximum((evidence - mean) / scale, -UTMOST), UTMOST) @ weights)


class Classifier:
    """Reads a text once and then tells the evidence of any stretch of it, whose words `cut` gives."""

    def __init__(self, models: Mapping[str, Any], thresholds: Thresholds, cut: Callable[[str], list[str]]) -> None:
        self.evidence = Evidence(models)
        self._cut = cut
        self._line, self._part = (Judge(models["judges"][name]) for name in ("line", "part"))
        kind = models["kind"]
        self._kinds, self._kind_bias = np.ascontiguousarray(kind.coef_, np.float32), kind.intercept_
        self._verdicts = [Cue(RULE, _NEVER, name, "line", 0, ()) for name in kind.classes_.tolist()]
        self.thresholds = thresholds

    @classmethod
    def load(cls, folder: Path, cut: Callable[[str], list[str]]) -> Classifier:
        """Read ``card.toml`` and ``model.skops``; plain values and arrays, never a pickle."""
        card_file, model_file = folder / "card.toml", folder / "model.skops"
        if not card_file.is_file() or not model_file.is_file():
            raise ConfigError(
                f"No model in {folder}: it needs card.toml and model.skops. Train one (report-pipeline train adverts)."
            )
        card = tomllib.loads(card_file.read_text(encoding="utf-8"))
        return cls(read_skops(model_file), Thresholds(**card["thresholds"]), cut)

    def read(self, text: str) -> Reading:
        """Look up the weights of every place of a text."""
        return Reading(text, self.evidence)

    def score(self, stretch: str, cues: int, body: int, part: bool = False) -> float:
        """Log-odds of a line, or a part of one, being junk, with the weights of the cues in it for and against that.

        Words are only cut where they could still tell.
        """
        judge = self._part if part else self._line
        score = judge.of_characters(self.evidence.of_characters(codes_of(stretch), cues, body))
        if score < HOPELESS:
            return score
        return score + judge.of_words(self.evidence.of_words(codes_of_words(self._cut(stretch))))

    def verdict(self, stretch: str) -> Cue:
        """In whose name a stretch goes, with the kind of junk that it most looks like."""
        row = rows_of([stretch])
        scores = self._kinds[:, row.indices] @ row.data + self._kind_bias
        return self._verdicts[int(scores.argmax())]

    @staticmethod
    def probability(score: float) -> float:
        """Log-odds as a probability."""
        return 1 / (1 + exp(-score))


class Reading:
    """The evidence at every place of one text."""

    def __init__(self, text: str, evidence: Evidence) -> None:
        self.codes = codes_of(text)
        self._steps, self._bias = evidence.steps, evidence.bias
        hashes = pair_hashes(self.codes)
        self._odds = np.append(odds_of(evidence.pair_odds, hashes), np.int8(0))
        self.peaks = peaks_of(self._odds[:-1])
        self._pairs, self._both = np.zeros(len(text), np.int32), np.zeros(len(text) + 1, np.int32)
        self._steps.take(pair_columns(hashes), out=self._pairs[:-1], mode="clip")
        evidence.steps_alone.take(self.codes, out=self._both[:-1], mode="clip")
        # The digits of a number, dots and dashes count once, as where the weights were learnt.
        again = self.codes[1:] == self.codes[:-1]
        self._both[1:-1][again] = 0
        self._pairs[1:-1][again[:-1] & again[1:]] = 0
        self._both[:-1] += self._pairs

    def look(self, starts: Places, ends: Places) -> NDArray[np.float64]:
        """About the evidence of many stretches (none may be empty): their characters and pairs, their ends and lengths.

        The mean of the odds of their pairs stands for what both languages will say of them.

        Minus infinity where the characters alone speak so much for the report that nothing else will tell, and for
        what is too long to go.
        """
        closer, lengths = np.full(len(starts), -np.inf), ends - starts
        sides = np.empty((len(starts), 2), np.int64)
        sides[:, 0], sides[:, 1] = starts, ends
        steps = np.add.reduceat(self._both, sides.ravel(), dtype=np.int32)[::2] - self._pairs.take(ends - 1)
        looks: Numbers = steps * _DAMPED.take(lengths, mode="clip") / _STEPS + self._bias
        open_ones = np.flatnonzero((looks > FAINT) & (lengths <= LONGEST))
        starts, ends = starts.take(open_ones), ends.take(open_ones)
        edges = self._steps.take(end_columns(self.codes, starts, ends)).sum(axis=0) * (EDGE_VALUE / _STEPS)
        pairs = np.add.reduceat(self._odds, np.stack((starts, ends - 1), axis=1).ravel(), dtype=np.int32)[::2]
        closer[open_ones] = looks.take(open_ones) + edges + pairs / lengths.take(open_ones)
        return closer
