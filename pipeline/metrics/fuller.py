"""Names told in full: what a word cut off them says, of what they are a share, and what the words in a bracket are a kind of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.found import Found

_BEFORE_NUMBER = frozenset(("left", "carried_left", "carried_verb_left", "item_left", "topic_left", "prior_left"))
_TOLD_BEFORE = frozenset(("prior_share", "carried_share", "topic_share", "carried", "prior", "topic"))
_SHARE = re.compile(
    "[，、；]?(?:其|其中|约|仅|只|就|已|也|还|分别|合计|共|累计|总计)*占(?:到了?)?(?P<whole>[^，。；：、！？\n0-9占]{2,14}?)"
    "(?:的?比[重例])?(?:的|为|达到?)?(?:将?近|超过?|约)?"
)
"""What something is a share of: 占规上工业的|47%."""
_NO_WHOLE = re.compile(
    "全[国省市县区州盟乡镇村]的?$|.*(?:计划|任务|目标|预算|同期|一半|的比[重例])|总[数量额]$|[年比其上前]|面积$"
)
_OPENS = 40
"""So many characters before a number its bracket is looked for."""
_HEAD = 3
"""What is counted before a bracket has no more characters, where a kind of it is told in there: 充电桩60个（快充|20个）."""
_AGES = re.compile("[0-9]+(?:周岁|岁)(?:及?以[上下])?")
_END = re.compile("(?<=..)(?:(?<![发直送表到抵传下雷通豁])达|预计|微[增降涨跌])$")
_COUNTED_BY_POINTS = "点"


def name_in_full(text: str, found: Sequence[Found]) -> None:
    """Name the numbers of a text in full, one after the other."""
    before: Found | None = None
    for one in found:
        if one.name:
            name = _with_point(text, one)
            if before is not None:
                name = _share_of(text, one, before) or _aged(text, one, before) or name
            if name[-1] in "达计增降涨跌":
                name = _END.sub("", name)
            one.name = name
        before = one
    _name_bracketed(text, found)


def _with_point(text: str, one: Found) -> str:
    """A name with the 点 that a tokeniser takes for part of a number: 隔离|点8个."""
    start = one.quantity.start - 1
    cut = text[start : start + 1] == _COUNTED_BY_POINTS and one.rule in _BEFORE_NUMBER
    return one.name + _COUNTED_BY_POINTS if cut and text.endswith(one.name[-2:], one.left, start) else one.name


def _share_of(text: str, one: Found, before: Found) -> str:
    """The name of a share with the whole that it is of: 产值3亿元，占全县工业的|54% is 产值占全县工业比重."""
    if one.quantity.unit not in ("%", "") or one.change:
        return ""
    match = _SHARE.fullmatch(text, one.left, one.quantity.start)
    if match is None or _NO_WHOLE.match(match["whole"]):
        return ""
    name, whole = one.name, match["whole"].removesuffix("的")
    if name.endswith("占比") and one.rule in _TOLD_BEFORE:
        return f"{name.removesuffix('占比')}占{whole}比重"
    said = one.rule == "left" and "占" not in name[1:] and (name in f"占{whole}" or name.startswith("占"))
    return f"{before.plain}占{whole}比重" if said and before.plain else ""


def _aged(text: str, one: Found, before: Found) -> str:
    """A name of one age as that of another: 60岁以上老人接种率90%，80岁以上|71%."""
    if one.quantity.unit != before.quantity.unit or not (other := _AGES.match(before.name)):
        return ""
    mine = re.compile(f"[，、；]?({_AGES.pattern})的?(?:为|达到?|占|有)?").fullmatch(text, one.left, one.quantity.start)
    return mine[1] + before.name[other.end() :] if mine and other.end() < len(before.name) else ""


def _name_bracketed(text: str, found: Sequence[Found]) -> None:
    """Name the kinds that a bracket tells of what is counted before it: 充电桩60个（快充|20个）."""
    for n, one in enumerate(found[1:], 1):
        start = one.quantity.start
        if one.rule != "left" or not 1 < len(one.name) <= _HEAD:
            continue
        opens = text.rfind("（", max(0, start - _OPENS), start)
        if opens < 0 or text.find("）", opens, start) >= 0:
            continue
        at = n - 1
        while at >= 0 and found[at].quantity.start > opens:
            at -= 1
        whole = found[at]
        if at < 0 or whole.quantity.end != opens or whole.quantity.unit != one.quantity.unit:
            continue
        head = whole.plain.removeprefix(whole.verb)
        own = text[one.left : start].strip("、，").removeprefix("其中") == one.name
        if own and 1 < len(head) <= _HEAD and head[-1] != one.name[-1]:
            one.name += head
