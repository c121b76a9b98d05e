"""What follows a planned number as its parts: 计划完成投资3亿元，其中：水利1.2亿元，水电1.8亿元."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.found import Found

_FAR = 120
"""So many characters behind their whole parts may stand."""
_SO_FAR = re.compile("已|完成(?!投资)|实际|目前|现有|截至|截止|到位|累计|[。\n]")
"""What tells between a whole and its part that something was done, or that another matter begins."""
_PARTS = re.compile("其中|包括|含")


def plans_with_parts(
    text: str, found: Sequence[Found], planned: Sequence[bool], totals: Sequence[int | None]
) -> list[bool]:
    """Whether each number is planned, its parts as it is: no part of a plan was carried out unless the text says so."""
    out = list(planned)
    for n, total in enumerate(totals):
        if total is None or out[n] or not out[total]:
            continue
        last, start = found[total].quantity.end, found[n].quantity.start
        if text.startswith("的", last):
            continue  # 超额完成100万人的年度任务，其中
        if last < start <= last + _FAR and _PARTS.search(text, last, start) and not _SO_FAR.search(text, last, start):
            out[n] = True
    return out
