"""Tables that hold texts: each row an entry, one column its text, the others its ``meta``.

Scrapers write such tables by hand, so rows are ragged, quotes are lost, lines of JSON are cut off: a broken row is a
failure of its own and the table goes on.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO, NamedTuple

from pipeline.reading.cells import kind_of, text_of, title_of
from pipeline.reading.columns import LONG_ENOUGH, Columns, chinese, choose_column, choose_days, choose_titles
from pipeline.reading.days import day_in
from pipeline.reading.delimited import Rows
from pipeline.reading.encoding import decode, detect, errors_for, mend
from pipeline.reading.files import File, load
from pipeline.reading.limits import Limits
from pipeline.reading.media import suffix_of
from pipeline.reading.refusals import BrokenRow, Damaged, NoTextColumn, NotText, as_failure
from pipeline.records import Failure, Source

Row = dict[str, object] | BrokenRow
CHUNK = 2**20  # bytes
FIRST_ROWS, FIRST_LINES, FIRST_CHARS = 20, 1000, 4_000_000  # what is looked at to find the column with the texts
LONG_CELL = 100  # characters that no name of a column has
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class Opening(NamedTuple):
    """The first rows of a table, the columns that they name, and the rows that follow."""

    first: list[Row]
    columns: Sequence[str]
    rest: Iterator[Row]


def open_delimited(file: File, limits: Limits, wanted: Columns) -> Iterator[Source | Failure]:
    """The rows of a CSV or TSV table; its first row names the columns, unless it is a text itself."""
    csv.field_size_limit(limits.max_chars)
    with file.open() as stream:
        encoding = _encoding_of(stream)
        delimiter = "\t" if suffix_of(file.name) in (".tsv", ".tab") else None
        rows = iter(Rows(_lines(stream, encoding, limits), delimiter, limits.max_chars))
        head = next(rows, [])
        if isinstance(head, BrokenRow):
            raise head
        if any(len(cell) > LONG_CELL or "。" in cell for cell in head):
            rows, head = chain([head], rows), [""] * len(head)
        columns = column_names(head)
        opening = opening_of((named_row(columns, row) for row in rows), columns)
        yield from table_sources(file.name, opening, wanted, encoding)


def open_jsonl(file: File, limits: Limits, wanted: Columns) -> Iterator[Source | Failure]:
    """The lines of a JSONL table, empty ones apart; a line that is no JSON object is a failure of its own."""
    with file.open() as stream:
        encoding = _encoding_of(stream)
        lines = (line for line in _lines(stream, encoding, limits) if line.strip())
        yield from table_sources(file.name, opening_of(map(_parse_object, lines)), wanted, encoding)


def open_json(file: File, limits: Limits, wanted: Columns) -> Iterator[Source | Failure]:
    """A ``.json``: a list of objects with a text in each, one such object, alone or within others, or JSONL by its content.

    Anything else is no text. A member of a list that is no object is a failure of its own.
    """
    text, encoding = decode(load(file, limits).data)
    text = text.strip()
    first, _, more = text.partition("\n")
    if more and isinstance(_parse_object(first), dict):
        yield from open_jsonl(file, limits, wanted)
        return
    try:
        value = _parse(text)
        listed = isinstance(value, list) and any(isinstance(row, dict) for row in value)
        rows = value if isinstance(value, list) and listed else objects_in(value)
        if not rows:
            raise NoTextColumn
        yield from table_sources(
            file.name, opening_of(_as_row(row, "member of the list") for row in rows), wanted, encoding
        )
    except (ValueError, RecursionError, NoTextColumn, NotText) as error:
        if isinstance(error, json.JSONDecodeError) and text[:1] in ("[", "{") and _is_cut_off(text, error):
            raise Damaged(f"The JSON file is cut off ({error}). Get it again.") from error
        raise NotText(
            "It is a JSON file, but holds no object with a text, nor a list of such. Nothing is to be done."
        ) from error


def objects_in(value: object, depth: int = 3) -> list[object]:
    """The objects with a text in them: the value itself, the first such list in it, or the members of an object.

    >>> objects_in({"code": 0, "data": [{"content": "一" * 30}]}) == [{"content": "一" * 30}]
    True
    >>> objects_in({"name": "石桥县", "version": 3})
    []
    """
    if isinstance(value, dict):
        rows = [value] if _has_text(value) else list(value.values())
    else:
        rows = value if isinstance(value, list) else []
    if any(isinstance(row, dict) and _has_text(row) for row in rows):
        return [row for row in rows if isinstance(row, dict)]
    return next(filter(None, (objects_in(row, depth - 1) for row in rows)), []) if depth else []


def _has_text(row: dict[str, object]) -> bool:
    return any(isinstance(cell, str) and chinese(cell) >= LONG_ENOUGH for cell in row.values())


def _is_cut_off(text: str, error: json.JSONDecodeError) -> bool:
    """Whether JSON ends before what it began does."""
    return error.pos >= len(text) or error.msg.startswith("Unterminated string")


def _as_row(value: object, what: str) -> Row:
    return value if isinstance(value, dict) else BrokenRow(f'The {what} is no JSON object. Write {{"text": …}}.')


def _encoding_of(stream: BinaryIO) -> str:
    """The encoding of a table, from the first of its bytes that tell; the stream stands at its beginning again."""
    chunk = stream.read(CHUNK)
    while chunk.isascii() and (more := stream.read(CHUNK)):  # the encoding shows at the first byte above ASCII
        chunk = more
    stream.seek(0)
    return detect(chunk) or "utf-8"


def _lines(stream: BinaryIO, encoding: str, limits: Limits) -> Iterator[str]:
    """The lines of a stream with their ends, decoded one by one: a table may be larger than the memory."""
    with io.TextIOWrapper(stream, encoding, errors_for(encoding), newline="") as text:
        while line := text.readline(limits.max_chars + 1):
            limits.check("max_chars", len(line), "characters in one line of the table")
            yield mend(line, encoding)


def column_names(head: Sequence[str]) -> list[str]:
    """A name for each column, its own where it has one that is not taken yet.

    >>> column_names(["标题", "", "标题"])
    ['标题', 'column 2', 'column 3']
    """
    names: list[str] = []
    for number, cell in enumerate(head, 1):
        name = cell.strip()
        names.append(name if name and name not in names else f"column {number}")
    return names


def named_row(columns: Sequence[str], cells: list[str] | BrokenRow) -> Row:
    """A row by its columns; cells beyond the last column are what a delimiter without quotes cut off it."""
    if isinstance(cells, BrokenRow):
        return cells
    row: dict[str, object] = dict(zip(columns, cells, strict=False))
    if len(cells) > len(columns) > 0:
        row[columns[-1]] = ",".join(cells[len(columns) - 1 :])
    return row


def _parse(text: str) -> object:
    """JSON as Python values; half of a surrogate pair, which no file can hold, becomes U+FFFD."""
    value: object = json.loads(text, parse_constant=str)
    if SURROGATE.search(text):
        whole = json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        value = json.loads(whole)
    return value


def _parse_object(line: str) -> Row:
    try:
        value = _parse(line)
    except (ValueError, RecursionError) as error:
        return BrokenRow(f"The line is no JSON ({getattr(error, 'msg', error)}). Mend it or leave it out.")
    return _as_row(value, "line")


def opening_of(rows: Iterator[Row], columns: Iterable[str] = ()) -> Opening:
    """Take the first rows off; where no header named the columns, the keys of these rows do."""
    first: list[Row] = []
    chars = whole = 0
    for row in rows:
        first.append(row)
        if isinstance(row, dict):
            whole += 1
            chars += sum(len(str(value)) for value in row.values())
        if whole == FIRST_ROWS or chars > FIRST_CHARS or len(first) == FIRST_LINES:
            break
    keys = (key for row in first if isinstance(row, dict) for key in row)
    return Opening(first, list(columns) or list(dict.fromkeys(keys)), rows)


def table_sources(
    name: str, opening: Opening, wanted: Columns, encoding: str | None = None
) -> Iterator[Source | Failure]:
    """One source a row, numbered from 1 as the reader of the table counts; `encoding` is that of the table's bytes."""
    seen = [row for row in opening.first if isinstance(row, dict)]
    if opening.first and not seen:
        raise BrokenRow(f"None of its first rows can be read. {opening.first[0]}")
    column = choose_column(opening.columns, seen, wanted.text)
    others = [other for other in opening.columns if other != column]
    titles, days = choose_titles(others, seen, wanted.title), choose_days(others, seen, wanted.date)
    for number, row in enumerate(chain(opening.first, opening.rest), 1):
        own = f"{name}#{number}"
        if isinstance(row, BrokenRow):
            yield as_failure(own, row)
            continue
        meta = {key: value for key, value in row.items() if key != column}
        title = title_of(row.get(titles)) if titles else None
        day = day_in(text_of(row.get(days))) if days else None
        text = text_of(row.get(column))
        yield Source(own, text.encode(), kind_of(text), meta, encoding, title, day)
