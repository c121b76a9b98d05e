"""What a run has done so far, one line a shard, each with its own checksum.

An append-only file of lines, rather than a database: a line that a power cut or a bad disk spoils is known by its
checksum and only its shard is done again, whereas a torn database is lost whole; it needs no locks, which network
file systems of clusters do badly; and anybody can read it. Only the parent of a run writes to it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from pipeline.dataset.parts import write_whole, writing


@dataclass(frozen=True, slots=True)
class Done:
    """A shard whose parts are written: what went in (`key`), the digest of each part by its path, and what came out.

    `lacking` are the packages and programs for want of which entries of it were not read.
    """

    shard: int
    key: str
    parts: dict[str, str]
    rows: dict[str, int]
    skipped: int
    removed_chars: int
    lacking: list[str] = field(default_factory=list)

    @property
    def entries(self) -> int:
        """Each is a document or a failure."""
        return self.rows["documents"] + self.rows["failures"]


class Ledger:
    """The lines of a run; use it as a context manager while writing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done = {done.shard: done for done in _read(path)}

    def __enter__(self) -> Ledger:
        """Write what was whole back, so that a torn last line cannot spoil the next one, and stay open."""
        write_whole(self.path, b"".join(map(_line, self.done.values())))
        self._file = self.path.open("ab")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def record(self, done: Done) -> None:
        """Note a shard as done; on disk before the call returns."""
        if self.done.get(done.shard) == done:
            return
        self.done[done.shard] = done
        with writing(self.path):
            self._file.write(_line(done))
            self._file.flush()
            os.fsync(self._file.fileno())

    def keep(self, shards: int) -> Iterable[Done]:
        """Forget shards from number `shards` up, and give the others in order."""
        self.done = {number: self.done[number] for number in sorted(self.done) if number < shards}
        return self.done.values()


def _line(done: Done) -> bytes:
    body = json.dumps(asdict(done), sort_keys=True).encode()
    return sha256(body).hexdigest()[:16].encode() + b" " + body + b"\n"


def _read(path: Path) -> Iterable[Done]:
    """The lines that are whole and of this form, later ones over earlier ones of the same shard."""
    if not path.is_file():
        return
    for line in path.read_bytes().splitlines():
        check, _, body = line.partition(b" ")
        if sha256(body).hexdigest()[:16].encode() == check:
            try:
                done = Done(**json.loads(body))
            except TypeError:  # another version wrote it, with other fields
                continue
            yield done
