"""The first look at an archive: which entries there are, and which lines they repeat.

Files are taken in groups. What a group holds is kept on disk beside the ledger, so that memory does not grow with the
archive and a resumed run looks again only at groups in which a file has changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.batch.inventory import Item, entries
from pipeline.config import Config
from pipeline.dataset.parts import write_whole
from pipeline.flow import attempt_read
from pipeline.records import Failure, RawText, Source

if TYPE_CHECKING:
    from pipeline.cleaning import Profile, ProfileCounter

GROUP = 500
"""Files in a group: enough that starting on one costs nothing, few enough that a change redoes little."""


class Entry(NamedTuple):
    """An entry of a file: its name, a digest of all that decides its rows, and its size in bytes."""

    name: str
    digest: str
    size: int


class Surveyed(NamedTuple):
    """A file and its entries in order."""

    item: Item
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The task of looking at some files, and where to keep what they hold."""

    number: int
    items: tuple[Item, ...]
    folder: Path
    config: Config

    @property
    def path(self) -> Path:
        """The file that keeps what the group holds."""
        return self.folder / f"group-{self.number:05}.jsonl"


def groups(items: Iterable[Item], folder: Path, config: Config) -> Iterator[Group]:
    """Cut the files of an archive into groups."""
    drawn, number = iter(items), 0
    while batch := tuple(islice(drawn, GROUP)):
        yield Group(number, batch, folder, config)
        number += 1


def survey_group(group: Group) -> tuple[Group, int]:
    """Look at every entry of a group, unless the same files were looked at before; give the number of entries."""
    key = _key(group)
    if _stands(group.path, key):
        return group, sum(len(surveyed.entries) for surveyed in read_group(group.path))
    counter = new_counter()
    lines, entries_found = [], 0
    for item in group.items:
        found = [_look(entry, counter, group.config) for entry in entries(item, group.config.reading)]
        entries_found += len(found)
        lines.append(json.dumps([item, found], ensure_ascii=False))
    body = "\n".join([json.dumps(counter.dump(), ensure_ascii=False), *lines]).encode("utf-8", "surrogatepass")
    write_whole(group.path, _head(key, body) + b"\n" + body)
    return group, entries_found


def _stands(path: Path, key: str) -> bool:
    """True where the same files were looked at before and what was found is whole."""
    if not path.is_file():
        return False
    head, _, body = path.read_bytes().partition(b"\n")
    return head == _head(key, body)


def _head(key: str, body: bytes) -> bytes:
    return json.dumps({"key": key, "sha256": sha256(body).hexdigest()}).encode()


def read_group(path: Path) -> Iterator[Surveyed]:
    """The files of a group that was surveyed."""
    with path.open(encoding="utf-8", errors="surrogatepass") as file:
        for line in islice(file, 2, None):
            item, found = json.loads(line)
            yield Surveyed(Item(*item), tuple(Entry(*entry) for entry in found))


def profile_of(paths: Iterable[Path]) -> Profile:
    """What the archive repeats, from the counts of all its groups."""
    total = new_counter()
    for path in paths:
        with path.open(encoding="utf-8", errors="surrogatepass") as file:
            counts = next(islice(file, 1, None))
        total.merge(total.load(json.loads(counts)))
    return total.freeze()


def new_counter() -> ProfileCounter:
    """An empty count."""
    from pipeline.cleaning import ProfileCounter

    return ProfileCounter()


def _look(entry: Source | Failure, counter: ProfileCounter, config: Config) -> Entry:
    """Take an entry's digest and count its lines."""
    if isinstance(entry, Failure):
        return Entry(entry.source, _digest(entry.source, entry.stage, entry.error, entry.message), 0)
    raw = attempt_read(entry, config) if config.cleaning.archive_profile else None
    if isinstance(raw, RawText):
        counter.add(raw.text)
    meta = json.dumps(dict(entry.meta), default=str)
    digest = _digest(entry.name, sha256(entry.data).hexdigest(), str(entry.media_type), meta)
    return Entry(entry.name, digest, len(entry.data))


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _key(group: Group) -> str:
    """A digest of the group's files, names and bytes: what decides what a survey of it finds."""
    parts = [group.config.digest()]
    for item in group.items:
        parts += item
        try:
            if os.path.isfile(item.path):  # a pipe would wait for its writer
                with open(item.path, "rb") as file:
                    parts.append(file_digest(file, "sha256").hexdigest())
        except OSError as error:
            parts.append(type(error).__name__)
    return _digest(*parts)
