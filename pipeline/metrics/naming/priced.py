"""Lists that tell what each thing cost, its amount before it: 300万元的|食堂，90万元的|围墙改造."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_THING = re.compile(
    "的(?!(?:标准|价格|速度|资金|资助|投入|投资|规模|企业|项目|目标|任务|优惠|补助|补贴|奖励|贷款|收入|利润))(?P<thing>[一-龥A-Za-z0-9（）“”与和及]{2,20}?)(?=[，,。；;、\n]|$)"
)
_AT = frozenset("，,：:；;、。\n")


def name_priced(text: str, found: Sequence[Found]) -> None:
    """Name each of several amounts by the thing behind it, where one follows the other."""
    things = [_thing(text, one) for one in found]
    for n, (one, thing) in enumerate(zip(found, things, strict=True)):
        if not thing or not any(_follow(found, things, at) for at in (n, n + 1)):
            continue
        one.name = one.plain = thing
        one.rule = "right"


def _thing(text: str, one: Found) -> str:
    """The thing behind an amount that its clause begins with; empty where there is none."""
    if one.unit != "money" or one.changes or text[one.quantity.start - 1] not in _AT:
        return ""
    said = _THING.match(text, one.quantity.end)
    return said["thing"] if said else ""


def _follow(found: Sequence[Found], things: Sequence[str], n: int) -> bool:
    """Whether the number before one has a thing as well, and only that stands between."""
    if not 0 < n < len(found) or not things[n] or not things[n - 1]:
        return False
    return found[n].quantity.start - found[n - 1].quantity.end <= len(things[n - 1]) + 2
