"""A record in its place: the sentence that holds it and what stands around it, taken out of the report's text."""

from __future__ import annotations

from typing import Any, NamedTuple

AROUND = 400
"""Characters that are shown before and after a sentence."""


class Surroundings(NamedTuple):
    """What stands around a quantity, piece by piece in order, and the report that it is from."""

    before: str
    sentence_before: str
    quantity: str
    sentence_after: str
    after: str
    doc_id: str
    title: str
    path: str


class Piece(NamedTuple):
    """A stretch of a report's text; `metric_id` where it is the quantity of a record, `heading` where it is one."""

    text: str
    metric_id: int | None = None
    about: str = ""
    heading: bool = False


async def surroundings_of(base: Any, doc_id: str, metric_id: str) -> Surroundings | None:
    """The surroundings of one metric; None where there is no such row. Of a public edition the sentence alone."""
    rows = await base.execute(
        "SELECT m.start, m.end, s.start AS first, s.end AS last, s.text AS sentence, d.text, d.title, d.source, c.path FROM metrics m"
        " JOIN documents d USING (doc_id) JOIN sentences s USING (doc_id, sentence_id)"
        " LEFT JOIN sections c ON c.doc_id = m.doc_id AND c.section_id = m.section_id"
        " WHERE m.doc_id = ? AND m.metric_id = ?",
        (doc_id, metric_id),
    )
    row = rows.first()
    if row is None:
        return None
    text, shift = (row["sentence"], row["first"]) if row["text"] is None else (row["text"], 0)
    first, start, end, last = (row[place] - shift for place in ("first", "start", "end", "last"))
    return Surroundings(
        text[max(first - AROUND, 0) : first],
        text[first:start],
        text[start:end],
        text[end:last],
        text[last : last + AROUND],
        doc_id,
        row["title"] or row["source"],
        row["path"] or "",
    )


async def report_of(base: Any, doc_id: str) -> list[Piece]:
    """The text of a report in pieces, headings and metrics marked; empty where there is no such document or text."""
    found = (await base.execute("SELECT text FROM documents WHERE doc_id = ?", (doc_id,))).first()
    if found is None or found["text"] is None:
        return []
    text, marked = found["text"], dict[tuple[int, int], Piece]()
    sections = "SELECT start, heading_end FROM sections WHERE doc_id = ? AND heading <> ''"
    for row in await base.execute(sections, (doc_id,), truncate=False):
        marked[row["start"], row["heading_end"]] = Piece(text[row["start"] : row["heading_end"]], heading=True)
    metrics = "SELECT metric_id, name, value, unit, start, end FROM metrics WHERE doc_id = ?"
    for row in await base.execute(metrics, (doc_id,), truncate=False):
        about = f"{row['name']}: {row['value']} {row['unit']}"
        marked[row["start"], row["end"]] = Piece(text[row["start"] : row["end"]], row["metric_id"], about)
    pieces, at = [], 0
    for (start, end), piece in sorted(marked.items(), key=lambda item: item[0]):
        if start >= at:  # a number in a heading is shown as the heading
            pieces += [Piece(text[at:start]), piece]
            at = end
    return [piece for piece in (*pieces, Piece(text[at:])) if piece.text]
