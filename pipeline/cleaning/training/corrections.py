"""What a user's annotated texts teach of adverts: their junk and their body, and where the cleaner was wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.cleaning.cleaner import Cleaner
from pipeline.cleaning.training.rows import Row, stretches
from pipeline.gold.documents import Annotated
from pipeline.gold.likeness import rebuilt
from pipeline.records import Span

TAUGHT = {"advert", "contact", "boilerplate"}
"""Kinds of removal that the classifier decides on; markers and mark-up are found by rules alone."""


class Corrections(NamedTuple):
    """Rows of annotated texts, and those of them that the cleaner took for the other thing."""

    rows: list[Row]
    wrong: list[Row]


def corrections_of(documents: Sequence[Annotated], cleaner: Cleaner) -> Corrections:
    """The rows of documents whose removals are annotated; body that was not mistaken counts as a look-alike.

    A reader may have overlooked an advert: such body must not decide how much evidence is enough.
    """
    rows: list[Row] = []
    wrong: list[Row] = []
    for document in documents:
        if "removed" in document.gold:
            mistaken = list(mistakes_of(document, cleaner))
            said = {row.text for row in mistaken}
            others = [*_junk(document), *_body(document)]
            rows += [*mistaken, *(row for row in others if row.text not in said)]
            wrong += mistaken
    return Corrections(rows, wrong)


def mistakes_of(document: Annotated, cleaner: Cleaner) -> Iterator[Row]:
    """Junk that stays, and body that goes, when a text is cleaned."""
    removals = cleaner.clean(document.text).removals
    gone = _covered(len(document.text), ((r.start, r.end) for r in removals))
    for span, row in _junk_spans(document):
        if not all(gone[i] or document.text[i].isspace() for i in range(*span)):
            yield row
    free = _covered(len(document.text), ((s["start"], s["end"]) for s in document.gold["removed"]))
    for removal in removals:
        kept = "".join(c for c, at in zip(removal.text, range(removal.start, removal.end), strict=True) if not free[at])
        for line in filter(None, map(str.strip, kept.splitlines())):
            whole = line == _line_at(document.text, removal.start).strip()
            yield Row(line, document.name, "body", "line" if whole else "part")


def _junk(document: Annotated) -> Iterator[Row]:
    for _, row in _junk_spans(document):
        yield row


def _junk_spans(document: Annotated) -> Iterator[tuple[Span, Row]]:
    """Each line of what must go, with the place that it stands in."""
    text = document.text
    for record in document.gold["removed"]:
        if record["kind"] not in TAUGHT or record.get("optional"):
            continue
        start = record["start"]
        for line in text[start : record["end"]].splitlines(keepends=True):
            stretch, begin = line.strip(), start + len(line) - len(line.lstrip())
            span, start = Span(begin, begin + len(stretch)), start + len(line)
            if stretch:
                whole = _line_at(text, begin)
                end = whole.rstrip().endswith(stretch)
                place = "line" if whole.strip() == stretch else "clause" if end else "inline"
                yield span, Row(stretch, document.name, record["kind"], place)


def _body(document: Annotated) -> Iterator[Row]:
    """Lines and parts of lines of what stays."""
    cut = [(s["start"], s["end"]) for s in document.gold["removed"]]
    put = {s["start"]: (s["end"], s["text"]) for s in document.gold.get("restored", [])}
    for line in filter(None, map(str.strip, rebuilt(document.text, cut, put).splitlines())):
        for place, stretch in stretches(line):
            if stretch:
                yield Row(stretch, document.name, "look-alike", place)


def _line_at(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]


def _covered(length: int, spans: Iterator[tuple[int, int]]) -> bytearray:
    """One for each character that a span covers."""
    covered = bytearray(length)
    for start, end in spans:
        covered[start:end] = bytes([1]) * (end - start)
    return covered
