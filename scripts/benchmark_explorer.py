"""How long the explorer takes over a million metrics: first page, filter, search, sort, queries, and making its database.

usage: python scripts/benchmark_explorer.py FOLDER [--metrics 1000000]

The dataset is the samples many times over in FOLDER, each time as other documents of other years and places with other
values; it is made once and kept. Prints for each page the first, the fastest and the median of five requests and what
one takes of the server's processor (Linux), in seconds: where others work on the machine too, the last is what it would
take alone. The first page is asked for first, of a server that has just started.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.batch.run import Order, run
from pipeline.config import load_config
from pipeline.dataset.columns import TABLES
from pipeline.dataset.parts import write_parts
from pipeline.explore.database import database_of

ROOT = Path(__file__).parent.parent
COPIES = 50  # of the samples in one part
TIMES = 5
PAGES = {
    "first page": "/reports",
    "metrics": "/reports/metrics",
    "metrics, one name": "/reports/metrics?name=合作社",
    "metrics, planned ratios": "/reports/metrics?status=planned&dimension=ratio",
    "metrics, above a value": "/reports/metrics?value__gt=1000000",
    "metrics by value": "/reports/metrics?_sort_desc=value",
    "metrics, one more facet": "/reports/metrics?_facet=unit",
    "search of sentences": "/reports/sentences?_search=乡村振兴",
    "search, rare words": "/reports/sentences?_search=高标准农田",
    "one metric": "/reports/metrics/{doc_id},0",
    "one report": "/reports/documents/{doc_id}",
    "query: indicator": "/reports/indicator?name=生产总值&place=",
    "query: problems": "/reports/problems?topic=economy&year=",
    "query: topics by role": "/reports/topics",
    "query: metrics with words": "/reports/metrics_with_words?words=高标准农田",
    "CSV of one name": "/reports/metrics.csv?name=合作社&_size=max",
}


def build(folder: Path, metrics: int) -> Path:
    """A dataset of so many metrics."""
    seed, dataset = folder / "seed", folder / "dataset"
    if not (seed / "manifest.json").is_file():
        run(Order(inputs=(str(ROOT / "corpus" / "samples"),), dataset=seed, config=load_config(), overwrite=True))
    tables = {name: ds.dataset(seed / name, format="parquet").to_table() for name in TABLES}
    if not (dataset / "manifest.json").is_file():
        copies = -(-metrics // tables["metrics"].num_rows)
        for part, first in enumerate(range(0, copies, COPIES)):
            numbers = range(first, min(first + COPIES, copies))
            write_parts(dataset, part, {name: _copied(name, table, numbers) for name, table in tables.items()})
        manifest = json.loads((seed / "manifest.json").read_bytes())
        manifest["rows"] = {name: copies * table.num_rows for name, table in tables.items()}
        (dataset / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return dataset


def _copied(name: str, table: pa.Table, numbers: range) -> pa.Table:
    return pa.concat_tables([_varied(name, table, number) for number in numbers])


def _varied(name: str, table: pa.Table, number: int) -> pa.Table:
    """The rows of one table as those of other documents."""
    changed: dict[str, Any] = {}
    if "doc_id" in table.column_names:
        ids = pc.utf8_slice_codeunits(table["doc_id"], 6, 16)
        changed["doc_id"] = pc.binary_join_element_wise(f"{number:06x}", ids, "")
    if name == "documents":
        changed["place"] = pa.array([f"{row or '某县'}{number % 300}" for row in table["place"].to_pylist()])
        changed["year_covered"] = pa.array([1990 + (number + n) % 35 for n in range(table.num_rows)], pa.int16())
    if name == "metrics":
        factor = 0.5 + number % 97 / 50
        changed |= {c: pc.multiply(table[c], factor) for c in ("value", "base_value")}
        if number % 3:  # a third keeps its name: the others are as many and as rare as names of real reports
            ending = f"（{number % 400}类）"
            changed["name"] = pc.binary_join_element_wise(table["name"], ending, "")
    for column, values in changed.items():
        at = table.column_names.index(column)
        table = table.set_column(at, table.schema.field(at), values)
    return table


def timed(address: str) -> list[float]:
    """Seconds that a page takes, time after time."""
    parts = urllib.parse.urlsplit(address)
    quoted = parts._replace(query=urllib.parse.quote(parts.query, safe="=&_")).geturl()
    seconds = []
    for _ in range(TIMES):
        began = time.perf_counter()
        with urllib.request.urlopen(quoted, timeout=60) as answer:
            answer.read()
        seconds.append(time.perf_counter() - began)
    return seconds


def processor(pid: int) -> float:
    """Seconds of processor time that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def served(dataset: Path) -> Iterator[tuple[str, int]]:
    """The address and the process of a server of its own, for the time of the work."""
    command = [sys.executable, "-m", "pipeline", "explore", str(dataset), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().split()[1].removesuffix("/reports"), server.pid
        server.terminate()


def main() -> int:
    """Build, serve, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--metrics", type=int, default=1_000_000)
    order = parser.parse_args()
    dataset = build(order.folder, order.metrics)
    began = time.perf_counter()
    database = database_of(dataset)
    seconds = time.perf_counter() - began
    print(f"database: {seconds:.0f} s, {database.stat().st_size / 1e9:.2f} GB")
    doc_id = ds.dataset(dataset / "documents", format="parquet").head(1, ["doc_id"])["doc_id"][0].as_py()
    for address, pid in served(dataset):
        for what, page in PAGES.items():
            before = processor(pid)
            found = timed(address + page.format(doc_id=doc_id))
            seconds = (found[0], min(found), median(found), (processor(pid) - before) / TIMES)
            print(f"{what:26}", *(f"{value:6.3f}" for value in seconds), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
