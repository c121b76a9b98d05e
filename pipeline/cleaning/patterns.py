"""Compile the patterns of a row, and say which row is wrong where one is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from pipeline.errors import RulesError
from pipeline.records import EditKind, RemovalKind
from pipeline.rules.schema import Advert, Marker


@dataclass(frozen=True, eq=False)
class Searched:
    """What is searched for in the name of a rule; equal only to itself."""

    rule: str
    written: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first asked for, since most texts have what starts the search of few rules.

        ``^`` and ``$`` mean the ends of a line. Raises RulesError where `written` is no pattern.
        """
        try:
            return re.compile(self.written.strip(), re.MULTILINE)
        except re.error as error:
            raise RulesError(f"The pattern of rule {self.rule} cannot be compiled: {error}. Mend the row.") from error


def removal_kind(row: Marker | Advert) -> EditKind:
    """The kind of edit that `row` makes."""
    if row.kind not in get_args(RemovalKind):
        raise RulesError(f"Rule {row.id}: kind {row.kind} is none of {', '.join(get_args(RemovalKind))}.")
    return row.kind  # type: ignore[return-value]
