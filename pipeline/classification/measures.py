"""How well sections were labelled: by label, over all, and whether the probabilities can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np


class Measures(NamedTuple):
    """Counts of sections by what is right (row) and what was said (column), and the calibration error."""

    labels: tuple[str, ...]
    confusion: np.ndarray
    calibration_error: float

    def by_label(self) -> list[tuple[str, float, float, float, int]]:
        """For each label: precision, recall, F1, and how many sections bear it."""
        out = []
        for at, label in enumerate(self.labels):
            hit, right, said = self.confusion[at, at], self.confusion[at].sum(), self.confusion[:, at].sum()
            both = right + said
            out.append((label, _ratio(hit, said), _ratio(hit, right), _ratio(2 * hit, both), int(right)))
        return out

    def mistaken(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """For each label that was missed: what was said instead how often, the commonest first."""
        out = []
        for at, (label, row) in enumerate(zip(self.labels, self.confusion.tolist(), strict=True)):
            others = [(other, count) for n, (other, count) in enumerate(zip(self.labels, row, strict=True)) if n != at]
            if missed := sorted((pair for pair in others if pair[1]), key=lambda pair: -pair[1]):
                out.append((label, missed))
        return out

    def f1(self) -> dict[str, float]:
        """F1 of each label."""
        return {label: f1 for label, _, _, f1, _ in self.by_label()}

    def totals(self) -> dict[str, float]:
        """Accuracy, macro F1 over the labels that occur, expected calibration error."""
        seen = [f1 for _, _, _, f1, right in self.by_label() if right]
        return {
            "accuracy": _ratio(float(self.confusion.trace()), float(self.confusion.sum())),
            "macro_f1": _ratio(sum(seen), len(seen)),
            "expected_calibration_error": self.calibration_error,
        }


def measure(labels: Sequence[str], probabilities: np.ndarray, truth: Sequence[tuple[str, ...]]) -> Measures:
    """Compare; where several labels are right, any of them counts, and the first where none was said."""
    import numpy as np

    best = probabilities.argmax(1)
    confusion = np.zeros((len(labels), len(labels)), int)
    hit = np.zeros(len(truth), bool)
    for at, (said, right) in enumerate(zip(best, truth, strict=True)):
        hit[at] = labels[said] in right
        confusion[said if hit[at] else labels.index(right[0]), said] += 1
    return Measures(tuple(labels), confusion, _calibration_error(probabilities.max(1), hit))


def _calibration_error(confidence: np.ndarray, hit: np.ndarray) -> float:
    """Expected calibration error over ten bins of confidence."""
    import numpy as np

    bins = np.minimum((confidence * 10).astype(int), 9)
    gaps = (abs(hit[bins == b].mean() - confidence[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    return float(sum(gaps))


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0
