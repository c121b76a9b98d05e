"""Checked documents to gold: NAME.json and texts/NAME.txt, with a row for whatever could not be taken."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.annotate.anchors import NoAnchorError, anchor
from pipeline.annotate.marks import HEADING, METRIC, RESTORED, SEVERAL, Checked, Mark, Task
from pipeline.annotate.merging import Conflict, merge
from pipeline.dataset.parts import writing
from pipeline.errors import UsageError
from pipeline.gold.checks import KINDS, faults_of
from pipeline.gold.likeness import Record

REFUSED, CONFLICTS = "refused.csv", "conflicts.csv"
LABELS = (*KINDS, RESTORED, HEADING, METRIC)
PROPOSED = {"r": "boilerplate", "s": HEADING, "m": METRIC}
"""The label of a proposal by the letter of its id; of the kinds of removals any, since what is optional has none."""


class Refused(NamedTuple):
    """A mark that could not be taken, of which document and by whom, and why."""

    document: str
    by: str
    mark: Mark
    reason: str


class Result(NamedTuple):
    """What an import came to."""

    documents: int
    marks: int
    moved: int
    refused: list[Refused]
    conflicts: list[tuple[str, Conflict]]


def import_checked(
    checked: Iterable[Checked], folder: Path, choices: Mapping[str, Sequence[str]], *, overwrite: bool = False
) -> Result:
    """Write gold, and beside it what was refused and where people differ; give what came of it.

    Raises UsageError where there is nothing to take, or where gold of a document is there already.
    """
    documents: dict[str, list[Checked]] = {}
    for one in checked:
        documents.setdefault(one.task.source, []).append(one)
    if not documents:
        raise UsageError("No document is checked: annotate at least one task, or leave its row in the table.")
    result = Result(len(documents), 0, 0, [], [])
    golds: dict[str, tuple[str, Record]] = {}
    for versions in documents.values():
        task = versions[0].task
        if any(other.task.text != task.text for other in versions):
            raise UsageError(f"{task.source} has two texts. Give files of one export together.")
        name = _name_of(task, folder, golds, overwrite=overwrite)
        gold, result = _gold_of(name, versions, choices, result)
        golds[name] = task.text, gold
    with writing(folder):
        (folder / "texts").mkdir(parents=True, exist_ok=True)
        for name, (text, gold) in golds.items():
            (folder / "texts" / f"{name}.txt").write_bytes(text.encode("utf-8"))
            written = json.dumps(gold, ensure_ascii=False, indent=0) + "\n"
            (folder / f"{name}.json").write_text(written, encoding="utf-8", newline="\n")
        _write_rows(folder, result)
    return result


def _name_of(task: Task, folder: Path, taken: Mapping[str, object], *, overwrite: bool) -> str:
    """The name of a document in the folder: its own, with a number where another one has it."""
    number, name = 1, task.name
    while name in taken or (folder / f"{name}.json").is_file():
        if name not in taken:
            there = json.loads((folder / f"{name}.json").read_text(encoding="utf-8")).get("source")
            if there == task.source and overwrite:
                break
            if there == task.source:
                raise UsageError(
                    f"{folder} holds gold of {task.source} already. Give all files at once, or --overwrite."
                )
        number += 1
        name = f"{task.name}~{number}"
    return name


def _gold_of(
    name: str, versions: Sequence[Checked], choices: Mapping[str, Sequence[str]], result: Result
) -> tuple[Record, Result]:
    """The gold of one document from what each person said of it."""
    moved, by, left = result.moved, dict[str, list[Mark]](), dict[str, list[Mark]]()
    for one in versions:
        taken, refused = by.setdefault(one.by, []), left.setdefault(one.by, [])
        for mark in one.task.marks:
            try:
                span = anchor(one.task.text, mark)
                placed = mark._replace(start=span.start, end=span.end, quote=one.task.text[span.start : span.end])
                _record(placed, choices)
            except (NoAnchorError, ValueError) as error:
                result.refused.append(Refused(name, one.by, mark, str(error)))
                refused += _unjudged(one.task.text, mark)
                continue
            moved += (mark.start, mark.end) != tuple(span)
            taken.append(placed)
    merged = merge(by, left)
    result.conflicts.extend((name, conflict) for conflict in merged.conflicts)
    task = versions[0].task
    gold: Record = {"source": task.source}
    for layer, lists in LISTS.items():
        if layer in task.layers:
            marks = [mark for mark in merged.marks if mark.layer == layer]
            gold |= {called: [_record(m, choices) for m in marks if takes(m)] for called, takes in lists.items()}
    metrics = [mark.id for mark in merged.marks if mark.label == METRIC]
    for record in gold.get("metrics", []):
        record["part_of"] = metrics.index(record["part_of"]) if record["part_of"] in metrics else None
    return gold, result._replace(marks=result.marks + len(merged.marks), moved=moved)


def _unjudged(text: str, mark: Mark) -> Iterator[Mark]:
    """A refused mark as one that nobody has judged: optional, at its place. None where that is not known.

    A label that is none is that of the proposal, which its id tells.
    """
    label = mark.label if mark.label in LABELS else PROPOSED.get(re.sub(r"\d+$", "", mark.id))
    try:
        start, end = anchor(text, mark)
    except NoAnchorError:
        start, end = mark.start or 0, mark.end or 0
    if label in LABELS and label != RESTORED and 0 <= start < end <= len(text):
        level = mark.fields.get("level", "")
        said = {METRIC: {"value": ".."}, HEADING: {"level": level if level.isdecimal() else "1"}}.get(label, {})
        yield Mark(mark.id, label, text[start:end], start, end, {**said, "optional": "yes"})


LISTS: Mapping[str, Mapping[str, Callable[[Mark], bool]]] = {
    "sections": {"headings": lambda _: True},
    "metrics": {"metrics": lambda _: True},
    "removals": {
        "removed": lambda mark: mark.label != RESTORED,
        "restored": lambda mark: mark.label == RESTORED,
    },
}
"""The lists of gold that each layer fills."""


def _record(mark: Mark, choices: Mapping[str, Sequence[str]]) -> Record:
    """A mark as a record of gold; raises ValueError where a field says what gold cannot."""
    fields, place = mark.fields, {"start": mark.start, "end": mark.end}
    several = {name: [part.strip() for part in fields.get(name, "").split("|") if part.strip()] for name in SEVERAL}
    optional = {"optional": True} if fields.get("optional") else {}
    if mark.label in KINDS:
        return {**place, "kind": mark.label, **optional}
    if mark.label == RESTORED:
        return {**place, "text": fields.get("after", "")}
    if mark.label == HEADING:
        labels = {axis: several[axis] for axis in ("topic", "role")}
        for axis, said in labels.items():
            if unknown := [label for label in said if label not in choices[axis]]:
                raise ValueError(f"there is no {axis} {', '.join(unknown)}; known: {', '.join(choices[axis])}")
        return {**place, "level": _level(fields.get("level", "")), **labels, "optional": bool(optional)}
    if mark.label != METRIC:
        raise ValueError(f"there is no label {mark.label!r}: {', '.join(LABELS)}")
    value, low, high = _numbers(fields.get("value", ""))
    record = {
        **place, "quantity": mark.quote, "value": value, "low": low, "high": high, "unit": fields.get("unit", ""),
        **{name: fields.get(name) or None for name in ("approx", "status", "change", "period")},
        "names": several["name"], "subjects": several["subject"], "part_of": fields.get("part_of"), **optional,
    }  # fmt: skip
    record["approx"], record["change"] = record["approx"] or "exact", record["change"] or "level"
    if faults := list(faults_of(record)):
        raise ValueError("; ".join(faults))
    return record


def _level(written: str) -> int:
    if not written.isdecimal():
        raise ValueError(f"level {written!r} is no number: 0 for the title, then 1, 2 …")
    return int(written)


def _numbers(written: str) -> tuple[float | None, float | None, float | None]:
    """Value, or lower and upper bound."""
    try:
        if ".." in written:
            low, high = (float(part) if part else None for part in written.split(".."))
            return None, low, high
        return float(written.replace(",", "")), None, None
    except ValueError:
        raise ValueError(f"value {written!r} is no number, and no range like 3..5") from None


def _write_rows(folder: Path, result: Result) -> None:
    """Write what was refused, with all that it said, and where people differ; no file where there is nothing to tell."""
    refused = [
        [r.document, r.by, r.reason, r.mark.id, r.mark.label, r.mark.before, r.mark.quote, *_fields(r.mark)]
        for r in result.refused
    ]
    differing = [
        [document, c.mark.id, c.mark.label, c.mark.quote, c.field, *(f"{who}: {said}" for who, said in c.said.items())]
        for document, c in result.conflicts
    ]
    heads = {
        REFUSED: ["document", "by", "reason", "id", "label", "before", "quote", "fields"],
        CONFLICTS: ["document", "id", "label", "quote", "field", "said"],
    }
    for name, rows in ((REFUSED, refused), (CONFLICTS, differing)):
        (folder / name).unlink(missing_ok=True)
        if rows:
            with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([heads[name], *rows])


def _fields(mark: Mark) -> list[str]:
    return [f"{name}={said}" for name, said in {"start": mark.start, "end": mark.end, **mark.fields}.items()]
