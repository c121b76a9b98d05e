"""Tables whose head is understood as a whole: what each number of a row is named, of whom it is said, and when.

│项目│2022年决算数│2023年预算数│增长%│, │乡镇│耕地面积（亩）│, │项目│城关镇│白水镇│. A number of which a column or a row leaves open
what it is has no cell here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.metrics.quantities.table_heads import NAMED, Column, TableHeads, Unit
from pipeline.metrics.quantities.units import UnitForm

_AHEAD = re.compile("规划|计划|纲要|方案|目标|打算|安排|预算")
_ORDER = re.compile("计划|目标|任务分解|预算|安排")
_TURNED_OUT = re.compile("执行|完成|决算|情况|实绩|统计")
_TWELVE = re.compile(r"((?:19|20)\d\d)年(?:1[-—－–~～至])?(1[0-2]|[1-9])月")
_SORTS = re.compile("类别|分类|领域")
_YEAR_SAID = re.compile("(?:19|20)[0-9]{2}|[一二三四五六七八九十]五")
NO_MONEY = re.compile(r"(?:率|比重|占比|系数|指数|人[数口]|户数|面积|产量|[个家项件]数|数量)$")
"""Names of what is told in no money, whatever stands above the table."""
_EACH_YEAR = re.compile("(?:19|20)[0-9]{2}")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_TITLE = 60
SHORT = 40  # characters of a title of a table, at most


class Cell(NamedTuple):
    """A number in a column of growth, of which `percent` tells that the head says its unit; or one in the `unit` told.

    Where the table is understood as a whole, with its name and all else that the table tells of it.
    """

    start: int
    end: int
    percent: bool
    unit: UnitForm | None = None
    scale: Decimal = Decimal(1)
    kind: str = ""
    name: str = ""
    subject: str = ""
    period: str | None = None  # "" where none is told, None where the text may tell it
    planned: bool | None = None
    basis: str = ""
    whole: int = -1  # where the number begins that it is a part of


class Report(NamedTuple):
    """The year that a report is on, and its title."""

    covered: int | None
    title: str

    def planned(self, year: int) -> bool | None:
        """Whether what a table tells of a year was still to come, None where that is not sure."""
        if self.covered is None:
            return None
        if year == self.covered:
            return None if _AHEAD.search(self.title) else False
        if year > self.covered and not _YEAR_SAID.search(self.title):
            return None if _AHEAD.search(self.title) else False  # the year is but the one that the text tells first
        return year > self.covered


class Table(NamedTuple):
    """The head of a table, and what is known of the times in it."""

    columns: Sequence[Column]
    key: str  # what its rows are: things, places or years
    keys: Sequence[int]  # for each column the one that names its rows
    times: Sequence[str | None]
    planned: Sequence[bool | None]
    bases: Sequence[int]  # for each column of growth or shares the one that it is of, or -1
    parts: set[int]  # the columns whose last name was that of a part
    last: dict[int, int]  # where the number of the last whole row stands, column by column
    named: dict[int, str]  # the name of that row, by the column that has it
    units: dict[int, Unit]  # the unit that its row tells
    report: Report
    unit: Unit | None = None  # that a line or heading above tells

    def forget(self, key: int | None = None, name: str = "") -> None:
        """Go on to another row of which those that follow may be parts, in all columns that one column names."""
        for at in [at for at in self.last if key is None or self.keys[at] == key]:
            del self.last[at]
        for at in list(self.units) if key is None else (key,):
            self.units.pop(at, None)
        self.parts.difference_update(self.keys if key is None else (key,))
        self.named.update(dict.fromkeys(self.named if key is None else (key,), name))

    def before(self, base: int) -> str:
        """What growth is measured against where the table has two years side by side: 比2022年."""
        years = [time for time in self.times if time]
        year = self.times[base] or ""
        alone = len(years) == len(set(years)) == 2 and all(len(time) == 4 for time in years)
        return f"比{min(years)}年" if alone and int(min(years)) == int(year or 0) - 1 else ""


def table_of(
    head: Sequence[str], above: Sequence[str], text: str, report: Report, heads: TableHeads, unit: Unit | None
) -> Table | None:
    """A table by its head, None where it is not understood; `above` are the lines over it, the nearest first.

    `unit` is the one that a line or heading above tells.

    Of what is told of places nobody knows what it is where no head says it: such a table tells of no number.
    """
    columns = _columns(head, heads)
    keys = _keys(columns)
    if keys is None:
        return None
    titles = [line for line in above if 2 < len(line) <= SHORT and "。" not in line and "：" not in line[-1:]]
    year, planned = _title(titles, text, report.covered)
    month = next((found for line in (*titles, text[:_TITLE]) if (found := _TWELVE.search(line))), None)
    times = _times(columns, year, month)
    plans = [_planned(one, time, report, planned) for one, time in zip(columns, times, strict=True)]
    key = columns[next(at for at in keys if at >= 0)].kind
    if key != "things" and unit is not None:
        nouns = [cell for cell in head if not (in_money(unit) and NO_MONEY.search(cell))]
        columns = [
            heads.measure_of(cell, one) if cell in nouns else one for cell, one in zip(head, columns, strict=True)
        ]
        plans = [one.planned if one.kind == "measure" else plan for one, plan in zip(columns, plans, strict=True)]
    columns, plans = _without_adjusted(columns, keys, times, plans)
    if not _is_sure(columns, key, keys, times, plans, month is not None):
        if key != "places":
            return None
        columns = [one if one.kind in NAMED else Column("beside") for one in columns]
    bases = [
        _base(at, columns, keys, times, plans) if one.kind in ("growth", "share", "part") else -1
        for at, one in enumerate(columns)
    ]
    return Table(columns, key, keys, times, plans, bases, set(), {}, {}, {}, report, unit)


def in_money(unit: Unit | None) -> bool:
    """Whether a unit is one of money."""
    return unit is not None and unit[0].said.endswith("元")


def _is_sure(
    columns: Sequence[Column],
    key: str,
    keys: Sequence[int],
    times: Sequence[str | None],
    plans: Sequence[bool | None],
    dated: bool,
) -> bool:
    """Whether each column of numbers says what it is, and no two say the same; `dated` tells that the month is known."""
    valued = [at for at, one in enumerate(columns) if one.kind in ("level", "measure")]
    towns = [at for at in valued if columns[at].kind == "level" and columns[at].words]
    if not valued or (key != "things" and any(columns[at].kind == "level" for at in valued)):
        return False
    if (towns and (len(towns) < 2 or towns != valued)) or any(columns[at].when == "now" and not dated for at in valued):
        return False
    said = {(keys[at], columns[at].words, times[at], plans[at]) for at in valued}
    if len(said) < len(valued):
        return False
    undated = [at for at in valued if not columns[at].words and times[at] is None and plans[at] is None]
    others = any(one.kind == "other" for one in columns)
    return not undated or not (others or len({keys[at] for at in valued}) < len(valued))


def _without_adjusted(
    columns: Sequence[Column], keys: Sequence[int], times: Sequence[str | None], plans: Sequence[bool | None]
) -> tuple[list[Column], list[bool | None]]:
    """The columns without budgets that were adjusted, where what they were at first stands beside them."""
    kept, out = list(columns), list(plans)
    first: dict[tuple[int, str, str | None], int] = {}
    planned = [at for at, plan in enumerate(plans) if plan]
    for at in sorted(planned, key=lambda at: columns[at].when == "adjusted"):
        if first.setdefault((keys[at], columns[at].words, times[at]), at) != at:
            kept[at], out[at] = Column("beside"), None
    return kept, out


def _columns(head: Sequence[str], heads: TableHeads) -> list[Column]:
    """What the heads of the columns say; the first that says nothing else names the rows."""
    out: list[Column] = []
    for cell in head:
        first = all(one.kind in ("serial", "beside") for one in out)
        one = heads.column_of(cell, first)
        out.append(Column("things") if first and one.kind == "beside" and not cell else one)
    if not any(one.kind in NAMED for one in out):
        at = next((at for at, cell in enumerate(head[:2]) if _SORTS.fullmatch(cell)), None)
        return out if at is None else [*out[:at], Column("things"), *out[at + 1 :]]
    return out


def _keys(columns: Sequence[Column]) -> list[int] | None:
    """For each column the one that names its rows, -1 where none does; None where that is not sure.

    Two of them stand beside each other only where a table has two halves: 收入项目│预算数│支出项目│预算数.
    """
    out, key = [], -1
    for at, one in enumerate(columns):
        if one.kind in NAMED:
            if at and columns[at - 1].kind in NAMED:
                return None
            key = at
        out.append(key if one.kind not in NAMED else -1)
    kinds = {one.kind for one in columns if one.kind in NAMED}
    return out if len(kinds) == 1 and any(at >= 0 for at in out) else None


def _title(titles: Sequence[str], text: str, covered: int | None) -> tuple[int | None, bool]:
    """The year that a table is on by its title, or else the report; and whether the title calls it a plan."""
    for line in titles:
        if _YEAR.search(line) or _ORDER.search(line):
            years = set(map(int, _YEAR.findall(line)))
            plan = _ORDER.search(line) is not None and not _TURNED_OUT.search(line)
            if years:
                return (years.pop() if len(years) == 1 else None), plan
            return covered, plan
    years = set(_YEAR.findall(text[:_TITLE]))
    return (covered if len(years) < 2 else None), False


def _times(columns: Sequence[Column], year: int | None, month: re.Match[str] | None) -> list[str | None]:
    """When the numbers of each column hold; 上年同期 is a year before what stands on its left."""
    out: list[str | None] = []
    for at, one in enumerate(columns):
        beside = out[at - 1] if at and one.when == "same" and columns[at - 1].planned is not True else None
        before = _EACH_YEAR.sub(lambda found: str(int(found[0]) - 1), beside) if beside else None
        out.append(before or _time(one, year, month))
    return out


def _time(one: Column, year: int | None, month: re.Match[str] | None) -> str | None:
    """When the numbers of a column hold: "" where nobody could tell, None where the head says nothing of it."""
    told = one.year
    if told is None and (one.shift is not None or one.when or one.planned is not None):
        if year is None:
            return "" if one.shift is not None or one.when else None
        told = year + (one.shift or 0)
    if told is None:
        return None
    if one.when == "months":
        return f"{told}-01/{told}-{one.month:02}"
    if one.when == "month":
        return f"{told}-{one.month:02}"
    if one.when in ("now", "sofar", "same"):
        return _of_months(one, told, month)
    plain = {"half": f"{told}-H1", "quarter": f"{told}-Q1", "quarters": f"{told}-01/{told}-09", "begin": ""}
    return plain.get(one.when, str(told))


def _of_months(one: Column, told: int, month: re.Match[str] | None) -> str | None:
    """The time of 本月, 累计 and 上年同期, by the months that the title tells."""
    if month is None:
        return str(told) if one.when == "sofar" and one.year else ""
    if one.when == "now":
        return f"{told}-{int(month[2]):02}"
    return f"{told}-01/{told}-{int(month[2]):02}"


def _planned(one: Column, time: str | None, report: Report, titled: bool) -> bool | None:
    """Whether the numbers of a column are planned, None where the head does not say it."""
    if one.planned is not None or one.kind not in ("level", "measure"):
        return one.planned
    if titled and one.shift in (None, 0) and one.year is None and time != "":
        return True
    by_year = report.planned(int(time[:4])) if time else None
    return None if titled and by_year is False and time and int(time[:4]) == report.covered else by_year


def _base(
    at: int, columns: Sequence[Column], keys: Sequence[int], times: Sequence[str | None], plans: Sequence[bool | None]
) -> int:
    """The column of which a growth or share tells: the latest on its left, of one year what was done; -1 where it is not sure."""
    left = [n for n in range(at) if keys[n] == keys[at] and columns[n].kind in ("level", "measure")]
    if not left or columns[left[-1]].kind == "measure":
        return left[-1] if left else -1
    last = max(((times[n] or "")[:4] for n in left), default="")
    latest = [n for n in left if (times[n] or "")[:4] in (last, "")]
    if columns[at].kind == "growth" and columns[latest[-1]].shift == -1:
        return -1
    if columns[at].kind == "share":
        done = [n for n in latest if plans[n] is False] or [n for n in latest if not plans[n]]
        return done[-1] if done else -1
    if len(latest) > 1 and len({plans[n] for n in latest}) > 1:
        done = [n for n in latest if plans[n] is False]
        return done[-1] if len(done) == 1 and columns[at].kind == "growth" else -1
    return latest[-1]
