"""Names of which a clause says only that so much is done, a mean or the largest: 项目加快建设，完成|8亿元 is 完成投资."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import ONWARD, Found

_WHEN = "(?:[上下]半年|今年|全年|本年|年内|当年|目前|现|已|累计|实际|共)*"
_DONE = re.compile(f"[，、；]?{_WHEN}完成了?")
_WORK_DONE = re.compile(f"[一-龥“”]{{0,14}}?(?:项目|工程|[东西南北中]环路|大道|大桥|[一二三四]期){_WHEN}完成了?")
"""A clause that says of a work that it came to so much, and nothing else: 东环路上半年完成|6亿元."""
_WORK = re.compile("项目|工程|[一二三四]期")
_MONEY = re.compile("投资|收入|产值|[额值税费款金]|贷款|支出|利润|交易|销售")
_PUT_IN = "完成投资"
_LARGEST = re.compile("(?P<of>[一-龥]{2,8}?)最[长短高低多少大小快慢]的是?[一-龥]{2,8}?(?:为|是|达|也有|仅|只)?")
_MEANS = frozenset(("户均", "人均", "村均", "亩均"))
_PAID = re.compile("(?P<of>[一-龥]{0,6}(?:补贴|补助|奖励|救助金|补偿款|分红|奖金|养老金|慰问金))(?:资金)?$")
_NEAR, _FAR = 3, 40


def name_clipped(text: str, found: Sequence[Found]) -> None:
    """Name in place what was done by 完成投资, means by what is shared, and the largest by what is measured."""
    for n, one in enumerate(found):
        if one.name and one.change in (None, "level"):
            name = _put_in(text, one) or (_mean(text, found, n) if one.name in _MEANS else "")
            if not name and "最" in one.name and (largest := _LARGEST.fullmatch(one.name)):
                name = largest["of"]
            if name:
                one.rename(name)


def _put_in(text: str, one: Found) -> str:
    """What was put into a work, where its clause says only that so much is done; else empty."""
    start = one.quantity.start
    if not text.endswith(("完成", "完成了"), one.left, start):
        return ""
    if one.quantity.unit == "%":
        said = one.rule.startswith(ONWARD) and one.name.endswith("投资") and _DONE.fullmatch(text, one.left, start)
        return _PUT_IN if said else ""
    if one.unit != "money" or _MONEY.search(one.name):
        return ""
    told = _DONE.fullmatch(text, one.left, start) and one.rule.startswith(ONWARD) and _WORK.search(one.name)
    return _PUT_IN if told or _WORK_DONE.fullmatch(text, one.left, start) else ""


def _mean(text: str, found: Sequence[Found], n: int) -> str:
    """A bare mean with the money just told that is shared: 发放补贴9万元，惠及30户，户均|3000元; else empty."""
    one = found[n]
    if one.unit != "money" or one.rule != "left":
        return ""
    for before in reversed(found[max(0, n - _NEAR) : n]):
        between = text[before.quantity.end : one.quantity.start]
        if len(between) > _FAR or "。" in between or "\n" in between:
            break
        if before.unit == "money" and not before.changes:
            paid = _PAID.search(before.plain.removeprefix(before.verb))
            return one.name + paid["of"] if paid else ""
    return ""
