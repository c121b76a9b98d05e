"""Every row of the two tables behind the checks, by its own examples."""

from __future__ import annotations

import pytest

from pipeline.analysis.checks.contrasts import Contrasts, Words
from pipeline.rules import Rules
from pipeline.rules.schema import CheckWord, Contrast

CONTRASTS = Rules().table(Contrast)
WORDS = Rules().table(CheckWord)


@pytest.mark.parametrize("row", CONTRASTS, ids=lambda row: row.id)
def test_a_contrast_parts_its_examples_alone(row: Contrast) -> None:
    contrasts = Contrasts([row])
    assert contrasts.parted(row.examples) is not None
    assert contrasts.parted(row.counterexamples) is None


@pytest.mark.parametrize("row", [row for row in CONTRASTS if row.whole], ids=lambda row: row.id)
def test_all_members_are_the_whole_and_fewer_are_not(row: Contrast) -> None:
    contrasts = Contrasts([row])
    assert contrasts.parted(row.members) == (row.id, True)
    if len(row.members) > 2:
        assert contrasts.parted(row.members[1:]) == (row.id, False)


@pytest.mark.parametrize("row", WORDS, ids=lambda row: row.id)
def test_a_word_stands_in_its_examples_alone(row: CheckWord) -> None:
    words = Words([row])
    stands = {"bounded": words.ends, "headline": words.whole}.get(row.kind, words.any)
    assert all(stands(row.kind, phrase) for phrase in row.examples)
    assert not any(stands(row.kind, phrase) for phrase in row.counterexamples)


def test_phrases_that_may_overlap_are_not_parted() -> None:
    contrasts = Contrasts(CONTRASTS)
    assert contrasts.parted(["女党员", "少数民族党员"]) is None
    assert contrasts.parted(["10亿元以上项目", "50亿元以上项目"]) is None
    assert contrasts.parted(["男教师"]) is None
    assert contrasts.parted(["白石村", "全村"]) is None
