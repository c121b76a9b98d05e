"""Topic and role of every section, by two linear models over the same rows, in one call a document."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.classification.features import section_rows
from pipeline.errors import ConfigError
from pipeline.records import Label, Section, Sentence

AXES = ("topic", "role")


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model and its card."""

    name: str
    estimator: Any
    card: Mapping[str, Any]


def load_model(folder: Path) -> Model:
    """Read ``card.toml`` and ``model.skops``; only plain scikit-learn and NumPy types are admitted, never a pickle."""
    from skops.io import load

    card_file, model_file = folder / "card.toml", folder / "model.skops"
    if not card_file.is_file() or not model_file.is_file():
        raise ConfigError(
            f"No model in {folder}: it needs card.toml and model.skops. Train one, or name another folder."
        )
    card = tomllib.loads(card_file.read_text(encoding="utf-8"))
    estimator = load(model_file, trusted=[])
    if sorted(estimator.classes_) != sorted(card["labels"]):
        raise ConfigError(f"The model in {folder} knows other labels than its card says. Train it again.")
    return Model(folder.name, estimator, card)


class Labeller:
    """Labels sections; built once a process from the models ``topic`` and ``role``."""

    def __init__(self, topic: Model, role: Model) -> None:
        self.models = (topic, role)

    @classmethod
    def load(cls, folder: Path) -> Labeller:
        """Read both models from `folder`."""
        return cls(*(load_model(folder / axis) for axis in AXES))

    def label(self, text: str, outline: Sequence[Section], sentences: Sequence[Sentence]) -> tuple[Label, ...]:
        """One label a section, in order; scores are probabilities."""
        if not outline:
            return ()
        rows = section_rows(outline, sentences)
        topic, role = (model.estimator.predict_proba(rows) for model in self.models)
        topics, roles = (model.estimator.classes_ for model in self.models)
        return tuple(
            Label(str(topics[t.argmax()]), float(t.max()), str(roles[r.argmax()]), float(r.max()))
            for t, r in zip(topic, role, strict=True)
        )
