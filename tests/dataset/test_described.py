"""The card as Hugging Face reads it, croissant.json as mlcroissant does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import mlcroissant
import pytest
from laws import read_table

from pipeline.dataset.columns import TABLES, columns_of

pytestmark = [  # of mlcroissant's own making
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.filterwarnings("ignore:The inplace keyword"),
]

LOAD = """\
import json, sys
from datasets import load_dataset
for table in sys.argv[2:]:
    rows = load_dataset(sys.argv[1], table, split="train")
    print(json.dumps([table, rows.num_rows, rows.column_names, rows[-1]], ensure_ascii=False, default=str))
"""


def test_hugging_face_loads_every_table_offline(odd_dataset: Path, tmp_path: Path) -> None:
    """Some parts hold no row of some tables."""
    no_net = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path), "HTTPS_PROXY": "http://127.0.0.1:9", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", LOAD, str(odd_dataset), *TABLES]
    done = subprocess.run(
        command, env=os.environ | no_net, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    for line, table in zip(done.stdout.splitlines(), TABLES, strict=True):
        rows = read_table(odd_dataset, table)
        last = json.loads(json.dumps(rows[-1], default=str))
        assert json.loads(line) == [table, len(rows), [column.name for column in columns_of(table)], last]


@pytest.fixture(scope="module")
def described(odd_dataset: Path) -> mlcroissant.Dataset:
    return mlcroissant.Dataset(jsonld=str(odd_dataset / "croissant.json"))


def test_croissant_is_valid(described: mlcroissant.Dataset) -> None:
    issues = described.metadata.ctx.issues
    assert not issues.errors
    assert {record_set.name for record_set in described.metadata.record_sets} == set(TABLES)
    for record_set in described.metadata.record_sets:
        assert [field.name for field in record_set.fields] == [column.name for column in columns_of(record_set.name)]


@pytest.mark.parametrize("table", TABLES)
def test_croissant_gives_the_rows(odd_dataset: Path, described: mlcroissant.Dataset, table: str) -> None:
    expected = read_table(odd_dataset, table)
    found = list(islice(described.records(table), 20))
    assert len(found) == min(20, len(expected))
    for record, row in zip(found, expected, strict=False):
        for column in columns_of(table):
            value = record[f"{table}/{column.name}"]
            if column.type == "string":
                assert (None if value is None else value.decode()) == row[column.name]
            elif column.type == "list<string>":
                assert [word.decode() for word in value] == row[column.name]
            elif column.type == "date32":
                assert (value and value.date()) == row[column.name]
            else:
                assert (list(value) if column.type == "list<int32>" else value) == row[column.name]
