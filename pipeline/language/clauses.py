"""Where clauses and sentences begin."""

from __future__ import annotations


def begin_of(text: str, at: int, marks: str, low: int = 0) -> int:
    """Where what `at` stands in begins: behind the last of some marks before it, or at `low`.

    >>> begin_of("开工3项。建成桥梁，修路5公里", 12, "。"), begin_of("开工3项。建成桥梁，修路5公里", 12, "。，")
    (5, 10)
    """
    return max(low, *(text.rfind(mark, low, at) + 1 for mark in marks))
