"""The contract's columns and types, spelt out once more so that neither can change unnoticed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from pipeline.dataset import croissant
from pipeline.dataset.columns import DERIVED, MEANINGS, TABLES, columns_of, schema, to_batch, to_dicts
from pipeline.dataset.formats import duckdb, sqlite
from pipeline.pages.write import PAGES

TEXT = "string"
CONTRACT = {
    "documents": {
        **dict.fromkeys(("doc_id", "source", "content_sha256", "media_type", "encoding", "source_text", "text"), TEXT),
        **dict.fromkeys(("title", "issuer", "place", "place_code", "county_code"), TEXT),
        **dict.fromkeys(("admin_level", "report_type"), TEXT),
        **dict.fromkeys(("year_covered", "year_delivered"), "int16"),
        **dict.fromkeys(("warning", "meta"), TEXT),
        **dict.fromkeys(("removed_chars", "n_sections", "n_metrics", "n_words"), "int32"),
    },
    "removals": {
        "doc_id": TEXT, "source_start": "int32", "source_end": "int32", "text": TEXT, "kind": TEXT, "rule": TEXT,
        "score": "float",
    },
    "restorations": {
        "doc_id": TEXT, "source_start": "int32", "source_end": "int32", "before": TEXT, "after": TEXT, "rule": TEXT,
    },
    "sections": {
        "doc_id": TEXT, "section_id": "int32", "parent_id": "int32", "level": "int32", "number": TEXT, "heading": TEXT,
        "heading_end": "int32", "start": "int32", "end": "int32", "source_start": "int32", "source_end": "int32",
        "path": TEXT, "topic": TEXT, "topic_score": "float", "role": TEXT, "role_score": "float",
    },
    "sentences": {
        "doc_id": TEXT, "section_id": "int32", "sentence_id": "int32", "start": "int32", "end": "int32", "text": TEXT,
        "words": "list<element: string>", "tags": "list<element: string>", "passage": TEXT,
    },
    "metrics": {
        "doc_id": TEXT, "metric_id": "int32", "section_id": "int32", "sentence_id": "int32",
        **dict.fromkeys(("name", "subject", "indicator", "quantity"), TEXT),
        **dict.fromkeys(("value", "value_min", "value_max"), "double"),
        **dict.fromkeys(("unit", "unit_canonical", "approx", "status", "change", "change_basis", "modality"), TEXT),
        "period": TEXT, "period_start": "date32[day]", "period_end": "date32[day]",
        "base_value": "double", "base_unit": TEXT, "dimension": TEXT, "masked": "bool", "part_of": "int32",
        **dict.fromkeys(("start", "end", "source_start", "source_end"), "int32"),
        "sentence": TEXT, "rule": TEXT, "confidence": "float",
    },
    "ranks": {
        "doc_id": TEXT, **dict.fromkeys(("rank_id", "section_id", "sentence_id", "metric_id"), "int32"),
        "name": TEXT, "subject": TEXT, "place": TEXT, "rank": "int32", "kind": TEXT, "of": "int32", "tied": "bool",
        "scope": TEXT, **dict.fromkeys(("start", "end", "source_start", "source_end"), "int32"),
        "sentence": TEXT, "rule": TEXT,
    },
    "checks": {
        "doc_id": TEXT, "metric_ids": "list<element: int32>", "check": TEXT, "holds": "bool", "detail": TEXT,
    },
    "failures": dict.fromkeys(("source", "stage", "error", "message"), TEXT),
}  # fmt: skip


@pytest.mark.parametrize("table", CONTRACT)
def test_every_table_has_the_columns_of_the_contract(dataset: Path, table: str) -> None:
    found = ds.dataset(dataset / table, format="parquet").schema
    assert {field.name: str(field.type).replace("item", "element") for field in found} == CONTRACT[table]


def test_there_is_no_table_beside_those_of_the_contract(dataset: Path) -> None:
    assert set(TABLES) == set(CONTRACT)
    assert {path.name for path in dataset.iterdir() if path.is_dir()} - {".run", PAGES} == set(CONTRACT)


def test_every_table_has_a_meaning_and_every_format_knows_its_types() -> None:
    assert set(MEANINGS) == {*TABLES, *DERIVED}
    for table in (*TABLES, *DERIVED):
        for column in columns_of(table):
            for types in (duckdb.TYPES, sqlite.TYPES, croissant.TYPES):
                assert column.type in types


def test_every_column_says_what_it_means_and_the_file_carries_it(dataset: Path) -> None:
    for table, columns in TABLES.items():
        found = ds.dataset(dataset / table, format="parquet").schema
        for column in columns:
            assert column.meaning.endswith(".")
            assert found.field(column.name).metadata[b"meaning"].decode() == column.meaning
        assert schema(table).metadata == found.metadata


@pytest.mark.parametrize("table", TABLES)
def test_rows_without_arrow_have_the_values_that_arrow_holds(table: str) -> None:
    values = {"string": "全镇", "bool": True, "float32": 0.1, "float64": 3, "date32": date(2023, 12, 31)}
    values |= {"list<string>": ("村", "镇"), "list<int32>": (0, 7)}
    rows = [tuple(values.get(column.type, 7) for column in columns_of(table)), (None,) * len(columns_of(table))]
    assert repr(to_dicts(table, rows)) == repr(to_batch(table, rows).to_pylist())
