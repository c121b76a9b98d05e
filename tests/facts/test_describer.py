from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.facts import Describer
from pipeline.outline import Outliner
from pipeline.records import Facts
from pipeline.rules import Rules
from pipeline.rules.schema import ReportType

CASES = tomllib.loads(Path(__file__).with_name("facts.toml").read_text(encoding="utf-8"))["case"]
REPORTS = Path(__file__).parents[3] / "shared" / "reports"
RULES = Rules()
OUTLINER, DESCRIBER = Outliner(RULES), Describer(RULES)
TYPES = RULES.table(ReportType)


def described(text: str) -> Facts:
    return DESCRIBER.describe(text, OUTLINER.split(text))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:16])
def test_cases(case: dict[str, Any]) -> None:
    facts = described(case["text"])
    assert {key: getattr(facts, key) or "" for key in case["facts"]} == case["facts"]


@pytest.mark.parametrize(("row", "title"), [(r, e) for r in TYPES for e in r.examples])
def test_each_type_is_known_by_its_examples(row: ReportType, title: str) -> None:
    assert described(f"{title}\n一、主要方面\n有关方面如下。\n").report_type == row.id


@pytest.mark.parametrize(("row", "title"), [(r, e) for r in TYPES for e in r.counterexamples])
def test_no_type_is_known_by_its_counterexamples(row: ReportType, title: str) -> None:
    assert described(f"{title}\n一、主要方面\n有关方面如下。\n").report_type != row.id


def test_a_text_that_says_nothing_has_no_facts() -> None:
    assert described("天气晴好。") == Facts()
    assert described("") == Facts()


@pytest.mark.parametrize(
    ("removed", "text", "year"),
    [
        ("发布日期：2018-08-03", "1-7月柳河县工业运行分析\n1-7月，全县工业生产平稳。\n", 2018),
        ("发布时间：2018年07月12日 浏览：31", "柳河县上半年消费形势\n上半年，市场销售平稳。\n", 2018),
        ("发布日期：2021-05-03", "1-7月柳河县工业运行分析\n1-7月，全县工业生产平稳。\n", None),
        ("发布日期：2018-08-03", "1-7月柳河县工业运行分析\n与2015年相比，全县工业生产平稳。\n", None),
        ("发布日期：2018-08-03", "柳河县工业简况\n全县工业生产平稳。\n", None),
        ("来源：县统计局", "1-7月柳河县工业运行分析\n1-7月，全县工业生产平稳。\n", None),
    ],
)
def test_the_day_of_publication_settles_the_year_of_months(removed: str, text: str, year: int | None) -> None:
    facts = DESCRIBER.describe(text, OUTLINER.split(text), removed=[removed])
    assert (facts.year_covered, facts.year_delivered) == (year, year)


@given(
    st.text(
        st.sampled_from("二〇二三2023年月日省市县乡镇村代表人民政府总结报告第届\n　，。（") | st.characters(),
        max_size=80,
    )
)
def test_any_text_is_described(text: str) -> None:
    described(text)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not in this checkout")
@pytest.mark.parametrize("path", sorted(REPORTS.glob("city/*.txt")), ids=lambda p: p.stem)
def test_reports_of_cities_name_their_place_and_years(path: Path) -> None:
    facts = described(path.read_bytes().decode("utf-8"))
    assert facts.place is not None
    assert facts.place.startswith(path.stem.removeprefix("city_"))
    assert facts.place_code is not None
    assert (facts.report_type, facts.year_covered) == ("government_work_report", 2023)
    assert facts.year_delivered == (2023 if "即将过去" in path.read_text(encoding="utf-8") else 2024)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not in this checkout")
@pytest.mark.parametrize(
    "path", sorted([*REPORTS.glob("province/*.txt"), *REPORTS.glob("national/*.txt")]), ids=lambda p: p.stem[:14]
)
def test_reports_of_provinces_and_the_state_name_their_place_and_years(path: Path) -> None:
    facts = described(path.read_bytes().decode("utf-8"))
    match = re.match(r"(?:prov|national)_(\d{4})_", path.stem)
    assert match is not None
    year = int(match[1])
    place = path.stem[match.end() :] if path.stem.startswith("prov") else "中国"
    assert (facts.place, facts.year_covered, facts.year_delivered) == (place, year - 1, year)
    assert facts.report_type == "government_work_report"


@pytest.mark.parametrize(
    "piece", ["市", "代表", "三亚", "2023年", "第一届人大", "（", "某", "公司", "石桥村位于", "\n"]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        text = f"{piece * 50}\n" + piece * times
        outline = OUTLINER.split(text)
        began = time.perf_counter()
        DESCRIBER.describe(text, outline)
        return time.perf_counter() - began

    seconds(1000)
    assert seconds(160_000) < 40 * max(seconds(20_000), 0.005)
