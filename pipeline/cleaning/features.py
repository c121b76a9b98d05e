"""What the classifier of adverts sees of a stretch: its characters and pairs, its ends, its length, its shapes.

Each place in a text has a column of one table of weights for every kind of feature, so that a running sum gives the
evidence of any stretch at once: a report is read for a few dozen nanoseconds a character.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BITS = 16
COLUMNS = 1 << BITS
DAMPING = 0.3  # evidence grows with this power of the length
EDGE_VALUE = 0.6  # what a feature of the whole stretch counts

SHORT = 12  # characters of a stretch that says little of itself

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]
_SHIFT = np.uint32(32 - BITS)
_ODD = tuple(map(np.uint32, (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35)))

_RARE_PLANE, _RARE = 2, 0x3400  # Chinese characters of the second plane (names of people and villages) are all one

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
    """For each code its folded form (digits alike, small letters) and its shape."""
    folded = np.arange(1 << 16, dtype=np.uint32)
    folded[ord("0") : ord("9") + 1] = ord("0")
    folded[ord("A") : ord("Z") + 1] = np.arange(ord("a"), ord("z") + 1)
    shapes = np.zeros(1 << 16, dtype=np.uint32)
    shapes[:0x2E80] = len(_SHAPES) + 1
    for number, characters in enumerate(_SHAPES, 1):
        shapes[list(map(ord, characters))] = number
    return folded, shapes


_FOLDED, _SHAPE = _tables()


def codes_of(text: str) -> tuple[Codes, Codes]:
    """The characters of a text, folded, and their shapes."""
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(codes) > len(text):
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        codes = np.where(points >> 16 == _RARE_PLANE, _RARE, points).astype(np.uint16)
    return _FOLDED.take(codes), _SHAPE.take(codes)


def columns_of(codes: tuple[Codes, Codes]) -> tuple[Codes, Codes]:
    """The column of each character, and that of each pair."""
    said = codes[0]
    pairs = said[:-1] * _ODD[0] + said[1:] * _ODD[1]
    return (said * _ODD[2]) >> _SHIFT, pairs >> _SHIFT


def end_columns(codes: tuple[Codes, Codes], starts: Places, ends: Places) -> Codes:
    """Columns of many stretches (none empty) by how each begins and ends and how long it is: (features, stretches)."""
    said, shape = codes
    lengths = (ends - starts).astype(np.uint32)
    first, last = said[starts], said[ends - 1]
    second, last_but_one = said[np.minimum(starts + 1, ends - 1)], said[np.maximum(ends - 2, starts)]
    values = (
        first,
        last,
        np.log2(lengths).astype(np.uint32),
        np.minimum(lengths, SHORT),
        first << np.uint32(16) | second,
        last_but_one << np.uint32(16) | last,
        shape[starts] << np.uint32(8) | shape[ends - 1],
    )
    return _columns(np.arange(1, 8, dtype=np.uint32)[:, None], np.stack(values))


def shape_of(codes: tuple[Codes, Codes]) -> NDArray[np.float64]:
    """What shapes a stretch is made of: the share of each, its number to four, and how long the stretch is."""
    length = len(codes[1])
    counts = np.bincount(codes[1], minlength=len(_SHAPES) + 2)
    return np.concatenate((counts / length, np.minimum(counts, 4), (np.log(length), length <= SHORT)))


def _columns(kind: Codes, value: Codes) -> Codes:
    return ((kind * _ODD[0] + value * _ODD[1]) * _ODD[2]) >> _SHIFT


def local_columns(codes: tuple[Codes, Codes]) -> Codes:
    """The columns of the characters and pairs of a stretch: each counts once, a list repeats itself and is no advert."""
    return np.unique(np.concatenate(columns_of(codes)))


def rows_of(texts: Sequence[str]) -> csr_matrix:
    """What the first look sees of stretches, one row each."""
    from scipy.sparse import csr_matrix

    columns, values, ends = [], [], [0]
    for text in texts:
        codes = codes_of(text)
        local, edges = local_columns(codes), end_columns(codes, np.array([0]), np.array([len(text)]))[:, 0]
        columns += [local, edges]
        values += [np.full(len(local), len(text) ** -DAMPING), np.full(len(edges), EDGE_VALUE)]
        ends.append(ends[-1] + len(local) + len(edges))
    rows = csr_matrix((np.concatenate(values), np.concatenate(columns).astype(np.int32), ends), (len(texts), COLUMNS))
    rows.sum_duplicates()
    return rows
