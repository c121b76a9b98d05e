"""DuckDB: a database of typed tables; every table and column carries its meaning as a comment."""

from __future__ import annotations

from pathlib import Path

from pipeline.dataset.columns import KEYS, MEANINGS, links_of
from pipeline.dataset.stored import Stored

TYPES = {
    "string": "VARCHAR",
    "int16": "SMALLINT",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "float32": "FLOAT",
    "float64": "DOUBLE",
    "bool": "BOOLEAN",
    "date32": "DATE",
    "list<string>": "VARCHAR[]",
    "list<int32>": "INTEGER[]",
}

MEMORY = "2GB"
"""What DuckDB may hold while it writes; what is more waits on disk."""


def write(stored: Stored, path: Path) -> None:
    """Write the tables of `stored` into a new database."""
    import duckdb
    import pyarrow as pa

    with duckdb.connect(str(path), config={"memory_limit": MEMORY}) as base:
        for table in sorted(stored.tables, key="documents".__ne__):  # what others lead to comes first
            base.execute(_definition(stored, table))
            rows = pa.RecordBatchReader.from_batches(stored.schema(table), stored.batches(table))
            base.register("rows", rows)
            base.execute(f'INSERT INTO "{table}" SELECT * FROM rows')
            base.unregister("rows")


def _definition(stored: Stored, table: str) -> str:
    """The table with keys and comments.

    Keys within a document are not declared: DuckDB holds an index for each in memory, which would grow with the archive.
    """
    columns = stored.columns(table)
    lines = [f'"{c.name}" {TYPES[c.type]}' for c in columns]
    if len(KEYS.get(table, ())) == 1:
        lines.append(f"PRIMARY KEY ({KEYS[table][0]})")
    if "documents" in stored.tables:
        lines += [
            f'FOREIGN KEY ("{link.columns[0]}") REFERENCES documents (doc_id)'
            for link in links_of(table)
            if link.table == "documents" and table != "documents"
        ]
    comments = [f'COMMENT ON TABLE "{table}" IS {_quoted(MEANINGS[table])}']
    comments += [f'COMMENT ON COLUMN "{table}"."{c.name}" IS {_quoted(c.meaning)}' for c in columns]
    return ";\n".join([f'CREATE TABLE "{table}" ({", ".join(lines)})', *comments])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
