"""A panel: one row a unit and year for each indicator, kind of measure and status, conflicts shown side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline.analysis.observations import Observation, observations
from pipeline.analysis.wanted import Wanted
from pipeline.dataset.columns import TABLES
from pipeline.dataset.stored import Stored
from pipeline.rules import Rules

if TYPE_CHECKING:
    import pyarrow as pa

BY = ("place_code", "year")
COUNTED = ("values", "conflict", "mentions")
"""Columns beside those of an observation: different values in the cell, whether these are several, and metrics that say this one."""

_TEXTS = (
    *("indicator", "measure", "status", "period", "unit", "approx", "modality", "change", "change_basis", "subject"),
    *("name", "quantity", "source", "doc_id", "sentence"),
)
_FLOATS = ("value", "value_min", "value_max", "confidence")


def panel(
    stored: Stored,
    rules: Rules,
    asked: Sequence[str],
    by: Sequence[str] = BY,
    measures: Sequence[str] = (),
    statuses: Sequence[str] = (),
) -> pa.Table:
    """The panel of the indicators `asked` for, by columns of documents, of their metadata, or ``year`` and ``period``.

    A cell holds all that one unit says of one indicator, measure, status and period. Metrics of one value are one row,
    that of the surest; where a cell has several values there is a row for each, with ``conflict`` set. Nothing is
    averaged. Numbers of other places than the document's own (``own`` is false) are cells of their own. Where a key is
    null the document stands for the unit. Raises UsageError for an unknown key or no indicator.
    """
    wanted = Wanted(asked, stored, rules)
    found = [
        o
        for o in observations(stored, rules, wanted, by)
        if (not measures or o.measure in measures) and (not statuses or o.status in statuses)
    ]
    found.sort(key=lambda o: (_ordered(_cell(o)), _ordered(_values(o)), -o.confidence, o.source, o.metric_id))
    return _table(by, wanted, [row for _, cell in groupby(found, key=_cell) for row in _rows(list(cell))])


def _cell(o: Observation) -> tuple[Any, ...]:
    """What makes numbers answers to one question."""
    unit = o.keys if None not in o.keys else (*o.keys, o.doc_id)
    basis = o.change_basis if o.change_basis and any(map(str.isdigit, o.change_basis)) else None
    period = o.period or (str(o.year) if o.year else None)
    return (unit, o.indicator, not o.own, o.own or o.subject, o.status, o.measure, o.unit, o.year, period, basis)


def _values(o: Observation) -> tuple[float | None, float | None, float | None]:
    return o.value, o.value_min, o.value_max


def _rows(cell: Sequence[Observation]) -> Iterator[tuple[Observation, int, int]]:
    """One observation for each value, how many values there are, and how many metrics say this one."""
    groups = [list(same) for _, same in groupby(cell, key=_values)]
    for same in groups:
        yield same[0], len(groups), len(same)


def _ordered(values: Iterable[Any]) -> tuple[Any, ...]:
    """A key to sort by, where some values may be null: these come last."""
    return tuple((1, 0) if v is None else (0, _ordered(v) if isinstance(v, tuple) else v) for v in values)


def _table(by: Sequence[str], wanted: Wanted, rows: Sequence[tuple[Observation, int, int]]) -> pa.Table:
    import pyarrow as pa

    documents = {column.name: column.type for column in TABLES["documents"]}
    columns: dict[str, pa.Array] = {}
    for at, key in enumerate(by):
        values = [o.keys[at] for o, _, _ in rows]
        if key == "year" or documents.get(key) == "int16":
            columns[key] = pa.array(values, pa.int16())
        else:
            columns[key] = pa.array([None if v is None else str(v) for v in values], pa.string())
    for name in Observation._fields[1:]:
        if name in columns:
            continue
        kind = (
            pa.string()
            if name in _TEXTS
            else pa.float64()
            if name in _FLOATS
            else pa.bool_()
            if name == "own"
            else pa.int32()
        )
        columns[name] = pa.array([getattr(o, name) for o, _, _ in rows], kind)
        if name == "indicator":
            columns["standard_name"] = pa.array([wanted.standard.get(o.indicator, o.indicator) for o, _, _ in rows])
        if name == "value_max":
            columns["values"] = pa.array([values for _, values, _ in rows], pa.int32())
            columns["conflict"] = pa.array([values > 1 for _, values, _ in rows], pa.bool_())
            columns["mentions"] = pa.array([mentions for _, _, mentions in rows], pa.int32())
    return pa.table(columns)
