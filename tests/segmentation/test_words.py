from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pytest

from pipeline.rules import Rules
from pipeline.segmentation import Segmenter
from pipeline.segmentation.dictionary import parse_entry

FOLDER = Path(__file__).parents[2] / "corpus" / "words"
ENTRIES = {entry.term: entry for entry in map(parse_entry, Rules().words())}
ALONE, OURS = Segmenter(), Segmenter(Rules().words())


def rows_of(name: str) -> list[list[str]]:
    return [row.split("\t") for row in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


TERMS = [*rows_of("terms.tsv"), *rows_of("wholes.txt")]


def test_each_term_is_cut_apart_by_jieba_alone_and_not_with_our_dictionary() -> None:
    assert len(TERMS) >= 1500
    for term, tag, sentence in TERMS:
        assert ENTRIES[term].tag == tag
        assert term not in ALONE.cut(sentence)
        words = OURS.cut(sentence)
        ends = set(accumulate(map(len, words), initial=0))
        start = sentence.index(term)
        assert term in words or not {start, start + len(term)} <= ends, words  # or a longer word holds its edge


def test_words_that_the_model_makes_of_two_are_apart() -> None:
    for word in (FOLDER / "mergers.txt").read_text(encoding="utf-8").split():
        assert ENTRIES[word].frequency == 0
    for text, word in {
        "我乡以户为单位建档": "以户",
        "全镇村均收入增加": "村均",
        "由县财政兜底": "由县",
        "参保率达九成": "率达",
    }.items():
        assert word in ALONE.cut(text)
        assert word not in OURS.cut(text)
        assert word[0] in OURS.cut(text)


def test_ordinary_words_beside_terms_stay_whole() -> None:
    assert OURS.cut("选派驻村工作队员九名") == ["选派", "驻村工作队员", "九名"]
    assert OURS.cut("一所二级甲等医院") == ["一所", "二级甲等医院"]


@pytest.mark.parametrize(("word", "tag"), [("新建", "v"), ("惠及", "v"), ("城市", "n"), ("养老", "vn")])
def test_ordinary_words_are_no_names(word: str, tag: str) -> None:
    assert ALONE.tag(word) in {"ns", "nr", "nt"}
    assert OURS.tag(word) == tag
    assert ALONE.cut(f"{word}，") == OURS.cut(f"{word}，")
