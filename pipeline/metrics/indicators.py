"""The known indicator that the name of a record means, where its unit can measure it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.language.each import of_each
from pipeline.language.names import Wordings, bare
from pipeline.records import Quantity
from pipeline.rules.schema import Indicator, MetricCue

_RATIOS = frozenset({"ratio", "ratio_point", "multiple"})
_PLACE = re.compile(
    r"(?!.*办理|全|各|每|新|所有|[省市县乡村]级|盘活|建成).{2,}(?:省|(?<!城)市|州|盟|县|旗|(?<![村乡])镇|(?<!城)乡|街道|(?<![政农])村)"
)
_LEAD = re.compile(
    r"组织(?=.*(?:(?<![协商工学])会|会议|党日|党课|活动|学习|演练|培训)$)"
    r"|(?:.{0,6}[市州县区旗乡镇村]|各|基层|机关)?(?:党支部|支部|党总支|党委|党组|党组织)(?=组织|召开|开展|举办|发展|培训)"
)
"""Who did it, or that it was organised, is no part of the name of what was held: 党支部召开|组织生活会, 组织|党小组会."""
_ADDED = ("新增", "净增", "增加")
_MONEY = frozenset({"money", "money_foreign", "money_per_person", "money_per_time", "money_per_person_time"})
_SUMS = frozenset({None, "count", "people", "money", "money_foreign", "area", "mass", "volume", "energy"})
"""Dimensions of what is summed up over a year or over members; of a length, an age or a rate 平均 tells nothing."""
_COUNTED = re.compile(
    r"(?:[、和]\d[\d.]*[万亿]?元?(?:以上)?)?的?(?!支持|扶持|用于|惠及|服务|帮助|带动|涉及|覆盖|推进|实施|完成|引进|促进|助力|奖励)[^，。；：、！？\d\n]{0,9}?"
    "(?:企业|公司|集团|项目|工程|安置[点区]|园区|基地|市场|楼宇|景区|商户|大户|农户|个体户|贫困户|村(?!民)|乡镇|镇|单位"
    "|合作社|农场|家庭|门店|学校|医院|产业|品牌|平台|机构|纳税人)"
    r"|(?:[且、]?(?:[高低大小少多]于|超过|不[足到满]|不超过)\d[\d.]*[万亿]?[一-龥]{1,3})?的[^，。；：、！？\d\n的]{0,6}?"
    "(?:人口|人员|人群|群众|居民|职工|农民|学生|老人|对象|个人|家庭|地块|农田|耕地|田块|贫困户|农户|脱贫户|[县乡镇村])"
    r"|的?(?:有|共|达)?\d[\d.,]*[多余]?(?:个(?![百千万亿]分)|[家户人名处座所项])"
)
"""What a bound is one of: 税收超千万元|的企业, 3000人以上|安置点."""
_MORE = re.compile("[余多]")
"""What makes no bound but a count of what follows: 800余户|个体户."""
_CLAUSE = 60
"""Characters before a number in which its clause begins."""


class Indicators:
    """The table of indicators by every written form."""

    def __init__(self, rows: Iterable[Indicator], cues: Iterable[MetricCue]) -> None:
        self._wordings = Wordings(cues)
        rows = tuple(rows)
        self._by_form = {bare(form): row for row in rows for form in row.written}
        self._by_growth = {bare(form): row for row in rows for form in row.growth}
        self.code = lru_cache(8192)(self._code)

    def _code(self, name: str, dimension: str | None, unit: str, change: str, subject: str = "") -> str | None:
        """The code of `name`, or None where no row has it or the unit measures something else.

        A share or rate of growth of an amount (`change` is no level, or the name speaks of growth) has the code of the
        amount; any other percentage of an amount is a quantity of its own and has none. A place in front that is the
        `subject` is no part of the name.
        """
        for text, grows in self._wordings.of(name):
            if dimension == "ratio" and (row := self._by_growth.get(text)) is not None:
                return row.id
            if (row := self._by_form.get(text)) is not None:
                return row.id if _measures(row.dimension, dimension, unit, grows or change != "level") else None
        if name.startswith(subject) and _PLACE.fullmatch(subject) and name != subject:
            return self._code(name[len(subject) :], dimension, unit, change)
        if change == "increase" and name.startswith(_ADDED):
            return self._code(name[len("新增") :], dimension, unit, change, subject)
        if lead := _LEAD.match(name):
            return self._code(name[lead.end() :], dimension, unit, change, subject)
        return None


def told_of_each(text: str, start: int, name: str, dimension: str | None) -> bool:
    """Whether the number at `start` is one of each month, branch …, so that it is no annual total of an indicator."""
    return dimension in _SUMS and of_each(text[max(0, start - _CLAUSE) : start], name)


def bounds_counted(text: str, quantity: Quantity) -> bool:
    """Whether a number only tells which things are counted, so that it measures no indicator: 税收过千万元|的企业9家."""
    if quantity.approx not in ("over", "under") and quantity.rule != "range":
        return False
    behind = _COUNTED.match(text, quantity.end)
    counts = _MORE.search(text, quantity.start, quantity.end) or (behind and behind[0].endswith(quantity.unit or "。"))
    return behind is not None and not counts


def _measures(wanted: str, dimension: str | None, unit: str, grows: bool) -> bool:
    """Whether a unit of `dimension` can measure a quantity whose level has the dimension `wanted`."""
    if dimension is None:
        return wanted in ("count", "people", "ratio") if not unit else wanted == "count"
    if dimension in _RATIOS:
        return grows or wanted == "ratio" or dimension == "multiple"
    return dimension == wanted or {dimension, wanted} <= _MONEY or wanted.startswith(f"{dimension}_per_")
