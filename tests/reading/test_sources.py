from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ReadError, Skipped
from pipeline.reading import CONTAINERS, READERS, Limits, as_failure, count_entries, iter_sources, read
from pipeline.records import Failure, RawText, Source


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_text_keeps_every_character(ends: str) -> None:
    text = ends.join(["　　一、基本情况 ", "", "全镇共有党员６１２名。\u200b\x0c", ""])
    assert read(Source("a.txt", text.encode("gb18030")), Limits()) == RawText(text, "text/plain", "gb18030")


def test_undecodable_bytes_are_counted_in_the_warning() -> None:
    text = "全镇共有党员六百名。\n" * 3
    raw = read(Source("a.txt", text.encode() + b"\xff\n\xfe\xff"), Limits())
    assert raw.text == text + "\ufffd\n\ufffd"
    assert raw.warning == "2 characters could not be decoded and stand as U+FFFD"


def test_a_wrong_suffix_is_read_right_and_noted() -> None:
    raw = read(Source("a.zip!报告.docx", "一、基本情况".encode()), Limits())
    assert (raw.text, raw.media_type) == ("一、基本情况", "text/plain")
    assert raw.warning == "named .docx, but it is plain text; read as that"


def test_what_the_container_knows_is_believed() -> None:
    assert read(Source("a.csv#1", "%PDF-一\0".encode(), "text/plain"), Limits()).text == "%PDF-一\0"


@pytest.mark.parametrize(
    ("name", "data", "stage", "error"),
    [
        ("a.txt", b"", "read", "EmptyFile"),
        ("a.txt", b"\xef\xbb\xbf", "read", "EmptyFile"),
        ("a.txt", " \r\n　".encode(), "read", "EmptyFile"),
        ("a.txt", bytes(range(256)) * 9, "skipped", "NotText"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "skipped", "NotText"),
        ("a.pdf", b"%PDF-1.4", "read", "Damaged"),
        ("a.txt", b"<html><body>", "read", "EmptyFile"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "read", "UnsupportedFormat"),
        ("a.txt", "一".encode() * 40, "read", "TooLarge"),
        ("a.txt", "一".encode("utf-16") * 17, "read", "TooLarge"),
    ],
)
def test_what_cannot_be_read_says_so(name: str, data: bytes, stage: str, error: str) -> None:
    with pytest.raises(ReadError) as raised:
        read(Source(name, data), Limits(max_bytes=10_000 if "一".encode() not in data else 100, max_chars=30))
    failure = as_failure(name, raised.value)
    assert (failure.stage, failure.error) == (stage, error)
    assert isinstance(raised.value, Skipped) == (stage == "skipped")


@pytest.mark.parametrize("data", [b"", "　\n".encode()])
def test_a_row_without_a_text_is_no_text_and_no_file_to_get_again(data: bytes) -> None:
    with pytest.raises(Skipped, match="no text in its column of texts") as raised:
        read(Source("a.csv#1", data, "text/plain"), Limits())
    assert as_failure("a.csv#1", raised.value).error == "EmptyCell"


def test_a_plain_file_is_one_entry(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes("一、基本情况".encode())
    assert list(iter_sources(path, "年报/甲.txt", Limits())) == [Source("年报/甲.txt", "一、基本情况".encode())]
    assert list(iter_sources(path, "年报/甲.txt", Limits(), start=1)) == []
    assert count_entries(path, "年报/甲.txt", Limits()) == 1


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.zip", "a.jsonl", "a.json"])
def test_a_file_of_no_bytes_is_one_failure_whatever_its_suffix(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    (failure,) = iter_sources(tmp_path / name, name, Limits())
    assert isinstance(failure, Failure)
    assert (failure.source, failure.stage, failure.error) == (name, "read", "EmptyFile")


def test_a_file_over_the_limit_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.seek(2**33)
        file.write(b"x")
    (failure,) = iter_sources(path, "a.txt", Limits())
    assert isinstance(failure, Failure)
    assert failure.error == "TooLarge"
    assert "limits.max_bytes" in failure.message


def test_what_is_not_there_is_a_failure(tmp_path: Path) -> None:
    (failure,) = iter_sources(tmp_path / "a.txt", "a.txt", Limits())
    assert isinstance(failure, Failure)
    assert (failure.stage, failure.error) == ("read", "FileNotFoundError")


def test_no_kind_is_both_a_text_and_a_container() -> None:
    assert not READERS.keys() & CONTAINERS.keys()


def test_fifty_megabytes_are_read() -> None:
    line = "全镇共有党支部十八个，全年发展党员九名。\n".encode()
    data = line * (50 * 2**20 // len(line))
    assert read(Source("a.txt", data), Limits()).text.encode() == data
