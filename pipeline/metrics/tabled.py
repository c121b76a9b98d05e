"""What tables tell of the numbers in them, in place of what the words around would."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.periods import dates_of
from pipeline.metrics.page.found import Found
from pipeline.metrics.quantities.tables import Cell
from pipeline.records import Metric

Told = Sequence[Cell | None]


def told_in_tables(found: Sequence[Found], columns: Sequence[Cell]) -> list[Cell | None]:
    """For each number its cell in a table that is understood as a whole."""
    cells = {cell.start: cell for cell in columns if cell.name}
    at = [cells.get(one.quantity.start) for one in found] if cells else []
    return [cell if cell and cell.end == one.quantity.end else None for one, cell in zip(found, at, strict=False)]


def name_by_tables(found: Sequence[Found], told: Told) -> None:
    """Name numbers as their rows and columns do."""
    for one, cell in zip(found, told, strict=False):
        if cell is not None:
            one.rename(cell.name)
            one.rule = "column"
            one.change = one.change if cell.kind == "growth" else "level"


def subjects_by_tables(subjects: Sequence[str | None], told: Told) -> list[str | None]:
    """Whom numbers are said of, by their rows or columns where these tell it."""
    if not told:
        return list(subjects)
    return [cell.subject if cell and cell.subject else one for one, cell in zip(subjects, told, strict=True)]


def as_tables_tell(metrics: tuple[Metric, ...], told: Told) -> tuple[Metric, ...]:
    """Records with the times, the status, the wholes and the bases of change that tables tell."""
    if not told:
        return metrics
    places = {one.quantity.start: n for n, one in enumerate(metrics)}
    return tuple(one if cell is None else _told(one, cell, places) for one, cell in zip(metrics, told, strict=True))


def _told(one: Metric, cell: Cell, places: dict[int, int]) -> Metric:
    """A record with what its cell tells."""
    if cell.period is not None:
        begins, ends = dates_of(cell.period or None)
        one = one._replace(period=cell.period or None, period_start=begins, period_end=ends)
    if cell.planned is not None:
        one = one._replace(status="planned" if cell.planned else "actual")
    return one._replace(part_of=places.get(cell.whole), change_basis=cell.basis or one.change_basis)
