"""Names of what is told of schools of one kind, which a label or the number of such schools says: 小学12所；招生|860人."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_KIND = (
    "(?:(?:普通|中等|高等|初等|初级|高级|职业|技工|成人|完全|独立|公办|民办|城区|城镇|农村|乡镇|乡村|义务教育|义务教育阶段)*"
    "(?:中小学|小学|初中|高中段教育|高中阶段教育|高中|中学|幼儿园|托儿所|学前教育|特殊教育|职业教育|职教|职业|技工|高等教育|高等|中专|中职|职高|技校|高校|完中|本科|高职))"
)
_SCHOOLS = re.compile(f"(?:现有|共有|设有?|有|办有)?(?P<kind>{_KIND}(?:(?<=[业工等科])(?:学校|院校))?)(?:学校)?")
_LABEL = re.compile(rf"(?:^|\n)[ \u3000]*(?:[-—–]+|[●■◆·•*])[ \u3000]*(?P<kind>{_KIND})(?:教育|学校)?[。：:]")
"""A label of which the sentences behind it tell: ——小学。校数17所；招生800人."""
_HEADED = re.compile(
    f"(?:^|\n)(?:全[省市县区旗州乡镇])?(?P<kind>{_KIND})(?:（[^（）\n]{{2,20}}）)?(?:共?有|现有|共计)$"
)
"""What a line opens with, before 学校: 全县高中阶段教育（含中职）共有|学校6所."""
_TOLD = re.compile(
    "(?:校数|学校数?|(?:应届)?毕业(?:生|人)?数?|招(?:收新)?生数?|招收新生|在校(?:学生|生|人)?数?|学生数?|在园(?:幼儿|儿童)?数?|入园幼儿|(?:专任|在编|代课|民办)?教师数?|教职(?:员)?工数?"
    "|教学班|班级|[校园]舍(?:总|建筑)?(?:建筑)?面积|占地(?:总)?面积|建筑(?:总)?面积|(?:教学)?(?:仪器)?设备(?:总)?值|(?:馆)?藏?图书(?:藏量)?)"
)
"""What is told of schools, in a clause that does not say of which."""
_SCHOOL, _MARK = frozenset(("所", "间", "处")), "。\n"
_OPENS = 40
"""So many characters before a number the label is looked for that opens its line."""


def name_of_schools(text: str, found: Sequence[Found]) -> None:
    """Name what is told of schools of one kind with that kind, up to the end of the line."""
    kind = wrong = right = ""
    last = 0
    listed = False  # whether the number before counts schools
    for one in found:
        start, name = one.quantity.start, one.name
        told, counts = _TOLD.fullmatch(name), one.quantity.unit in _SCHOOL
        if (kind or told) and text.find("\n", last, start) >= 0:
            kind = wrong = ""
        if one.changes and one.rule.startswith("carried"):
            if wrong and name == wrong:
                one.rename(right)
        elif told and (kind := (kind if not counts else "") or _label(text, start)):
            wrong, right = name, _full(kind, name)
            one.rename(right)
        else:
            wrong = ""
            if counts:
                schools = (
                    None if listed and not any(mark in text[last:start] for mark in _MARK) else _SCHOOLS.fullmatch(name)
                )
                kind = schools["kind"] if schools else ""
        listed, last = counts if not one.changes else listed, one.quantity.end


def _full(kind: str, told: str) -> str:
    """What is told with of which schools: 小学|毕业 is 小学毕业生; 在园幼儿 says so itself."""
    if told.startswith(("在园", "入园")):
        return told
    return kind + (f"{told}生" if told == "毕业" else told)


def _label(text: str, start: int) -> str:
    """The kind of schools that the label before a number says."""
    line = text.rfind("\n", max(0, start - _OPENS), start)
    if line < 0:
        return ""
    label = _LABEL.match(text, line, start)
    headed = label or _HEADED.match(text, line, start - len("学校"))
    return headed["kind"] if headed else ""
