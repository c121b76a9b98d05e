"""Stata, version 118: columns with labels, closed sets of values as labelled numbers, days as days, long texts as strL.

Stata knows no boolean (0 and 1 with the labels no and yes), no null text (empty) and no lists (JSON); it reserves the
name ``end``, which becomes ``end_``. A file is written from memory: a table that is larger than `BYTES` is cut into
``metrics.dta``, ``metrics-2.dta`` …, which `append using` joins, with the same labels in each.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset.columns import MEANINGS, Column
from pipeline.dataset.formats.cells import flat
from pipeline.dataset.stored import Stored

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

BYTES = 128_000_000
"""Arrow's memory for the rows of one file; pandas takes several times as much."""

ROWS = 1000
"""Rows in hand at a time: what a file may be larger than `BYTES` by."""

SHORT = 244
"""A column with a longer text, in bytes, is kept as strL, each text in its own length."""

LABEL = 80
"""Characters in the label of a column or a file, at most."""

LABELLED = {
    "admin_level", "report_type", "kind", "topic", "role", "approx", "status", "change", "dimension", "stage", "check",
}  # fmt: skip
"""Columns that hold labels of a closed set."""

NAMES = {"end": "end_"}

EPOCH = datetime(2000, 1, 1)
"""The time that every file bears: the same rows are the same bytes."""


def write(stored: Stored, path: Path) -> None:
    """Write the one table of `stored`."""
    (table,) = stored.tables
    labels = {c.name: _labels(stored, table, c.name) for c in stored.columns(table) if c.name in LABELLED}
    for number, rows in enumerate(_pieces(stored, table), 1):
        target = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        _write(rows, stored.columns(table), labels, target, MEANINGS[table])


def _labels(stored: Stored, table: str, column: str) -> list[str]:
    """The values of a column over the whole table, so that a label has one number in every file."""
    found: set[str] = set()
    for batch in stored.batches(table, [column]):
        found |= set(batch.column(0).unique().to_pylist())
    return sorted(found - {None, ""})


def _pieces(stored: Stored, table: str) -> Iterator[pa.Table]:
    """The rows of each file, one without rows where the table has none."""
    import pyarrow as pa

    held, size = [flat(pa.RecordBatch.from_pylist([], stored.schema(table)))], 0
    empty = held[0]
    for batch in map(flat, stored.batches(table, rows=ROWS)):
        if size and size + batch.nbytes > BYTES:
            yield pa.Table.from_batches(held)
            held, size = [empty], 0
        held.append(batch)
        size += batch.nbytes
    yield pa.Table.from_batches(held)


def _write(rows: pa.Table, columns: tuple[Column, ...], labels: dict[str, list[str]], path: Path, meaning: str) -> None:
    import pandas as pd

    frame = pd.DataFrame({NAMES.get(c.name, c.name): _series(rows[c.name], c, labels.get(c.name)) for c in columns})
    long = [NAMES.get(c.name, c.name) for c in columns if not labels.get(c.name) and _longest(rows[c.name]) > SHORT]
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        time_stamp=EPOCH,
        data_label=_label(meaning),
        convert_dates={c.name: "td" for c in columns if c.type == "date32"},
        variable_labels={NAMES.get(c.name, c.name): _label(c.meaning) for c in columns},
        value_labels={c.name: {0: "no", 1: "yes"} for c in columns if c.type == "bool"},
        convert_strl=long,
    )


def _series(values: pa.ChunkedArray, column: Column, labels: list[str] | None) -> pd.Series[Any]:
    """A column as pandas writes it to Stata, nulls as Stata's own."""
    import pandas as pd

    if labels:
        known = values.to_pandas().where(lambda value: value != "")
        return pd.Series(pd.Categorical(known, categories=labels))
    if column.type == "string" or column.type.startswith("list"):
        return pd.Series(values.fill_null("").to_pylist(), dtype=object)
    if column.type == "date32":
        return pd.Series(values.to_pylist(), dtype="datetime64[s]")
    kinds = {"int16": "Int16", "int32": "Int32", "int64": "Int64", "float32": "float32", "bool": "Int8"}
    return pd.Series(values.to_pylist(), dtype=kinds.get(column.type, "float64"))


def _longest(values: pa.ChunkedArray) -> int:
    """Bytes of the longest text; 0 where there is none or the column holds none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return int(pc.max(pc.binary_length(values)).as_py() or 0) if pa.types.is_string(values.type) else 0


def _label(meaning: str) -> str:
    """A meaning in the room that Stata gives it; the whole of it stands in the card.

    >>> len(_label("The place that the report is about, as written in its title or head; null where it is not said."))
    75
    """
    return meaning if len(meaning) <= LABEL else textwrap.shorten(meaning, LABEL, placeholder=" …")
