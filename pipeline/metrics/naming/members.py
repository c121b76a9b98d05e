"""Names of the members of a list that were put together with a neighbour's: 初中|7958人 after 小学15073人 is no 初中小学."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found, before_in_unit

_AGE = re.compile(
    "(?P<age>[0-9]{1,3}(?:周?岁)?(?:[-—–~～至到]{1,2}[0-9]{1,3})?(?:周岁|岁)(?:及?以[上下]|左右)?)(?P<who>(?:[^，。；：、！？（）“”0-9的占有为达共]{1,6})?)(?:的?(?:有|为|占[到去了]*|达到?|共)|的|人口占[到去了]*)?$"
)
_PLAIN_AGE = re.compile(
    "(?:.{0,6}(?:结构|构成|分布|其中|年龄)[是为在：:，]*)?[0-9].{0,8}岁(?:及?以[上下])?(?:占比)?|(?:占比)+|.{0,4}性别比.*"
)
_TOLD_BEFORE = frozenset(("prior_share", "carried_share", "topic_share", "carried", "prior", "topic"))
_OWN = frozenset(("left", "carried_left", "carried_swap", "topic_left"))
_STAGES = re.compile(
    "(?:学前|幼儿园?|托幼|小学|初中|高中|普高|中职|职高|高职|中专|大专|本科|专科|研究生|大学)(?:生|教育|阶段)?"
)
_STAGE_RATE = re.compile(
    rf"(?P<stage>学前[一二三]年|{_STAGES.pattern}|[一二三四五六七八九]年级)(?P<rate>[一-龥]{{0,5}}[率比])"
)
_NEXT_STAGE = re.compile(
    rf"[，、；和]?(学前[一二三]年|{_STAGES.pattern}|[一二三四五六七八九]年级)(?:则|分别|达到?|为|是)*"
)

_TOLD_OF = re.compile(
    "(?P<thing>.*(?:保险|[一-龥]业|[一-龥]园|企业|地区))(?P<tail>参保(?:人数)?|总产值|产值|增加值|销售额|销售收入|营业额|营业收入|主营业务收入|零售额|投资|税收|总收入)"
)
"""What a member of a list tells of, which the next only names: 养老保险|参保12万人，医疗保险|32万人."""
_NEAR = 3
_SECTOR_DOES = re.compile(
    "(?:^|[，。；：、\n]|全[省市县区州镇乡]|[年月])(?P<of>第[一二三]产业|(?![提推加培做发壮全各新打实着大])[一-龥]{1,7}?(?:业|产业|企业|经济))[^，。；：！？、0-9\n率]{2,16}[，。]"
    "(?:全年|今年)?(?:预计)?(?:实现|完成|创造?)?(?P<head>增加值|总产值|产值|总收入|营业收入|主营业务收入)(?:达到?|为|完成|突破|约)*$"
)
"""What a sector did, and what it came to: 第三产业实现较快发展，|增加值达9亿元."""
_FARTHEST, _SHORT, _LONGEST = 48, 3, 12
_IS = re.compile("(?:完成|实现|达到?|为)$")
_RETURNS = frozenset(("增加值", "总产值", "产值", "总收入", "营业收入", "主营业务收入"))
_SHARES = ("占比", "率", "比重", "比例")
_KIND_LASTS = frozenset("业险园区")


def name_members(text: str, found: Sequence[Found]) -> None:
    """Name members of lists by themselves, each age and stage by its own, and what all come to by no one of them."""
    before: Found | None = None
    wrong = right = ""
    for n, one in enumerate(found):
        if one.change is not None and one.carries(wrong):
            one.name = one.plain = right  # 增加值9亿元，增长|5%
        elif one.name and before is not None:
            tail = wrong.removeprefix(right) if wrong else ""  # that the member before was put before as well
            wrong = one.name
            right = _of_age(text, one) or _of_stage(text, one, before)
            if not right and one.rule in _OWN and one.change is None:
                right = _of_sector(text, one) or _of_next(text, found, n)
            if not right and one.rule in ("left_carried", "carried_left"):
                right = _by_itself(text, one, before, tail)
            if right:
                one.name = one.plain = right
            else:
                wrong = ""
        before = one


def _of_age(text: str, one: Found) -> str:
    """The name of an age, which another or none was taken for: 30—40岁|1.2万人; else empty."""
    start = one.quantity.start
    if (
        one.quantity.unit == "岁"
        or "岁" not in text[max(0, start - 8) : start]
        or not (
            _PLAIN_AGE.fullmatch(one.name) or (one.rule in _TOLD_BEFORE and "岁" not in one.name and one.change is None)
        )
    ):
        return ""
    reach = 14 if text[start - 1] == "的" else 6  # 30周岁—40周岁的|19人, the age being a number itself
    said = _AGE.search(text, max(one.left - reach, start - 24, 0), start)
    if said is None:
        return ""
    return said["age"] + said["who"] + ("占比" if one.quantity.unit in ("%", "") else "")


def _of_stage(text: str, one: Found, before: Found) -> str:
    """A rate of the next stage or year of schooling: 小学入学率100%，初中|99.8%; else empty."""
    if one.quantity.unit != "%" or one.change is not None or not (told := _STAGE_RATE.search(before.name)):
        return ""
    mine = _NEXT_STAGE.fullmatch(text, before.quantity.end, one.quantity.start)
    if mine is None:
        return ""
    return before.name[: told.start()] + mine[1] + told["rate"] + before.name[told.end() :]


def _of_sector(text: str, one: Found) -> str:
    """What a sector came to, where the clause before tells what it did: 第三产业实现较快发展，|增加值达9亿元; else empty."""
    if one.name not in _RETURNS:
        return ""
    start = one.quantity.start
    said = _SECTOR_DOES.search(text, max(0, start - _FARTHEST), start)
    if said is None or said["head"] != one.name:
        return ""
    of = said["of"]
    return (of.removesuffix("经济") if len(of) > _SHORT else of) + one.name


def _of_next(text: str, found: Sequence[Found], n: int) -> str:
    """What is told of the next of some things of a kind, which its clause only names: 医疗保险|32万人; else empty."""
    one = found[n]
    name = text[found[n - 1].quantity.end : one.quantity.start].strip("，；、,")
    name = _IS.sub("", name)
    if not _SHORT < len(name) + 1 <= _LONGEST or name[-1] not in _KIND_LASTS or not one.name.endswith(name):
        return ""
    at = next((at for at in before_in_unit(found, n, one.quantity.unit, n - _NEAR) if found[at].change is None), -1)
    told = _TOLD_OF.fullmatch(found[at].name) if at >= 0 else None
    if told is None or (told["thing"][-2:] != name[-2:] and not name[-1] == told["thing"][-1] == "业"):
        return ""
    return name + told["tail"]


def _by_itself(text: str, one: Found, before: Found, tail: str) -> str:
    """A member that was put before or behind a sibling: 初中|7958人 behind 小学15073人; else empty."""
    first, sibling = _STAGES.match(one.name), before.plain
    if first and first.end() < len(one.name) and _STAGES.fullmatch(one.name, first.end()):
        return first[0]
    said = text[before.quantity.end : one.quantity.start].lstrip("，、；（）")
    if (
        one.unit == "people"
        and len(said) > 1
        and one.name in (said + sibling, said + tail)
        and one.name.endswith(_SHARES)
    ):
        return said  # 女性占比20%；初中|16人
    thing = before.plain.removeprefix(before.verb)
    if one.name == said + thing and _are_alike(said, thing) and len(said) == len(thing):
        return before.verb + said  # 查扣假烟41条，非烟|9条
    if len(said) > 2 and one.name.startswith(said) and len(one.name) > len(said) and one.name.endswith(said[-2:]):
        return said  # 新增摊贩9户，其中水果摊贩4户、小吃摊贩|5户
    own = one.name.removesuffix(sibling)
    doubled = own != one.name and len(own) > 2 and sibling.startswith(own[-2:])
    if doubled:
        return own[:-2] + sibling  # 市属工业|工业总产值
    alike = one.quantity.unit == before.quantity.unit and one.unit != "ratio" and _are_alike(said, sibling)
    return said if alike and one.name in (said + sibling, sibling + said) else ""


def _are_alike(own: str, sibling: str) -> bool:
    """Whether two names end in the same noun, so that neither is of the other: 县处级干部, 乡科级干部; 完小, 初小."""
    return (own[-2:] == sibling[-2:] and len(own) > 2) or (
        own[-1:] == sibling[-1:] and len(own) == len(sibling) == len("完小")
    )
