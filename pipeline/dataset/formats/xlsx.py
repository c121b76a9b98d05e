"""Excel: a sheet a table, and a sheet `columns` that says what each column means.

What Excel cannot hold is put otherwise, never cut: a text of more than 32,767 characters goes on in further columns
at the end of the sheet (``text_2``, ``text_3`` …; joined they are the text); rows beyond 1,048,576 go on in a further
sheet (``metrics_2``); a day before March 1900 is text; a character that is none of XML's is � . No text becomes a
formula, a number or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.dataset.formats.cells import flat, rows_of
from pipeline.dataset.stored import Stored

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CELL = 32_767
"""UTF-16 units in a cell, at most."""

SHEET = 1_048_576
"""Rows in a sheet, at most, the head among them."""

FIRST_DAY = date(1900, 3, 1)
"""Excel takes 1900 for a leap year: days before this one would be off by one."""

NO_CHARACTER = re.compile("[\ufffe\uffff]")
EPOCH = datetime(2000, 1, 1)
"""The time that every file bears: the same rows are the same bytes."""


def write(stored: Stored, path: Path) -> None:
    """Write the tables of `stored` into one workbook."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.use_zip64()
        book.set_properties({"created": EPOCH})
        styles = Styles(book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"}))
        for table in stored.tables:
            _write_table(book, styles, stored, table)
        rows = ((table, c.name, c.type, c.meaning) for table in stored.tables for c in stored.columns(table))
        _write_rows(book, styles, "columns", ["table", "column", "type", "meaning"], rows)


class Styles(NamedTuple):
    """How heads and days look."""

    head: Format
    day: Format


def _write_table(book: Workbook, styles: Styles, stored: Stored, table: str) -> None:
    names = [column.name for column in stored.columns(table)]
    cells = {at: needed for at, column in enumerate(names) if (needed := _cells_needed(stored, table, column)) > 1}
    head = names + [f"{names[at]}_{number}" for at, needed in cells.items() for number in range(2, needed + 1)]
    rows = (_spread(row, cells) if cells else row for batch in stored.batches(table) for row in rows_of(flat(batch)))
    _write_rows(book, styles, table, head, rows)


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


def _spread(row: tuple[Any, ...], cells: dict[int, int]) -> tuple[Any, ...]:
    """A row with the rest of each long text in the further columns."""
    first, rest = list(row), list[str | None]()
    for at, needed in cells.items():
        own: list[str | None] = [*pieces(row[at] or "")]
        first[at] = own[0]
        rest += own[1:] + [None] * (needed - len(own))
    return (*first, *rest)


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


def _write_rows(
    book: Workbook, styles: Styles, name: str, head: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Write a sheet, and further ones where it is full."""
    number, at = 1, SHEET
    sheet = None
    for row in rows:
        if at == SHEET:
            sheet = _sheet(book, styles, name if number == 1 else f"{name}_{number}", head)
            number, at = number + 1, 1
        for column, value in enumerate(row):
            if value not in (None, ""):
                _write_cell(sheet, at, column, value, styles)
        at += 1
    if sheet is None:
        _sheet(book, styles, name, head)


def _sheet(book: Workbook, styles: Styles, name: str, head: Sequence[str]) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(head):
        sheet.write_string(0, at, column, styles.head)
    return sheet


def _write_cell(sheet: Worksheet, row: int, column: int, value: Any, styles: Styles) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, NO_CHARACTER.sub("\ufffd", value))
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, date) and value >= FIRST_DAY:
        sheet.write_datetime(row, column, value, styles.day)
    elif isinstance(value, date):
        sheet.write_string(row, column, value.isoformat())
    else:
        sheet.write_number(row, column, value)
