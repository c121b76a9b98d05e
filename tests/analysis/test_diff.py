from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.analysis.diff import Difference, differences, summarise
from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.cli import main
from pipeline.config import load_config
from pipeline.dataset.stored import open_dataset

KEPT, CHANGED, GONE, NEW = "school_work.txt", "village_summary.txt", "hospital_summary.txt", "rural_survey.txt"
Make = Callable[..., Path]


@pytest.fixture(scope="module")
def make(samples: Path, one_worker: Spread, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Datasets of archives with the same name: files, and what is to stand in place of what in the second."""

    def made(*files: str, shard: int = 100, change: tuple[str, str] = ("", "")) -> Path:
        folder = tmp_path_factory.mktemp("version")
        archive = folder / "archive"
        archive.mkdir()
        for name in files:
            shutil.copy(samples / name, archive)
        changed = archive / CHANGED
        if changed.is_file():
            text = changed.read_bytes().decode("utf-8")
            assert change[0] in text
            changed.write_bytes(text.replace(*change, 1).encode("utf-8"))
        config = load_config(options={"batch.shard_entries": shard})
        run_on(one_worker, Order(inputs=(str(archive),), dataset=folder / "dataset", config=config))
        return folder / "dataset"

    return made


@pytest.fixture(scope="module")
def old(make: Make) -> Path:
    return make(KEPT, CHANGED, GONE)


@pytest.fixture(scope="module")
def new(make: Make) -> Path:
    return make(KEPT, CHANGED, NEW, change=("6公里", "8公里"))


def found(old: Path, new: Path) -> list[Difference]:
    return list(differences(open_dataset(old), open_dataset(new)))


def test_a_dataset_does_not_differ_from_itself(old: Path, make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    again = make(KEPT, CHANGED, GONE, shard=1)
    assert found(old, again) == []
    assert main(["diff", str(old), str(again)]) == 0
    assert "the same" in capsys.readouterr().out


def test_a_table_that_a_command_made_of_one_version_is_no_difference(
    old: Path, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    again = make(KEPT, CHANGED, GONE)
    assert main(["duplicates", str(again)]) == 0
    capsys.readouterr()
    assert main(["diff", str(again), str(old)]) == 0
    said = capsys.readouterr()
    assert "the same" in said.out
    assert f"duplicates is not compared: only {again} has it" in said.err
    assert said.err.endswith(f"report-pipeline duplicates {old}\n")
    assert main(["diff", str(old), str(again), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["not_compared"] == {"duplicates": str(again)}


def test_documents_are_known_by_their_source(old: Path, new: Path) -> None:
    told = [(d.kind, d.source, d.column) for d in found(old, new) if d.table == "documents"]
    assert ("went", f"archive/{GONE}", None) in told
    assert ("came", f"archive/{NEW}", None) in told
    assert ("changed", f"archive/{CHANGED}", "content_sha256") in told
    assert f"archive/{KEPT}" not in {source for _, source, _ in told}


def test_only_the_changed_quantity_of_a_document_came_and_went(old: Path, new: Path) -> None:
    told = [d for d in found(old, new) if d.table == "metrics" and d.source == f"archive/{CHANGED}"]
    assert {(d.kind, d.row.split(" | ")[0]) for d in told} == {("went", "6公里"), ("came", "8公里")}


def test_what_came_with_a_new_document_is_counted_by_table(old: Path, new: Path) -> None:
    summaries, examples = summarise(iter(found(old, new)))
    of_new = found(old, new)
    came = Counter(d.table for d in of_new if d.kind == "came")
    assert {table: s.came for table, s in summaries.items() if s.came} == dict(came)
    assert summaries["documents"].changed == 1
    assert summaries["documents"].columns["text"] == 1
    assert max(Counter((d.table, d.kind, d.column) for d in examples).values()) <= 5


def test_rows_of_which_only_scores_changed_are_counted_apart_and_no_examples() -> None:
    def changed(row: str, column: str) -> Difference:
        return Difference("sections", "changed", "archive/a.txt", row, column, 0.9941, 0.9987)

    given = [
        changed("一", "topic_score"),
        changed("一", "role_score"),
        changed("二", "topic"),
        changed("二", "topic_score"),
    ]
    summaries, examples = summarise(iter(given))
    told = summaries["sections"]
    assert (told.changed, told.scores) == (1, 1)
    assert told.columns == {"topic_score": 2, "role_score": 1, "topic": 1}
    assert [(one.row, one.column) for one in examples] == [("二", "topic")]


def test_the_two_directions_mirror_each_other(old: Path, new: Path) -> None:
    turned = {"came": "went", "went": "came", "changed": "changed"}
    there = {(d.table, d.kind, d.source, d.row, d.column) for d in found(old, new)}
    back = {(d.table, turned[d.kind], d.source, d.row, d.column) for d in found(new, old)}
    assert there == back


def test_a_table_that_one_version_lacks_came(old: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(old, bare)
    shutil.rmtree(bare / "checks")
    told = found(bare, old)
    assert {(d.table, d.kind) for d in told} == {("checks", "came")}


def test_every_difference_stands_in_the_file(
    old: Path, new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "changes.csv"
    assert main(["diff", str(old), str(new), "-o", str(path), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == len(found(old, new))
    assert Counter(line["kind"] for line in lines)["came"] == sum(t["came"] for t in told["tables"].values())


def test_a_file_that_cannot_be_written_is_named(
    old: Path, new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(["diff", str(old), str(new), "-o", str(tmp_path / "file" / "changes.csv")]) == 2
    assert "changes.csv cannot be written" in capsys.readouterr().err


def test_datasets_without_a_document_in_common_are_told(
    old: Path, new: Path, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(old), str(make(NEW))]) == 1
    assert "No document is in both" in capsys.readouterr().err
    assert main(["diff", str(old), str(new)]) == 1
    assert "No document is in both" not in capsys.readouterr().err


def test_a_folder_that_is_no_dataset_is_wrong_use(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(old), str(tmp_path)]) == 2
    assert "holds no dataset" in capsys.readouterr().err
