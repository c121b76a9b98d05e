"""Documents of a dataset as tasks: their source texts with what the pipeline made of them marked in place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.annotate.marks import HEADING, METRIC, RESTORED, Mark, Task
from pipeline.annotate.sampling import open_table
from pipeline.errors import UsageError
from pipeline.gold.likeness import squeeze
from pipeline.terminal.clean import file_name

Row = dict[str, Any]
BEFORE = 12
"""Characters that are given before a quote, to find it again where offsets have moved."""


def tasks_of(dataset: Path, doc_ids: Sequence[str], layers: Sequence[str]) -> Iterator[Task]:
    """Tasks in the order of `doc_ids`. Raises UsageError where the dataset was written without its source texts."""
    tables = {"removals": ("removals", "restorations"), "sections": ("sections", "removals", "restorations")}
    wanted = dict.fromkeys(chain(*(tables.get(layer, (layer,)) for layer in layers)))
    rows = {table: _grouped(dataset, table, doc_ids) for table in ("documents", *wanted)}
    taken: set[str] = set()
    for doc_id in doc_ids:
        (document,) = rows["documents"][doc_id]
        text = document["source_text"]
        if text is None:
            raise UsageError(f"{dataset} lacks its source texts. Run it again without --no-source-text.")
        name = file_name(document["source"].replace("!", "/").rsplit("/", 1)[-1], taken).stem
        found = {table: rows[table][doc_id] for table in wanted}
        marks = [mark for layer in layers for mark in MARKS_OF[layer](text, found)]
        marks.sort(key=lambda mark: (mark.start, mark.end, mark.id))
        yield Task(name, document["source"], text, tuple(layers), marks)


def _grouped(dataset: Path, table: str, doc_ids: Sequence[str]) -> dict[str, list[Row]]:
    import pyarrow.compute as pc

    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in open_table(dataset, table).to_table(filter=pc.field("doc_id").isin(list(doc_ids))).to_pylist():
        grouped[row["doc_id"]].append(row)
    return grouped


def _mark(text: str, id: str, label: str, start: int, end: int, score: float | None, **fields: object) -> Mark:
    written = {name: "" if value is None else str(value) for name, value in fields.items()}
    before = text[max(start - BEFORE, 0) : start].rpartition("\n")[2]
    return Mark(id, label, text[start:end], start, end, written, before, score)


def _removals(text: str, rows: dict[str, list[Row]]) -> Iterator[Mark]:
    for n, r in enumerate(rows["removals"]):
        start, end = r["source_start"], r["source_end"]
        start, end = start + len(r["text"]) - len(r["text"].lstrip()), end - len(r["text"]) + len(r["text"].rstrip())
        yield _mark(text, f"r{n}", r["kind"], start, max(start, end), r["score"])
    for n, r in enumerate(rows["restorations"]):
        if squeeze(r["before"]) != squeeze(r["after"]):  # a digit folded is no disguise
            yield _mark(text, f"w{n}", RESTORED, r["source_start"], r["source_end"], None, after=r["after"])


def _sections(text: str, rows: dict[str, list[Row]]) -> Iterator[Mark]:
    for r in rows["sections"]:
        if r["heading"]:
            end = _heading_end(text, r["source_start"], r["heading"], rows)
            fields = {"level": r["level"], "topic": r["topic"], "role": r["role"]}
            score = min(r["topic_score"], r["role_score"])
            yield _mark(text, f"s{r['section_id']}", HEADING, r["source_start"], end, score, **fields)


def _metrics(text: str, rows: dict[str, list[Row]]) -> Iterator[Mark]:
    for r in rows["metrics"]:
        if r["masked"]:
            continue
        fields = {name: r[name] for name in ("name", "subject", "unit", "approx", "status", "change", "period")}
        fields["value"] = written(r["value"]) or f"{written(r['value_min'])}..{written(r['value_max'])}"
        fields["part_of"] = None if r["part_of"] is None else f"m{r['part_of']}"
        place = r["source_start"], r["source_end"], r["confidence"]
        yield _mark(text, f"m{r['metric_id']}", METRIC, *place, **fields)


MARKS_OF: dict[str, Callable[[str, dict[str, list[Row]]], Iterator[Mark]]] = {
    "removals": _removals,
    "sections": _sections,
    "metrics": _metrics,
}


def written(number: float | None) -> str:
    """A number as people write it.

    >>> written(40000.0), written(5.2), written(None)
    ('40000', '5.2', '')
    """
    return "" if number is None else format(number, ".15g")


def _heading_end(text: str, start: int, heading: str, rows: dict[str, list[Row]]) -> int:
    """Where a heading ends in the source: behind as many characters as it has, removals and white space passed over."""
    gone = {r["source_start"]: r["source_end"] for r in rows["removals"]}
    put = {r["source_start"]: (r["source_end"], r["after"]) for r in rows["restorations"]}
    left, at, end = len("".join(heading.split())), start, start
    while left > 0 and at < len(text):
        if at in gone and gone[at] > at:
            at = gone[at]
            continue
        stop, said = put.get(at, (at + 1, text[at]))
        left -= len("".join(said.split()))
        at = max(stop, at + 1)
        end = at if said.strip() else end
    return end
