"""Words met so far: the pieces that each is learnt by, and the labels whose word it is.

A word is learnt by itself, by the pairs of signs in it and by its signs, so that 污水处理厂 tells of 污水 and a word never
met before still speaks. Pieces are hashed (CRC-32): a model is small, loads at once and needs no list of words.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

PIECES = 2**15
"""Columns that pieces are hashed to."""
NARROW = 2**12
"""Columns for the pieces of words in headings, which are few."""


class Vocabulary:
    """What is known of words by their numbers: `words` are those met so far, which go on to grow."""

    def __init__(self, words: Sequence[str], cues: Mapping[str, tuple[int, ...]], labels: int) -> None:
        self.words, self._cues, self._labels = words, cues, labels
        self._pieces, self._piece_ends = array("i"), array("i", [0])
        self._spoken, self._spoken_ends = array("i"), array("i", [0])
        self._matrices: tuple[csr_matrix, csr_matrix, np.ndarray] | None = None
        self._learnt: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self._piece_ends) - 1

    def counts(self, numbers: np.ndarray, lengths: Sequence[float] | np.ndarray) -> csr_matrix:
        """Counts of words, (rows, words met): `lengths` says how many of the `numbers` belong to each row."""
        import numpy as np

        self._learn()
        return _table(numbers, np.cumsum([0, *lengths], dtype=np.int32), len(self))

    @property
    def learnt(self) -> np.ndarray:
        """Which words are learnt by their pieces."""
        import numpy as np

        if self._learnt is None or len(self._learnt) < len(self):
            self._learnt = np.diff(self._piece_ends) > 0
        return self._learnt

    def matrices(self) -> tuple[csr_matrix, csr_matrix, np.ndarray]:
        """Counts of pieces, (words, PIECES) and (words, NARROW), and labels whose word each is, (words, labels)."""
        import numpy as np

        if self._matrices is None or self._matrices[0].shape[0] < len(self):
            spoken = np.zeros((len(self), self._labels), np.float32)
            spoken[np.repeat(np.arange(len(self)), np.diff(self._spoken_ends)), self._spoken] = 1
            pieces, ends = np.array(self._pieces), np.array(self._piece_ends)
            self._matrices = _table(pieces, ends, PIECES), _table(pieces % NARROW, ends, NARROW), spoken
        return self._matrices

    def _learn(self) -> None:
        """Take up the words that were met since."""
        for at in range(len(self), len(self.words)):
            word = self.words[at]
            if is_learnt(word):
                self._pieces.extend([crc32(piece.encode()) % PIECES for piece in _pieces(word)])
            self._piece_ends.append(len(self._pieces))
            self._spoken.extend(self._labels_of(word))
            self._spoken_ends.append(len(self._spoken))

    def _labels_of(self, word: str) -> Iterable[int]:
        """The labels that a word speaks of by itself, or by the pairs of signs in it."""
        if word in self._cues or len(word) < 3:
            return self._cues.get(word, ())
        return sorted(set(chain.from_iterable(self._cues.get(word[i : i + 2], ()) for i in range(len(word) - 1))))


def is_learnt(word: str) -> bool:
    """Whether a word is learnt by its pieces: numbers, signs and Latin letters are not."""
    return "一" <= word[0] <= "鿿"


def _pieces(word: str) -> list[str]:
    if len(word) == 1:
        return [word]
    return [word, *[f"+{sign}" for sign in word], *[f"#{word[i : i + 2]}" for i in range(len(word) - 1)]]


def _table(columns: np.ndarray, ends: np.ndarray, width: int) -> csr_matrix:
    """Counts by row and column: ``columns[ends[row] : ends[row + 1]]`` are those of a row."""
    import numpy as np
    from scipy.sparse import csr_matrix

    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(ends) - 1, width))
