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
    ("said", "place", "code", "level"),
    [
        ("渌宁县", "渌宁县", None, "county"),  # not 宁县
        ("东吉安县", "东吉安县", None, "county"),
        ("上饶县", "上饶县", None, "county"),  # not the city
        ("江西上饶县", "上饶县", None, "county"),
        ("江西省上饶县", "上饶县", None, "county"),
        ("上饶市上饶县", "上饶县", None, "county"),
        ("上饶", "上饶市", "361100", "city"),
        ("上饶阳县", "上饶阳县", None, "county"),
        ("宁乡县", "宁乡县", None, "county"),
        ("江西省白乡镇", "白乡镇", None, "township"),
        ("胶南市", "胶南市", None, "county"),
        ("莱芜市", "莱芜市", None, "city"),
        ("绛城区", "绛城区", None, "county"),
        ("江西婺源", "婺源县", "361130", "county"),
        ("苏州市沧浪区", "沧浪区", None, "county"),
        ("江西省高新区", "江西省", "360000", "unit"),
        ("江西省贫困地区", "江西省", "360000", "province"),
        ("江西省百强县", "江西省", "360000", "province"),
        ("中国农业银行婺源县支行", "婺源县", "361130", "unit"),
        ("婺源县经济开发区", "婺源县", "361130", "unit"),
        ("婺源县经济技术开发区管委会", "婺源县", "361130", "unit"),
        ("江西婺源经济开发区", "婺源县", "361130", "unit"),
        ("云澜经济开发区", None, None, "unit"),
        ("共青团婺源县委", "婺源县", "361130", "unit"),
        ("民盟婺源县委", "婺源县", "361130", "unit"),
        ("团县委", None, None, "unit"),
        ("中共婺源县委", "婺源县", "361130", "county"),
        ("婺源县委党史研究室", "婺源县", "361130", "unit"),
        ("江西婺源农村商业银行", "婺源县", "361130", "unit"),
        ("江西云澜农村商业银行", None, None, "unit"),
    ],
)
def test_a_place_has_the_code_of_no_other(said: str, place: str | None, code: str | None, level: str) -> None:
    facts = described(f"{said}2010年工作总结\n一、主要工作\n各项工作稳步推进。\n")
    assert (facts.place, facts.place_code, facts.admin_level) == (place, code, level)


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
        began = time.process_time()
        DESCRIBER.describe(text, outline)
        return time.process_time() - began

    seconds(1000)
    assert seconds(160_000) < 40 * max(seconds(20_000), 0.005)
