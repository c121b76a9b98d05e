"""From a path to its entries, and from an entry to its text. A new format is a function and its line in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from pipeline.reading.archives import open_zip
from pipeline.reading.files import File, load, on_disk
from pipeline.reading.limits import Limits
from pipeline.reading.media import (
    CSV,
    HEAD,
    JSON,
    JSONL,
    MARKDOWN,
    PLAIN,
    SUFFIXES,
    TSV,
    ZIP,
    media_type_of,
    refusal,
    sniff,
    suffix_of,
    surprise,
)
from pipeline.reading.plain import read_plain
from pipeline.reading.refusals import EmptyFile, as_failure
from pipeline.reading.tables import open_delimited, open_json, open_jsonl
from pipeline.records import Failure, RawText, Source

Reader = Callable[[bytes, Limits], RawText]
Container = Callable[[File, Limits, str | None], Iterator[File | Source | Failure]]

READERS: Mapping[str, Reader] = {PLAIN: read_plain, MARKDOWN: read_plain}

CONTAINERS: Mapping[str, Container] = {
    ZIP: open_zip,
    CSV: open_delimited,
    TSV: open_delimited,
    JSONL: open_jsonl,
    JSON: open_json,
}


def read(source: Source, limits: Limits) -> RawText:
    """Decode one entry. Raises ReadError where it cannot be read, Skipped where it is no text by its kind.

    >>> read(Source("a.txt", "一、基本情况".encode("gbk")), Limits()).text
    '一、基本情况'
    """
    limits.check("max_bytes", len(source.data), "bytes")
    if not source.data:
        raise EmptyFile("It has 0 bytes. Get it again, or leave it out.")
    media_type = source.media_type or media_type_of(source.data, source.name)
    if media_type not in READERS:
        raise refusal(media_type, source.name)
    raw = READERS[media_type](source.data, limits)
    if not raw.text.strip():
        raise EmptyFile("It holds nothing but white space. Get it again, or leave it out.")
    notes = [raw.warning, None if source.media_type else surprise(media_type, source.name)]
    return replace(raw, media_type=media_type, warning="; ".join(filter(None, notes)) or None)


def iter_sources(
    path: Path, name: str, limits: Limits, text_column: str | None = None, *, start: int = 0, stop: int | None = None
) -> Iterator[Source | Failure]:
    """The entries of the file at `path`, in order, or those from `start` up to `stop`; `name` is what it is known by.

    Entries outside the range are counted but not unpacked. Whatever is wrong with an entry or a container comes out
    as a Failure in its place.
    """
    for found in islice(_entries_at(path, name, limits, text_column), start, stop):
        yield _load(found, limits) if isinstance(found, File) else found


def count_entries(path: Path, name: str, limits: Limits, text_column: str | None = None) -> int:
    """How many entries `iter_sources` gives, without unpacking those that are plain members of an archive."""
    return sum(1 for _ in _entries_at(path, name, limits, text_column))


def _entries_at(path: Path, name: str, limits: Limits, text_column: str | None) -> Iterator[File | Source | Failure]:
    try:
        file = on_disk(path, name)
    except OSError as error:
        yield as_failure(name, error)
        return
    yield from _entries(file, limits, text_column)


def _entries(file: File, limits: Limits, text_column: str | None) -> Iterator[File | Source | Failure]:
    """What a file holds if it is a container, else the file itself.

    A member of an archive is opened as a container by its suffix alone, so that entries can be counted without
    unpacking each; on disk the content decides.
    """
    try:
        with file.open() as stream:
            head = stream.read(HEAD)
        container = CONTAINERS.get(sniff(head, file.name)) if head else None
        if container is None:
            yield file
            return
        for found in container(file, limits, text_column):
            if isinstance(found, File) and found is not file and SUFFIXES.get(suffix_of(found.name)) in CONTAINERS:
                yield from _entries(found, limits, text_column)
            else:
                yield found
    except Exception as error:  # a broken container raises all sorts; it must not end the run
        yield as_failure(file.name, error)


def _load(file: File, limits: Limits) -> Source | Failure:
    try:
        return load(file, limits)
    except Exception as error:  # a broken member raises all sorts; it must not end the run
        return as_failure(file.name, error)
