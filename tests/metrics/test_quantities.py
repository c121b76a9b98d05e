from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.metrics import Recogniser
from pipeline.rules import Rules
from pipeline.rules.schema import Phrase, Unit

CASES = tomllib.loads(Path(__file__).with_name("quantities.toml").read_text(encoding="utf-8"))
RULES = Rules()
RECOGNISER = Recogniser(RULES)


@pytest.mark.parametrize("case", CASES["in_the_wild"] + CASES["must_not_match"], ids=lambda c: c["text"][:20])
def test_cases(case: dict[str, object]) -> None:
    text = str(case["text"])
    said = []
    for q in RECOGNISER.find(text):
        value = f"{q.value:.16g}" if q.value is not None else f"{q.value_min:.16g}..{q.value_max:.16g}"
        said.append([text[q.start : q.end], value, q.unit, q.approx])
    assert said == case["expected"]


@pytest.mark.parametrize(("row", "example"), [(row, e) for row in RULES.table(Unit) for e in row.examples])
def test_each_unit_is_read_in_its_examples(row: Unit, example: str) -> None:
    assert [(q.start, q.end, q.unit_id) for q in RECOGNISER.find(example)] == [(0, len(example), row.id)]


@pytest.mark.parametrize(("row", "text"), [(row, t) for row in RULES.table(Unit) for t in row.counterexamples])
def test_no_unit_is_read_in_its_counterexamples(row: Unit, text: str) -> None:
    assert row.id not in [q.unit_id for q in RECOGNISER.find(text)]


@pytest.mark.parametrize(("row", "text"), [(row, t) for row in RULES.table(Phrase) for t in row.examples])
def test_set_phrases_hold_no_quantity(row: Phrase, text: str) -> None:
    assert [text[q.start : q.end] for q in RECOGNISER.find(text)] == []


PIECES = st.sampled_from(
    [
        "三",
        "万",
        "亿",
        "百分之",
        "12",
        "3.5",
        "，",
        "分之",
        "余",
        "人次",
        "元",
        "—",
        "至",
        "个百分点",
        "近",
        "年",
        "第",
        "\n",
        "点",
        "（",
        "𝟗",
        "\ud800",
        "上",
        "半",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_quantities_are_ordered_and_apart(text: str) -> None:
    at = 0
    for q in RECOGNISER.find(text):
        assert at <= q.start < q.end <= len(text)
        at = q.end


@given(st.integers(1, 10**7), st.sampled_from(["约{}人", "{}万元", "增长{}%", "逾{}亩"]))
def test_text_before_a_sentence_changes_no_value(n: int, pattern: str) -> None:
    text = pattern.format(n)
    alone = [(q.value, q.unit) for q in RECOGNISER.find(text)]
    assert [(q.value, q.unit) for q in RECOGNISER.find("全县工作平稳。" + text)] == alone
    assert len(alone) == 1


@pytest.mark.parametrize("unit", ["1", "万", "亿", "（", "1,234", "3—", "百分之", "分之"])
def test_time_is_linear_on_hostile_text(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.process_time()
        RECOGNISER.find(text)
        return time.process_time() - began

    cost(10_000)
    small, large = cost(100_000), cost(800_000)
    assert large < 40 * max(small, 0.005)  # eight times the text; quadratic time would be sixty-four times
