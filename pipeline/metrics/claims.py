"""What a number is said of whatever the model makes of it: a place that heads its clause, 我校, the organ that reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from pipeline.metrics.choices import IS, OWN, SENTENCE, Choices
from pipeline.metrics.found import Found
from pipeline.metrics.hashing import REMEMBERED
from pipeline.metrics.mentions import CLAUSE, ISSUER, PLACE
from pipeline.metrics.page import Array

_OWNS = re.compile(
    "(?:人大主席团|人大常委会|人民代表大会常务委员会|政协|法院|检察院|(?<!村党)(?<!区党)(?<!村)支部|[支大]队|工商业联合会|工商联|信用社|医院|税务局|[国地]税局|海关|[中小大]学|学校|学院)$"
)
"""Organs that report on what they did themselves; a bureau reports on its whole county."""
_ANY_PLACE = re.compile(
    "(?:贫困|脱贫|出列|示范|先进|试点|重点|行政|自然|空壳|薄弱|文明|城中|移民|民族|帮扶|联系|生态|美丽|特色|小康|中心|所有|这些|其他|其余"
    "|取缔|引摊入|专业|硬化通|管理晋|每|负债|转让|落户|进入|走进|乡镇|部分|少数|多数|不少|周边|[邻外两几个一二三四五六七八九十百多该此本])(?:[省市州盟县区旗镇乡村]|街道|社区|公社|大队)+$|[、和与及]"
)
"""Any places of a kind, and no one of them."""
_GOES_ON = re.compile("(?<=[省市县区旗乡镇村])(?:“.*|[修建办种把则靠])$")
"""What goes on behind the name of a place: 石桥村“板凳会”, 石桥村修."""
_ENDS = frozenset("省市州盟县区旗乡镇村道社队修建办种把则靠")
"""What the name of a place may end in, or what goes on behind it."""
_SYSTEM = re.compile(
    "全[省市州盟县区旗](?:各级)?(?:公安机关|检察机关|检察院|法院|纪检监察机关|[国地]税系统|税务系统|工会|农村信用社)"
)
"""All organs of a kind in a place."""
_OPENS = 2  # of `Choices.opener`
_OWN_BODY = re.compile("我(?:[^省市州盟县区旗镇乡村国]|大队|公社)")
"""A body of which a report speaks as its own, which is more than the place that it is in: 我校."""


@lru_cache(REMEMBERED)
def _owns(name: str) -> bool:
    """Whether the organ of a name reports on what it did itself."""
    return _OWNS.search(name) is not None


@lru_cache(REMEMBERED)
def _place_in(name: str) -> str:
    """A name without what goes on behind the name of a place."""
    return _GOES_ON.sub("", name)


def _said(laid: Choices, which: Array) -> Iterator[tuple[int, str]]:
    """What is mentioned in marked rows, each with its number."""
    rows = np.flatnonzero(which)
    numbers = np.searchsorted(laid.begins, rows, "right") - 1
    return zip(numbers.tolist(), (laid.said[row] for row in rows.tolist()), strict=True)


def named_places(laid: Choices, found: Sequence[Found]) -> dict[int, str]:
    """The places that names begin with or in the midst of, by number: 东港镇地区生产总值 is said of 东港镇."""
    bodies = laid.known.bodies
    said = _said(laid, (laid.scope == OWN) & (laid.kind == CLAUSE) & (laid.inside != IS))
    return {n: name for n, name in said if found[n].name.startswith((name, name[-1])) and bodies.is_named_place(name)}


def selves(laid: Choices) -> dict[int, str]:
    """Those that a report calls its own in the clause of a number, 我校现有教师46人, by number."""
    said = _said(laid, (laid.scope == OWN) & (laid.inside != IS))
    return {n: name for n, name in said if name[:1] == "我" and _OWN_BODY.fullmatch(name)}


def opening_places(laid: Choices) -> dict[int, str]:
    """The place that the paragraph above a number begins with, by number: it comes before that of the report."""
    said = _said(laid, (laid.opener >= _OPENS) & (laid.kind == CLAUSE) & (laid.scope != OWN))
    named = ((n, _place_in(name)) for n, name in said)
    return {n: name for n, name in named if laid.known.bodies.is_named_place(name)}


def things(laid: Choices) -> Array:
    """The phrases of clauses that name no body, no place and no group: 城镇新增就业, 空气质量."""
    found: Array = ((laid.kind == CLAUSE) | (laid.kind == PLACE)) & (laid.known.things[laid.names] != 0)
    return found


def issuers(laid: Choices) -> dict[int, str]:
    """The organ that gives the report, by number, where its numbers are its own and not those of the place: a court."""
    return {n: name for n, name in _said(laid, laid.kind == ISSUER) if _owns(name)}


def heading_places(laid: Choices) -> dict[int, str]:
    """The named place that heads the clause of a number or one before it in its sentence: 大坑乡最复杂，31个村有争议."""
    bodies = laid.known.bodies
    out: dict[int, str] = {}
    for n, name in _said(laid, ((laid.scope == OWN) | (laid.scope == SENTENCE)) & (laid.kind == CLAUSE)):
        if n in out or not (name[-1:] in _ENDS or "“" in name):
            continue
        place = _place_in(name)
        if bodies.is_named_place(place) and not _ANY_PLACE.search(place):
            out[n] = place
    return out


def systems(laid: Choices) -> dict[int, str]:
    """All organs of a kind that the clause of a number is said of, by number: 全县公安机关立案."""
    said = _said(laid, (laid.scope == OWN) & (laid.kind == CLAUSE))
    return {n: name for n, name in said if name[:1] == "全" and _SYSTEM.fullmatch(name)}
