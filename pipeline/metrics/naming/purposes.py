"""Names of money that is set aside for something, where nothing before the number says what it is: 安排|8亿元|用于新农村建设."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found

_PURPOSE = re.compile(
    "(?:主要|专项|专门|全部|将|均)?(?P<way>用于|用作|用来|投向|支持)(?P<what>[一-龥“”、]{2,20}?)(?:等(?P<kind>[一-龥]{2,8}))?(?=[，。；：）（,;\n]|$|[0-9])"
)


def name_purposes(text: str, found: Sequence[Found], words: NameWords) -> None:
    """Name money by what it is for, in place: 安排1800万元用于城区亮化 is 城区亮化资金, 投入86万元用于修路 is 修路投入."""
    for one in found:
        if one.unit != "money" or one.changes or words.money.search(one.name):
            continue
        purpose = _PURPOSE.match(text, one.quantity.end)
        aside = words.set_aside.search(text, max(one.left - 1, 0), one.quantity.start) if purpose else None
        if purpose is None or aside is None:
            continue
        what = purpose["kind"] or purpose["what"]
        if purpose["way"] == "支持":
            one.rename(purpose["way"] + what)
        elif aside["verb"] == "投入":
            one.rename(what + aside["verb"])
        else:
            one.rename(what if words.money.search(what) else f"{what}资金")
