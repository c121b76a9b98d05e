"""What a name adds where it is that of the number before: what it is compared with, and what of the same is counted now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Quantity

_NEAR = 24
"""What a number is compared with is looked for so many characters back."""
_GAP = re.compile(
    r"(?:比|较|与|跟|同(?!比))(?P<than>[^，。；、：\d]{2,12}?)(?:相比|加)?(?:还|要|又|仍|各)*(?P<how>(?<!提)高|(?<!降)低|快|慢)[出了]?$"
    r"|(?P<over>高于|低于|快于|慢于|高出|超出)(?P<of>[^，。；：\d]{2,12}?)$"
)
_BEFORE = re.compile("上[年月季届一]|去年|前年|年[初前底]|同期|季度|年$|期$")
"""A time compared with: that is a change, whose name is that of the level."""
_OF = re.compile(r"(?:为|是|相当于|等于|[只仅]及|占|达到?)(?P<whole>[^，。；、：\d]{2,14}?)的$")
_PLANS = ("预算", "计划", "任务", "目标")
_TIMES = ("%", "‰", "倍")
_CASES = frozenset(("户", "批", "批次", "起", "件", "期", "次", "宗", "例"))
_HEADS = {"人": "人数", "名": "人数", "人次": "人次", "户": "户数"}
_COUNTED = ("人口", "人数", "人次", "户数")
_PEOPLE = ("人", "员", "者", "民", "对象", "群众", "职工", "学生", "骨干")


def comparisons(text: str, quantities: Sequence[Quantity], edges: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What numbers are compared with, by their place; of several, those for the numbers that follow: 分别高于全国、全省.

    增速高于全国|1.1个百分点: 高于全国; 为预算的|98%: 完成预算; 是五年前的|2.6倍: 相当于五年前.
    """
    out: dict[int, tuple[str, ...]] = {}
    for n, quantity in enumerate(quantities):
        start, unit = quantity.start, quantity.unit
        edge = max(edges[n], start - _NEAR)
        if unit == "百分点" and (match := _GAP.search(text, edge, start)):
            what, how = match["than"] or match["of"], (match["how"] or match["over"])[0]
            if not _BEFORE.search(what):
                out[n] = tuple(f"{how}于{one}" for one in what.split("、"))
        elif unit in _TIMES and text[start - 1 : start] == "的" and (match := _OF.search(text, edge, start)):
            whole = match["whole"]
            out[n] = (("完成" if whole.endswith(_PLANS) else "相当于") + whole,)
    return out


def recounts(text: str, quantities: Sequence[Quantity]) -> dict[int, str]:
    """What numbers count that follow at once upon a count of the cases of the same: 来访31批|96人 is of 人数."""
    out: dict[int, str] = {}
    for n, quantity in enumerate(quantities[1:], 1):
        before = quantities[n - 1]
        if before.unit not in _CASES or quantity.unit not in _HEADS or before.unit == quantity.unit:
            continue
        if quantity.start - before.end <= 1 and text[before.end : quantity.start] in ("", "、"):
            out[n] = _HEADS[quantity.unit]
    return out


def recounted(name: str, head: str) -> str:
    """What a name adds for another count of the same: 贫困户 has 人口, 来访 has 人数, 户籍人口 says so itself."""
    if name.endswith(_COUNTED) or (head == "人数" and name.endswith(_PEOPLE)):
        return ""
    return "人口" if name.endswith("户") and head == "人数" else head
