from __future__ import annotations

import os
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.encoding import decode, detect

SENTENCES = tomllib.loads(Path(__file__).with_name("encoding.toml").read_text(encoding="utf-8"))
SWEEP = "SWEEP" in os.environ  # 2,000 texts an encoding of 300 to 5,000 characters, which takes minutes
NUMBER, SENTENCES_EACH = (2000, (15, 200)) if SWEEP else (300, (1, 40))
FOUND_AS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-32": "utf-32",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "hz": "hz",
}
encodings = pytest.mark.parametrize("encoding", FOUND_AS)


def texts(encoding: str, at_least: int = 1) -> Iterator[tuple[str, random.Random]]:
    sentences = SENTENCES["traditional" if encoding == "big5" else "simplified"]
    for seed in range(NUMBER):
        draw = random.Random(f"{encoding} {seed}")
        chosen = draw.choices(sentences, k=draw.randint(max(at_least, SENTENCES_EACH[0]), SENTENCES_EACH[1]))
        yield draw.choice(["\n", "\r\n", "\r\n\r\n", ""]).join(chosen), draw


@encodings
def test_a_text_comes_back_with_every_character_and_its_encoding_named(encoding: str) -> None:
    for text, _ in texts(encoding):
        assert decode(text.encode(encoding)) == (text, FOUND_AS[encoding])


@encodings
def test_a_text_cut_at_any_byte_loses_its_last_character_at_most(encoding: str) -> None:
    for text, draw in texts(encoding, at_least=3):
        data = text.encode(encoding)
        cut = draw.randrange(len(data) // 2, len(data))
        got = decode(data[:cut])
        whole = data[:cut].decode(encoding, "ignore")
        assert got.encoding == FOUND_AS[encoding]
        assert got.text.rstrip("\ufffd") == whole
        assert len(got.text) <= len(whole) + 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "big5"])
def test_one_bad_byte_loses_a_few_characters_around_it_at_most(encoding: str) -> None:
    for text, draw in texts(encoding, at_least=5):
        data = bytearray(text.encode(encoding))
        at = draw.randrange(3, len(data))
        data[at] = draw.randrange(256)
        got = decode(bytes(data))
        assert got.encoding == FOUND_AS[encoding]
        assert lost(text, got.text) <= 8


@pytest.mark.parametrize("encoding", ["gbk", "big5"])
def test_a_lost_byte_does_not_shift_the_rest_of_its_line(encoding: str) -> None:
    for text, draw in texts(encoding, at_least=5):
        data = text.encode(encoding)
        at = draw.randrange(len(data))
        assert lost(text, decode(data[:at] + data[at + 1 :]).text) <= 8


def lost(text: str, got: str) -> int:
    """Characters of `text` between the longest beginning and the longest end that it shares with `got`."""
    same = 0
    while same < min(len(text), len(got)) and text[same] == got[same]:
        same += 1
    tail = 0
    while tail < min(len(text), len(got)) - same and text[-1 - tail] == got[-1 - tail]:
        tail += 1
    return len(text) - same - tail


@given(st.text(st.characters(codec="utf-8", min_codepoint=1), min_size=1))  # a zero behind UTF-16's mark is UTF-32's
def test_what_has_a_byte_order_mark_is_what_it_says(text: str) -> None:
    controls = sum(char < " " for char in text)
    for encoding in ("utf-16", "utf-32", *(["utf-8-sig"] if controls * 10 <= len(text) else [])):
        assert decode(text.encode(encoding)) == (text.removeprefix("\ufeff"), encoding) or text[0] == "\ufeff"


@given(st.text("村乡镇党员2 \r\n\t，。%𠮷é\u3000\u0301\u200b", min_size=1))
def test_valid_utf8_with_chinese_in_it_is_taken_as_it_is(text: str) -> None:
    text += "镇"
    assert decode(text.encode()) == (text, "utf-8")


@given(st.binary())
def test_whatever_the_bytes_they_decode_to_a_text_that_can_be_written(data: bytes) -> None:
    decode(data).text.encode("utf-8")


def test_a_mark_of_utf8_before_another_encoding_is_not_believed() -> None:
    assert decode(b"\xef\xbb\xbf" + "全镇共有党员六百名。".encode("gbk")) == ("全镇共有党员六百名。", "gb18030")


def test_a_mark_in_gb18030_is_taken_off() -> None:
    assert decode("\ufeff全镇共有党员六百名。".encode("gb18030")).text == "全镇共有党员六百名。"


@pytest.mark.parametrize("word", ["联通", "报告", "一、", "党支部", "三农", "年度总结", "乡村振兴"])
def test_a_single_word_in_gbk_is_read_right(word: str) -> None:
    assert decode(word.encode("gbk")).text == word


def test_hz_of_old_mail_is_read_where_it_is_chinese() -> None:
    mail = "From: office\n\n" + "全镇共有党员六百名。\n新修水渠2公里。\n"
    assert decode(mail.encode("hz")) == (mail, "hz")
    assert decode(b"ls ~{a,b~} ~{x~}").encoding == "utf-8"
    assert "党员六百名" in decode(mail.encode("hz").replace(b"~}", b"~} \x7f", 1)).text


def test_words_that_are_valid_utf8_by_chance_are_read_as_gbk() -> None:
    by_chance = "某某"  # 0xC4 0xB3 twice: two Latin letters in UTF-8
    assert by_chance.encode("gbk").decode("utf-8")
    assert decode("目录".encode("gbk") + b"\n" + by_chance.encode("gbk")).encoding == "gb18030"
    assert decode("Ünïcödé wörds stay".encode()).encoding == "utf-8"


def test_a_long_beginning_in_ascii_hides_no_encoding() -> None:
    text = "=" * 100_001 + "\n全镇共有党支部18个。"
    assert decode(text.encode("gbk")) == (text, "gb18030")


def test_english_in_utf16_without_a_mark() -> None:
    assert decode("Annual report".encode("utf-16-le")) == ("Annual report", "utf-16-le")


@pytest.mark.parametrize("seed", range(50))
def test_random_bytes_are_no_text(seed: int) -> None:
    assert detect(random.Random(seed).randbytes(4000)) is None


@pytest.mark.parametrize("data", [b"\0" * 100, b"\x01\x02\x03\x04" * 50, b"\xff" * 500, bytes(range(256)) * 4])
def test_patterns_of_bytes_are_no_text(data: bytes) -> None:
    assert detect(data) is None


def test_a_stray_control_character_makes_no_binary_of_a_text() -> None:
    assert decode("一、基本情况\0\n全镇共有党员612名。".encode()) == ("一、基本情况\0\n全镇共有党员612名。", "utf-8")
