"""SQLite: a database with keys, indexes and full-text search by words, and beside it what Datasette shows of it.

`datasette NAME.sqlite -m NAME.metadata.json` serves it. Lists are JSON, so that ``json_each(words)`` counts words.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.dataset.columns import KEYS, links_of
from pipeline.dataset.formats.cells import flat, rows_of
from pipeline.dataset.formats.datasette import IN_WORDS, INDEXED, SEARCH, metadata_of, ordered
from pipeline.dataset.stored import Stored

if TYPE_CHECKING:
    import pyarrow as pa

TYPES = {
    "string": "TEXT",
    "int16": "INTEGER",
    "int32": "INTEGER",
    "int64": "INTEGER",
    "float32": "REAL",
    "float64": "REAL",
    "bool": "INTEGER",
    "date32": "TEXT",
    "list<string>": "TEXT",
    "list<int32>": "TEXT",
}

SEARCHABLE = f"""
CREATE VIEW {IN_WORDS} (id, words) AS
  SELECT rowid, replace(substr(words, 3, length(words) - 4), '", "', ' ') FROM sentences;
CREATE VIRTUAL TABLE {SEARCH} USING fts5 (words, content='{IN_WORDS}', content_rowid='id');
INSERT INTO {SEARCH} ({SEARCH}) VALUES ('rebuild');
INSERT INTO {SEARCH} ({SEARCH}) VALUES ('optimize');
"""
"""The index holds the words that the dataset has and no second copy of the texts."""


def write(stored: Stored, path: Path) -> None:
    """Write the tables of `stored` into a new database, and the metadata beside it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = OFF")  # nobody sees the file before it is whole
        base.execute("PRAGMA synchronous = OFF")
        for table in stored.tables:
            base.execute(_definition(stored, table))
            names = [column.name for column in ordered(stored, table)]
            insert = f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(names))})'
            base.execute("BEGIN")
            for batch in stored.batches(table, names):
                base.executemany(insert, rows_of(_storable(batch)))
            base.execute("COMMIT")
        base.executescript(";\n".join(_indexes(stored)))
        if "sentences" in stored.tables:
            base.executescript(SEARCHABLE)
        base.execute("ANALYZE")
    text = json.dumps(metadata_of(stored, path.stem), ensure_ascii=False, indent=1)
    path.with_suffix(".metadata.json").write_text(text + "\n", encoding="utf-8")


def _definition(stored: Stored, table: str) -> str:
    lines = ",\n  ".join(_lines(stored, table))
    return f'CREATE TABLE "{table}" (\n  {lines}\n)'


def _lines(stored: Stored, table: str) -> Iterator[str]:
    """What stands between the brackets of CREATE TABLE: columns, the key, where rows lead."""
    for column in ordered(stored, table):
        yield f'"{column.name}" {TYPES[column.type]}'
    if table in KEYS:
        yield f"PRIMARY KEY ({', '.join(KEYS[table])})"
    for link in links_of(table):
        if link.table in stored.tables:
            key = ", ".join(KEYS[link.table])
            yield f"FOREIGN KEY ({', '.join(link.columns)}) REFERENCES {link.table} ({key}) DEFERRABLE INITIALLY DEFERRED"


def _indexes(stored: Stored) -> Iterator[str]:
    for table in stored.tables:
        names = [column.name for column in stored.columns(table)]
        wanted = [name for name in INDEXED if name in names]
        if "doc_id" in names and table not in KEYS:
            wanted.insert(0, "doc_id")
        for name in wanted:
            yield f'CREATE INDEX "{table}_{name}" ON "{table}" ("{name}")'


def _storable(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Lists as JSON, days as ISO 8601: SQLite has neither."""
    import pyarrow as pa

    batch = flat(batch)
    days = [column.cast(pa.string()) if pa.types.is_date(column.type) else column for column in batch.columns]
    return pa.RecordBatch.from_arrays(days, names=batch.schema.names)
