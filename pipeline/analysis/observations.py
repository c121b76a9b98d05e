"""Metrics of some indicators as observations of a panel: whose, of which year, and what kind of measure each is."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.analysis.measures import falls, is_of_each, is_of_parts, is_start, measure_of
from pipeline.analysis.wanted import Wanted
from pipeline.dataset.columns import TABLES
from pipeline.dataset.stored import Stored
from pipeline.errors import UsageError
from pipeline.rules import Rules
from pipeline.rules.schema import ReportType, Unit

if TYPE_CHECKING:
    import pyarrow as pa

OWN_COLUMNS = ("year", "period", "subject")
"""Columns of an observation itself that a panel may be made by."""

_METRIC = (
    *("doc_id", "metric_id", "name", "subject", "indicator", "quantity", "value", "value_min", "value_max"),
    *("unit_canonical", "approx", "status", "change", "change_basis", "modality", "period", "period_start"),
    *("period_end", "base_value", "base_unit", "dimension", "masked", "start", "end", "source_start", "source_end"),
    *("sentence", "confidence"),
)
_LARGE = ("source_text", "text")
_ASKED = (
    "doc_id", "source", "place", "place_code", "admin_level", "report_type", "year_covered", "year_delivered",
)  # fmt: skip
"""What is read of documents whatever a panel is by."""


class Observation(NamedTuple):
    """One number of a panel.

    ``measure``: level, growth (per cent) or change (in the unit of the level, or percentage points), each also as
    ``average_`` (年均) and ``cumulative_`` (over several years); growth_change (by how much a rate of growth itself rose
    or fell), gap (to another place), share or multiple. Values are in ``unit``; falls, growth that slowed down and gaps
    below another place are negative. ``year`` is that of the number's own period where it is ``dated``, else that of the
    document. ``own`` tells that the number is said of the document's own place and not of a part of it, of a place
    above it, or, in a panel of places, of the unit that reports there (``admin_level``).
    """

    keys: tuple[Any, ...]
    indicator: str
    measure: str
    status: str
    year: int | None
    period: str | None
    dated: bool
    value: float | None
    value_min: float | None
    value_max: float | None
    unit: str
    approx: str
    modality: str | None
    change: str
    change_basis: str | None
    own: bool
    subject: str | None
    admin_level: str | None
    name: str
    quantity: str
    confidence: float
    source: str
    doc_id: str
    metric_id: int
    start: int
    end: int
    source_start: int
    source_end: int
    sentence: str


def observations(stored: Stored, rules: Rules, wanted: Wanted, by: Sequence[str]) -> Iterator[Observation]:
    """Every metric of a wanted indicator, with the values of `by` in its document: memory holds a part at a time.

    Numbers of the parts of a list (其中一、二、三产分别增长), or of each month or branch, are none of the whole, and left out;
    so are levels of no known time that others rose or fell from.

    Raises UsageError where a key of `by` is no column of documents and stands in no document's meta.
    """
    factors = {form: Decimal(row.factor) for row in rules.table(Unit) if row.factor for form in row.written}
    planning = {row.id for row in rules.table(ReportType) if row.covers == "coming"}
    known = {column.name for column in TABLES["documents"]} - set(_LARGE)
    names = sorted(known & {*by, *_ASKED})
    meta_keys = [key for key in by if key not in known and key not in OWN_COLUMNS]
    seen: set[str] = set()
    for part in stored.parts("metrics"):
        documents = {}
        for row in _rows(stored, "documents", part, [*names, "meta"]):
            row |= {k: v for k, v in _meta(row["meta"]).items() if k in meta_keys}
            seen |= row.keys()
            documents[row["doc_id"]] = row
        for batch in stored.part("metrics", part, _METRIC):
            for code, metric in _of(batch, wanted):
                if is_of_parts(metric) or is_of_each(metric) or is_start(metric):
                    continue
                yield _observation(metric, documents[metric["doc_id"]], code, wanted, by, factors, planning)
    if missing := [key for key in meta_keys if key not in seen]:
        raise UsageError(
            f"There is no column {missing[0]} to make a panel by. Name columns of documents "
            f"({', '.join(sorted(known))}), of the metadata of the run, or {', '.join(OWN_COLUMNS)}."
        )


def _of(batch: pa.RecordBatch, wanted: Wanted) -> Iterator[tuple[str, dict[str, Any]]]:
    """The metrics that are wanted, each with its code; the others never become Python."""
    import pyarrow as pa

    told = zip(*(batch[name].to_pylist() for name in ("indicator", "name", "dimension", "masked")), strict=True)
    codes = [None if masked else wanted.code_of(code, name, dimension) for code, name, dimension, masked in told]
    kept = batch.filter(pa.array([code is not None for code in codes], pa.bool_()))
    yield from zip(filter(None, codes), kept.to_pylist(), strict=True)


def _rows(stored: Stored, table: str, part: str, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for batch in stored.part(table, part, names):
        yield from batch.to_pylist()


def _meta(written: str | None) -> Mapping[str, Any]:
    return dict(json.loads(written)) if written else {}


def _observation(
    m: Mapping[str, Any],
    document: Mapping[str, Any],
    code: str,
    wanted: Wanted,
    by: Sequence[str],
    factors: Mapping[str, Decimal],
    planning: Collection[str],
) -> Observation:
    year, period = _when(m, document, planning)
    measure = measure_of(m, wanted.is_rate(code), wanted.is_flow(code), year)
    sign = -1.0 if falls(m, measure) else 1.0
    factor = sign * float(factors.get(m["unit_canonical"], 1) if m["base_unit"] else 1)
    low, high = (None if m[end] is None else round(factor * m[end], 6) for end in ("value_min", "value_max"))
    if sign < 0:
        low, high = high, low
    value = m["base_value"] if m["base_unit"] else m["value"]
    own = {"year": year, "period": period, "subject": m["subject"]}
    return Observation(
        keys=tuple(own[key] if key in own else document.get(key) for key in by),
        indicator=code,
        measure=measure,
        status=m["status"],
        year=year,
        period=period,
        dated=period is not None,
        value=None if value is None else sign * value,
        value_min=low,
        value_max=high,
        unit=m["base_unit"] or m["unit_canonical"],
        own=_own(m["subject"], document, of_places=_is_of_places(by)),
        admin_level=document["admin_level"],
        source=document["source"],
        **{
            name: m[name]
            for name in Observation._fields
            if name in m and name not in ("indicator", "status", "period", "value", "value_min", "value_max")
        },
    )


def _when(
    m: Mapping[str, Any], document: Mapping[str, Any], planning: Collection[str]
) -> tuple[int | None, str | None]:
    """The year of the number's own period; without one that of the document, plans in the year of its delivery.

    A document of a type in `planning` is itself on the year that it plans for.
    """
    begins, ends = m["period_start"], m["period_end"]
    if isinstance(begins, date) and isinstance(ends, date):
        return (begins.year if begins.year == ends.year else None), m["period"]
    covered, delivered = document.get("year_covered"), document.get("year_delivered")
    if m["status"] == "planned" and document.get("report_type") not in planning:
        return (delivered if delivered is not None else covered + 1 if covered is not None else None), None
    return covered, None


_LEVELS = {
    "national": {"国"},
    "province": {"省", "市", "区", "自治区"},
    "city": {"市", "州", "盟", "地区"},
    "county": {"县", "市", "区", "旗"},
    "township": {"乡", "镇", "街道"},
    "village": {"村"},
}
"""By what kind of whole a report speaks of its own place: 全市 in that of a city, 全省 there is the province above it."""
_WHOLE = re.compile(r"^[全我本](国|省|自治区|地区|市|州|盟|县|区|旗|乡|镇|街道|村)$")
_OTHER = re.compile(
    r"(?!.*(?:城镇|农村|城乡|乡镇|国家|全国|试验|示范|老区|社区|百强|入市)).{2,6}(?:[省市州盟县旗镇乡]|新区|开发区|街道|(?<!农)村)"
    r"|[各三两].{0,3}[市州县区镇乡村]"
)
"""Another place than the document's: a name of its own with the word for its kind, or several (各县, 三区)."""


def _is_of_places(by: Sequence[str]) -> bool:
    """Whether the units of a panel are places, so that what a hospital reports is none of its county's numbers."""
    return not {"place", "place_code"}.isdisjoint(by) and {"issuer", "title", "source", "doc_id"}.isdisjoint(by)


def _own(subject: str | None, document: Mapping[str, Any], *, of_places: bool) -> bool:
    """Whether a number is said of the document's own place: nothing says otherwise.

    In a panel `of_places` the report of a unit speaks of its place only where it says 全县: that its title names a county
    leaves open whether a number is the county's or its own.
    """
    place = document.get("place") or ""
    if of_places and document.get("admin_level") == "unit":
        whole = _WHOLE.match(subject or "")
        return whole is not None and place.endswith(whole[1])
    if subject is None or subject == place or (place and (subject in place or place in subject)):
        return True
    if whole := _WHOLE.match(subject):
        return whole[1] in _LEVELS.get(document.get("admin_level") or "", {whole[1]})
    return not _OTHER.fullmatch(subject)
