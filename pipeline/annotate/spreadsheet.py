"""Tasks as one CSV for Excel and the like: a row for each document and each mark; the texts lie beside it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

from pipeline.annotate.marks import FIELDS, METRIC, Checked, Mark, Task
from pipeline.errors import UsageError
from pipeline.gold.likeness import read_text

TABLE, TEXTS = "marks.csv", "texts"
DOCUMENT = "document"
"""Label of the row that stands for a document; without it the document was not checked."""
COLUMNS = (
    "document", "id", "label", "before", "quote",
    *dict.fromkeys(field for label in (METRIC, *FIELDS) for field in FIELDS[label]),
    "optional", "score", "start", "end",
)  # fmt: skip
MISREAD = re.compile(r"[=+\-@\t]|\d+[-/]\d+")
"""What a spreadsheet would take for a formula or a date; an apostrophe before it keeps it as it is."""


def write_table(folder: Path, tasks: Iterable[Task], choices: Mapping[str, Sequence[str]]) -> list[Path]:
    """Write the table, in UTF-8 with a byte order mark, and the texts, NAME.txt each."""
    (folder / TEXTS).mkdir(exist_ok=True)
    with (folder / TABLE).open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, restval="")
        table.writeheader()
        for task in tasks:
            (folder / TEXTS / f"{task.name}.txt").write_bytes(task.text.encode("utf-8"))
            about = {"id": " ".join(task.layers), "label": DOCUMENT, "quote": task.source}
            table.writerow({"document": guarded(task.name), **{k: guarded(v) for k, v in about.items()}})
            for mark in task.marks:
                table.writerow({k: guarded(v) for k, v in _row(task, mark).items()})
    return [folder / TABLE, folder / TEXTS]


def read_table(file: Path) -> Iterator[Checked]:
    """The documents of a table as somebody gave it back; their texts lie in ``texts`` beside it.

    Raises UsageError where it is no such table, or a text is not there.
    """
    try:
        content = read_text(file)  # Excel may have written GB18030
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is no text. Save the table as CSV UTF-8.") from error
    header = content.partition("\n")[0]
    table = csv.DictReader(StringIO(content, newline=""), delimiter=max(",;\t", key=header.count))
    if missing := [name for name in ("document", "label", "quote") if name not in (table.fieldnames or ())]:
        raise UsageError(f"{file} lacks the columns {', '.join(missing)}. Give the table that annotate export wrote.")
    rows = [{name: plain(raw.get(name) or "") for name in COLUMNS} for raw in table]
    marks: dict[str, list[Mark]] = {}
    for number, row in enumerate(rows, 2):
        if row["label"] != DOCUMENT and row["quote"]:
            marks.setdefault(row["document"], []).append(_mark(row, row["id"] or f"row {number}"))
    for row in rows:
        if row["label"] == DOCUMENT:
            text = file.parent / TEXTS / f"{row['document']}.txt"
            if not text.is_file():
                raise UsageError(f"There is no {text}. Keep the folder {TEXTS} beside the table.")
            layers, found = row["id"].split(), marks.get(row["document"], [])
            yield Checked(Task(row["document"], row["quote"], read_text(text), layers, found), file.name)


def guarded(written: str) -> str:
    """What a spreadsheet leaves as it is.

    >>> guarded("=SUM(A1)"), guarded("2023-08"), guarded("12家")
    ("'=SUM(A1)", "'2023-08", '12家')
    """
    return f"'{written}" if MISREAD.match(written) or written.startswith("'") else written


def plain(cell: str) -> str:
    """What `guarded` was given."""
    return cell.removeprefix("'")


def _row(task: Task, mark: Mark) -> dict[str, str]:
    places = {"start": str(mark.start), "end": str(mark.end)}
    score = "" if mark.score is None else f"{mark.score:.3f}"
    said = {"document": task.name, "id": mark.id, "label": mark.label, "before": mark.before, "quote": mark.quote}
    return {**said, **mark.fields, "score": score, **places}


def _mark(row: Mapping[str, str], id: str) -> Mark:
    fields = {name: row[name] for name in (*FIELDS.get(row["label"], ()), "optional") if row[name]}
    start, end = (int(row[name]) if row[name].isdecimal() else None for name in ("start", "end"))
    return Mark(id, row["label"], row["quote"], start, end, fields, row["before"])
