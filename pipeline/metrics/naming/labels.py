"""Lists whose label or first member tells what is measured of all: 主要产品产量：原煤|9万吨、焦炭|3万吨, 出栏生猪9万头，羊|2万只."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_LABEL = re.compile(
    "(?:^|[，,。；;\n])[ \u3000]*(?:[0-9]{1,2}[.、]|[①-⑳]|（[一二三四五六七八九十0-9]{1,2}）)?(?:全[国省市州县区乡镇村年]|其中|今年)*"
    "(?:主要|主导|各类|各种|各项|工业|农业|农产品|工农业|农作物|产品|作物|险种|的)*(?P<measure>(?:平均)?(?:产品?产量|总产量?|产量|单产|亩产|出栏率|出栏量?|存栏量?|饲养量|入学率|巩固率|升学率|毛入园率|参保率|参保人数|覆盖率|合格率|达标率"
    "|普及率|自给率|成活率|种植面积|播种面积|栽培面积|养殖面积|销售?量|销售额|出口量|库存量?|平均价格|价格))(?:分别)?(?:为|是)?[：:]$"
)
_ITEM = re.compile("(?P<item>[一-龥]{1,8}(?:（[^（）]{1,8}）)?)(?:为|达到?)?")
_NO_ITEM = re.compile(
    "[率量额值]$|面积$|产$|完成|实现|增长|下降|[比达占较超]|[出存]栏|其中|合计|总计|平均|分别|全年|其他|共"
)
_ANIMAL = "(?:肉|奶|耕|黄|水|山|绵|生|肥|仔|种|能繁母|商品)?[牛羊猪马驴骡鸡鸭鹅兔禽]|家禽|大牲畜|大家畜|草食牲畜|牲畜|能繁母猪|生猪|獭兔|肉鸡|蛋鸡"
_HERD_BEFORE = re.compile(f"(?P<of>.*(?:出栏率?|存栏|饲养))(?:{_ANIMAL})")
_HERD_BEHIND = re.compile(f"(?:{_ANIMAL})(?P<of>(?:年末|年)?(?:出栏|存栏|饲养)[量率]?.{{0,2}})")
_NEXT = re.compile(f"[，、；,;（）]*(?P<animal>{_ANIMAL})")
_HEADS = frozenset(("头", "只", "羽", "匹", "头（匹）", "万头", "头只", "%"))
_RULES = ("left", "carried", "prior", "item", "unit", "topic")
_LABELLED = 30


def name_lists(text: str, found: Sequence[Found]) -> None:
    """Name the members of lists with what is measured of all of them."""
    measure = ""
    rights: dict[str, str] = {}
    before: Found | None = None
    for one in found:
        start, name = one.quantity.start, one.name
        between = text[before.quantity.end : start] if before is not None else ""
        if "\n" in between or "。" in between:
            measure, rights = "", {}
        if one.changes or (one.rule == "carried" and name in rights):
            if name in rights:
                one.rename(rights[name])
        else:
            measure, new = _labelled(text, one, between, measure)
            if not new and before is not None and not measure:
                new = _herd(one, before, between)
            if new and new != name:
                rights[name] = one.name = one.plain = new
        before = one


def _labelled(text: str, one: Found, between: str, measure: str) -> tuple[str, str]:
    """What the label of a list says is measured, and the name of a member of that list."""
    start = one.quantity.start
    first = max(start - min(len(between), _LABELLED) if between else 0, start - _LABELLED, 0)
    colon = max(text.rfind("：", first, start), text.rfind(":", first, start))
    begin = 0
    if colon >= 0 and (label := _LABEL.search(text, first, colon + 1)):
        measure, begin = label["measure"].replace("产品产量", "产量"), colon + 1
    if not measure:
        return "", ""
    said = text[begin:start] if begin else between.lstrip("，、；,;（）和及 ")
    item = _ITEM.fullmatch(said)
    if (
        (one.unit == "ratio") != measure.endswith("率")
        or item is None
        or _NO_ITEM.search(item["item"])
        or not one.rule.startswith(_RULES)
    ):
        return measure, ""
    return measure, item["item"] + measure


def _herd(one: Found, before: Found, between: str) -> str:
    """The name of the next kind of livestock: 出栏生猪9万头，羊|2万只; else empty."""
    if one.quantity.unit not in _HEADS or (one.quantity.unit == "%") != (before.quantity.unit == "%"):
        return ""
    own = _NEXT.fullmatch(between)
    if own is None:
        return ""
    if own["animal"].startswith("能繁"):
        return own["animal"] + "存栏"
    if told := _HERD_BEFORE.fullmatch(before.name):  # 出栏生猪
        return told["of"] + own["animal"]
    told = _HERD_BEHIND.fullmatch(before.name)
    return own["animal"] + told["of"] if told else ""
