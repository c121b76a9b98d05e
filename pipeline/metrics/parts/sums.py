"""Parts that no word tells of as such: numbers that add up to one before them, sorts of it, and kinds of its noun."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.numbers import COUNTS, Number, amount_in, holds, of_other_time
from pipeline.metrics.parts.part_words import PartWords

_KIND = re.compile("[，；、](?P<noun>[^，。；、日内\n]{3,10}?)(?:就?有|达到?|为)?$")
"""A noun and nothing else before a number: ，流动党员|7名."""
_TOLD = re.compile("[，：；（。]")
_FEW, _MOST, _DIGITS = 5, 12, 3
"""The smallest total that a list without any word is held for one of, how many numbers behind it are added up, and how
many digits of its own make a sum that verbs stand in no chance."""
SAME = 1e-9
"""How near two sums come that are the same."""


def complete(
    text: str,
    numbers: Sequence[Number],
    gaps: Sequence[str],
    apart: Sequence[bool],
    parts: list[int | None],
    words: PartWords,
) -> None:
    """Fill in the totals of numbers of a paragraph that no word tells of: `gaps` stand before them, `apart` begin a sentence."""
    totals = set(parts)
    for at in range(len(numbers)):
        for n in _sum(numbers, gaps, apart, parts, words, at):
            parts[n] = at
            totals.add(at)
        if at in totals and (rest := _rest(numbers, apart, parts, at)) is not None:
            parts[rest] = at
        if parts[at] is None and (whole := _whole(text, numbers, gaps, apart, words, at)) is not None:
            parts[at] = whole
            totals.add(whole)


def _sum(
    numbers: Sequence[Number],
    gaps: Sequence[str],
    apart: Sequence[bool],
    parts: Sequence[int | None],
    words: PartWords,
    at: int,
) -> list[int]:
    """The numbers behind one that add up to it, 84个班，高中54个、初中30个, or that are told as its sorts."""
    whole, told, found = numbers[at], 0.0, list[int]()
    if whole.moves or whole.value < _FEW:
        return []
    does = done = crossed = sorts = False
    for n in range(at + 1, min(at + _MOST, len(numbers))):
        if apart[n]:
            if found or crossed:
                break
            crossed = True
        one, gap = numbers[n], gaps[n]
        amount = None if one.moves or of_other_time(gap) else amount_in(one, whole)
        if amount is None or parts[n] in found:  # a part of a part: 幼儿园81所（民办58所）
            continue
        done = done or words.became.search(gap) is not None
        if parts[n] is not None or not (found or _TOLD.search(gap)) or (done and found and gap[:1] != "、"):
            return []
        if crossed and words.industry.search(gap):
            return []
        sorts = sorts or (not found and words.sorted.search(gap) is not None)
        told, does = told + amount, does or one.does
        found.append(n)
        if told >= whole.value * (1 - SAME):
            break
    full = abs(told - whole.value) <= SAME * whole.value
    chance = len(f"{whole.value:.0f}".rstrip("0")) < _DIGITS
    enough = len(found) > 1 + (not sorts and (done or (does and chance)))
    if crossed or not full:
        enough = len(found) > 2 and (sorts or not chance)
    return found if enough and (full or (sorts and told < whole.value)) else []


def _whole(
    text: str, numbers: Sequence[Number], gaps: Sequence[str], apart: Sequence[bool], words: PartWords, at: int
) -> int | None:
    """The number before one whose noun it qualifies or has a kind of: 党员86名，预备党员|4名; 教职工90名，专任教师|80名."""
    one = numbers[at]
    if not at or one.moves or one.share or one.lone or one.does:
        return None
    match = _KIND.search(text, numbers[at - 1].end, one.start)
    if match is None or words.mean.search(noun := match["noun"]):
        return None
    for n in range(at - 1, max(0, at - _FEW) - 1, -1):
        other = numbers[n]
        if apart[n + 1] or "；" in gaps[n + 1]:
            return None
        kind = one.dimension in COUNTS and 1 < len(other.name) < len(noun) and noun.endswith(other.name)
        kind = kind or words.kind.search(f"{other.name}|{noun}") is not None
        if kind and not (other.moves or other.does) and one.value < other.value and holds(other, one):
            return n
    return None


def _rest(numbers: Sequence[Number], apart: Sequence[bool], parts: Sequence[int | None], at: int) -> int | None:
    """The number that a total is short of by its parts: 1300户，其中城市500户，发放120万元，农村|800户."""
    whole, rest, last = numbers[at], numbers[at].value, 0
    for n in range(at + 1, min(at + _MOST, len(numbers))):
        if apart[n] and last:
            return None
        one = numbers[n]
        amount = None if one.moves else amount_in(one, whole)
        if amount is None:
            continue
        if parts[n] == at:
            rest, last = rest - amount, n
        elif last and parts[n] is None and not one.does and abs(rest - amount) <= SAME * whole.value:
            return n if len(f"{whole.value:.0f}".rstrip("0")) > 1 else None
    return None
