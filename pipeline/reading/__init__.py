"""Bytes to text: what a source is made of, and how it was decoded."""

from __future__ import annotations

from pipeline.reading.columns import Columns
from pipeline.reading.limits import Limits
from pipeline.reading.refusals import as_failure, is_there, lacked
from pipeline.reading.sources import CONTAINERS, READERS, count_entries, iter_sources, read

__all__ = [
    "CONTAINERS",
    "READERS",
    "Columns",
    "Limits",
    "as_failure",
    "count_entries",
    "is_there",
    "iter_sources",
    "lacked",
    "read",
]
