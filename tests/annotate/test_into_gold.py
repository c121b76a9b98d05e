"""What people say of documents, to gold: what is refused, what is moved, and how several people are joined."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from test_files import CHOICES

from pipeline.annotate.golds import Result, import_checked
from pipeline.annotate.marks import LAYERS, Checked, Mark, Task
from pipeline.annotate.merging import merge
from pipeline.errors import UsageError

TEXT = "某镇总结\n全镇有企业12家，其中规上企业3家。\n加V：demo\n"
FIELDS = {"name": "企业", "value": "12", "unit": "家", "approx": "exact", "status": "actual", "change": "level"}


def mark(quote: str, id: str = "m0", label: str = "metric", at: int | None = None, **fields: str) -> Mark:
    start = TEXT.index(quote) if at is None else at
    said = FIELDS | fields if label == "metric" else fields
    return Mark(id, label, quote, start, start + len(quote), said)


def given(*marks: Mark, by: str = "li", text: str = TEXT) -> Checked:
    return Checked(Task("a", "x/a.txt", text, LAYERS, marks), by)


def taken(folder: Path, *checked: Checked) -> tuple[dict[str, Any], Result]:
    result = import_checked(checked, folder, CHOICES)
    return json.loads((folder / "a.json").read_text(encoding="utf-8")), result


def test_records_become_gold_with_their_totals(tmp_path: Path) -> None:
    gold, result = taken(
        tmp_path,
        given(
            mark("3家", "m7", value="3", name="规上企业|规上", part_of="m2"),
            mark("12家", "m2", subject="全镇"),
            mark("某镇总结", "s0", "heading", level="0", topic="general", role="measures|plans"),
            mark("加V：demo", "r0", "contact", optional="yes"),
            mark("全镇", "w0", "restored", after="全乡"),
        ),
    )
    assert [(m["quantity"], m["names"], m["part_of"]) for m in gold["metrics"]] == [
        ("12家", ["企业"], None),
        ("3家", ["规上企业", "规上"], 0),
    ]
    assert gold["headings"][0]["role"] == ["measures", "plans"]
    assert gold["removed"][0].items() >= {"kind": "contact", "optional": True}.items()
    assert gold["restored"][0]["text"] == "全乡"
    assert gold["source"] == "x/a.txt"
    assert (tmp_path / "texts" / "a.txt").read_bytes() == TEXT.encode()
    assert (result.marks, result.refused, result.conflicts) == (5, [], [])


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (mark("12家", value="十二"), "value '十二' is no number"),
        (mark("12家", status="maybe"), "there is no status maybe; known: actual, planned"),
        (mark("12家", approx="circa"), "there is no approx circa; known: exact, about, over, under, range"),
        (mark("12家", change="up"), "there is no change up; known: level, increase, decrease"),
        (mark("12家", period="去年"), "period 去年"),
        (mark("12家", name=""), "no name"),
        (
            mark("某镇总结", "s0", "heading", level="0", topic="cooking"),
            f"no topic cooking; known: {', '.join(CHOICES['topic'])}",
        ),
        (mark("某镇总结", "s0", "heading", level="x", topic="general"), "level 'x'"),
        (mark("12家", label="noise"), "no label 'noise'"),
        (mark("13家", at=8), "not in the text"),
    ],
)
def test_what_gold_cannot_say_is_refused_with_its_reason_and_the_rest_is_taken(
    tmp_path: Path, wrong: Mark, reason: str
) -> None:
    gold, result = taken(tmp_path, given(wrong, mark("3家", "m1", value="3")))
    assert [m["quantity"] for m in gold["metrics"] if not m.get("optional")] == ["3家"]
    assert reason in result.refused[0].reason
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["document"], row["by"], row["quote"]) == ("a", "li", wrong.quote)
    assert reason in row["reason"]


@pytest.mark.parametrize(
    ("wrong", "layer"),
    [
        (mark("12家", value="abc"), "metrics"),
        (mark("12家", label="metrc"), "metrics"),
        (mark("12家")._replace(quote="十二家"), "metrics"),
        (mark("某镇总结", "s0", "heading", level="x", topic="cooking"), "headings"),
        (mark("加V：demo", "r0", "advrt"), "removed"),
    ],
)
def test_a_refused_row_is_as_if_nobody_had_judged_it(tmp_path: Path, wrong: Mark, layer: str) -> None:
    gold, result = taken(tmp_path / "alone", given(wrong))
    (record,) = gold[layer]
    assert (record["start"], record["end"], record["optional"]) == (wrong.start, wrong.end, True)
    labels = {"metrics": "metric", "headings": "heading", "removed": "advert"}
    right = wrong._replace(
        label=labels[layer],
        quote=TEXT[wrong.start : wrong.end],
        fields=FIELDS if layer == "metrics" else {"level": "0"},
    )
    two, result = taken(tmp_path / "two", given(wrong), given(right, by="wang"))
    (record,) = two[layer]
    assert (record["start"], record.get("optional", False), result.conflicts) == (wrong.start, False, [])
    assert len(result.refused) == 1
    gone, result = taken(tmp_path / "gone", given(wrong), given(by="wang"))
    assert (gone[layer], result.conflicts) == ([], [])


def test_a_new_row_that_is_refused_leaves_nothing(tmp_path: Path) -> None:
    gold, result = taken(tmp_path, given(Mark("row 5", "metric", "13家", None, None, FIELDS)))
    assert (gold["metrics"], len(result.refused)) == ([], 1)


def test_gold_that_is_there_is_not_written_over_unasked(tmp_path: Path) -> None:
    taken(tmp_path, given(mark("12家")))
    with pytest.raises(UsageError, match=r"holds gold of x/a\.txt already"):
        taken(tmp_path, given(mark("3家", value="3")))
    import_checked([given(mark("3家", value="3"))], tmp_path, CHOICES, overwrite=True)
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["metrics"][0]["quantity"] == "3家"
    other = Checked(Task("a", "y/a.txt", TEXT, LAYERS, [mark("12家")]), "li")
    import_checked([other], tmp_path, CHOICES)
    assert (tmp_path / "a~2.json").is_file()


def test_what_people_agree_on_stands_and_wordings_are_joined() -> None:
    found = merge({"li": [mark("12家", name="企业数")], "wang": [mark("12家", "m9", name="企业|企业数")]})
    assert [m.fields["name"] for m in found.marks] == ["企业数|企业"]
    assert [c.field for c in found.conflicts] == ["name"]
    assert "optional" not in found.marks[0].fields


def test_the_more_frequent_value_stands_and_a_tie_is_optional() -> None:
    one, two = mark("12家", status="planned"), mark("12家")
    most = merge({"li": [one], "wang": [two], "zhao": [two]})
    assert (most.marks[0].fields["status"], most.marks[0].fields.get("optional")) == ("actual", None)
    tie = merge({"li": [one], "wang": [two]})
    assert tie.marks[0].fields["optional"] == "yes"
    assert dict(tie.conflicts[0].said) == {"li": "planned", "wang": "actual"}


def test_a_mark_that_few_have_goes_and_half_make_it_optional() -> None:
    extra = mark("3家", "m1", value="3")
    half = merge({"li": [mark("12家"), extra], "wang": [mark("12家")]})
    assert [(m.quote, m.fields.get("optional")) for m in half.marks] == [("12家", None), ("3家", "yes")]
    few = merge({"li": [mark("12家"), extra], "wang": [mark("12家")], "zhao": [mark("12家")]})
    assert [m.quote for m in few.marks] == ["12家"]
    assert [(c.field, c.mark.quote, dict(c.said)) for c in few.conflicts] == [
        ("there", "3家", {"li": "yes", "wang": "no", "zhao": "no"})
    ]


def test_totals_are_the_same_record_whoever_named_them() -> None:
    li = [mark("12家", "m0"), mark("3家", "m1", value="3", part_of="m0")]
    wang = [mark("12家", "x7"), mark("3家", "x9", value="3", part_of="x7")]
    found = merge({"li": li, "wang": wang})
    assert found.conflicts == []
    assert found.marks[1].fields["part_of"] == found.marks[0].id


def test_conflicts_are_named_in_a_file(tmp_path: Path) -> None:
    taken(tmp_path, given(mark("12家", status="planned")), given(mark("12家"), by="wang"))
    said = (tmp_path / "conflicts.csv").read_text(encoding="utf-8-sig")
    assert "12家,status,li: planned,wang: actual" in said
