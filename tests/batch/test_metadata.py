from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.batch.metadata import read_metadata
from pipeline.cli import main
from pipeline.errors import UsageError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_are_known_by_their_source(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes('网址,source,地区\r\nhttp://example.org/1,a/1.txt,某县\r\n,a/2.txt,"甲,乙"\r\n'.encode(encoding))
    assert read_metadata(path).rows == {
        "a/1.txt": {"网址": "http://example.org/1", "地区": "某县"},
        "a/2.txt": {"网址": None, "地区": "甲,乙"},
    }


@pytest.mark.parametrize("sign", [";", "\t"])
def test_tables_parted_by_other_signs_are_read(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(f"source{sign}年\na/1.txt{sign}2023\n", encoding="utf-8")
    assert read_metadata(path).rows == {"a/1.txt": {"年": "2023"}}


def test_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    with ZipFile(path, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(UsageError, match=r"m\.xlsx is no text in UTF-8 or GB18030\. Save it as CSV UTF-8"):
        read_metadata(path)


def test_without_a_column_of_that_name_the_first_one_counts(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("路径,年\na/1.txt,2023\n", encoding="utf-8")
    assert read_metadata(path).rows == {"a/1.txt": {"年": "2023"}}


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "has one column alone"), ("source\na\n", "has one column alone"), ("source,年\na,1\na,2\n", "names a twice")],
)
def test_what_cannot_be_joined_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_metadata(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_metadata(tmp_path / "m.csv")


def test_metadata_of_which_no_row_names_an_entry_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.txt"
    report.write_text("某镇总结\n全镇有企业12家。\n", encoding="utf-8")
    (tmp_path / "m.csv").write_text("number,region\n7,川东\n8,川西\n", encoding="utf-8")
    given = ["run", str(report), "-o", str(tmp_path / "out"), "--metadata", str(tmp_path / "m.csv"), "--quiet"]
    assert main(given) == 2
    said = capsys.readouterr().err
    assert f"its column 'number' has '7', and the first entry is '{report.name}'" in said
    assert not (tmp_path / "out").exists()
    assert main([*given, "--limit", "1", "--workers", "1"]) == 0  # of a part of the archive there may be no row


def test_metadata_that_name_no_entry_are_told_with_a_name_that_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "archive").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "archive" / name).write_text("某镇总结\n全镇有企业12家。\n", encoding="utf-8")
    (tmp_path / "m.csv").write_text("source,region\na.txt,川东\narchive/b.txt,川西\n", encoding="utf-8")
    given = ["run", str(tmp_path / "archive"), "-o", str(tmp_path / "out"), "--metadata", str(tmp_path / "m.csv")]
    assert main([*given, "--workers", "1", "--quiet"]) == 0
    out = capsys.readouterr().out
    assert "1 rows name no entry: a.txt" in out
    assert "name them as documents.source does: archive/a.txt" in out
