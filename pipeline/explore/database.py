"""The dataset as a database that answers at once: made when it is first looked at, and anew where the dataset changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from pipeline.batch.folder import EXPLORED
from pipeline.dataset.columns import tables_in
from pipeline.dataset.export import export
from pipeline.dataset.stored import open_dataset
from pipeline.kit import version

NAME = "reports"
"""What the database is called in addresses."""
MADE = ".made.json"
INDEXED = {
    "metrics": (
        ("value",), ("base_value",), ("confidence",), ("period_start",), ("unit",), ("doc_id", "sentence_id"),
        ("name", "doc_id", "metric_id"), ("indicator", "doc_id", "metric_id"), ("subject", "doc_id", "metric_id"),
        ("status", "doc_id", "metric_id"), ("dimension", "doc_id", "metric_id"), ("change", "doc_id", "metric_id"),
        ("status", "dimension", "change", "doc_id", "metric_id"),
        ("dimension", "status", "change", "doc_id", "metric_id"),
        ("change", "status", "dimension", "doc_id", "metric_id"),
    ),
    "sections": (("topic", "role", "doc_id", "section_id"), ("role", "topic", "doc_id", "section_id")),
    "documents": (("title",), ("source",), ("place",), ("doc_id", "place", "year_covered")),  # spares reading the texts
}  # fmt: skip
"""Columns that a page is put in order or narrowed by, each with those that its rows and its facets need besides."""
FINISH = """
CREATE TABLE names AS
  SELECT name, count(*) AS metrics, count(DISTINCT doc_id) AS documents, min(unit_canonical) AS unit
  FROM metrics WHERE name <> '' GROUP BY name ORDER BY metrics DESC;
CREATE UNIQUE INDEX names_name ON names (name);
ANALYZE;
"""


def database_of(dataset: Path) -> Path:
    """The database of a dataset, made where it is missing or of other rows.

    Raises UsageError where there is no complete dataset, PipelineError where the database cannot be written.
    """
    path = dataset / EXPLORED / f"{NAME}.sqlite"
    said = _stamp(dataset)
    if path.is_file() and path.with_suffix(MADE).is_file() and inspected(path)["hash"] == said:
        return path
    path.with_suffix(MADE).unlink(missing_ok=True)
    export(dataset, "sqlite", path, overwrite=True)
    with closing(sqlite3.connect(path)) as base:
        if open_dataset(dataset).public:
            base.execute("ALTER TABLE documents ADD COLUMN text TEXT")  # null: queries need not ask whether it is there
        base.executescript("PRAGMA synchronous = OFF;" + ";".join(_indexes()) + ";" + FINISH)
        tables = {
            name: {"count": base.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]}
            for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        }
    made = {"hash": said, "size": path.stat().st_size, "file": path.name, "tables": tables}
    path.with_suffix(MADE).write_text(json.dumps(made), encoding="utf-8")
    return path


def inspected(path: Path) -> dict[str, object]:
    """What Datasette would else read the whole file for before its first answer: digest, size and counts of rows."""
    return dict(json.loads(path.with_suffix(MADE).read_text(encoding="utf-8")))


def metadata_of(path: Path) -> dict[str, object]:
    """What the export says of the tables, for Datasette."""
    return dict(json.loads(path.with_suffix(".metadata.json").read_text(encoding="utf-8")))


def _stamp(dataset: Path) -> str:
    """What changes where a row of the dataset may have changed."""
    digest = sha256((version() + FINISH + repr(INDEXED)).encode())
    open_dataset(dataset)
    digest.update((dataset / "manifest.json").read_bytes())
    for table in tables_in(dataset):
        for part in sorted((dataset / table).glob("*.parquet")):
            about = part.stat()
            digest.update(f"{table}/{part.name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _indexes() -> Iterator[str]:
    for table, indexes in INDEXED.items():
        for columns in indexes:
            yield f"CREATE INDEX {'_'.join((table, 'by', *columns))} ON {table} ({', '.join(columns)})"
