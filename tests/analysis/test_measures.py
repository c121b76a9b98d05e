"""What kind of measure each number of a report is to a panel: rows of ``measures.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.analysis.panel import panel
from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.config import load_config
from pipeline.dataset.stored import Stored, open_dataset
from pipeline.rules import Rules

RULES = Rules()
CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "measures.toml").read_text("utf-8"))["case"]


@pytest.fixture(scope="module")
def reports(one_worker: Spread, tmp_path_factory: pytest.TempPathFactory) -> Stored:
    """Every case as a report of one dataset."""
    folder = tmp_path_factory.mktemp("measures")
    (folder / "reports").mkdir()
    for number, case in enumerate(CASES):
        (folder / "reports" / f"{number:02}.txt").write_text(case["text"].lstrip(), encoding="utf-8")
    run_on(one_worker, Order(inputs=(str(folder / "reports"),), dataset=folder / "dataset", config=load_config()))
    return open_dataset(folder / "dataset")


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: CASES[n]["text"].split()[0] + CASES[n]["asked"])
def test_a_number_has_the_measure_that_its_words_tell(number: int, reports: Stored) -> None:
    case = CASES[number]
    found = panel(reports, RULES, [case["asked"]], ["source", "year"]).to_pylist()
    rows = [row for row in found if row["source"] == f"reports/{number:02}.txt"]
    told = [[row["quantity"], row["measure"], row["value"]] for row in sorted(rows, key=lambda row: row["start"])]
    assert [row[: len(case["rows"][0])] for row in told] == case["rows"]
