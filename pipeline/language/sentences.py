"""Where sentences end: 。！？； with what closes after them, and every line end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from pipeline.records import Sentence

_SENTENCE = re.compile(r"(?=\S)[^。！？；!?;\n\r]*+(?:[。！？；!?;]++[”’」』）)】》\"]*+)?+")


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of ``text[start:end]``, (start, end), white space around them left out, blank ones too.

    Semicolons end a sentence: in reports each of 一是…；二是… is a statement of its own.

    >>> text = "共3户。其中：甲村2户；乙村1户"
    >>> [text[start:end] for start, end in split_sentences(text, 0, len(text))]
    ['共3户。', '其中：甲村2户；', '乙村1户']
    """
    spans = [match.span() for match in _SENTENCE.finditer(text, start, end)]
    for at, (first, last) in enumerate(spans):
        if text[last - 1].isspace():
            spans[at] = first, first + len(text[first:last].rstrip())
    return spans


def reworded(text: str, sentences: Sequence[Sentence], before: str) -> Sequence[Sentence]:
    """The sentences of the text `before` with their words as `text`, of the same length, has them."""
    out = []
    for sentence in sentences:
        if text[sentence.start : sentence.end] != before[sentence.start : sentence.end]:
            places = pairwise(accumulate(map(len, sentence.words), initial=sentence.start))
            sentence = sentence._replace(words=tuple(text[start:end] for start, end in places))
        out.append(sentence)
    return out
