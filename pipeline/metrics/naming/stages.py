"""Names of what was done with some of those counted before, by their noun: 建议34件，已办结29件，正在办理|4件 is 办理建议."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found, before_in_unit

_TAKEN_IN = re.compile(
    "^(?:[^，。]{0,4}?(?:提出|收到|收集|征集|征求|受理|接收|接到|承办|交办|转办|排查|发现|查出|检视|查摆|梳理|制定|确定|安排|实施|下达|列出|登记|核定|规划)+(?:出|到|了|的)?)(?=..)"
)
"""What is done with all of them first, and is no part of their noun: 收到|代表建议, 代表提出|建议."""
_OPENED = re.compile("^[，、；。]*(?:其中)?[，：]?")
_NEAR, _FAR = 6, 80
_OWN = ("left", "right", "verb_right", "left_carried", "right_carried", "carried_verb_left")
_NO_NOUNS = ("立案", "立项", "任务", "计划", "目标")
_GOING_ON = ("正", "正在", "仍在")
_RATE = "率"
_RATIOS = frozenset(("%", "‰", "百分点", "倍", ""))


def name_stages(text: str, found: Sequence[Found], words: NameWords) -> None:
    """Name what was done with some of those counted before with their noun, in place."""
    staged: dict[int, str] = {}  # what was done with those that a number counts
    for n in range(1, len(found)):
        one, end = found[n], found[n - 1].quantity.end
        if one.changes or one.quantity.unit in _RATIOS or one.quantity.start - end > 24:
            continue
        said = words.handled.fullmatch(text[end : one.quantity.start].lstrip("。"))
        if said is None or text[one.quantity.end : one.quantity.end + 1].isalnum():
            _of_no_other(text, found, n, staged)
            continue
        does = staged[n] = said["does"]
        noun = _noun(text, found, n, staged)
        how = "未" if "未" in said["how"] else "正在" if said["how"] in _GOING_ON else ""
        if not noun or does in noun or (how in one.name and _tells(one.name, does, noun, words)):
            continue
        one.rename(how + does + noun)


def _tells(name: str, does: str, noun: str, words: NameWords) -> bool:
    """Whether a name tells what was done, with the noun and with nothing else that was done."""
    rest = name.replace(does, "", 1)
    return rest != name and noun[-2:] in rest and not (words.handled.search(rest) or _TAKEN_IN.match(rest))


def _noun(text: str, found: Sequence[Found], n: int, staged: dict[int, str]) -> str:
    """The noun of the number before that counts all of those of which one counts some; empty without one."""
    one = found[n].quantity
    for at in before_in_unit(found, n, one.unit, n - _NEAR):
        whole = found[at]
        between = text[whole.quantity.end : one.start]
        if "\n" in between or len(between) > _FAR or "。" in between.replace("。其中", ""):
            break
        if at in staged or whole.changes or (whole.quantity.value or 0) < (one.value or 0):
            continue
        noun = _TAKEN_IN.sub("", whole.plain)
        noun = whole.plain.removeprefix(whole.verb) if noun == whole.plain else noun
        own = whole.rule in _OWN and not noun.endswith(_NO_NOUNS)
        return noun if own and len(noun) > 1 else ""
    return ""


def _of_no_other(text: str, found: Sequence[Found], n: int, staged: dict[int, str]) -> None:
    """Name a count that took over the rate or the deed before it with the noun of all: 提案9件，办复率98%，列入计划的|5件."""
    one = found[n]
    last = _RATE if one.name.endswith(_RATE) else staged.get(n - 1, "")
    if one.rule != "left_carried" or not last or not one.name.endswith(last):
        return
    own = _OPENED.sub("", text[found[n - 1].quantity.end : one.quantity.start]).removesuffix("的")
    of_rate = last == _RATE and _RATE not in own and one.name.startswith(own)
    if own and (of_rate or (last != _RATE and own.endswith(one.name.removesuffix(last)))):
        one.rename(own + _noun(text, found, n, staged))
        staged[n] = own
