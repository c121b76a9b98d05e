"""Each row of markers.toml and disguises.toml against its own examples and counterexamples."""

from __future__ import annotations

import pytest

from pipeline.cleaning import Cleaner
from pipeline.cleaning.knowledge import compile_knowledge
from pipeline.rules import Rules
from pipeline.rules.schema import Disguise, Marker

RULES = Rules()
MARKERS = {marker.rule: marker for marker in compile_knowledge(RULES).markers}


@pytest.mark.parametrize(("row", "text"), [(row.id, text) for row in RULES.table(Marker) for text in row.examples])
def test_marker_hits_its_example(row: str, text: str) -> None:
    marker = MARKERS[row]
    found = marker.pattern.search(text)
    assert found
    assert not marker.signs.isdisjoint(found.group()[:1] if marker.begins else found.group())


@pytest.mark.parametrize(
    ("row", "text"), [(row.id, text) for row in RULES.table(Marker) for text in row.counterexamples]
)
def test_marker_leaves_its_counterexample(row: str, text: str) -> None:
    assert not MARKERS[row].pattern.search(text)


@pytest.mark.parametrize("text", [text for row in RULES.table(Disguise) for text in row.examples])
def test_disguise_is_put_right(text: str, cleaner: Cleaner) -> None:
    disguised, meant = text.split(" → ")
    assert cleaner.clean(f"{disguised}。").text == f"{meant}。"


@pytest.mark.parametrize("text", [text for row in RULES.table(Disguise) for text in row.counterexamples])
def test_letters_that_are_no_disguise_stay(text: str, cleaner: Cleaner) -> None:
    clean = cleaner.clean(f"{text}。")
    assert clean.text == f"{text}。"


@pytest.mark.parametrize("row", [*RULES.table(Marker), *RULES.table(Disguise)], ids=lambda row: row.id)
def test_row_brings_its_proof(row: Marker | Disguise) -> None:
    assert row.examples
    assert row.counterexamples


@pytest.mark.parametrize(
    ("written", "meant"),
    [("二0一八年", "二〇一八年"), ("一九八0年", "一九八〇年"), ("二00三年", "二〇〇三年"), ("三0一所", "三0一所")],
)
def test_the_nought_of_a_year_in_chinese_numerals(written: str, meant: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(f"到{written}，全镇修路三公里。").text == f"到{meant}，全镇修路三公里。"
