"""spaCy: a folder of ``.spacy`` files, a DocBin for each part of the dataset, made from the tables alone.

The Docs are those of ``pipeline.load()``: words, tags, sentences, ``doc.spans["sections"]`` and ``["metrics"]`` in whole
words, and ``doc._.sections`` and ``doc._.metrics`` as plain data once `pipeline.spacy_components` is imported. What
else is known of a document stands in ``doc.user_data``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset.formats.cells import rows_of
from pipeline.dataset.stored import Stored
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Row = dict[str, Any]


def write(stored: Stored, path: Path) -> None:
    """Write the folder. Raises UsageError where full texts are to be left out: a Doc is its text."""
    import spacy
    from spacy.tokens import DocBin

    if stored.public:
        raise UsageError("A DocBin holds the full texts, which --public leaves out. Take another format, or leave it.")
    vocab = spacy.blank("zh").vocab
    path.mkdir()
    for part in stored.parts("documents"):
        bin_of_part = DocBin(["TAG", "SENT_START"], store_user_data=True)
        rows = {table: _by_document(stored, table, part) for table in ("sentences", "sections", "metrics")}
        for document in chain.from_iterable(_rows(stored, "documents", part)):
            own = {table: found.pop(document["doc_id"], []) for table, found in rows.items()}
            bin_of_part.add(doc_of(vocab, document, **own))
        bin_of_part.to_disk((path / part).with_suffix(".spacy"))


def doc_of(vocab: Vocab, document: Row, sentences: list[Row], sections: list[Row], metrics: list[Row]) -> Doc:
    """One document with its rows of three tables as a Doc, character for character ``documents.text``."""
    from spacy.tokens import Doc

    text = document.pop("text")
    words, tags, starts = list[str](), list[str](), list[bool | int | None]()
    at = 0
    for sentence in sentences:
        if sentence["start"] > at:  # white space between sentences
            _append(words, tags, starts, [text[at : sentence["start"]]], ["x"], first=not at)
        _append(words, tags, starts, sentence["words"], sentence["tags"], first=bool(at or not sentence["start"]))
        at = sentence["end"]
    if at < len(text):
        _append(words, tags, starts, [text[at:]], ["x"], first=not at)
    doc = Doc(vocab, words, spaces=[False] * len(words), tags=tags, sent_starts=starts)
    data: dict[Any, Any] = doc.user_data
    data |= {name: _plain(value) for name, value in document.items() if name != "source_text"}
    for name, rows in (("sections", sections), ("metrics", metrics)):
        data["._.", name, None, None] = [  # where spaCy keeps doc._.sections
            {column: _plain(value) for column, value in row.items() if column not in LEFT_OUT} for row in rows
        ]
    doc.spans["sections"] = [
        _span(doc, row, row["section_id"], row["topic"], row["heading"])
        for row in sections
        if row["end"] > row["start"]
    ]
    doc.spans["metrics"] = [_span(doc, row, row["metric_id"], row["status"], row["name"]) for row in metrics]
    return doc


LEFT_OUT = {"doc_id", "sentence", "source_start", "source_end"}
"""Columns of sections and metrics that the Doc tells by itself, or that lead to a text that it has not."""


def _append(
    words: list[str],
    tags: list[str],
    starts: list[bool | int | None],
    new: list[str],
    new_tags: list[str],
    *,
    first: bool,
) -> None:
    """Add some words; `first` says whether a sentence starts with them. White space belongs to the one before it."""
    words += new
    tags += new_tags
    starts += [first, *[False] * (len(new) - 1)]


def _span(doc: Doc, row: Row, number: int, label: str, name: str) -> Any:
    return doc.char_span(row["start"], row["end"], label=label, kb_id=name, span_id=number, alignment_mode="expand")


def _plain(value: Any) -> Any:
    """A value that MessagePack knows."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _rows(stored: Stored, table: str, part: str) -> Iterator[list[Row]]:
    names = [column.name for column in stored.columns(table)]
    for batch in stored.part(table, part):
        yield [dict(zip(names, row, strict=True)) for row in rows_of(batch)]


def _by_document(stored: Stored, table: str, part: str) -> dict[str, list[Row]]:
    rows = chain.from_iterable(_rows(stored, table, part))
    return {doc_id: list(found) for doc_id, found in groupby(rows, lambda row: str(row["doc_id"]))}
