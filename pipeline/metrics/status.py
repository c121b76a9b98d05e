"""Whether a number tells what is or what is to be: a linear model over headings, modal words, tenses and times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.language.periods import TimeMention
from pipeline.metrics.hashing import Weights
from pipeline.metrics.timing import Frame
from pipeline.metrics.tokens import Token
from pipeline.records import Sentence

_TELLING = frozenset(("v", "d", "ul", "t", "vn", "c", "p", "y", "zg", "uz", "ug"))
"""Tags of the words by which tense and mood are told."""
_HEADINGS = {True: "plan", False: "review", None: "none"}
SECTION_WEIGHT = 6.0
"""How much the words of a section count together beside those of one sentence."""


def section_words(sentences: Iterable[Sentence]) -> list[str]:
    """The telling words of a section's sentences."""
    return [w for s in sentences for w, tag in zip(s.words, s.tags, strict=True) if tag in _TELLING]


def sentence_features(tokens: Sequence[Token], frame: Frame, earlier: str) -> list[str]:
    """What holds for all numbers of a sentence; `earlier` is how the paragraph last spoke: plan, past, or empty."""
    heading = _HEADINGS[frame.heading]
    return [
        f"heading {heading}",
        f"earlier {earlier} {heading}",
        *dict.fromkeys(f"sentence {t.word}" for t in tokens if t.tag in _TELLING),
    ]


def number_features(
    left: Sequence[Token], frame: Frame, times: Sequence[TimeMention], approx: str, change: str, modality: str | None
) -> list[str]:
    """What holds for one number: the words of its clause before it, and the times."""
    heading = _HEADINGS[frame.heading]
    out = [
        f"modality {modality}",
        f"modality {modality is not None} {heading}",
        f"approx {approx}",
        f"approx {approx} {heading}",
        f"change {change} {heading}",
        *dict.fromkeys(f"clause {t.word}" for t in left),
        f"last {left[-1].word if left else ''}",
    ]
    known = frame.covered or (frame.years[0] if frame.years else 0) or int((frame.said or "0")[:4])
    for mention in times:
        written = mention.groups.get("year", mention.groups.get("bare", ""))
        if written[:2].isdigit() and known:
            year = int(written[:4])
            out.append(f"year {(year > known) - (year < known)} {heading}")
        else:
            out.append(f"time {written} {' '.join(mention.groups)}")
    return out


class Tense:
    """Tells plans from facts; built once from the weights of its model."""

    def __init__(self, weights: Sequence[float], bias: float) -> None:
        self._weights = Weights(weights)
        self._bias = bias

    def of_section(self, section_id: int, words: Sequence[str]) -> float:
        """What the words of a section add to the score of each of its numbers."""
        if not words:
            return 0.0
        return SECTION_WEIGHT * self._weights.sum([f"section {word}" for word in words]) / len(words)

    def planned(self, at: int, section: float, features: Sequence[str]) -> bool:
        """Whether the number at `at` with these features is planned; `section` is what its section adds."""
        return self._bias + section + self._weights.sum(features) > 0
