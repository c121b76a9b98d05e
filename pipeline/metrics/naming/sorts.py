"""Sorts of an amount by what they are a sort of: 工业总产值9亿元，其中轻工业|4亿元 is 轻工业总产值, 支出7亿元，其中教育|2亿元 教育支出."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found

_MEASURED_AS = {
    "地区生产总值": "增加值",
    "国内生产总值": "增加值",
    "生产总值": "增加值",
    "GDP": "增加值",
    "零售总额": "零售额",
    "收入": "组织收入",
}
_OPENS = re.compile("其中|：|分[^，。；\n]{1,8}[看计]|按[^，。；\n]{1,8}分")
_SAID = re.compile(
    "[^一-龥]*(?:(?:其中|分[^，。；：\n]{1,8}[看计]|按[^，。；：\n]{1,8}分)[，：:]?)?(?P<sort>[一-龥、]{2,12}?)(?:累计|共)?(?:完成|实现|达到?|为)?"
)
"""A clause that says no more than the sort."""
_ONWARD = frozenset(("", "占", "增", "完", "超", "高", "低", "的"))
"""What goes on behind a name that is carried on: 轻工业|占比, 轻工业|增幅."""
_MAKES = frozenset(("总产值", "产值", "增加值"))
_RULES = frozenset(("left", "left_carried", "carried_left", "item"))
_FARTHEST = 60


def name_sorts(text: str, found: Sequence[Found], words: NameWords) -> None:
    """Name the sorts of an amount with what it measures, up to the end of the line or to another amount."""
    whole = measure = thing = ""
    opened = False
    rights: dict[str, str] = {}
    last = 0
    for one in found:
        start, name = one.quantity.start, one.name
        if measure and text.find("\n", last, start) >= 0:
            measure = ""
        if one.unit == "ratio" or one.changes:
            wrong = next((wrong for wrong in rights if name.startswith(wrong)), "") if measure else ""
            if wrong and name[len(wrong) :][:1] in _ONWARD and not name.startswith(rights[wrong]):
                one.rename(rights[wrong] + name[len(wrong) :])
        elif one.unit != "money":
            measure = ""
        else:
            between = text[last:start] if start - last <= _FARTHEST else ""
            sort = _sort(between, name.removesuffix(whole), measure, words) if measure and one.rule in _RULES else ""
            if sort and name != sort and name.endswith(whole) and measure not in _MAKES:
                measure = whole  # 工业|基本建设投资 says so itself, as do those listed behind it
            opened = opened or (sort != "" and _OPENS.search(between) is not None)
            if sort and (opened or _alike(sort, thing)):
                rights[name] = one.name = one.plain = sort + measure
            else:
                said = words.whole.fullmatch(name)
                measure = _MEASURED_AS.get(said["measure"], said["measure"]) if said else ""
                whole, thing, opened, rights = name, said["thing"] if said else "", False, {}
        last = one.quantity.end


def _sort(between: str, name: str, measure: str, words: NameWords) -> str:
    """The sort that a clause says and nothing else, where it is one of what is so measured; else empty."""
    said = _SAID.fullmatch(between)
    if said is None or name.endswith(measure) or not words.sorts.get(measure, words.spending).fullmatch(said["sort"]):
        return ""
    own = said["sort"]
    return own if name.startswith(own) or name.endswith(own) or own.endswith(name) else ""


def _alike(sort: str, thing: str) -> bool:
    """Whether a sort is of the kind of the one before: 种植业产值9亿元，林业|2亿元."""
    return (sort[-1] == "业" and thing[-1:] == "业") or (sort.endswith("部门") and "部门" in thing)
