"""An archive in pieces of bounded size, and the one function that turns a piece into parts of the dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.batch.inventory import Item, entries
from pipeline.batch.ledger import Done
from pipeline.batch.survey import Entry, Surveyed
from pipeline.config import Config
from pipeline.dataset.parts import write_parts
from pipeline.dataset.rows import Rows
from pipeline.flow import attempt, process
from pipeline.kit import Kit, build_kit
from pipeline.records import Failure, Source

if TYPE_CHECKING:
    from pipeline.cleaning import Profile


class Slice(NamedTuple):
    """Some entries of one file: from number `start` up to `stop`."""

    item: Item
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Shard:
    """Consecutive entries that become one part of each table; `digest` is of all that is in them."""

    number: int
    slices: tuple[Slice, ...]
    names: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every shard of a run."""

    dataset: Path
    config: Config
    profile: Profile


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to be done; `done` is what the ledger says of it, `key` what the ledger must say for it to stand."""

    job: Job
    shard: Shard
    metadata: Mapping[str, Mapping[str, object]]
    key: str
    done: Done | None


def cut_shards(files: Iterable[Surveyed], most_entries: int, most_bytes: int) -> Iterator[Shard]:
    """Cut the entries, in order, into shards; a shard is closed before it holds more than is allowed.

    An entry that is larger than `most_bytes` has a shard of its own.
    """
    number, slices, held, size = 0, list[Slice](), list[Entry](), 0
    for item, found in files:
        first = 0
        for at, entry in enumerate(found):
            if held and (len(held) == most_entries or size + entry.size > most_bytes):
                yield _shard(number, [*slices, Slice(item, first, at)], held)
                number, slices, held, size, first = number + 1, [], [], 0, at
            held.append(entry)
            size += entry.size
        slices.append(Slice(item, first, len(found)))
    if held:
        yield _shard(number, slices, held)


def _shard(number: int, slices: Iterable[Slice], held: Iterable[Entry]) -> Shard:
    digest = sha256("".join(entry.digest for entry in held).encode()).hexdigest()
    return Shard(number, tuple(s for s in slices if s.start < s.stop), tuple(entry.name for entry in held), digest)


def run_shard(task: Task) -> Done:
    """Write the shard's parts, unless they stand as the ledger says, and tell what they hold."""
    if task.done and task.done.key == task.key and _stands(task.done, task.job.dataset):
        return task.done
    job, kit = task.job, kit_of(task.job.config, task.job.profile)
    rows, skipped = Rows(source_text=job.config.dataset.source_text), 0
    for entry in shard_entries(task.shard, job.config):
        failure = entry if isinstance(entry, Failure) else _take(rows, _with_metadata(entry, task.metadata), kit)
        if failure:
            rows.add_failure(failure)
            skipped += failure.stage == "skipped"
    parts = write_parts(job.dataset, task.shard.number, rows.tables)
    counts = {table: len(lines) for table, lines in rows.tables.items()}
    return Done(task.shard.number, task.key, parts, counts, skipped, rows.removed_chars)


def _take(rows: Rows, source: Source, kit: Kit) -> Failure | None:
    """Add the rows of a document; give the failure where there are none."""
    return attempt(lambda source: rows.add_report(process(source, kit)), source)


def shard_entries(shard: Shard, config: Config) -> Iterator[Source | Failure]:
    """The entries of a shard, read again from their files."""
    for item, start, stop in shard.slices:
        yield from entries(item, config, start, stop)


@lru_cache(maxsize=1)
def kit_of(config: Config, profile: Profile) -> Kit:
    """The tools of this worker, built for its first shard."""
    return build_kit(config, profile)


def _with_metadata(source: Source, metadata: Mapping[str, Mapping[str, object]]) -> Source:
    further = metadata.get(source.name)
    return replace(source, meta={**source.meta, **further}) if further else source


def _stands(done: Done, dataset: Path) -> bool:
    """True where every part of the shard is there, byte for byte as it was written."""
    for name, digest in done.parts.items():
        path = dataset / name
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != digest:
            return False
    return True
