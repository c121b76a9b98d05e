"""From a path to its entries, and from an entry to its text. A new format is a function and its line in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.reading.archives import open_ole, open_zip
from pipeline.reading.columns import FOUND, Columns
from pipeline.reading.docx import read_docx
from pipeline.reading.files import File, load, on_disk
from pipeline.reading.html import read_html
from pipeline.reading.isolation import open_isolated, read_isolated
from pipeline.reading.limits import Limits
from pipeline.reading.markdown import read_markdown
from pipeline.reading.media import (
    BZIP2,
    CSV,
    DOC,
    DOCX,
    GZIP,
    HEAD,
    HTML,
    JSON,
    JSONL,
    MARKDOWN,
    ODT,
    OLE,
    PARQUET,
    PDF,
    PLAIN,
    RTF,
    SUFFIXES,
    TAR,
    TSV,
    XLS,
    XLSX,
    XZ,
    ZIP,
    media_type_of,
    refusal,
    sniff,
    suffix_of,
    surprise,
)  # fmt: skip
from pipeline.reading.office import read_converted
from pipeline.reading.packed import open_packed, open_tar
from pipeline.reading.parquet import open_parquet
from pipeline.reading.pdf import read_pdf
from pipeline.reading.plain import read_plain
from pipeline.reading.refusals import EmptyCell, EmptyFile, as_failure
from pipeline.reading.rtf import read_rtf
from pipeline.reading.tables import open_delimited, open_json, open_jsonl
from pipeline.reading.workbooks import open_workbook
from pipeline.records import Failure, RawText, Source

Reader = Callable[[bytes, Limits], RawText]
Container = Callable[[File, Limits, Columns], Iterator[File | Source | Failure]]

READERS: Mapping[str, Reader] = {
    PLAIN: read_plain,
    MARKDOWN: read_markdown,
    HTML: read_html,
    DOCX: read_docx,
    PDF: read_pdf,
    RTF: read_rtf,
    DOC: read_converted,
    ODT: read_converted,
}
CONTAINERS: Mapping[str, Container] = {
    ZIP: open_zip,
    TAR: open_tar,
    GZIP: open_packed,
    BZIP2: open_packed,
    XZ: open_packed,
    OLE: open_ole,
    CSV: open_delimited,
    TSV: open_delimited,
    JSONL: open_jsonl,
    JSON: open_json,
    PARQUET: open_parquet,
    XLSX: open_workbook,
    XLS: open_workbook,
}
CONVERTED = {DOC, ODT}
"""Kinds for which LibreOffice is started."""

IN_PROCESS = {PLAIN, MARKDOWN, ZIP, TAR, GZIP, BZIP2, XZ, OLE, CSV, TSV, JSONL, JSON}
"""Kinds that are read in this process, for no foreign code touches their content; see `isolation` for the others."""


def read(source: Source, limits: Limits) -> RawText:
    """Decode one entry. Raises ReadError where it cannot be read, Skipped where it is no text by its kind.

    >>> read(Source("a.txt", "一、基本情况".encode("gbk")), Limits()).text
    '一、基本情况'
    """
    limits.check("max_bytes", len(source.data), "bytes")
    if not source.data:
        raise _empty(source, "It has 0 bytes")
    media_type = source.media_type or media_type_of(source.data, source.name)
    if media_type not in READERS:
        raise refusal(media_type, source.name, source.data)
    if media_type in IN_PROCESS:
        raw = READERS[media_type](source.data, limits)
    else:
        raw = read_isolated(media_type, source, limits)
    if not raw.text.strip():
        raise _empty(source, "It holds nothing but white space")
    notes = [raw.warning, None if source.media_type else surprise(media_type, source.name)]
    warning = "; ".join(filter(None, notes)) or None
    return replace(raw, media_type=media_type, encoding=source.encoding or raw.encoding, warning=warning)


def _empty(source: Source, what: str) -> ReadError:
    if source.media_type:  # a row of a table
        return EmptyCell("The row has no text in its column of texts. Nothing is to be done, unless it was lost.")
    return EmptyFile(f"{what}. Get it again, or leave it out.")


def iter_sources(
    path: Path, name: str, limits: Limits, wanted: Columns = FOUND, *, start: int = 0, stop: int | None = None
) -> Iterator[Source | Failure]:
    """The entries of the file at `path`, in order, or those from `start` up to `stop`; `name` is what it is known by.

    Entries outside the range are counted but not unpacked. Whatever is wrong with an entry or a container comes out
    as a Failure in its place.
    """
    for found in islice(_entries_at(path, name, limits, wanted), start, stop):
        yield _load(found, limits) if isinstance(found, File) else found


def count_entries(path: Path, name: str, limits: Limits, wanted: Columns = FOUND) -> int:
    """How many entries `iter_sources` gives, without unpacking those that are plain members of an archive."""
    return sum(1 for _ in _entries_at(path, name, limits, wanted))


def _entries_at(path: Path, name: str, limits: Limits, wanted: Columns) -> Iterator[File | Source | Failure]:
    try:
        file = on_disk(path, name)
    except OSError as error:
        yield as_failure(name, error)
        return
    yield from _entries(file, limits, wanted)


def _entries(file: File, limits: Limits, wanted: Columns) -> Iterator[File | Source | Failure]:
    """What a file holds if it is a container, else the file itself.

    A member of an archive is opened as a container by its suffix alone, so that entries can be counted without
    unpacking each; on disk the content decides.
    """
    try:
        kind = file.media_type or _sniffed(file)
        if kind is None or kind not in CONTAINERS:
            yield file
            return
        within = (
            CONTAINERS[kind](file, limits, wanted) if kind in IN_PROCESS else open_isolated(kind, file, limits, wanted)
        )
        for found in within:
            if isinstance(found, File) and (found.media_type or SUFFIXES.get(suffix_of(found.name))) in CONTAINERS:
                yield from _entries(found, limits, wanted)
            else:
                yield found
    except Exception as error:  # a broken container raises all sorts; it must not end the run
        yield as_failure(file.name, error)


def _sniffed(file: File) -> str | None:
    with file.open() as stream:
        head = stream.read(HEAD)
    return sniff(head, file.name) if head else None


def _load(file: File, limits: Limits) -> Source | Failure:
    try:
        return load(file, limits)
    except Exception as error:  # a broken member raises all sorts; it must not end the run
        return as_failure(file.name, error)
