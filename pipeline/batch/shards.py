"""An archive in pieces of bounded size, and the one function that turns a piece into parts of the dataset."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.batch.folder import IN_HAND, STATE, check_claim
from pipeline.batch.guard import Losses, given_up, guard
from pipeline.batch.inventory import Item, pick
from pipeline.batch.ledger import Done
from pipeline.batch.survey import Entry, Surveyed, load_profile
from pipeline.config import Config
from pipeline.dataset.parts import write_parts
from pipeline.dataset.rows import Rows
from pipeline.errors import PipelineError
from pipeline.flow import attempt, process
from pipeline.kit import Kit, build_kit, identity_of
from pipeline.reading import is_there, lacked
from pipeline.records import Failure, Source

if TYPE_CHECKING:
    from pipeline.cleaning import Profile


class Slice(NamedTuple):
    """Some entries of one file, by their numbers, which grow."""

    item: Item
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shard:
    """Entries, in order, that become one part of each table.

    `digest` is of all that is in them; `lost` are the places of those that workers died over when they were looked at.
    """

    number: int
    slices: tuple[Slice, ...]
    names: tuple[str, ...]
    digest: str
    lost: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every shard of a run.

    `identity` and `profile` are digests: of all knowledge, and of what the archive repeats. `claim` is the run's own.
    """

    dataset: Path
    config: Config
    identity: str
    profile: str
    claim: str


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to be done; `done` is what the ledger says of it, `key` what the ledger must say for it to stand."""

    job: Job
    shard: Shard
    metadata: Mapping[str, Mapping[str, object]]
    key: str
    done: Done | None
    losses: Losses = field(default_factory=Losses)

    @property
    def note(self) -> Path:
        """Where the worker writes down which entry it has in hand."""
        return self.job.dataset / STATE / IN_HAND / f"shard-{self.shard.number:05}"

    def without_worker(self, reason: str) -> Task:
        """The same once a worker died over it."""
        losses = self.losses.after(self.note, reason, self.job.config.batch, len(self.shard.names))
        return replace(self, losses=losses)


def cut_shards(files: Iterable[Surveyed], most_entries: int, most_bytes: int) -> Iterator[Shard]:
    """Cut the entries, in order, into shards; a shard is closed before it holds more than is allowed.

    An entry that is larger than `most_bytes` has a shard of its own.
    """
    number, size, held = 0, 0, list[tuple[Item, Entry]]()
    for item, found in files:
        for entry in found:
            if held and (len(held) == most_entries or size + entry.size > most_bytes):
                yield _shard(number, held)
                number, size, held = number + 1, 0, []
            held.append((item, entry))
            size += entry.size
    if held:
        yield _shard(number, held)


def _shard(number: int, held: list[tuple[Item, Entry]]) -> Shard:
    digest = sha256("".join(entry.digest for _, entry in held).encode()).hexdigest()
    slices = (
        Slice(item, tuple(entry.number for _, entry in of_item))
        for item, of_item in groupby(held, lambda pair: pair[0])
    )
    lost = {place: entry.lost for place, (_, entry) in enumerate(held) if entry.lost}
    return Shard(number, tuple(slices), tuple(entry.name for _, entry in held), digest, lost)


def run_shard(task: Task) -> Done:
    """Write the shard's parts, unless they stand as the ledger says, and tell what they hold."""
    if task.done and task.done.key == task.key and _stands(task.done, task.job.dataset):
        return task.done
    job, skipped, lacking = task.job, 0, set[str]()
    with guard(task.note, job.config.batch) as in_hand:
        kit = kit_of(job)
        rows = Rows(source_text=job.config.dataset.source_text)
        for entry in shard_entries(task, in_hand):
            failure = entry if isinstance(entry, Failure) else _take(rows, _with_metadata(entry, task.metadata), kit)
            if failure:
                rows.add_failure(failure)
                skipped += failure.stage == "skipped"
                lacking |= lacked(failure)
        in_hand(len(task.shard.names))
        check_claim(job.dataset, job.claim)
        tables = rows.tables()
        parts = write_parts(job.dataset, task.shard.number, tables)
    counts = {name: table.num_rows for name, table in tables.items()}
    return Done(task.shard.number, task.key, parts, counts, skipped, rows.removed_chars, sorted(lacking))


def _take(rows: Rows, source: Source, kit: Kit) -> Failure | None:
    """Add the rows of a document; give the failure where there are none."""
    return attempt(lambda source: rows.add_report(process(source, kit)), source)


def shard_entries(task: Task, in_hand: Callable[[int], None]) -> Iterator[Source | Failure]:
    """The entries of a shard, read again from their files; `in_hand` is told the place of each before it is touched."""
    place = 0
    for item, numbers in task.shard.slices:
        for lost, found in groupby(enumerate(numbers, place), lambda pair: task.losses.entries.get(pair[0])):
            run = list(found)
            drawn = iter(()) if lost else pick(item, [number for _, number in run], task.job.config)
            for at, _ in run:
                name = task.shard.names[at]
                if lost:
                    yield given_up(name, lost)
                    continue
                in_hand(at)
                yield next(drawn, None) or Failure(name, "read", "Changed", "It went while the run was going on.")
        place += len(numbers)


def digest_of(*parts: object) -> str:
    """SHA-256 of plain values."""
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def kit_of(job: Job) -> Kit:
    """The tools of this worker, built for its first shard.

    Raises PipelineError where the worker would make other rows than the run means: another version or other models.
    """
    return _kit(job.config, _profile(job))


@lru_cache(maxsize=1)
def _profile(job: Job) -> Profile:
    """The archive's profile, once it is sure that this worker has the same knowledge as the run."""
    if digest_of(identity_of(job.config)) != job.identity:
        raise PipelineError("A worker has another version, other rules or other models. Install the same everywhere.")
    profile = load_profile(job.dataset / STATE)
    if profile.digest != job.profile:
        raise PipelineError("A worker finds another archive profile. See that all workers share the dataset's folder.")
    return profile


@lru_cache(maxsize=1)
def _kit(config: Config, profile: Profile) -> Kit:
    """The tools, which stay as long as the worker: the collector of garbage need not look through them again and again."""
    gc.unfreeze()
    kit = build_kit(config, profile)
    gc.collect()
    gc.freeze()
    return kit


def _with_metadata(source: Source, metadata: Mapping[str, Mapping[str, object]]) -> Source:
    further = metadata.get(source.name)
    return replace(source, meta={**source.meta, **further}) if further else source


def _stands(done: Done, dataset: Path) -> bool:
    """True where every part of the shard is there as it was written, byte for byte, and no reader that it lacked is."""
    if any(map(is_there, done.lacking)):
        return False
    for name, digest in done.parts.items():
        path = dataset / name
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != digest:
            return False
    return True
