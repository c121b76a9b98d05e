"""A cloud of words: where each word stands and how large it is. The same words give the same cloud."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 600, 470
SMALLEST, LARGEST = 13, 64
STEP, TURNS, WIDER = 0.35, 1400, 1.35
"""The way outward: how far it turns at a time, in radians, how often, and how much wider than high it is."""

SHADES, FULL = 5, 0.4
"""Shades of words, and the part of the cloud that they may cover."""


class Placed(NamedTuple):
    """A word, the middle of where it stands, its size, and which of five shades it has."""

    word: str
    x: float
    y: float
    size: int
    shade: int


def cloud(words: Sequence[tuple[str, int]]) -> list[Placed]:
    """Place words from the middle outward, the most frequent first; those for which no room is left are left out."""
    import numpy as np

    angle = STEP * np.arange(TURNS)
    x, y = WIDTH / 2 + WIDER * angle * np.cos(angle), HEIGHT / 2 + angle * np.sin(angle)
    largest = _largest(words)
    placed: list[Placed] = []
    boxes: list[tuple[float, float, float, float]] = []
    for word, number in words:
        size = _size(number / words[0][1], largest)
        half, rise = size * len(word) / 2 + 4, size / 2 + 3  # a Han character is as wide as it is high
        free = (x > half) & (x < WIDTH - half) & (y > rise) & (y < HEIGHT - rise)
        for left, top, right, bottom in boxes:
            free &= (x + half < left) | (x - half > right) | (y + rise < top) | (y - rise > bottom)
        if free.any():
            at = int(free.argmax())
            boxes.append((x[at] - half, y[at] - rise, x[at] + half, y[at] + rise))
            shade = min(SHADES - 1, len(placed) // 8)
            placed.append(Placed(word, round(float(x[at]), 1), round(float(y[at]), 1), size, shade))
    return placed


def _size(share: float, largest: int) -> int:
    """The size of a word that is this share as frequent as the most frequent one."""
    return int(SMALLEST + (largest - SMALLEST) * share**0.8)


def _largest(words: Sequence[tuple[str, int]]) -> int:
    """How large the most frequent word may be, so that all of them cover no more than a part of the cloud."""
    for largest in range(LARGEST, SMALLEST, -3):
        area = sum(len(word) * _size(number / words[0][1], largest) ** 2 for word, number in words)
        if area < FULL * WIDTH * HEIGHT:
            return largest
    return SMALLEST
