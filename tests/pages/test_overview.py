from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.cli import main
from pipeline.config import load_config
from pipeline.dataset.columns import TABLES
from pipeline.pages.counts import SAMPLES, Counts, Sample, Values
from pipeline.pages.overview import overview_page
from pipeline.pages.quality import qualities

ROOT = Path(__file__).parent.parent.parent
MOST_BYTES = 3_000_000


def manifest(**rows: int) -> dict[str, Any]:
    counted = dict.fromkeys(TABLES, 0) | rows
    return {"rows": counted, "entries": sum(rows.values()), "version": "1", "inputs": ["archive"]}


def cells(page: str) -> list[list[str]]:
    """The cells of all rows of all tables."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.S)
    return [[re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in rows]


def test_the_page_of_a_dataset_says_what_is_in_it(dataset: Path) -> None:
    page = (dataset / "index.html").read_text(encoding="utf-8")
    assert "14 documents of 14 entries" in page
    rows = cells(page)
    assert ["%", "219"] in rows
    assert ["党员", "party_members", "名", "level", "3"] in [row[:5] for row in rows]
    for link in re.findall(r'href="(pages/[^"]*)"', page):
        assert (dataset / link).is_file()
    assert len(page.encode()) < MOST_BYTES / 3


def test_quality_is_that_of_the_cards(dataset: Path) -> None:
    rows = cells((dataset / "index.html").read_text(encoding="utf-8"))
    card = tomllib.loads((ROOT / "models" / "topic" / "card.toml").read_text(encoding="utf-8"))
    assert ["topic", "documents left out", "macro f1", f"{card['documents_left_out']['macro_f1']:.10g}"] in rows
    assert ["topic", "health", f"{card['f1']['health']:.3f}"] in rows
    metrics = tomllib.loads((ROOT / "models" / "metrics" / "card.toml").read_text(encoding="utf-8"))
    for mean, right, n in metrics["reliability"]["tenths"]:
        assert [f"{mean:.2f}", f"{right:.2f}", f"{n:,}"] in rows


def test_of_two_models_the_one_in_use_is_told(tmp_path: Path) -> None:
    (tmp_path / "topic").mkdir()
    (tmp_path / "topic" / "card.toml").write_text('[documents_left_out]\naccuracy = 0.5\nscript = "x"\n')
    found = {quality.name: quality for quality in qualities([tmp_path, ROOT / "models"])}
    assert found["topic"].figures == [("documents_left_out", "accuracy", 0.5)]
    assert {"adverts", "metrics", "role"} < found.keys()


def test_a_dataset_without_documents_has_a_page(one_worker: Spread, tmp_path: Path) -> None:
    (tmp_path / "empty<b>.txt").touch()
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    order = Order(inputs=(str(tmp_path),), dataset=tmp_path / "out", config=load_config())
    run_on(one_worker, order)
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "0 documents of 2 entries" in page
    assert ["read", "EmptyFile", "1", f"{tmp_path.name}/empty&lt;b&gt;.txt"] in [row[:4] for row in cells(page)]
    assert "skipped" in [row[0] for row in cells(page)]
    assert "No entry became a document" in page


def test_a_large_dataset_has_a_small_page() -> None:
    """Everything that grows with a dataset, as large and as hostile as it gets."""
    counts, long = Counts(), "某" * 5_000 + "</script><b>"
    for year in range(-3000, 3000):
        counts.coverage[year, "county"] = counts.coverage[None, ""] = 1_000_000
    for n in range(3_000):
        counts.labels[f"{long}{n}", f"{long}{n}"] = n
        for counter in (counts.terms, counts.units, counts.report_types, counts.removals, counts.statuses):
            counter[f"{long}{n}"] = n
        counts.failures[f"{long}{n}", long] = n
        counts.examples[f"{long}{n}", long] = long, long
    for n in range(20):
        counts.distributions[long, str(n), "level"] = held = Values()
        held.names[long] = 1
        for value in range(-400, 300):
            held.add(10.0**value)
    counts.samples = [Sample("0" * 16, "part-00000.parquet", long, 2020, "county", 3)] * SAMPLES
    page = overview_page(manifest(documents=10**9), counts, [ROOT / "models"])
    assert len(page) < MOST_BYTES
    assert page.count(b"</script") == page.count(b"<script")
    assert b"<b>" not in page
    assert overview_page(manifest(documents=10**9), counts, [ROOT / "models"]) == page


@pytest.mark.parametrize("name", ["d3.min.js", "plot.umd.min.js"])
def test_the_plotting_library_stands_with_its_licence(name: str) -> None:
    folder = ROOT / "pipeline" / "pages" / "vendor"
    holder = re.search(r"Copyright [\d-]+ .+", (folder / name).read_text(encoding="utf-8"))
    assert holder
    assert holder[0] in (folder / f"{name.partition('.')[0]}.LICENSE").read_text(encoding="utf-8")


def test_a_dataset_without_source_texts_has_pages_of_clean_texts(
    samples: Path, one_worker: Spread, tmp_path: Path
) -> None:
    config = load_config(options={"dataset.source_text": False})
    archive = str(samples / "county_government_report.txt")
    run_on(one_worker, Order(inputs=(archive,), dataset=tmp_path / "out", config=config))
    (page,) = (tmp_path / "out" / "pages").iterdir()
    text = page.read_text(encoding="utf-8")
    assert "holds no source text" in text
    assert text.count(' id="m') == 71


def test_documents_that_repeat_others_are_told(samples: Path, one_worker: Spread, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    text = (samples / "county_government_report.txt").read_bytes()
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / "archive" / name).write_bytes(text)
    order = Order(inputs=(str(tmp_path / "archive"),), dataset=tmp_path / "out", config=load_config())
    run_on(one_worker, order)
    index = tmp_path / "out" / "index.html"
    assert "Documents that repeat others count here as often as they stand" in index.read_text(encoding="utf-8")
    assert main(["duplicates", str(tmp_path / "out")]) == 0
    run_on(one_worker, replace(order, resume=True))
    assert "2 of them repeat a fuller one" in index.read_text(encoding="utf-8")
