"""Rows to Parquet parts: same rows, same bytes; a part is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from pipeline.dataset.columns import TABLES, schema
from pipeline.errors import PipelineError

Rows = Sequence[tuple[Any, ...]]

TEMPORARY = ".writing-"  # readers of datasets pass over names that start with a dot


def write_parts(dataset: Path, number: int, tables: Mapping[str, Rows]) -> dict[str, str]:
    """Write the part `number` of every table, also of those without rows; give the SHA-256 of each by its path."""
    digests = {}
    for table, rows in tables.items():
        for suffix, encode in WRITERS.items():
            data, name = encode(table, rows), f"{table}/part-{number:05}{suffix}"
            write_whole(dataset / name, data)
            digests[name] = sha256(data).hexdigest()
    return digests


def parquet_bytes(table: str, rows: Rows) -> memoryview:
    """The rows of one table as a Parquet file; no time, path or machine in it."""
    import pyarrow as pa
    from pyarrow import parquet

    names = schema(table)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(TABLES[table])
    arrays = [pa.array(column, field.type) for column, field in zip(columns, names, strict=True)]
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=names), sink, compression="zstd", version="2.6")
    return memoryview(sink.getvalue())


WRITERS: Mapping[str, Callable[[str, Rows], bytes | memoryview]] = {".parquet": parquet_bytes}
"""How a table becomes the bytes of a part, by the suffix of its file. A run writes every one of them."""


def write_whole(path: Path, data: bytes | memoryview) -> None:
    """Write a file so that a reader, or a run after a power cut, finds it whole or not at all.

    Raises PipelineError where the disk is full or the folder may not be written.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{TEMPORARY}{token_hex(4)}-{path.name}")  # two workers may write the same part
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
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
            f"{path} cannot be written ({error.strerror or error}). "
            "What is written so far is whole: put that right and go on with --resume."
        ) from error
