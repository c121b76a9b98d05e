"""Works whose length, width and cost a sentence tells: 环湖公路全长38公里，路基宽12米; 投资3亿元的冷链物流园年内投产."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_MEASURES = ("全长", "总长", "基宽", "面宽", "幅宽", "桥长", "坝高", "投资", "概算", "占地", "库容", "装机")
"""What the names of numbers end in that measure a work, in two characters."""
_MEASURED = "(?:全|总)长|路[基面幅]宽|桥长|坝高|概算|(?:概算|计划)?总投资|占地|总?库容|总?装机"
_WORK = (
    "(?:其中|目前)?((?![全各每新续现]|校园|边界)[^，、的和与及]{1,12}?"
    "(?:路|道|高速|桥|隧道|渠|堤|闸|线|水库|[电车]站|码头|机场|港|枢纽|中心|广场|公园|园|馆|院|楼|厂|基地|小区|校区|[一二三四五]期))"
)
_OWN = re.compile(rf"{_WORK}（?(?:{_MEASURED})[^，、]{{0,3}}")
_BUILT = re.compile(
    rf"{_WORK}(?:如期|顺利|全线|正式|已经?|全面|主体)*"
    "(?:建成|开工|投用|投产|通车|完工|竣工|落成|启用|封顶|动工|贯通)[^，、]{0,4}"
)
_BARE = re.compile(rf"(?:项目|工程)?(?:{_MEASURED})[^，、]{{0,3}}")
_OF = re.compile(
    r"(?:、[^，。；、的\n]{2,14}){0,3}的((?![\d一二两三四五六七八九十新]|重点|大|产业|工业|项目|[^，。；\n]{0,12}等)[^，。；、的\d\n]{3,14}?)"
    r"(?=更新|改造|如期|顺利|正在|正式|全面|全线|主体|已|完成|建成|当年|年[内底]|国庆|春节|将|投[产用入]|竣工|开工|落[户成]|签约|[，。；]|[\d一二三四五六七八九十]+[月号])"
)
"""What a number or a list of numbers belongs to: 投资1.6亿元、年产2万吨的果汁项目完成…."""
_PARTED = re.compile("[。；\n]")
_OTHER = re.compile("(?!设站)[新到设我本各]|全[国省市县区乡镇村州]")
"""How a clause begins that no longer tells of the work."""
_NEAR = 30


def works_of(text: str, found: Sequence[Found]) -> list[str | None]:
    """The work that each number is said of; None for most."""
    out: list[str | None] = []
    last = 0
    for one in found:
        start, end = one.quantity.start, one.quantity.end
        work = _work(text, one.left, start, end) if one.name.endswith(_MEASURES) else None
        if work is None and out and out[-1] and not (_PARTED.search(text, last, start) or _OTHER.match(text, one.left)):
            work = out[-1]
        out.append(work)
        last = end
    return out


def _work(text: str, left: int, start: int, end: int) -> str | None:
    """The work whose measure a number is."""
    if match := _OF.match(text, end) or _OWN.fullmatch(text, left, start):
        return match[1]
    if not _BARE.fullmatch(text, left, start) or text[left - 1 : left] != "，":
        return None
    begin = max(text.rfind(mark, max(left - _NEAR, 0), left - 1) for mark in "，。；：\n") + 1
    match = _BUILT.fullmatch(text, begin, left - 1)
    return match[1] if match else None
