"""Works whose length, width and cost a sentence tells: 环湖公路全长38公里，路基宽12米; 投资3亿元的冷链物流园年内投产."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found

_OF = re.compile(
    r"(?:、[^，。；、的\n]{2,14}){0,3}的((?![\d一二两三四五六七八九十新]|重点|大|产业|工业|项目|[^，。；\n]{0,12}等)[^，。；、的\d\n]{3,14}?)"
    r"(?=更新|改造|如期|顺利|正在|正式|全面|全线|主体|已|完成|建成|当年|年[内底]|国庆|春节|将|投[产用入]|竣工|开工|落[户成]|签约|[，。；]|[\d一二三四五六七八九十]+[月号])"
)
"""What a number or a list of numbers belongs to: 投资1.6亿元、年产2万吨的果汁项目完成…."""
_PARTED = re.compile("[。；\n]")
_OTHER = re.compile("(?!设站)[新到设我本各]|全[国省市县区乡镇村州]")
"""How a clause begins that no longer tells of the work."""
_NEAR = 30


def works_of(text: str, found: Sequence[Found], words: NameWords) -> list[str | None]:
    """The work that each number is said of; None for most."""
    out: list[str | None] = []
    last = 0
    for one in found:
        start, end = one.quantity.start, one.quantity.end
        work = _work(text, one.left, start, end, words) if one.name.endswith(words.work_measures) else None
        if work is None and out and out[-1] and not (_PARTED.search(text, last, start) or _OTHER.match(text, one.left)):
            work = out[-1]
        out.append(work)
        last = end
    return out


def _work(text: str, left: int, start: int, end: int, words: NameWords) -> str | None:
    """The work whose measure a number is."""
    if match := _OF.match(text, end) or words.work_measured.fullmatch(text, left, start):
        return match[1]
    if not words.bare_measure.fullmatch(text, left, start) or text[left - 1 : left] != "，":
        return None
    begin = max(text.rfind(mark, max(left - _NEAR, 0), left - 1) for mark in "，。；：\n") + 1
    match = words.work_built.fullmatch(text, begin, left - 1)
    return match[1] if match else None
