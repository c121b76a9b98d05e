"""What follows a planned number as its parts: 计划完成投资3亿元，其中：水利1.2亿元，水电1.8亿元."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_FAR = 120
"""So many characters behind their whole parts may stand."""
_SO_FAR = re.compile("已|完成(?!投资)|实际|目前|现有|截至|截止|到位|累计|[。\n]")
"""What tells between a whole and its part that something was done, or that another matter begins."""
_PARTS = re.compile("其中|包括|含")

_PLANNED = re.compile("计划(?:完成|实施|建设|新建|改造|投入|安排|治理)[^，。；、0-9]{1,10}$")
_NEXT = re.compile("[，、](?!其中|占|比|同比|增长|下降|约|为|达|总)[^，。；：、0-9已实现完超达较到]{2,8}")

_OPENED = re.compile("(?:今年|明年|全年|年内|[0-9]{4}年|下半年)[^。；\n0-9]{0,12}(?:计划|拟)(?:完成|实施|建设|开展)")
_FURTHER = re.compile(
    "(?:以上|以下|左右)?[；;，](?!其中|占|比|同比|增长|下降|约|为|达|总|实际|目前|截)(?:完成)?[^，。；：、0-9已实现完超达较到了共累占比]{2,14}(?:（[^（）0-9]{2,16}）)?[^，。；：、0-9已实现完超达较到了共累占比]{0,10}"
)
"""A further thing that a year's plan tells of: 今年计划完成改水36万人；除险加固水库|5座."""


def _goes_on(text: str, last: Found, one: Found) -> bool:
    """Whether a number goes on with what is planned: 计划完成造林0.8万亩，封滩育林|1.8万亩."""
    start, end = last.quantity.start, last.quantity.end
    if _FURTHER.fullmatch(text, end, one.quantity.start):
        begin = max(text.rfind(mark, max(0, start - _FAR), start) for mark in "。\n") + 1
        opened = _OPENED.search(text, begin, start)
        if opened is not None and not _SO_FAR.search(text, opened.end(), start):
            return True
    if last.quantity.unit != one.quantity.unit or text.find("计划", max(0, start - 20), start) < 0:
        return False
    planned = _PLANNED.search(text, max(0, start - 20), start)
    return planned is not None and _NEXT.fullmatch(text, last.quantity.end, one.quantity.start) is not None


def plans_with_parts(
    text: str, found: Sequence[Found], planned: Sequence[bool], totals: Sequence[int | None]
) -> list[bool]:
    """Whether each number is planned, its parts as it is: no part of a plan was carried out unless the text says so."""
    out = list(planned)
    for n, total in enumerate(totals):
        if n and out[n - 1] and not out[n] and _goes_on(text, found[n - 1], found[n]):
            out[n] = True
        if total is None or out[n] or not out[total]:
            continue
        last, start = found[total].quantity.end, found[n].quantity.start
        if text.startswith("的", last):
            continue  # 超额完成100万人的年度任务，其中
        if last < start <= last + _FAR and _PARTS.search(text, last, start) and not _SO_FAR.search(text, last, start):
            out[n] = True
    return out
