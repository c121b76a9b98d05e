"""A run of bytes that may be one entry or hold many: a file on disk, or a member of an archive."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from pipeline.reading.limits import Limits
from pipeline.reading.refusals import EmptyFile
from pipeline.records import Source


@dataclass(frozen=True, slots=True)
class File:
    """Known by its name; nothing of it is read before `open` is called, which may raise ReadError."""

    name: str
    size: int
    open: Callable[[], BinaryIO]
    depth: int = 0  # how many archives it lies in
    path: Path | None = None  # where it lies on disk, if it does
    media_type: str | None = None  # where a look into it has told


def on_disk(path: Path, name: str) -> File:
    """The file at `path`, known as `name`."""
    opener = cast("Callable[[], BinaryIO]", partial(open, path, "rb"))
    return File(name, os.stat(path).st_size, opener, path=path.absolute())


def load(file: File, limits: Limits) -> Source:
    """Read the whole of a file that is one entry."""
    limits.check("max_bytes", file.size, "bytes")
    with file.open() as stream:
        data = stream.read(limits.max_bytes + 1)
    limits.check("max_bytes", len(data), "bytes")
    if not data:
        raise EmptyFile("It has 0 bytes. Get the file again, or leave it out.")
    return Source(file.name, data)
