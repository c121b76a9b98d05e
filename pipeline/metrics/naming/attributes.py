"""What is told of a thing that the number before named: 蔬菜播种面积3938公顷，产量|106551吨 is 蔬菜产量."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_YIELDS = ("总产量", "年产量", "产量", "总产", "单产", "亩产量", "亩产")
_RETURNS = (
    "年总产值", "年产值", "总产值", "亩产值", "产值", "增加值", "主营业务收入", "营业收入", "销售收入", "销售额", "总收入", "纯收入", "收入",
    "利润总额", "利润", "利税总额", "利税",
)  # fmt: skip
_STOCKS = ("存栏量", "存栏", "出栏量", "出栏")
_INVESTMENTS = ("总投资额", "总投资", "计划投资", "年度投资", "计划总投资", "投资额", "投资")
_ANIMALS = frozenset("猪牛羊马驴鸡鸭鹅兔鱼")
_CASES = ("审结", "办结", "结案", "执结", "批捕", "批准逮捕", "起诉", "提起公诉")
_HEADS = {
    head: kind
    for kind, heads in (
        ("yield", _YIELDS), ("return", _RETURNS), ("stock", _STOCKS), ("investment", _INVESTMENTS), ("case", _CASES)
    )
    for head in heads
}  # fmt: skip
_SAYS = "(?:其|其中|且|并|和|及|年[均末底]?|全年|可|可望|约|预计|累计|总共|共计?|实现|完成|创造?|达成?到?|获得?|取得|生产|提请|依法){0,3}"
_OWN = {
    head: re.compile(rf"[，、,；]?{_SAYS}{head}(?:累?计?(?:将?超过?|突?破?|达到?|为|约|近|完成|实现|共)){{0,2}}的?")
    for head in _HEADS
}
"""A clause that says no more than an attribute: ，总产值达|4.1亿元."""
_ENDS = re.compile(
    "(?:总?(?:种植|播种|栽植|栽种|栽培|种养|养殖|收获|采收|发展)?(?:总?面积|规模)"
    f"|(?:年|总|亩)?(?:产量|总产|单产|亩产)|总?产值|存栏量?|出栏量?|饲养量?|{'|'.join(_RETURNS)})$"
)
_AREA = re.compile("(?:种植|播种|栽植|栽种|栽培|种养|收获|采收|发展)?总?面积$")
_BEGINS = re.compile(
    "^(?:全年|年|新|累计|共)?(?:出栏|存栏|饲养|养殖|种植|栽植|栽种|栽培|播种|收获|采收|发展|推广|扩种|种|养|卖|销售|出售|栽|挂果|投产)"
)
_TAKEN_IN = re.compile(
    "^(?:共|依法|新|旧)?(?:受理|新收|收案?|接收|审查|审理|立案)(?:查处|查办|侦查|侦办)?(?:各类|各种)?"
)
_CASE = re.compile("(?!.*[捕诉均])..+(?:案件?|纠纷|争议|嫌疑人)")
_PLANNED_WORK = ("项目", "工程")
_MAKERS = re.compile("(?:企业|合作社|农场|加工厂|专业户|大户|示范户)$")
_COUNTED = frozenset("家户个")
_OF_CROPS = frozenset(("亩", "公顷", "垧"))
_LONGEST, _FARTHEST, _FARTHER = 12, 26, 48
_NEAR = 3
"""How many numbers before one are looked at for the crop that it is told of."""
_NO_THING = re.compile(
    "[、，；（）]|^(?:主?营业务?|经营|销售|财政|税收)$|^(?:其[中他它]|分别|合计|共计|总计|平均|人均|户均|全年|总|完成|实现)|[达为占比较增长]$"
)
_INDUSTRY = "工业"
"""Of which what a firm sells and earns need be no part: 工业总产值11亿元，销售收入|10.2亿元."""


def name_attributes(text: str, found: Sequence[Found]) -> None:
    """Name the attributes that stand bare in their clause with the thing that the number before was said of."""
    before: Found | None = None
    bare = full = unit = ""  # a name that was told in full, and as what; the unit of what was told last that is no rate
    for n, one in enumerate(found):
        kind = _HEADS.get(one.name)
        if bare and one.name == bare and one.rule != "left":
            one.rename(full)
        elif one.rule == "left":
            thing = _thing_before(text, one, before, unit, kind) if before is not None and kind else ""
            if not thing and kind in ("yield", "return"):
                thing = _crop_before(text, found, n)
            bare, full = (one.name, _told(one.name, thing, kind)) if thing else ("", "")
            if thing:
                one.rename(full)
        if one.unit != "ratio":
            unit = one.quantity.unit
        before = one


def _told(head: str, thing: str, kind: str | None) -> str:
    """An attribute with its thing: 蔬菜|产量; what is done to cases goes before them: 审结|刑事案件."""
    return head + thing if kind == "case" and "案" not in head else thing + head


def _thing_before(text: str, one: Found, before: Found, unit: str, kind: str) -> str:
    """Of what an attribute of a kind is told: what the number before was said of, with which it shares its sentence."""
    end, start = before.quantity.end, one.quantity.start
    maker = before.plain.removeprefix(before.verb) if _MAKERS.search(before.name) and unit in _COUNTED else ""
    if maker and text.startswith(maker, end):
        end += len(maker)
    if start - end > _FARTHEST or not _OWN[one.name].fullmatch(text, end, start):
        return ""
    if kind == "case":
        taken = _TAKEN_IN.match(before.name)
        thing = before.name[taken.end() :] if taken and unit == one.quantity.unit else ""
        thing = thing if _CASE.fullmatch(thing) else ""
    elif "；" in text[end:start] or _in_list(text, before):
        return ""
    elif kind == "investment":
        thing = before.plain.removeprefix("实施") if before.name.endswith(_PLANNED_WORK) else ""
    elif maker:
        thing = maker if kind == "return" else ""
    else:
        thing = _BEGINS.sub("", _ENDS.sub("", before.name))
        if thing == before.name and (kind not in ("yield", "return") or unit not in _OF_CROPS):
            return ""
        if thing == _INDUSTRY and one.name[-3:] != "增加值":
            return ""
    known = thing in _ANIMALS or 1 < len(thing) <= _LONGEST
    return thing if known and not _NO_THING.search(thing) else ""


def _crop_before(text: str, found: Sequence[Found], n: int) -> str:
    """The crop whose area an earlier number of the sentence tells: 苹果面积20亩，新建大棚2座，年产值|9万元; else empty."""
    one, last = found[n], found[n - 1].quantity.end
    if n < 2 or one.quantity.start - last > _FARTHEST or not _OWN[one.name].fullmatch(text, last, one.quantity.start):
        return ""
    for at in range(n - 2, max(n - _NEAR, 0) - 1, -1):
        between = text[found[at].quantity.end : one.quantity.start]
        if len(between) > _FARTHER or "。" in between or "\n" in between:
            break
        area = _AREA.search(found[at].name)
        if area and found[at].change is None and not _in_list(text, found[at]):
            thing = _BEGINS.sub("", found[at].name[: area.start()])
            return thing if 1 < len(thing) <= _LONGEST and not _NO_THING.search(thing) else ""
    return ""


def _in_list(text: str, before: Found) -> bool:
    """Whether what was told before is but the last of a list of things."""
    return text[before.left : before.left + 1] == "、" or text[before.left - 1 : before.left] == "、"
