from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path

import yaml
from laws import read_table
from odd import write_rows

from pipeline.dataset.card import rewrite_card
from pipeline.dataset.columns import TABLES

MODELS = Path(__file__).parent.parent.parent / "models"


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
        assert (f"data_files: {table}/*.parquet" in card) == bool(read_table(dataset, table))
        for column in columns:
            assert f"| `{column.name}` | {column.type} | {column.unit} | {column.meaning} |" in card


def test_the_front_matter_has_the_types_of_every_column(dataset: Path) -> None:
    head = yaml.safe_load((dataset / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    assert (head["language"], head["size_categories"]) == (["zh"], ["n<1K"])
    for described in head["dataset_info"]:
        assert [feature["name"] for feature in described["features"]] == [
            column.name for column in TABLES[described["config_name"]]
        ]


def test_the_card_counts_documents_by_year_level_and_kind(dataset: Path) -> None:
    card = (dataset / "README.md").read_text(encoding="utf-8")
    documents = read_table(dataset, "documents")
    head, *years = [
        line.strip("| ").split(" | ") for line in card.split("## Coverage")[1].split("\n") if line[:3] > "| "
    ][: len({row["year_covered"] for row in documents}) + 2]
    counts = Counter((str(row["year_covered"] or "not said"), row["admin_level"] or "not said") for row in documents)
    for year, *cells in years[1:]:
        assert [int(cell) for cell in cells[:-1]] == [counts[year, level] for level in head[1:-1]]
        assert int(cells[-1]) == sum(count for (found, _), count in counts.items() if found == year)
    assert sum(int(cells[-1]) for cells in years[1:]) == len(documents)
    kinds = Counter(row["report_type"] or "not said" for row in documents)
    assert all(f"| {kind} | {count} |" in card for kind, count in kinds.items())


def test_the_card_says_how_good_the_models_are(dataset: Path) -> None:
    card = (dataset / "README.md").read_text(encoding="utf-8")
    for name in ("adverts", "metrics", "role", "topic"):
        figures = tomllib.loads((MODELS / name / "card.toml").read_text(encoding="utf-8"))
        for measured, values in figures.items():
            if measured.endswith("left_out"):
                for figure, value in values.items():
                    words = f"{name}: {measured} | {figure}".replace("_", " ")
                    assert f"| {words} | {value:g} |" in card


def test_a_table_that_comes_later_is_described_once_it_is_there(own: Path) -> None:
    before = {name: (own / name).read_bytes() for name in ("README.md", "croissant.json", "manifest.json")}
    rewrite_card(own)
    assert {name: (own / name).read_bytes() for name in before} == before
    write_rows(own, "duplicates", [("b", "a", "exact", 1.0, 1.0)])
    rewrite_card(own)
    assert "| [duplicates](#duplicates) | 1 | every document that repeats" in (own / "README.md").read_text("utf-8")
    assert "duplicates/similarity" in (own / "croissant.json").read_text("utf-8")
    assert (own / "manifest.json").read_bytes() == before["manifest.json"]


def test_nothing_of_the_machine_stands_in_the_dataset(dataset: Path, samples: Path) -> None:
    for name in ("README.md", "manifest.json", "croissant.json"):
        text = (dataset / name).read_text(encoding="utf-8")
        assert str(samples.parent) not in text
        assert str(dataset) not in text
