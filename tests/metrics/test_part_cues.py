from __future__ import annotations

from pathlib import Path

import pytest
from rows import by_use

from pipeline.metrics.page.numbers import Number
from pipeline.metrics.parts.part_words import PartWords
from pipeline.metrics.parts.totals import totals_of
from pipeline.rules import Rules
from pipeline.rules.schema import PartCue

ROWS = Rules().table(PartCue)
WORDS = PartWords(ROWS)
BEGINS = {"rest", "sum", "outcome", "handled", "trait", "sort"}
"""Uses that are looked for at the head of a clause."""


def tells(use: str, text: str) -> bool:
    pattern = getattr(WORDS, "outcome" if use == "aside" else use)
    return (pattern.match if use in BEGINS else pattern.search)(text) is not None


@pytest.mark.parametrize(("use", "example"), by_use(ROWS, "examples"))
def test_examples_are_told(use: str, example: str) -> None:
    assert tells(use, example)


@pytest.mark.parametrize(("use", "example"), by_use(ROWS, "counterexamples"))
def test_counterexamples_are_not(use: str, example: str) -> None:
    assert not tells(use, example)


def counted(text: str, written: str, name: str) -> Number:
    start = text.index(written)
    value = float(written.rstrip("件"))
    return Number(start, start + len(written), "件", value, "", 0.0, False, False, False, False, False, name)


def test_a_users_cue_works_as_ours(tmp_path: Path) -> None:
    text = "受理信访42件，里含集体访5件。"
    numbers = [counted(text, "42件", "受理信访"), counted(text, "5件", "集体访")]
    assert totals_of(text, numbers, WORDS) == [None, None]
    (tmp_path / "part_cues.toml").write_text(
        '[[cue]]\nid = "in_it"\nuses = ["opens"]\nwritten = ["里含"]\nexamples = ["，里含"]\n', encoding="utf-8"
    )
    assert totals_of(text, numbers, PartWords(Rules(tmp_path).table(PartCue))) == [None, 0]


def test_the_number_before_a_noun_counts_the_whole() -> None:
    text = "登记诉求90件。转办的71件诉求中，已办妥的60件。"
    numbers = [counted(text, "90件", "登记诉求"), counted(text, "71件", "转办"), counted(text, "60件", "办妥")]
    assert totals_of(text, numbers, WORDS) == [None, None, 1]
