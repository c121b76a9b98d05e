"""Excel: a sheet a table, and a sheet `columns` that says what each column means.

What Excel cannot hold is put otherwise, never cut: a text of more than 32,767 characters goes on in further columns
at the end of the sheet (``text_2``, ``text_3`` …; joined they are the text); rows beyond 1,048,576 go on in a further
sheet (``metrics_2``); a day before March 1900 is text. No text becomes a formula, a number or a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from pipeline.dataset.formats.cells import flat
from pipeline.dataset.formats.workbook import Workbook
from pipeline.dataset.stored import Stored

if TYPE_CHECKING:
    import pyarrow as pa

CELL = 32_767
"""UTF-16 units in a cell, at most."""

SHEET = 1_048_576
"""Rows in a sheet, at most, the head among them."""

NARROW, WIDE = 6, 48
"""Letters that a column has room for, at least and at most."""

LOOKED_AT = 100
"""How many rows settle how wide a column is."""


def write(stored: Stored, path: Path) -> None:
    """Write the tables of `stored` into one workbook."""
    import pyarrow as pa

    with Workbook(path) as book:
        for table in stored.tables:
            names = [column.name for column in stored.columns(table)]
            cells = {at: _cells_needed(stored, table, name) for at, name in enumerate(names)}
            further = {at: needed for at, needed in cells.items() if needed > 1}
            head = names + [
                f"{names[at]}_{number}" for at, needed in further.items() for number in range(2, needed + 1)
            ]
            _write_sheets(book, table, head, (_spread(flat(batch), further) for batch in stored.batches(table)))
        meanings = [(table, *column) for table in stored.tables for column in stored.columns(table)]
        head = ["table", "column", "type", "meaning", "unit"]
        _write_sheets(
            book, "columns", head, [pa.record_batch(dict(zip(head, zip(*meanings, strict=True), strict=True)))]
        )


def _write_sheets(book: Workbook, name: str, head: Sequence[str], batches: Iterable[pa.RecordBatch]) -> None:
    """Write rows into a sheet, and into further ones where it is full."""
    coming = iter(batches)
    first = next(coming, None)
    widths = _widths(head, first)
    book.begin(name, head, widths)
    number = 1
    for batch in chain([first] if first else [], coming):
        at = 0
        while at < batch.num_rows:
            if book.rows == SHEET:
                number += 1
                book.begin(f"{name}_{number}", head, widths)
            piece = batch.slice(at, SHEET - book.rows)
            book.write(piece)
            at += piece.num_rows


def _widths(head: Sequence[str], batch: pa.RecordBatch | None) -> list[int]:
    """Room for the heads with the mark of their filter, and for what stands in the first rows."""
    rows = batch.slice(0, LOOKED_AT).columns if batch else [()] * len(head)
    return [
        min(
            WIDE,
            max([NARROW, len(name) + 4, *(_letters(str(value.as_py())) + 1 for value in values if value.is_valid)]),
        )
        for name, values in zip(head, rows, strict=True)
    ]


def _letters(text: str) -> int:
    """How many Latin letters are as wide as a text, of which no more is looked at than a column shows.

    >>> _letters("GDP总量")
    7
    """
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text[:WIDE])


def _cells_needed(stored: Stored, table: str, column: str) -> int:
    """How many cells the longest text of a column takes."""
    import pyarrow as pa
    import pyarrow.compute as pc

    most = 1
    for batch in stored.batches(table, [column]):
        texts = flat(batch).column(0)
        if pa.types.is_string(texts.type):
            long = texts.filter(pc.greater(pc.utf8_length(texts), CELL // 2))
            most = max([most, *(len(pieces(text)) for text in long.to_pylist())])
    return most


def _spread(batch: pa.RecordBatch, further: dict[int, int]) -> pa.RecordBatch:
    """The rows with the rest of each long text in further columns."""
    import pyarrow as pa

    columns, rest = list(batch.columns), []
    for at, needed in further.items():
        cut = [pieces(text or "") for text in columns[at].to_pylist()]
        columns[at], *more = (
            pa.array([found[place] if place < len(found) else None for found in cut], pa.string())
            for place in range(needed)
        )
        rest += more
    return pa.RecordBatch.from_arrays([*columns, *rest], names=[str(at) for at in range(len(columns) + len(rest))])


def pieces(text: str) -> list[str]:
    """A text in pieces that a cell can hold, no pair of units torn apart.

    >>> [len(piece) for piece in pieces("报" * 70_000)]
    [32767, 32767, 4466]
    """
    if len(text) <= CELL // 2:
        return [text]
    units, found, at = text.encode("utf-16-le"), list[str](), 0
    while at < len(units):
        end = at + 2 * CELL
        if end < len(units) and 0xD8 <= units[end - 1] <= 0xDB:  # the first half of a pair
            end -= 2
        found.append(units[at:end].decode("utf-16-le"))
        at = end
    return found
