"""The first look at an archive: which entries there are, and which lines they repeat.

Files are taken in groups, and what a group holds is kept on disk beside the ledger: memory does not grow with the
entries, and a resumed run over an archive that has not changed does not look again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import file_digest, sha256
from itertools import islice
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.batch.folder import IN_HAND, SURVEY
from pipeline.batch.guard import Losses, given_up, guard
from pipeline.batch.inventory import Item, entries, name_of
from pipeline.batch.selection import EVERYTHING, Selection
from pipeline.batch.spread import Spread
from pipeline.config import Config
from pipeline.dataset.parts import write_whole, writing
from pipeline.errors import PipelineError
from pipeline.flow import attempt
from pipeline.reading import is_there, lacked, read
from pipeline.records import Failure, Source

if TYPE_CHECKING:
    from pipeline.cleaning import Profile, ProfileCounter

GROUP = 500
"""Files in a group: enough that starting on one costs nothing, few enough that many workers have one each."""

NO_END = 1 << 62
"""Entries in a group, as long as nobody has counted them."""


class Entry(NamedTuple):
    """An entry of a file: its name, a digest of all that decides its rows, its size in bytes, its number in the file.

    `lost` says why it was given up, where workers died over it.
    """

    name: str
    digest: str
    size: int
    number: int
    lost: str = ""


class Surveyed(NamedTuple):
    """A file and the entries of it that are wanted, in order."""

    item: Item
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found: the groups in order (read them with `read_groups`), the number of entries, and the profile.

    `lacking` are the packages and programs for want of which it did not see more.
    """

    groups: tuple[Path, ...]
    entries: int
    profile: Profile
    lacking: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """Some files, the file that keeps what they hold, and the note of the entry in hand.

    `most` is how many entries are still wanted when it is its turn; None for all.
    """

    number: int
    items: tuple[Item, ...]
    path: Path
    note: Path
    config: Config
    selection: Selection
    most: int | None = None
    losses: Losses = field(default_factory=Losses)

    def without_worker(self, reason: str) -> Group:
        """The same once a worker died over it."""
        return replace(self, losses=self.losses.after(self.note, reason, self.config.batch, NO_END))


class Seen(NamedTuple):
    """What came of looking at a group: its number, its state, the entries wanted, the counted lines, what was lacking."""

    number: int
    state: str
    entries: int
    counter: ProfileCounter
    lacking: frozenset[str]


def survey(
    files: Callable[[], Iterable[Item]],
    state: Path,
    config: Config,
    spread: Spread,
    tell: Callable[[int], None],
    selection: Selection = EVERYTHING,
) -> Survey:
    """Look at every entry of the archive, or take over what an earlier run found in the same files.

    `state` is the folder of the run's state; `tell` hears the number of entries so far.
    """
    folder = state / SURVEY
    kept, head = _kept(folder)
    groups = partial(_groups, files, state, config, selection)
    if head and not any(map(is_there, kept.lacking)):
        known = islice(groups(), len(kept.groups) if selection.limit else None)
        if head == _digest(*(of_group for _, of_group in sorted(spread(group_state, known, _no_entry_in_hand)))):
            return kept
    counter, states, found, lacking = new_counter(folder / "lines"), [], 0, frozenset[str]()
    for seen in _looked_at(groups(), selection.limit, spread):
        with writing(folder):
            counter.merge(seen.counter)
        states.append((seen.number, seen.state))
        found += seen.entries
        lacking |= seen.lacking
        tell(found)
    result = Survey(tuple(_path(folder, number) for number, _ in sorted(states)), found, counter.freeze(), lacking)
    _keep(folder, result, _digest(*(of_group for _, of_group in sorted(states))))
    return result


def _looked_at(groups: Iterable[Group], limit: int | None, spread: Spread) -> Iterator[Seen]:
    """Groups side by side; one after the other where only the first entries are wanted, and none beyond those."""
    if limit is None:
        yield from spread(survey_group, groups, Group.without_worker)
        return
    for group in groups:
        (seen,) = spread(survey_group, [replace(group, most=limit)], Group.without_worker)
        yield seen
        limit -= seen.entries
        if limit <= 0:
            return


def survey_group(group: Group) -> Seen:
    """Look at every entry of a group. What is counted lies on disk when it is done: only where goes between processes."""
    counter, lines, count = new_counter(group.path.with_suffix("")), list[str](), 0
    with guard(group.note, group.config.batch) as in_hand, writing(group.path):
        look = _Look(group, counter, in_hand)
        for item in group.items:
            found = look.at(item)
            count += len(found)
            lines.append(json.dumps([item, found]) + "\n")
        counter.spill()
    write_whole(group.path, "".join(lines).encode())
    return Seen(*group_state(group), count, counter, frozenset(look.lacking))


class _Look:
    """Takes the digests of a group's entries and counts their lines."""

    def __init__(self, group: Group, counter: ProfileCounter, in_hand: Callable[[int], None]) -> None:
        self._group, self._counter, self._in_hand = group, counter, in_hand
        self._place = -1  # of an entry in the group, wanted or not
        self._left = inf if group.most is None else group.most
        self.lacking: set[str] = set()

    def at(self, item: Item) -> list[Entry]:
        """The wanted entries of a file."""
        found: list[Entry] = []
        drawn, number = entries(item, self._group.config), 0
        while self._left:
            source: Source | Failure | None
            self._place += 1  # the end of a file has a place of its own
            if lost := self._group.losses.entries.get(self._place, ""):
                source = given_up(f"{item.name}#{number + 1}" if number else item.name, lost)
                drawn = entries(item, self._group.config, number + 1)
            else:
                self._in_hand(self._place)
                if (source := next(drawn, None)) is None:
                    break
            if self._group.selection.takes(item.name, name_of(source)):
                found.append(self._entry(source, number, lost))
                self._left -= 1
            number += 1
        return found

    def _entry(self, source: Source | Failure, number: int, lost: str) -> Entry:
        if isinstance(source, Failure):
            self.lacking |= lacked(source)
            digest = _digest(source.source, source.stage, source.error, source.message)
            return Entry(source.source, digest, 0, number, lost)
        if self._group.config.cleaning.archive_profile:
            self.lacking |= count_lines(source, self._counter, self._group.config)
        meta = json.dumps(dict(source.meta), default=str)
        told = [str(said) for said in (source.title, source.published) if said]
        digest = _digest(source.name, sha256(source.data).hexdigest(), str(source.media_type), meta, *told)
        return Entry(source.name, digest, len(source.data), number)


def group_state(group: Group) -> tuple[int, str]:
    """The number of a group, and a digest of its files and of what was found in them."""
    parts = [group.config.digest(), repr(group.selection)]
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


def count_lines(source: Source, counter: ProfileCounter, config: Config) -> set[str]:
    """Count the lines of one entry, if it can be read; give the package or program that it would need otherwise."""
    raw = attempt(partial(read, limits=config.limits), source)
    if isinstance(raw, Failure):
        return lacked(raw)
    counter.add(raw.text)
    return set()


def new_counter(folder: Path | None = None) -> ProfileCounter:
    """An empty count of lines, which keeps in `folder` what does not fit into memory."""
    from pipeline.cleaning import ProfileCounter

    return ProfileCounter(folder)


def load_profile(state: Path) -> Profile:
    """The profile of the archive, as a worker needs it."""
    return _kept(state / SURVEY)[0].profile


def surveyed_entries(state: Path) -> int | None:
    """How many entries the archive has; None while that is not known."""
    kept, head = _kept(state / SURVEY)
    return kept.entries if head else None


def _groups(files: Callable[[], Iterable[Item]], state: Path, config: Config, selection: Selection) -> Iterator[Group]:
    drawn, number = (item for item in files() if selection.opens(item.name)), 0
    while items := tuple(islice(drawn, GROUP)):
        note = state / IN_HAND / f"group-{number:05}"
        yield Group(number, items, _path(state / SURVEY, number), note, config, selection)
        number += 1


def _no_entry_in_hand(group: Group, reason: str) -> Group:
    raise PipelineError(f"A worker died while it only summed up files ({reason}). Go on with --resume.")


def _path(folder: Path, number: int) -> Path:
    return folder / f"group-{number:05}.jsonl"


def _keep(folder: Path, found: Survey, state: str) -> None:
    """Note the outcome of a survey, with a checksum of its own."""
    lines = sorted(line.hex() for line in found.profile.lines)
    body = json.dumps([state, len(found.groups), found.entries, lines, sorted(found.lacking)])
    write_whole(folder / "survey.json", json.dumps([_digest(body), body]).encode())


def _kept(folder: Path) -> tuple[Survey, str]:
    """The outcome of an earlier survey and the state of the archive then; an empty state where there is none."""
    from pipeline.cleaning import EMPTY_PROFILE, Profile

    try:
        check, body = json.loads((folder / "survey.json").read_text(encoding="utf-8"))
        if check == _digest(body):
            state, count, found, lines, lacking = json.loads(body)
            profile = Profile(frozenset(bytes.fromhex(line) for line in lines))
            groups = tuple(_path(folder, number) for number in range(count))
            return Survey(groups, found, profile, frozenset(lacking)), state
    except (OSError, ValueError, TypeError):
        pass  # no survey yet, or one that a bad disk spoilt: look again
    return Survey((), 0, EMPTY_PROFILE), ""


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
