from __future__ import annotations

import pickle

from pipeline.dataset.words import word_arrays
from pipeline.records import Sentence
from pipeline.segmentation import Segmenter

SEGMENTER = Segmenter(["三会一课 20000 n"])
OTHER = Segmenter()


def written(sentences: tuple[Sentence, ...], field: str) -> list[list[str]]:
    return [list(getattr(sentence, field)) for sentence in sentences]


def test_words_and_tags_are_those_of_the_sentences_in_order() -> None:
    first = SEGMENTER.segment("落实三会一课。发展党员3名；", ())
    second, empty = SEGMENTER.segment("全镇发展党员。", ()), SEGMENTER.segment("", ())
    foreign = OTHER.segment("落实三会一课。", ())
    copied = pickle.loads(pickle.dumps(second))  # without numbers
    texts = [first, empty, second, foreign, copied, second]
    arrays = word_arrays(texts)
    for field in ("words", "tags"):
        assert arrays[field].to_pylist() == [own for text in texts for own in written(text, field)]


def test_a_word_of_another_text_that_cannot_be_written_does_no_harm() -> None:
    broken = SEGMENTER.segment("全镇\ud800党员。", ())
    whole = SEGMENTER.segment("全镇党员。", ())
    assert any("\ud800" in word for sentence in broken for word in sentence.words)
    assert word_arrays([whole])["words"].to_pylist() == written(whole, "words")


def test_no_texts_and_empty_ones_have_no_words() -> None:
    for texts in ([], [SEGMENTER.segment("", ())]):
        assert word_arrays(texts)["words"].to_pylist() == []
