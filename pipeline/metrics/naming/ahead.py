"""Indicators told far ahead of their numbers: 就业率，在岗位收紧的形势下，仍保持在|91%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Quantity

_SHARES = ("%", "‰", "‱")
_REACHED = re.compile(
    "[^，。；：、！？\n]{0,9}?(?:[保维]持|稳定|控制|恢复|(?:回|上|提|攀|拉)?升|提高?|(?:下|回|压)?[降跌落]低?|增加|增长|减少|减|扩大|缩小|高?达|完成|突破|[回滚涨])"
    "[到至在达为]?了?"
)
"""That a number was come to, with what brought it about: 经外引内培回升至."""
_INDICATOR = re.compile(
    r"(?:[^，。；：！？\n]*：|[^，。；：、！？\n]{1,8}[年月末底度]，)?((?:(?!\d)[^，。；：、！？\n]){2,18}(?:率|比例|比重|占比|收入|支出|余额|总额|产量|总量|存栏量|价格|强度|成本))，"
)
"""An indicator that stands alone before a comma."""
_SINCE = re.compile(
    "[已将则也又]?[由从](?:[0-9零〇○一二三四五六七八九]{4}年|[^，。；：、！？\n0-9]{0,4}(?:[上去前当]年|年[初末底]|时期?|[年月]代))的?"
)
"""When a share was so much: 已由一九五二年的|27%."""
_SHARE = re.compile(
    "(?:而|但|其中|目前|第[一二三四五]是|[它其]的?)?(?!在)(?P<of>[^，。；：（）]{2,40}?)(?:在(?P<all>[^，。；：在]{2,16})中)?所?占?的?(?P<rate>比重|比例)，"
)
_OF = re.compile("的(?=产值|增加值|比重|收入|人数)")
_LEADS = re.compile("(?:今年|去年|全年|目前|其中|同时|此外|但|而|全[省市州县区乡镇村社]的?|我[省市州县区乡镇村]的?)+")
_TELLS = re.compile("[由从在对把将使让]|是|有(?!率)|占(?!比)|提高|增长|下降|增加|保持|完成|实现|达到")
"""The clause says something already."""
_FAR = 100
"""Characters before the clause of a number in which its indicator stands."""
_RATES = ("率", "比例", "比重", "占比", "强度")


def ahead(text: str, quantities: Sequence[Quantity], edges: Sequence[int], begins: Sequence[int]) -> dict[int, str]:
    """The indicators of numbers told far ahead of them; `edges` are where clauses begin, `begins` where sentences do."""
    out: dict[int, str] = {}
    for n, (quantity, edge, begin) in enumerate(zip(quantities, edges, begins, strict=True)):
        if edge - begin < 4 or text[edge - 1] != "，":
            continue
        if quantity.unit in _SHARES and _SINCE.fullmatch(text, edge, quantity.start):
            first = max(begin, edge - _FAR)
            at = max(text.rfind(mark, first, edge - 1) for mark in "，；：") + 1
            if share := _SHARE.fullmatch(text, at or first, edge):
                out[n] = _of_all(share)
            continue
        if not _REACHED.fullmatch(text, edge, quantity.start):
            continue
        first = text.rfind("；", max(begin, edge - _FAR), edge) + 1 or begin
        if edge - first > _FAR:
            continue
        match = _INDICATOR.match(text, first, edge)
        if match is None or _TELLS.search(match[1]):
            continue
        if (quantity.unit in _SHARES or quantity.rule in ("half", "fraction")) == match[1].endswith(_RATES):
            out[n] = _LEADS.sub("", match[1], 1) if _LEADS.match(match[1]) else match[1]
    return out


def _of_all(share: re.Match[str]) -> str:
    """The name of a share with what it is of: 轻工业产值在工农业总产值中所占的比重 is 轻工业产值占工农业总产值比重."""
    name = _OF.sub("", share["of"]).removesuffix("所占的").removesuffix("占")
    return f"{name}占{share['all']}{share['rate']}" if share["all"] else name + share["rate"]
