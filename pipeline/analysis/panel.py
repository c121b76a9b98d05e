"""A panel: one row a unit and year for each indicator, kind of measure and status, conflicts shown side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, get_args

from pipeline.analysis.measures import MEASURES
from pipeline.analysis.observations import OWN_COLUMNS, Observation, observations
from pipeline.analysis.wanted import Wanted
from pipeline.dataset.columns import TABLES
from pipeline.dataset.stored import Stored
from pipeline.errors import UsageError
from pipeline.records import Status
from pipeline.rules import Rules

if TYPE_CHECKING:
    import pyarrow as pa

BY = ("place_code", "year")
_YEAR_BEFORE = re.compile(r"|同比|可比增长|按可比.*|[比较][上去]年(?:同期|末)?")
"""Changes against these, or against nothing that is said, are of one kind; others (较2020年, 比计划) are of their own."""

COLUMNS = {
    **dict.fromkeys(("indicator", "standard_name", "measure", "status"), "string"),
    "year": "int32",
    "period": "string",
    "dated": "bool_",
    **dict.fromkeys(("value", "value_min", "value_max"), "float64"),
    "unit": "string",
    "values": "int32",
    "conflict": "bool_",
    "mentions": "int32",
    **dict.fromkeys(("approx", "modality", "change", "change_basis"), "string"),
    "own": "bool_",
    "subject": "string",
    "admin_level": "string",
    "name": "string",
    "quantity": "string",
    "confidence": "float64",
    "source": "string",
    "doc_id": "string",
    **dict.fromkeys(("metric_id", "start", "end", "source_start", "source_end"), "int32"),
    "sentence": "string",
}
"""The columns of a panel behind its keys, with their Arrow types; see docs/panel.md."""


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
    averaged. Numbers of other places than the document's own (``own`` is false), or of a unit there, are cells of their
    own. Where a key is null the document stands for the unit. Raises UsageError for an unknown key, measure or status, or no indicator.
    """
    _refuse_unknown("measure", measures, MEASURES)
    _refuse_unknown("status", statuses, get_args(Status))
    _refuse_taken(by)
    wanted = Wanted(asked, stored, rules)
    found = [
        o
        for o in observations(stored, rules, wanted, by)
        if (not measures or o.measure in measures) and (not statuses or o.status in statuses)
    ]
    found.sort(key=lambda o: (_ordered(_cell(o)), _ordered(_values(o)), -o.confidence, o.source, o.metric_id))
    return _table(by, wanted, [row for _, cell in groupby(found, key=_cell) for row in _rows(list(cell))])


def _refuse_unknown(what: str, given: Sequence[str], known: Sequence[str]) -> None:
    if unknown := [value for value in given if value not in known]:
        raise UsageError(f"There is no {what} {', '.join(unknown)}. Choose from {', '.join(known)}.")


def _refuse_taken(by: Sequence[str]) -> None:
    """A key that is called as another column of the panel would stand in its place."""
    keys = {*OWN_COLUMNS, *(column.name for column in TABLES["documents"])}
    if taken := [key for key in by if key in COLUMNS and key not in keys]:
        raise UsageError(
            f"Every panel has a column {taken[0]} of its own, which is no key. A column of the metadata of that name "
            "needs another one."
        )


def _cell(o: Observation) -> tuple[Any, ...]:
    """What makes numbers answers to one question."""
    unit = o.keys if None not in o.keys else (*o.keys, o.doc_id)
    basis = None if _YEAR_BEFORE.fullmatch(o.change_basis or "") else o.change_basis
    period = o.period or (str(o.year) if o.year else None)
    return (
        unit,
        o.indicator,
        not o.own,
        o.own or o.subject,
        o.admin_level == "unit" and not o.own and o.doc_id,
        o.status,
        o.measure,
        o.unit,
        o.year,
        o.dated,
        period,
        basis,
    )


def _values(o: Observation) -> tuple[float | None, float | None, float | None]:
    return o.value, o.value_min, o.value_max


def _rows(cell: Sequence[Observation]) -> Iterator[tuple[Observation, int, int]]:
    """One observation for each value, how many values there are, and how many metrics say this one.

    A result that only says more or less than what (突破3万亿元) says the one value that is given, where that bears it out.
    """
    groups = [list(same) for _, same in groupby(cell, key=_values)]
    given = [same for same in groups if same[0].approx not in ("over", "under")]
    if len(given) == 1 and all(_bears_out(given[0][0], bound) for bound in cell if bound not in given[0]):
        yield given[0][0], 1, len(cell)
        return
    for same in groups:
        yield same[0], len(groups), len(same)


def _bears_out(said: Observation, bound: Observation) -> bool:
    """Whether a result is above, or below, what another number of its cell only says that it is."""
    if said.value is None or bound.value is None or said.status == "planned":
        return False
    return said.value >= bound.value if bound.approx == "over" else said.value <= bound.value


def _ordered(values: Iterable[Any]) -> tuple[Any, ...]:
    """A key to sort by, where some values may be null: these come last."""
    return tuple((1, 0) if v is None else (0, _ordered(v) if isinstance(v, tuple) else v) for v in values)


def _table(by: Sequence[str], wanted: Wanted, rows: Sequence[tuple[Observation, int, int]]) -> pa.Table:
    import pyarrow as pa

    numbers = {"year", *(column.name for column in TABLES["documents"] if column.type == "int16")}
    columns: dict[str, pa.Array] = {}
    for at, key in enumerate(by):
        values = [o.keys[at] for o, _, _ in rows]
        texts = [None if value is None else str(value) for value in values]
        columns[key] = pa.array(values, pa.int32()) if key in numbers else pa.array(texts, pa.string())
    records = [
        o._asdict()
        | {"standard_name": wanted.standard.get(o.indicator, o.indicator)}
        | {"values": values, "conflict": values > 1, "mentions": mentions}
        for o, values, mentions in rows
    ]
    for name, kind in COLUMNS.items():
        columns.setdefault(name, pa.array([record[name] for record in records], getattr(pa, kind)()))
    return pa.table(columns)
