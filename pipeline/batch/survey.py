"""The first look at an archive: which entries there are, and which lines they repeat.

Files are taken in groups, and what a group holds is kept on disk beside the ledger: memory does not grow with the
entries, and a resumed run over an archive that has not changed does not look again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.batch.engines import Spread
from pipeline.batch.inventory import Item, entries
from pipeline.config import Config
from pipeline.dataset.parts import write_whole
from pipeline.flow import attempt
from pipeline.reading import read
from pipeline.records import Failure, RawText, Source

if TYPE_CHECKING:
    from pipeline.cleaning import Profile, ProfileCounter

GROUP = 500
"""Files in a group: enough that starting on one costs nothing, few enough that many workers have one each."""


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
class Survey:
    """What was found: the groups in order (read them with `read_groups`), the number of entries, and the profile."""

    groups: tuple[Path, ...]
    entries: int
    profile: Profile


@dataclass(frozen=True, slots=True)
class Group:
    """Some files, and the file that keeps what they hold."""

    number: int
    items: tuple[Item, ...]
    path: Path
    config: Config


def survey(
    files: Callable[[], Iterable[Item]], folder: Path, config: Config, spread: Spread, tell: Callable[[int], None]
) -> Survey:
    """Look at every entry of the archive, or take over what an earlier run found in the same files.

    `tell` hears the number of entries so far.
    """
    kept, head = _kept(folder)
    if head:
        states = sorted(spread(group_state, _groups(files(), folder, config)))
        if head == _digest(*(state for _, state in states)):
            return kept
    counter, states, found = new_counter(folder / "lines"), [], 0
    for number, state, count, counted in spread(survey_group, _groups(files(), folder, config)):
        counter.merge(counted)
        states.append((number, state))
        found += count
        tell(found)
    result = Survey(tuple(_path(folder, number) for number, _ in sorted(states)), found, counter.freeze())
    _keep(folder, result, _digest(*(state for _, state in sorted(states))))
    return result


def survey_group(group: Group) -> tuple[int, str, int, ProfileCounter]:
    """Look at every entry of a group; give its number, its state, the number of its entries and the counted lines.

    The lines lie on disk when the group is done: what goes between processes is where.
    """
    counter, lines, count = new_counter(group.path.with_suffix("")), [], 0
    for item in group.items:
        found = [_look(entry, counter, group.config) for entry in entries(item, group.config)]
        count += len(found)
        lines.append(json.dumps([item, found]) + "\n")
    counter.spill()
    write_whole(group.path, "".join(lines).encode())
    return *group_state(group), count, counter


def group_state(group: Group) -> tuple[int, str]:
    """The number of a group, and a digest of its files and of what was found in them."""
    parts = [group.config.digest()]
    for path, name in (*group.items, (str(group.path), "")):
        parts += path, name
        try:
            if os.path.isfile(path):  # a pipe would wait for its writer
                with open(path, "rb") as file:
                    parts.append(file_digest(file, "sha256").hexdigest())
        except OSError as error:
            parts.append(type(error).__name__)
    return group.number, _digest(*parts)


def read_groups(paths: Iterable[Path]) -> Iterator[Surveyed]:
    """The files of the archive in order, each with its entries."""
    for path in paths:
        with path.open(encoding="utf-8") as file:
            for line in file:
                item, found = json.loads(line)
                yield Surveyed(Item(*item), tuple(Entry(*entry) for entry in found))


def count_lines(source: Source, counter: ProfileCounter, config: Config) -> None:
    """Count the lines of one entry, if it can be read."""
    raw = attempt(partial(read, limits=config.limits), source)
    if isinstance(raw, RawText):
        counter.add(raw.text)


def new_counter(folder: Path | None = None) -> ProfileCounter:
    """An empty count of lines, which keeps in `folder` what does not fit into memory."""
    from pipeline.cleaning import ProfileCounter

    return ProfileCounter(folder)


def _groups(files: Iterable[Item], folder: Path, config: Config) -> Iterator[Group]:
    drawn, number = iter(files), 0
    while items := tuple(islice(drawn, GROUP)):
        yield Group(number, items, _path(folder, number), config)
        number += 1


def _path(folder: Path, number: int) -> Path:
    return folder / f"group-{number:05}.jsonl"


def _look(entry: Source | Failure, counter: ProfileCounter, config: Config) -> Entry:
    """Take an entry's digest and count its lines."""
    if isinstance(entry, Failure):
        return Entry(entry.source, _digest(entry.source, entry.stage, entry.error, entry.message), 0)
    if config.cleaning.archive_profile:
        count_lines(entry, counter, config)
    meta = json.dumps(dict(entry.meta), default=str)
    digest = _digest(entry.name, sha256(entry.data).hexdigest(), str(entry.media_type), meta)
    return Entry(entry.name, digest, len(entry.data))


def _keep(folder: Path, found: Survey, state: str) -> None:
    """Note the outcome of a survey, with a checksum of its own."""
    lines = sorted(line.hex() for line in found.profile.lines)
    body = json.dumps([state, len(found.groups), found.entries, lines])
    write_whole(folder / "survey.json", json.dumps([_digest(body), body]).encode())


def _kept(folder: Path) -> tuple[Survey, str]:
    """The outcome of an earlier survey and the state of the archive then; an empty state where there is none."""
    from pipeline.cleaning import EMPTY_PROFILE, Profile

    try:
        check, body = json.loads((folder / "survey.json").read_text(encoding="utf-8"))
        if check == _digest(body):
            state, count, found, lines = json.loads(body)
            profile = Profile(frozenset(bytes.fromhex(line) for line in lines))
            return Survey(tuple(_path(folder, number) for number in range(count)), found, profile), state
    except (OSError, ValueError, TypeError):
        pass  # no survey yet, or one that a bad disk spoilt: look again
    return Survey((), 0, EMPTY_PROFILE), ""


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
