from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest
from sklearn.pipeline import Pipeline

from pipeline.classification import load_model

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import train_sections as script  # noqa: E402 (a script is no package)


@pytest.mark.parametrize("axis", ["role", "topic"])
def test_training_again_gives_the_same_coefficients_and_predictions(axis: str) -> None:
    card = tomllib.loads((ROOT / "models" / axis / "card.toml").read_text(encoding="utf-8"))
    assert script.corpus_digest(ROOT / "corpus" / "sections") == card["corpus_sha256"], "train the models again"
    rows, labels, _ = script.read_rows(ROOT / "corpus" / "sections")
    again: Pipeline = script.calibrated(script.fit(axis, rows, labels[axis]), card["temperature"])
    assert script.coefficient_digest(again) == card["coefficients_sha256"]
    stored = load_model(ROOT / "models" / axis).estimator
    assert list(again.predict(rows)) == list(stored.predict(rows))
