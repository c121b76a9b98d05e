"""The table ``indicators``: every name of a dataset with its code, known ones by our table and all others by likeness."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from pipeline.analysis.grouping import group
from pipeline.dataset.card import rewrite_card
from pipeline.dataset.columns import to_batch
from pipeline.dataset.parts import write_parts
from pipeline.dataset.stored import Stored
from pipeline.language.names import Wordings
from pipeline.rules import Rules
from pipeline.rules.schema import Indicator, MetricCue

CONTRAST = "contrast"


class Named(NamedTuple):
    """A name as often as it stands; a row of the table."""

    name: str
    dimension: str | None
    code: str
    known: bool
    standard: str
    head: str
    similarity: float
    metrics: int
    documents: int


class _Key(NamedTuple):
    name: str
    dimension: str
    code: str


def indicators(stored: Stored, rules: Rules) -> list[Named]:
    """Every name with its unit's dimension: of a known indicator, or of a group of names that are alike.

    Names with a code keep it. All others go by dimension and head: heads that are alike become one group, whose code is
    made from its commonest wording, so that neither order nor workers change it. Sorted by code and frequency.
    """
    standard = {row.id: row.written[0] for row in rules.table(Indicator)}
    cues = rules.table(MetricCue)
    wordings = Wordings(cues)
    counted = _count(stored)
    found = [
        Named(
            key.name,
            key.dimension or None,
            key.code,
            True,
            standard.get(key.code, key.name),
            wordings.head(key.name),
            1.0,
            *n,
        )
        for key, n in counted.items()
        if key.code
    ]
    apart = frozenset(sign for row in cues if row.kind == CONTRAST for sign in row.written)
    others = sorted((key.dimension, wordings.head(key.name), key.name) for key in counted if not key.code)
    for dimension, names in groupby(others, key=lambda other: other[0]):
        found += _grouped(dimension, [(head, name) for _, head, name in names], counted, apart)
    return sorted(found, key=lambda row: (not row.known, row.code, -row.metrics, row.name, row.dimension or ""))


def write_indicators(stored: Stored, rules: Rules) -> list[Named]:
    """Make the table, write it into the dataset and give its rows."""
    import pyarrow as pa

    found = indicators(stored, rules)
    write_parts(stored.folder, 0, {"indicators": pa.Table.from_batches([to_batch("indicators", found)])})
    rewrite_card(stored.folder)
    return found


def _count(stored: Stored) -> dict[_Key, tuple[int, int]]:
    """How many metrics have a name and how many documents, the rows of a document standing together."""
    counts: dict[_Key, list[int]] = {}
    last: dict[_Key, str] = {}
    for batch in stored.batches("metrics", ["doc_id", "name", "dimension", "indicator"]):
        for doc_id, name, dimension, code in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            key = _Key(name, dimension or "", code or "")
            held = counts.setdefault(key, [0, 0])
            held[0] += 1
            if last.get(key) != doc_id:
                last[key] = doc_id
                held[1] += 1
    return {key: (metrics, documents) for key, (metrics, documents) in counts.items()}


def _grouped(
    dimension: str, names: Iterable[tuple[str, str]], counted: dict[_Key, tuple[int, int]], apart: frozenset[str]
) -> Iterable[Named]:
    """The names of one dimension in their groups; `names` are pairs of head and name, sorted."""
    by_head = {head: [name for _, name in pairs] for head, pairs in groupby(names, key=lambda pair: pair[0])}
    heads = list(by_head)
    counts = [sum(counted[_Key(name, dimension, "")][0] for name in by_head[head]) for head in heads]
    for head, member in zip(heads, group(heads, counts, apart), strict=True):
        first = heads[member.first]
        wordings = by_head[first]
        standard = max(sorted(wordings), key=lambda name: counted[_Key(name, dimension, "")][0])
        code = "g" + sha256(f"{dimension} {first}".encode()).hexdigest()[:10]
        for name in by_head[head]:
            n = counted[_Key(name, dimension, "")]
            yield Named(name, dimension or None, code, False, standard, head, member.similarity, *n)
