from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.cli import main
from pipeline.dataset.stored import open_dataset


@pytest.mark.parametrize(("table", "column"), [("documents", "county_code"), ("sentences", "passage")])
def test_a_column_that_came_later_is_null_in_older_datasets(
    dataset: Path, tmp_path: Path, table: str, column: str
) -> None:
    old = tmp_path / "old"
    shutil.copytree(dataset, old)
    for part in (old / table).iterdir():
        pq.write_table(pq.read_table(part).drop_columns([column]), part)
    rows = [row for batch in open_dataset(old).batches(table) for row in batch.to_pylist()]
    known = [row | {column: None} for batch in open_dataset(dataset).batches(table) for row in batch.to_pylist()]
    assert rows == known
    assert main(["export", str(old), "--format", "jsonl", "--tables", table, "-o", str(tmp_path / "rows.jsonl")]) == 0
    with (tmp_path / "rows.jsonl").open(encoding="utf-8") as file:
        assert {json.loads(line)[column] for line in file} == {None}
