"""Runs of characters that tell texts apart, white space, punctuation, width and case set aside."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np

LENGTH = 8
"""Characters of a shingle: two reports that share phrases, not sentences, share few of them."""

_WIDE = 0x10000
"""Characters from here on are letters (rare Chinese ones) or pictures."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_NUMBER = re.compile("[0-9]{2,}|[〇零一二三四五六七八九十百千万亿]{2,}")

Hashes = np.ndarray[Any, np.dtype[np.uint64]]


def letters(text: str) -> str:
    """What is left of a text where only letters and digits count.

    >>> letters("共１２件，办结 ABC。")
    '共12件办结abc'
    """
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    wide = codes >= _WIDE
    folded = np.where(wide, np.where(codes < 0x30000, codes, 0), _table()[np.where(wide, 0, codes)])
    folded[(folded >= _WIDE) & (folded < 0x20000)] = 0
    return str(folded[folded != 0].astype("<u4").tobytes(), "utf-32-le")


@cache
def _table() -> np.ndarray[Any, np.dtype[np.uint32]]:
    """For each character of the basic plane the one that it counts as; 0 where it does not count."""
    table = np.zeros(_WIDE, np.uint32)
    for code in range(_WIDE):
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(folded) == 1 and folded.isalnum() and not 0xD800 <= code < 0xE000:
            table[code] = ord(folded)
    return table


def shingles(folded: str) -> Hashes:
    """A hash of each different run of `LENGTH` characters, sorted; a shorter text is one run, an empty one none."""
    codes = np.frombuffer(folded.encode("utf-32-le"), np.uint32).astype(np.uint64)
    if not len(codes):
        return codes
    length = min(LENGTH, len(codes))
    count = len(codes) - length + 1
    hashes = np.zeros(count, np.uint64)
    for at in range(length):
        hashes = hashes * _FACTOR + codes[at : at + count]
    hashes ^= hashes >> np.uint64(32)
    hashes *= _FACTOR
    return np.unique(hashes ^ (hashes >> np.uint64(29)))


def numbers(folded: str) -> Hashes:
    """A hash of each different number of two signs or more, sorted: by these last year's report differs from this one."""
    found = [blake2b(number.encode(), digest_size=8).digest() for number in _NUMBER.findall(folded)]
    return np.unique(np.frombuffer(b"".join(found), "<u8").astype(np.uint64))


def shared(one: Hashes, other: Hashes) -> int:
    """How many hashes two sorted arrays have in common."""
    small, large = sorted((one, other), key=len)
    if not len(small):
        return 0
    places = np.minimum(np.searchsorted(large, small), len(large) - 1)
    return int(np.count_nonzero(large[places] == small))
