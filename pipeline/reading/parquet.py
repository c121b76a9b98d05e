"""Parquet tables: a row group at a time, so that a table may be larger than the memory."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.reading.columns import Columns
from pipeline.reading.files import File
from pipeline.reading.limits import Limits
from pipeline.reading.refusals import Damaged
from pipeline.reading.tables import Row, opening_of, table_sources
from pipeline.records import Failure, Source

BATCH = 256  # rows


def open_parquet(file: File, limits: Limits, wanted: Columns) -> Iterator[Source | Failure]:
    """The rows of a Parquet table. Raises Damaged where it is none any more."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with file.open() as stream:
        try:
            table = pq.ParquetFile(stream)
        except (pa.ArrowException, OSError) as error:
            raise Damaged(f"The Parquet table is broken or cut off ({error}). Get it again.") from error
        names = [field.name for field in table.schema_arrow]
        yield from table_sources(file.name, opening_of(_rows(table), names), wanted)


def _rows(table: object) -> Iterator[Row]:
    for batch in table.iter_batches(BATCH):  # type: ignore[attr-defined]
        yield from batch.to_pylist()
