from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.facts import Describer
from pipeline.facts.places import Gazetteer, short_name
from pipeline.outline import Outliner
from pipeline.rules import Rules
from pipeline.rules.schema import ReportType

CASES = tomllib.loads(Path(__file__).with_name("facts.toml").read_text(encoding="utf-8"))["case"]
RULES = Rules()
OUTLINER, DESCRIBER = Outliner(RULES), Describer(RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:16])
def test_cases(case: dict[str, Any]) -> None:
    facts = DESCRIBER.describe(case["text"], OUTLINER.split(case["text"]))
    assert {key: getattr(facts, key) or "" for key in case["facts"]} == case["facts"]


@pytest.mark.parametrize(("row", "title"), [(r, e) for r in RULES.table(ReportType) for e in r.examples])
def test_each_type_is_known_by_its_examples(row: ReportType, title: str) -> None:
    text = f"{title}\n一、基本情况\n情况如下。\n"
    assert DESCRIBER.describe(text, OUTLINER.split(text)).report_type == row.id


def test_a_text_that_says_nothing_has_no_facts() -> None:
    facts = DESCRIBER.describe("天气晴好。", OUTLINER.split("天气晴好。"))
    assert {getattr(facts, name) for name in facts.__slots__} == {None}


def test_a_name_that_several_places_bear_has_no_code() -> None:
    assert Gazetteer().named("鼓楼区") is None
    assert Gazetteer().named("恩施土家族苗族自治州") == Gazetteer().by_code["422800"]


@pytest.mark.parametrize(
    ("name", "short"),
    [("黔东南苗族侗族自治州", "黔东南"), ("延边朝鲜族自治州", "延边"), ("广西壮族自治区", "广西"), ("重庆市", "重庆")],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


@given(
    st.text(
        st.sampled_from("二〇二三2023年月日省市县乡镇村代表人民政府总结报告\n　，。（") | st.characters(), max_size=80
    )
)
def test_any_text_is_described(text: str) -> None:
    DESCRIBER.describe(text, OUTLINER.split(text))
