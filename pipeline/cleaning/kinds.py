"""Kinds of characters that passes look for: one look at each character of a text tells all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from pipeline.language.widths import among, codes_of

FULL_WIDTH, TRADITIONAL = np.uint8(1), np.uint8(2)
SIGN = np.uint8(4)  # of a marker
LETTER = np.uint8(8)  # that a disguise may begin with, or with a tone
TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
BLANK = np.uint8(16)  # that ends no line
ODD_END = np.uint8(32)  # of a line: all but the newline


class Kinds:
    """Finds the characters of each kind; a character may be of several.

    >>> Kinds({SIGN: "#", LETTER: "D"}).places("D建##", SIGN)
    [2, 3]
    """

    def __init__(self, members: Mapping[np.uint8, Iterable[str]]) -> None:
        self._table = np.zeros(1 << 16, np.uint8)
        for kind, characters in members.items():
            self._table[among(characters)] |= kind
        self._read = "", np.zeros(0, np.int64), self._table[:0], 0

    def places(self, text: str, kind: np.uint8) -> list[int]:
        """Where characters of a kind stand, in order."""
        if self._read[0] is not text:
            self._read = text, *self._of_any(text)
        _, any_kind, kinds, present = self._read
        if not present & kind:
            return []
        places: list[int] = any_kind[(kinds & kind) != 0].tolist()
        return places

    def _of_any(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.uint8], int]:
        """Where characters of any kind stand, their kinds, and which there are: remembered for the passes over one text."""
        kinds = self._table.take(codes_of(text), mode="clip")
        places = (kinds != 0).nonzero()[0]
        found = kinds.take(places)
        return places, found, int(np.bitwise_or.reduce(found))
