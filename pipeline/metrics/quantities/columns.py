"""Columns of growth in tables of plain text, told by their head: │产量│比上年增长%│ over │90.7万吨│-0.8│."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.language.widths import among, places_of
from pipeline.metrics.quantities.units import UnitIndex
from pipeline.records import Quantity

GROWTH = "growth_told"
_BARS = "|｜│┃┆┊\t"
_IS_BAR = among(_BARS)
_PER_CENT = re.compile(r"\n(?<=[%％）)]\n)(?:(?<=[%％]\n)|(?<=[%％][）)]\n))")
_APART = re.compile(rf"[{_BARS}]|[ \u3000]{{3}}")
_CELL = re.compile(rf"[^\s{_BARS}]+(?:[ \u3000]{{1,2}}[^\s{_BARS}]+)*")
_WORD = re.compile(r"\S+")
"""What stands in a cell between bars or wide gaps, and where one blank is the gap."""
_RULED = re.compile(r"[\s─-╿|｜+:=—–-]*$")
_GROWN = re.compile(
    r"(?:同比|环比|[比较](?:上年|去年|上月|上季|同期|(?:19|20)\d\d年)(?:同期|同月)?)?[ \u3000]?(?:增长|增减|增幅|增速|升降|[+±][,/]?-?)(?:率|幅度?|速度)?"
    r"[ \u3000]?(?P<unit>[（(]?[%％][）)]?)?|(?:同比|环比|[比较](?:上年|去年)(?:同期)?)[ \u3000]?[±+]?(?P<plain>[（(]?[%％][）)]?)"
)
_NUMBER = re.compile(r"[-－−–+]?[0-9]{1,6}(?:\.[0-9]{1,4})?[%％]?")
_NEGATIVE = frozenset("-－−–")
_SAYS = re.compile("[，。；,;]")
_MOST = 12  # cells of a head


class Cell(NamedTuple):
    """A number in a column of growth; `percent` tells that the head says its unit."""

    start: int
    end: int
    percent: bool


def growth_told(text: str) -> list[Cell]:
    """The numbers that stand in columns of growth, in order."""
    if _PER_CENT.search(text) is None and not places_of(text, _IS_BAR):
        return []
    cells: list[Cell] = []
    head: list[re.Match[str] | None] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and not _RULED.match(line):
            row = _cells(text, start, end)
            growth = [_GROWN.fullmatch(text, *one) for one in row] if 1 < len(row) <= _MOST else []
            if any(growth):
                head = growth if not _SAYS.search(line) else []
            elif head and (found := _of_row(text, row, head)) is not None:
                cells += found
            else:
                head = []
        start = end + 1
    return cells


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the cells of a line stand."""
    apart = _APART.search(text, start, end) is not None
    return [found.span() for found in (_CELL if apart else _WORD).finditer(text, start, end)]


def _of_row(text: str, row: Sequence[tuple[int, int]], head: Sequence[re.Match[str] | None]) -> list[Cell] | None:
    """The numbers of a row below columns of growth, none where it has no such row's cells; its first may have no head."""
    if not len(head) <= len(row) <= len(head) + 1:
        return None
    below = row[len(row) - len(head) :]
    return [
        Cell(*place, bool(growth["unit"] or growth["plain"]))
        for place, growth in zip(below, head, strict=True)
        if growth is not None and _NUMBER.fullmatch(text, *place)
    ]


def with_growth_told(text: str, quantity: Quantity, cells: Sequence[Cell], units: UnitIndex) -> Quantity:
    """A number in a column of growth as so many per cent of growth: -0.8 under 比上年增长%; any other as it is."""
    at = bisect_right(cells, (quantity.start + 1,)) - 1
    cell = cells[at] if at >= 0 else None
    if cell is None or quantity.start >= cell.end or quantity.value is None:
        return quantity
    if quantity.unit == "%" and quantity.end == cell.end:
        return quantity._replace(rule=GROWTH)
    unit = units.at("%", 0)
    over = text[cell.end : cell.end + 1] == "\n"  # what begins the next row is no unit: 3.0⏎|轮胎
    if (quantity.unit and not (over and quantity.end > cell.end)) or not cell.percent or unit is None:
        return quantity
    value = -abs(quantity.value) if text[cell.start] in _NEGATIVE else quantity.value
    return Quantity(cell.start, cell.end, value, None, None, unit.said, "exact", unit.id, False, GROWTH)
