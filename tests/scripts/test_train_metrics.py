from __future__ import annotations

import tomllib
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from pipeline.config import load_config
from pipeline.metrics.training.fitting import reliability, train
from pipeline.rules import Rules
from pipeline.training.metrics import corpus_digest, corpus_documents

ROOT = Path(__file__).parents[2]


CARD = tomllib.loads((ROOT / "models" / "metrics" / "card.toml").read_text(encoding="utf-8"))


def test_card_names_the_corpus_that_the_models_were_trained_on() -> None:
    assert CARD["corpus_sha256"] == corpus_digest(ROOT / "corpus")


def test_confidence_is_calibrated_on_documents_left_out() -> None:
    tenths = CARD["reliability"]["tenths"]
    records = sum(n for *_, n in tenths)
    assert records == CARD["documents_left_out"]["records"]
    assert sum(abs(said - right) * n for said, right, n in tenths) / records < 0.05


def test_same_documents_give_same_models() -> None:
    documents, rules = list(islice(corpus_documents(ROOT / "corpus", "samples", load_config()), 3)), Rules()
    first, again = train(documents, [], rules), train(documents, [], rules)
    assert np.array_equal(first.names, again.names)
    assert np.array_equal(first.subjects, again.subjects)
    assert first.names.any()


def test_reliability_counts_every_record_once() -> None:
    rows = reliability(np.array([0.05, 0.95, 0.97]), np.array([False, True, False]))
    assert rows == [(0.05, 0.0, 1), (pytest.approx(0.96), 0.5, 2)]
