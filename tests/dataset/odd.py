"""Rows with everything that a format may stumble over."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.dataset.card import rewrite_card
from pipeline.dataset.columns import columns_of, to_batch
from pipeline.dataset.parts import parquet_bytes

PART = "part-00099.parquet"

LONG = "全镇完成投资😀" * 12_000 + "报告完毕。"
"""A text that no cell of Excel holds, with characters of two UTF-16 units."""

FORMULAS = ("=HYPERLINK(1)", "+86", "-5.2%", "@某", "＝1", "\t表", "'=1", "'十四五'规划", "\n-1")
CONTROLS = "前\x01中\x0b后\r\n_x0041_\x1f\uffff止"
METRIC = {"end": 1, "quantity": "全", "name": "名", "status": "actual"}
DAYS = (date(1840, 6, 1), date(1900, 2, 28), date(1900, 3, 1), date(2023, 12, 31), None)
NUMBERS = (12_600_000_000.0, 0.1, -3.0, 1e-7, 123_456_789_012_345.0, None)


def row(table: str, **values: Any) -> tuple[Any, ...]:
    """A row with these values; what counts or places is 0, the others are null."""
    zero = {"int32": 0, "bool": False, "list<string>": [], "list<int32>": []}
    null = {"parent_id", "part_of"}
    return tuple(
        values.get(column.name, None if column.name in null else zero.get(column.type)) for column in columns_of(table)
    )


def write_rows(dataset: Path, table: str, rows: list[tuple[Any, ...]], part: str = PART) -> None:
    """Write a part of a table."""
    (dataset / table).mkdir(exist_ok=True)
    batches = [pa.RecordBatch.from_arrays(to_batch(table, rows).columns, schema=to_batch(table, []).schema)]
    (dataset / table / part).write_bytes(parquet_bytes(pa.Table.from_batches(batches)))


def write_odd(dataset: Path) -> None:
    """A further part with two documents: `odd` with odd values, `bare` with hardly any."""
    odd = {"doc_id": "odd"}
    write_rows(
        dataset,
        "documents",
        [
            row("documents", **odd, source="a/=b.txt", source_text=CONTROLS, text=LONG, title="", year_covered=1978),
            row("documents", doc_id="bare", source="a/c.txt", text="共12人"),
        ],
    )
    write_rows(dataset, "removals", [row("removals", **odd, text="=cmd|' /C calc'!A0", kind="advert", score=0.9)])
    write_rows(dataset, "restorations", [])
    sections = [row("sections", **odd, heading="", number="", path="", start=0, end=len(LONG), topic="general")]
    write_rows(dataset, "sections", [*sections, row("sections", doc_id="bare", end=4, heading="", topic="general")])
    sentences = [("odd", 0, 0, 0, len(LONG), LONG, (LONG[:-1], "。"), ("n", "x"), None)]
    sentences += [("bare", 0, 0, 0, 4, "共12人", ("共", "12", "人"), ("d", "m", "q"), "problems")]
    write_rows(dataset, "sentences", sentences)
    days = [{"period_start": day, "period_end": day} for day in DAYS]
    names = [{"name": name, "sentence": name, "unit": ""} for name in FORMULAS]
    numbers = [{"value": value, "confidence": 0.9, "masked": value is None} for value in NUMBERS]
    metrics = [
        row("metrics", **odd, metric_id=at, **{**METRIC, **more}) for at, more in enumerate([*days, *names, *numbers])
    ]
    write_rows(dataset, "metrics", metrics)
    write_rows(dataset, "failures", [row("failures", source="a/-d.txt", stage="read", error="E", message="=1")])
    path = dataset / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["rows"]["documents"] += 2
    path.write_text(json.dumps(manifest), encoding="utf-8")
    rewrite_card(dataset)
