"""The tables of a finished dataset, read a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 512
"""Rows that are in memory at a time."""


def parts(dataset: Path, table: str) -> list[Path]:
    """The Parquet files of a table, in order. Raises UsageError where there is no such table."""
    found = sorted((dataset / table).glob("part-*.parquet"))
    if not found:
        raise UsageError(f"There is no table {table} in {dataset}. Name the folder of a dataset that a run has written.")
    return found


def batches(dataset: Path, table: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Some columns of a table, in the order of its rows. Raises UsageError where there is no such table."""
    from pyarrow import parquet

    for path in parts(dataset, table):
        with parquet.ParquetFile(path) as file:
            yield from file.iter_batches(ROWS, columns=list(columns))


def rows(dataset: Path, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The same as tuples."""
    for batch in batches(dataset, table, columns):
        yield from zip(*(batch.column(name).to_pylist() for name in columns), strict=True)
