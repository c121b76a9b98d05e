"""Full-width digits, letters and number signs, and the half-width ones they stand for, one character each."""

from __future__ import annotations

import re

FULL_TO_HALF = {0xFF10 + i: 0x30 + i for i in range(10)}
FULL_TO_HALF |= {0xFF21 + i: 0x41 + i for i in range(26)} | {0xFF41 + i: 0x61 + i for i in range(26)}
FULL_TO_HALF |= {ord(full): ord(half) for full, half in zip("％．＋－／", "%.+-/", strict=True)}

_FULL = re.compile(f"[{re.escape(''.join(map(chr, FULL_TO_HALF)))}]+")


def fold_width(text: str) -> str:
    """Write full-width digits, letters and ％．＋－／ as half-width; the length stays, Chinese punctuation too.

    >>> fold_width("（１２．５％），ＧＤＰ")
    '（12.5%），GDP'
    """
    return _FULL.sub(lambda run: run[0].translate(FULL_TO_HALF), text)
