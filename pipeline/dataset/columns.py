"""Every table of a dataset and every column with its type and its meaning: the data dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from ctypes import c_float
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa


class Column(NamedTuple):
    """A column: its name, the name of its Arrow type, one sentence on what stands in it, and its unit where it has one."""

    name: str
    type: str
    meaning: str
    unit: str = ""


DOC_ID = Column("doc_id", "string", "The document that the row belongs to (key of documents).")
SOURCE_SPAN = (
    Column("source_start", "int32", "Where it starts in documents.source_text, in characters.", "character"),
    Column("source_end", "int32", "Where it ends in documents.source_text (half-open).", "character"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "documents": (
        Column("doc_id", "string", "Stable id made from source and content; unique; key of every other table."),
        Column(
            "source",
            "string",
            "Where the document was: path from the INPUT's last part on, ! before a member, # before a row.",
        ),
        Column("content_sha256", "string", "SHA-256 of the source bytes, in hex."),
        Column("media_type", "string", "What kind of file the reader found."),
        Column("encoding", "string", "How the reader decoded the bytes."),
        Column("source_text", "string", "Decoded text before cleaning, without byte order mark; null if left out."),
        Column("text", "string", "Clean text; every start and end of the other tables points into it."),
        Column("title", "string", "The report's title; null where it has none."),
        Column(
            "issuer",
            "string",
            "Who gives the report, by its title, the lines below it, the opening or the signature; null where it is not said.",
        ),
        Column(
            "place",
            "string",
            "The place that the report is about, of a unit that which it belongs to, as written; null where it is not said.",
        ),
        Column("place_code", "string", "Six-digit GB/T 2260 code of the place; null where it is not certain."),
        Column(
            "county_code",
            "string",
            "Code of the county (district, county-level city) that the place is or lies in; null where it is not said.",
        ),
        Column(
            "admin_level",
            "string",
            "national, province, city, county, township, village, or unit: a bureau, a court, a school, a firm or another body "
            "that reports of its own work. The government, the Party committee and their offices have the level of their "
            "place; null where it is not said.",
        ),
        Column("report_type", "string", "Kind of report, a label of report_types.toml; null where it is not said."),
        Column(
            "year_covered",
            "int16",
            "The year that the report is on, the last one of a five-year plan; null where it is not said.",
            "year",
        ),
        Column("year_delivered", "int16", "The year in which the report was given; null where it is not said.", "year"),
        Column("warning", "string", "Something that a reader should know of this text; null where all is well."),
        Column("meta", "string", "JSON object of further columns of the row or of --metadata; null without any."),
        Column("removed_chars", "int32", "Characters of source text in the rows of removals.", "character"),
        Column("n_sections", "int32", "Rows of sections.", "section"),
        Column("n_metrics", "int32", "Rows of metrics.", "metric"),
        Column("n_words", "int32", "Words in all sentences.", "word"),
    ),
    "removals": (
        DOC_ID,
        *SOURCE_SPAN,
        Column("text", "string", "What was removed: source_text[source_start:source_end]."),
        Column("kind", "string", "paywall_marker, advert, contact, boilerplate or markup."),
        Column("rule", "string", "The rule or model that decided."),
        Column("score", "float32", "How sure it was, 0 to 1.", "probability"),
    ),
    "restorations": (
        DOC_ID,
        *SOURCE_SPAN,
        Column("before", "string", "What stood there: source_text[source_start:source_end]."),
        Column("after", "string", "What the clean text has in its place."),
        Column("rule", "string", "The rule that decided."),
    ),
    "sections": (
        DOC_ID,
        Column("section_id", "int32", "Number of the section in its document, from 0, in order."),
        Column("parent_id", "int32", "section_id of the section that holds this one; null at the top."),
        Column("level", "int32", "0 the title and text before any heading, then by nesting."),
        Column("number", "string", "The heading's number as written, （二）; empty where it has none."),
        Column("heading", "string", "The heading in the clean text, its number included; empty before the first one."),
        Column("heading_end", "int32", "Where the heading ends in the clean text.", "character"),
        Column("start", "int32", "Where the section starts in the clean text: at its heading.", "character"),
        Column("end", "int32", "Where the section ends in the clean text, sub-sections included.", "character"),
        Column("source_start", "int32", "Where the section starts in documents.source_text.", "character"),
        Column("source_end", "int32", "Where the section ends in documents.source_text.", "character"),
        Column("path", "string", "Headings from the title down to this one, joined by ' / '."),
        Column("topic", "string", "What the section is about, a label of topics.toml."),
        Column("topic_score", "float32", "How sure the model is of the topic, 0 to 1.", "probability"),
        Column("role", "string", "What the section does in the report, a label of roles.toml."),
        Column("role_score", "float32", "How sure the model is of the role, 0 to 1.", "probability"),
    ),
    "sentences": (
        DOC_ID,
        Column("section_id", "int32", "The innermost section that holds the sentence."),
        Column("sentence_id", "int32", "Number of the sentence in its document, from 0, in order."),
        Column("start", "int32", "Where the sentence starts in the clean text.", "character"),
        Column("end", "int32", "Where the sentence ends in the clean text.", "character"),
        Column("text", "string", "The sentence: documents.text[start:end]."),
        Column("words", "list<string>", "The words of the sentence; joined they are its text."),
        Column("tags", "list<string>", "Part of speech of each word, in jieba's tag set."),
        Column(
            "passage",
            "string",
            "Role of the passage that the sentence stands in, where it has one of its own whatever its section has: "
            "problems (我们也清醒地看到…困难) or closing; else null.",
        ),
    ),
    "metrics": (
        DOC_ID,
        Column("metric_id", "int32", "Number of the metric in its document, from 0, in order."),
        Column("section_id", "int32", "The innermost section that holds the quantity."),
        Column("sentence_id", "int32", "The sentence that holds the quantity."),
        Column("name", "string", "What is measured."),
        Column("subject", "string", "Who or where it is said of; null where nothing says so."),
        Column("indicator", "string", "Code of the name in the table of known indicators; null where it has none."),
        Column("quantity", "string", "The expression as it stands: documents.text[start:end]."),
        Column(
            "value",
            "float64",
            "The written number, 万 and 亿 multiplied out; null for a range or a masked number.",
            "unit",
        ),
        Column("value_min", "float64", "Lower bound of a range; else null.", "unit"),
        Column("value_max", "float64", "Upper bound of a range; else null.", "unit"),
        Column("unit", "string", "The unit as written; % for every percentage; empty where there is none."),
        Column("unit_canonical", "string", "The unit's canonical form (平米 is 平方米)."),
        Column("approx", "string", "exact, about, over, under or range."),
        Column("status", "string", "actual: it happened or is so; planned: a plan, target or task."),
        Column("change", "string", "level; increase or decrease where the number itself is the change."),
        Column("change_basis", "string", "What a change is measured against (同比, 较2020年); null without one."),
        Column("modality", "string", "The word that commits (力争, 确保, 预计); null without one."),
        Column("period", "string", "When: 2023, 2023-08, 2023-H1, 2023-Q1, 2021/2025; null where nothing settles it."),
        Column("period_start", "date32", "First day of the period; null without one.", "day"),
        Column("period_end", "date32", "Last day of the period; null without one.", "day"),
        Column("base_value", "float64", "The value in base_unit; null where the unit has none.", "base_unit"),
        Column("base_unit", "string", "The base unit of the dimension (元, 平方米, 千克); null where there is none."),
        Column("dimension", "string", "money, area, length, mass, count, ratio …; null where the unit has none."),
        Column("masked", "bool", "The number is hidden in the source (××万元); its values are null."),
        Column("part_of", "int32", "metric_id of the total that this is a part of (其中…); null without one."),
        Column("start", "int32", "Where the quantity starts in the clean text.", "character"),
        Column("end", "int32", "Where the quantity ends in the clean text.", "character"),
        *SOURCE_SPAN,
        Column("sentence", "string", "The evidence: the sentence that holds the quantity."),
        Column("rule", "string", "The rule or model that made the record."),
        Column("confidence", "float32", "How likely the record is right, 0 to 1.", "probability"),
    ),
    "ranks": (
        DOC_ID,
        Column("rank_id", "int32", "Number of the claim in its document, from 0, in order."),
        Column("section_id", "int32", "The innermost section that holds it."),
        Column("sentence_id", "int32", "The sentence that holds it."),
        Column(
            "metric_id", "int32", "The metric before it in its sentence, of which it mostly speaks; null without one."
        ),
        Column(
            "name", "string", "What stands at that place (地区生产总值增速); null where the text does not settle it."
        ),
        Column("subject", "string", "Subject of that metric; null without one."),
        Column(
            "place", "string", "The words for the place as they stand: documents.text[start:end] (第3位, 前三, 首位)."
        ),
        Column("rank", "int32", "The place as a number; 1 for 首位 and for 末位."),
        Column(
            "kind", "string", "exact; within: among the first so many (前三); last: counted from the end (倒数第二)."
        ),
        Column("of", "int32", "How many were compared (13个市州中第3); null where it is not said."),
        Column("tied", "bool", "The place is shared (并列)."),
        Column(
            "scope", "string", "Among what it is compared, as written (全省, 全国百强县); null where it is not said."
        ),
        Column("start", "int32", "Where the words for the place start in the clean text."),
        Column("end", "int32", "Where they end in the clean text."),
        *SOURCE_SPAN,
        Column("sentence", "string", "The evidence: the sentence that holds it."),
        Column("rule", "string", "What made it a place among others: verb, scope, short_verb, gain or joined."),
    ),
    "checks": (
        DOC_ID,
        Column(
            "metric_ids",
            "list<int32>",
            "The metrics that were held against each other, the total or the level first; empty for numbers that are no records.",
        ),
        Column(
            "check",
            "string",
            "parts_of_total, sum_of_list, share_of_total, shares_of_whole, rate_of_parts, average_of_total, growth_of_levels, one_value or percent_range.",
        ),
        Column(
            "holds", "bool", "The numbers agree, rounding and 余, 近, 约 taken into account; false: a slip to look at."
        ),
        Column("detail", "string", "The arithmetic written out: 12名/48名=25% ≠ 占30%."),
    ),
    "failures": (
        Column("source", "string", "Where the entry was, named as in documents.source."),
        Column("stage", "string", "Where it failed: a step of the pipeline, or skipped where it is no text."),
        Column("error", "string", "The kind of error."),
        Column("message", "string", "What happened and what to do."),
    ),
}
"""The tables that a run writes, a part of each for every shard."""

DERIVED: dict[str, tuple[Column, ...]] = {
    "indicators": (
        Column("name", "string", "A name as it stands in metrics."),
        Column("dimension", "string", "Dimension of its unit, as in metrics; null where the unit has none."),
        Column(
            "code", "string", "Code of the known indicator, or of the group of names that are alike (g and a digest)."
        ),
        Column("known", "bool", "The code is that of a known indicator: metrics.indicator has it."),
        Column(
            "standard", "string", "The indicator's standard name; of a group the commonest wording of its first head."
        ),
        Column("head", "string", "The name less what does not change its meaning (全市, 完成, 增速)."),
        Column(
            "similarity", "float32", "How alike the head and that of the group are, 0 to 1; 1 for known indicators."
        ),
        Column("metrics", "int64", "Metrics of that name and dimension.", "metric"),
        Column("documents", "int64", "Documents in which it stands.", "document"),
    ),
    "duplicates": (
        Column("doc_id", "string", "A document that repeats a fuller one (key of documents)."),
        Column("duplicate_of", "string", "The fullest document of the same text, of equals the first by source."),
        Column("kind", "string", "exact: the same letters and digits; near: parts of one are missing in the other."),
        Column("similarity", "float32", "Share of the shorter text, in runs of 8 characters, that the other has too."),
        Column("jaccard", "float32", "Share of both texts together that they have in common."),
    ),
}
"""Tables over the whole archive, each written by a command of its own into a finished dataset, where it may be missing."""

MEANINGS = {
    "documents": "one row a document, in input order",
    "removals": "every stretch of source text that the clean text lacks, white space aside",
    "restorations": "every disguised word put right and every character normalised",
    "sections": "the outline of each document as a tree, with topic and role",
    "sentences": "every sentence with its words and their tags",
    "metrics": "every number that measures or counts something, named and placed",
    "ranks": "every place among others that a report claims (全省第3位)",
    "checks": "every time that numbers of a report could be held against each other, with the arithmetic",
    "failures": "every entry that became no document, and why",
    "indicators": "every name with its code, of a known indicator or of names that are alike",
    "duplicates": "every document that repeats another one of the archive",
}
"""What a row of each table is, of a run and derived."""

KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("doc_id",),
    "sections": ("doc_id", "section_id"),
    "sentences": ("doc_id", "sentence_id"),
    "metrics": ("doc_id", "metric_id"),
    "ranks": ("doc_id", "rank_id"),
}
"""The columns by which a row is found, where a table has such."""

LINKS = {
    "doc_id": "documents",
    "duplicate_of": "documents",
    "section_id": "sections",
    "parent_id": "sections",
    "sentence_id": "sentences",
    "metric_id": "metrics",
    "part_of": "metrics",
}
"""Columns that lead to a row of a table; all but documents are keyed within their document."""

OF_DOCUMENT = {"metrics": ("source", "place", "year_covered"), "sections": ("source", "place", "year_covered")}
"""Columns of documents that a file for a spreadsheet or for Stata has in these tables too, behind doc_id."""

FULL_TEXTS = {"documents": ("source_text", "text"), "removals": ("text",)}
"""Columns from which whole texts could be read. Sentences that are the evidence of nothing count as well."""


class Link(NamedTuple):
    """Columns that lead to the key of a table."""

    columns: tuple[str, ...]
    table: str


def links_of(table: str) -> list[Link]:
    """Where the rows of `table` lead.

    >>> links_of("metrics")[1:3]
    [Link(columns=('doc_id', 'section_id'), table='sections'), Link(columns=('doc_id', 'sentence_id'), table='sentences')]
    """
    own = KEYS.get(table, ())
    names = [c.name for c in columns_of(table) if c.name in LINKS and (LINKS[c.name] != table or c.name not in own)]
    return [Link((name,) if LINKS[name] == "documents" else ("doc_id", name), LINKS[name]) for name in names]


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table of a run or a derived one."""
    return TABLES.get(table) or DERIVED[table]


def tables_in(dataset: Path) -> list[str]:
    """The tables that lie in the folder of a dataset, in the order of the dictionary."""
    return [table for table in (*TABLES, *DERIVED) if (dataset / table).is_dir()]


@cache
def schema(table: str) -> pa.Schema:
    """The Arrow schema of `table`; the meaning of each column travels with it."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int16": pa.int16(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "float32": pa.float32(),
        "float64": pa.float64(),
        "bool": pa.bool_(),
        "date32": pa.date32(),
        "list<string>": pa.list_(pa.string()),
        "list<int32>": pa.list_(pa.int32()),
    }
    columns = [pa.field(c.name, types[c.type], metadata={"meaning": c.meaning}) for c in columns_of(table)]
    return pa.schema(columns, metadata={"pipeline_table": table})


def transposed(table: str, rows: Sequence[tuple[Any, ...]]) -> list[Sequence[Any]]:
    """The columns of some rows of `table`."""
    return list(zip(*rows, strict=True)) if rows else [()] * len(columns_of(table))


def to_batch(table: str, rows: Sequence[tuple[Any, ...]]) -> pa.RecordBatch:
    """Rows of `table` as Arrow arrays."""
    return columns_to_batch(table, transposed(table, rows))


def columns_to_batch(
    table: str, columns: Sequence[Sequence[Any]], made: Mapping[str, pa.Array] = MappingProxyType({})
) -> pa.RecordBatch:
    """Columns of `table` as Arrow arrays, some of them `made` already: a tenth of the memory that they take in Python.

    A column that is made may share its values, as `shared` has them.
    """
    import pyarrow as pa

    names = schema(table)
    pairs = zip(columns, names, strict=True)
    arrays = [made[field.name] if field.name in made else pa.array(column, field.type) for column, field in pairs]
    fields = [field.with_type(array.type) for field, array in zip(names, arrays, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields, metadata=names.metadata))


def shared(values: Sequence[str]) -> pa.Array:
    """Strings of which many are the same, each held once."""
    import pyarrow as pa

    return pa.array(values, pa.dictionary(pa.int32(), pa.string()))


STORED: dict[str, Callable[[Any], Any]] = {
    "float32": lambda value: c_float(value).value,
    "float64": float,
    "list<string>": list,
    "list<int32>": list,
}
"""What a value becomes in a column of a type; values of other types stay as they are."""


def to_dicts(table: str, rows: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Rows of `table` by column name, with the values that `to_batch` holds: Arrow takes longer to load than to use."""
    columns = columns_of(table)
    names, stored = [column.name for column in columns], [STORED.get(column.type) for column in columns]
    return [
        {
            name: value if become is None or value is None else become(value)
            for name, become, value in zip(names, stored, row, strict=True)
        }
        for row in rows
    ]
