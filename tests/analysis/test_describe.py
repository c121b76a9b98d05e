from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from laws import read_table

from pipeline.analysis.describe import describe, ranked, tally
from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.cli import main
from pipeline.config import load_config
from pipeline.dataset.stored import open_dataset


def test_counts_are_those_of_the_tables(dataset: Path) -> None:
    found = describe(open_dataset(dataset))
    documents, metrics = read_table(dataset, "documents"), read_table(dataset, "metrics")
    assert found.rows["metrics"] == len(metrics)
    assert found.words == sum(row["n_words"] for row in documents)
    assert found.characters == sum(len(row["text"]) for row in documents)
    assert dict(found.years) == Counter(row["year_covered"] for row in documents)
    assert sum(count for *_, count in found.coverage) == len(documents)
    units = Counter((row["unit_canonical"], row["dimension"]) for row in metrics)
    assert {(unit, dimension): count for unit, dimension, count in found.units}.items() <= units.items()
    assert [count for *_, count in found.units] == sorted(units.values(), reverse=True)[:15]


def test_checks_are_counted_with_those_that_failed(dataset: Path) -> None:
    rows = read_table(dataset, "checks")
    made = Counter(row["check"] for row in rows)
    failed = Counter(row["check"] for row in rows if not row["holds"])
    found = describe(open_dataset(dataset)).checks
    assert {check: (count, bad) for check, count, bad in found} == {c: (n, failed[c]) for c, n in made.items()}


def test_equals_are_in_order_of_their_labels() -> None:
    assert ranked(Counter({("乙",): 1, ("甲",): 2, (None,): 1})) == [("甲", 2), (None, 1), ("乙", 1)]


def test_only_rare_names_are_forgotten_where_there_are_many(dataset: Path) -> None:
    stored = open_dataset(dataset)
    whole = tally(stored, "metrics", ("name",))
    few = tally(stored, "metrics", ("name",), most=10)
    assert len(few) < len(whole)
    assert all(few[name] <= count for name, count in whole.items())
    assert few[max(whole, key=whole.__getitem__)] >= max(whole.values()) - 3


def test_lines_and_json_say_the_same(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", str(dataset), "--json", "--top", "3"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["units"]) == 3
    assert main(["describe", str(dataset), "--top", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"metrics\t{told['rows']['metrics']}" in lines
    for unit, dimension, count in told["units"]:
        assert f"{unit}\t{dimension}\t{count}" in lines
    assert "# Documents by year and level" in lines


def test_checks_that_failed_name_their_source(
    one_worker: Spread, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "dataset"
    slips = Path(__file__).with_name("slips")
    run_on(one_worker, Order(inputs=(str(slips),), dataset=folder, config=load_config()))
    found = describe(open_dataset(folder))
    assert {source for source, _, _ in found.slips} == {"slips/county.txt"}
    assert main(["describe", str(folder)]) == 0
    assert "slips/county.txt\tsum_of_list\t" in capsys.readouterr().out
