"""A table that a command makes: to a file of the user's, or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.dataset.formats.csv import guarded
from pipeline.dataset.parts import write_whole
from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa


FORMATS = (".csv", ".parquet")


def check_name(path: Path | None) -> None:
    """Raises UsageError, before a table is made, where a file of that name could not be written."""
    if path is not None and path.suffix not in FORMATS:
        raise UsageError(f"{path.name} is neither .csv nor .parquet. Name the file by its format.")


def write_table(table: pa.Table, path: Path | None) -> None:
    """Write a .csv (UTF-8 with byte order mark, no text a formula) or a .parquet; print CSV where there is no path."""
    check_name(path)
    if path is None:
        sys.stdout.write(_csv(table).decode())
    elif path.suffix == ".csv":
        write_whole(path, "\ufeff".encode() + _csv(table))
    else:
        import pyarrow as pa
        from pyarrow import parquet

        sink = pa.BufferOutputStream()
        parquet.write_table(table, sink, compression="zstd", version="2.6")
        write_whole(path, memoryview(sink.getvalue()))


def _csv(table: pa.Table) -> bytes:
    import pyarrow as pa
    from pyarrow import csv

    sink = pa.BufferOutputStream()
    csv.write_csv(table.schema.empty_table(), sink)
    for batch in table.to_batches():
        csv.write_csv(guarded(batch), sink, csv.WriteOptions(include_header=False))
    return bytes(sink.getvalue())
