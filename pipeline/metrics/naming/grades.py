"""Names of what is told grade by grade: 一级残疾20人、二级|41人、三级|32人; 甲等村9个、乙等|12个、丙等|5个."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.metrics.page.found import Found

_GRADE = (
    "(?P<grade>(?:[高初大]?[一二三四五六七八九]年级|[特一二三四五六七八九]级|[一二三四五六]类|[特一二三四五]等|[甲乙丙丁戊]等"
    "|[A-DＡ-Ｄ]{1,4}级|[A-DＡ-Ｄ]类|(?:[IVⅠⅡⅢⅣⅤ]{1,3})[类级]))"
)
_THING = "(?P<thing>[一-龥]{0,8}?)"
_HAS = "(?:共?有|为|达)?"
_ITEM = re.compile(f"[，、；,]{_GRADE}{_THING}{_HAS}")
_FIRST = re.compile(f"(?:^|[^一-龥]|(?<=[^第之一二三四五六七八九]))(?P<all>{_GRADE}{_THING}){_HAS}$")
_LAST = frozenset("级类等")
"""What the grades of a list end in, all alike."""
_RANKED = re.compile("(?P<does>[一-龥]{0,4}?)(?P<rank>国家级|[部省市州县区乡镇村]级|[特一二三四五]级|[甲乙丙]等)")
"""A rank of what the last of a list names: 培育|省级2个、|市级9个、县级31个示范村."""
_RANKED_THING = re.compile("(?:示范|重点|特色|龙头|先进|文明|达标|星级|试点|品牌)[一-龥]{1,6}(?=[，。；、\n]|$)")
_NEAR, _LONGEST = 14, 20
_ANYONE = frozenset(("人口", "户数", ""))
_OF = re.compile("(?:登记|持证|现有|共有|全部|办理|认定|评定)")


def name_grades(text: str, found: Sequence[Found]) -> None:
    """Name what is told of the grades of one thing each by its own grade."""
    for n in range(1, len(found)):
        _with_last(text, found, n)
    n = 1
    while n < len(found):
        size = _run(text, found, n - 1)
        if size > 1:
            _name(text, found[n - 1 : n - 1 + size])
            n += size
        else:
            n += 1


def _with_last(text: str, found: Sequence[Found], n: int) -> None:
    """Name ranks with what only the last of the list says behind its number: 省级2个、市级9个、县级31个|示范村."""
    last, end = found[n], found[n].quantity.end
    behind = last.rule.startswith(("right", "verb_right")) and text.startswith(last.name, end)
    said = _RANKED_THING.match(text, end) if not behind else None
    if not behind and (said is None or not last.name.endswith("级")):
        return
    own = _RANKED.fullmatch(text[found[n - 1].quantity.end : last.quantity.start].lstrip("、和及与"))
    if own is None or own["does"]:
        return
    thing, at = said[0] if said else last.name, n
    while (
        at
        and found[at - 1].quantity.unit == last.quantity.unit
        and len(text[found[at - 1].quantity.end : found[at].quantity.start]) <= len("、国家级")
    ):
        ranked = _RANKED.fullmatch(found[at - 1].name)
        if ranked is None or not text.endswith(ranked["rank"], 0, found[at - 1].quantity.start):
            break
        at -= 1
        found[at].rename(found[at].name + thing)
    if at < n:
        last.rename(own["rank"] + thing)


def _run(text: str, found: Sequence[Found], first: int) -> int:
    """How many numbers from one on are told grade by grade; 0 for none."""
    one, at = found[first].quantity, first + 1
    if _item(text, found, at) is None or _said(text, found[first]) is None:
        return 0
    kind = _said(text, found[first])["grade"][-1]  # type: ignore[index]
    while at < len(found) and found[at].quantity.unit == one.unit:
        item = _item(text, found, at)
        if item is None or item["grade"][-1] != kind:
            break
        at += 1
    return at - first


def _item(text: str, found: Sequence[Found], n: int) -> re.Match[str] | None:
    end, start = found[n - 1].quantity.end, found[n].quantity.start
    near = 2 < start - end <= _NEAR and not found[n].changes
    return _ITEM.fullmatch(text, end, start) if near and not _LAST.isdisjoint(text[end:start]) else None


def _said(text: str, one: Found) -> re.Match[str] | None:
    """The grade that the clause of a number ends in, with what is graded."""
    start = one.quantity.start
    low = max(one.left, start - _LONGEST)
    return None if _LAST.isdisjoint(text[low:start]) else _FIRST.search(text, low, start)


def _name(text: str, run: Sequence[Found]) -> None:
    """Name the numbers of a list by their grades."""
    first = run[0]
    said = _said(text, first)
    assert said is not None
    grade = said["grade"]
    if grade not in first.name:
        whole = "" if first.name in _ANYONE or first.rule == "unit" else _OF.sub("", first.plain)
        first.rename(grade + (said["thing"] or whole))
    for before, one in pairwise(run):
        item = _ITEM.fullmatch(text, before.quantity.end, one.quantity.start)
        assert item is not None
        own = item["grade"]
        others = one.name.replace(own, "", 1)
        if own not in one.name or others in _ANYONE or re.search(_GRADE, others) or len(others) > len(first.name):
            thing = item["thing"] or said["thing"]
            one.rename(own + thing if thing else first.name.replace(grade, own, 1))
