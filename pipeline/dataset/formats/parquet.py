"""Parquet: the dataset itself, or the public edition of it, with a card of its own."""

from __future__ import annotations

from pathlib import Path

from pipeline.dataset.card import describe, write_manifest
from pipeline.dataset.parts import parquet_bytes
from pipeline.dataset.stored import Stored, count_rows


def write(stored: Stored, path: Path) -> None:
    """Write a folder that is a dataset. From its manifest.json the whole of it can still be made again."""
    import pyarrow as pa

    for table in stored.tables:
        (path / table).mkdir(parents=True)
        for part in stored.parts(table):
            rows = pa.Table.from_batches(stored.part(table, part), stored.schema(table))
            (path / table / part).write_bytes(parquet_bytes(rows))
    rows_of = stored.manifest()["rows"]
    counts = {table: count_rows(path, table) if table in stored.tables else 0 for table in rows_of}
    manifest = {**stored.manifest(), "rows": counts, "public": stored.public}
    describe(Stored(folder=path, tables=stored.tables, public=stored.public), manifest)
    write_manifest(path, manifest)
