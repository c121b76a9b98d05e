from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pytest
from archives import bytes_of, put_reports
from laws import check_laws, read_table

from pipeline.batch.folder import STATE, claim
from pipeline.batch.plan import plan, state_of
from pipeline.batch.run import Order, Progress, Summary, run_on
from pipeline.batch.run import run as run_on_workers
from pipeline.batch.selection import Selection
from pipeline.batch.shards import Job, kit_of
from pipeline.batch.spread import Spread
from pipeline.config import load_config
from pipeline.dataset.columns import DERIVED, MEANINGS, TABLES, Column, to_batch
from pipeline.dataset.parts import write_parts
from pipeline.errors import PipelineError, UsageError

Run = Callable[..., Summary]


@pytest.fixture
def run(one_worker: Spread) -> Run:
    return partial(run_on, one_worker)


@pytest.fixture
def archive(samples: Path, tmp_path: Path) -> Path:
    """Some samples with what an archive has beside them: an empty file, a picture, a table."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for path in sorted(samples.iterdir())[:4]:
        shutil.copy(path, folder / path.name)
    (folder / "empty.txt").touch()
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    rows = "\n".join(f"{n},全镇新增企业{n}家。" for n in range(1, 9))
    (folder / "rows.csv").write_text(f"编号,正文\n{rows}\n", encoding="utf-8")
    return folder


def order(archive: Path, dataset: Path, **more: object) -> Order:
    options = {"batch.shard_entries": more.pop("size", 3)}
    return Order(inputs=(str(archive),), dataset=dataset, config=load_config(options=options), **more)  # type: ignore[arg-type]


def rows_of(dataset: Path) -> Mapping[str, object]:
    return {table: read_table(dataset, table) for table in TABLES}


def test_every_entry_is_a_document_or_a_failure(run: Run, archive: Path, tmp_path: Path) -> None:
    summary = run(order(archive, tmp_path / "out"))
    tables = check_laws(tmp_path / "out")
    assert summary.rows == {table: len(rows) for table, rows in tables.items()}
    assert (summary.entries, summary.rows["documents"], summary.skipped) == (14, 12, 1)
    assert summary.removed_chars == sum(row["removed_chars"] for row in tables["documents"])
    assert [row["source"] for row in tables["documents"]][-8:] == [f"archive/rows.csv#{n}" for n in range(1, 9)]
    assert [(row["source"], row["stage"]) for row in tables["failures"]] == [
        ("archive/empty.txt", "read"),
        ("archive/logo.png", "skipped"),
    ]
    assert json.loads(tables["documents"][-1]["meta"]) == {"编号": "8"}


@pytest.mark.parametrize("workers", [2, 4])
def test_the_number_of_workers_changes_no_byte(run: Run, tmp_path: Path, workers: int) -> None:
    asked = order(put_reports(tmp_path / "archive", 20), tmp_path / "one")
    run(asked)
    run_on_workers(replace(asked, dataset=tmp_path / "more", workers=workers))
    assert bytes_of(tmp_path / "more") == bytes_of(tmp_path / "one")


def test_the_size_of_shards_changes_no_row(run: Run, archive: Path, tmp_path: Path) -> None:
    for size in (2, 7, 500):
        run(order(archive, tmp_path / f"out{size}", size=size))
    assert rows_of(tmp_path / "out2") == rows_of(tmp_path / "out7") == rows_of(tmp_path / "out500")


def test_a_finished_run_resumed_stays_as_it_is_and_works_on_nothing(run: Run, archive: Path, tmp_path: Path) -> None:
    first = run(order(archive, tmp_path / "out"))
    written = [*(tmp_path / "out").glob("*/*.parquet"), *(tmp_path / "out").glob("**/*.html")]
    before = {path: path.stat().st_mtime_ns for path in (*written, tmp_path / "out" / "README.md")}
    assert run(order(archive, tmp_path / "out", resume=True)) == first
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_what_is_missing_or_damaged_is_done_again(run: Run, archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(order(archive, out))
    fresh = bytes_of(out)
    (out / "metrics" / "part-00000.parquet").unlink()
    part = out / "documents" / "part-00001.parquet"
    part.write_bytes(part.read_bytes()[:-1] + b"\0")
    cut = out / "sentences" / "part-00002.parquet"
    cut.write_bytes(cut.read_bytes()[:100])
    (out / "sections" / ".writing-part-00002.parquet").write_bytes(b"half")
    (out / "metrics" / "part-00099.parquet").write_bytes(b"left over")
    ledger = out / ".run" / "ledger.jsonl"
    lines = ledger.read_bytes()
    ledger.write_bytes(lines[: len(lines) // 2] + lines[len(lines) // 2 + 40 :])  # a hole in the middle
    (out / ".run" / "survey" / "group-00000.jsonl").write_text("spoilt")
    (out / "index.html").write_text("half")
    next((out / "pages").iterdir()).unlink()
    run(order(archive, out, resume=True))
    assert bytes_of(out) == fresh
    check_laws(out)


class Stop(Exception):
    """Stands for Ctrl-C."""


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_run_that_is_stopped_goes_on_to_the_same_dataset(run: Run, archive: Path, tmp_path: Path, after: int) -> None:
    heard: list[Progress] = []

    def tell(progress: Progress) -> None:
        heard.append(progress)
        if len(heard) > after:
            raise Stop

    with pytest.raises(Stop):
        run(order(archive, tmp_path / "out"), tell)
    assert not (tmp_path / "out" / "manifest.json").exists()
    run(order(archive, tmp_path / "out", resume=True))
    run(order(archive, tmp_path / "fresh"))
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "fresh")


def test_a_changed_archive_resumed_is_what_a_fresh_run_gives(run: Run, archive: Path, tmp_path: Path) -> None:
    run(order(archive, tmp_path / "out"))
    texts = sorted(archive.glob("*_*.txt"))
    texts[0].unlink()
    texts[1].write_bytes(texts[1].read_bytes() + "\n全镇新修道路12公里。\n".encode())
    (archive / "a_new_one.txt").write_text("某镇工作总结\n全镇共有23个村。\n", encoding="utf-8")
    (archive / "rows.csv").write_text("编号,正文\n1,全镇新增企业一家。\n", encoding="utf-8")
    run(order(archive, tmp_path / "out", resume=True))
    run(order(archive, tmp_path / "fresh"))
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "fresh")


def test_a_table_whose_first_rows_tell_another_column_of_titles_is_done_again(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    rows = "".join(
        f"柳塘县畜牧站20{n}年工作总结,20{n + 1}-01-08,<p>全县建圈舍{n}座。</p><p>一、打算</p>\n" for n in range(10, 20)
    )
    (archive / "rows.csv").write_text(f"甲列,日期,正文\n{rows}", encoding="utf-8")
    run(order(archive, tmp_path / "out"))
    read = [row for row in read_table(tmp_path / "out", "documents") if "rows.csv" in row["source"]]
    assert [(row["year_covered"], row["year_delivered"]) for row in read] == [(n, n + 1) for n in range(2010, 2020)]
    first = "甲,2001-02-03,<p>全县建圈舍1座。</p>\n" * 20
    (archive / "rows.csv").write_text(f"甲列,日期,正文\n{first}{rows}", encoding="utf-8")
    run(order(archive, tmp_path / "out", resume=True))
    run(order(archive, tmp_path / "fresh"))
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "fresh")
    assert {row["title"] for row in read_table(tmp_path / "out", "documents") if "rows.csv" in row["source"]} == {None}


def test_an_input_that_is_not_given_again_is_refused(run: Run, archive: Path, tmp_path: Path) -> None:
    new = put_reports(tmp_path / "new", 2)
    first, out = order(archive, tmp_path / "out"), tmp_path / "out"
    both = replace(first, inputs=(str(archive), str(new)), resume=True)
    run(first)
    before = bytes_of(out)
    with pytest.raises(UsageError, match=r"begun with archive too.*Give all INPUTs again.*--overwrite"):
        run(replace(both, inputs=(str(new),)))
    assert bytes_of(out) == before

    def stop(_: Progress) -> None:
        raise Stop

    with pytest.raises(Stop):
        run(both, stop)
    with pytest.raises(UsageError, match="begun with new too"):
        run(replace(first, resume=True))
    run(both)
    run(replace(both, dataset=tmp_path / "fresh", resume=False))
    assert bytes_of(out) == bytes_of(tmp_path / "fresh")


def test_tables_made_of_the_rows_of_a_run_go_with_them(
    run: Run, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(DERIVED, "twins", (Column("doc_id", "string", "The document."),))
    monkeypatch.setitem(MEANINGS, "twins", "one row a document that has a twin")
    out = tmp_path / "out"
    run(order(archive, out))
    write_parts(out, 0, {"twins": pa.Table.from_batches([to_batch("twins", [("d",)])])})
    (out / "failures" / "part-00001.parquet").unlink()
    assert run(order(archive, out, resume=True)).stale == ()
    assert "| [twins](#twins) | 1 |" in (out / "README.md").read_text(encoding="utf-8")
    (archive / "a_new_one.txt").write_text("某镇工作总结\n全镇共有23个村。\n", encoding="utf-8")
    assert run(order(archive, out, resume=True)).stale == ("twins",)
    assert not (out / "twins").exists()
    assert "twins" not in (out / "README.md").read_text(encoding="utf-8")


def test_lines_that_the_archive_repeats_are_part_of_what_decides_the_rows(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    run(order(archive, tmp_path / "out"))
    profile = json.loads((tmp_path / "out" / "manifest.json").read_text())["profile"]
    for number in range(6):
        (archive / f"repeated{number}.txt").write_text(
            f"某镇第{number}年工作总结\n来源：某某范文大全网\n全镇有{number}村。\n"
        )
    run(order(archive, tmp_path / "out", resume=True))
    run(order(archive, tmp_path / "fresh"))
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["profile"] != profile
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "fresh")


def test_a_dataset_is_not_written_over_unasked(run: Run, archive: Path, tmp_path: Path) -> None:
    run(order(archive, tmp_path / "out"))
    with pytest.raises(UsageError, match=r"holds a dataset already\. Go on with --resume"):
        run(order(archive, tmp_path / "out"))
    (tmp_path / "out" / "notes.txt").write_text("mine")
    before = bytes_of(tmp_path / "out")
    run(order(archive, tmp_path / "out", overwrite=True))
    assert bytes_of(tmp_path / "out") == before


@pytest.mark.parametrize("way", [{}, {"resume": True}, {"overwrite": True}])
def test_a_folder_of_other_things_is_left_alone(run: Run, archive: Path, tmp_path: Path, way: dict[str, bool]) -> None:
    folder = tmp_path / "mine"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds other files"):
        run(order(archive, folder, **way))
    assert bytes_of(folder) == {"documents/thesis.txt": b"mine"}


def test_another_configuration_is_refused_by_its_difference(run: Run, archive: Path, tmp_path: Path) -> None:
    run(order(archive, tmp_path / "out"))
    with pytest.raises(
        UsageError, match=r"config\.batch\.shard_entries was 3 and is 4\. .*--shard-size 3.*--overwrite"
    ):
        run(order(archive, tmp_path / "out", resume=True, size=4))
    run(order(archive, tmp_path / "out", overwrite=True, size=4))
    run(order(archive, tmp_path / "fresh", size=4))
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "fresh")


def test_metadata_joins_the_documents_that_it_names(run: Run, archive: Path, tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    table.write_text("source,网址\narchive/rows.csv#2,http://example.org/2\narchive/none.txt,x\n", encoding="utf-8")
    asked = order(archive, tmp_path / "out", metadata=table)
    assert run(asked).unmatched == ("archive/none.txt",)
    found = {row["source"]: row["meta"] for row in read_table(tmp_path / "out", "documents")}
    assert json.loads(found["archive/rows.csv#2"]) == {"编号": "2", "网址": "http://example.org/2"}
    assert json.loads(found["archive/rows.csv#3"]) == {"编号": "3"}
    table.write_text("source,网址\narchive/rows.csv#2,http://example.org/two\n", encoding="utf-8")
    assert run(replace(asked, resume=True)).unmatched == ()
    found = {row["source"]: row["meta"] for row in read_table(tmp_path / "out", "documents")}
    assert "example.org/two" in found["archive/rows.csv#2"]


def test_the_manifest_remembers_the_metadata_that_joined(run: Run, archive: Path, tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    table.write_text("source,地区\narchive/rows.csv#2,某县\n", encoding="utf-8")
    joined = sha256(table.read_bytes()).hexdigest()
    run(order(archive, tmp_path / "out", metadata=table), lambda _: table.unlink(missing_ok=True))
    remembered = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["metadata"]
    assert remembered == {"name": "m.csv", "sha256": joined}


def test_source_text_can_be_left_out(run: Run, archive: Path, tmp_path: Path) -> None:
    config = load_config(options={"dataset.source_text": False})
    run(Order(inputs=(str(archive),), dataset=tmp_path / "out", config=config))
    assert {row["source_text"] for row in check_laws(tmp_path / "out")["documents"]} == {None}


def test_an_archive_without_a_file_is_nothing_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="There is no file in"):
        run(order(tmp_path / "empty", tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_some_of_the_archive_can_be_taken(run: Run, archive: Path, tmp_path: Path) -> None:
    run(order(archive, tmp_path / "all"))
    everything = [row["source"] for row in read_table(tmp_path / "all", "documents")]

    def taken(**selection: object) -> list[str]:
        run(order(archive, tmp_path / "out", overwrite=True, selection=Selection(**selection)))
        return [row["source"] for row in check_laws(tmp_path / "out")["documents"]]

    assert taken(limit=7) == everything[:5]  # the sixth and seventh entry are the two failures
    assert taken(include=("*.csv",), limit=3) == everything[4:7]
    assert taken(exclude=("*.csv", "*empty*")) == everything[:4]
    some = taken(sample=0.5)
    assert some == [name for name in everything if name in some]
    assert 0 < len(some) < len(everything)
    assert set(taken(sample=0.2)) < set(some)


def test_patterns_that_fit_nothing_leave_all_as_it_was(run: Run, archive: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No entry fits"):
        run(order(archive, tmp_path / "out", selection=Selection(include=("*.foo",))))
    assert not (tmp_path / "out").exists()
    run(order(archive, tmp_path / "out", selection=Selection(include=("*rows.csv#3",))))
    written = bytes_of(tmp_path / "out")
    with pytest.raises(UsageError, match="No entry fits"):
        run(order(archive, tmp_path / "out", overwrite=True, selection=Selection(exclude=("*",))))
    assert bytes_of(tmp_path / "out") == written


@pytest.mark.parametrize(("selection", "said"), [({"sample": 1e-9}, "sample holds no entry"), ({}, "hold nothing")])
def test_where_there_is_nothing_to_do_no_dataset_is_made(
    run: Run, archive: Path, tmp_path: Path, selection: dict[str, float], said: str
) -> None:
    (archive / "heads.csv").write_text("标题,正文\n", encoding="utf-8")
    asked = order(archive if selection else archive / "heads.csv", tmp_path / "out", selection=Selection(**selection))
    for look in (plan, run):
        with pytest.raises(UsageError, match=said):
            look(asked)
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_the_first_entries_resumed_are_not_looked_for_again(
    run: Run, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.batch.survey.GROUP", 2)
    asked = order(archive, tmp_path / "out", selection=Selection(limit=5))
    heard: list[Progress] = []
    run(asked)
    run(replace(asked, resume=True), heard.append)
    assert [at.step for at in heard] == ["working", "working"]
    assert [at.stood for at in heard] == [3, 5]


@pytest.mark.parametrize("shards", [1, 5])
def test_a_run_that_another_has_taken_over_leaves_all_to_it(
    run: Run, archive: Path, tmp_path: Path, shards: int
) -> None:
    out, heard = tmp_path / "out", list[Progress]()
    half = out / "metrics" / ".writing-abcd-part-00002.parquet"

    def take_over(at: Progress) -> None:
        heard.append(at)
        if sum(one.step == "working" for one in heard) == shards:
            claim(out / STATE)
            half.write_bytes(b"half")

    with pytest.raises(PipelineError, match="Another run has taken"):
        run(order(archive, out), take_over)
    assert half.read_bytes() == b"half"
    assert not (out / "manifest.json").exists()


def test_too_little_memory_for_the_tools_is_said(archive: Path, tmp_path: Path) -> None:
    config = load_config(options={"batch.worker_bytes": 100_000_000})
    with pytest.raises(PipelineError, match=r"batch\.worker_bytes"):
        run_on_workers(Order(inputs=(str(archive),), dataset=tmp_path / "out", config=config))


def test_it_can_be_seen_beforehand_and_halfway_what_a_run_does(run: Run, archive: Path, tmp_path: Path) -> None:
    asked = order(archive, tmp_path / "out")
    assert (plan(asked).files, plan(asked).entries) == (7, 14)
    assert not asked.dataset.exists()
    with pytest.raises(UsageError, match="holds no dataset"):
        state_of(asked.dataset)

    def stop(at: Progress) -> None:
        if at.step == "working":
            raise Stop

    with pytest.raises(Stop):
        run(asked, stop)
    halfway = state_of(asked.dataset)
    assert (halfway.complete, halfway.entries, halfway.written.entries) == (False, 14, 3)
    run(replace(asked, resume=True))
    state = state_of(asked.dataset)
    assert (state.complete, state.written.entries) == (True, 14)
    assert state.failures == {("read", "EmptyFile"): 1, ("skipped", "NotText"): 1}


def test_a_worker_that_knows_otherwise_than_the_run_is_refused(archive: Path, tmp_path: Path) -> None:
    job = Job(tmp_path, load_config(), "another version", "", "")
    with pytest.raises(PipelineError, match="Install the same everywhere"):
        kit_of(job)
