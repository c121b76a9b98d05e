"""Zip archives: members in order, under the names that their packers meant, never written to disk under any name."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from pipeline.reading.columns import Columns
from pipeline.reading.encoding import DOUBLE_BYTE, SAMPLE, weigh
from pipeline.reading.files import File, load
from pipeline.reading.limits import Limits
from pipeline.reading.media import media_type_of, office_type
from pipeline.reading.refusals import Damaged, Encrypted, NotText, TooLarge, UnsupportedFormat

IN_MEMORY = 16 * 2**20  # bytes of an archive within an archive; larger ones go to a nameless temporary file
CHUNK = 2**20
FEW = 2**20  # bytes below which no ratio is asked
ENCRYPTED, UTF8 = 0x1, 0x800  # flag bits of a member
UNICODE_PATH = 0x7075  # extra field with the name in UTF-8
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_zip(file: File, limits: Limits, wanted: Columns) -> Iterator[File]:
    """The members of a zip archive, none of them read yet; an office file, which is a zip too, is itself its only one.

    Raises ReadError where the archive as a whole cannot be opened or is over a limit.
    """
    limits.check("max_depth", file.depth + 1, "archives within each other")
    with _seekable(file, limits) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, UnicodeDecodeError, struct.error) as error:
            raise Damaged(f"The zip archive is broken or cut off ({error}). Get it again or pack it anew.") from error
        with archive:
            if kind := office_type(archive.NameToInfo.keys()):
                yield replace(file, media_type=kind)
                return
            yield from _members(archive, file, limits)


def open_ole(file: File, limits: Limits, wanted: Columns) -> Iterator[File]:
    """An OLE2 file as what it is (a document, a workbook), which only a look at all of it tells."""
    yield replace(file, media_type=media_type_of(load(file, limits).data, file.name))


def _seekable(file: File, limits: Limits) -> BinaryIO:
    """The archive's bytes; those of a nested one are unpacked first, for its list of members stands at its end."""
    if file.depth == 0:
        return file.open()
    limits.check("max_nested_bytes", file.size, "bytes in an archive within an archive")
    spool = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the caller closes it)
    with file.open() as packed:
        while chunk := packed.read(CHUNK):
            spool.write(chunk)
            limits.check("max_nested_bytes", spool.tell(), "bytes in an archive within an archive")
    spool.seek(0)
    return cast("BinaryIO", spool)


def _members(archive: zipfile.ZipFile, file: File, limits: Limits) -> Iterator[File]:
    members = archive.infolist()
    limits.check("max_members", len(members), "members in the archive")
    packed = sum(member.compress_size for member in members)
    if packed > archive.fp.seek(0, 2):  # type: ignore[union-attr]
        raise Damaged("Members of the zip archive overlap, as in a zip bomb. Pack it anew.")
    taken: dict[str, int] = {}
    for member, name in zip(members, member_names(members), strict=True):
        if not name.endswith("/"):
            own = name_once(name, taken)
            yield File(f"{file.name}!{own}", member.file_size, partial(_open, archive, member, limits), file.depth + 1)


def _open(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> BinaryIO:
    """Open one member, unless it is a link, asks for a password or unpacks beyond the ratio."""
    if stat.S_ISLNK(member.external_attr >> 16):
        raise NotText("It is a symbolic link in an archive, which is not followed. Nothing is to be done.")
    if member.flag_bits & ENCRYPTED:
        raise Encrypted("The member is encrypted. Unpack the archive with its password and give the folder.")
    if member.compress_type not in METHODS:
        raise UnsupportedFormat(f"The member is packed by method {member.compress_type}. Pack it as an ordinary zip.")
    if member.file_size > max(FEW, limits.max_ratio * member.compress_size):
        ratio = member.file_size // max(member.compress_size, 1)
        raise TooLarge(
            f"It unpacks to {ratio} times its size, max_ratio allows {limits.max_ratio}. Raise limits.max_ratio."
        )
    return cast("BinaryIO", archive.open(member))


def member_names(members: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names as they were meant: flagged as UTF-8, in a field of their own, UTF-8 without a flag, or GBK or Big5.

    Chinese Windows packs names in GBK and sets no flag, so that they look like ``├Ω▒¿.txt``. All such names of an
    archive are weighed together.
    """
    raw = [member.orig_filename.split("\0")[0] for member in members]
    unflagged: dict[int, bytes] = {}
    for at, member in enumerate(members):
        if member.flag_bits & UTF8 or raw[at].isascii():
            continue
        name = raw[at].encode("cp437")
        try:
            raw[at] = (_unicode_path(member.extra, name) or name).decode("utf-8")
        except UnicodeDecodeError:
            unflagged[at] = name
    if unflagged:
        encoding = weigh(b"\n".join(unflagged.values())[:SAMPLE], DOUBLE_BYTE)[0]
        for at, name in unflagged.items():
            raw[at] = name.decode(encoding, "replace")
    return [name.replace("\\", "/") for name in raw]


def _unicode_path(extra: bytes, name: bytes) -> bytes | None:
    """The name from Info-ZIP's field, where it belongs to this very `name`."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == UNICODE_PATH and 5 <= size <= len(extra) - 4:
            return extra[9 : 4 + size] if struct.unpack_from("<I", extra, 5)[0] == zlib.crc32(name) else None
        extra = extra[4 + size :]
    return None


def name_once(name: str, taken: dict[str, int]) -> str:
    """The name of a member, or, where one before it has that, with the next number that is free: ``a~2.txt``.

    `taken` are the names given so far, each with the last number that was tried for it.

    >>> taken = {}
    >>> [name_once(name, taken) for name in ("b.c/a.txt", "b.c/a.txt", "b.c/a~2.txt")]
    ['b.c/a.txt', 'b.c/a~2.txt', 'b.c/a~2~2.txt']
    """
    folder, slash, last = name.rpartition("/")
    stem, dot, suffix = last.rpartition(".")
    own, number = name, taken.get(name, 1)
    while own in taken:
        number += 1
        own = f"{folder}{slash}{stem}~{number}{dot}{suffix}" if stem else f"{name}~{number}"
    taken[name] = number
    taken.setdefault(own, 1)
    return own
