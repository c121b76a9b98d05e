from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jieba import finalseg

from pipeline.language.sentences import split_sentences
from pipeline.rules import Rules
from pipeline.segmentation.cutter import Cutter
from pipeline.segmentation.dictionary import JiebaWords, parse_entry

OURS = tuple(Rules().words())
USERS = ("新城村 30 ns", "老站-2 5", "两委 9", "新城村 4", "发展 12", "一编三定", "菜篮子")


def cutter_with(lines: Sequence[str]) -> Cutter:
    entries = [parse_entry(line) for line in lines]
    return Cutter(entries, JiebaWords().frequencies(entry.term for entry in entries))


class Jieba:
    """jieba with a dictionary. What it parts it keeps for all its tokenizers; here each has its own."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.tokenizer = jieba.Tokenizer()
        finalseg.Force_Split_Words = self.apart = set()
        for term, frequency, _ in map(parse_entry, lines):
            self.tokenizer.add_word(term, frequency)

    def lcut(self, text: str) -> list[str]:
        finalseg.Force_Split_Words = self.apart
        words: list[str] = self.tokenizer.lcut(text)
        finalseg.Force_Split_Words = set()
        return words


CUTTER, JIEBA = cutter_with(OURS), Jieba(OURS)
JIEBA_ALONE = Jieba([])
USERS_CUTTER, USERS_JIEBA = cutter_with(OURS + USERS), Jieba(OURS + USERS)
WORDS = st.sampled_from(sorted(word for word, frequency in JIEBA.tokenizer.FREQ.items() if frequency)[::97])
HOSTILE = st.lists(
    WORDS
    | st.from_regex(
        r"[0-9]{1,3}(?:[.\-_%+#&][0-9a-zA-Z]{0,2}){1,3}", fullmatch=True, alphabet=st.characters(max_codepoint=127)
    )
    | st.text("定工一部零上下乡以村均", min_size=2, max_size=7)
    | st.text(max_size=4)
    | st.sampled_from(
        ["鿖鿿", "㐀村", "豈", "𠀀镇", "😀", "\r\n", "\u2028", "Ａ１％", "γ射线", "老站-2", "新城村", "\ud800"]
    ),
    max_size=9,
).map("".join)


@pytest.mark.parametrize("folder", ["corpus", "../shared/reports"])
def test_texts_are_cut_as_by_jieba(folder: str) -> None:
    root = Path(__file__).parents[2] / folder
    if not root.is_dir():
        pytest.skip("the folder of real reports beside the project is not there")
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(root.rglob("*.txt"))]
    assert texts
    for text in texts:
        sentences = [text[start:end] for start, end in split_sentences(text, 0, len(text))]
        assert list(CUTTER.cut_sentences(sentences)) == list(map(JIEBA.lcut, sentences))


@settings(max_examples=600)
@given(HOSTILE)
def test_hostile_texts_are_cut_as_by_jieba(text: str) -> None:
    assert CUTTER.cut(text) == JIEBA.lcut(text)


@settings(max_examples=300)
@given(HOSTILE)
def test_a_users_words_are_added_as_by_jieba(text: str) -> None:
    assert USERS_CUTTER.cut(text) == USERS_JIEBA.lcut(text)


@settings(max_examples=200)
@given(st.lists(HOSTILE.map(lambda text: text.replace("\n", "").replace("\r", "")), max_size=5))
def test_sentences_are_cut_one_by_one(sentences: list[str]) -> None:
    assert list(CUTTER.cut_sentences(sentences)) == list(map(CUTTER.cut, sentences))


@pytest.mark.parametrize(
    "text",
    [
        "三零零零零零零零零零",  # the same score for two ways through the dictionary: the sum of frequencies decides
        "部定定定定",  # … and through the model
        "游景游景游景",
        "第1-3名，见4.5.1和G60-2号",
        "常在半盯着，经常在一线",  # two readings a hair apart to the model
        "赐鼠二只，移懂半年",
        "老站-2号",
        "村㐀村",
        "𠀀村，鿖镇",
    ],
)
def test_where_rjieba_alone_would_differ(text: str) -> None:
    assert CUTTER.cut(text) == JIEBA.lcut(text)
    assert USERS_CUTTER.cut(text) == USERS_JIEBA.lcut(text)


def test_words_of_characters_that_the_model_does_not_know() -> None:
    rare = [chr(code) for code in range(0x4E00, 0x9FD6)]
    texts = ["".join(rare[at : at + 7]) for at in range(0, len(rare), 7)]
    assert list(CUTTER.cut_sentences(texts)) == list(map(JIEBA.lcut, texts))


def test_a_word_that_the_model_makes_is_parted() -> None:
    text = "各乡以产业定思路，村均收入五万元，部定定定定村均。"
    lines = ["乡以 0", "村均 0"]
    assert cutter_with(lines).cut(text) == Jieba(lines).lcut(text)
    assert "村均" in JIEBA_ALONE.lcut(text)
    assert "村均" not in cutter_with(lines).cut(text)
    assert "村均" in cutter_with([*lines, "村均 5"]).cut(text)  # the last line counts


def test_a_word_taken_out_is_out() -> None:
    lines = ["河长制 0"]
    assert cutter_with(lines).cut("落实河长制") == Jieba(lines).lcut("落实河长制")
    assert "河长制" not in cutter_with(lines).cut("落实河长制")


def test_jieba_is_not_loaded_for_what_rjieba_can_do() -> None:
    cutter = cutter_with(OURS)
    cutter.cut("2024年1-3月，全县新增市场主体1.2万户，增长3.5%。")
    assert "_jieba" not in vars(cutter)
    cutter.cut("部定定定定")
    assert "_jieba" in vars(cutter)


def test_jieba_alone_serves_where_rjieba_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    texts = ["落实三会一课制度。", "部定定定定", "第1-3名"]
    assert list(cutter_with(OURS).cut_sentences(texts)) == list(map(JIEBA.lcut, texts))


def test_rjiebas_own_functions_are_at_hand_beside_ours() -> None:
    cutter_with(OURS)
    rjieba = importlib.import_module("rjieba")
    assert rjieba.cut("增长较快") == ["增长", "较", "快"]
    assert rjieba.Jieba is sys.modules["rjieba.rjieba"].Jieba
