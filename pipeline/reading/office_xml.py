"""Parts of an office file: XML in a zip archive, read within the limits and without any entity or address followed."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from pipeline.reading.limits import Limits
from pipeline.reading.refusals import Damaged, Encrypted, TooLarge

if TYPE_CHECKING:
    from lxml.etree import _Element

FEW = 2**20  # bytes below which no ratio is asked
ENCRYPTED = 0x1  # flag bit of a member


class Package:
    """An office file that is open; `broken` names its parts of which only a beginning could be read."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raises Damaged where the file is no zip archive any more."""
        self._limits = limits
        self.broken: list[str] = []
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:  # a broken archive raises all sorts
            raise Damaged(f"The office file is broken or cut off ({error}). Get it again.") from error
        self.names = self._archive.namelist()

    def part(self, name: str) -> _Element | None:
        """The root of a part, None where the file has no such part.

        Raises TooLarge where it unpacks beyond the limits, Damaged where it is no XML to speak of.
        """
        from lxml import etree

        if name not in self.names:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
        root = etree.fromstring(self._unpack(self._archive.getinfo(name)), parser)
        if root is None:
            raise Damaged(f"Its part {name} is no XML. Save it anew and run again.")
        if any(error.level_name != "WARNING" for error in parser.error_log):
            self.broken.append(name)
        return root

    def _unpack(self, member: zipfile.ZipInfo) -> bytes:
        self._limits.check("max_bytes", member.file_size, f"bytes in {member.filename}")
        if member.flag_bits & ENCRYPTED:
            raise Encrypted("It is under a password. Save it without one and run again.")
        if member.file_size > max(FEW, self._limits.max_ratio * member.compress_size):
            ratio = self._limits.max_ratio
            raise TooLarge(f"{member.filename} unpacks to over {ratio} times its size. Raise limits.max_ratio.")
        try:
            return self._archive.read(member)  # gives no more than file_size, which is within the limits
        except Exception as error:  # a broken member raises all sorts
            raise Damaged(f"Its part {member.filename} is broken ({error}). Get it again.") from error


def local_name(element: _Element) -> str:
    """The name of an element without its namespace, which differs between dialects; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element | None, name: str) -> str | None:
    """An attribute by its name without its namespace."""
    if element is None:
        return None
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), None)


def child(element: _Element | None, *names: str) -> _Element | None:
    """The element that lies below `element` along these names."""
    for name in names:
        if element is None:
            return None
        element = next((inner for inner in element if local_name(inner) == name), None)
    return element
