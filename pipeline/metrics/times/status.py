"""Whether a number tells what is or what is to be: a linear model over headings, modal words, tenses and times."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.language.periods import TimeMention, year_of
from pipeline.metrics.naming.context import Context
from pipeline.metrics.page.hashing import Scores, bucket_of
from pipeline.metrics.page.lexicon import Lexicon, Trait
from pipeline.metrics.page.page import Array, Page, summed
from pipeline.metrics.times.frames import Frame

_HEADINGS = {True: "plan", False: "review", None: "none"}
SECTION_WEIGHT = 6.0
"""How much the words of a section count together beside those of one sentence."""
HEADED = {"sentence": 0.5, "section": 0.3}
"""How much of that stays where a heading tells plan or review: the words of a long review would outweigh it."""
TEMPLATES = ("sentence", "clause", "last", "section")
"""What a word may say: by standing in the sentence, in the clause before the number, right before it, in the section."""

Key = tuple[str, ...]


class Mood(NamedTuple):
    """What is known of a sentence beside its words."""

    frame: Frame
    times: Sequence[TimeMention]
    earlier: str  # the last modal word of the paragraph before the sentence


class Told(NamedTuple):
    """What is known of a number beside the words before it."""

    approx: str
    change: str
    modality: str | None


def sentence_key(mood: Mood) -> Key:
    """What the model looks at of a sentence."""
    frame = mood.frame
    known = frame.covered or (frame.years[0] if frame.years else 0) or int((frame.said or "0")[:4])
    said = []
    for mention in mood.times:
        written = mention.written
        if written[:2].isdigit() and known:
            year = year_of(written, None) or known
            said.append(f"year {(year > known) - (year < known)}")
        else:
            said.append(f"time {written} {' '.join(mention.groups)}")
    return ("sentence", _HEADINGS[frame.heading], mood.earlier, *said)


def number_key(mood: Mood, told: Told) -> Key:
    """What the model looks at of a number."""
    return ("number", _HEADINGS[mood.frame.heading], told.approx, told.change, told.modality or "None")


def features_of(key: Key) -> list[str]:
    """What the model knows of a sentence or a number."""
    kind, heading, *rest = key
    if kind == "sentence":
        earlier, *times = rest
        told = [f"{time} {heading}" if time.startswith("year") else time for time in times]
        return [f"heading {heading}", f"earlier {earlier} {heading}", *told]
    approx, change, modality = rest
    return [
        f"modality {modality}",
        f"modality {modality != 'None'} {heading}",
        f"approx {approx}",
        f"approx {approx} {heading}",
        f"change {change} {heading}",
    ]


class Tense:
    """Tells plans from facts; built once from the weights of its model."""

    def __init__(self, weights: Sequence[float], bias: float) -> None:
        self._weights = weights
        self._bias = bias
        self._scores: Scores[Key] = Scores(weights, features_of)
        self._lexicon: Lexicon | None = None
        self._words = np.zeros((0, len(TEMPLATES)))

    def planned(
        self,
        page: Page,
        context: Context,
        sections: Sequence[int],
        paragraphs: Sequence[int],
        moods: Sequence[Mood],
        told: Sequence[Told],
    ) -> list[bool]:
        """Whether each number is planned; `sections` are those of all sentences, the rest is known of each number."""
        scores = self._scores
        rest: list[float] = []
        last, of_sentence = None, 0.0
        for mood, one in zip(moods, told, strict=True):
            if mood is not last:
                last, of_sentence = mood, scores[sentence_key(mood)]
            rest.append(of_sentence + scores[number_key(mood, one)])
        headed = np.array([mood.frame.heading is not None for mood in moods], bool)
        said = self._word_scores(page, context, sections, headed)
        alike = [
            (paragraph, one.modality) if mood.frame.heading is None else (number,)
            for number, (paragraph, mood, one) in enumerate(zip(paragraphs, moods, told, strict=True))
        ]
        planned: list[bool] = (_mean_of(alike, self._bias + np.array(rest) + said) > 0).tolist()
        return planned

    def _word_scores(self, page: Page, context: Context, sections: Sequence[int], headed: Array) -> Array:
        """What the words of the section, the sentence and the clause before each number say; less under some headings."""
        words = self._weights_of(page.lexicon)
        telling = (page.lexicon.traits[page.all_types] & Trait.TELLING) != 0
        of_sentence = summed(np.where(telling, words[page.all_types, 0], 0.0))
        of_section = summed(np.where(telling, words[page.all_types, 3], 0.0))
        counts = summed(telling)
        of_clause = summed(words[page.types[:-1], 1])
        begins, ends = page.sizes[page.sentence], page.sizes[page.sentence + 1]
        first, last = section_bounds(page, sections)
        tells = SECTION_WEIGHT * (of_section[last] - of_section[first]) / np.maximum(counts[last] - counts[first], 1)
        tells = np.where(headed, HEADED["section"], 1.0) * tells
        sentence = np.where(headed, HEADED["sentence"], 1.0) * (of_sentence[ends] - of_sentence[begins])
        left = context.left
        clause = of_clause[left.end] - of_clause[left.start] + words[context.near, 2]
        scores: Array = sentence + clause + tells
        return scores

    def _weights_of(self, lexicon: Lexicon) -> Array:
        """The weights of the words of a lexicon by template."""
        if lexicon is not self._lexicon:
            self._lexicon, self._words = lexicon, self._words[:0]
        known = len(self._words)
        if known < len(lexicon.words):
            weights = self._weights
            new = [[weights[bucket_of(f"{t} {word}")] for t in TEMPLATES] for word in lexicon.words[known:]]
            self._words = np.concatenate([self._words, np.array(new)])
        return self._words


def _mean_of(keys: Sequence[tuple[object, ...]], scores: Array) -> Array:
    """The mean score of those with the same key: what no heading tells of is planned or not by paragraphs."""
    first: dict[tuple[object, ...], int] = {}
    groups = [first.setdefault(key, len(first)) for key in keys]
    means: Array = (np.bincount(groups, scores) / np.bincount(groups))[groups]
    return means


def section_bounds(page: Page, sections: Sequence[int]) -> tuple[Array, Array]:
    """Where the words of the section of each number begin and end among all words."""
    of = np.array(sections)
    section = of[page.sentence]
    return page.sizes[np.searchsorted(of, section)], page.sizes[np.searchsorted(of, section, "right")]
