"""The pages of a dataset, written into its folder: ``index.html`` and the pages of a few reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.dataset.columns import TABLES
from pipeline.dataset.parts import write_whole
from pipeline.pages.counts import Sample, count
from pipeline.pages.overview import overview_page
from pipeline.pages.report import report_page
from pipeline.rules import Rules

INDEX, PAGES = "index.html", "pages"

LEFT_OUT = {"documents": {"text"}, "sentences": {"text", "words", "tags"}}
"""Columns that a page does without: the clean text where there is a source text, and what metrics say once more."""


def write_pages(dataset: Path, manifest: Mapping[str, Any], rules: Rules, models: Iterable[Path]) -> None:
    """Write the page of a whole dataset and of its sample, from its tables; pages of another sample go.

    `models` are the folders where the cards of the models lie, those in use first.
    """
    counts = count(dataset, frozenset(rules.stop_words()))
    pages = {
        f"{tables['documents'][0]['doc_id']}.html": report_page(tables, f"../{INDEX}")
        for tables in samples_of(dataset, counts.samples, whole=manifest["config"]["dataset"]["source_text"])
    }
    for name, page in pages.items():
        write_whole(dataset / PAGES / name, page)
    for old in (dataset / PAGES).glob("*.html"):
        if old.name not in pages:
            old.unlink()
    write_whole(dataset / INDEX, overview_page(manifest, counts, models))


def samples_of(dataset: Path, samples: Iterable[Sample], *, whole: bool) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The rows of each sample by table, without columns that its page does not show; one part is read at a time.

    `whole` says that the dataset holds the source texts.
    """
    from pyarrow import parquet

    by_part: dict[str, list[str]] = defaultdict(list)
    for sample in samples:
        by_part[sample.part].append(sample.doc_id)
    for part, ids in sorted(by_part.items()):
        found: dict[str, dict[str, list[dict[str, Any]]]] = {doc_id: {} for doc_id in ids}
        for table in (name for name in TABLES if name != "failures"):
            with parquet.ParquetFile(dataset / table / part) as file:
                left_out = LEFT_OUT.get(table, set()) - ({"text"} if not whole else set())
                rows = file.read([name for name in file.schema_arrow.names if name not in left_out])
            owners = rows["doc_id"].to_pylist()  # the rows of a document stand together
            for doc_id, held in found.items():
                times = owners.count(doc_id)
                held[table] = rows.slice(owners.index(doc_id), times).to_pylist() if times else []
        yield from found.values()
