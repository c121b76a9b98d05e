from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from laws import check_laws, read_table

from pipeline.batch.run import Order, run
from pipeline.config import load_config
from pipeline.dataset.columns import to_batch


def test_the_samples_keep_every_law(dataset: Path, samples: Path) -> None:
    tables = check_laws(dataset)
    assert len(tables["documents"]) + len(tables["failures"]) == len(list(samples.iterdir()))
    for table in ("removals", "restorations", "sections", "sentences", "metrics"):
        assert len(tables[table]) > 10, table


def test_real_reports_keep_every_law(shared: Path, tmp_path: Path) -> None:
    run(Order(inputs=(str(shared / "reports"),), dataset=tmp_path / "out", config=load_config(), workers=2))
    tables = check_laws(tmp_path / "out")
    assert len(tables["documents"]) > 50
    assert {row["stage"] for row in tables["failures"]} <= {"read", "skipped"}


@pytest.mark.parametrize(
    ("table", "column", "change"),
    [
        ("documents", "text", lambda text: text[1:]),
        ("documents", "source_text", lambda text: text.replace("。", "，", 1)),
        ("metrics", "start", lambda start: start + 1),
        ("metrics", "source_end", lambda end: end + 1),
        ("sentences", "words", lambda words: [*words, "。"]),
        ("sections", "heading", lambda heading: heading + "。"),
        ("removals", "kind", lambda _: "other"),
        ("removals", "source_start", lambda start: start - 1),
        ("restorations", "after", lambda after: after + after),
        ("metrics", "doc_id", lambda doc_id: doc_id[::-1]),
        ("ranks", "start", lambda start: start + 1),
        ("ranks", "source_start", lambda start: start + 1),
    ],
)
def test_a_broken_law_is_noticed(dataset: Path, tmp_path: Path, table: str, column: str, change: object) -> None:
    for path in dataset.glob("*/*.parquet"):
        copy = tmp_path / path.relative_to(dataset)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    rows = read_table(dataset, table)
    for path in (tmp_path / table).iterdir():
        path.unlink()
    rows[-1][column] = change(rows[-1][column])  # type: ignore[operator]
    spoilt = pa.Table.from_batches([to_batch(table, [tuple(row.values()) for row in rows])])
    pq.write_table(spoilt, tmp_path / table / "part-00000.parquet")
    assert pq.read_table(tmp_path / table).num_rows == len(rows)
    with pytest.raises((AssertionError, KeyError)):
        check_laws(tmp_path)
