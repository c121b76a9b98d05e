"""The words of one sentence with their places, and the stretches between the quantities."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

EDGES = " \u3000，。；：！？、—-·,.;:!?"
BOUNDARIES = frozenset("，。；：！？,;:!?\n（）()—…|｜│┃〓")


class Token(NamedTuple):
    """A word and its tag at ``text[start:end]``."""

    word: str
    tag: str
    start: int
    end: int


class Words:
    """The words of one sentence, the first of which begins at `start`, found by place."""

    def __init__(self, words: Sequence[str], tags: Sequence[str], start: int) -> None:
        self.ends = list(accumulate(map(len, words), initial=start))[1:]
        self.starts = [start, *self.ends[:-1]]
        self.start = start
        self.tokens = list(map(Token._make, zip(words, tags, self.starts, self.ends, strict=True)))

    def between(self, start: int, end: int) -> list[Token]:
        """The tokens of ``text[start:end]``, those that cross an end clipped to it; white space left out."""
        if start >= end:
            return []
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        out = self.tokens[first:last]
        if not out:
            return out
        if out[0].start < start:
            word, tag, at, stop = out[0]
            out[0] = Token(word[start - at :], tag, start, stop)
        if out[-1].end > end:
            word, tag, at, stop = out[-1]
            out[-1] = Token(word[: len(word) - (stop - end)], tag, at, end)
        return [t for t in out if not t.word.isspace()]


def text_of(tokens: Sequence[Token]) -> str:
    """The words of a name, put together."""
    return plain("".join([t.word for t in tokens]))


def plain(name: str) -> str:
    """A name without white space and outer punctuation; brackets that do not close go."""
    if not name.isalnum():
        name = "".join(name.split()).strip(EDGES)
        for opening, closing in ("“”", "（）", "《》", "()", "‘’"):
            if name.count(opening) != name.count(closing):
                name = name.replace(opening, "").replace(closing, "")
    return name
