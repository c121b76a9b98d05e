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
MOST = 300
"""Marks that a person can check in a document; longer ones come last."""
OUTLINED = 3
"""Sections that a report has at least: its title and two more."""
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
    """All doc_ids, those first whose least sure rows are least sure; ties in a random order that `seed` fixes.

    Reports that people can check come before all others: of a known type, with an outline, and at most `MOST` marks. The
    least sure texts are snippets that are no reports, and plans of a thousand marks.
    """
    sureness: Mapping[str, list[float]] = defaultdict(list)
    for table, columns in map(SCORES.__getitem__, layers):
        for batch in open_table(dataset, table).to_batches(columns=["doc_id", *columns]):
            scores = zip(*(batch.column(name).to_pylist() for name in columns), strict=True)
            for doc_id, row in zip(batch.column("doc_id").to_pylist(), scores, strict=True):
                sureness[doc_id].append(min(row))
    unsure = {doc_id: fmean(nsmallest(LEAST, scores)) for doc_id, scores in sureness.items()}
    reports = {doc_id for doc_id in _reports(dataset) if len(sureness[doc_id]) <= MOST}
    return sorted(at_random(dataset, layers, seed), key=lambda doc: (doc not in reports, unsure.get(doc, 1.0)))


def _reports(dataset: Path) -> set[str]:
    """The doc_ids of reports with an outline."""
    import pyarrow.compute as pc

    wanted = pc.is_valid(pc.field("report_type")) & (pc.field("n_sections") >= OUTLINED)
    return set(open_table(dataset, "documents").to_table(["doc_id"], wanted).column("doc_id").to_pylist())


def at_random(dataset: Path, layers: Sequence[str], seed: int) -> list[str]:
    """All doc_ids in an order that depends on themselves and `seed` alone: a larger sample holds the smaller one."""
    doc_ids = open_table(dataset, "documents").to_table(columns=["doc_id"]).column("doc_id").to_pylist()
    return sorted(doc_ids, key=lambda doc_id: sha256(f"{seed} {doc_id}".encode()).digest())


WAYS: dict[str, Callable[[Path, Sequence[str], int], list[str]]] = {"uncertainty": by_uncertainty, "random": at_random}
"""Ways to put documents in order."""
