"""What is refused says why and what to do; what is read through a reader keeps the laws of every table."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hostile import pdf, whole_files
from laws import check_laws, read_table

from pipeline.batch.run import Order, run
from pipeline.config import load_config
from pipeline.dataset.columns import TABLES
from pipeline.errors import ReadError
from pipeline.reading import Columns, Limits, as_failure, iter_sources, read
from pipeline.reading.office import read_converted
from pipeline.reading.pdf import read_pdf
from pipeline.reading.refusals import Encrypted, Missing, NoText
from pipeline.reading.rtf import read_rtf
from pipeline.reading.workbooks import open_workbook
from pipeline.records import Failure, Source


@pytest.mark.parametrize(
    ("package", "reader", "name", "extra"),
    [("striprtf.striprtf", read_rtf, "a.rtf", "office"), ("pypdfium2", read_pdf, "a.pdf", "pdf")],
)
def test_a_missing_package_is_named_with_its_extra(
    package: str, reader: object, name: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(Missing, match=rf"pip install 'report-pipeline\[{extra}\]'"):
        reader(whole_files()[name], Limits())  # type: ignore[operator]


def test_a_missing_package_for_workbooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.reading.files import on_disk

    monkeypatch.setitem(sys.modules, "python_calamine", None)
    (tmp_path / "a.xlsx").write_bytes(whole_files()["a.xlsx"])
    with pytest.raises(Missing, match=r"report-pipeline\[office\]"):
        list(open_workbook(on_disk(tmp_path / "a.xlsx", "a.xlsx"), Limits(), None))


def test_without_libreoffice_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Missing, match="apt-get install libreoffice-writer") as raised:
        read_converted(b"", Limits())
    assert as_failure("a.doc", raised.value).error == "Missing"


def test_pdfs_without_text_or_under_a_password(tmp_path: Path) -> None:
    with pytest.raises(NoText, match="pictures"):
        read_pdf(pdf(b"72 700 100 100 re f"), Limits())
    locked = pdf(b"").replace(
        b"trailer<<",
        b"trailer<</Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[(a)(a)]" % (b"x" * 32, b"y" * 32),
    )
    with pytest.raises(Encrypted, match="password"):
        read_pdf(locked, Limits())


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(30), "Unpack it and give the folder"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00" + bytes(30), "Unpack it and give the folder"),
        ("a.zst", b"\x28\xb5\x2f\xfd" + bytes(30), "Unpack it and give the folder"),
        (
            "a.ppt",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "PowerPoint Document".encode("utf-16-le"),
            "Save it as .txt",
        ),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
            "without one",
        ),
        ("a.docx", bytes(range(256)) * 9, "it is damaged"),
        ("a.pdf", bytes(range(256)) * 9, "it is damaged"),
    ],
)
def test_what_is_not_read_says_what_to_do(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    (entry,) = iter_sources(tmp_path / name, name, Limits())
    assert isinstance(entry, Source)
    with pytest.raises(ReadError, match=said):
        read(entry, Limits())


def test_a_named_column_of_parquet_and_excel_is_taken(tmp_path: Path) -> None:
    for name in ("a.parquet", "a.xlsx"):
        (tmp_path / name).write_bytes(whole_files()[name])
        column = {"a.parquet": "年份", "a.xlsx": "编号"}[name]
        found = list(iter_sources(tmp_path / name, name, Limits(), Columns(column)))
        assert [entry.data for entry in found if isinstance(entry, Source)] == [str(n).encode() for n in range(5)]
        (failure,) = iter_sources(tmp_path / name, name, Limits(), Columns("摘要"))
        assert isinstance(failure, Failure)
        assert (failure.error, "'正文'" in failure.message) == ("NoTextColumn", True)


def test_a_table_of_every_kind_of_file_keeps_the_laws(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    for name, data in whole_files().items():
        (archive / name).write_bytes(data)
    run(Order(inputs=(str(archive),), dataset=tmp_path / "out", config=load_config()))
    tables = check_laws(tmp_path / "out")
    assert not tables["failures"]
    styled = {row["source"]: row for row in tables["documents"]}
    assert styled["archive/a.docx"]["media_type"].endswith("wordprocessingml.document")
    for name in ("archive/a.docx", "archive/a.html", "archive/a.md", "archive/a.rtf"):
        values = [row["value"] for row in tables["metrics"] if row["doc_id"] == styled[name]["doc_id"]]
        assert values[:4] == [612.0, 23.6, 14000.0, 6.2], name


def test_what_failed_for_want_of_a_package_is_tried_again_once_it_is_there(tmp_path: Path) -> None:
    archive, out, fresh, without = (tmp_path / name for name in ("archive", "out", "fresh", "without"))
    archive.mkdir()
    for name in ("a.txt", "a.rtf", "a.xlsx"):
        (archive / name).write_bytes(whole_files()[name])
    without.mkdir()
    (without / "sitecustomize.py").write_text(
        "import sys\nsys.modules |= {'striprtf': None, 'python_calamine': None}\n"
    )
    path = os.pathsep.join([str(without), str(Path(__file__).parent.parent.parent)])
    command = [sys.executable, "-m", "pipeline", "run", str(archive), "-o", str(out), "--workers", "1", "--quiet"]
    assert subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True).returncode == 1
    failed = {row["source"]: row["message"] for row in read_table(out, "failures")}
    assert failed.keys() == {"archive/a.rtf", "archive/a.xlsx"}
    assert all(message.endswith("and go on with --resume.") for message in failed.values())
    order = Order(inputs=(str(archive),), dataset=out, config=load_config())
    run(replace(order, resume=True))
    run(replace(order, dataset=fresh))
    assert read_table(out, "failures") == []
    assert {path.name for path in fresh.rglob("*.parquet")} == {"part-00000.parquet"}
    for table in TABLES:
        part = Path(table, "part-00000.parquet")
        assert (out / part).read_bytes() == (fresh / part).read_bytes()
