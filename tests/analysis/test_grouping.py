from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from pipeline.analysis.grouping import group
from pipeline.analysis.indicators import CONTRAST, indicators
from pipeline.cli import main
from pipeline.dataset.columns import schema
from pipeline.dataset.stored import Stored, open_dataset
from pipeline.rules import Rules
from pipeline.rules.schema import MetricCue

RULES = Rules()
APART = frozenset(sign for row in RULES.table(MetricCue) if row.kind == CONTRAST for sign in row.written)
NAMES = [
    "审议地方性法规", "审议地方性法规草案", "美丽街区", "美丽街区示范点", "城镇居民住房", "农村居民住房",
    "特殊困难老年人家庭适老化改造", "特困老年人家庭适老化改造", "冷链物流中心", "第1类药店", "第2类药店",
]  # fmt: skip


def grouped(names: list[str], counts: dict[str, int]) -> dict[str, str]:
    members = group(names, [counts[name] for name in names], APART)
    return {name: names[member.first] for name, member in zip(names, members, strict=True)}


def test_alike_names_go_together_and_contrasts_stay_apart() -> None:
    found = grouped(NAMES, dict.fromkeys(NAMES, 1))
    assert found["特殊困难老年人家庭适老化改造"] == found["特困老年人家庭适老化改造"]
    assert found["审议地方性法规"] == found["审议地方性法规草案"]
    assert found["城镇居民住房"] != found["农村居民住房"]
    assert found["第1类药店"] != found["第2类药店"]
    assert found["冷链物流中心"] == "冷链物流中心"


@pytest.mark.parametrize("seed", range(5))
def test_groups_do_not_depend_on_the_order(seed: int) -> None:
    counts = {name: 1 + at % 3 for at, name in enumerate(NAMES)}
    shuffled = NAMES.copy()
    random.Random(seed).shuffle(shuffled)
    assert grouped(shuffled, counts) == grouped(NAMES, counts)


def test_nothing_to_group_and_names_of_nothing_but_marks() -> None:
    assert group([], [], APART) == []
    assert [member.first for member in group([" ", "  "], [1, 1], APART)] == [0, 1]


def test_the_table_holds_every_name_with_its_counts(stored: Stored) -> None:
    found = indicators(stored, RULES)
    assert sum(row.metrics for row in found) == sum(batch.num_rows for batch in stored.batches("metrics"))
    gdp = {(row.name, row.dimension): (row.metrics, row.documents, row.standard) for row in found if row.code == "gdp"}
    assert gdp["地区生产总值", "money"] == (4, 3, "地区生产总值")
    assert gdp["地区生产总值", "ratio"] == (5, 2, "地区生产总值")
    assert {name for name, _ in gdp} == {"地区生产总值", "GDP", "GDP增速高于全市", "生产总值"}
    others = [row for row in found if not row.known]
    assert all(row.code.startswith("g") and len(row.code) == 11 for row in others)
    assert {row.name for row in others if row.code == others[0].code} >= {others[0].standard}


def test_the_command_adds_the_table_to_the_dataset(archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "dataset"
    shutil.copytree(archive, copy)
    assert main(["indicators", str(copy)]) == 0
    stored = open_dataset(copy)
    assert "indicators" in stored.tables
    rows = [row for batch in stored.batches("indicators") for row in batch.to_pylist()]
    assert [row["code"] for row in rows] == [row.code for row in indicators(stored, RULES)]
    assert next(iter(stored.batches("indicators"))).schema.equals(schema("indicators"))
    assert "## indicators" in (copy / "README.md").read_text(encoding="utf-8")
