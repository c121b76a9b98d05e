"""Where sentences end: 。！？； with what closes after them, every line end, and a comma where one goes on for pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from pipeline.records import Sentence

_SENTENCE = re.compile(r"(?=\S)[^。！？；!?;\n\r]*+(?:[。！？；!?;]++[”’」』）)】》\"]*+)?+")


_LONGEST = 1000
"""Characters of a sentence: no writer comes to half of them, but texts have lost their stops in copying."""
_PAUSE = re.compile(r"(?:[，、：](?![0-9０-９一二三四五六七八九十百千万亿两])|\s)(?=\S)")
"""Where what goes on for longer is parted: never amid a number."""


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of ``text[start:end]``, (start, end), white space around them left out, blank ones too.

    Semicolons end a sentence: in reports each of 一是…；二是… is a statement of its own. What goes on for more than
    _LONGEST characters is parted at the first pause behind so many, so that the evidence of a number stays bounded.

    >>> text = "共3户。其中：甲村2户；乙村1户"
    >>> [text[start:end] for start, end in split_sentences(text, 0, len(text))]
    ['共3户。', '其中：甲村2户；', '乙村1户']
    """
    spans = [match.span() for match in _SENTENCE.finditer(text, start, end)]
    for at, (first, last) in enumerate(spans):
        if text[last - 1].isspace():
            spans[at] = first, first + len(text[first:last].rstrip())
    if max((last - first for first, last in spans), default=0) > _LONGEST:
        spans = [part for span in spans for part in _parted(text, *span)]
    return spans


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, in parts where it is very long; white space at their ends left out."""
    while end - start > _LONGEST and (pause := _PAUSE.search(text, start + _LONGEST, end)):
        yield start, start + len(text[start : pause.end()].rstrip())
        start = pause.end()
    yield start, end


def reworded(text: str, sentences: Sequence[Sentence], before: str) -> Sequence[Sentence]:
    """The sentences of the text `before` with their words as `text`, of the same length, has them."""
    out = []
    for sentence in sentences:
        if text[sentence.start : sentence.end] != before[sentence.start : sentence.end]:
            places = pairwise(accumulate(map(len, sentence.words), initial=sentence.start))
            sentence = sentence._replace(words=tuple(text[start:end] for start, end in places))
        out.append(sentence)
    return out
