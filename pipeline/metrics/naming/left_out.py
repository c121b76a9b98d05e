"""Names that leave out their noun, which their unit or a number before tells: 项目9个，…。竣工|7个 is 竣工项目."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found, before_in_unit

_PIECES = frozenset(("个", "项"))
_CASES = frozenset(("件", "起", "宗"))
_PEOPLE = frozenset(("人", "名"))
_SHARES = frozenset(("%", "倍"))
_LAND = frozenset(("亩", "公顷"))
_PEOPLE_OF = "人口"
_MEMBERS = re.compile("(?P<noun>党员)$")
_FORM = re.compile(".{0,4}第[一二三四]种")
_OWN_FORM = re.compile("[，、；：]?(?:其中|运用)?(第[一二三四]种)")
_SECTOR = re.compile("(?P<which>[一二三])产")
_GREW = re.compile("[增减升降跌]")
_IDLE = re.compile(".{0,4}闲置")
_TIMES = re.compile(
    "(?<=..)相当于(?:(?:[0-9]{4}|[一二三四五六七八九○〇零]{4})年.{0,3}|[上去前]年.{0,4}|.{0,3}[前过][^，]{0,3}[0-9一二三四五六七八九十两]?[年届].{0,4}"
    "|上一?个?五年|.*五”.{0,4}|.*(?:同期|时期|之初|前|总和)|去冬今春|平时)$"
)
"""A time that a number is a multiple of, which its name is as little of as that of a growth: 投资|相当于上年的2倍."""
_PLAN, _BIRTHS = "计划", "生育"
"""What a tokeniser parts that is one word: 3个|乡镇计划|生育率."""
_NEAR, _NEARBY = 14, 60
_FARTHEST = 240


def name_left_out(text: str, found: Sequence[Found], words: NameWords) -> None:
    """Complete names that are only what is said of a noun."""
    heard = any(one.name.endswith("案件") for one in found)
    for n, one in enumerate(found):
        if one.name:
            one.name = _completed(text, found, n, heard, words)


def _completed(text: str, found: Sequence[Found], n: int, heard: bool, words: NameWords) -> str:
    """The name of a number with the noun that it leaves out; `heard` tells whether the text tells of lawsuits."""
    one = found[n]
    name, unit = one.name, one.quantity.unit
    if unit == "户":
        if name.endswith(_PEOPLE_OF) and len(name) > len(_PEOPLE_OF):
            return name.removesuffix(_PEOPLE_OF) + "户"  # 贫困人口|2万户
        return name.removesuffix("的") + "户" if words.household.fullmatch(name.removesuffix("的")) else name
    if unit in _SHARES:
        made = words.goods.fullmatch(name) if one.changes else None
        if made and _is_made(text, one.quantity.start, words.traded):
            return made["made"] + "产量"
        name = _TIMES.sub("", name) if unit == "倍" else name
    elif unit in _PIECES and words.stage.fullmatch(name):
        noun = _told_before(text, found, n, words.projects)
        noun = "项目" if noun and "重点" in name else noun
        return name.removesuffix("的") + noun if noun else name
    elif unit in _CASES and heard and (words.lawsuit.fullmatch(name) or words.heard.fullmatch(name)):
        return name + "案件"
    elif unit == "人" and name.endswith("受灾"):
        return name + _PEOPLE_OF
    elif unit in _PEOPLE and words.assessed.fullmatch(name):
        return name + _told_before(text, found, n, _MEMBERS)
    elif unit in _LAND and _IDLE.fullmatch(name):
        return name + "土地"
    elif name.endswith(_PLAN) and text.startswith(_BIRTHS, text.find(name, one.quantity.end) + len(name)):
        return name.removesuffix(_PLAN)
    start = one.quantity.start
    if text[start - 1] == "种" and text.rfind("形态", max(0, one.left - _FARTHEST), one.left) >= 0:
        own = _OWN_FORM.fullmatch(text, one.left, start)
        return own[1] + "形态" if own else name
    if "种" in name and _FORM.fullmatch(name) and text.rfind("形态", max(0, one.left - _FARTHEST), one.left) >= 0:
        return name + "形态"
    if "产" in name and (sector := _SECTOR.fullmatch(name)):
        return f"第{sector['which']}产业增加值"
    return name


def _is_made(text: str, start: int, traded: re.Pattern[str]) -> bool:
    """Whether the line before a number tells in words that something grew or fell, and of no trade."""
    said = text[max(0, text.rfind("\n", 0, start), start - _NEARBY) : start]
    return _GREW.search(said) is not None and not traded.search(said)


def _told_before(text: str, found: Sequence[Found], n: int, head: re.Pattern[str]) -> str:
    """The noun of the last of the numbers before in the same unit and paragraph that is called so; empty without one."""
    one = found[n]
    for at in before_in_unit(found, n, one.quantity.unit, n - _NEAR):
        if "\n" in text[found[at].quantity.end : one.quantity.start]:
            break
        if told := head.search(found[at].name):
            return told["noun"]
    return ""
