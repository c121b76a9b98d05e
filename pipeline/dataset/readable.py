"""What stands in tables in words, for the terminal, for pages and for the card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LEVELS = ("national", "province", "city", "county", "township", "village", "unit")
"""The values of ``admin_level``, from the whole country down."""

NOT_SAID = "not said"
"""What stands for null."""


def number(value: float | None) -> str:
    """A value as a reader would write it.

    >>> number(350000000.0), number(5.2), number(None)
    ('350,000,000', '5.2', '')
    """
    if value is None:
        return ""
    return f"{int(value):,}" if value == int(value) else f"{value:,.10g}"


def value_of(metric: Mapping[str, Any]) -> str:
    """The value, or the bounds of a range; empty where the number is masked."""
    if metric["value"] is None and not metric["masked"]:
        return f"{number(metric['value_min'])}–{number(metric['value_max'])}"
    return number(metric["value"])


def what_of(metric: Mapping[str, Any]) -> str:
    """What else is known in a word or two: planned, an increase on what, about or over."""
    words = (
        metric["status"] if metric["status"] != "actual" else "",
        metric["change"] if metric["change"] != "level" else "",
        metric["change_basis"],
        metric["approx"] if metric["approx"] != "exact" else "",
        "masked" if metric["masked"] else "",
    )
    return " ".join(filter(None, words))
