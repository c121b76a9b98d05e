"""One report as a page: its source with everything that was done to it and found in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pipeline.dataset.columns import TABLES
from pipeline.dataset.readable import number, value_of, what_of
from pipeline.pages.marked import Kind, Mark, escaped, marked
from pipeline.pages.page import attribute, data_block, render

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
"""The rows of one document by table, as `dataset.rows.tables_of` gives them or a dataset holds them."""

IN_RECORD = [column for column in TABLES["metrics"] if column.name not in ("doc_id", "sentence")]


COLUMNS = (
    ("name", "name"),
    ("quantity", "as written"),
    ("value", "value"),
    ("unit", "unit"),
    ("subject", "subject"),
    ("period", "period"),
    ("what", "what"),
    ("confidence", "confidence"),
)
"""Columns of the table of metrics, each with its heading."""


def report_page(tables: Tables, home: str | None = None) -> bytes:
    """The page of one document, whole and by itself; `home` is where the page of its dataset lies, if it has one."""
    document = tables["documents"][0]
    whole = document["source_text"] is not None
    return render(
        "report.html",
        style=("base.css", "report.css"),
        script=("report.js",),
        home=home,
        document=document,
        title=document["title"] or document["source"],
        about=list(_about(document)),
        whole=whole,
        text=_text(tables, whole=whole),
        kinds=_kinds(tables) if whole else {},
        restored=len(tables["restorations"]) if whole else 0,
        outline=_outline(tables["sections"]),
        metrics=[_line(metric) for metric in tables["metrics"]],
        actual=sum(metric["status"] == "actual" for metric in tables["metrics"]),
        columns=COLUMNS,
        records=_records(tables),
        number=number,
    )


def _about(document: Row) -> Iterator[tuple[str, str]]:
    """What the report says of itself and where it was, as label and value."""
    place = " ".join(filter(None, (document["place"], document["place_code"])))
    county = document["county_code"] if document["county_code"] != document["place_code"] else None
    years = (("reports on", document["year_covered"]), ("delivered", document["year_delivered"]))
    yield from (
        (label, str(value))
        for label, value in (
            ("issuer", document["issuer"]),
            ("place", place),
            ("county", county),
            ("level", document["admin_level"]),
            ("type", (document["report_type"] or "").replace("_", " ")),
            *years,
            ("source", document["source"]),
            ("read as", f"{document['media_type']}, {document['encoding']}"),
            ("id", document["doc_id"]),
        )
        if value
    )


def _text(tables: Tables, *, whole: bool) -> str:
    """The source with removals, restorations, headings and metrics; without a source text, the clean text."""
    from markupsafe import Markup

    document, start, end = tables["documents"][0], *(("source_start", "source_end") if whole else ("start", "end"))
    text = document["source_text"] if whole else document["text"]
    edits = [*tables["removals"], *tables["restorations"]] if whole else []
    edit_at = {edit["source_start"]: edit for edit in edits}
    marks, anchors = [_edit(edit) for edit in edits], defaultdict[int, str](str)
    for section in tables["sections"]:
        at = section[start]
        anchors[at] += f'<span class="anchor" id="s{section["section_id"]}"></span>'
        if section["heading"]:
            tag = f'<span class="heading h{min(section["level"], 4)}">'
            heading_end = _heading_end(text, at, section["heading"], edit_at)
            marks.append(Mark(at, heading_end, Kind.HEADING, tag, tag, "</span>"))
    marks += (_metric(metric, metric[start], metric[end]) for metric in tables["metrics"])
    return Markup(marked(text, marks, anchors))


def _heading_end(text: str, at: int, heading: str, edit_at: Mapping[int, Row]) -> int:
    """Where a heading ends that starts at `at`: white space, removed and restored stretches are walked over."""
    left = "".join(heading.split())
    while left and at < len(text):
        if edit := edit_at.get(at):
            left, at = left.removeprefix("".join(edit.get("after", "").split())), edit["source_end"]
        elif text[at] == left[0]:
            left, at = left[1:], at + 1
        elif text[at].isspace():
            at += 1
        else:
            break
    return at


def _edit(edit: Row) -> Mark:
    """A removal struck through in the colour of its kind, or a restoration with what was there before it."""
    start, end = edit["source_start"], edit["source_end"]
    if "kind" in edit:
        why = attribute(f"{edit['kind'].replace('_', ' ')}: {edit['rule']}, {edit['score']:.2f}")
        tag = f'<del class="removed {attribute(edit["kind"])}" title="{why}">'
        return Mark(start, end, Kind.REMOVAL, tag, tag, "</del>")
    tag = f'<del class="before" title="restored: {attribute(edit["rule"])}">'
    after = f"<ins>{escaped(edit['after'])}</ins>"
    return Mark(start, end, Kind.RESTORATION, tag, tag, "</del>", after)


def _metric(metric: Row, start: int, end: int) -> Mark:
    number, status = metric["metric_id"], attribute(metric["status"])
    tag = f'<span class="metric {status}" data-metric="{number}"'
    opening = f'{tag} id="m{number}" role="button" tabindex="{-1 if number else 0}">'
    return Mark(start, end, Kind.METRIC, opening, f"{tag}>", "</span>")


def _kinds(tables: Tables) -> dict[str, tuple[int, int]]:
    """Removals by kind: how many, and how many characters."""
    places: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for removal in tables["removals"]:
        places[removal["kind"]] += 1
        characters[removal["kind"]] += removal["source_end"] - removal["source_start"]
    return {kind: (places[kind], characters[kind]) for kind in sorted(places)}


def _outline(sections: Sequence[Row]) -> list[dict[str, Any]]:
    """The sections as a tree, each with its labels in words and what it holds."""
    zh = labels()
    nodes: dict[int | None, dict[str, Any]] = {None: {"inner": []}}
    for section in sections:
        node = {
            "id": section["section_id"],
            "heading": section["heading"],
            "topic": zh.get(section["topic"], section["topic"]),
            "role": zh.get(section["role"], section["role"]),
            "role_id": section["role"],
            "why": f"{section['topic']} {section['topic_score']:.2f}, {section['role']} {section['role_score']:.2f}",
            "inner": [],
        }
        nodes[section["section_id"]] = node
        nodes[section["parent_id"]]["inner"].append(node)
    return list(nodes[None]["inner"])


@cache
def labels() -> dict[str, str]:
    """Topics and roles in Chinese, by id."""
    from pipeline.rules import Rules
    from pipeline.rules.schema import Role, Topic

    rules = Rules()
    return {topic.id: topic.zh for topic in rules.table(Topic)} | {role.id: role.zh for role in rules.table(Role)}


def _line(metric: Row) -> dict[str, Any]:
    """A metric as a line of the table."""
    return {
        "id": metric["metric_id"],
        "name": metric["name"],
        "quantity": metric["quantity"],
        "value": value_of(metric),
        "unit": metric["unit"],
        "subject": metric["subject"],
        "period": metric["period"],
        "what": what_of(metric),
        "confidence": f"{metric['confidence']:.2f}",
    }


def _records(tables: Tables) -> str:
    """All metrics with their evidence, for the script of the page."""
    starts = {sentence["sentence_id"]: sentence["start"] for sentence in tables["sentences"]}
    said = {metric["sentence_id"]: metric["sentence"] for metric in tables["metrics"]}
    rows = [[_rounded(metric[column.name]) for column in IN_RECORD] for metric in tables["metrics"]]
    return data_block(
        {
            "columns": [[column.name, column.meaning] for column in IN_RECORD],
            "rows": rows,
            "sentences": {number: [starts[number], text] for number, text in said.items()},
            "paths": {section["section_id"]: section["path"] for section in tables["sections"]},
        }
    )


def _rounded(value: Any) -> Any:
    """A number with the digits that it was stored with (float32 knows seven)."""
    return float(f"{value:.15g}") if isinstance(value, float) else value
