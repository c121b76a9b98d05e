"""What came, went or changed between two versions of a dataset, table by table and document by document.

A document is known by its source, a row within it by what it says: numbers and offsets of rows shift where text before
them changes, and tell nothing. Rows of a few parts are in memory at a time, whatever the order of either version.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pipeline.dataset.columns import DERIVED, TABLES
from pipeline.dataset.parts import writing
from pipeline.dataset.stored import Stored

Row = dict[str, Any]
Kind = Literal["came", "went", "changed"]

SAYS = {
    "documents": (),
    "removals": ("text", "kind"),
    "restorations": ("before", "after"),
    "sections": ("path",),
    "sentences": ("text",),
    "metrics": ("quantity", "sentence"),
    "ranks": ("place", "sentence"),
    "checks": ("check", "detail"),
    "failures": (),
    "indicators": ("name", "dimension"),
    "duplicates": (),
}
"""What a row says, by which it is found in the other version; of rows that say the same in a document, by their order.
In a table that is not here every column tells it, so that its rows come and go and never change.
"""

SHIFTING = frozenset(
    {
        *("doc_id", "section_id", "parent_id", "sentence_id", "metric_id", "metric_ids", "rank_id", "part_of"),
        *("start", "end", "source_start", "source_end", "heading_end"),
    }
)
"""Columns in which rows differ only because of others."""

SCORES = frozenset(c.name for columns in TABLES.values() for c in columns if c.unit == "probability")
"""Columns that say how sure a model was."""


class Difference(NamedTuple):
    """A row that came or went, or a column of one that changed. `row` is what it says."""

    table: str
    kind: Kind
    source: str
    row: str
    column: str | None = None
    old: Any = None
    new: Any = None


def differences(old: Stored, new: Stored) -> Iterator[Difference]:
    """Every difference, in the order of the tables, then of the documents; tables `not_compared` apart."""
    before, after = _places(old), _places(new)
    names = {place.doc_id: source for places in (before, after) for source, place in places.items()}
    apart = not_compared(old, new)
    for table in (*TABLES, *DERIVED):
        if table in apart:
            continue
        if table in ("failures", *DERIVED):
            yield from _by_source(table, _whole(old, table, names), _whole(new, table, names))
        elif table in old.tables or table in new.tables:
            yield from _of_documents(table, Version(old, before), Version(new, after))


def not_compared(old: Stored, new: Stored) -> dict[str, Stored]:
    """Tables that a command of their own writes behind a run, where only one version has them; and that version."""
    has = {table: [stored for stored in (old, new) if table in stored.tables] for table in DERIVED}
    return {table: stored[0] for table, stored in has.items() if len(stored) == 1}


def share_documents(old: Stored, new: Stored) -> bool:
    """Whether a document is in both, so that there are two versions of something."""
    return not _places(old).keys().isdisjoint(_places(new))


class Place(NamedTuple):
    """Where the rows of a document are: its id and the name of its part."""

    doc_id: str
    part: str


def _places(stored: Stored) -> dict[str, Place]:
    """The documents of a dataset by source."""
    found = {}
    for part in stored.parts("documents"):
        for batch in stored.part("documents", part, ("source", "doc_id")):
            sources, doc_ids = (column.to_pylist() for column in batch.columns)
            found.update({s: Place(d, part) for s, d in zip(sources, doc_ids, strict=True)})
    return found


class Version:
    """A dataset whose rows are asked for document by document."""

    def __init__(self, stored: Stored, places: Mapping[str, Place]) -> None:
        self.places = places
        self._folder = stored.folder
        self._part = lru_cache(maxsize=2)(self._read)

    def rows(self, table: str, source: str) -> list[Row]:
        """The rows of a document in a table, in order; none where it is not there."""
        place = self.places.get(source)
        return [] if place is None else self._part(table, place.part).get(place.doc_id, [])

    def _read(self, table: str, part: str) -> dict[str, list[Row]]:
        """The rows of a part by document."""
        from pyarrow import parquet

        path = self._folder / table / part
        by_document: dict[str, list[Row]] = {}
        if path.is_file():
            with parquet.ParquetFile(path) as file:
                for batch in file.iter_batches():
                    for row in batch.to_pylist():
                        by_document.setdefault(row["doc_id"], []).append(row)
        return by_document


def _of_documents(table: str, old: Version, new: Version) -> Iterator[Difference]:
    """The differences of one table, in the order of the new version, then what went in that of the old one."""
    gone = [source for source in old.places if source not in new.places]
    for source in (*new.places, *gone):
        yield from _between(table, source, old.rows(table, source), new.rows(table, source))


def _by_source(table: str, old: dict[str, list[Row]], new: dict[str, list[Row]]) -> Iterator[Difference]:
    for source in sorted(old.keys() | new.keys()):
        yield from _between(table, source, old.get(source, []), new.get(source, []))


def _whole(stored: Stored, table: str, names: Mapping[str, str]) -> dict[str, list[Row]]:
    """The rows of a small table by source, ids of documents replaced by their sources."""
    found: dict[str, list[Row]] = {}
    for batch in stored.batches(table) if table in stored.tables else ():
        for row in batch.to_pylist():
            said = {name: names.get(value, value) if isinstance(value, str) else value for name, value in row.items()}
            source = said.get("source") or said.get("doc_id") or next(iter(said.values()))
            found.setdefault(str(source), []).append(said)
    return found


def _between(table: str, source: str, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Difference]:
    """What differs between the rows of one document."""
    if old == new:
        return
    before, after = _keyed(table, old), _keyed(table, new)
    for key, row in before.items():
        if key not in after:
            yield Difference(table, "went", source, _said(key))
            continue
        other = after[key]
        for column in row if row != other else ():
            if column in other and column not in SHIFTING and row[column] != other[column]:
                yield Difference(table, "changed", source, _said(key), column, row[column], other[column])
    for key in after:
        if key not in before:
            yield Difference(table, "came", source, _said(key))


def _keyed(table: str, rows: Sequence[Row]) -> dict[tuple[Any, ...], Row]:
    """Rows by what they say and how often it was said before."""
    seen: Counter[tuple[Any, ...]] = Counter()
    keyed = {}
    for row in rows:
        key = tuple(row.get(column) for column in SAYS.get(table, [name for name in row if name not in SHIFTING]))
        keyed[*key, seen[key]] = row
        seen[key] += 1
    return keyed


def _said(key: tuple[Any, ...]) -> str:
    """What a row says, for readers."""
    return " | ".join(" ".join(str(part).split()) for part in key[:-1] if part is not None)


class Summary(NamedTuple):
    """Rows of a table that came, went and changed, and in which columns how many did.

    ``scores`` counts rows in which nothing but how sure a model was changed; they are not among ``changed``.
    """

    came: int
    went: int
    changed: int
    scores: int
    columns: dict[str, int]


def summarise(found: Iterator[Difference], examples: int = 5) -> tuple[dict[str, Summary], list[Difference]]:
    """Count differences by table; of each table and kind, for changes of each column, give the first `examples`.

    A changed score is no example: it tells only that another model spoke.
    """
    counts: Counter[tuple[str, str]] = Counter()
    columns: dict[str, Counter[str]] = {}
    shown: list[Difference] = []
    for (table, kind, *_), ones in groupby(found, key=lambda one: one[:4]):  # the columns of one row follow each other
        of_table = columns.setdefault(table, Counter())
        row = list(ones)
        if kind == "changed":
            counts[table, "scores" if all(one.column in SCORES for one in row) else "changed"] += 1
        else:
            counts[table, kind] += len(row)
        for one in row:
            of_table[one.column or kind] += 1
            if of_table[one.column or kind] <= examples and one.column not in SCORES:
                shown.append(one)
    summaries = {}
    for table, of_table in columns.items():
        changed = {name: n for name, n in sorted(of_table.items()) if name not in ("came", "went")}
        came, went, rows, scores = (counts[table, kind] for kind in ("came", "went", "changed", "scores"))
        summaries[table] = Summary(came, went, rows, scores, changed)
    return summaries, shown


def write_csv(path: Path, found: Iterator[Difference]) -> Iterator[Difference]:
    """Pass differences on and write each as a line of a CSV file that a spreadsheet opens safely."""
    import csv

    from pipeline.dataset.formats.csv import safe

    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("w", encoding="utf-8-sig", newline="")
    with writing(path), file:
        writer = csv.writer(file)
        writer.writerow(Difference._fields)
        for one in found:
            writer.writerow(["" if value is None else safe(str(value)) for value in one])
            yield one
