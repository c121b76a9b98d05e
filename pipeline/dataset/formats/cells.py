"""What cells hold in formats that know neither lists nor Arrow's types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


def flat(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows with each list as JSON."""
    import pyarrow as pa

    arrays = [
        pa.array([as_json(value) for value in column.to_pylist()], pa.string())
        if pa.types.is_list(column.type)
        else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)


def rows_of(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    """The rows of a piece.

    >>> import pyarrow as pa
    >>> list(rows_of(pa.record_batch({"share": pa.array([0.9], pa.float32()), "words": [["全乡", "下"]]})))
    [(0.9, ['全乡', '下'])]
    """
    return zip(*(exact(column).to_pylist() for column in batch.columns), strict=True)


def exact(column: pa.Array) -> pa.Array:
    """A column whose numbers of 32 bits keep the digits that they were written with: 0.9, not 0.89999998."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_float32(column.type):
        return column
    return pc.cast(pc.cast(column, pa.string()), pa.float64())


def as_json(value: list[str] | list[int] | None) -> str | None:
    """A list as JSON that shows Chinese as it is."""
    return None if value is None else json.dumps(value, ensure_ascii=False)
