"""Rows to Parquet parts: same rows, same bytes; a part is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    import pyarrow as pa

TEMPORARY = ".writing-"  # readers of datasets pass over names that start with a dot


def write_parts(dataset: Path, number: int, tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """Write the part `number` of every table, also of those without rows; give the SHA-256 of each by its path."""
    digests = {}
    for name, table in tables.items():
        for suffix, encode in WRITERS.items():
            data, path = encode(table), f"{name}/part-{number:05}{suffix}"
            write_whole(dataset / path, data)
            digests[path] = sha256(data).hexdigest()
    return digests


def parquet_bytes(table: pa.Table) -> memoryview:
    """One table as a Parquet file; no time, path or machine in it.

    A table without rows has no row group either: Hugging Face's reader stumbles over one that is empty.
    """
    import pyarrow as pa
    from pyarrow import parquet

    sink = pa.BufferOutputStream()
    options = {"compression": "zstd", "version": "2.6", "use_dictionary": REPEATED, "write_statistics": SORTED}
    with parquet.ParquetWriter(sink, _spelt_out(table[:0]).schema, **options) as writer:
        if any(
            pa.types.is_dictionary(field.type) for field in table.schema
        ):  # piece by piece, or all that is held once would be held as often as it is said
            for batch in filter(len, table.to_batches()):
                writer.write_table(_spelt_out(pa.Table.from_batches([batch])))
        elif table.num_rows:
            writer.write_table(table)
    return memoryview(sink.getvalue())


def _spelt_out(table: pa.Table) -> pa.Table:
    """A table whose columns with shared values repeat them, as they are read again."""
    import pyarrow as pa

    for at, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            told = field.with_type(field.type.value_type)
            table = table.set_column(at, told, table.column(at).cast(told.type))
    return table


REPEATED = ["doc_id", "words.list.element", "tags.list.element"]
"""Columns whose values repeat so much that writing each once pays."""

SORTED = ["source"]
"""Columns that are in order, so that a reader who knows the bounds of a part can leave it out."""

WRITERS: Mapping[str, Callable[[pa.Table], bytes | memoryview]] = {".parquet": parquet_bytes}
"""How a table becomes the bytes of a part, by the suffix of its file. A run writes every one of them."""


def write_whole(path: Path, data: bytes | memoryview) -> None:
    """Write a file so that a reader, or a run after a power cut, finds it whole or not at all.

    Raises PipelineError where the disk is full or the folder may not be written.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{TEMPORARY}{token_hex(4)}-{path.name}")  # two workers may write the same part
        try:
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        if os.name == "posix":  # elsewhere a folder cannot be synced, and the rename is journalled
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in the user's words what keeps us from writing `path`."""
    try:
        yield
    except OSError as error:
        raise PipelineError(
            f"{path} cannot be written ({error.strerror or error}). Put that right, or name another place, and try again; "
            "what a run has written so far is whole: it goes on with --resume."
        ) from error
