"""Times that stand behind the number that they date: 其余14户|9月底前搬完."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from pipeline.language.periods import TimeMention
from pipeline.metrics.times.adverbials import PARTS
from pipeline.metrics.times.demanded import year_of_aims

_NOUN = re.compile(
    "[0-9.]+[万亿余多]*(?:[人户处件座]的)?[^的，。；、：0-9（）]{1,10}?(?:计划|力争|争取|确保|拟|将|预计|于|在|须|要|必须)*|[一二三四五六七八九十百千万]+[一-龥]{1,10}"
)
"""What stands between a number and the time by which that is to be: 14户|危房户计划|9月底前."""
_OF_IT = re.compile("的|以来|起|比|与|同比|至|到")
"""What tells that a time goes with what follows it, and not with the number."""


def due_behind(text: str, left: int, start: int, times: Sequence[TimeMention]) -> TimeMention | None:
    """The year whose aims a planned number is listed as, or the part of one behind it by which it is to be.

    The second only where the clause says no time before the number.
    """
    if aimed := year_of_aims(text, start, times):
        return aimed
    at = bisect_left(times, start, key=attrgetter("start"))
    if at == len(times) or (at and times[at - 1].start >= left - 1):
        return None
    due = times[at]
    if PARTS.isdisjoint(due.groups) or "tomonth" in due.groups or _OF_IT.match(text, due.end):
        return None
    return due if _NOUN.fullmatch(text, start, due.start) else None
