"""The words of one sentence with their places, and the stretches between the quantities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

BOUNDARIES = frozenset("，。；：！？,;:!?\n（）()—…")


class Token(NamedTuple):
    """A word and its tag at ``text[start:end]``."""

    word: str
    tag: str
    start: int
    end: int


def tokens_of(words: Sequence[str], tags: Sequence[str], start: int) -> list[Token]:
    """Give each word its place; the first begins at `start`."""
    out, at = [], start
    for word, tag in zip(words, tags, strict=True):
        out.append(Token(word, tag, at, at + len(word)))
        at += len(word)
    return out


def between(tokens: Sequence[Token], start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, those that cross an end clipped to it; white space left out."""
    out = []
    for token in tokens:
        if token.end <= start:
            continue
        if token.start >= end:
            break
        first, last = max(token.start, start), min(token.end, end)
        word = token.word[first - token.start : last - token.start]
        if word and not word.isspace():
            out.append(Token(word, token.tag, first, last))
    return out


def left_edge(text: str, start: int, floor: int) -> int:
    """Where the clause that ends at `start` begins, not before `floor`; brackets that close before it are passed over."""
    at = start
    while at > floor:
        char = text[at - 1]
        if char in "）)":
            opening = max(text.rfind("（", floor, at), text.rfind("(", floor, at))
            if opening >= floor and at - opening < 24:
                at = opening
                continue
        if char in BOUNDARIES:
            break
        at -= 1
    return at


def right_edge(text: str, end: int, ceiling: int) -> int:
    """Where the clause that begins at `end` stops, not after `ceiling`; 、 stops it too outside quotes."""
    depth = 0
    for at in range(end, ceiling):
        char = text[at]
        if char in "“《〈":
            depth += 1
        elif char in "”》〉":
            depth -= 1
        elif char in BOUNDARIES or (char == "、" and depth <= 0):
            return at
    return ceiling
