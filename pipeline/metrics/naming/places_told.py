"""Names of numbers that are told place by place: 种植烤烟9000亩，其中大坝村1200亩，石岗村900亩."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.metrics.naming.edges import is_margin, is_over_plan
from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.found import Found, before_in_unit

_ONLY_A_PLACE = re.compile(
    "[，、；]?(?:其中|而|但|又|另外?)*(?P<place>[^，。；：、！？\n0-9（）的]{2,9}?)"
    "(?:就|仅|只|也|还|已|共|则|便|却|才|约|近)*(?:占|有|达|为)?了?"
)
"""A clause that says of whom a number is said, and nothing else."""
_OWNER = re.compile(
    "(?P<owner>[^，。；：、！？\n0-9（）的]{1,7}?(?P<end>[省市县区州盟旗镇乡村所站队厂矿库社院校]|街道|社区))(?P<does>.*)"
)
"""A clause that begins with a place or a body, and what is said of it."""
_COUNTS = frozenset("个家座所处条支片村县乡镇户")
"""Units that count places and bodies themselves: 贫困村|128个."""
_TOWNS = frozenset("市县区")
_STATIONS = frozenset("乡镇村所站队库")
_NOT_SO_CALLED = re.compile("贫困|示范|开发|试点|保护|重点|[园库片景灌林小校牧山厂辖郊城新老地]区$|强县|大县")
_NO_PLACE = re.compile("每|平均|[返下回离进入还][乡村镇]$|[和与及]|[高低快慢多少大小优]于|全[国省市州县区乡镇村]$|^..$")
_TOWN = "城镇"
_PUT_BEHIND = frozenset(("carried_left", "carried_swap"))
_NEAR = 12
"""How many numbers before one are looked at for what it is of."""
_SHORT = 16
"""A clause that only names a place has no more characters."""


def name_by_place(text: str, found: Sequence[Found], bodies: Bodies) -> None:
    """Name a number whose clause tells only the place as the last before it in its unit that says what is measured.

    办案|石门所120件，柳湾所96件 is 办案 of both; 上河村1200亩、3100担 goes through two units.
    """
    told = [False] * len(found)
    for n, one in enumerate(found[1:], 1):
        before = found[n - 1]
        clause = text[one.left : one.quantity.start] if one.quantity.start - one.left < _SHORT else ""
        if not one.name or one.place or before.quantity.end > one.quantity.start:
            continue
        if told[n - 1] and one.rule == "carried" and not clause.strip("、和"):
            last = _last_in_unit(text, found, n, told)
            told[n] = True
        elif told[n - 1] and one.rule == "carried" and one.quantity.unit == before.quantity.unit:
            last, told[n] = before, True  # 上河村1200亩，增200亩
        elif (match := _ONLY_A_PLACE.fullmatch(clause)) and _begins(match["place"], one.name):
            last = _told_of(text, found, n, told, match["place"], bodies)
            told[n] = last is not None
        elif match and one.name.endswith(match["place"]) and _is_behind(one, match["place"], bodies):
            told[n] = True
            last = _last_in_unit(text, found, n, told)
            one.rename(one.name.removesuffix(match["place"]))
        else:
            continue
        if last is not None and last.name != one.name:
            one.name, one.plain, one.verb, one.base = last.name, last.plain, last.verb, last.base


def _told_of(
    text: str, found: Sequence[Found], n: int, told: Sequence[bool], place: str, bodies: Bodies
) -> Found | None:
    """The number before that one is told after, whose clause names only a place; what that begins with is taken off it."""
    last = _last_in_unit(text, found, n, told)
    if last is None or found[n].rule not in ("left", "topic", "prior", "left_carried"):
        return None
    if _NO_PLACE.search(place) or bodies.deed.match(place) or bodies.is_any_place(place):
        return None
    first = _OWNER.fullmatch(text, last.left, last.quantity.start)
    mine = _OWNER.fullmatch(place)
    alike = first is not None and mine is not None and not mine["does"] and _alike(first["end"], mine["end"])
    if found[n].rule == "left_carried" and not place.endswith(_TOWN):
        alike = alike and mine is not None and (mine["end"] in _STATIONS or told[n - 1])
        if not alike:
            return None
    if one_of_them := found[n].quantity.unit in _COUNTS:
        alike = alike and mine is not None and mine["end"] in _TOWNS and not _NOT_SO_CALLED.search(place)
    if not alike and (one_of_them or not bodies.is_named_place(place)):
        return last if told[n - 1] and bodies.body(place) and not one_of_them else None
    if alike and first is not None and len(first["does"]) > 1 and last.name.startswith(first["owner"]):
        rest = last.name.removeprefix(first["owner"])
        last.name = last.plain = rest if len(rest) > 1 else last.name
    return last


def _is_behind(one: Found, place: str, bodies: Bodies) -> bool:
    """Whether a place was put behind what is told of it: 火灾|西关镇|54起."""
    apart = one.rule in _PUT_BEHIND and one.quantity.unit not in _COUNTS and len(one.name) > len(place) + 1
    return apart and bodies.is_named_place(place) and _NO_PLACE.search(place) is None


def _begins(place: str, name: str) -> bool:
    """Whether a name begins with a place, or with the 城镇 of a town that a tokeniser parts: 东|城镇."""
    return place.startswith(name[:2]) or (place.endswith(_TOWN) and name.startswith(_TOWN))


def _alike(first: str, mine: str) -> bool:
    return first == mine or (first in _TOWNS and mine in _TOWNS)


def _last_in_unit(text: str, found: Sequence[Found], n: int, told: Sequence[bool]) -> Found | None:
    """The last number before one in its unit and paragraph that says what is measured."""
    change = found[n].change
    for at in before_in_unit(found, n, found[n].quantity.unit, n - _NEAR):
        one = found[at]
        if any("\n" in text[a.quantity.end : b.quantity.start] for a, b in pairwise(found[at : n + 1])):
            return None
        if one.rule == "unit" or (one.change and not change):
            continue
        if not told[at] and (
            is_over_plan(one.name) or one.name.startswith(("超", "欠", "差")) or is_margin(one.name, "")
        ):
            continue
        return one if one.name else None
    return None
