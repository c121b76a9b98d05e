from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.kit import models_folder
from pipeline.metrics import Extractor, Ranks
from pipeline.records import Facts, Rank, Section
from pipeline.rules import Rules
from pipeline.rules.schema import RankCue
from pipeline.segmentation import Segmenter

CASES = tomllib.loads(Path(__file__).with_name("ranks.toml").read_text(encoding="utf-8"))["case"]
RULES = Rules()
ROWS = RULES.table(RankCue)
RANKS = Ranks(ROWS)
EXTRACTOR = Extractor.load(RULES, models_folder() / "metrics")


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(RULES.words())


def ranks_of(segmenter: Segmenter, text: str) -> tuple[Rank, ...]:
    outline = [Section(0, None, 0, "", "", 0, 0, len(text), "")]
    sentences = segmenter.segment(text, outline)
    return RANKS.find(text, sentences, EXTRACTOR.extract(text, outline, sentences, Facts()))


@pytest.mark.parametrize("example", [example for row in ROWS for example in row.examples])
def test_examples_claim_a_place(segmenter: Segmenter, example: str) -> None:
    assert ranks_of(segmenter, example)


@pytest.mark.parametrize("example", [example for row in ROWS for example in row.counterexamples])
def test_counterexamples_claim_none(segmenter: Segmenter, example: str) -> None:
    assert not ranks_of(segmenter, example)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:16])
def test_cases(segmenter: Segmenter, case: dict[str, Any]) -> None:
    text = case["text"]
    found = ranks_of(segmenter, text)
    said = []
    for rank, wanted in zip(found, case["ranks"], strict=False):
        fields = {**rank._asdict(), "place": text[rank.start : rank.end]}
        said.append({field: fields[field] for field in wanted})
    assert said == case["ranks"]
    assert len(found) == len(case["ranks"])
