"""Rows of words as parameters of tests."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.rules.schema import Words


def by_use(rows: Iterable[Words], field: str) -> list[tuple[str, str]]:
    """Each example (or counterexample, as `field` says) of each row, under each use that the row has."""
    return [(use, text) for row in rows for use in row.uses for text in getattr(row, field)]
