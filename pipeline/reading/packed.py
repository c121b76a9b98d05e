"""Tar archives and packed files (gz, bz2, xz): members in the order in which they stream by, never written by name."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from pipeline.reading.archives import FEW, name_once
from pipeline.reading.columns import Columns
from pipeline.reading.encoding import DOUBLE_BYTE, weigh
from pipeline.reading.files import File
from pipeline.reading.limits import Limits
from pipeline.reading.media import BUNDLES, BZIP2, GZIP, HEAD, SUFFIXES, TAR, XZ, sniff, suffix_of
from pipeline.reading.refusals import Damaged, NotText, TooLarge

UNPACKERS: Mapping[str, Callable[[BinaryIO], BinaryIO]] = {
    GZIP: lambda stream: cast("BinaryIO", gzip.GzipFile(fileobj=stream)),
    BZIP2: lambda stream: cast("BinaryIO", bz2.BZ2File(stream)),
    XZ: lambda stream: cast("BinaryIO", lzma.LZMAFile(stream)),  # noqa: SIM115 (whoever unpacks closes it)
}
SPECIAL = {  # what a member is that is neither a file nor a folder
    tarfile.SYMTYPE: "a symbolic link", tarfile.LNKTYPE: "a link", tarfile.FIFOTYPE: "a pipe",
    tarfile.CHRTYPE: "a device", tarfile.BLKTYPE: "a device",
}  # fmt: skip


def open_packed(file: File, limits: Limits, wanted: Columns) -> Iterator[File]:
    """What a packed file holds: the members of the tar archive in it, or the one file that it is."""
    limits.check("max_depth", file.depth + 1, "archives within each other")
    unpack = partial(_unpack, file, limits)
    with unpack() as stream:
        head = stream.read(HEAD)
    if sniff(head, "") == TAR:
        yield from open_tar(replace(file, open=unpack, path=None), limits, wanted)
    else:
        yield File(f"{file.name}!{PurePosixPath(file.name.rpartition('!')[2]).stem}", len(head), unpack, file.depth + 1)


def open_tar(file: File, limits: Limits, wanted: Columns) -> Iterator[File]:
    """The members of a tar archive. Each must be read before the next is asked for: the archive only streams by."""
    limits.check("max_depth", file.depth + 1, "archives within each other")
    taken: dict[str, int] = {}
    with file.open() as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
                number = 0
                while (member := archive.next()) is not None:
                    archive.members.clear()  # type: ignore[attr-defined]  # it would remember every one
                    limits.check("max_members", number := number + 1, "members in the archive")
                    if not member.isdir():
                        own = name_once(member_name(member.name), taken)
                        with _member(archive, member, f"{file.name}!{own}", file.depth + 1, limits) as found:
                            yield found
        except (tarfile.TarError, EOFError, OSError, ValueError) as error:
            raise Damaged(f"The tar archive is broken or cut off ({error}). Get it again or pack it anew.") from error


def member_name(name: str) -> str:
    """The name of a member as it was meant: tar has no flag, and Chinese systems wrote GBK or Big5.

    >>> member_name("年报.txt".encode("gbk").decode("utf-8", "surrogateescape"))
    '年报.txt'
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogateescape")
        return raw.decode(weigh(raw, DOUBLE_BYTE)[0], "replace")
    return name


@contextmanager
def _member(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str, depth: int, limits: Limits) -> Iterator[File]:
    """One member; a container among them, which is read more than once, is kept in a nameless file meanwhile."""
    opener = partial(_open, archive, member)
    if SUFFIXES.get(suffix_of(name)) not in BUNDLES or not member.isreg() or member.size > limits.max_nested_bytes:
        yield File(name, member.size, opener, depth)
        return
    with TemporaryFile() as kept:
        with opener() as stream:
            shutil.copyfileobj(stream, kept)
        yield File(name, member.size, partial(_reopen, cast("BinaryIO", kept)), depth)


def _reopen(kept: BinaryIO) -> BinaryIO:
    kept.flush()
    kept.seek(0)
    return os.fdopen(os.dup(kept.fileno()), "rb")


def _open(archive: tarfile.TarFile, member: tarfile.TarInfo) -> BinaryIO:
    if not member.isreg():
        called = SPECIAL.get(member.type, "no ordinary file")
        raise NotText(f"It is {called} in an archive, which is not followed. Nothing is to be done.")
    return cast("BinaryIO", archive.extractfile(member))


def _unpack(file: File, limits: Limits) -> BinaryIO:
    stream = file.open()
    head = stream.read(HEAD)
    stream.seek(0)
    unpacked = UNPACKERS[sniff(head, "")](stream)
    return cast("BinaryIO", io.BufferedReader(Bounded(unpacked, stream, max(FEW, limits.max_ratio * file.size))))


class Bounded(io.RawIOBase):
    """The unpacked bytes of a stream, up to `most` of them."""

    def __init__(self, unpacked: BinaryIO, packed: BinaryIO, most: int) -> None:
        self._unpacked, self._packed, self._most, self._at = unpacked, packed, most, 0

    def readable(self) -> bool:
        """It is read only."""
        return True

    def seekable(self) -> bool:
        """It is, at the price of unpacking anew."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place among the unpacked bytes."""
        self._at = self._unpacked.seek(offset, whence)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Raises TooLarge beyond the bound, Damaged where the packed bytes are broken."""
        try:
            data = self._unpacked.read(len(buffer))
        except (EOFError, OSError, lzma.LZMAError, ValueError) as error:
            raise Damaged(f"The packed file is broken or cut off ({error}). Get it again.") from error
        self._at += len(data)
        if self._at > self._most:
            raise TooLarge("It unpacks to more than max_ratio times its size. Raise limits.max_ratio.")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close what it reads from too."""
        self._unpacked.close()
        self._packed.close()
        super().close()
