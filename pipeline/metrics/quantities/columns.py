"""Columns of tables, told by their head: │产量│比上年增长%│ over │90.7万吨│-0.8│, │指标│单位│数值│ over │粮食产量│吨│36800│."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from pipeline.language.widths import among, places_of
from pipeline.metrics.quantities.declared import Told, told_at
from pipeline.metrics.quantities.table_heads import TableHeads
from pipeline.metrics.quantities.table_rows import AMOUNT, BARS, SUM, UNSAID, WORD, Tables
from pipeline.metrics.quantities.tables import Cell, Report
from pipeline.metrics.quantities.units import UnitIndex
from pipeline.records import Quantity

GROWTH, LEVEL = "growth_told", "unit_told"
_IS_BAR = among(BARS)
_PER_CENT = re.compile(r"\n(?<=[%％）)]\n)(?:(?<=[%％]\n)|(?<=[%％][）)]\n))")
_APART = re.compile(rf"[{BARS}]|[ \u3000]{{3}}")
_GAPS = re.compile(r"(?<=\S)[ \u3000]{3,}[^\s。，]{1,20}[ \u3000]{3,}(?=\S)")
"""Wide gaps around a cell of a table of plain text."""
_UNITS_NEAR = ("单位 ", "单位\u3000", "） ", "）\u3000")
_UNITS_HEAD = re.compile(
    r"(?:^|\n)[ \u3000]*[^\s，。]{2,8}[ \u3000]+(?:单位[ \u3000]+\S|[^\s，。（]{2,8}（[^\s（）]{1,5}）[ \u3000]+\S+）)"
)
"""The head of a table whose cells one blank parts."""
_CELL = re.compile(rf"[^\s{BARS}]+(?:[ \u3000]{{1,2}}[^\s{BARS}]+)*")
"""What stands in a cell between bars or wide gaps."""
_RULED = re.compile(r"[\s─-╿|｜+:：=—–-]*$")
_GROWN = re.compile(
    r"(?:同比|环比|[比较](?:上年|去年|上月|上季|同期|(?:19|20)\d\d年)(?:同期|同月)?)?[ \u3000]?(?:增长|增减|增幅|增速|升降|[+±][,/]?-?)(?:率|幅度?|速度)?"
    r"[ \u3000]?(?P<unit>[（(]?[%％][）)]?)?|(?:同比|环比|[比较](?:上年|去年)(?:同期)?)[ \u3000]?[±+]?(?P<plain>[（(]?[%％][）)]?)"
)
_LEVEL = re.compile(
    r"(?P<year>(?:19|20)\d\d年)?[ \u3000]?(?:全年|累计|本年|本期|当年|年末|年底)?(?:累计)?(?:实际|实绩)?(?:完成|发生|达到)?"
    r"(?:总量|数量|数值|数额|金额|绝对[数值量]|总额|合计|情况|[数值量额])?[（(]?(?:单位[：:])?(?P<unit>(?<=[（(：:])[^（）()：:]{1,6}[）)]?)?"
)
"""The head of what a thing came to, with its unit or without: 完成数（万元）, 2022年, 绝对量. None of a plan, nor of a year before."""
_UNITS = re.compile(r"(?:计量)?单[ \u3000]{0,2}位")
_BESIDE = re.compile(r"备[ \u3000]?注|说明|位次|排[名位]|名次")
"""Heads of columns that may stand beside those."""
_TITLE = 60  # characters in which the year of a report stands
_NUMBER = re.compile(r"[-－−–+]?[0-9]{1,6}(?:\.[0-9]{1,4})?[%％]?")
_DIGIT = re.compile("[0-9]")
_NEGATIVE = frozenset("-－−–")
_SAYS = re.compile("[，。；,;]")
_MOST = 12  # cells of a head


class Head(NamedTuple):
    """What the head of a table says of its columns: those of growth, the one of levels, and the one of their units."""

    growth: Sequence[re.Match[str] | None]
    level: re.Match[str] | None = None
    units: int | None = None


def columns_told(text: str, heads: TableHeads, told: Sequence[Told], report: Report) -> list[Cell]:
    """The numbers that stand in columns of which the head says what they are, in order."""
    gaps = ("   " in text or "\u3000\u3000\u3000" in text) and _GAPS.search(text)
    gaps = gaps or (_UNITS_HEAD.search(text) if any(sign in text for sign in _UNITS_NEAR) else None)
    if not gaps and _PER_CENT.search(text) is None and not places_of(text, _IS_BAR):
        return []
    cells: list[Cell] = []
    tables = Tables(text, heads, told, report)
    head: Head | None = None
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and not _RULED.match(line):
            if (whole := tables.read(start, end)) is not None:
                cells += whole
                head = None
            else:
                head = _read(text, start, end, head, cells, heads, told)
        start = end + 1
    return cells


def _read(
    text: str, start: int, end: int, head: Head | None, cells: list[Cell], heads: TableHeads, told: Sequence[Told]
) -> Head | None:
    """Read a line below a head into `cells`, or as a head; gives the head that stands above the next line."""
    row = _cells(text, start, end)
    new = _head(text, row) if 1 < len(row) <= _MOST else None
    if new is not None:
        return new if not _SAYS.search(text, start, end) else None
    if head and (found := _of_row(text, row, head)) is not None:
        if head.level and (level := _level(text, row, head, heads, told)):
            cells.append(level)
        cells += found
        return head
    return None


def _head(text: str, row: Sequence[tuple[int, int]]) -> Head | None:
    """What a line says as the head of a table; None where it is none.

    The column of levels is the first one beside the names, but for their units, and the only one of numbers that are no
    growth: of two nobody could tell which is this year's.
    """
    growth = [_GROWN.fullmatch(text, *one) for one in row]
    units = next((n for n, one in enumerate(row[:2]) if n and _UNITS.fullmatch(text, *one)), None)
    at = 1 if units is None else 2
    level = _LEVEL.fullmatch(text, *row[at]) if at < len(row) and not growth[at] else None
    others = (n for n in range(at + 1, len(row)) if not growth[n] and not _BESIDE.fullmatch(text, *row[n]))
    if level and (any(others) or any(growth[:at]) or (level["year"] and level["year"] not in text[:_TITLE])):
        level = None
    return Head(growth, level, units) if level or any(growth) else None


def _level(
    text: str, row: Sequence[tuple[int, int]], head: Head, heads: TableHeads, told: Sequence[Told]
) -> Cell | None:
    """The number of a row in the column of levels, in the unit of the head, of the row or of the line above the table."""
    assert head.level is not None
    if len(row) != len(head.growth) or SUM.fullmatch(text, *row[0]):
        return None
    at = 1 if head.units is None else 2
    start, end = row[at]
    if not AMOUNT.fullmatch(text, start, end):
        return None
    place = head.level.span("unit") if head.level["unit"] else row[head.units] if head.units is not None else None
    if place is None:
        above = told_at(told, start)
        return Cell(start, end, False, above.unit, above.scale) if above else None
    unit = heads.unit_of(text[slice(*place)].rstrip("）)"))
    return Cell(start, end, False, *unit) if unit else None


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the cells of a line stand."""
    apart = _APART.search(text, start, end) is not None
    return [found.span() for found in (_CELL if apart else WORD).finditer(text, start, end)]


def _of_row(text: str, row: Sequence[tuple[int, int]], head: Head) -> list[Cell] | None:
    """The numbers of a row below columns of growth, none where it has no such row's cells; its first may have no head.

    A row of words alone is the head of another table.
    """
    columns = head.growth
    if not len(columns) <= len(row) <= len(columns) + 1 or not any(_DIGIT.search(text, *one) for one in row[1:]):
        return None
    if SUM.fullmatch(text, *row[0]):
        return []
    below = row[len(row) - len(columns) :]
    return [
        Cell(*place, bool(growth["unit"] or growth["plain"]))
        for place, growth in zip(below, columns, strict=True)
        if growth is not None and _NUMBER.fullmatch(text, *place)
    ]


def with_cells(quantities: Iterable[Quantity], cells: Sequence[Cell]) -> Iterable[Quantity]:
    """Quantities, and numbers in columns that are none elsewhere: 2015 under 完成数（亩）."""
    if not any(cell.name for cell in cells):
        return quantities
    found = list(quantities)
    starts = {one.start for one in found}
    bare = [cell for cell in cells if cell.name and cell.unit is not None and cell.start not in starts]
    missed = [Quantity(cell.start, cell.end, 0.0, None, None, "", "exact", "", False, LEVEL) for cell in bare]
    return sorted(found + missed, key=attrgetter("start"))


def with_column_told(text: str, quantity: Quantity, cells: Sequence[Cell], units: UnitIndex) -> Quantity | None:
    """A number in a column of growth as so many per cent of growth: -0.8 under 比上年增长%; any other as it is.

    None where a table leaves open what a number is.

    One in a column of levels as so much of the unit that is told: 92360 under 完成数（万元） as 923,600,000元.
    """
    at = bisect_right(cells, (quantity.start + 1,)) - 1
    cell = cells[at] if at >= 0 else None
    if cell is None or quantity.start >= cell.end or quantity.value is None:
        return quantity
    if cell.unit is not None:
        value = float(Decimal(text[cell.start : cell.end].replace(",", "")) * cell.scale)
        return Quantity(cell.start, cell.end, value, None, None, cell.unit.said, "exact", cell.unit.id, False, LEVEL)
    if cell.kind not in ("", "growth"):
        return None if cell.kind == UNSAID and not quantity.unit else quantity
    if quantity.unit == "%" and quantity.end == cell.end:
        return quantity._replace(rule=GROWTH)
    unit = units.at("%", 0)
    over = text[cell.end : cell.end + 1] == "\n"  # what begins the next row is no unit: 3.0⏎|轮胎
    if (quantity.unit and not (over and quantity.end > cell.end)) or not cell.percent or unit is None:
        return quantity
    value = -abs(quantity.value) if text[cell.start] in _NEGATIVE else quantity.value
    return Quantity(cell.start, cell.end, value, None, None, unit.said, "exact", unit.id, False, GROWTH)
