"""Names that what stands beside a number makes whole: 已修路9公里，还剩3公里; 驿站、书屋各2处."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found, listed_from

_LEFT = re.compile("(?:目前|现在?|还|尚|仍|仅|只|就|但)*(?:剩余?|剩下|余下)有?")
_NOT_DONE = re.compile(
    "(?:仍|还|尚|暂|均|都)?(?:未|没(?:有|(?!有)))能?(?!一|发生)(?P<verb>[一-龥]{2,8})(?=[，。；、）\n]|$)"
)
_SAYS_SO = re.compile("剩[余下]|^(?:剩|其?余|尚?未|没有)")
_SAYING_SO = frozenset("其余尚未没")
_OF_LAST = frozenset(("prior", "carried", "topic"))
_LISTED = re.compile(
    "(?:^|[，。；：！？\n])(?:其中|全年|今年|累计|先后|另外?|共)*((?P<first>[^，。；：！？、\n0-9（）]{2,12}(?:、[^，。；：！？、\n0-9（）]{2,12})*)、[^，。；：！？、\n0-9（）]{2,12})各$"
)
_SECTOR = re.compile(
    "(?:[，。；：、！？\n看分]|其中|全[省市州县区]|全年)((?:[一二三]产|第[一二三]产业)(?:增加值)?)(?:完成|实现|同比|增长|下降|达到?|为|约)*$"
)
"""A sector that its number stands behind at once."""
_STRUCTURE = re.compile(
    "(?:三次|三大|一二三|一、二、三)产业(?:增加值)?(?:占比|结构)(?:比例|比)?(?:已)?(?:[由从])?(?:(?P<year>[上去]年)|[0-9]{4}年)?[末底]?的?(?:[为是]|(?:调整|优化|演变|变化)[为到至])?$"
)
_BECOMES = re.compile("(?:进一步)?(?:调整|优化|演变|变化|转变|发展|升级|改变|提升|变)[为到至成]")
"""What the structure of an economy became: 由13%、41%、46%|调整为."""
_SECTOR_SHARES = ("第一产业比重", "第二产业比重", "第三产业比重")
_DOES = re.compile("(?![去前昨今全均都已还仍在是有之以及等左上下口当里中的家])[一-龥]{2,6}(?=[，。；、）\n]|$)")
"""All that is said of people behind their number."""
_OF_YEAR = re.compile(
    "(?:，|其中|预计)*[全本当]年(?P<said>[一-龥]{1,5}(?:量|额|值)|(?:总|净|经营性?)?(?:收入|支出|利润|结余))"
    "(?:达到?|[共总合]计|[约为是]|完成|实现|突破|超过?|增长|下降)*"
)
"""What is told of a year, where a tokeniser makes another word of it: 全|年发电量, 本|年收入."""
_ACCOUNT = re.compile("(?:，|其中|本年|当年|全年|年度)*(?P<said>收入|支出)(?P<all>总计|合计)?[为是达]?")
_FLOWS = ("收入", "支出")
_LEFT_OVER = ("结余", "结存", "结转", "余额")
"""What an account begins with, and what came in or went out is no part of: 上年结余5万元，收入|9万元."""
_UNNAMED = frozenset(("unit", "carried"))
_NAMED = frozenset(("left", "right", "verb_right", "item", "share"))
_NEAR = 40
"""So many characters before 还剩5户 are searched for what was done: 已签订协议36户."""
_COUNTED = frozenset(("户", "人"))


def name_remainders(text: str, found: Sequence[Found]) -> None:
    """Name what is left or not done by that: 还剩1户 after 已消除风险2户 is 未消除风险, 3个村未通过 is 未通过村."""
    last: Found | None = None
    verb = ""
    for one in found:
        before, last = last, one
        verb = one.verb or verb
        name = one.name
        if not name or ((name[0] in _SAYING_SO or "剩" in name) and _SAYS_SO.search(name)):
            continue
        start, end = one.quantity.start, one.quantity.end
        of_last = one.rule in _OF_LAST
        if (of_last or name[-1] == "剩") and _LEFT.fullmatch(text, one.left, start):
            done = name.removesuffix("剩")
            was_done = (verb and done.startswith(verb)) or text.find(f"已{done}", max(0, start - _NEAR), start) >= 0
            one.name = f"未{done}" if was_done else f"剩余{done}"
        elif (
            before is not None
            and one.rule in ("carried", "unit")
            and before.quantity.end == start
            and _is_left(text, before)
        ):
            one.name = f"{'未' if before.name.startswith('未') else '剩余'}{name.replace('剩', '')}"
        else:
            noun = name if one.rule == "right" and text.startswith(name, end) else ""
            alone = of_last and one.quantity.unit in _COUNTED and "剩" not in name
            if (noun or alone) and (undone := _NOT_DONE.match(text, end + len(noun))):
                one.name = f"未{undone['verb']}{noun or one.quantity.unit}"


def name_pairs(text: str, found: Sequence[Found]) -> None:
    """Name so many of each of several things by them all: 创建|四星级酒店、省级旅游品牌|各1家."""
    for one in found:
        start = one.quantity.start
        if text[start - 1 : start] != "各" or one.rule not in ("left", "prior_left", "topic_left"):
            continue
        listed = _LISTED.search(text, max(0, start - _NEAR), start)
        if listed and listed[1].endswith(one.name) and one.name not in listed["first"]:
            one.name = listed[1]


def name_doers(text: str, found: Sequence[Found]) -> None:
    """Name so many people by what they do, where nothing else names them: 3.2万人|参保, 7600人|领取养老金."""
    for one in found:
        if one.name != "人口" or one.rule not in _UNNAMED or one.change is not None:
            continue
        if "口" not in text[one.left : one.quantity.end] and (does := _DOES.match(text, one.quantity.end)):
            one.name = one.plain = does[0]


def name_sectors(text: str, found: Sequence[Found]) -> None:
    """Name what is told of a sector by that alone: 按产业分，|一产|11亿元、二产10亿元."""
    rights: dict[str, str] = {}
    for one in found:
        start = one.quantity.start
        if "产" in text[max(0, start - 9) : start] and (said := _SECTOR.search(text, max(0, start - 16), start)):
            if not one.name.startswith(said[1]):
                rights[one.name], one.name = said[1], said[1]
            continue
        for wrong, right in rights.items():
            if one.name.startswith(wrong):
                one.name = right + one.name[len(wrong) :]


def name_structure(text: str, found: Sequence[Found]) -> None:
    """Name the shares of the three sectors one by one: 三次产业结构由13%、41%、46%调整为|12%、41%、47%."""
    n = 2
    while n < len(found):
        first, last = found[n - 2], found[n]
        if first.quantity.unit == last.quantity.unit == found[n - 1].quantity.unit == "%":
            start = first.quantity.start
            said = "产业" in text[max(0, start - 24) : start] and _STRUCTURE.search(text, max(0, start - 24), start)
            again = n > 4 and found[n - 3].name.endswith(_SECTOR_SHARES[-1])
            again = again and _BECOMES.fullmatch(text, found[n - 3].quantity.end, start) is not None
            if (said or again) and listed_from(text, found, n - 2, ("、", "和", "，")) == len(_SECTOR_SHARES):
                of = "上年" if said and said["year"] else ""
                for one, name in zip(found[n - 2 : n + 1], _SECTOR_SHARES, strict=True):
                    one.name = one.plain = of + name
                n += 2
        n += 1


def name_of_year(text: str, found: Sequence[Found]) -> None:
    """Name what is told of a year, and what comes in and goes out, by that alone: 全年发电量|120万千瓦时, 支出总计|8万元."""
    wrong = right = ""
    for one in found:
        start, name = one.quantity.start, one.name
        if one.change is not None:  # 全年发电量120万千瓦时，增长|5%
            if right and one.rule.startswith("carried") and name in (wrong, "增长", "下降"):
                one.name = one.plain = right
            continue
        wrong, right = name, ""
        of_year = None if one.rule in _NAMED else _OF_YEAR.fullmatch(text, one.left, start)
        if of_year and of_year["said"] not in name:
            right = of_year["said"]
        elif name.endswith(_FLOWS) or one.rule == "prior":
            account = _ACCOUNT.fullmatch(text, one.left, start)
            bare = name in _FLOWS or name.removeprefix("上年").startswith(_LEFT_OVER)
            if account and (bare or account["all"] == "总计"):
                right = account["said"] + (account["all"] or "")
        if right:
            one.name = one.plain = right


def _is_left(text: str, one: Found) -> bool:
    return one.name.startswith(("未", "剩余")) and _LEFT.fullmatch(text, one.left, one.quantity.start) is not None
