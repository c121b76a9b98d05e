"""An archive to a dataset: inventory, survey, shards, card. What `report-pipeline run` does."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.batch.engines import ENGINES
from pipeline.batch.finish import finish
from pipeline.batch.folder import (
    LEDGER,
    STATE,
    Taken,
    check_claim,
    claim,
    holds_claim,
    open_folder,
    sweep,
    sweep_derived,
    sweep_temporary,
)
from pipeline.batch.guard import Losses
from pipeline.batch.inventory import find_roots, name_of, walk, wanted
from pipeline.batch.ledger import Done, Ledger
from pipeline.batch.metadata import Metadata, read_metadata
from pipeline.batch.proofs import prove
from pipeline.batch.selection import EVERYTHING, Selection
from pipeline.batch.shards import Job, Task, cut_shards, digest_of, run_shard
from pipeline.batch.spread import Spread
from pipeline.batch.survey import Survey, Surveyed, read_groups, survey
from pipeline.config import Config
from pipeline.dataset.columns import TABLES
from pipeline.errors import UsageError
from pipeline.kit import build_kit, figures_of, identity_of, library_versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the user asks for. `stdin` is where the text for the INPUT ``-`` was put."""

    inputs: tuple[str, ...]
    dataset: Path
    config: Config
    engine: str = "local"
    workers: int = 1
    scheduler: str | None = None
    selection: Selection = EVERYTHING
    resume: bool = False
    overwrite: bool = False
    metadata: Path | None = None
    stdin: Path | None = None


class Progress(NamedTuple):
    """How far a run is: entries done of those known so far, of them those that an earlier run did, and the failures."""

    step: Literal["looking", "working"]
    entries: int
    total: int | None
    stood: int
    failures: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a dataset holds. `skipped` of its failures were no text by their kind.

    `unmatched` metadata found no entry; `shadowed` columns of theirs are named as what the program finds by itself.
    `stale` are the derived tables that were removed, since the rows that they were made of are no longer the same.
    `content` is one digest of all parts: equal for equal rows in shards of one size, written by one version of pyarrow.
    """

    shards: int
    rows: dict[str, int]
    skipped: int
    removed_chars: int
    content: str
    unmatched: tuple[str, ...] = ()
    shadowed: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()

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
    if order.engine not in ENGINES:
        raise UsageError(f"There is no engine {order.engine}. Engines: {', '.join(ENGINES)}.")
    with ENGINES[order.engine](order.workers, order.scheduler) as spread:
        return run_on(spread, order, tell)


def run_on(spread: Spread, order: Order, tell: Tell = lambda _: None) -> Summary:
    """The same with workers that are there already."""
    roots = find_roots(order.inputs, order.stdin)
    if os.path.realpath(order.dataset) in (os.path.realpath(root.path) for root in roots):
        raise UsageError(f"{order.dataset} is an INPUT. Name a folder of its own for the dataset with -o.")
    files = partial(walk, roots, order.dataset)
    if next(files(), None) is None:
        raise UsageError(f"There is no file in {', '.join(order.inputs)}. Name a folder that holds reports.")
    if order.selection.narrows:  # looked at before anything is written or overwritten
        found = chain.from_iterable(wanted(files(), order.selection, order.config))
        order.selection.check_taken(any(True for _ in found))
    if order.config.rules.folder:
        prove(build_kit(order.config))
    metadata = read_metadata(order.metadata) if order.metadata else None
    if metadata and order.selection == EVERYTHING:
        metadata.check_fits(map(name_of, chain.from_iterable(wanted(files(), EVERYTHING, order.config))))
    dataset, identity = order.dataset.absolute(), identity_of(order.config)
    inputs = [root.name for root in roots]
    taken = Taken(inputs, order.selection, metadata.name if metadata else None)
    state = open_folder(dataset, identity, taken, resume=order.resume, overwrite=order.overwrite)
    proof = claim(state)
    try:
        before = summary_of(Ledger(state / LEDGER).done.values())
        looking = lambda entries: tell(Progress("looking", entries, None, 0, 0))  # noqa: E731
        surveyed = survey(files, state, order.config, spread, looking, order.selection)
        order.selection.check_taken(surveyed.entries)
        job = Job(dataset, order.config, digest_of(identity), surveyed.profile.digest, proof)
        summary = _work(job, surveyed, metadata, spread, tell)
        check_claim(dataset, proof)
        sweep(dataset, summary.shards, len(surveyed.groups))
        if summary.content != before.content:
            summary = replace(summary, stale=sweep_derived(dataset))
    finally:
        if holds_claim(dataset, proof):
            sweep_temporary(dataset)
    manifest = {
        **identity,
        "inputs": inputs,
        "selection": asdict(order.selection),
        "metadata": {"name": metadata.name, "sha256": metadata.sha256} if metadata else None,
        "libraries": library_versions(),
        "figures": figures_of(order.config),
        "profile": job.profile,
        "shards": summary.shards,
        "entries": summary.entries,
        "skipped": summary.skipped,
        "rows": summary.rows,
        "content": summary.content,
    }
    finish(dataset, manifest, order.config)
    return summary


def _work(job: Job, found: Survey, metadata: Metadata | None, spread: Spread, tell: Tell) -> Summary:
    """Do the shards that are missing, and note each in the ledger; give what all of them hold."""
    known = metadata.rows if metadata else {}
    unmatched, shards, entries, stood, failures = set(known), 0, 0, 0, 0
    with Ledger(job.dataset / STATE / LEDGER) as ledger:
        tasks = _tasks(job, read_groups(found.groups), known, ledger, unmatched)
        for done in spread(run_shard, tasks, Task.without_worker):
            stood += done.entries if ledger.done.get(done.shard) == done else 0
            ledger.record(done)
            shards, entries, failures = shards + 1, entries + done.entries, failures + done.rows["failures"]
            tell(Progress("working", entries, found.entries, stood, failures))
        summary = summary_of(ledger.keep(shards))
    shadowed = metadata.shadowed() if metadata else ()
    return replace(summary, unmatched=tuple(sorted(unmatched)), shadowed=shadowed)


def _tasks(
    job: Job,
    files: Iterable[Surveyed],
    metadata: Mapping[str, Mapping[str, str | None]],
    ledger: Ledger,
    unmatched: set[str],
) -> Iterator[Task]:
    """The shards of the archive with what is known of each; the metadata that found its entry leaves `unmatched`."""
    for shard in cut_shards(files, job.config.batch.shard_entries, job.config.batch.shard_bytes):
        known = {name: metadata[name] for name in shard.names if name in metadata}
        unmatched.difference_update(known)
        key = digest_of(job.identity, job.profile, shard.digest, known)
        yield Task(job, shard, known, key, ledger.done.get(shard.number), Losses(entries=shard.lost))


def summary_of(shards: Iterable[Done]) -> Summary:
    """What shards hold together."""
    rows: Counter[str] = Counter(dict.fromkeys(TABLES, 0))
    count = skipped = removed_chars = 0
    content = sha256()
    for done in shards:
        count += 1
        content.update(json.dumps(done.parts, sort_keys=True).encode())
        rows.update(done.rows)
        skipped += done.skipped
        removed_chars += done.removed_chars
    return Summary(count, dict(rows), skipped, removed_chars, content.hexdigest())
