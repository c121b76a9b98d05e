"""What an annotation may say, and what is wrong with a record that says something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.gold.likeness import Record

KINDS = ("paywall_marker", "advert", "contact", "boilerplate", "markup")
APPROX = ("exact", "about", "over", "under", "range")
STATUS = ("actual", "planned")
CHANGE = ("level", "increase", "decrease")
POINT = r"\d{4}(-(\d\d)(-\d\d)?|-H[12]|-Q[1-4])?"
PERIOD = re.compile(rf"{POINT}(/{POINT})?")


def faults_of(record: Record) -> Iterator[str]:
    """What is wrong with the fields of a metric."""
    if record["approx"] not in APPROX:
        yield f"approx {record['approx']}"
    if record["status"] not in (*STATUS, None):
        yield f"status {record['status']}"
    if record["change"] not in CHANGE:
        yield f"change {record['change']}"
    if record["period"] and not PERIOD.fullmatch(record["period"]):
        yield f"period {record['period']}"
    if not record["names"] and not record.get("optional"):
        yield "no name"
