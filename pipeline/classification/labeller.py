"""Topic and role of every section, by two models over the same rows, in one call a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.classification.features import Features
from pipeline.classification.model import Model, Models, load_model
from pipeline.records import Label, Section, Sentences
from pipeline.rules import Rules
from pipeline.rules.schema import Role

if TYPE_CHECKING:
    import numpy as np

AXES = ("topic", "role")
SETTLED = 0.95
"""How likely the role is that a heading names by itself."""


class _Bar(NamedTuple):
    """What speaks against a role: the heading, the path to it, the heading or the path with the text below it."""

    role: str
    heading: re.Pattern[str] | None
    path: re.Pattern[str] | None
    text: re.Pattern[str] | None
    told: re.Pattern[str] | None

    @classmethod
    def of(cls, row: Role) -> _Bar:
        patterns = (row.not_heading, row.not_path, row.not_text, row.not_told)
        return cls(row.id, *(re.compile(pattern) if pattern else None for pattern in patterns))

    def holds(self, section: Section, text: str, *, likely: bool) -> bool:
        """Whether a section has another role; its path and text are looked at only where it is `likely` to have it."""
        if self.heading and self.heading.match(section.heading):
            return True
        if likely and self.path and self.path.match(section.path):
            return True
        if likely and self.text and self.text.match(text, section.start, section.end):
            return True
        if not (likely and self.told):
            return False
        return self.told.match(f"{section.path}\n{text[section.heading_end : section.end]}") is not None


class Labeller:
    """Labels sections; built once a process from the models ``topic`` and ``role``."""

    def __init__(self, models: Models, features: Features, rules: Rules) -> None:
        self._models = models
        self._features = features
        self._settling = [(re.compile(row.heading), row.id) for row in rules.table(Role) if row.heading]
        self._barring = [bar for row in rules.table(Role) if any((bar := _Bar.of(row))[1:])]

    @classmethod
    def load(cls, folders: Sequence[Path], rules: Rules) -> Labeller:
        """Read each model from the first of `folders` that holds it."""
        found = (next((f / axis for f in folders if (f / axis).is_dir()), folders[0] / axis) for axis in AXES)
        return cls(Models([*map(load_model, found)]), Features(rules), rules)

    @property
    def models(self) -> tuple[Model, ...]:
        """The models for AXES."""
        return self._models.models

    def label(self, text: str, outline: Sequence[Section], sentences: Sentences) -> tuple[Label, ...]:
        """One label a section, in order; scores are probabilities."""
        if not outline:
            return ()
        rows = self._features.rows(outline, sentences)
        answers: list[list[tuple[str, float]]] = []
        for axis, model, said in zip(AXES, self.models, self._models.probabilities(rows), strict=True):
            if axis == "role":
                self._bar(text, outline, model.labels, said)
            answers.append(
                [(model.labels[best], float(row[best])) for row, best in zip(said, said.argmax(1), strict=True)]
            )
        topics, roles = answers
        for at, section in enumerate(outline):
            for pattern, role in self._settling:
                if pattern.match(section.heading) and roles[at][0] != role:
                    roles[at] = role, SETTLED
        return tuple(Label(*topic, *role) for topic, role in zip(topics, roles, strict=True))

    def _bar(self, text: str, outline: Sequence[Section], labels: Sequence[str], said: np.ndarray) -> None:
        """Leave each section the roles that nothing in it speaks against: 关于扩大灌溉的问题 names no trouble.

        Below a section of that role it stays what the model says: 队伍稳定问题 among problems is one.
        """
        columns = [(bar, labels.index(bar.role)) for bar in self._barring if bar.role in labels]
        likely = said.argmax(1).tolist()
        for at, section in enumerate(outline):
            above = None if section.parent_id is None else likely[section.parent_id]
            for bar, column in (*columns, *columns):  # again those that became likely only when another went
                if above != column and said[at, column] and bar.holds(section, text, likely=likely[at] == column):
                    said[at, column] = 0
                    said[at] /= said[at].sum()
                    likely[at] = int(said[at].argmax())
