"""Out to a tool and back: nothing is lost on the way, and what a person changed comes through."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.annotate.label_studio import read_tasks, write_tasks
from pipeline.annotate.marks import LAYERS, Mark, Task
from pipeline.annotate.spreadsheet import read_table, write_table
from pipeline.cli import main
from pipeline.gold.score import score_dataset
from pipeline.rules import Rules
from pipeline.rules.schema import Role, Topic

HERE = Path(__file__).parent
CHOICES = {"topic": [row.id for row in Rules().table(Topic)], "role": [row.id for row in Rules().table(Role)]}
RARE = "𠮷家村2023年总结\r\n全村有𠮷姓12户，=SUM(A1)为2023-08。\r\n"
RECORDS = ("quantity", "quantity_and_unit", "record", "record_close_name")
ODD = Task(
    "odd", "a/odd.txt", RARE, LAYERS,
    [
        Mark("s0", "heading", RARE[:12], 0, 12, {"level": "0", "topic": "general|agriculture", "role": "measures"}),
        Mark("m0", "metric", "12户", RARE.index("12户"), RARE.index("12户") + 3, {"name": "𠮷姓|户数", "value": "12", "unit": "户",
             "approx": "exact", "status": "actual", "change": "level", "period": "2023-08"}, "𠮷姓"),
        Mark("r0", "advert", "=SUM(A1)", RARE.index("="), RARE.index("=") + 8, {"optional": "yes"}),
    ],
)  # fmt: skip


def annotated(folder: Path, *edits: Callable[[list[dict[str, Any]]], None]) -> Path:
    """The tasks as Label Studio exports them: each prediction taken over by a person, once for each edit."""
    rows = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    for row in rows:
        row["annotations"] = []
        for number, edit in enumerate(edits):
            results = json.loads(json.dumps(row["predictions"][0]["result"]))
            edit(results)
            row["annotations"].append({"completed_by": {"email": f"p{number}@example.invalid"}, "result": results})
    path = folder / "export.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def as_it_is(results: list[dict[str, Any]]) -> None:
    """Nothing is changed."""


def comparable(task: Task) -> tuple[object, ...]:
    marks = [(m.label, m.span, m.quote, {k: v for k, v in m.fields.items() if v}) for m in task.marks]
    return task.name, task.source, task.text, tuple(task.layers), sorted(marks, key=str)


def test_a_table_comes_back_as_it_went(tasks: list[Task], tmp_path: Path) -> None:
    write_table(tmp_path, [*tasks, ODD], CHOICES)
    assert (tmp_path / "marks.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    back = [checked.task for checked in read_table(tmp_path / "marks.csv")]
    assert list(map(comparable, back)) == list(map(comparable, [*tasks, ODD]))


def test_a_spreadsheet_meets_no_formula_and_no_date(tmp_path: Path) -> None:
    write_table(tmp_path, [ODD], CHOICES)
    with (tmp_path / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = {cell for row in csv.DictReader(file) for cell in row.values()}
    assert {"'=SUM(A1)", "'2023-08"} <= cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize(("encoding", "delimiter"), [("gb18030", ","), ("utf-8", ";"), ("utf-8-sig", "\t")])
def test_a_table_that_a_spreadsheet_saved_in_its_own_way_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    write_table(tmp_path, [ODD], CHOICES)
    with (tmp_path / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    with (tmp_path / "marks.csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    assert [comparable(checked.task) for checked in read_table(tmp_path / "marks.csv")] == [comparable(ODD)]


def test_label_studio_gives_back_what_it_got(tasks: list[Task], tmp_path: Path) -> None:
    write_tasks(tmp_path, [*tasks, ODD], CHOICES)
    back = list(read_tasks(annotated(tmp_path, as_it_is)))
    assert [checked.by for checked in back] == ["p0@example.invalid"] * (len(tasks) + 1)
    assert [comparable(checked.task) for checked in back] == list(map(comparable, [*tasks, ODD]))


def test_tasks_that_nobody_annotated_are_not_taken(tasks: list[Task], tmp_path: Path) -> None:
    write_tasks(tmp_path, tasks, CHOICES)
    assert list(read_tasks(tmp_path / "tasks.json")) == []


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    python = os.environ.get("LABEL_STUDIO_PYTHON")
    if not python:
        pytest.skip(
            "label-studio-sdk needs other versions of our packages: name a Python that has it, LABEL_STUDIO_PYTHON"
        )
    command = [python, str(HERE / "label_studio_check.py"), str(folder)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_label_studio_takes_the_tasks_and_their_configuration(tasks: list[Task], tmp_path: Path) -> None:
    write_tasks(tmp_path, [*tasks, ODD], CHOICES)
    done = check(tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1].endswith(" results, 0 faults")) == (0, True), done.stdout


def test_label_studio_would_refuse_a_label_that_is_not_offered(tasks: list[Task], tmp_path: Path) -> None:
    write_tasks(tmp_path, [ODD], CHOICES | {"topic": ["economy"]})
    assert check(tmp_path).returncode == 1


@pytest.mark.parametrize("to", ["csv", "label-studio"])
def test_gold_of_what_nobody_changed_agrees_with_the_dataset(
    dataset: Path, tmp_path: Path, to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["annotate", "export", str(dataset), "--to", to, "-o", str(tmp_path / "out")]) == 0
    file = annotated(tmp_path / "out", as_it_is) if to == "label-studio" else tmp_path / "out" / "marks.csv"
    assert main(["annotate", "import", str(file), "-o", str(tmp_path / "gold")]) == 0
    result, misses = score_dataset(dataset, tmp_path / "gold")
    assert misses == []
    assert "faults" not in result
    assert result["record"]["f1"] == result["headings"]["f1"] == result["part_of"]["f1"] == 1
    assert result["cleaning"]["clean_text_exact"] == 1
    capsys.readouterr()
    assert main(["evaluate", str(dataset), "--gold", str(tmp_path / "gold"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == result


@pytest.mark.parametrize(
    ("only", "areas"),
    [
        ("sections", {"documents", "headings", "topic", "role"}),
        ("removals", {"documents", "cleaning"}),
        ("metrics", {"documents", *RECORDS, "attributes", "part_of"}),
    ],
)
def test_figures_are_of_what_was_checked_alone(dataset: Path, tmp_path: Path, only: str, areas: set[str]) -> None:
    out, gold = tmp_path / "out", tmp_path / "gold"
    assert main(["annotate", "export", str(dataset), "--to", "csv", "--only", only, "-o", str(out)]) == 0
    assert main(["annotate", "import", str(out / "marks.csv"), "-o", str(gold)]) == 0
    result, _ = score_dataset(dataset, gold)
    assert result.keys() == areas
    assert result["documents"] == len(list(gold.glob("*.json")))
