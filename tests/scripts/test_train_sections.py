from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from pipeline.classification import load_model
from pipeline.classification.features import Features
from pipeline.classification.labelled import digest_of, read_labelled
from pipeline.classification.training import Lesson, folds_of, material_of
from pipeline.classification.training import digest_of as coefficients_of
from pipeline.rules import Rules
from pipeline.segmentation import Segmenter

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus" / "sections"


@pytest.mark.parametrize("axis", ["role", "topic"])
def test_training_again_gives_the_same_coefficients(axis: str) -> None:
    card = tomllib.loads((ROOT / "models" / axis / "card.toml").read_text(encoding="utf-8"))
    assert digest_of(CORPUS) == card["corpus_sha256"], "train the models again"
    rules = Rules()
    material = material_of(read_labelled(CORPUS), axis, Features(rules), Segmenter(rules.words()).segment)
    again = Lesson(material, axis, folds_of(material)[1]).fit(np.arange(len(material.labels)))
    stored = load_model(ROOT / "models" / axis)
    assert coefficients_of(stored) == card["coefficients_sha256"]
    assert tuple(again.pop("labels")) == stored.labels
    for name, part in again.items():  # each is rounded to two places, which may fall either way on another processor
        np.testing.assert_allclose(part, stored.arrays[name], atol=0.011)
