"""A table beside the archive: what is known of its documents from elsewhere (URL, region, date …)."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from pipeline.dataset.columns import TABLES
from pipeline.errors import UsageError
from pipeline.language.written import read_written, rows_of

Metadata = dict[str, dict[str, str | None]]


def read_metadata(path: Path) -> Metadata:
    """The rows of a CSV file in UTF-8 or GB18030 by source path: its column ``source``, or else its first one.

    Empty cells become null. Raises UsageError where the file cannot be read, is no table, or names a source twice.
    """
    reader = rows_of(read_written(path))
    names = reader.fieldnames or []
    if len(names) < 2:
        raise UsageError(
            f"{path.name} has one column alone. Give it a first line, source and the names of what you know: source,url."
        )
    key = "source" if "source" in names else names[0]
    metadata: Metadata = {}
    for row in reader:
        source = row[key] or ""
        if source in metadata:
            raise UsageError(f"{path.name} names {source} twice (line {reader.line_num}). Leave one of the rows.")
        metadata[source] = {name: row[name] or None for name in names if name != key}
    return metadata


def shadowed(path: Path) -> list[str]:
    """Columns of the table named as what the program itself finds: they stand in ``documents.meta`` and change nothing.

    A panel by ``place`` or ``year`` takes what it found. Raises UsageError where the table cannot be read.
    """
    own = {"year", "period", "subject", *(column.name for column in TABLES["documents"])} - {"source"}
    return sorted({name for further in read_metadata(path).values() for name in further} & own)


def name_and_digest(path: Path) -> dict[str, str]:
    """How the manifest remembers the table. Raises UsageError where it cannot be read."""
    return {"name": path.name, "sha256": sha256(_bytes_of(path)).hexdigest()}


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"The metadata {path} cannot be read ({error.strerror}). Check its name.") from error
