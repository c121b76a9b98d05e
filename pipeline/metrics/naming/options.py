"""Wordings that could be chosen for a number, and what their kinds tell."""

from __future__ import annotations

from typing import NamedTuple

CARRIED = frozenset(
    ("carried", "carried_left", "carried_swap", "carried_share", "carried_verb_left", "carried_verb_right")
)
APART = frozenset(("right", "verb_right", "carried_verb_right", "right_carried", "right_share", "item", "item_left"))
"""Kinds of wording that stand by themselves though the number is measured against another."""
OVER = frozenset(("carried", "base", "prior", "topic"))
"""Kinds of wording that do not hold the words right before the number: 储蓄余额9亿元，平均每人|2100元."""


class Option(NamedTuple):
    """A wording that could be chosen: its kind, and the words that it stands on."""

    kind: str
    start: int
    end: int
    score: float
