"""Rows of tables whose head is understood: 其中：增值税│120│135│12.5."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.metrics.quantities.declared import Told, told_at
from pipeline.metrics.quantities.table_heads import (
    Column,
    TableHeads,
    Unit,
    bare,
    is_year,
    joined,
)
from pipeline.metrics.quantities.tables import NO_MONEY, SHORT, Cell, Report, Table, in_money, table_of

AMOUNT = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,4})?|[0-9]{1,10}(?:\.[0-9]{1,4})?")
SUM = re.compile(r"(?:合|总|小|共|累)[ \u3000]{0,2}计|总[ \u3000]{0,2}数|其[ \u3000]{0,2}[他它余]")
"""Names of rows that tell not of what they are the sum, or the rest."""
_RATE = re.compile(r"[-－−–+]?[0-9][0-9,]{0,9}(?:\.[0-9]{1,4})?[%％]?")
_WITH_UNIT = re.compile(r"[约近超]?[0-9][0-9,.]*[十百千万亿]{0,2}[^\d\s,.，。；、+\-—－–~～±]{1,6}")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[、.．)）](?!\d)|[（(][0-9]{1,2}[）)]|[①-⑳])"
)
_PART = re.compile(r"其中[：:]?|[#＃]")
_MARKED = re.compile(r"(?:[*＊①-⑳]|[〔\[【（(](?:注?[0-9]{1,2}|注)[〕\]】）)])+$")
_NAME = re.compile(r"(?=.*[一-龥]{2}|[A-Z]{3})[一-龥A-Za-z0-9“”\"（）()、·.—\-/+]{2,28}")
_VAGUE = re.compile(
    r"(?:数量|面积|产量|总产量?|单产|产值|金额|人数|户数|人口|收入|支出|价格|规模|数额|总额|总量|结余|其[他它余].*|.*[：:]|其他)"
)
"""Names of rows that tell a measure, and not of what."""
_SECTOR = re.compile("第[一二三]产业|[一二三]产")
_LONG = 14  # characters of a thing of which a column tells a measure: 小麦 under 播种面积（亩）
BARS = "|｜│┃┆┊\t"
"""What parts the cells of a line."""
_BAR = re.compile(f"[{BARS}]")
_GAP = re.compile(r"[ \u3000]{3}")
_GAPPED = re.compile(r"\S+(?:[ \u3000]{1,2}\S+)*")
WORD = re.compile(r"\S+")
"""What stands in a cell where one blank is the gap."""
_GROUP = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^\d，。；]{2,14}|其中[：:]?"
)
"""A row that heads those that follow: 一、经济发展."""
_MOST = 14
_SAYS = re.compile("[，。；！]")
_WORDS = re.compile("[一-龥]{2}")
_COUNT = re.compile("人次|[例人户次件个家台张]数$")
"""Names of rows whose numbers need no unit where they are written as amounts: 手术例数│7,800."""
_ALL = re.compile("(?<=^全[国省市州县区镇乡村])(?:合|总|小)计$")
_PRODUCT = re.compile("生产总值|GDP")
_BARE = re.compile(r"[-+]?\d[\d,.]*")
_VALUES = frozenset(("level", "measure", "growth", "share", "part"))
UNSAID = "unsaid"
"""A number of which its table does not tell what it is."""
_NEAR = 3  # lines above a head among which its title stands


class Tables:
    """The way down the lines of a text through its tables."""

    def __init__(self, text: str, heads: TableHeads, told: Sequence[Told], report: Report) -> None:
        self._text, self._heads, self._told, self._report = text, heads, told, report
        self._table: Table | None = None
        self._apart = ""  # what parts its cells
        self._head: list[str] | None = None  # of the line before, where it is one
        self._above: list[str] = []  # the last lines before that head, the nearest first

    def read(self, start: int, end: int) -> list[Cell] | None:
        """The numbers of a line that is understood as the row or the head of a table; None where it is neither."""
        row = split_row(self._text, start, end)
        words = [bare(self._text[begin:stop]) for begin, stop in row] if 1 < len(row) <= _MOST else []
        if words and self._heads.may_head(words):
            self._apart = parted_by(self._text, start, end)
            return self._begin(words, start)
        self._head = None
        if self._table is not None:
            apart = parted_by(self._text, start, end)
            prose = apart == "" and _SAYS.search(self._text, start, end) is not None
            same = apart == self._apart and not prose
            if words and same and (found := cells_of(self._text, row, words, self._table, self._heads)) is not None:
                return found
            if _GROUP.fullmatch("".join(words) or bare(self._text[start:end])):
                self._table.forget()
                return []
            self._table = None
        self._above = [bare(self._text[start:end]) if end - start <= 2 * SHORT else "", *self._above[: _NEAR - 1]]
        return None

    def _begin(self, words: list[str], start: int) -> list[Cell] | None:
        """Read a line as the head of a table, or as the second line of it."""
        both = joined(self._head, words) if self._head else None
        told = told_at(self._told, start)
        unit = (told.unit, told.scale) if told else None
        self._table = None
        for head in filter(None, (both, words)):
            self._table = table_of(head, self._above, self._text, self._report, self._heads, unit)
            if self._table:
                break
        self._head = words
        return None if self._table is None else []


def parted_by(text: str, start: int, end: int) -> str:
    """What parts the cells of a line: bars, tabs, wide gaps (three blanks), or nothing but a blank."""
    bar = _BAR.search(text, start, end)
    return ("\t" if bar[0] == "\t" else "|") if bar else "   " if _GAP.search(text, start, end) else ""


def split_row(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the cells of a line stand, empty ones too where bars or tabs part them."""
    bars = [found.start() for found in _BAR.finditer(text, start, end)]
    if not bars:
        return [
            found.span() for found in (_GAPPED if _GAP.search(text, start, end) else WORD).finditer(text, start, end)
        ]
    edges = [start - 1, *bars, end]
    cells = [_stripped(text, at + 1, to) for at, to in pairwise(edges)]
    if text[bars[0]] != "\t" and cells[0][0] == cells[0][1]:
        cells = cells[1:]
    if text[bars[-1]] != "\t" and cells[-1][0] == cells[-1][1]:
        cells = cells[:-1]
    return cells


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without white space around it."""
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    return (begin, begin + len(words.strip())) if words.strip() else (start, start)


class Named(NamedTuple):
    """What the name of a row says."""

    name: str
    part: bool = False  # of a row above
    unit: Unit | None = None


def cells_of(
    text: str, row: Sequence[tuple[int, int]], words: Sequence[str], table: Table, heads: TableHeads
) -> list[Cell] | None:
    """The numbers of a row of a table, in order; None where it is no such row."""
    columns, missing = table.columns, table.columns[len(row) :]
    lost = 1 in table.keys and 1 < len(row) < len(columns) and not _BARE.fullmatch(words[0])
    if lost and (_BARE.fullmatch(words[1]) or (columns[0].kind == "serial" and _WORDS.search(words[0]))):
        start = row[0][0]  # the empty cell before the name was lost: │其中：增值税│120
        row, words = [(start, start), *row], ["", *words]
    tabs = text.find("\t", row[0][0], row[-1][1]) >= 0  # which mark empty cells too, but for the last ones
    if not 2 <= len(row) <= len(columns) or (not tabs and any(one.kind not in ("beside", "serial") for one in missing)):
        return None
    out: list[Cell] = []
    for key in sorted({at for at in table.keys if at >= 0}):
        if key >= len(words) or (table.key != "years" and _BARE.fullmatch(words[key])):
            return None
        out += _of_key(text, row, words, key, table, heads)
    starts = {cell.start for cell in out}
    unsaid = [place for place in row if place[0] not in starts and _RATE.fullmatch(text, *place)]
    return sorted([*out, *(Cell(*place, False, kind=UNSAID) for place in unsaid)])


def _of_key(
    text: str, row: Sequence[tuple[int, int]], words: Sequence[str], key: int, table: Table, heads: TableHeads
) -> list[Cell]:
    """The numbers of a row that one of its cells names."""
    named = _row_name(words[key], table, key, heads)
    if named is None or not named.part:
        table.forget(key, named.name if named else "")
    else:
        table.parts.add(key)
    if named is None:
        return []
    written = next((words[at] for at, one in enumerate(table.columns[: len(words)]) if one.kind == "units"), "")
    own = heads.unit_of(written) if written else named.unit
    if own is not None and not named.part:
        table.units[key] = own
    elif not written and named.part and not NO_MONEY.search(named.name):
        own = own or table.units.get(key)
    above = None if written or (in_money(table.unit) and NO_MONEY.search(named.name)) else table.unit
    rate = own is not None and own[0].said in ("%", "‰")
    out: list[Cell] = []
    for at, (one, place) in enumerate(zip(table.columns, row, strict=False)):
        if table.keys[at] != key or place[0] == place[1] or one.kind not in _VALUES:
            continue
        level = one.kind in ("level", "measure")
        base = at if level else table.bases[at]
        unit = one.unit or ((own or above) if level else None)
        cell = _in_unit(text, Cell(*place, False, kind=one.kind), one, unit)
        if cell is None and level and unit is None and not written and _COUNT.search(named.name):
            cell = Cell(*place, False, kind=one.kind) if "," in text[slice(*place)] else None
        if base < 0 or cell is None or (rate and not level):
            continue  # by how much a rate grew may be told in points
        full = _told(cell, table, base, named.name, one, heads)
        if full is None:
            continue
        out.append(full._replace(whole=table.last.get(at, -1) if named.part and level else -1))
        if level and not named.part:
            table.last[at] = cell.start
    return out


def _in_unit(text: str, cell: Cell, one: Column, unit: Unit | None) -> Cell | None:
    """A cell with the unit that is told for it, or as it is where it has its own; None where it has none."""
    if one.kind == "growth":
        return cell._replace(percent=one.unit is not None) if _RATE.fullmatch(text, cell.start, cell.end) else None
    if _WITH_UNIT.fullmatch(text, cell.start, cell.end):
        return cell
    if unit is None or not AMOUNT.fullmatch(text, cell.start, cell.end):
        return None
    return cell._replace(unit=unit[0], scale=unit[1])


def _row_name(cell: str, table: Table, key: int, heads: TableHeads) -> Named | None:
    """The name of a row, whether it is a part of one above, and the unit that it tells; None where it names nothing."""
    if table.key == "years":
        return Named(cell) if is_year(cell) else None
    rest = _NUMBERED.sub("", _MARKED.sub("", cell), count=1)
    part = _PART.match(rest) is not None
    rest = _NUMBERED.sub("", _PART.sub("", rest, count=1), count=1) if part else rest
    part = part or (key in table.parts and heads.says("sort", rest))
    rest, unit = heads.bracketed_unit(rest.lstrip("-—·•"))
    above = table.named.get(key, "")
    part = part or (_SECTOR.fullmatch(rest) is not None and _PRODUCT.search(above) is not None)
    whole = above if part else ""
    if SUM.fullmatch(rest) or not (_NAME.fullmatch(rest) or (whole and heads.says("sort", rest))):
        return None
    if table.key == "places":
        return Named(_ALL.sub("", rest))
    if heads.is_town(rest) or _VAGUE.fullmatch(rest):
        return None
    if heads.says("sort", rest):
        return Named(rest + whole, part, unit) if whole else None
    if _SECTOR.fullmatch(rest):
        return Named(rest + "增加值", part, unit) if _PRODUCT.search(whole) else None
    return Named(rest, part, unit)


def _told(cell: Cell, table: Table, base: int, row: str, one: Column, heads: TableHeads) -> Cell | None:
    """A cell with all that row and column tell of it."""
    of = table.columns[base]
    name, subject, period, planned = row, "", table.times[base], table.planned[base]
    if table.key == "places":
        name, subject = of.words, row
    elif table.key == "years":
        name, period = of.words, row[:4]
        planned = table.report.planned(int(period)) if planned is None else planned
    elif of.kind == "measure":
        if len(row) > _LONG:
            return None
        noun = of.words.removeprefix("完成") if one.kind == "share" else of.words
        name = row if row.endswith(noun) else row + noun
    elif heads.says("sort", of.words):
        name = of.words + row
    elif of.words:
        subject = of.words
    name += one.words if one.kind in ("share", "part") else ""
    basis = (one.words or table.before(base)) if one.kind == "growth" else ""
    return cell._replace(name=name, subject=subject, period=period, planned=planned, basis=basis)
