"""Excel workbooks, old and new: each sheet a table whose first row names the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.reading.columns import Columns
from pipeline.reading.files import File, load
from pipeline.reading.limits import Limits
from pipeline.reading.refusals import Damaged, Encrypted, NoColumn, NoTextColumn, NotText, as_failure, missing_package
from pipeline.reading.tables import column_names, named_row, opening_of, table_sources
from pipeline.records import Failure, Source

Cells = Sequence[Sequence[object]]


def open_workbook(file: File, limits: Limits, wanted: Columns) -> Iterator[Source | Failure]:
    """The rows of every sheet with a column of texts; a sheet without one is an entry of its own, failed or skipped.

    Sheets are named in the names of their rows where several hold anything (``年报.xlsx!乡镇#3``). Formulas give the
    values that were saved with them; macros are never run.
    """
    sheets = [(name, cells) for name, cells in _sheets(file, limits) if cells]
    if not sheets:
        raise NoTextColumn("No sheet of the workbook has a row. Leave the file out.")
    for name, cells in sheets:
        own = f"{file.name}!{name}" if len(sheets) > 1 else file.name
        try:
            yield from _rows(own, cells, wanted)
        except (NoColumn, NoTextColumn, NotText) as error:
            yield as_failure(own, error)


def _sheets(file: File, limits: Limits) -> Iterator[tuple[str, Cells]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError
    except ModuleNotFoundError as error:
        raise missing_package("python-calamine", "office", "an Excel workbook") from error
    import io

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(load(file, limits).data))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python()
            yield name, [row for row in rows if any(str(cell).strip() for cell in row)]
    except PasswordError as error:
        raise Encrypted("The workbook is under a password. Save it without one and run again.") from error
    except CalamineError as error:
        raise Damaged(f"The workbook is broken ({error}). Save it anew and run again.") from error


def _rows(name: str, cells: Cells, wanted: Columns) -> Iterator[Source | Failure]:
    columns = column_names([str(cell) for cell in cells[0]])
    rows = (named_row(columns, [_written(cell) for cell in row]) for row in cells[1:])
    yield from table_sources(name, opening_of(rows, columns), wanted)


def _written(cell: object) -> str:
    """A cell as a reader of the sheet sees it: 2023, not 2023.0."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
