from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from statistics import median

import pyarrow as pa
import pytest
from laws import read_table

from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.config import load_config
from pipeline.pages import counts as room
from pipeline.pages.cloud import HEIGHT, WIDTH, cloud
from pipeline.pages.counts import Counts, Values, count, most
from pipeline.rules import Rules

STOP_WORDS = frozenset(Rules().stop_words())


@pytest.fixture(scope="module")
def counted(dataset: Path) -> Counts:
    return count(dataset, STOP_WORDS)


def test_counts_are_those_of_the_tables(dataset: Path, counted: Counts) -> None:
    documents, metrics = read_table(dataset, "documents"), read_table(dataset, "metrics")
    assert counted.coverage == Counter((d["year_covered"], d["admin_level"] or "") for d in documents)
    assert counted.words == sum(d["n_words"] for d in documents)
    assert counted.labels == Counter((s["topic"], s["role"]) for s in read_table(dataset, "sections"))
    passages = {(s["doc_id"], s["passage"]) for s in read_table(dataset, "sentences") if s["passage"]}
    assert counted.passages == Counter(role for _, role in passages)
    assert {"problems"} <= counted.passages.keys()
    assert counted.units == Counter(m["unit_canonical"] for m in metrics)
    assert counted.confidence.total() == len(metrics)
    named = Counter((m["indicator"] or m["name"], m["unit_canonical"], m["change"]) for m in metrics)
    assert counted.indicators == named
    for key, values in counted.distributions.items():
        assert values.names.total() == named[key]


def test_levels_and_changes_of_an_indicator_stand_apart() -> None:
    kinds, values = ["level", "level", "increase"], [8e8, 6e8, 2e8]
    table = pa.table(
        {
            "indicator": ["tax_revenue"] * 3,
            "name": ["税收收入"] * 3,
            "unit_canonical": ["元"] * 3,
            "change": kinds,
            "value": values,
            "period_start": pa.nulls(3, pa.date32()),
        }
    )
    counts = Counts(distributions={("tax_revenue", "元", kind): Values() for kind in ("level", "increase")})
    room._distributions(counts, table)
    assert [held.count for held in counts.distributions.values()] == [2, 1]


def test_words_are_those_of_the_sentences_without_stop_words(dataset: Path, counted: Counts) -> None:
    words = Counter(word for sentence in read_table(dataset, "sentences") for word in sentence["words"])
    for word, n in most(counted.terms, 50):
        assert words[word] == n
        assert len(word) > 1
        assert word not in STOP_WORDS
    assert not {"发展", "建设", "万元", "同比", "以上", "我们"} & counted.terms.keys()
    assert {"党员", "群众"} <= counted.terms.keys()


def test_the_sample_does_not_depend_on_the_parts(
    dataset: Path, counted: Counts, samples: Path, one_worker: Spread, tmp_path: Path
) -> None:
    folder = tmp_path / "dataset"
    config = load_config(options={"batch.shard_entries": 3})
    run_on(one_worker, Order(inputs=(str(samples),), dataset=folder, config=config))
    names = sorted(path.name for path in (dataset / "pages").iterdir())
    assert len(names) == min(room.SAMPLES, len(read_table(dataset, "documents")))
    assert sorted(path.name for path in (folder / "pages").iterdir()) == names
    for name in ("index.html", *(f"pages/{name}" for name in names)):
        assert (folder / name).read_bytes() == (dataset / name).read_bytes()


def test_quantiles_are_close() -> None:
    values = [0.5, 3, 3, 7, 18, 430, 2.76e9]
    held = Values()
    for value in values:
        held.add(value)
    for share, exact in ((0.5, median(values)), (0.01, 0.5), (1, 2.76e9)):
        assert held.quantile(share) == pytest.approx(exact, rel=1 / 40)
    held.add(0)
    held.add(-4)
    assert (held.count, held.not_above_zero) == (9, 2)
    assert Values().quantile(0.5) is None


def test_the_rarest_are_let_go_where_there_are_too_many(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = count(dataset, STOP_WORDS)
    monkeypatch.setattr(room, "HELD", 400)
    few = count(dataset, STOP_WORDS)
    assert len(few.terms) <= 800 < len(whole.terms)
    assert [word for word, _ in most(few.terms, 5)] == [word for word, _ in most(whole.terms, 5)]


def test_words_of_a_cloud_stand_apart_and_within_it() -> None:
    words = [(f"词语{'长' * (n % 4)}", 100 - n) for n in range(90)]
    placed = cloud(words)
    assert len(placed) > 30
    boxes = [
        (p.x - p.size * len(p.word) / 2, p.y - p.size / 2, p.x + p.size * len(p.word) / 2, p.y + p.size / 2)
        for p in placed
    ]
    for at, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert top >= 0
        assert right <= WIDTH
        assert bottom <= HEIGHT
        for other in boxes[:at]:
            assert right < other[0] or other[2] < left or bottom < other[1] or other[3] < top
    assert cloud([]) == []
    assert cloud(words) == placed


def test_pages_of_another_sample_go(dataset: Path, tmp_path: Path) -> None:
    from pipeline.pages.write import write_pages

    folder = tmp_path / "dataset"
    shutil.copytree(dataset, folder)
    (folder / "pages" / "0000000000000000.html").touch()
    (folder / "pages" / "notes.txt").touch()
    manifest = json.loads((dataset / "manifest.json").read_bytes())
    write_pages(folder, manifest, Rules(), [])
    assert {path.name for path in (folder / "pages").iterdir()} == {
        path.name for path in (dataset / "pages").iterdir()
    } | {"notes.txt"}
