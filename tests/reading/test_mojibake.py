from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading import Limits, read
from pipeline.reading.mojibake import undo_mojibake
from pipeline.records import Source


def as_windows_1252(data: bytes) -> str:
    return "".join(chr(b) if b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([b]).decode("cp1252") for b in data)


def kept(text: str, got: str) -> float:
    """Share of the characters that stand where they stood, line by line."""
    same = sum(
        a == b
        for line, other in zip(text.split("\n"), got.split("\n"), strict=True)
        for a, b in zip(line.replace("\u3000", ""), other.replace("\u3000", ""), strict=False)
    )
    return same / len(text.replace("\u3000", "").replace("\n", ""))


@pytest.fixture(params=["county_government_report", "hospital_summary", "rural_survey", "company_branch"])
def sample(request: pytest.FixtureRequest, samples: Path) -> str:
    return (samples / f"{request.param}.txt").read_text(encoding="utf-8")


def test_what_western_windows_made_of_utf8_and_gbk_is_undone(sample: str) -> None:
    for encoding, name in (("utf-8", "UTF-8 read as Windows-1252"), ("gb18030", "GB18030 read as Windows-1252")):
        for misread in (as_windows_1252(sample.encode(encoding)), sample.encode(encoding).decode("latin-1")):
            raw = read(Source("a.txt", misread.encode()), Limits())
            assert kept(sample, raw.text) >= 0.99
            assert raw.warning is not None
            assert name in raw.warning


def test_what_chinese_windows_made_of_utf8_is_undone_but_for_what_was_lost(sample: str) -> None:
    misread = "\n".join(line.encode().decode("gb18030", "replace") for line in sample.split("\n"))
    raw = read(Source("a.txt", misread.encode()), Limits())
    assert kept(sample, raw.text) >= 0.5  # a lost byte shifts a line, which is still read
    assert raw.text.count("\ufffd") <= 0.05 * len(sample)
    assert raw.warning is not None
    assert "UTF-8 read as GB18030" in raw.warning


def test_only_the_lines_that_are_wrong_are_put_right() -> None:
    right, wrong = "全镇共有党员612名，发展党员9名。", "今年粮食总产稳定在两万吨以上，农民收入持续增加。"
    text = f"{right}\n{as_windows_1252(wrong.encode())}\n{as_windows_1252(wrong.encode())}"
    assert undo_mojibake(text).text == f"{right}\n{wrong}\n{wrong}"


def test_samples_are_left_alone(samples: Path) -> None:
    for path in samples.iterdir():
        text = path.read_text(encoding="utf-8")
        assert undo_mojibake(text) == (text, None)


@given(st.text())
def test_any_text_gives_one_that_can_be_written(text: str) -> None:
    undo_mojibake(text.encode("utf-8", "ignore").decode()).text.encode()
