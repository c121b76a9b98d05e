"""What the classifier of adverts sees of a stretch: its characters and pairs, its ends, its length, its shapes, its words.

Each place in a text has a column of one table of weights for every kind of feature, so that a running sum gives the
evidence of any stretch at once: a report is read for a few dozen nanoseconds a character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.language.widths import PRINTED
from pipeline.language.widths import codes_of as code_points

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BITS = 16
COLUMNS = 1 << BITS
WORD_BITS = 18
DAMPING = 0.3  # evidence grows with this power of the length
EDGE_VALUE = 0.6  # what a feature of the whole stretch counts

SHORT = 12  # characters of a stretch that says little of itself

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]
_SHIFT, _WORD_SHIFT = np.uint32(32 - BITS), np.uint32(32 - WORD_BITS)
_ODD = tuple(map(np.uint32, (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35)))

_KINDS = np.arange(1, 8, dtype=np.uint32) * _ODD[0]  # of what is seen of ends
_FIRST, _LAST = np.zeros(1, np.uint32), np.ones(1, np.uint32)  # what stands around the words of a stretch
_ALIKE = str.maketrans(dict.fromkeys("123456789", "0") | PRINTED)

_BEYOND, _RARE_PLANE, _RARE = (
    0xFFFF,
    2,
    0x3400,
)  # Chinese characters of the second plane (names of people and villages) are all one

_SHAPES = (  # characters of one shape; Chinese ones are 0, others below U+2E80 the last
    "0123456789０１２３４５６７８９",
    "一二三四五六七八九十百千万零〇两",
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "。！？；!?;",
    "，、,",
    "：:",
    "（）()【】[]「」『』〔〕",
    "“”‘’《》\"'<>",
    " \u3000\t",
    "-—_|丨/\\·.>»→←↑↓…~=+*#@&",
)


def _tables() -> tuple[Codes, Codes]:
    """For each code its folded form (digits and signs alike, small letters) and its shape, which is that of its folded form."""
    folded = np.arange(1 << 16, dtype=np.uint32)
    folded[ord("0") : ord("9") + 1] = ord("0")
    folded[ord("A") : ord("Z") + 1] = np.arange(ord("a"), ord("z") + 1)
    for typed, printed in PRINTED.items():
        folded[ord(typed)] = ord(printed)
    shapes = np.zeros(1 << 16, dtype=np.uint32)
    shapes[:0x2E80] = len(_SHAPES) + 1
    for number, characters in enumerate(_SHAPES, 1):
        shapes[list(map(ord, characters))] = number
    return folded, shapes


_FOLDED, _SHAPE = _tables()


def codes_of(text: str) -> Codes:
    """The characters of a text, folded: digits are alike, small and capital letters, and signs typed and printed."""
    codes = code_points(text)
    if len(codes) and codes.max() == _BEYOND:
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        codes = np.where(points >> 16 == _RARE_PLANE, _RARE, points).astype(np.uint16)
    return _FOLDED.take(codes, mode="clip")


def pair_hashes(said: Codes) -> Codes:
    """A number for each pair of characters."""
    return said[:-1] * _ODD[0] + said[1:] * _ODD[1]


def columns_of(said: Codes) -> Codes:
    """The column of each character."""
    return (said * _ODD[2]) >> _SHIFT


def pair_columns(hashes: Codes) -> Codes:
    """The column of each pair of characters."""
    return hashes >> _SHIFT


def end_columns(said: Codes, starts: Places, ends: Places) -> Codes:
    """Columns of many stretches (none empty) by how each begins and ends and how long it is: (features, stretches)."""
    lengths, lasts = (ends - starts).astype(np.uint32), ends - 1
    places = np.concatenate((starts, lasts, np.minimum(starts + 1, lasts), np.maximum(lasts - 1, starts)))
    first, last, second, last_but_one = said.take(places).reshape(4, -1)
    values = (
        first,
        last,
        np.log2(lengths).astype(np.uint32),
        np.minimum(lengths, SHORT),
        first << np.uint32(16) | second,
        last_but_one << np.uint32(16) | last,
        _SHAPE.take(first) << np.uint32(8) | _SHAPE.take(last),
    )
    return _columns_of_kinds(np.concatenate(values).reshape(len(values), -1), _KINDS[:, None])


def edge_columns(said: Codes) -> Codes:
    """The same of one stretch: all of `said`."""
    length, shape = len(said), _SHAPE.item
    head, tail = said[:2].tolist(), said[-2:].tolist()
    first, second, last_but_one, last = head[0], head[-1], tail[0], tail[-1]
    values = (
        first,
        last,
        length.bit_length() - 1,
        min(length, SHORT),
        first << 16 | second,
        last_but_one << 16 | last,
        shape(first) << 8 | shape(last),
    )
    return _columns_of_kinds(np.array(values, np.uint32), _KINDS)


def _columns_of_kinds(values: Codes, kinds: Codes) -> Codes:
    """The column of each value, which means another thing in each kind."""
    values *= _ODD[1]
    values += kinds
    values *= _ODD[2]
    values >>= _SHIFT
    return values


def shape_of(said: Codes) -> NDArray[np.float64]:
    """What shapes a stretch is made of: the share of each, its number to four, and how long the stretch is."""
    length = len(said)
    counts = np.bincount(_SHAPE.take(said), minlength=len(_SHAPES) + 2)
    return np.concatenate((counts / length, np.minimum(counts, 4), (np.log(length), length <= SHORT)))


def local_columns(said: Codes) -> Codes:
    """The columns of the characters and pairs of a stretch: each counts once, a list repeats itself and is no advert."""
    return _once(np.concatenate((columns_of(said), pair_columns(pair_hashes(said)))))


def _once(values: Codes) -> Codes:
    """The different ones among some numbers, in order."""
    values.sort()
    new = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return values.compress(new)


def codes_of_words(words: Iterable[str]) -> Codes:
    """A number for each word."""
    return np.fromiter(map(_code_of_word, words), np.uint32)


@lru_cache(1 << 16)
def _code_of_word(word: str) -> int:
    """The same for words that differ in digits or in the size of letters."""
    return crc32(word.translate(_ALIKE).lower().encode("utf-8", "surrogatepass"))


def word_columns(words: Codes) -> Codes:
    """The columns of the words of a stretch and of each two in a row, its ends included."""
    words = np.concatenate((_FIRST, words, _LAST))
    return _once(np.concatenate((words * _ODD[2], words[:-1] * _ODD[0] + words[1:] * _ODD[1]))) >> _WORD_SHIFT


def word_rows_of(stretches: Sequence[Codes]) -> csr_matrix:
    """What is seen of the words of stretches, one row each."""
    columns = [word_columns(words) for words in stretches]
    values = [np.full(len(found), len(words) ** -DAMPING) for found, words in zip(columns, stretches, strict=True)]
    return _sparse(columns, values, 1 << WORD_BITS)


def rows_of(texts: Sequence[str]) -> csr_matrix:
    """What the first look sees of stretches, one row each."""
    columns, values = [], []
    for text in texts:
        said = codes_of(text)
        local, edges = local_columns(said), edge_columns(said)
        columns.append(np.concatenate((local, edges)))
        values.append(np.repeat((len(text) ** -DAMPING, EDGE_VALUE), (len(local), len(edges))))
    return _sparse(columns, values, COLUMNS)


def _sparse(columns: Sequence[Codes], values: Sequence[NDArray[np.float64]], width: int) -> csr_matrix:
    from scipy.sparse import csr_matrix

    ends = np.append(0, np.cumsum([len(found) for found in columns]))
    found = np.concatenate(columns).astype(np.int32)
    rows = csr_matrix((np.concatenate(values), found, ends), (len(columns), width))
    rows.sum_duplicates()
    return rows
