"""An archive to a dataset: inventory, survey, shards, card. What `report-pipeline run` does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.batch.engines import ENGINES, Spread
from pipeline.batch.folder import SURVEY, Tree, open_folder, sweep
from pipeline.batch.inventory import Item, find_roots, walk
from pipeline.batch.ledger import Done, Ledger
from pipeline.batch.metadata import Metadata, read_metadata
from pipeline.batch.shards import Job, Task, cut_shards, run_shard
from pipeline.batch.survey import Surveyed, read_groups, survey
from pipeline.config import Config
from pipeline.dataset.card import write_card
from pipeline.dataset.columns import TABLES
from pipeline.errors import UsageError
from pipeline.kit import knowledge_digests, version


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the user asks for. `stdin` is where the text for the INPUT ``-`` was put."""

    inputs: tuple[str, ...]
    dataset: Path
    config: Config
    engine: str = "local"
    workers: int = 1
    resume: bool = False
    overwrite: bool = False
    metadata: Path | None = None
    stdin: Path | None = None


class Progress(NamedTuple):
    """How far a run is: entries done of those known so far, and how many of them became no document."""

    step: Literal["looking", "working"]
    entries: int
    total: int | None
    failures: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a dataset holds. `skipped` of its failures were no text by their kind; `unmatched` metadata found no entry."""

    rows: dict[str, int]
    skipped: int
    removed_chars: int
    unmatched: tuple[str, ...]

    @property
    def entries(self) -> int:
        """All entries of the archive: each is a document or a failure."""
        return self.rows["documents"] + self.rows["failures"]


Tell = Callable[[Progress], None]


def run(order: Order, tell: Tell = lambda _: None) -> Summary:
    """Write the dataset, or what is missing of it; `tell` hears how far it is.

    Raises UsageError where there is nothing to do or a dataset stands in the way, PipelineError where a worker died
    or the disk is full; what is written by then is whole, and a run with ``resume`` goes on from there.
    """
    roots = find_roots(order.inputs, order.stdin)
    if next(walk(roots, order.dataset), None) is None:
        raise UsageError(f"There is no file in {', '.join(order.inputs)}. Name a folder that holds reports.")
    if order.engine not in ENGINES:
        raise UsageError(f"There is no engine {order.engine}. Engines: {', '.join(ENGINES)}.")
    metadata = read_metadata(order.metadata) if order.metadata else {}
    with ENGINES[order.engine](order.workers) as spread:
        return _run(order, roots, metadata, spread, tell)


def _run(order: Order, roots: list[Item], metadata: Metadata, spread: Spread, tell: Tell) -> Summary:
    config = order.config
    identity = identity_of(config)
    state = open_folder(order.dataset, identity, resume=order.resume, overwrite=order.overwrite)
    files = partial(walk, roots, order.dataset)
    found = survey(files, state / SURVEY, config, spread, lambda n: tell(Progress("looking", n, None, 0)))
    job = Job(order.dataset, config, found.profile)
    basis = _digest(identity, found.profile.digest)
    unmatched, shards = set(metadata), 0
    with Ledger(state / "ledger.jsonl") as ledger:
        tasks = _tasks(job, read_groups(found.groups), metadata, basis, ledger, unmatched)
        for done in _work(tasks, spread, found.entries, tell):
            ledger.record(done)
            shards += 1
        summary = _summary(ledger.keep(shards), unmatched)
    sweep(order.dataset, shards, len(found.groups))
    names = [root.name for root in roots]
    manifest = {
        **identity,
        "inputs": names,
        "profile": found.profile.digest,
        "shards": shards,
        "entries": summary.entries,
    }
    write_card(order.dataset, {**manifest, "skipped": summary.skipped, "rows": summary.rows})
    return summary


def identity_of(config: Config) -> Tree:
    """All that decides the rows besides the archive: version, configuration, rules and models."""
    settings = config.as_dict()
    del settings["rules"]  # what a user's tables say stands in the digests; where they lie does not count
    return {"version": version(), "config": settings, "knowledge": knowledge_digests(config)}


def _tasks(
    job: Job, files: Iterable[Surveyed], metadata: Metadata, basis: str, ledger: Ledger, unmatched: set[str]
) -> Iterator[Task]:
    """The shards of the archive with what is known of each; the metadata that found its entry leaves `unmatched`."""
    for shard in cut_shards(files, job.config.batch.shard_entries, job.config.batch.shard_bytes):
        known = {name: metadata[name] for name in shard.names if name in metadata}
        unmatched.difference_update(known)
        yield Task(job, shard, known, _digest(basis, shard.digest, known), ledger.done.get(shard.number))


def _work(tasks: Iterable[Task], spread: Spread, total: int, tell: Tell) -> Iterator[Done]:
    entries = failures = 0
    for done in spread(run_shard, tasks):
        yield done
        entries += done.rows["documents"] + done.rows["failures"]
        failures += done.rows["failures"]
        tell(Progress("working", entries, total, failures))


def _summary(shards: Iterable[Done], unmatched: Iterable[str]) -> Summary:
    rows: Counter[str] = Counter(dict.fromkeys(TABLES, 0))
    skipped = removed_chars = 0
    for done in shards:
        rows.update(done.rows)
        skipped += done.skipped
        removed_chars += done.removed_chars
    return Summary(dict(rows), skipped, removed_chars, tuple(sorted(unmatched)))


def _digest(*parts: object) -> str:
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
