"""Full-width digits, letters and number signs, and the half-width ones they stand for, one character each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

FULL_TO_HALF = {0xFF10 + i: 0x30 + i for i in range(10)}
FULL_TO_HALF |= {0xFF21 + i: 0x41 + i for i in range(26)} | {0xFF41 + i: 0x61 + i for i in range(26)}
FULL_TO_HALF |= {ord(full): ord(half) for full, half in zip("％．＋－／", "%.+-/", strict=True)}

_FULL = re.compile(f"[{re.escape(''.join(map(chr, FULL_TO_HALF)))}]+")
_BEYOND = 0xFFFF
_LONG = 500
"""A text longer than this is first looked through for what is to be folded, since most have little or nothing."""


@lru_cache(2)
def codes_of(text: str) -> np.ndarray:
    """The code points of a text as 16-bit numbers, not to be written to; those beyond are 65535.

    Remembered for the passes over one text: most of them ask for the codes of the same one.
    """
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(codes) == len(text):
        return codes
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(codes, _BEYOND).astype(np.uint16)


def among(characters: Iterable[str]) -> np.ndarray:
    """Of each code of `codes_of` whether it is that of one of these characters."""
    table = np.zeros(_BEYOND + 1, bool)
    table[[min(ord(character), _BEYOND) for character in characters]] = True
    return table


def places_of(text: str, table: np.ndarray) -> list[int]:
    """Where the characters of a table that `among` made stand, in order."""
    places: list[int] = np.flatnonzero(table.take(codes_of(text))).tolist()
    return places


_IS_FULL = among(map(chr, FULL_TO_HALF))


def fold_width(text: str) -> str:
    """Write full-width digits, letters and ％．＋－／ as half-width; the length stays, Chinese punctuation too.

    >>> fold_width("（１２．５％），ＧＤＰ")
    '（12.5%），GDP'
    """
    if len(text) > _LONG:
        for full in {text[at] for at in places_of(text, _IS_FULL)}:  # a few of them at most, in most texts none
            text = text.replace(full, chr(FULL_TO_HALF[ord(full)]))
        return text
    return _FULL.sub(lambda run: run[0].translate(FULL_TO_HALF), text)


PRINTED = dict(zip(",;:?!()", "，；：？！（）", strict=True))
"""The signs of a keyboard without Chinese ones, as a book prints them."""
_PRINTED = PRINTED | dict(zip("﹐﹑﹒﹔﹕﹙﹚﹪℅", "，、.；：（）%%", strict=True))
_IS_TYPED = among((*_PRINTED, '"'))
_STAYS = re.compile(
    r"[,:](?<=[0-9A-Za-z].)(?=[0-9A-Za-z/])|\((?<=[0-9千万亿余多][\u4e00-\u9fff]\()[\u4e00-\u9fff]{1,2}\)"
)
"""The signs of 1,280, of 5:3 and of 台(套)."""
_QUOTED = re.compile(r"(?<![0-9A-Za-z])\"[^\"\n]{1,60}\"")
_STOP = re.compile(r"\.(?<=[%元人亩吨户个件家名里米次]\.)(?=[\u4e00-\u9fff])")


@lru_cache(4)
def as_printed(text: str) -> str:
    """Write the signs that a keyboard without Chinese ones typed as a book prints them; the length stays.

    Remembered for the passes over one text.

    >>> as_printed('"十四五"期间,完成1,280元(其中:省级5:3);增长8%.税收')
    '“十四五”期间，完成1,280元（其中：省级5:3）；增长8%。税收'
    """
    places = places_of(text, _IS_TYPED)
    if not places:
        return text
    pieces: list[str] = []
    done = stays = 0
    for at in places:
        if at < stays:
            continue
        if text[at] == '"':
            if quoted := _QUOTED.match(text, at):
                stays = quoted.end()
                pieces += (text[done:at], "“", as_printed(text[at + 1 : stays - 1]), "”")
                done = stays
        elif kept := _STAYS.match(text, at):
            stays = kept.end()
        else:
            pieces += (text[done:at], _PRINTED[text[at]])
            done = at + 1
    return _STOP.sub("。", "".join((*pieces, text[done:])))
