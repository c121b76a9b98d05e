"""A dataset made again from its manifest.json."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from laws import read_table

from pipeline.batch.again import order_again, other_libraries, read_manifest
from pipeline.batch.run import Order, run_on
from pipeline.batch.selection import Selection
from pipeline.batch.spread import Spread
from pipeline.cli import main
from pipeline.config import load_config
from pipeline.dataset.columns import TABLES
from pipeline.errors import UsageError


@pytest.fixture(scope="module")
def archive(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few samples and a table with a column of texts of an unusual name."""
    folder = tmp_path_factory.mktemp("again") / "archive"
    folder.mkdir()
    for path in sorted(samples.iterdir())[:3]:
        shutil.copy(path, folder / path.name)
    (folder / "rows.csv").write_text("甲,乙\n全镇新增企业1家。,全镇新增企业2家。\n", encoding="utf-8")
    (folder.parent / "m.csv").write_text("source,网址\narchive/rows.csv#1,http://example.org\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def first(archive: Path, one_worker: Spread) -> Path:
    """A dataset that was made with every kind of option."""
    options = {"batch.shard_entries": 2, "reading.text_column": "乙", "dataset.source_text": False}
    order = Order(
        inputs=(str(archive),),
        dataset=archive.parent / "first",
        config=load_config(options=options),
        selection=Selection(exclude=("*agriculture*",)),
        metadata=archive.parent / "m.csv",
    )
    run_on(one_worker, order)
    return order.dataset


def again(archive: Path, dataset: Path, **more: Any) -> Order:
    return Order(inputs=(str(archive),), dataset=dataset, config=load_config(), **more)


def test_the_same_rows_come_again(archive: Path, first: Path, one_worker: Spread, tmp_path: Path) -> None:
    asked = again(archive, tmp_path / "again", metadata=archive.parent / "m.csv")
    summary = run_on(one_worker, order_again(read_manifest(first / "manifest.json"), asked))
    for table in TABLES:
        assert read_table(tmp_path / "again", table) == read_table(first, table)
    documents = read_table(first, "documents")
    assert [row["text"] for row in documents][-1] == "全镇新增企业2家。"
    assert json.loads(documents[-1]["meta"]) == {"甲": "全镇新增企业1家。", "网址": "http://example.org"}
    for name in ("manifest.json", "README.md", "croissant.json"):
        assert (tmp_path / "again" / name).read_bytes() == (first / name).read_bytes()
    assert summary.content == read_manifest(first / "manifest.json")["content"]


def test_the_command_finds_what_the_manifest_names(
    archive: Path, first: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(archive.parent)
    command = ["run", "--from-manifest", "first/manifest.json", "--workers", "1", "--quiet"]
    assert main([*command, "-o", str(tmp_path / "again")]) == 0
    assert "manifest    the same rows, byte for byte" in capsys.readouterr().out
    other = shutil.copytree(archive, tmp_path / "archive")
    (other / "rows.csv").write_text("甲,乙\n一,全镇新增企业3家。\n", encoding="utf-8")
    assert main([*command, str(other), "-o", str(tmp_path / "other")]) == 1
    assert "manifest    other bytes than then" in capsys.readouterr().out
    assert main([*command, "--limit", "3", "-o", str(tmp_path / "x")]) == 2
    assert "--limit would make other rows" in capsys.readouterr().err
    monkeypatch.chdir(tmp_path)
    shutil.rmtree(other)
    manifest = str(first / "manifest.json")
    assert main(["run", "--from-manifest", manifest, "-o", str(tmp_path / "x")]) == 2
    assert "was made from archive, which is not here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": "0.0.9"}, r"version was '0\.0\.9' and is"),
        ({"knowledge": {"rules": "00"}}, r"knowledge\.rules has changed"),
        ({"knowledge": {"models/metrics": "00"}}, r"knowledge\.models/metrics has changed"),
        ({"knowledge": {"own rules": "00"}}, r"knowledge\.own rules has changed"),
    ],
)
def test_what_decides_the_rows_must_be_the_same(
    archive: Path, first: Path, tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    manifest = dict(read_manifest(first / "manifest.json"))
    for key, value in change.items():
        manifest[key] = manifest[key] | value if isinstance(value, dict) else value
    asked = again(archive, tmp_path / "again", metadata=archive.parent / "m.csv")
    with pytest.raises(UsageError, match=f"{words}.*--allow-differences"):
        order_again(manifest, asked)
    assert order_again(manifest, asked, allow_differences=True).config.batch.shard_entries == 2


def test_libraries_of_other_versions_are_told(first: Path) -> None:
    manifest = read_manifest(first / "manifest.json")
    assert other_libraries(manifest) == []
    older = {**manifest, "libraries": {**manifest["libraries"], "jieba": "0.42"}}
    assert other_libraries(older) == [f"jieba was '0.42' and is '{manifest['libraries']['jieba']}'"]


def test_the_inputs_and_the_metadata_must_be_the_same(archive: Path, first: Path, tmp_path: Path) -> None:
    manifest = read_manifest(first / "manifest.json")
    (tmp_path / "samples").mkdir()
    with pytest.raises(UsageError, match="was made from archive, not from samples"):
        order_again(manifest, again(tmp_path / "samples", tmp_path / "x"))
    with pytest.raises(UsageError, match=r"m\.csv cannot be read"):
        order_again(manifest, again(archive, tmp_path / "x"))
    (tmp_path / "m.csv").write_text("source,x\na,b\n", encoding="utf-8")
    with pytest.raises(UsageError, match="is not the metadata"):
        order_again(manifest, again(archive, tmp_path / "x", metadata=tmp_path / "m.csv"))
    with pytest.raises(UsageError, match="was made without metadata"):
        order_again({**manifest, "metadata": None}, again(archive, tmp_path / "x", metadata=tmp_path / "m.csv"))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": "0.1.0"}'])
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(UsageError, match=r"manifest"):
        read_manifest(tmp_path / "manifest.json")
