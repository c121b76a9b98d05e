"""What a dataset holds, counted: coverage, units, topics and roles, indicators, failures, checks, duplicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.dataset.stored import Stored, count_rows

EXAMPLES = 5
_NAMES = 200_000
"""Different names that are counted at a time; beyond, those met once make room, so that memory stays bounded."""

Pairs = list[tuple[Any, ...]]
"""Rows of counts: what is counted, one or two labels, then how often."""


@dataclass(slots=True)
class Description:
    """The counts of a dataset; every list in falling order, of equals by label. A missing label is None.

    ``characters`` are those of the texts; None in a public edition, which holds none.
    """

    rows: dict[str, int] = field(default_factory=dict)
    characters: int | None = 0
    words: int = 0
    removed_characters: int = 0
    years: Pairs = field(default_factory=list)
    levels: Pairs = field(default_factory=list)
    coverage: Pairs = field(default_factory=list)
    report_types: Pairs = field(default_factory=list)
    units: Pairs = field(default_factory=list)
    topics: Pairs = field(default_factory=list)
    indicators: Pairs = field(default_factory=list)
    names: Pairs = field(default_factory=list)
    failures: Pairs = field(default_factory=list)
    checks: Pairs = field(default_factory=list)
    slips: Pairs = field(default_factory=list)
    duplicates: Pairs = field(default_factory=list)


def describe(stored: Stored, top: int = 15) -> Description:
    """Count a dataset in one pass over each table; of units, indicators and names the `top` most frequent."""
    found = Description(rows={table: count_rows(stored.folder, table) for table in stored.tables})
    _documents(stored, found)
    found.topics = ranked(tally(stored, "sections", ("topic", "role")))
    found.failures = ranked(tally(stored, "failures", ("stage", "error")))
    found.units = ranked(tally(stored, "metrics", ("unit_canonical", "dimension")))[:top]
    found.indicators = ranked(tally(stored, "metrics", ("indicator",), skip_nulls=True))[:top]
    found.names = ranked(tally(stored, "metrics", ("name",), most=_NAMES))[:top]
    if "checks" in stored.tables:
        _checks(stored, found)
    if "duplicates" in stored.tables:
        found.duplicates = ranked(tally(stored, "duplicates", ("kind",)))
    return found


def _documents(stored: Stored, found: Description) -> None:
    import pyarrow.compute as pc

    names = ["year_covered", "admin_level", "report_type", "n_words", "removed_chars"]
    if stored.public:
        found.characters = None
    else:
        names.append("text")
    coverage: Counter[tuple[Any, ...]] = Counter()
    for batch in stored.batches("documents", names, 256):
        years, levels, types = (batch.column(place).to_pylist() for place in range(3))
        coverage.update(zip(years, levels, types, strict=True))
        found.words += pc.sum(batch["n_words"]).as_py() or 0
        found.removed_characters += pc.sum(batch["removed_chars"]).as_py() or 0
        if found.characters is not None:
            found.characters += pc.sum(pc.utf8_length(batch["text"])).as_py() or 0
    found.years = sorted(_summed(coverage, 0), key=lambda row: (row[0] is None, row[0]))
    found.levels = _summed(coverage, 1)
    found.report_types = _summed(coverage, 2)
    found.coverage = sorted(_summed(coverage, 0, 1), key=lambda row: (row[0] is None, row[0], row[1] or ""))


def _summed(counts: Counter[tuple[Any, ...]], *places: int) -> Pairs:
    summed: Counter[tuple[Any, ...]] = Counter()
    for key, count in counts.items():
        summed[tuple(key[place] for place in places)] += count
    return ranked(summed)


def _checks(stored: Stored, found: Description) -> None:
    """How many checks of each kind were made and failed, and some that failed."""
    counts: Counter[tuple[Any, ...]] = Counter()
    for batch in stored.batches("checks", ("doc_id", "check", "holds", "detail")):
        for doc_id, check, holds, detail in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            counts[check, holds] += 1
            if not holds and len(found.slips) < EXAMPLES:
                found.slips.append((doc_id, check, detail))
    sources = _sources(stored, {doc_id for doc_id, *_ in found.slips})
    found.slips = [(sources[doc_id], *rest) for doc_id, *rest in found.slips]
    kinds = sorted({check for check, _ in counts})
    found.checks = [(kind, counts[kind, True] + counts[kind, False], counts[kind, False]) for kind in kinds]


def _sources(stored: Stored, wanted: set[str]) -> dict[str, str]:
    """Where some documents were."""
    found = {}
    for batch in stored.batches("documents", ("doc_id", "source")) if wanted else ():
        pairs = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        found.update({doc_id: source for doc_id, source in pairs if doc_id in wanted})
    return found


def tally(
    stored: Stored, table: str, names: Sequence[str], *, skip_nulls: bool = False, most: int | None = None
) -> Counter[tuple[Any, ...]]:
    """How often each combination of values stands in some columns of a table.

    Past `most` different ones, those that were met once so far are forgotten, so that only rare ones are miscounted.
    """
    counts: Counter[tuple[Any, ...]] = Counter()
    for batch in stored.batches(table, names):
        counts.update(zip(*(column.to_pylist() for column in batch.columns), strict=True))
        if most and len(counts) > most:
            counts = Counter({key: count for key, count in counts.items() if count > 1})
    if skip_nulls:
        counts = Counter({key: count for key, count in counts.items() if None not in key})
    return counts


def ranked(counts: Counter[tuple[Any, ...]]) -> Pairs:
    """The most frequent first, of equals by label."""
    return [(*key, count) for key, count in sorted(counts.items(), key=lambda pair: (-pair[1], _shown(pair[0])))]


def _shown(key: Iterable[Any]) -> list[str]:
    return ["" if value is None else str(value) for value in key]
