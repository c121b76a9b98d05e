"""Names of the members of a list that were put together with a neighbour's: 初中|7958人 after 小学15073人 is no 初中小学."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.found import Found

_AGE = re.compile(
    "(?P<age>[0-9]{1,3}(?:周?岁)?(?:[-—–~～至到]{1,2}[0-9]{1,3})?(?:周岁|岁)(?:及?以[上下]|左右)?)(?P<who>(?:[^，。；：、！？（）“”0-9的占有为达共]{1,6})?)(?:的?(?:有|为|占[到去了]*|达到?|共)|的|人口占[到去了]*)?$"
)
_PLAIN_AGE = re.compile(
    "(?:.{0,6}(?:结构|构成|分布|其中|年龄)[是为：:，]*)?[0-9].{0,8}岁(?:及?以[上下])?(?:占比)?|(?:占比)+|.{0,4}性别比.*"
)
_TOLD_BEFORE = frozenset(("prior_share", "carried_share", "topic_share", "carried", "prior", "topic"))
_STAGES = re.compile(
    "(?:学前|幼儿园?|托幼|小学|初中|高中|普高|中职|职高|高职|中专|大专|本科|专科|研究生|大学)(?:生|教育|阶段)?"
)
_STAGE_RATE = re.compile(
    rf"(?P<stage>学前[一二三]年|{_STAGES.pattern}|[一二三四五六七八九]年级)(?P<rate>[一-龥]{{0,5}}[率比])"
)
_NEXT_STAGE = re.compile(
    rf"[，、；和]?(学前[一二三]年|{_STAGES.pattern}|[一二三四五六七八九]年级)(?:则|分别|达到?|为|是)*"
)


def name_members(text: str, found: Sequence[Found]) -> None:
    """Name members of lists by themselves, each age and stage by its own, and what all come to by no one of them."""
    before: Found | None = None
    for one in found:
        if one.name and before is not None:
            new = _of_age(text, one) or _of_stage(text, one, before)
            if not new and one.rule == "left_carried":
                new = _by_itself(one, before)
            if new:
                one.name = one.plain = new
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
    said = _AGE.search(text, max(one.left - 6, start - 24, 0), start)
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


def _by_itself(one: Found, before: Found) -> str:
    """A member that was put before a sibling: 初中|7958人 behind 小学15073人; else empty."""
    first, sibling = _STAGES.match(one.name), before.plain
    if first and first.end() < len(one.name) and _STAGES.fullmatch(one.name, first.end()):
        return first[0]
    own = one.name.removesuffix(sibling)
    doubled = own != one.name and len(own) > 2 and sibling.startswith(own[-2:])
    return own[:-2] + sibling if doubled else ""  # 市属工业|工业总产值
