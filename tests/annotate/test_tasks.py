from __future__ import annotations

import shutil
from pathlib import Path
from statistics import fmean

import pyarrow.compute as pc
import pytest
from laws import read_table
from pyarrow import parquet

from pipeline.annotate import sampling
from pipeline.annotate.marks import LAYERS, Task
from pipeline.annotate.sampling import LEAST, at_random, by_uncertainty
from pipeline.cli import main
from pipeline.gold.likeness import squeeze


def test_marks_stand_where_they_say_and_hold_all_records(dataset: Path, tasks: list[Task]) -> None:
    marks = [mark for task in tasks for mark in task.marks]
    for task in tasks:
        for mark in task.marks:
            assert task.text[slice(*mark.span)] == mark.quote
            assert task.text[: mark.span.start].endswith(mark.before)
    metrics = [row for row in read_table(dataset, "metrics") if not row["masked"]]
    sections = [row for row in read_table(dataset, "sections") if row["heading"]]
    assert sum(mark.label == "metric" for mark in marks) == len(metrics)
    assert sorted(m.fields["topic"] for m in marks if m.label == "heading") == sorted(row["topic"] for row in sections)
    kinds = ("restored", "heading", "metric")
    assert sum(mark.label not in kinds for mark in marks) == len(read_table(dataset, "removals"))


def test_a_heading_ends_behind_its_last_character_whatever_was_removed_in_it(dataset: Path, tasks: list[Task]) -> None:
    by_source = {task.source: task for task in tasks}
    sources = {row["doc_id"]: row["source"] for row in read_table(dataset, "documents")}
    changed = 0
    for row in read_table(dataset, "sections"):
        if row["heading"]:
            task = by_source[sources[row["doc_id"]]]
            mark = next(m for m in task.marks if m.id == f"s{row['section_id']}")
            assert squeeze(mark.quote)[:1] == squeeze(row["heading"])[:1]
            assert squeeze(mark.quote)[-1:] == squeeze(row["heading"])[-1:]
            changed += squeeze(mark.quote) != squeeze(row["heading"])
    assert changed > 0  # the samples have headings with markers and disguised words in them


@pytest.mark.parametrize("most", [60, 100])
def test_the_least_sure_reports_that_can_be_checked_come_first(
    dataset: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "MOST", most)
    sure: dict[str, list[float]] = {row["doc_id"]: [] for row in read_table(dataset, "documents")}
    for row in read_table(dataset, "metrics"):
        sure[row["doc_id"]].append(row["confidence"])
    handy = {
        row["doc_id"]: bool(row["report_type"]) and row["n_sections"] > 2 and len(sure[row["doc_id"]]) <= most
        for row in read_table(dataset, "documents")
    }
    order = by_uncertainty(dataset, ["metrics"], 0)
    means = [(not handy[doc_id], fmean(sorted(sure[doc_id])[:LEAST]) if sure[doc_id] else 1.0) for doc_id in order]
    assert means == sorted(means)
    assert {False, True} == {other for other, _ in means}
    assert sorted(order) == sorted(sure)


def test_what_is_no_report_comes_last(dataset: Path, tmp_path: Path) -> None:
    first, *others = by_uncertainty(dataset, ["metrics"], 0)
    for table in ("documents", "metrics"):
        shutil.copytree(dataset / table, tmp_path / table)
    for part in (tmp_path / "documents").iterdir():
        rows = parquet.read_table(part)
        types = pc.if_else(pc.equal(rows["doc_id"], first), None, rows["report_type"])
        parquet.write_table(rows.set_column(rows.column_names.index("report_type"), "report_type", types), part)
    assert by_uncertainty(tmp_path, ["metrics"], 0) == [*others, first]


def test_a_random_order_is_fixed_by_its_seed(dataset: Path) -> None:
    one, again, other = (at_random(dataset, LAYERS, seed) for seed in (1, 1, 2))
    assert one == again != other
    assert sorted(one) == sorted(other) == sorted(row["doc_id"] for row in read_table(dataset, "documents"))


def test_a_dataset_without_source_texts_is_refused(
    tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["run", str(samples / "school_work.txt"), "-o", str(tmp_path / "dataset"), "--quiet", "--no-source-text"]
    assert main([*given, "--workers", "1"]) == 0
    assert main(["annotate", "export", str(tmp_path / "dataset"), "--to", "csv", "-o", str(tmp_path / "out")]) == 2
    assert "without --no-source-text" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
