"""Which lines repeat over an archive: a head or foot of a site stands in many documents, a report's own line in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from pipeline.language.widths import fold_width

SHORTEST, LONGEST = 4, 300  # letters of a line that is worth counting
_NOT_LETTERS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Profile:
    """The lines that stand in many documents, as hashes; small enough to hand to every worker."""

    lines: frozenset[bytes] = frozenset()

    def repeats(self, line: str) -> bool:
        """Whether the archive repeats `line`, its numbers and punctuation aside."""
        return bool(self.lines) and line_key(line) in self.lines

    @property
    def digest(self) -> str:
        """Name of this profile: the same for the same lines."""
        return blake2b(b"".join(sorted(self.lines)), digest_size=16).hexdigest()


EMPTY_PROFILE = Profile()


class ProfileCounter:
    """Counts the documents that each line stands in, whatever the order, the split over workers, or copies.

    Of each line only the `documents` smallest hashes of the texts that it stands in are kept: as many as are needed
    to say that it repeats, and the same ones in whatever order the texts come.
    """

    def __init__(self, documents: int = 5) -> None:
        self.documents = documents
        self._texts: dict[bytes, tuple[bytes, ...]] = {}

    def add(self, text: str) -> None:
        """Count the lines of one document."""
        document = _digest(text)
        self._put({key: (document,) for line in set(text.splitlines()) if (key := line_key(line))})

    def merge(self, other: ProfileCounter) -> None:
        """Take over what another counter counted."""
        self._put(other._texts)

    def freeze(self) -> Profile:
        """The lines that stand in at least `documents` different texts."""
        return Profile(frozenset(line for line, texts in self._texts.items() if len(texts) == self.documents))

    def _put(self, counted: Mapping[bytes, Iterable[bytes]]) -> None:
        for line, texts in counted.items():
            known = self._texts.get(line, ())
            self._texts[line] = tuple(sorted({*known, *texts})[: self.documents])


def line_key(line: str) -> bytes:
    """Hash of a line without its numbers, blanks and punctuation; empty where too little or too much is left.

    >>> line_key("— 第 3 页 · 某某文库 —") == line_key("第12页　某某文库")
    True
    """
    if len(line) > 4 * LONGEST:
        return b""
    letters = _DIGITS.sub("0", _NOT_LETTERS.sub("", fold_width(line)))
    return _digest(letters) if SHORTEST <= len(letters) <= LONGEST else b""


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
