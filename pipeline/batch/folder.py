"""The folder of a dataset: what may be written into it, what stands in it already, and what is left over."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

from pipeline.batch.selection import Selection, selection_of
from pipeline.dataset.columns import DERIVED, TABLES
from pipeline.dataset.parts import TEMPORARY, write_whole, writing
from pipeline.errors import PipelineError, UsageError
from pipeline.pages.write import INDEX, PAGES

STATE = ".run"
"""Sub-folder with the ledger and the survey; readers of datasets pass over names that start with a dot."""

EXPLORED = ".explore"
"""Sub-folder with the database that the explorer serves."""

LEDGER, SURVEY, IN_HAND, CLAIM = "ledger.jsonl", "survey", "in_hand", "claim"
"""In it: shards done; what the archive holds; notes of the entries that workers have in hand; whose dataset it is."""
OPTIONS: Mapping[str, Callable[[Any], str]] = {
    "config.batch.shard_entries": lambda then: f"--shard-size {then}",
    "config.dataset.source_text": lambda then: f"{'without' if then else 'with'} --no-source-text",
    "config.reading.text_column": lambda then: f"--text-column {then}" if then else "without --text-column",
    "config.reading.title_column": lambda then: f"--title-column {then}" if then else "without --title-column",
    "config.reading.date_column": lambda then: f"--date-column {then}" if then else "without --date-column",
}
"""The options of a run by what they set, and how each is given so that it sets that."""
Tree = Mapping[str, object]
OURS = (*TABLES, *DERIVED, STATE, EXPLORED, PAGES, "manifest.json", "README.md", "croissant.json", INDEX)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run takes in: names of its INPUTs, which of their entries, and the file of metadata that joins them."""

    inputs: Sequence[str]
    selection: Selection
    metadata: str | None


def open_folder(dataset: Path, identity: Tree, taken: Taken, *, resume: bool, overwrite: bool) -> Path:
    """Make the folder ready for a run and give the folder of its state.

    `identity` is all that decides the rows besides the archive (version, configuration, models); a dataset that was
    begun with another identity, or that took in more than `taken`, cannot be gone on with. Raises UsageError where a
    dataset stands in the way.
    """
    state = dataset / STATE
    if dataset.exists() and not dataset.is_dir():
        raise UsageError(f"{dataset} is a file. Name a folder that is new or empty.")
    if overwrite:
        _clear(dataset)
    elif dataset.exists() and any(dataset.iterdir()):
        if not is_dataset(dataset):
            raise UsageError(f"{dataset} holds other files than a dataset. Name a folder that is new or empty.")
        if not resume:
            raise UsageError(f"{dataset} holds a dataset already. Go on with --resume, begin anew with --overwrite.")
        before, begun = _read_begun(state)
        _refuse_fewer(dataset, taken, before)
        _refuse_other(dataset, identity, begun)
    with writing(dataset):
        (dataset / "manifest.json").unlink(missing_ok=True)  # until the end the dataset is not complete
    begun = {**identity, **asdict(taken)}
    write_whole(state / "begun.json", json.dumps(begun, ensure_ascii=False, indent=1, sort_keys=True).encode())
    for folder in (*(dataset / table for table in TABLES), state / SURVEY, state / IN_HAND):
        with writing(folder):
            folder.mkdir(exist_ok=True)
    for note in (state / IN_HAND).iterdir():
        note.unlink()
    return state


def claim(state: Path) -> str:
    """Take the dataset over from any run that still writes to it; what is given is the proof."""
    proof = token_hex(8)
    write_whole(state / CLAIM, proof.encode())
    return proof


def holds_claim(dataset: Path, proof: str) -> bool:
    """Whether the run with this proof is still the one that writes to the dataset."""
    try:
        return (dataset / STATE / CLAIM).read_bytes() == proof.encode()
    except FileNotFoundError:  # begun anew, or removed
        return False


def check_claim(dataset: Path, proof: str) -> None:
    """Raises PipelineError where another run has taken the dataset over: workers of a cluster outlive their parent."""
    if not holds_claim(dataset, proof):
        raise PipelineError(f"Another run has taken {dataset} over. Leave it to that one, or wait until it is done.")


def sweep(dataset: Path, shards: int, groups: int) -> None:
    """Remove what a larger run left over: parts and groups beyond the last."""
    for folder, last in (*((dataset / table, shards) for table in TABLES), (dataset / STATE / SURVEY, groups)):
        for path in folder.iterdir():
            number = path.stem.partition("-")[2]
            if number.isdigit() and int(number) >= last:
                path.unlink()


def sweep_derived(dataset: Path) -> tuple[str, ...]:
    """Remove the tables that were made from other rows than those that are there now; give their names."""
    stale = tuple(table for table in DERIVED if (dataset / table).exists())
    for table in stale:
        shutil.rmtree(dataset / table, ignore_errors=True)
    return stale


def sweep_temporary(dataset: Path) -> None:
    """Remove what writers that were killed left half done; of a dataset that is ours, or another run loses its parts."""
    for path in dataset.rglob(f"{TEMPORARY}*"):
        with suppress(OSError):  # a disk that has become read-only has its own message
            path.unlink()


def is_dataset(folder: Path) -> bool:
    """Whether a run has begun a dataset in `folder`, or it is a copy of one that is complete."""
    whole = os.path.isfile(folder / "manifest.json") and os.path.isdir(folder / "documents")
    return whole or os.path.isdir(folder / STATE)  # false where it may not be looked into


def _clear(dataset: Path) -> None:
    """Remove a dataset, and nothing else that lies in its folder."""
    if dataset.exists() and not is_dataset(dataset) and any(dataset.iterdir()):
        raise UsageError(f"{dataset} holds other files than a dataset, which --overwrite leaves alone. Name another.")
    for path in (dataset / name for name in reversed(OURS)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _read_begun(state: Path) -> tuple[Taken, Tree]:
    try:
        begun = dict(json.loads((state / "begun.json").read_text(encoding="utf-8")))
        taken = Taken(tuple(begun.pop("inputs")), selection_of(begun.pop("selection")), begun.pop("metadata"))
        return taken, begun
    except (OSError, ValueError, KeyError):
        raise UsageError("It is not known how this dataset was begun. Begin anew with --overwrite.") from None


def _refuse_fewer(dataset: Path, now: Taken, before: Taken) -> None:
    """What is left out would take its rows with it, or what was joined to them."""
    if missing := [name for name in before.inputs if name not in now.inputs]:
        raise UsageError(
            f"{dataset} was begun with {', '.join(missing)} too, whose rows would go. Give all INPUTs again and new ones "
            "beside them, or begin anew with --overwrite."
        )
    if not now.selection.holds(before.selection):
        then = before.selection.options()
        raise UsageError(
            f"{dataset} was begun with {then or 'the whole archive'}, and {now.selection.options()} would take rows "
            f"away. Go on {f'with {then}' if then else 'without it'}, name another folder, or begin anew with --overwrite."
        )
    if before.metadata and now.metadata is None:
        raise UsageError(
            f"{dataset} was begun with the metadata {before.metadata}, which would go. Give --metadata again, or begin "
            "anew with --overwrite."
        )


def _refuse_other(dataset: Path, now: Tree, before: Tree) -> None:
    if found := differences(before, now):
        raise UsageError(
            f"{dataset} was begun otherwise: {'; '.join(found)}. {_set_back(before, now)}, or begin anew with --overwrite."
        )


def _set_back(before: Tree, now: Tree) -> str:
    """What to do so that the settings are those of then."""
    then, given = dict(_leaves(before, now)), dict(_leaves(now, before))
    asked = [option(then[key]) for key, option in OPTIONS.items() if then.get(key) != given.get(key)]
    return f"Set it back ({', '.join(asked)})" if asked else "Set it back"


def differences(before: Tree, now: Tree) -> list[str]:
    """What was otherwise before, in words.

    >>> differences({"version": "1.0", "knowledge": {"rules": "3f"}}, {"version": "1.1", "knowledge": {"rules": "a0"}})
    ['knowledge.rules has changed', "version was '1.0' and is '1.1'"]
    """
    return [
        f"{key} has changed" if key.startswith("knowledge.") else f"{key} was {was!r} and is {given!r}"
        for (key, was), (_, given) in zip(_leaves(before, now), _leaves(now, before), strict=True)
        if was != given
    ]


def _leaves(tree: Tree, other: Tree, above: str = "") -> Iterator[tuple[str, object]]:
    """The values of a tree under dotted names, in one order for both trees; None where only the other has one."""
    for key in sorted(tree.keys() | other.keys()):
        mine, theirs = tree.get(key), other.get(key)
        if isinstance(mine, Mapping) or isinstance(theirs, Mapping):
            yield from _leaves(_mapping(mine), _mapping(theirs), f"{above}{key}.")
        else:
            yield f"{above}{key}", mine


def _mapping(value: object) -> Tree:
    return value if isinstance(value, Mapping) else {}
