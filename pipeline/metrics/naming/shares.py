"""Names of shares of an amount told between, and of how a share moved: 占总投资|7亿元|的|96%, 占工业的58%，提高|3个百分点."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_OF_AMOUNT = re.compile(
    "[，、；（(]?(?:其|其中|约|仅|只|就|已|也|共|累计)*占(?P<whole>[^，。；：、！？\n0-9占年计任预目]{2,10}?)(?:的?总[数额量])?[为的]?(?:将?近|超过?|约)?"
)
"""Before an amount of which a share follows: 占总投资|7.85亿元|的96.7%."""
_MOVED = re.compile(
    "[，、；（(]?(?:(?:同比|环比|比重|占比|也|又|则|共|[一二三四五]年)|[比较同与][^，。；：、！？\n0-9]{0,6}?(?:年|期|季度|月|初|末|届|前|期相比)|[比较][0-9]{4}年)*(?:提高|上升|提升|升高|下降|降低|增加|减少|回落|回升|下滑|增长|升|降)了?(?:近|约)?"
)
"""That a share moved, and nothing else: ，比上年提高|3.3个百分点."""
_AIM = re.compile(
    "[，、；（]?(?:(?:完成了?|占|为|达到?)(?:了)?)(?:全年|年度?|年初|原定|调整|上级|[省市县区乡镇])*(?P<aim>预算|计划|任务|目标)(?:任务|目标|指标)?数?"
)
"""Before the amount of a plan: 完成年初预算数|6亿元|的35%."""
_SHARE = re.compile(".+(?:占.+(?:比重|比例)|占比|比重|比例)")
_OF_PLAN = re.compile(
    "(?P<of>.{2,}?)(?:占[^占]{0,8}(?:计划|任务|预算|目标)[^占]{0,4}比重|完成[^完]{0,8}(?:计划|任务|预算|目标)[^完]{0,4}比例)"
)
"""A share of a plan, which grows by points and not by a rate."""
_SHARE_SAID = re.compile("占|比重|比例|完成")
_POINTS = frozenset(("百分点", "点"))
_NO_WHOLE = frozenset(("总数", "总额", "总量", "全部", "其中"))
_MOST_BEFORE = 8


def name_shares(text: str, found: Sequence[Found]) -> None:
    """Name shares with what they are of, and how they moved by the share; what only grew is no share."""
    for n, one in enumerate(found):
        if one.changes:
            _move(text, found, n)
        elif n and one.unit == "ratio" and one.quantity.unit in ("%", "") and not one.changes:
            _share(text, found, n)


def _share(text: str, found: Sequence[Found], n: int) -> None:
    """Name a share of the amount right before it, and that amount."""
    one, before = found[n], found[n - 1]
    start = one.quantity.start
    if n > 1 and text[before.quantity.end : start] == "的" and before.unit != "ratio":
        last = found[n - 2]
        said = _OF_AMOUNT.fullmatch(text, last.quantity.end, before.quantity.start)
        if said is not None and said["whole"] not in _NO_WHOLE:
            if last.plain == said["whole"] and "完成" in text[last.left : last.quantity.start]:
                last.rename("完成" + said["whole"].removeprefix("总"))  # 总投资6亿元，已完成|5亿元，占总投资6亿元的|83%
            before.name = before.plain = said["whole"]
            one.name = one.plain = f"{last.plain}占{said['whole']}比重"
        elif last.quantity.unit == before.quantity.unit and (
            aim := _AIM.fullmatch(text, last.quantity.end, before.quantity.start)
        ):
            known = aim["aim"] in before.name and not before.name.startswith("完成") and before.name != last.plain
            before.name = before.name if known else last.plain + aim["aim"]


def _move(text: str, found: Sequence[Found], n: int) -> None:
    """Name how a share moved by that share, and growth by no share."""
    one = found[n]
    start, name = one.quantity.start, one.name
    if n and one.quantity.unit in _POINTS:
        before = found[n - 1]
        told = not before.changes and before.quantity.unit == "%" and _SHARE.fullmatch(before.name)
        if told and not one.items and _MOVED.fullmatch(text, before.quantity.end, start):
            one.name = one.plain = before.name
        return
    if (
        one.quantity.unit == "%"
        and (plan := _OF_PLAN.fullmatch(name))
        and not _SHARE_SAID.search(text, one.left, start)
    ):
        one.name = one.plain = plan["of"]  # 分别占年计划98%和101%，同比增长21%和|16%
        return
    if (
        one.quantity.unit != "%"
        or name == "占比"
        or not name.endswith("占比")
        or any(w in text[one.left : start] for w in ("占", "比重", "比例"))
    ):
        return
    if all(other.name != name for other in found[max(0, n - _MOST_BEFORE) : n] if not other.changes):
        one.name = one.plain = name.removesuffix("占比")
