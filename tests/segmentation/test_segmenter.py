from __future__ import annotations

import pickle
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import RulesError
from pipeline.records import Section
from pipeline.segmentation import Segmenter
from pipeline.segmentation.dictionary import JiebaWords, parse_entry

SEGMENTER = Segmenter(["三会一课 20000 n", "一编三定"])
TEXT = st.text(st.sampled_from("党建工作。；\n\r 3.5%abA，“”（）！ＡＢ") | st.characters(), max_size=60)


@settings(max_examples=200)
@given(TEXT, st.integers(0, 20), st.integers(0, 20))
def test_words_join_to_the_sentence_and_sentences_keep_all_but_blanks(text: str, a: int, b: int) -> None:
    start, middle = sorted((min(a, len(text)), min(b, len(text))))
    outline = (
        Section(0, None, 0, "", "", 0, 0, start, ""),
        Section(1, None, 1, "", text[start:middle], start, middle, len(text), ""),
    )
    at = 0
    for sentence in SEGMENTER.segment(text, outline):
        assert "".join(sentence.words) == text[sentence.start : sentence.end]
        assert len(sentence.tags) == len(sentence.words)
        assert not text[at : sentence.start].strip()
        assert not sentence.start < middle < sentence.end
        at = sentence.end
    assert not text[at:].strip()


def test_our_terms_are_one_word() -> None:
    assert "三会一课" in SEGMENTER.cut("落实三会一课制度")
    assert "一编三定" in SEGMENTER.cut("开展一编三定")


@pytest.mark.parametrize(
    ("word", "tag"), [("12.5", "m"), ("GDP", "eng"), ("。", "x"), ("发展", "vn"), ("一编三定", "n")]
)
def test_tags_come_from_the_dictionary_or_the_shape(word: str, tag: str) -> None:
    assert SEGMENTER.tag(word) == tag


def test_jiebas_words_are_found_as_its_file_has_them() -> None:
    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    words = JiebaWords()
    for line in (*lines[:100], *lines[100:-1:499], lines[-1]):
        assert words.find(line.split()[0]) == parse_entry(line)
    assert [words.find(word) for word in ("", "村均", "一", "\ud800", "龥龥")] == [
        None,
        None,
        words.find("一"),
        None,
        None,
    ]
    assert words.frequencies(["村均", "龙"]) == {"龙": parse_entry(next(x for x in lines if x[:2] == "龙 ")).frequency}


def test_a_word_is_the_same_object_at_all_its_places() -> None:
    first, second = SEGMENTER.segment("全村党员。全村党员。", ())
    assert first.words is not second.words
    assert all(one is other for one, other in zip(first.words, second.words, strict=True))


def test_numbers_lead_to_the_words_and_stay_in_their_process() -> None:
    sentences = SEGMENTER.segment("全村党员。全镇党员。", ())
    words = [word for sentence in sentences for word in sentence.words]
    assert [sentences.known[number] for number in sentences.numbers] == words
    assert SEGMENTER.numbered(sentences).numbers.tolist() == sentences.numbers.tolist()
    copied = pickle.loads(pickle.dumps(sentences))
    assert copied == sentences
    assert type(copied) is tuple


def test_a_faulty_line_of_a_dictionary_is_named() -> None:
    with pytest.raises(RulesError, match="三会 3 n 多余"):
        Segmenter(["三会 3 n 多余"])


def test_the_prepared_dictionary_lies_in_our_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_PIPELINE_CACHE", str(tmp_path / "cache"))
    Segmenter(["没有词频"])  # jieba itself is asked for one
    assert [p.suffix for p in (tmp_path / "cache").iterdir()] == [".cache"]
