"""Names that go on from the number before: the people of the bodies counted, how much is done, a share, the next of all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_BODIES = frozenset("支个只")
_ENDS = re.compile("[，。；、：！？）\n]|$")
_DONE = re.compile("^(?:全面|累计|共)?(?:完成|办[结妥]|实施)")
_RATE, _SHARE = "完成率", "占比"
_HAS_SHARE = re.compile("[，、（]?(?:其|约|仅|就|只)?占(?:比|到|了)?(?:为|达到?|约|近|超过?)?")
_OTHER = re.compile("其[他余它]")


def name_taken_on(text: str, found: Sequence[Found]) -> None:
    """Name by the number before it what says too little or too much, in place.

    巡逻队12支|180人 are 巡逻队员; 发放贷款1亿元，完成率|106% is 发放贷款完成率; 其他纠纷53件；化解|319件 are of all of them.
    """
    before: Found | None = None
    for one in found:
        if one.name.startswith("中") and text.find(f"其{one.name}", max(0, one.left - 1), one.quantity.start) >= 0:
            one.rename(one.name[1:])  # 其|中国|道 to a tokeniser
        if before is not None and before.name:
            between = text[before.quantity.end : one.quantity.start]
            if one.quantity.unit in ("人", "名") and before.quantity.unit in _BODIES:
                if (
                    between in ("", "、", "，")
                    and before.name.endswith(one.name)
                    and _ENDS.match(text, one.quantity.end)
                ):
                    one.rename(_members_of(one.name))
            elif one.name.startswith(_RATE) and between.strip("，、达到为") == _RATE and not _DONE.match(before.name):
                one.rename(before.name + _RATE)
            elif one.name == _SHARE and before.unit != "ratio" and _HAS_SHARE.fullmatch(between):
                one.rename(before.name + _SHARE)
            elif "；" in between and _OTHER.match(before.name) and one.rule.endswith("_carried"):
                one.rename(_OTHER.sub("", one.name))
        before = one


def _members_of(body: str) -> str:
    """Who a body consists of: 扑火队伍 → 扑火队员, 犯罪团伙 → 犯罪团伙成员."""
    if body.endswith(("队", "队伍")):
        return body.removesuffix("伍") + "员"
    return body + "成员" if body.endswith("团伙") else body
