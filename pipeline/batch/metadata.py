"""A table beside the archive: what is known of its documents from elsewhere (URL, region, date …)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pipeline.dataset.columns import TABLES
from pipeline.errors import UsageError
from pipeline.language.written import bytes_of, rows_of, text_of

OWN = {"year", "period", "subject", *(column.name for column in TABLES["documents"])} - {"source"}
"""Names of what the program itself finds: a panel by ``place`` or ``year`` takes that."""


class Metadata(NamedTuple):
    """The rows of a table by source path, and the name and the digest of its file, as the manifest remembers it.

    ``key`` is the column that names the sources.
    """

    rows: Mapping[str, Mapping[str, str | None]]
    name: str
    sha256: str
    key: str

    def shadowed(self) -> tuple[str, ...]:
        """Columns named as what the program finds: they stand in ``documents.meta`` and change nothing."""
        return tuple(sorted({name for further in self.rows.values() for name in further} & OWN))

    def check_fits(self, entries: Iterable[str]) -> None:
        """Raises UsageError where no row names one of the `entries`: they are named otherwise, or by another column."""
        first = None
        for entry in entries:
            first = first or entry
            if entry in self.rows:
                return
        if first is not None and self.rows:
            raise UsageError(
                f"No row of {self.name} names an entry: its column {self.key!r} has {next(iter(self.rows))!r}, and the "
                f"first entry is {first!r}. Name the entries so in a column called source, or leave --metadata out."
            )


def read_metadata(path: Path) -> Metadata:
    """The rows of a CSV file in UTF-8 or GB18030 by source path: its column ``source``, or else its first one.

    Empty cells become null. Raises UsageError where the file cannot be read, is no table, or names a source twice.
    """
    data = bytes_of(path)
    reader = rows_of(text_of(data, path.name))
    names = reader.fieldnames or []
    if len(names) < 2:
        raise UsageError(
            f"{path.name} has one column alone. Give it a first line, source and the names of what you know: source,url."
        )
    key = "source" if "source" in names else names[0]
    rows: dict[str, dict[str, str | None]] = {}
    for row in reader:
        source = row[key] or ""
        if source in rows:
            raise UsageError(f"{path.name} names {source} twice (line {reader.line_num}). Leave one of the rows.")
        rows[source] = {name: row[name] or None for name in names if name != key}
    return Metadata(rows, path.name, sha256(data).hexdigest(), key)
