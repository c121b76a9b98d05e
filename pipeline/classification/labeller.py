"""Topic and role of every section, by two models over the same rows, in one call a document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.classification.features import Features
from pipeline.classification.model import Model, load_model
from pipeline.records import Label, Section, Sentence
from pipeline.rules import Rules

AXES = ("topic", "role")


class Labeller:
    """Labels sections; built once a process from the models ``topic`` and ``role``."""

    def __init__(self, topic: Model, role: Model, features: Features) -> None:
        self.models = (topic, role)
        self._features = features

    @classmethod
    def load(cls, folders: Sequence[Path], rules: Rules) -> Labeller:
        """Read each model from the first of `folders` that holds it."""
        found = (next((f / axis for f in folders if (f / axis).is_dir()), folders[0] / axis) for axis in AXES)
        topic, role = map(load_model, found)
        return cls(topic, role, Features(rules))

    def label(self, text: str, outline: Sequence[Section], sentences: Sequence[Sentence]) -> tuple[Label, ...]:
        """One label a section, in order; scores are probabilities."""
        if not outline:
            return ()
        rows = self._features.rows(outline, sentences)
        answers = []
        for model in self.models:
            said = model.probabilities(rows)
            answers.append(
                [(model.labels[best], float(row[best])) for row, best in zip(said, said.argmax(1), strict=True)]
            )
        return tuple(Label(*topic, *role) for topic, role in zip(*answers, strict=True))
