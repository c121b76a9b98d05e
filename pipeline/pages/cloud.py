"""A cloud of words: where each word stands and how large it is. The same words give the same cloud."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 600, 470
SMALLEST, LARGEST = 13, 64
STEP, WIDER = 0.35, 1.35
"""How far the way outward turns at a time, in radians, and how much wider than high it is."""


class Placed(NamedTuple):
    """A word, the middle of where it stands, its size, and which of five shades it has."""

    word: str
    x: float
    y: float
    size: int
    shade: int


def cloud(words: Sequence[tuple[str, int]]) -> list[Placed]:
    """Place words from the middle outward, the most frequent first; those for which no room is left are left out."""
    if not words:
        return []
    top = words[0][1]
    placed: list[Placed] = []
    boxes: list[tuple[float, float, float, float]] = []
    for word, number in words:
        size = round(SMALLEST + (LARGEST - SMALLEST) * (number / top) ** 0.8)
        half, rise = size * len(word) / 2 + 4, size / 2 + 3  # a Han character is as wide as it is high
        for turn in range(2000):
            angle = STEP * turn
            x, y = WIDTH / 2 + WIDER * angle * math.cos(angle), HEIGHT / 2 + angle * math.sin(angle)
            box = (x - half, y - rise, x + half, y + rise)
            if box[0] < 0 or box[1] < 0 or box[2] > WIDTH or box[3] > HEIGHT:
                if angle > HEIGHT:
                    break
                continue
            if not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in boxes):
                boxes.append(box)
                placed.append(Placed(word, round(x, 1), round(y, 1), size, min(4, len(placed) // 8)))
                break
    return placed
