"""What the heads of a table's columns say: 2022年预算数（万元）, 完成预算%, 比上年增长%, 城关镇, 播种面积（亩）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.language.numerals import parse_number
from pipeline.metrics.quantities.units import UnitForm, UnitIndex
from pipeline.rules.schema import TableHead

_SPACE = re.compile(r"\s+")
_SCALES, _LONGEST = re.compile("[十百千万亿]{0,2}"), 5
_BRACKET = re.compile(r"[（(\[【〔](?:单位[：:])?(?P<unit>[^（()）]{1,7})[）)\]】〕]$")
_GROWN = re.compile(
    r"(?P<basis>同比|环比|[比较](?:上年|去年|上月|上季|同期|(?:19|20)\d\d年)(?:同期|同月|末)?)?(?:实际|名义)?(?:±|增长|增减|增幅|增速|升降|[+±][,/]?-?)(?:率|幅度?|速度)?(?P<unit>[（(]?[±+]?[%％][）)]?)?"
    r"|(?P<plain>同比|环比|[比较](?:上年|去年)(?:同期)?)(?:[±+]?(?P<rate>[（(]?[±+]?[%％][）)]?))?"
)
_SHARE = re.compile(
    r"(?:执行数?|决算数?|完成数?)?(?P<of>完成[年全]?[初年度]{0,2}(?:调整)?(?:预算|计划|目标|任务)|[为占](?:年初|年度|全年|调整)?(?:预算|计划|目标|任务))数?的?(?:比例|比重|百分比|进度|[率])?[（(]?[%％][）)]?"
    r"|(?P<rate>(?:预算|计划|目标|任务)?完成(?:比例|率|进度)|执行率|实现程度)(?:[（(]?[%％][）)]?)?"
    r"|(?P<part>占比|比重|所占比[重例]|占总量比重|构成)(?:[（(]?[%％][）)]?)?"
)
_TIME = (
    r"(?:(?P<year>(?:19|20)\d\d)(?:年度?)?|(?P<last>上年度?|去年)|(?P<this>本年度?|今年|当年|本期|报告期)|(?P<next>明年|下年度?))?(?P<same>同期)?"
    r"(?:(?P<months>1[-—－–~～至])?(?P<month>1[0-2]|[1-9])月份?|(?P<half>上半年)|(?P<quarters>前三季度)|(?P<quarter>一季度)|(?P<now>[本当]月)|(?P<begin>年初|期初)(?!预算|计划|目标|任务)|(?P<end>年[末底]|期末))?"
)
_ROLE = (
    r"(?:全年|年度|年初)?(?P<sofar>累计)?(?:年初|年度|(?P<adjusted>调整后?))?(?P<plan>预算|计划|预期目标|目标任务|规划目标|目标|任务|预期|规划)?(?P<done>执行|决算|实际完成|实际|完成|实绩|实现|发生|达到)?(?P<later>累计)?"
    r"(?:[（(]草案[）)])?"
)
_LEVEL = re.compile(_TIME + _ROLE + r"(?:总量|数量|数值|数额|金额|绝对[数值量]|总额|情况|数据|指标|[数值量额])?")
_MEASURE = re.compile(_TIME + r"(?P<noun>[一-龥A-Z]{2,12})")
_ORDERED, _DONE = re.compile("(?:年度|年初)?(?:计划|目标|预算)"), re.compile("(?:累计|实际|已)?(?:完成|到位|支付)")
_UNIT_LAST = re.compile("[）)]$")
_NOUN = re.compile("[一-龥]{3,10}")
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_TIMES_IN_HEADS = re.compile(r"(?:19|20)\d\d(?:年度?)?|\d{0,2}[-—－–~～至]?\d{1,2}月份?")


NAMED = ("things", "places", "years")
"""What may name the rows of a table."""

Unit = tuple[UnitForm, Decimal]
"""A unit and how many of it: 万元."""


class Column(NamedTuple):
    """What the head of a column says."""

    kind: str  # serial, things, places, years, units, beside, level, measure, growth, share, part, other
    year: int | None = None
    shift: int | None = None  # of the year told, where it is told as 上年, 本年
    when: str = ""  # the part of the year, and what else dates it: months, month, half, now, end …
    month: int = 0
    planned: bool | None = None
    unit: Unit | None = None
    words: str = ""  # the measure, the town, the basis of growth, or of what it is a share


class TableHeads:
    """Reads the heads of columns, by the rows of ``table_heads.toml`` and the units that stand in them."""

    def __init__(self, rows: Iterable[TableHead], units: UnitIndex) -> None:
        self._units = units
        patterns: dict[str, list[str]] = {}
        for row in rows:
            patterns.setdefault(row.kind, []).append(row.pattern)
        self._patterns = {kind: re.compile("|".join(patterns[kind])) for kind in patterns}

    def says(self, kind: str, cell: str) -> bool:
        """Whether a head is one of a kind.

        >>> from pipeline.rules import Rules
        >>> heads = TableHeads(Rules().table(TableHead), UnitIndex(()))
        >>> heads.says("beside", "责任单位"), heads.says("places", "乡镇")
        (True, True)
        """
        return self._patterns[kind].fullmatch(cell) is not None

    def is_town(self, cell: str) -> bool:
        """Whether it names a place or unit whose numbers stand below."""
        return self.says("town", cell) and not self.says("no_town", cell)

    def unit_of(self, written: str) -> Unit | None:
        """The unit and scale of 万元, 千公顷, 万千瓦时, %; None where it is more or less than a unit."""
        scales = _SCALES.match(written)
        for far in range(scales.end() if scales else 0, -1, -1):
            scale, name = written[:far], written[far:]
            unit = self._units.at(name, 0) if 0 < len(name) <= _LONGEST else None
            if unit is not None and unit.length == len(name):
                return unit, parse_number(f"1{scale}" if scale[:1] in ("万", "亿") else scale) or Decimal(1)
        return None

    def bracketed_unit(self, cell: str) -> tuple[str, Unit | None]:
        """A cell without the bracket that tells its unit, and the unit: 地区生产总值（亿元）."""
        found = _BRACKET.search(cell)
        unit = self.unit_of(found["unit"]) if found else None
        return (cell[: found.start()], unit) if found and unit else (cell, None)

    def may_head(self, cells: Sequence[str]) -> bool:
        """Whether cells are those of a head: words and times alone."""
        words = [cell for cell in cells if cell]
        if len(words) < 2 or any(re.search(r"[，。；;！]", cell) for cell in words):
            return False
        if any(re.search(r"\d", _TIMES_IN_HEADS.sub("", cell)) for cell in words):
            return False
        first = next((cell for cell in cells if cell and not self.says("serial", cell)), "")
        alone = any(re.fullmatch(r"(?:19|20)\d\d", cell) for cell in words)
        return not alone or not cells[0] or any(self.says(kind, first) for kind in NAMED)

    def column_of(self, cell: str, first: bool) -> Column:
        """What the head of a column says; `first` tells that no other but that of serial numbers stands before it."""
        if self.says("serial", cell):
            return Column("serial")
        if self.says("things" if first else "half", cell):
            return Column("things")
        if first and self.says("no_things", cell):
            return Column("other")
        for kind in ("places", "years", "units") if first else ("units",):
            if self.says(kind, cell):
                return Column(kind)
        if grown := _GROWN.fullmatch(cell):
            percent = self.unit_of("%") if grown["unit"] or grown["rate"] else None
            return Column("growth", unit=percent, words=grown["basis"] or grown["plain"] or "")
        if share := _SHARE.fullmatch(cell):
            percent = self.unit_of("%") if re.search("[%％]", cell) else None
            said = share["of"] + "比例" if share["of"] else share["rate"] or "占比"
            return Column("part" if share["part"] else "share", unit=percent, words=said)
        if not cell or self.says("beside", cell):
            return Column("beside")
        words, unit = self.bracketed_unit(cell)
        if level := _LEVEL.fullmatch(words):
            return _level_of(level, unit)
        if self.is_town(words) or self.says("sort", words):
            return Column("level", unit=unit, words=words)
        measure = _MEASURE.fullmatch(words)
        if measure and unit and not self.says("no_measure", measure["noun"]):
            timed = _level_of(measure, unit)
            noun = measure["noun"]
            planned = True if _ORDERED.match(noun) else False if _DONE.match(noun) else None
            return timed._replace(kind="measure", words=noun, planned=planned)
        return Column("things" if first and not re.search(r"[\d（(]", cell) else "other")

    def measure_of(self, cell: str, one: Column) -> Column:
        """A head that is but a noun as a measure, where a line above tells the unit of all: 税收收入."""
        if one.kind != "other" or not _NOUN.fullmatch(cell) or self.says("no_measure", cell):
            return one
        planned = True if _ORDERED.match(cell) else False if _DONE.match(cell) else None
        return one._replace(kind="measure", words=cell, planned=planned)


def bare(cell: str) -> str:
    """What a cell holds without white space: 项 目."""
    return _SPACE.sub("", cell)


def joined(upper: Sequence[str], lower: Sequence[str]) -> list[str] | None:
    """Two rows of a head as one: 2022年 over 预算数 and 执行数, whose second has nothing above it.

    None where the second does not stand below just the cells of the first that go on over several columns, be it that
    the empty cell at its head was lost.
    """
    for lost in ([], [""], ["", ""]):
        below = [*lost, *lower]
        wide = max(len(upper), len(below))
        above, below = ([*row, *[""] * (wide - len(row))] for row in (upper, below))
        over = [top != "" and at + 1 < wide and above[at + 1] == "" for at, top in enumerate(above)]
        if any(over) and all(
            (word != "") == (top == "" or goes) for word, top, goes in zip(below, above, over, strict=True)
        ):
            out, last = [], ""
            for top, word in zip(above, below, strict=True):
                last = top or last
                before = _UNIT_LAST.search(last) is not None  # 在校生（人） over 2022年
                out.append((word + last if before else last + word) if word else top)
            return out
    return None


def _level_of(found: re.Match[str], unit: Unit | None) -> Column:
    """A column of levels with its time, and whether it is planned: of 预算执行数 it is not, 计划完成 nobody can tell."""
    said = found.groupdict()
    shift = next((far for name, far in (("last", -1), ("this", 0), ("next", 1)) if said[name]), None)
    whens = ("months", "month", "half", "quarters", "quarter", "now", "begin", "end")
    when = next((name for name in whens if said[name]), "same" if said["same"] else "")
    if said.get("sofar") or said.get("later"):
        when = when or "sofar"
    when = when or ("adjusted" if said.get("adjusted") else "")
    plan, done = said.get("plan"), said.get("done")
    if plan and done and (plan, done) != ("预算", "执行") and done != "决算" and plan != "预算":
        return Column("other")
    planned = False if done else True if plan else None
    year = int(said["year"]) if said["year"] else None
    return Column("level", year, shift, when, int(said["month"] or 0), planned, unit)


def is_year(cell: str) -> int | None:
    """The year that a cell tells alone."""
    return int(cell[:4]) if _YEAR_ALONE.fullmatch(cell) else None
