"""CSV for spreadsheets and statistics: UTF-8 with a byte order mark, nulls empty and bare, empty texts as ``""``.

A spreadsheet takes a text for a formula that starts with ``=``, ``+``, ``-``, ``@``, their full-width twins, a tab or
a line break, and what is scraped may hold such on purpose. Each text of that kind gets an apostrophe in front;
`unguarded` takes it away again. Numbers and dates stay as they are.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.dataset.formats.cells import flat
from pipeline.dataset.stored import Stored

if TYPE_CHECKING:
    import pyarrow as pa

RISKY = r"=+\-@＝＋－＠\t\r\n"
GUARD = rf"^('*[{RISKY}])"
GUARDED = re.compile(rf"^'('*[{RISKY}])")


def write(stored: Stored, path: Path) -> None:
    """Write the one table of `stored`."""
    import pyarrow as pa
    from pyarrow import csv

    (table,) = stored.tables
    head = pa.schema([(c.name, pa.string()) for c in stored.columns(table)])
    with path.open("wb") as file:
        file.write("\ufeff".encode())
        csv.write_csv(head.empty_table(), file)
        for batch in stored.batches(table):
            csv.write_csv(guarded(flat(batch)), file, csv.WriteOptions(include_header=False))


def guarded(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows, no text of which is taken for a formula."""
    import pyarrow as pa
    import pyarrow.compute as pc

    arrays = [
        pc.replace_substring_regex(column, GUARD, r"'\1") if pa.types.is_string(column.type) else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)


def safe(text: str) -> str:
    """One text as a cell that is not taken for a formula.

    >>> safe("-5.2%"), safe("5.2%")
    ("'-5.2%", '5.2%')
    """
    return re.sub(GUARD, r"'\1", text)


def unguarded(text: str) -> str:
    """A text as it was before it was guarded.

    >>> unguarded("'-5.2%"), unguarded("''=1+1"), unguarded("'十四五'规划")
    ('-5.2%', "'=1+1", "'十四五'规划")
    """
    return GUARDED.sub(r"\1", text)
