"""Compile the patterns of a row, and say which row is wrong where one is."""

from __future__ import annotations

import re
from typing import get_args

from pipeline.errors import RulesError
from pipeline.records import EditKind, RemovalKind
from pipeline.rules.schema import Advert, Marker, Row


def compile_pattern(pattern: str, row: Row) -> re.Pattern[str]:
    """Compile a pattern of `row`; ``^`` and ``$`` mean the ends of a line."""
    try:
        return re.compile(pattern.strip(), re.MULTILINE)
    except re.error as error:
        raise RulesError(f"The pattern of rule {row.id} cannot be compiled: {error}. Mend the row.") from error


def removal_kind(row: Marker | Advert) -> EditKind:
    """The kind of edit that `row` makes."""
    if row.kind not in get_args(RemovalKind):
        raise RulesError(f"Rule {row.id}: kind {row.kind} is none of {', '.join(get_args(RemovalKind))}.")
    return row.kind  # type: ignore[return-value]
