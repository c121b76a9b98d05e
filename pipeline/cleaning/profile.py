"""Which lines repeat over an archive: a head or foot of a site stands in many documents, a report's own line in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from heapq import merge
from itertools import groupby, islice
from pathlib import Path
from tempfile import mkdtemp

from pipeline.language.widths import fold_width

SHORTEST, LONGEST = 4, 300  # letters of a line that is worth counting
HELD = 1 << 18  # pairs of line and document in memory before they go to disk
RUNS = 32  # files of pairs before they become one
KEY, PAIR = 8, 16  # bytes
_NOT_LETTERS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_LAST_SENTENCE = re.compile(r"(?<=[。！？!?；;])[^。！？!?；;\n]+[。！？!?；;]*$", re.MULTILINE)


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
    """Counts the documents that each line and each last sentence of a paragraph stands in, whatever the order, the
    split over workers, or copies.

    What is counted are pairs of hashes, of a line and of a text that it stands in. A fixed number of them is held in
    memory; the rest lies sorted in files (in `folder`, or a temporary one), so that memory does not grow with the
    archive.
    """

    def __init__(self, folder: Path | None = None, documents: int = 5, held: int = HELD) -> None:
        self.documents, self._held = documents, held
        self._folder = folder
        self._pairs: set[bytes] = set()
        self._runs: list[Path] = []
        self._written = 0

    def add(self, text: str) -> None:
        """Count the lines of one document."""
        document = _digest(text)
        stretches = {*text.splitlines(), *_LAST_SENTENCE.findall(text)}
        self._pairs.update(key + document for stretch in stretches if (key := line_key(stretch)))
        if len(self._pairs) > self._held:
            self.spill()

    def merge(self, other: ProfileCounter) -> None:
        """Take over what another counter counted; its files are ours from then on."""
        self._pairs |= other._pairs
        self._runs += other._runs
        other._runs = []
        if len(self._pairs) > self._held:
            self.spill()
        if len(self._runs) > RUNS:
            runs, self._runs = self._runs, []
            self._write(self._fewest(map(_read, runs)))
            _remove(runs)

    def spill(self) -> None:
        """Put what is held in memory into a file."""
        if self._pairs:
            self._write(iter(sorted(self._pairs)))
            self._pairs = set()

    def freeze(self) -> Profile:
        """The lines that stand in at least `documents` different texts; nothing is left on disk."""
        counted = groupby(self._fewest([iter(sorted(self._pairs)), *map(_read, self._runs)]), _key)
        lines = frozenset(key for key, pairs in counted if sum(1 for _ in pairs) == self.documents)
        _remove(self._runs)
        return Profile(lines)

    def _fewest(self, runs: Iterable[Iterator[bytes]]) -> Iterator[bytes]:
        """The pairs of all runs in order, of each line as many as are needed to say that it repeats."""
        for _, pairs in groupby(merge(*runs), _key):
            yield from islice((pair for pair, _ in groupby(pairs)), self.documents)

    def _write(self, pairs: Iterator[bytes]) -> None:
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="report-pipeline-"))
        path = self._folder / f"lines-{self._written:05}.pairs"
        self._written += 1
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(pairs)
        self._runs.append(path)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while pair := file.read(PAIR):
            yield pair


def _remove(runs: Iterable[Path]) -> None:
    for path in runs:
        path.unlink(missing_ok=True)
        with suppress(OSError):  # others may still lie beside it
            path.parent.rmdir()


def _key(pair: bytes) -> bytes:
    return pair[:KEY]


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
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY).digest()
