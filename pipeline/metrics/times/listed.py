"""What is listed behind a plan up to the end of its sentence: 计划修渠20公里；加固水库6座、水闸|4处."""

from __future__ import annotations

import re

PLANS = frozenset(("计划", "計劃", "力争", "力爭", "拟", "擬", "确保", "争取"))
"""Words of plans that hold for what is listed behind them."""
_ENDS = re.compile("[。！？\n已了现]|实际|目前|截[至止]|[上去]年|完成[率为]|共计?完成|由|从|自")
"""What stands between two numbers of which the second does not belong to the plan of the first."""
_ITEM = re.compile("[、和及与][^，。；、：:,;0-9\n]{1,14}")


def ends_list(gap: str) -> bool:
    """Whether what stands between two numbers ends the list of a plan, or tells what has come of it."""
    return _ENDS.search(gap) is not None


def holds_on(gap: str, does: bool) -> bool:
    """Whether a plan for one number holds for the next, with `gap` between them; `does` tells that its clause begins with a verb.

    >>> holds_on("；加固水库", True), holds_on("；水库合格率", False), holds_on("；已加固水库", False)
    (True, False, False)
    """
    if not gap or ends_list(gap):
        return False
    return _ITEM.fullmatch(gap) is not None or (does and gap[0] in "，,；;、")
