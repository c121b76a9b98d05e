from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.kit import models_folder
from pipeline.metrics import Extractor
from pipeline.metrics.adverbials import TimeWords
from pipeline.records import Facts, Section
from pipeline.rules import Rules
from pipeline.rules.schema import TimeCue
from pipeline.segmentation import Segmenter

ROWS = Rules().table(TimeCue)
WORDS = TimeWords(ROWS)
PATTERNS = {"standing_noun": WORDS.standing, "becomes": WORDS.founds}
BEGINS = {"aim", "done", "founds", "becomes", "left_over", "turn"}
"""Kinds that are looked for right where something ends or begins."""


def tells(kind: str, text: str) -> bool:
    pattern = PATTERNS.get(kind) or getattr(WORDS, kind)
    return (pattern.match if kind in BEGINS else pattern.search)(text) is not None


@pytest.mark.parametrize(("kind", "example"), [(row.kind, e) for row in ROWS for e in row.examples])
def test_examples_are_told(kind: str, example: str) -> None:
    assert tells(kind, example)


@pytest.mark.parametrize(("kind", "example"), [(row.kind, e) for row in ROWS for e in row.counterexamples])
def test_counterexamples_are_not(kind: str, example: str) -> None:
    assert not tells(kind, example)


def test_a_users_cue_works_as_ours(tmp_path: Path) -> None:
    rules = Rules()
    text = "工作开展情况\n1994年定名的柳坪中学有教师42名。"
    outline = [Section(0, None, 0, "", "工作开展情况", 0, 6, len(text), "")]
    sentences = Segmenter(rules.words()).segment(text, outline)

    def periods(rules: Rules) -> list[str | None]:
        extractor = Extractor.load(rules, models_folder() / "metrics")
        return [m.period for m in extractor.extract(text, outline, sentences, Facts(year_covered=2020))]

    (tmp_path / "time_cues.toml").write_text(
        '[[cue]]\nid = "named_in"\nkind = "becomes"\nwritten = ["定名"]\n', encoding="utf-8"
    )
    assert periods(rules) == ["1994"]
    assert periods(Rules(tmp_path)) == ["2020"]
