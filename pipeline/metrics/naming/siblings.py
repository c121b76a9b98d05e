"""Names of numbers that stand beside others and were taken for one of those: 电梯9台、其他|2台, 建议92条，其中|76条被采纳."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.composing import without_added
from pipeline.metrics.page.found import Found, before_in_unit, listed_from

_OTHERS = re.compile("[，、；,;和及]*(?P<of>其[他它])(?:各?类)?(?:占(?:比|了)?|为|有|仅|约|共)*")
_REST = re.compile("[，、；和及]*(?:其中)?(?:其余|余下)的?(?:还?有|为|共)?")
"""The rest of those of which parts were told: 低保户41户、|其余|55户."""
_ADVICE = re.compile("[，、；,;和及]*(?P<of>(?:意见|批评)?建议)")
"""What a tokeniser takes for a verb: 提案36件、建议|86件."""
_EACH = re.compile("[，、]?(?P<of>[户人村亩校社班]均[一-龥]{0,6}?)(?:达到?|约|为|近|超过)?")
"""A mean of those just counted: 带动38户|户均增收6200元."""
_DONE = re.compile("(?:(?P<by>被[一-龥]{2,6}|得到[一-龥]{2,4}))(?=[，。；、\n）]|$)")
"""What came about, told behind a part: 76条|被采纳."""
_AMONG = re.compile("[，、；（]其中(?:已?有)?")
_AGED = re.compile("[0-9]{1,3}(?:周?岁|个月|月龄)")
_FROM = re.compile("[0-9]{1,3}(?:周?岁)?[-—–~～至到]{1,2}$")
"""What an age reaches from: 0—|6岁儿童."""
_RATE = re.compile("(?P<thing>[一-龥]{2,8}?)(?P<rate>[一-龥]{2}率)")
_PROPORTION = re.compile("(?:其中)?(?P<of>[^，。；：、！？\n0-9占]{2,12}比)(?:为|达到?|是|约)*")
_NO_PROPORTION = ("占比", "同比", "环比", "相比", "对比", "总比", "之比")
_REACHED = re.compile("[，；]?(?:总数|累计|总量)?分别(?:累计)?(?:达到?|增[至到加]+|突破|为)")
_RESIDENTS = re.compile("(?:城镇|农村)(?:常住)?居民(?=人均|家庭)")
_OF_RESIDENTS = re.compile("(?:人均)?(?:(?:生活)?消费(?:性)?支出|[^，。；0-9]{2,8}消费支出)|恩格尔系数")
_COUNTERPARTS = {"夜间": ("昼间", "日间", "白天"), "女": ("男",), "农村": ("城镇", "城市"), "最低": ("最高",)}
"""What is told of the second of two, of which the name told the first: 昼间噪声56分贝，|夜间47分贝."""
_COUNTERPART = re.compile(f"[，、；](?P<own>{'|'.join(_COUNTERPARTS)})(?:为|有)?")
_NET = re.compile("[，、；]净增加?")
_CLOSES = re.compile("^(?:注销|吊销|关停|退出|关闭)(?=..)|(?<=..)(?:注销|吊销|关停|退出|关闭)$")
_THEN = "同期"
_JOINS = ("、", "和", "，", "及")
_NEAR = 12
_COUNTS = frozenset(("个", "家", "所", "处", "名", "人", "户", "座", "项", "件", "条", "台", "起", "村"))


def name_siblings(text: str, found: Sequence[Found]) -> None:
    """Name by themselves numbers that were named as one beside them, in place."""
    wrong = right = ""
    for n, one in enumerate(found):
        if one.change is not None and one.carries(wrong):
            one.rename(right)
            continue
        if wrong[:1].isdigit() and one.takes_over(wrong, right):
            continue  # 0—|14岁人口2万人，占|12%
        if n and (one.name.endswith("占比占比") or (one.rule == "carried_share" and found[n - 1].name == "其他")):
            one.rename(found[n - 1].name.removesuffix("占比") + "占比")  # 其他3万元，占|5%
        new = _of_age(text, one) or _proportion(text, one)
        if n and not new:
            new = _other(text, found, n) or _rest(text, found, n) or _beside(text, one, found[n - 1])
        wrong, right = (one.name, new) if new and new != one.name else ("", "")
        if right:
            one.rename(right)
        if n + 1 < len(found):
            _rate_of(text, one, found[n + 1])
    _totals(text, found)
    _of_residents(text, found)


def _beside(text: str, one: Found, before: Found) -> str:
    """The name of a number whose clause says what it is in words that are no noun to a tokeniser; else empty."""
    start = one.quantity.start
    if start - before.quantity.end > 14 or not one.name:
        return ""
    between = text[before.quantity.end : start]
    if one.name == before.name and (other := _COUNTERPART.fullmatch(between)):
        first = _COUNTERPARTS[other["own"]]
        return next((before.name.replace(word, other["own"]) for word in first if word in before.name), "")
    if one.name == before.name and _NET.fullmatch(between):
        return _CLOSES.sub("", before.plain)  # 注销户12家，净增|20家
    if one.name.startswith(_THEN) and before.plain.endswith(one.name[len(_THEN) :]):
        return before.plain  # 税收收入3亿元，上年同期收入|2.8亿元
    if between.endswith("建议") and (advice := _ADVICE.fullmatch(between)):
        return (before.verb if before.plain.startswith(before.verb) else "") + advice["of"]
    if one.name == before.name and (each := _EACH.fullmatch(between)):
        return each["of"]
    if one.name == before.name and _AMONG.fullmatch(between) and (done := _DONE.match(text, one.quantity.end)):
        return done["by"] + before.plain.removeprefix(before.verb)
    return ""


def _other(text: str, found: Sequence[Found], n: int) -> str:
    """The name of the rest of those just told, with what all of them are parts of: 服务费3万元、其他|1万元; else empty."""
    one, before = found[n], found[n - 1]
    end, start = before.quantity.end, one.quantity.start
    others = _OTHERS.fullmatch(text, end, start) if one.rule != "left" and text.find("其", end, end + 3) >= 0 else None
    if others is None:
        return ""
    for at in range(n - 1, max(-1, n - _NEAR), -1):
        if before.base and found[at].plain == before.base:
            fellow = text.startswith("、", found[at].quantity.end)
            return others["of"] + ("" if fellow else before.base)
    return others["of"] + ("占比" if one.quantity.unit == "%" else "")


def _rest(text: str, found: Sequence[Found], n: int) -> str:
    """The name of the rest of a whole that it makes up with the parts told between: 危房96户，其中低保户41户、|其余|55户; else empty."""
    one, end = found[n], found[n - 1].quantity.end
    rest, unit = one.quantity.value, one.quantity.unit
    named = text.startswith(one.name[:2], one.quantity.end)  # by what stands behind: 其余|6个|为学生支部
    if rest is None or named or text.find("余", end, end + 4) < 0 or not _REST.fullmatch(text, end, one.quantity.start):
        return ""
    for parts, at in enumerate(before_in_unit(found, n, unit, n - _NEAR)):
        value = found[at].quantity.value
        if value is None or "\n" in text[found[at].quantity.end : end]:
            break
        if value == rest and found[at].rule != "unit" and (parts > 1 or "其中" in text[found[at].quantity.end : end]):
            thing = found[at].plain.removeprefix(found[at].verb)
            return "其余" + thing if thing else ""
        rest += value
    return ""


def _of_age(text: str, one: Found) -> str:
    """A name with what the age in it reaches from: 0—|6岁儿童健康管理率; else empty."""
    if not one.name[:1].isdigit() or not _AGED.match(one.name):
        return ""
    at = text.rfind(one.name, max(0, one.left - 6), one.quantity.start)
    since = _FROM.search(text, max(0, at - 7), at) if at > 0 else None
    return since[0] + one.name if since else ""


def _proportion(text: str, one: Found) -> str:
    """The name of one amount against another, which is no share: 城乡收入比|2.3; else empty."""
    if (
        not one.name.endswith("占比")
        or one.quantity.unit not in ("", "%")
        or text[one.quantity.start - 1] not in "比为达是约到"
    ):
        return ""
    said = _PROPORTION.fullmatch(text, one.left, one.quantity.start)
    return said["of"] if said and not said["of"].endswith(_NO_PROPORTION) else ""


def _rate_of(text: str, one: Found, then: Found) -> None:
    """Name so many things by themselves, and by what rate is told of them right behind: 36个|项目开工率|91%."""
    if one.quantity.unit not in _COUNTS or then.quantity.unit not in ("%", "‰") or one.change is not None:
        return
    told = _RATE.fullmatch(text, one.quantity.end, then.quantity.start)
    if told and (one.name == told[0] or (one.name, then.name) == told.groups()):
        one.rename(told["thing"])
        then.rename(told[0])


def _totals(text: str, found: Sequence[Found]) -> None:
    """Name what came of each of some things that were added: 新增企业14家、合作社9家，分别达到|96家和|38家."""
    for n in range(2, len(found)):
        begin = found[n - 1].quantity.end
        if text.find("分别", begin, begin + 6) < 0 or not _REACHED.fullmatch(text, begin, found[n].quantity.start):
            continue
        size = listed_from(text, found, n, _JOINS)
        added = found[n - size : n]
        if size < 2 or len(added) < size or any(one.change != "increase" for one in added):
            continue
        for one, was in zip(found[n : n + size], added, strict=True):
            if one.quantity.unit == was.quantity.unit and one.change != "increase":
                one.rename(without_added(was.plain))


def _of_residents(text: str, found: Sequence[Found]) -> None:
    """Name what is told of residents with which ones: 城镇居民人均可支配收入29012元；人均消费支出|18130元."""
    who, end = "", 0
    for one in found:
        if who and "\n" in text[end : one.quantity.start]:
            who = ""
        end = one.quantity.end
        if said := _RESIDENTS.match(one.name):
            who = said[0]
        elif who and _OF_RESIDENTS.fullmatch(one.name):
            one.rename(who + one.name)
