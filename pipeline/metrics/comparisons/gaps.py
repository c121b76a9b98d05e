"""Names of numbers that tell how far something is from what was planned or from elsewhere: 造林比任务多|0.4万亩, 人均收入比全省高|1200元."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_ADVERBS = "(?:分别|仅|只|还|仍|也|均|都|就|又|要|虽|约|略|各|稍|却)*"
_PLAN = "(?:预算|计划|任务|目标|进度|指标|定额)数?"
_GAP = re.compile(
    f"(?P<own>[^，。；：、！？\\n]*?)(?P<gap>{_ADVERBS}"
    f"(?:(?:比(?![重例值])|较(?![大小高低好差快慢多少重轻强弱严]))(?P<other>[^，。；：、！？\\n比]{{2,16}}?){_ADVERBS}(?<![提加减降增偏])(?P<side>[高低快慢多少])"
    "(?:[于出]|完成|[收交产亏支花卖修造种])?"
    "|(?<!不)(?P<from>[高低快慢多少]于|[高低]出)(?P<place>[^，。；：、！？\\n0-9]{2,12}?)"
    f"|(?<!不)(?P<over>超(?:[出过]|额)?)(?P<plan>[^，。；：、！？\\n0-9]{{0,8}}?{_PLAN}))(?:水平)?)[了约近]?"
)
"""A clause that ends with a gap: what it is of, where that is told, and what it is to."""
_CUES = re.compile("[高低快慢多少超]")
_STOPS = re.compile("[，。；：、！？\n]")
_TIME = re.compile(
    "[上去前今往同历]年|年前|季度|[年月季][初末底]|年$|[年月]的|同期|上[月季]|年均|五”|期末|以往|过去|原[来先]|[时前]$|历史|那[阵会时]"
)
"""A gap to the time before is a change."""
_BEHIND = re.compile("[的数]*(?:[0-9]|百分之).*$")
_LEAD = re.compile(".*的|原定?|既定|当初")
_OF_PLAN = re.compile(f".*{_PLAN}")
_TOLD = re.compile("[高低快慢多少]于|[高低多]出|超|比.*[高低快慢多少]|差距|相当")
_RATES = ("增速", "增幅", "涨幅", "降幅", "幅度")
_MEASURED = re.compile(
    "(?:其中|同时|但|而|[且并]|今年|全年)*([^的]*(?:率|比重|占比|比例|收入|总值|产值|增加值|产量|投资|支出|面积|指数|浓度|总额|增速|增幅))"
)
"""A clause that tells what it measures, though an earlier one named the number."""
POINTS = ("百分点", "千分点", "个点", "点")


def name_gaps(text: str, found: Sequence[Found]) -> None:
    """Tell the gap in the names of numbers that would else be a level of what they are a gap of."""
    for n, one in enumerate(found):
        if one.change not in (None, "level") or not one.name or _TOLD.search(one.name):
            continue
        start = one.quantity.start
        if not _CUES.search(text, max(start - 14, 0), start):
            continue
        begin = max(found[n - 1].quantity.end if n else 0, start - 40)
        match = _GAP.fullmatch(_STOPS.split(text[begin:start])[-1])
        if match is None or not (words := _words(match)):
            continue
        old, one.plain = one.name, _measured(one, match, found[n - 1] if n else None)
        one.name = one.plain + words
        for other in found[n + 1 :]:
            if other.name != old:
                break
            other.rename(one.plain)


def _words(match: re.Match[str]) -> str:
    """What a gap is to, as names tell it: 比任务多 is 超任务, 比全省低 is 低于全省."""
    other = match["other"] or match["place"] or match["plan"]
    if (_TIME.search(other) and not _OF_PLAN.fullmatch(other)) or other.endswith("的"):
        return ""
    other = _LEAD.sub("", _BEHIND.sub("", other).removesuffix("水平"), count=1)
    if match["side"] == "多" and _OF_PLAN.fullmatch(other):
        return "超" + other
    return (match["over"] or match["from"] or match["side"] + "于") + other if other else ""


def _measured(one: Found, match: re.Match[str], previous: Found | None) -> str:
    """What a gap is of: the name less what the gap is to (农民人均纯收入|全省低), or what its clause names."""
    name, own = one.name, _MEASURED.fullmatch(match["own"])
    if own and own[1] not in name and name not in own[1] and name[-2:] != own[1][-2:]:
        return own[1]
    for size in range(len(name), 0, -1):
        end = name[-size:]
        if end in match["gap"] and (size > 1 or end in "高低快慢多少") and not end.endswith(_RATES):
            break
    else:
        return name.rstrip("仅只")
    rest, unit = name[:-size], one.quantity.unit
    if previous is None or unit not in (previous.quantity.unit, *POINTS) or not previous.plain.startswith(rest):
        return rest or name
    grows = unit in POINTS and previous.quantity.unit == "%" and previous.change not in (None, "level")
    return previous.plain + ("增速" if grows and not previous.plain.endswith(_RATES) else "")
