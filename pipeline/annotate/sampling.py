"""Which documents people should look at: those that the models are least sure of, or any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from heapq import nsmallest
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow.dataset as ds

LEAST = 10
"""Rows of a document that its uncertainty is the mean of: those that the models are least sure of."""
SCORES = {
    "removals": ("removals", ("score",)),
    "sections": ("sections", ("topic_score", "role_score")),
    "metrics": ("metrics", ("confidence",)),
}
"""Where it stands how sure the models are of what a layer holds."""


def open_table(dataset: Path, table: str) -> ds.Dataset:
    """A table of a dataset, read as it is asked for."""
    import pyarrow.dataset as ds

    return ds.dataset(dataset / table, format="parquet")


def by_uncertainty(dataset: Path, layers: Sequence[str], seed: int) -> list[str]:
    """All doc_ids, those first whose least sure rows are least sure; ties in a random order that `seed` fixes."""
    sureness: Mapping[str, list[float]] = defaultdict(list)
    for table, columns in map(SCORES.__getitem__, layers):
        for batch in open_table(dataset, table).to_batches(columns=["doc_id", *columns]):
            scores = zip(*(batch.column(name).to_pylist() for name in columns), strict=True)
            for doc_id, row in zip(batch.column("doc_id").to_pylist(), scores, strict=True):
                sureness[doc_id].append(min(row))
    unsure = {doc_id: fmean(nsmallest(LEAST, scores)) for doc_id, scores in sureness.items()}
    return sorted(at_random(dataset, layers, seed), key=lambda doc_id: unsure.get(doc_id, 1.0))


def at_random(dataset: Path, layers: Sequence[str], seed: int) -> list[str]:
    """All doc_ids in an order that depends on themselves and `seed` alone: a larger sample holds the smaller one."""
    doc_ids = open_table(dataset, "documents").to_table(columns=["doc_id"]).column("doc_id").to_pylist()
    return sorted(doc_ids, key=lambda doc_id: sha256(f"{seed} {doc_id}".encode()).digest())


WAYS: dict[str, Callable[[Path, Sequence[str], int], list[str]]] = {"uncertainty": by_uncertainty, "random": at_random}
"""Ways to put documents in order."""
