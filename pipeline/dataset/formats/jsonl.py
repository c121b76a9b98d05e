"""JSON Lines: an object a line, lists as lists, dates as ISO 8601."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.dataset.formats.cells import rows_of
from pipeline.dataset.stored import Stored


def write(stored: Stored, path: Path) -> None:
    """Write the one table of `stored`."""
    (table,) = stored.tables
    names = [column.name for column in stored.columns(table)]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for batch in stored.batches(table):
            for row in rows_of(batch):
                file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) + "\n")
