"""What an annotation may say, and what is wrong with a record that says something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from pipeline.gold.likeness import Record
from pipeline.records import Approx, Change, RemovalKind, Status

KINDS: tuple[str, ...] = get_args(RemovalKind)
APPROX: tuple[str, ...] = get_args(Approx)
STATUS: tuple[str, ...] = get_args(Status)
CHANGE: tuple[str, ...] = get_args(Change)
POINT = r"\d{4}(-(\d\d)(-\d\d)?|-H[12]|-Q[1-4])?"
PERIOD = re.compile(rf"{POINT}(/{POINT})?")


def faults_of(record: Record) -> Iterator[str]:
    """What is wrong with the fields of a metric."""
    for field, known in (("approx", APPROX), ("status", STATUS), ("change", CHANGE)):
        if record[field] not in known and not (field == "status" and record[field] is None):
            yield f"there is no {field} {record[field]}; known: {', '.join(known)}"
    if record["period"] and not PERIOD.fullmatch(record["period"]):
        yield f"period {record['period']} is none like 2023, 2023-08, 2023-H1, 2023-Q2 or 2021/2023"
    if not record["names"] and not record.get("optional"):
        yield "no name"
