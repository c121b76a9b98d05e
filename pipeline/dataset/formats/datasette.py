"""What Datasette shows of the SQLite file: titles, meanings of columns, facets, order, search."""

from __future__ import annotations

from typing import Any

from pipeline.dataset.columns import MEANINGS, Column
from pipeline.dataset.stored import Stored

SEARCH, IN_WORDS = "sentences_search", "sentences_in_words"
"""The full-text index of the sentences, and the view that it is of."""

FACETS = {
    "documents": ("year_covered", "admin_level", "report_type"),
    "sections": ("topic", "role"),
    "metrics": ("dimension", "status", "change"),
    "removals": ("kind",),
    "ranks": ("kind", "scope"),
    "checks": ("check", "holds"),
    "failures": ("stage", "error"),
    "indicators": ("known", "dimension"),
    "duplicates": ("kind",),
}
"""Columns that a page of a table is narrowed by."""

INDEXED = (
    "year_covered", "admin_level", "report_type", "place_code", "county_code", "topic", "role", "passage", "indicator", "name", "dimension",
    "status", "change", "kind", "check", "holds", "code", "duplicate_of",
)  # fmt: skip
"""Columns that rows are looked for by, in any table."""

FIRST = {"metrics": ("name", "value", "unit", "period", "status", "subject", "sentence")}
"""Columns that a table begins with: a page shows as many as it is wide."""

LABELS = {"documents": "source", "sections": "heading", "sentences": "text", "metrics": "name"}
"""The column by which a row is shown where another one leads to it; a document has no title now and then, but a source."""


def ordered(stored: Stored, table: str) -> list[Column]:
    """The columns of a table, those first that are looked at first."""
    columns, first = stored.columns(table), FIRST.get(table, ())
    return sorted(columns, key=lambda column: first.index(column.name) if column.name in first else len(first))


def metadata_of(stored: Stored, base: str) -> dict[str, Any]:
    """The metadata file for a database of the name `base`."""
    manifest = stored.manifest()
    tables: dict[str, Any] = {table: _table(stored, table) for table in stored.tables}
    if "sentences" in tables:
        tables[IN_WORDS] = {
            "description": "The words of each sentence with blanks between them: what the search looks in."
        }
    about = f"{manifest['rows']['documents']} work reports as data, made by report-pipeline {manifest['version']}."
    return {
        "title": "Work reports as data",
        "description": about,
        "databases": {base: {"description": about, "tables": tables}},
    }


def _table(stored: Stored, table: str) -> dict[str, Any]:
    columns = {column.name: column.meaning for column in stored.columns(table)}
    shown: dict[str, Any] = {
        "title": table,
        "description": f"{MEANINGS[table][0].upper()}{MEANINGS[table][1:]}.",
        "columns": columns,
        "facets": [name for name in FACETS.get(table, ()) if name in columns],
    }
    if table == "documents":
        shown["sort_desc"] = "year_covered"  # other tables stand in the order of their keys: as they are read
    if table in LABELS:
        shown["label_column"] = LABELS[table]
    if table == "sentences":
        shown |= {"fts_table": SEARCH, "fts_pk": "rowid"}
    return shown
