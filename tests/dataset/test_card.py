from __future__ import annotations

import json
from pathlib import Path

from laws import read_table

from pipeline.dataset.columns import TABLES


def test_the_manifest_counts_what_is_there(dataset: Path, samples: Path) -> None:
    manifest = json.loads((dataset / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"] == {table: len(read_table(dataset, table)) for table in TABLES}
    assert manifest["entries"] == manifest["rows"]["documents"] + manifest["rows"]["failures"]
    assert manifest["inputs"] == ["samples"]
    assert manifest["config"]["batch"]["shard_entries"] == 5
    assert {"models/topic", "models/role", "rules"} <= set(manifest["knowledge"])
    assert manifest["profile"]
    assert manifest["version"]


def test_the_card_describes_every_table_and_column(dataset: Path) -> None:
    card = (dataset / "README.md").read_text(encoding="utf-8")
    for table, columns in TABLES.items():
        assert f"\n## {table}\n" in card
        assert f"data_files: {table}/*.parquet" in card
        for column in columns:
            assert f"| `{column.name}` | {column.type} | {column.meaning} |" in card


def test_nothing_of_the_machine_stands_in_the_dataset(dataset: Path, samples: Path) -> None:
    for name in ("README.md", "manifest.json"):
        text = (dataset / name).read_text(encoding="utf-8")
        assert str(samples.parent) not in text
        assert str(dataset) not in text
