from __future__ import annotations

from pathlib import Path

import pytest
from rows import by_use

from pipeline.kit import models_folder
from pipeline.metrics import Extractor
from pipeline.metrics.times.adverbials import TimeWords
from pipeline.records import Facts, Section
from pipeline.rules import Rules
from pipeline.rules.schema import TimeCue
from pipeline.segmentation import Segmenter

ROWS = Rules().table(TimeCue)
WORDS = TimeWords(ROWS)
PATTERNS = {"standing_noun": WORDS.standing, "becomes": WORDS.founds}
BEGINS = {"aim", "done", "founds", "becomes", "left_over", "made", "opens", "turn", "task"}
"""Uses that are looked for right where something ends or begins."""


def tells(use: str, text: str) -> bool:
    pattern = PATTERNS.get(use) or getattr(WORDS, use)
    return (pattern.match if use in BEGINS else pattern.search)(text) is not None


@pytest.mark.parametrize(("use", "example"), by_use(ROWS, "examples"))
def test_examples_are_told(use: str, example: str) -> None:
    assert tells(use, example)


@pytest.mark.parametrize(("use", "example"), by_use(ROWS, "counterexamples"))
def test_counterexamples_are_not(use: str, example: str) -> None:
    assert not tells(use, example)


def test_what_is_said_of_each_year_may_stand_behind_a_comma() -> None:
    assert WORDS.yearly.search("财政收入增长8%，年递增")


def test_a_users_cue_works_as_ours(tmp_path: Path) -> None:
    rules = Rules()
    text = "工作开展情况\n1994年定名的柳坪中学有教师42名。"
    outline = [Section(0, None, 0, "", "工作开展情况", 0, 6, len(text), "")]
    sentences = Segmenter(rules.words()).segment(text, outline)

    def periods(rules: Rules) -> list[str | None]:
        extractor = Extractor.load(rules, models_folder() / "metrics")
        return [m.period for m in extractor.extract(text, outline, sentences, Facts(year_covered=2020))]

    (tmp_path / "time_cues.toml").write_text(
        '[[cue]]\nid = "named_in"\nuses = ["becomes"]\nwritten = ["定名"]\n', encoding="utf-8"
    )
    assert periods(rules) == ["1994"]
    assert periods(Rules(tmp_path)) == ["2020"]
