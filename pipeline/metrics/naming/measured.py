"""Names of which an earlier clause tells the thing and its own the measure: 乡镇企业起步早，产值|9亿元 is 乡镇企业产值."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.clauses import begin_of
from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import ONWARD, Found, before_in_unit

_OF_KIND = re.compile("[，、；]?(?:其中|尚有|有)?(?P<kind>[专兼在]职)的(?:就|只|仅|也|有|占|达|为)*")
"""A clause that tells a kind of those told before and nothing else: 干部不足，专职的|9人."""
_IN_PLACE = re.compile("到位(?:合同|协议|计划|项目|总|签约)?(?:引资|投资|资金|引资额|资金额)")
_OF_PLACE = re.compile("[，、；]?(?:全[镇乡县村市区鎮鄉縣街])(?:道)?(?:共|总|现|有|计)*")
_LIVING = {"户": "户数", "戶": "戶數", "人": "人口"}
_DUE = re.compile("(?:.{0,3}会)?应(?P<deed>[到收查缴参投领还])(?P<what>.{2,})")
_GRANTED = frozenset(("授权", "授权量"))
_INCIDENTS = ("起数",)
_NEAR, _SHORT, _FAR = 6, 2, 60
_LONGEST = 12


def name_measured(text: str, found: Sequence[Found], words: NameWords) -> None:
    """Put together what two clauses tell of one number."""
    wrong = right = ""
    for n, one in enumerate(found):
        name = one.name
        if one.changes and one.carries(wrong):
            one.name = right
        elif name:
            new = _measured(text, one, words) or _of_other(text, found, n, words)
            wrong, right = (name, new) if new else ("", "")
            one.name = new or name


def _measured(text: str, one: Found, words: NameWords) -> str:
    """A thing with its measure, or a kind of it, where the clause of a number says no more than that; else empty."""
    name, start = one.name, one.quantity.start
    if not one.rule.startswith(ONWARD) or one.changes or one.unit == "ratio" or len(name) > _LONGEST:
        return ""
    if (said := words.measure.fullmatch(text, one.left, start)) and not name.endswith(("值", "产", "量", "额", "收入")):
        return name + said["measure"]
    kind = _OF_KIND.fullmatch(text, one.left, start)
    return kind["kind"] + name if kind and kind["kind"] not in name else ""


def _of_other(text: str, found: Sequence[Found], n: int, words: NameWords) -> str:
    """A name that says only what came of a thing told before, with that thing; else empty."""
    one = found[n]
    name = one.name
    if name in _GRANTED and text.find("专利", max(0, one.quantity.start - 60), one.quantity.start) >= 0:
        return "专利授权量"
    if name in words.yields and one.rule == "left":
        begin = begin_of(text, one.quantity.start, "。；\n")
        said = words.grown.match(text, begin, one.quantity.start) if one.quantity.start - begin < _FAR else None
        return said["thing"] + name if said else ""
    if n and name[0] == "实" and len(name) == _SHORT and (due := _DUE.fullmatch(found[n - 1].name)):
        return name + due["what"] if name[1] == due["deed"] else ""
    if one.quantity.unit in _LIVING and _lives(text, found, n, words.place_part):
        return _LIVING[one.quantity.unit]
    if name.endswith(("比例占比", "比重占比", "比率占比")):
        return name[:-2]
    if name in _INCIDENTS:
        for at in before_in_unit(found, n, "起", n - _NEAR):
            return found[at].name + name
    if name.startswith("到位") and _IN_PLACE.fullmatch(name) and text.find(name, one.left, one.quantity.start) < 0:
        return "到位资金"  # 合同资金3亿元，到位|9000万元
    return ""


def _lives(text: str, found: Sequence[Found], n: int, place_part: re.Pattern[str]) -> bool:
    """Whether households or people are told of a whole place, whose parts they were named by: 9个村委会，全镇|4100户1.2万人."""
    one, before = found[n], found[n - 1] if n else None
    if before is None or not place_part.search(one.name):
        return False
    whole = _OF_PLACE.fullmatch(text, one.left, one.quantity.start) is not None
    return whole or (before.name in _LIVING.values() and before.quantity.end == one.quantity.start)
