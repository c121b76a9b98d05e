"""Tables and lists that a user wrote and names with an option."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pipeline.errors import UsageError


def read_written(path: Path) -> str:
    """The text of a file in UTF-8, or in GB18030 as Excel writes it. Raises UsageError where it is none."""
    return text_of(bytes_of(path), path.name)


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises UsageError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}). Check its name.") from error


def text_of(data: bytes, name: str) -> str:
    """The text of what the file `name` holds. Raises UsageError where it is none."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UsageError(f"{name} is no text in UTF-8 or GB18030. Save it as CSV UTF-8.")


def rows_of(text: str) -> csv.DictReader[str]:
    r"""The rows of a table by the columns that its first line names, parted by what that line has most of.

    >>> list(rows_of("source;年\na/1.txt;2023\n"))
    [{'source': 'a/1.txt', '年': '2023'}]
    """
    head = text.partition("\n")[0]
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
