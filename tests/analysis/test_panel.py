from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.analysis.indicators import write_indicators
from pipeline.analysis.output import write_table
from pipeline.analysis.panel import panel
from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.cli import main
from pipeline.config import load_config
from pipeline.dataset.columns import schema
from pipeline.dataset.stored import Stored, open_dataset
from pipeline.errors import UsageError
from pipeline.rules import Rules

RULES = Rules()
Row = dict[str, Any]


def rows(stored: Stored, *asked: str, by: tuple[str, ...] = ("place", "year"), **where: object) -> list[Row]:
    table = panel(stored, RULES, asked, by)
    return [row for row in table.to_pylist() if all(row[name] == value for name, value in where.items())]


def test_each_unit_and_year_has_a_row_that_leads_back_to_its_sentence(stored: Stored) -> None:
    found = rows(stored, "gdp", measure="level", own=True)
    assert [(row["place"], row["year"], row["value"], row["unit"]) for row in found] == [
        ("桐柳县", 2022, 8.64e9, "元"),
        ("桐柳县", 2023, 9.17e9, "元"),
        ("青溪县", 2023, 6.43e9, "元"),
    ]
    texts = {
        row["doc_id"]: (row["text"], row["source_text"])
        for batch in stored.batches("documents", ["doc_id", "text", "source_text"])
        for row in batch.to_pylist()
    }
    for row in found:
        text, source = texts[row["doc_id"]]
        assert text[row["start"] : row["end"]] == row["quantity"]
        assert source[row["source_start"] : row["source_end"]] == row["quantity"]
        assert row["quantity"] in row["sentence"]


def test_one_value_said_twice_is_one_row(stored: Stored) -> None:
    (row,) = rows(stored, "gdp", place="桐柳县", year=2023, measure="level")
    assert (row["mentions"], row["values"], row["conflict"]) == (2, 1, False)


def test_a_bound_that_the_value_bears_out_is_no_second_value(one_worker: Spread, tmp_path: Path) -> None:
    (tmp_path / "岭川县2023年.txt").write_text(
        "岭川县2023年政府工作报告\n一、2023年工作回顾\n全县地区生产总值突破200亿元，达到203.6亿元。粮食总产量突破30万吨，完成29.4万吨。\n",
        encoding="utf-8",
    )
    run_on(
        one_worker, Order(inputs=(str(tmp_path / "岭川县2023年.txt"),), dataset=tmp_path / "out", config=load_config())
    )
    found = panel(open_dataset(tmp_path / "out"), RULES, ["gdp", "grain_output"], ("place", "year")).to_pylist()
    assert [(r["indicator"], r["value"], r["approx"], r["mentions"], r["conflict"]) for r in found] == [
        ("gdp", 2.036e10, "exact", 2, False),
        ("grain_output", 2.94e8, "exact", 1, True),
        ("grain_output", 3e8, "over", 1, True),
    ]


def test_what_a_unit_reports_is_not_its_place_s_own(one_worker: Spread, tmp_path: Path) -> None:
    texts = {
        "a": "桃岭县2021年工作总结\n一、主要工作\n固定资产投资增长6.2%。\n",
        "b": "桃岭县经济开发区2021年工作总结\n一、主要工作\n固定资产投资增长13.4%。\n",
        "c": "桃岭县人民医院2021年工作总结\n一、主要工作\n固定资产投资增长21.7%。\n",
        "d": "桃岭县统计局2021年工作总结\n一、主要工作\n全县固定资产投资增长6.2%。\n",
    }
    (tmp_path / "in").mkdir()
    for name, text in texts.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    run_on(one_worker, Order(inputs=(str(tmp_path / "in"),), dataset=tmp_path / "out", config=load_config()))
    stored = open_dataset(tmp_path / "out")
    found = rows(stored, "fixed_asset_investment")
    assert {(r["value"], r["own"], r["admin_level"], r["conflict"], r["mentions"]) for r in found} == {
        (6.2, True, "county", False, 2),
        (13.4, False, "unit", False, 1),
        (21.7, False, "unit", False, 1),
    }
    by_issuer = rows(stored, "fixed_asset_investment", by=("issuer", "year"), own=True)
    assert {r["value"] for r in by_issuer} == {6.2, 13.4, 21.7}


def test_a_level_that_another_rose_from_is_a_row_only_where_it_is_dated(one_worker: Spread, tmp_path: Path) -> None:
    (tmp_path / "岭川县2023年.txt").write_text(
        "岭川县2023年政府工作报告\n一、过去五年工作回顾\n高新技术企业由62家增加到118家，森林覆盖率由2018年的41%提高到46%。\n",
        encoding="utf-8",
    )
    run_on(
        one_worker, Order(inputs=(str(tmp_path / "岭川县2023年.txt"),), dataset=tmp_path / "out", config=load_config())
    )
    asked = ["high_tech_firms", "forest_coverage"]
    found = panel(open_dataset(tmp_path / "out"), RULES, asked, ("place", "year")).to_pylist()
    assert [(r["indicator"], r["period"], r["value"], r["conflict"]) for r in found] == [
        ("forest_coverage", "2018", 41.0, False),
        ("forest_coverage", None, 46.0, False),
        ("high_tech_firms", None, 118.0, False),
    ]


def test_targets_are_told_from_results_and_shown_side_by_side_where_there_are_two(stored: Stored) -> None:
    found = rows(stored, "gdp", measure="growth", status="planned")
    assert [(r["place"], r["year"], r["value"], r["approx"], r["modality"], r["conflict"]) for r in found] == [
        ("桐柳县", 2023, 6.5, "about", "预期", False),
        ("桐柳县", 2024, 6.0, "over", "预期", True),
        ("桐柳县", 2024, 6.5, "exact", "力争", True),
        ("青溪县", 2024, 7.0, "about", "预期", False),
    ]


def test_a_gap_is_no_growth_and_another_place_no_conflict(stored: Stored) -> None:
    found = rows(stored, "gdp", place="青溪县", status="actual")
    told = {(row["measure"], row["own"]): (row["value"], row["conflict"]) for row in found}
    assert told == {
        ("level", True): (6.43e9, False),
        ("growth", True): (7.1, False),
        ("gap", True): (0.6, False),
        ("level", False): (8.2e8, False),
    }


def test_falls_are_negative_and_ranges_keep_their_bounds(stored: Stored) -> None:
    (fall,) = rows(stored, "单位GDP能耗")
    assert (fall["measure"], fall["value"]) == ("growth", -2.8)
    (target,) = rows(stored, "固定资产投资", status="planned")
    assert (target["value"], target["value_min"], target["value_max"]) == (None, 8.0, 10.0)


def test_the_change_of_a_rate_and_a_gap_are_in_points(stored: Stored) -> None:
    found = rows(stored, "urbanization_rate")
    assert [(row["measure"], row["value"], row["unit"]) for row in found] == [
        ("change", 0.8, "百分点"),
        ("gap", -3.1, "百分点"),
        ("level", 52.6, "%"),
    ]


def test_a_panel_by_a_column_of_the_metadata(stored: Stored) -> None:
    found = rows(stored, "gdp", by=("region", "year"), measure="level", own=True)
    assert [(row["region"], row["year"]) for row in found] == [("川东", 2022), ("川东", 2023), ("川西", 2023)]


def test_where_a_key_is_null_the_document_is_the_unit(stored: Stored) -> None:
    found = rows(stored, "gdp", by=("place_code", "year"), measure="level", own=True, year=2023)
    assert [(row["place_code"], row["conflict"]) for row in found] == [(None, False), (None, False)]


@pytest.mark.parametrize(("report_type", "year"), [("work_plan", 2023), ("government_work_report", 2024)])
def test_plans_without_a_time_of_their_own(archive: Path, tmp_path: Path, report_type: str, year: int) -> None:
    """They are of the year that a plan is on, of the one after that of a report."""
    copy = tmp_path / "dataset"
    shutil.copytree(archive, copy)
    undated = {"period": None, "period_start": None, "period_end": None}
    told = {"report_type": report_type, "year_covered": 2023, "year_delivered": None}
    for table, changed in (("metrics", undated), ("documents", told)):
        for part in (copy / table).iterdir():
            edited = [row | changed for row in pq.read_table(part).to_pylist()]
            pq.write_table(pa.Table.from_pylist(edited, schema(table)), part)
    found = rows(open_dataset(copy), "gdp", status="planned")
    assert {row["year"] for row in found} == {year}


def test_an_unknown_key_is_refused(stored: Stored) -> None:
    with pytest.raises(UsageError, match="no column regon"):
        panel(stored, RULES, ["gdp"], ["regon"])


def test_no_key_takes_the_place_of_a_column_of_the_panel(stored: Stored) -> None:
    with pytest.raises(UsageError, match="column unit of its own"):
        panel(stored, RULES, ["gdp"], ["unit", "year"])
    assert rows(stored, "gdp", by=("source", "year"))[0]["source"].startswith("reports/")


def test_a_group_of_the_table_of_names_is_found(archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "dataset"
    shutil.copytree(archive, copy)
    grouped = write_indicators(open_dataset(copy), RULES)
    other = next(row for row in grouped if not row.known)
    found = panel(open_dataset(copy), RULES, [other.code], ["doc_id"]).to_pylist()
    assert {row["name"] for row in found} == {row.name for row in grouped if row.code == other.code}
    assert {row["indicator"] for row in found} == {other.code}


def test_a_name_of_ones_own_is_found(dataset: Path) -> None:
    samples = open_dataset(dataset)
    named = next(
        row["name"]
        for batch in samples.batches("metrics", ["name", "indicator", "dimension"])
        for row in batch.to_pylist()
        if row["indicator"] is None and row["dimension"] == "count"
    )
    assert panel(samples, RULES, [named], ["doc_id"]).num_rows


def test_files_hold_what_the_table_holds(stored: Stored, tmp_path: Path) -> None:
    table = panel(stored, RULES, ["gdp"], ["place", "year"])
    write_table(table, tmp_path / "panel.csv")
    write_table(table, tmp_path / "panel.parquet")
    assert (tmp_path / "panel.csv").read_bytes().startswith("\ufeff".encode())
    read, stored_rows = pd.read_csv(tmp_path / "panel.csv"), pd.read_parquet(tmp_path / "panel.parquet")
    assert list(read.columns) == list(stored_rows.columns) == table.column_names
    assert read["value"].tolist() == stored_rows["value"].tolist()
    assert read["sentence"].tolist() == table["sentence"].to_pylist()
    with pytest.raises(UsageError, match=r"neither \.csv nor \.parquet"):
        write_table(table, tmp_path / "panel.xls")


def test_the_command_prints_csv(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["panel", str(archive), "--indicator", "gdp", "--by", "place,year", "--measure", "growth", "--status", "planned"])  # fmt: skip
    printed = pd.read_csv(io.StringIO(capsys.readouterr().out))
    assert status == 0
    assert printed["value"].tolist() == [6.5, 6.0, 6.5, 7.0]
    assert main(["panel", str(archive), "--indicator", "没有这样的指标"]) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--indicator", "gdp", "--measure", "level,grwth"], "no measure grwth. Choose from level, growth, change"),
        (["--indicator", "gdp", "--status", "plan"], "no status plan. Choose from actual, planned"),
        (["--indicator", "gpd"], "No metric answers to gpd, and no known indicator has that name; like it: "),
        (["--indicator", "gpd"], ", gdp."),
        (["--indicator", "高标准农田"], "high_standard_farmland_built"),
    ],
)
def test_what_is_not_known_is_named_with_what_is(
    archive: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["panel", str(archive), *arguments]) == 2
    assert said in capsys.readouterr().err


def test_an_indicator_that_was_not_found_is_told_of_and_the_others_are_there(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["panel", str(archive), "--indicator", "gpd,gdp,组织生活会", "--by", "place,year"]) == 0
    printed, told = capsys.readouterr()
    assert set(pd.read_csv(io.StringIO(printed))["indicator"]) == {"gdp"}
    assert told.count("No metric answers to") == 2
    assert "gpd, and no known indicator" in told
    assert "组织生活会 (organizational_life_meetings)" in told


def test_a_code_of_the_rules_that_a_dataset_was_made_with_is_enough(stored: Stored, tmp_path: Path) -> None:
    (tmp_path / "indicators.toml").write_text('disabled = ["gdp"]\n', encoding="utf-8")
    table = panel(stored, Rules(tmp_path), ["gdp"], ("place", "year")).to_pylist()
    assert {row["standard_name"] for row in table} == {"gdp"}
    assert [row["value"] for row in table] == [row["value"] for row in rows(stored, "gdp")]


def test_what_was_asked_for_is_not_proposed_instead(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["panel", str(archive), "--indicator", "grain_output"]) == 2
    told = capsys.readouterr().err
    assert "No metric answers to grain_output (粮食产量); like it: " in told
    assert "grain_output" not in told.partition("like it")[2]
