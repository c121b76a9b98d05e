"""What the classifier of adverts sees of a stretch: its characters and pairs, its ends, its length, its cues.

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
CUE_COLUMN, BODY_COLUMN = 1 << BITS, (1 << BITS) + 1  # weights of the cues for and against a removal
COLUMNS = (1 << BITS) + 2
DAMPING = 0.3  # evidence grows with this power of the length
EDGE_VALUE, CUE_VALUE = 0.6, 0.25  # what a feature of the whole stretch, and a unit of weight of a cue, count

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


def _tables() -> tuple[NDArray[np.uint16], NDArray[np.uint32]]:
    """For each code its folded form (digits alike, small letters) and its shape."""
    folded = np.arange(1 << 16, dtype=np.uint16)
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
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = np.where(points >> 16 == _RARE_PLANE, _RARE, points).astype(np.uint16)
    return _FOLDED[codes].astype(np.uint32), _SHAPE[codes]


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


def share_columns(codes: tuple[Codes, Codes], start: int, end: int) -> Codes:
    """Columns of one stretch by the shapes that it is made of: the quarter that each makes up, and its number to three."""
    counts = np.bincount(codes[1][start:end], minlength=len(_SHAPES) + 2).astype(np.uint32)
    quarters = (4 * counts + np.uint32(end - start - 1)) // np.uint32(end - start)
    kinds = np.arange(len(counts), dtype=np.uint32)
    shares = _columns(kinds + np.uint32(10), quarters)
    return np.concatenate((shares, _columns(kinds + np.uint32(30), np.minimum(counts, 3))))


def _columns(kind: Codes, value: Codes) -> Codes:
    return ((kind * _ODD[0] + value * _ODD[1]) * _ODD[2]) >> _SHIFT


def rows_of(texts: Sequence[str], weights: Sequence[tuple[int, int]]) -> csr_matrix:
    """The features of stretches, one row each, with the weights of the cues for and against each removal.

    A feature counts once, however often it is there: a list repeats itself and is no advert for that.
    """
    from scipy.sparse import csr_matrix

    columns, values, ends = [], [], [0]
    for text, (cues, body) in zip(texts, weights, strict=True):
        codes = codes_of(text)
        local = np.unique(np.concatenate(columns_of(codes)))
        ends_of = end_columns(codes, np.array([0]), np.array([len(text)]))
        edges = np.concatenate((ends_of[:, 0], share_columns(codes, 0, len(text))))
        columns += [local, edges, np.array([CUE_COLUMN, BODY_COLUMN], np.uint32)]
        values += [np.full(len(local), len(text) ** -DAMPING), np.full(len(edges), EDGE_VALUE)]
        values.append(np.array([cues, body]) * CUE_VALUE)
        ends.append(ends[-1] + len(local) + len(edges) + 2)
    rows = csr_matrix((np.concatenate(values), np.concatenate(columns).astype(np.int32), ends), (len(texts), COLUMNS))
    rows.sum_duplicates()
    return rows
