"""What stands on the page of a dataset, counted part by part: memory depends on the size of a part, not of the dataset."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

SAMPLES = 12
"""Reports that get a page of their own."""

SAMPLE_WORDS = 60_000
"""Longer reports are not among them: their page would be slow to open."""

SHOWN = 20
"""Indicators that are shown."""

HELD = 500_000
"""Different names or words that are counted at a time; above twice as many the rarest are let go."""

FINE = 50
"""Bins a decade in which values are counted: a quantile is off by a fortieth at most."""

HAN = re.compile("[\u4e00-\u9fff]{2,}")
"""Words that are shown: one character alone says too little."""


class Sample(NamedTuple):
    """A report with a page: its row of ``documents`` in short, and the part of each table that holds it."""

    doc_id: str
    part: str
    title: str
    year: int | None
    level: str | None
    n_metrics: int


@dataclass
class Values:
    """The values of one indicator in one unit and of one kind (``change``), by size, and the names that it goes by."""

    names: Counter[str] = field(default_factory=Counter)
    bins: Counter[int] = field(default_factory=Counter)
    not_above_zero: int = 0
    first_year: int | None = None
    last_year: int | None = None

    @property
    def name(self) -> str:
        """What the texts call it most often."""
        return str(most(self.names, 1)[0][0])

    def add(self, value: float) -> None:
        """Take up one value."""
        if value > 0:
            self.bins[math.floor(math.log10(value) * FINE)] += 1
        else:
            self.not_above_zero += 1

    @property
    def count(self) -> int:
        """How many values there are."""
        return self.bins.total() + self.not_above_zero

    def quantile(self, share: float) -> float | None:
        """The value below which this share of the values above zero lie, to a fortieth; null where there is none."""
        left = share * self.bins.total()
        for step in sorted(self.bins):
            left -= self.bins[step]
            if left <= 0:
                return 10 ** ((step + 0.5) / FINE)
        return None


@dataclass
class Counts:
    """All that is counted. Keys are values of the columns; null is the empty text."""

    coverage: Counter[tuple[int | None, str]] = field(default_factory=Counter)
    report_types: Counter[str] = field(default_factory=Counter)
    samples: list[Sample] = field(default_factory=list)
    words: int = 0
    removed_chars: int = 0
    labels: Counter[tuple[str, str]] = field(default_factory=Counter)
    passages: Counter[str] = field(default_factory=Counter)  # documents with one, by role
    terms: Counter[str] = field(default_factory=Counter)
    removals: Counter[str] = field(default_factory=Counter)
    indicators: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    confidence: Counter[int] = field(default_factory=Counter)
    distributions: dict[tuple[str, str, str], Values] = field(default_factory=dict)
    failures: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    repeats: int | None = None  # documents that repeat another; None where they were not looked for


def count(dataset: Path, stop_words: frozenset[str]) -> Counts:
    """Count the tables of a dataset; each part is read once, only ``metrics`` twice."""
    counts = Counts()
    for name, table in parts(dataset, "documents", list(DOCUMENT)):
        _documents(counts, name, table)
    for _, table in parts(dataset, "sections", ["topic", "role"]):
        counts.labels.update(_pairs(table["topic"], table["role"]))
    for _, table in parts(dataset, "removals", ["kind"]):
        counts.removals.update(_values(table["kind"]))
    for _, table in parts(dataset, "sentences", ["doc_id", "words", "passage"]):
        counts.passages.update(role for role, _ in {*_pairs(table["passage"], table["doc_id"])} if role)
        counts.terms.update(_values(table["words"].combine_chunks().flatten()))
        _let_go(counts.terms)
    counts.terms = Counter(
        {word: n for word, n in counts.terms.items() if HAN.fullmatch(word) and word not in stop_words}
    )
    for _, table in parts(dataset, "metrics", [*NAMED, "status", "confidence"]):
        _metrics(counts, table)
    counts.distributions = {key: Values() for key, _ in most(counts.indicators, SHOWN)}
    for _, table in parts(dataset, "metrics", [*NAMED, "value", "period_start"]):
        _distributions(counts, table)
    for _, table in parts(dataset, "failures", ["source", "stage", "error", "message"]):
        for row in table.to_pylist():
            counts.failures[row["stage"], row["error"]] += 1
            counts.examples.setdefault((row["stage"], row["error"]), (row["source"], row["message"]))
    if (dataset / "duplicates").is_dir():
        counts.repeats = sum(table.num_rows for _, table in parts(dataset, "duplicates", ["doc_id"]))
    return counts


def parts(dataset: Path, table: str, columns: list[str]) -> Iterator[tuple[str, pa.Table]]:
    """The parts of a table in order, with the names of their files and only some of their columns."""
    from pyarrow import parquet

    coded = ["words.list.element"] if "words" in columns else []
    for path in sorted((dataset / table).glob("*.parquet")):
        with parquet.ParquetFile(path, read_dictionary=coded) as file:
            yield path.name, file.read(columns)


def most(counted: Mapping[Any, int], number: int) -> list[tuple[Any, int]]:
    """The most frequent, and among equals the first in order, so that the same rows give the same list."""
    return heapq.nsmallest(number, counted.items(), key=lambda pair: (-pair[1], pair[0]))


DOCUMENT = (
    *("doc_id", "source", "title", "year_covered", "admin_level", "report_type"),
    *("n_words", "n_metrics", "removed_chars"),
)
NAMED = ("indicator", "name", "unit_canonical", "change")


def _documents(counts: Counts, part: str, table: pa.Table) -> None:
    for row in table.to_pylist():
        counts.coverage[row["year_covered"], row["admin_level"] or ""] += 1
        counts.report_types[row["report_type"] or ""] += 1
        counts.words += row["n_words"]
        counts.removed_chars += row["removed_chars"]
        if row["n_words"] <= SAMPLE_WORDS:
            title = row["title"] or row["source"]
            year, level = row["year_covered"], row["admin_level"]
            counts.samples.append(Sample(row["doc_id"], part, title, year, level, row["n_metrics"]))
    counts.samples = heapq.nsmallest(SAMPLES, counts.samples)  # an id is a digest: the smallest are a fair sample


def _metrics(counts: Counts, table: pa.Table) -> None:
    counts.indicators.update(_measured(table))
    _let_go(counts.indicators)
    counts.units.update(_values(table["unit_canonical"]))
    _let_go(counts.units)
    counts.statuses.update(_values(table["status"]))
    counts.confidence.update(min(int(confidence * 20), 19) for confidence in table["confidence"].to_pylist())


def _distributions(counts: Counts, table: pa.Table) -> None:
    """Take up the values of the indicators that are shown."""
    import pyarrow.compute as pc

    columns = (table["name"], table["value"], pc.year(table["period_start"]))
    for key, name, value, year in zip(_measured(table), *(column.to_pylist() for column in columns), strict=True):
        held = counts.distributions.get(key)
        if held is None:
            continue
        held.names[name] += 1
        if value is not None:
            held.add(value)
        if year is not None:
            held.first_year = min(year, held.first_year or year)
            held.last_year = max(year, held.last_year or year)


def _measured(table: pa.Table) -> Iterator[tuple[str, str, str]]:
    """What is measured: the code of the indicator, else the name as written; its unit; whether it is a level or a change.

    税收收入 of 8.2亿元 and one that rose by 1.9亿元 have no median together.
    """
    import pyarrow.compute as pc

    codes = pc.coalesce(table["indicator"], table["name"])
    columns = (codes, table["unit_canonical"], table["change"])
    return zip(*(column.to_pylist() for column in columns), strict=True)


def _pairs(first: pa.ChunkedArray, second: pa.ChunkedArray) -> Counter[tuple[str, str]]:
    """How often two values stand in one row."""
    return Counter(zip(first.to_pylist(), second.to_pylist(), strict=True))


def _values(column: pa.ChunkedArray | pa.Array) -> Counter[str]:
    """How often each value stands in a column; null is the empty text."""
    import pyarrow as pa

    found = column.value_counts()
    names = found.field("values")
    names = (names.dictionary_decode() if pa.types.is_dictionary(names.type) else names).to_pylist()
    return Counter(dict(zip(("" if n is None else n for n in names), found.field("counts").to_pylist(), strict=True)))


def _let_go(counted: Counter[Any]) -> None:
    """Keep the more frequent half of a count that has grown too large: what is shown is far above it."""
    if len(counted) > 2 * HELD:
        kept = most(counted, HELD)
        counted.clear()
        counted.update(dict(kept))
