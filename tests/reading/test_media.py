from __future__ import annotations

import ast
import io
import tomllib
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import Skipped
from pipeline.reading.media import ADVICE, MAGIC, SUFFIXES, TEXTS, media_type_of, refusal, sniff, surprise
from pipeline.reading.refusals import Encrypted, UnsupportedFormat
from pipeline.reading.sources import CONTAINERS, READERS

CASES = tomllib.loads(Path(__file__).with_name("media.toml").read_text(encoding="utf-8"))["case"]


def data_of(case: dict[str, str]) -> bytes:
    if "text" in case:
        return case["text"].encode(case.get("encoding", "utf-8"))
    found = ast.literal_eval(f"b'{case['bytes']}'" if r"\rtf1" not in case["bytes"] else f"br'{case['bytes']}'")
    assert isinstance(found, bytes)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name']}-{case['type']}")
def test_content_decides_then_the_suffix(case: dict[str, str]) -> None:
    assert sniff(data_of(case), case["name"]) == case["type"]


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (["[Content_Types].xml", "word/document.xml"], "wordprocessingml.document"),
        (["[Content_Types].xml", "xl/workbook.xml"], "spreadsheetml.sheet"),
        (["mimetype", "content.xml"], "opendocument.text"),
        (["OFD.xml", "Doc_0/Document.xml"], "application/ofd"),
        (["报告/一.txt"], "application/zip"),
        (["word/document.xml"], "application/zip"),
    ],
)
def test_a_zip_is_told_by_its_members(members: list[str], expected: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    assert media_type_of(stream.getvalue(), "报告.zip").endswith(expected)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("WordDocument", "application/msword"),
        ("Workbook", "application/vnd.ms-excel"),
        ("EncryptedPackage", "application/x-ole-encrypted"),
        ("Contents", "application/x-ole-storage"),
    ],
)
def test_an_ole2_file_is_told_by_its_directory(part: str, expected: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + part.encode("utf-16-le") + bytes(512)
    assert media_type_of(data, "报告.docx") == expected


def test_every_kind_that_is_not_read_says_what_it_is_and_what_to_do() -> None:
    kinds = {kind for _, _, kind in MAGIC} | set(SUFFIXES.values()) | set(ADVICE)
    for kind in kinds - set(READERS) - set(CONTAINERS):
        error = refusal(kind, "a")
        assert isinstance(error, (UnsupportedFormat, Skipped))
        assert isinstance(error, UnsupportedFormat) == (kind in ADVICE)
        assert "of type" not in str(error), kind
        assert str(error).count(". ") >= 1, str(error)
    assert isinstance(refusal("application/x-ole-encrypted", "a.docx"), Encrypted)


def test_what_a_suffix_may_decide_are_texts_only() -> None:
    assert {sniff("一、".encode(), f"a{suffix}") for suffix in SUFFIXES} <= TEXTS


def test_a_wrong_suffix_is_noted() -> None:
    assert surprise("text/plain", "a.doc") == "named .doc, but it is plain text; read as that"
    assert surprise("text/plain", "a.txt") is None
    assert surprise("text/plain", "a") is None


def test_a_saved_text_with_the_first_line_of_a_page_is_text() -> None:
    text = "<!DOCTYPE html><title>学校工作总结</title>\n" + "一年来，学校各项工作平稳有序，师生面貌焕然一新。\n" * 20
    assert sniff(text.encode(), "总结.txt") == "text/plain"
    assert sniff((text + "<p>甲</p><p>乙</p>").encode(), "总结.txt") == "text/html"
