"""What a run would do, and how far one has come; nothing is written."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.folder import LEDGER, STATE
from pipeline.batch.inventory import find_roots, walk, wanted
from pipeline.batch.ledger import Ledger
from pipeline.batch.run import Order, Summary, summary_of
from pipeline.batch.survey import surveyed_entries
from pipeline.dataset.stored import Stored, open_dataset
from pipeline.records import Failure, Source


@dataclass(frozen=True, slots=True)
class Plan:
    """Files of the INPUTs that were looked at, the entries in them that would be taken, bytes of text.

    ``unreadable`` of these entries cannot be opened, ``skipped`` are no text by their kind. Whether the others can be
    decoded is not tried.
    """

    files: int
    entries: int
    unreadable: int
    skipped: int
    bytes: int


@dataclass(frozen=True, slots=True)
class State:
    """How far a run has come: what is written, of how many entries (None: not known yet), and failures by kind.

    ``exported`` says that the dataset was made of another, ``public`` that it is an edition without texts.
    """

    written: Summary
    entries: int | None
    complete: bool
    failures: dict[tuple[str, str], int]
    exported: bool = False
    public: bool = False


def plan(order: Order) -> Plan:
    """Look at every entry without decoding it. Raises UsageError where there is none, or the selection leaves none."""
    files = size = 0
    taken: Counter[str] = Counter()
    walked = walk(find_roots(order.inputs, order.stdin), order.dataset)
    for of_file in wanted(walked, order.selection, order.config):
        files += 1
        for entry in of_file:
            taken[entry.stage if isinstance(entry, Failure) else "text"] += 1
            size += len(entry.data) if isinstance(entry, Source) else 0
            if taken.total() == order.selection.limit:
                return _plan_of(files, taken, size)
    order.selection.check_taken(taken.total())
    return _plan_of(files, taken, size)


def _plan_of(files: int, taken: Counter[str], size: int) -> Plan:
    skipped, texts = taken["skipped"], taken["text"]
    return Plan(files, taken.total(), taken.total() - skipped - texts, skipped, size)


def state_of(dataset: Path) -> State:
    """How far the run that writes, or wrote, a dataset has come. Raises UsageError where there is none."""
    if not (dataset / STATE).is_dir():
        return _state_of_export(open_dataset(dataset))
    done = Ledger(dataset / STATE / LEDGER).done
    complete = (dataset / "manifest.json").is_file()
    entries = json.loads((dataset / "manifest.json").read_bytes())["entries"] if complete else None
    written = summary_of(done.values())
    return State(written, entries or surveyed_entries(dataset / STATE), complete, _failures(dataset, written.shards))


def _state_of_export(stored: Stored) -> State:
    """The state of a dataset that was exported from another and knows of its run what the manifest says."""
    manifest, parts = stored.manifest(), len(stored.parts("documents"))
    written = Summary(parts, manifest["rows"], 0, 0, manifest["content"])
    failures = _failures(stored.folder, parts)
    return State(written, manifest["entries"], complete=True, failures=failures, exported=True, public=stored.public)


def _failures(dataset: Path, shards: int) -> dict[tuple[str, str], int]:
    """Failures by stage and error, the most frequent first."""
    from pyarrow import parquet

    found: Counter[tuple[str, str]] = Counter()
    for part in sorted((dataset / "failures").glob("part-*.parquet")) if shards else ():
        table = parquet.read_table(part, columns=["stage", "error"])
        found.update(zip(*(column.to_pylist() for column in table.columns), strict=True))
    return dict(found.most_common())
