"""What the cards of the models say of their quality, for the page of a dataset."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.estimators import read_cards

NOT_QUALITY = {"versions", "context", "thresholds"}
"""Tables of a card that say how a model was made, not how good it is."""


class Quality(NamedTuple):
    """One model: its figures by what they were measured on, F1 of each label, and how far its confidence holds."""

    name: str
    figures: list[tuple[str, str, float]]
    f1: list[tuple[str, float]]
    reliability: list[tuple[float, float, int]]


def qualities(folders: Iterable[Path]) -> list[Quality]:
    """The models in use, by name; of two of one name that of the earlier folder is in use."""
    return [_quality(name, card) for name, card in read_cards(folders).items()]


def _quality(name: str, card: dict[str, Any]) -> Quality:
    figures = [
        (table, figure, value)
        for table, held in card.items()
        if isinstance(held, dict) and table not in NOT_QUALITY | {"f1", "reliability"}
        for figure, value in held.items()
        if isinstance(value, int | float)
    ]
    tenths = card.get("reliability", {}).get("tenths", [])
    return Quality(name, figures, sorted(card.get("f1", {}).items()), [(a, b, n) for a, b, n in tenths])
