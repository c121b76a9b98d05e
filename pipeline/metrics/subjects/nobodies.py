"""Phrases that name nobody of whom a number is said: what is only counted, times, deeds, those by whose orders it is done."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from pipeline.language.widths import among, codes_of
from pipeline.metrics.page.bodies import Bodies

_COUNTED = re.compile(
    "[约近超仅]?[0-9０-９一二三四五六七八九十百千万两]+[多余]?(?:个|家|支|所|座|处|间|条|户|名|人)(?=[，；。、（）\n])"
)
"""How the text goes on behind what is only counted: 党支部|14个，党员386名."""
_FIGURES = frozenset("约近超仅0123456789０１２３４５６７８９一二三四五六七八九十百千万两")
_OF_COUNT = _FIGURES | frozenset("多余")
_PART = re.compile("(?<![园小片灌库矿景社])区$")
_MEASURES = frozenset("个家所座期条户处项批")
"""What a number is counted in, where it was taken for the beginning of a name: 34|个支部."""
_JOINS = frozenset("和与及、")
"""What stands between two counted kinds: 6|名处级干部|和9名科级干部."""
_OPENS, _CLOSES = frozenset("（("), frozenset("）)")
"""What stands around a name that only explains what stands before it: 县（市、区）, (云岭省)白石县."""
_OF_WHICH = re.compile("的[约近超]?[0-9０-９]")
"""How it goes on behind so many of a kind that only tell whose something is: 30个乡镇|的800名客商."""
_COUNTS = re.compile("[0-9一二三四五六七八九十]个[省市县区乡镇村][（(]$")
"""What stands before the rest of a kind of places that are counted: 8个县（市、区）."""
_BRANDED = re.compile(
    "”?(?:系列|主题|专项|特色|品牌|志愿|党建|文化|公益|惠民|日常)*(?:志愿)?(?:服务)?(?:活动|行动|项目|工程|计划|品牌|课堂|讲堂|比赛|大赛|评选|改造|建设|工作|创建|打造)"
)
"""What stands behind a quoted name of what is done, which is that of no place: “志愿新村”志愿活动."""
MEAN = re.compile("是(?:全[国省市县区]|我国)的?(?:人均|平均)")
"""What something is measured against: 人均结案数是全市人均结案数的1.8倍."""
_APPROVES = re.compile("(?:批复|核准|审批|批准(?!逮捕))[^，。；、\\n0-9]{0,6}(?=[，。；])")
_TO_APPROVAL = re.compile("[^，。；：\\n0-9]{0,20}")
"""What those above are told to do who do nothing else: 省发改委对方案进行|批复，本年投资|3亿元."""
ACCORDING = ("按照", "根据", "依照", "依据", "参照", "对照", "遵照")
"""What stands before those by whose rules something is done: 按照全市考核办法，我院."""
_ORDERS = re.compile("[^，。；、0-9]{0,10}(?:要求|部署|规定|精神|安排|文件|通知|标准|意见)")
"""What goes on behind those by whose orders something is done: 根据国家|和省级要求，我们."""
_COUNTS_WHAT = frozenset("个家所座名支")
_STOPS = frozenset("，、；。,;")
_MAY_STAND_BEFORE = among(
    ("是", *"照据", "\uffff", *_OPENS, *_COUNTS_WHAT, *filter(str.isnumeric, map(chr, range(2**16))))
)
_MAY_STAND_BEHIND = among(("”", *_FIGURES))
"""What tells beside a name that it may be that of no body."""

_EARLIER = ("较上", "较去年", "较前年", "较年初", "较同期")
_SIGNS = frozenset("-－+↑↓▲▼")
"""What stands between what is measured and how it changed, and in no name: 社零-3.2%."""

_TIMES = ("依法", "学年", "学期", "年度", "季度", "期间")
"""Ends of times and manners, which are no bodies: 本学年, 依法."""


def no_bodies(
    text: str, names: Sequence[str], starts: Sequence[int], ends: Sequence[int], bodies: Bodies
) -> list[bool]:
    """Whether names are only counted, are times or letters, 科、教、文, tell what is done, 培育企业, or head what is measured behind them: 第二产业|增加值."""
    deed, done, measured = bodies.deed.match, bodies.deed.fullmatch, bodies.measured.match
    nobody, approves = (*_TIMES, *bodies.programmes), [match.start() for match in _APPROVES.finditer(text)]
    lasts = frozenset(word[-1] for word in nobody)
    begins, finishes = np.array(starts, np.int64), np.array(ends, np.int64)
    codes = np.append(codes_of(text), 0)
    told = _MAY_STAND_BEFORE.take(codes[begins - 1]) | _MAY_STAND_BEHIND.take(codes[finishes])
    told = (told | (codes[finishes - 1] == ord("”"))).tolist()
    return [
        not name
        or name.startswith(_EARLIER)
        or not _SIGNS.isdisjoint((name[-1], text[end : end + 1]))
        or (tells and _told_beside(text, name, start, end, bodies))
        or (name[-1] in lasts and name.endswith(nobody))
        or (len(name) == 1 and text[end - 1] == "、")
        or deed(name) is not None
        or (2 < len(name) < 7 and done(f"{name}。") is not None)
        or (approves and _only_approves(text, end, approves))
        or measured(f"{name}|{text[end - (text[end - 1] == '“') : end + 3]}") is not None
        for name, start, end, tells in zip(names, starts, ends, told, strict=True)
    ]


def _only_approves(text: str, end: int, approves: Sequence[int]) -> bool:
    """Whether the clause behind a name tells only that something is approved, from one of some places on."""
    at = bisect_left(approves, end)
    return at < len(approves) and _TO_APPROVAL.fullmatch(text, end, approves[at]) is not None


def _told_beside(text: str, name: str, start: int, end: int, bodies: Bodies) -> bool:
    """Whether what stands beside a name tells that it is only counted, measured against, or explains what stands before."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    return bool(
        ("”" in text[end - 1 : end + 1] and _BRANDED.match(text, end))
        or (before == "是" and MEAN.match(text, start - 1))
        or (
            behind in _FIGURES
            and _COUNTED.match(text, end)
            and not (_PART.search(name) or name[0] == "全")
            and not bodies.is_one_place(name)
        )
        or (
            before in "照据"
            and text[start - 2 : start] in ACCORDING
            and (bodies.shape(name) & 2 or _ORDERS.match(text, start + len(name)))
        )
        or (before.isnumeric() and (name[0] in _MEASURES or (name[0] == "名" and behind in _JOINS)))
        or (
            before in _COUNTS_WHAT
            and text[start - 2 : start - 1] in _OF_COUNT
            and (text[start + len(name)] in _STOPS or _OF_WHICH.match(text, start + len(name)))
            and bodies.shape(name) != 0
        )
        or (before in _OPENS and behind in _CLOSES and not _COUNTS.search(text, max(start - 6, 0), start))
    )
