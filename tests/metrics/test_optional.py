from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.metrics import Recogniser
from pipeline.metrics.quantities.optional import counts_nothing
from pipeline.rules import Rules

CASES = tomllib.loads(Path(__file__).with_name("optional.toml").read_text(encoding="utf-8"))["case"]
RECOGNISER = Recogniser(Rules())


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:20])
def test_what_counts(case: dict[str, object]) -> None:
    text = str(case["text"])
    rows = RECOGNISER.units.rows
    counted = [
        text[q.start : q.end]
        for q in RECOGNISER.find(text)
        if not counts_nothing(text, q, rows[q.unit_id].role if q.unit_id else "")
    ]
    assert counted == case["counted"]
