"""A report to its rows of every table, in the order of `columns.TABLES`; the many of a table column by column."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pipeline.dataset.columns import TABLES, columns_of, columns_to_batch, shared, to_dicts, transposed
from pipeline.dataset.words import word_arrays
from pipeline.errors import PipelineError
from pipeline.offsets import to_sources
from pipeline.records import Failure, Metric, Quantity, Report, Sentence

if TYPE_CHECKING:
    import pyarrow as pa

Row = tuple[Any, ...]
Columns = Sequence[Sequence[Any]]

HELD = 500_000
"""Characters of source text whose rows are held as Python values before they become arrays."""

MOST_EVIDENCE, MOST_REPEATED = 10_000_000, 150
"""Characters of all evidence of one document, some hundred times those of a long report, or so often those of its text."""

EVIDENCE = "sentence"
"""The column of evidence, which several rows in a row have in common."""


class Rows:
    """The rows of one shard, table by table, until they are written."""

    def __init__(self, *, source_text: bool = True) -> None:
        self.source_text = source_text
        self.removed_chars = 0
        self._held: dict[str, list[list[Any]]] = {table: [[] for _ in columns] for table, columns in TABLES.items()}
        self._spoken: list[Sequence[Sentence]] = []
        self._packed: dict[str, list[pa.RecordBatch]] = {table: [] for table in TABLES}
        self._chars = self._evidence = 0

    def add_report(self, report: Report) -> None:
        """Take up all that is known of one document, or nothing of it where a row cannot be made."""
        evidence = _evidence(report)
        if evidence > max(MOST_EVIDENCE, MOST_REPEATED * len(report.text)):
            raise PipelineError(
                f"It has {len(report.metrics):,} numbers in sentences without a stop, a comma or a line end, and each "
                "would repeat its sentence as evidence. Put line ends into it."
            )
        report.raw.text.encode("utf-8")  # half a surrogate pair is no text: better a failure now than a part unwritten
        for table, columns in report_columns(report, source_text=self.source_text).items():
            self._add(table, columns)
        self._spoken.append(report.sentences)
        self.removed_chars += removed_chars(report)
        self._chars += len(report.raw.text)
        self._evidence += evidence
        if self._chars > HELD or self._evidence > MOST_EVIDENCE:
            self._pack()

    def add_failure(self, failure: Failure) -> None:
        """Take up an entry that became no document."""
        row = (failure.source, failure.stage, failure.error, failure.message)
        self._add("failures", [[encodable(value)] for value in row])

    def tables(self) -> dict[str, pa.Table]:
        """All rows so far."""
        import pyarrow as pa

        self._pack()
        return {table: pa.Table.from_batches(batches) for table, batches in self._packed.items()}

    def _add(self, table: str, columns: Columns) -> None:
        for held, new in zip(self._held[table], columns, strict=True):
            held += new

    def _pack(self) -> None:
        made = {"sentences": word_arrays(self._spoken)}
        for table in ("metrics", "ranks"):
            at = [column.name for column in columns_of(table)].index(EVIDENCE)
            made[table] = {EVIDENCE: shared(self._held[table][at])}
        for table, columns in self._held.items():
            self._packed[table].append(columns_to_batch(table, columns, made.get(table, {})))
            for column in columns:
                column.clear()
        self._spoken.clear()
        self._chars = self._evidence = 0


def _evidence(report: Report) -> int:
    """Characters of all evidence of a document, each sentence as often as it is some."""
    lengths = [sentence.end - sentence.start for sentence in report.sentences]
    return sum(lengths[m.sentence_id] for m in report.metrics) + sum(lengths[r.sentence_id] for r in report.ranks)


def tables_of(report: Report) -> dict[str, list[dict[str, Any]]]:
    """The rows of one document by table and column name, with the values that a dataset would hold."""
    columns = report_columns(report, source_text=True)
    return {table: to_dicts(table, zip(*columns[table], strict=True)) for table in TABLES if table in columns}


def report_columns(report: Report, *, source_text: bool) -> dict[str, Columns]:
    """The columns of all rows of one document, by table."""
    rows = {"documents": [document_row(report, source_text=source_text)]}
    rows |= {table: list(make(report)) for table, make in ROWS_OF.items()}
    texts = [report.text[sentence.start : sentence.end] for sentence in report.sentences]
    return {
        **{table: transposed(table, of_table) for table, of_table in rows.items()},
        "sentences": sentence_columns(report, texts),
        "metrics": metric_columns(report, texts),
    }


def document_row(report: Report, *, source_text: bool = True) -> Row:
    """The one row of ``documents``."""
    raw, facts = report.raw, report.facts
    return (
        report.doc_id,
        report.source.name,
        sha256(report.source.data).hexdigest(),
        raw.media_type,
        raw.encoding,
        raw.text if source_text else None,
        report.text,
        facts.title,
        facts.issuer,
        facts.place,
        facts.place_code,
        facts.county_code,
        facts.admin_level,
        facts.report_type,
        facts.year_covered,
        facts.year_delivered,
        "; ".join(filter(None, (raw.warning, report.clean.warning))) or None,
        meta_json(report.source.meta),
        removed_chars(report),
        len(report.outline),
        len(report.metrics),
        sum(len(sentence.words) for sentence in report.sentences),
    )


def removed_chars(report: Report) -> int:
    """Characters of the source in rows of ``removals``."""
    return sum(removal.end - removal.start for removal in report.clean.removals)


def removal_rows(report: Report) -> Iterator[Row]:
    """A row for each stretch that the clean text lacks."""
    for r in report.clean.removals:
        yield report.doc_id, r.start, r.end, r.text, r.kind, r.rule, r.score


def restoration_rows(report: Report) -> Iterator[Row]:
    """A row for each word put right and each character normalised."""
    for r in report.clean.restorations:
        yield report.doc_id, r.start, r.end, r.before, r.after, r.rule


def section_rows(report: Report) -> Iterator[Row]:
    """A row for each section, with the labels of the same place in order."""
    for s, label in zip(report.outline, report.labels, strict=True):
        source = report.clean.to_source(s.start, s.end)
        yield (
            *(report.doc_id, s.section_id, s.parent_id, s.level, s.number, s.heading, s.heading_end, s.start, s.end),
            *(source.start, source.end, s.path),
            *(label.topic, label.topic_score, label.role, label.role_score),
        )


def sentence_columns(report: Report, texts: Sequence[str]) -> Columns:
    """The sentences with their words, and the role of the passage that each stands in."""
    s = by_field(Sentence, report.sentences)
    roles = {number: p.role for p in report.passages for number in range(p.first, p.last + 1)}
    return [
        *([report.doc_id] * len(texts), s.section_id, s.sentence_id, s.start, s.end, texts, s.words, s.tags),
        [roles.get(number) for number in s.sentence_id],
    ]


def metric_columns(report: Report, texts: Sequence[str]) -> Columns:
    """The measured quantities, each with the one of the sentences' `texts` that holds it."""
    text, m = report.text, by_field(Metric, report.metrics)
    q = by_field(Quantity, m.quantity)
    source_starts, source_ends = to_sources(report.clean, q.start, q.end)
    return [
        *([report.doc_id] * len(report.metrics), m.metric_id, m.section_id, m.sentence_id),
        *(m.name, m.subject, m.indicator, [text[start:end] for start, end in zip(q.start, q.end, strict=True)]),
        *(q.value, q.value_min, q.value_max, q.unit, m.unit_canonical),
        *(q.approx, m.status, m.change, m.change_basis, m.modality),
        *(m.period, m.period_start, m.period_end, m.base_value, m.base_unit, m.dimension),
        *(q.masked, m.part_of, q.start, q.end, source_starts, source_ends),
        *([texts[number] for number in m.sentence_id], m.rule, m.confidence),
    ]


def by_field(kind: type[Any], records: Sequence[Row]) -> Any:
    """One record whose fields hold those of all `records`, in order.

    >>> from pipeline.records import Span
    >>> by_field(Span, [Span(0, 2), Span(2, 5)])
    Span(start=(0, 2), end=(2, 5))
    """
    return kind(*(zip(*records, strict=True) if records else ((),) * len(kind._fields)))


def rank_rows(report: Report) -> Iterator[Row]:
    """A row for each place among others that the report claims."""
    text = report.text
    for r in report.ranks:
        sentence = report.sentences[r.sentence_id]
        source = report.clean.to_source(r.start, r.end)
        yield (
            *(report.doc_id, r.rank_id, r.section_id, r.sentence_id, r.metric_id, r.name, r.subject),
            *(text[r.start : r.end], r.rank, r.kind, r.of, r.tied, r.scope),
            *(r.start, r.end, source.start, source.end, text[sentence.start : sentence.end], r.rule),
        )


def check_rows(report: Report) -> Iterator[Row]:
    """A row for each time that numbers of the report were held against each other."""
    for c in report.checks:
        yield report.doc_id, c.metric_ids, c.check, c.holds, c.detail


ROWS_OF: dict[str, Callable[[Report], Iterator[Row]]] = {
    "removals": removal_rows,
    "restorations": restoration_rows,
    "sections": section_rows,
    "ranks": rank_rows,
    "checks": check_rows,
}


def meta_json(meta: Mapping[str, object]) -> str | None:
    """Further columns as one JSON object, keys in their own order; null without any.

    >>> meta_json({"地区": "某县", "年": 2023})
    '{"地区": "某县", "年": 2023}'
    """
    return json.dumps(dict(meta), ensure_ascii=False, default=str) if meta else None


def encodable(text: str) -> str:
    """Text that UTF-8 can hold: an error may quote a file name with bytes that are no characters."""
    return text.encode("utf-8", "replace").decode("utf-8")
