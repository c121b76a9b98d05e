"""Rows of ``nouns.toml`` and ``name_cues.toml`` tell their examples, and each word of theirs is used for something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rows import by_use

from pipeline.kit import models_folder
from pipeline.language.uses import Uses
from pipeline.metrics import Extractor
from pipeline.metrics.naming.words import NameWords
from pipeline.records import Facts, Section
from pipeline.rules import Rules
from pipeline.rules.schema import NameCue, Noun, Words
from pipeline.segmentation import Segmenter

RULES = Rules()
ROWS: tuple[Words, ...] = (*RULES.table(Noun), *RULES.table(NameCue))
USES = Uses(ROWS)


def tells(use: str, example: str) -> bool:
    """Whether a use has just this word, where the others stand beside it."""
    *before, word, behind = example.split("|") if "|" in example else (example, "")
    text = "".join((*before, word, behind))
    pattern = re.compile(f"(?:{USES.either(use)})(?={re.escape(behind)}\\Z)")
    return pattern.match(text, len("".join(before))) is not None


@pytest.mark.parametrize(("use", "example"), by_use(ROWS, "examples"))
def test_examples_are_told(use: str, example: str) -> None:
    assert tells(use, example)


@pytest.mark.parametrize(("use", "example"), by_use(ROWS, "counterexamples"))
def test_counterexamples_are_not(use: str, example: str) -> None:
    assert not tells(use, example)


def test_all_uses_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    either, words = Uses.either, Uses.words
    monkeypatch.setattr(Uses, "either", lambda self, use: asked.add(use) or either(self, use))
    monkeypatch.setattr(Uses, "words", lambda self, use: asked.add(use) or words(self, use))
    NameWords(RULES)
    assert {use for row in ROWS for use in row.uses} == asked


def names(rules: Rules, text: str) -> list[str]:
    outline = [Section(0, None, 0, "", "", 0, 0, len(text), "")]
    extractor = Extractor.load(rules, models_folder() / "metrics")
    metrics = extractor.extract(text, outline, Segmenter(RULES.words()).segment(text, outline), Facts())
    return [metric.name for metric in metrics]


@pytest.mark.parametrize(
    ("table", "row", "text", "ours", "own"),
    [
        (
            "nouns",
            '[[noun]]\nid = "honey"\nuses = ["goods"]\nwritten = ["蜂蜜"]',
            "农产品有增有减，其中蜂蜜增长6%。",
            "蜂蜜",
            "蜂蜜产量",
        ),
        (
            "name_cues",
            '[[cue]]\nid = "leased"\nuses = ["household"]\nwritten = ["租地"]',
            "全村租地16户。",
            "租地",
            "租地户",
        ),
    ],
)
def test_a_users_words_lie_over_ours(tmp_path: Path, table: str, row: str, text: str, ours: str, own: str) -> None:
    assert names(RULES, text)[-1] == ours
    (tmp_path / f"{table}.toml").write_text(row, encoding="utf-8")
    assert names(Rules(tmp_path), text)[-1] == own
