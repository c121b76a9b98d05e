from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from laws import read_table

from pipeline.dataset.columns import TABLES, to_batch
from pipeline.dataset.parts import write_parts
from pipeline.gold import score
from pipeline.gold.likeness import read_text

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import compile_gold  # noqa: E402
import evaluate  # noqa: E402

SOURCE = "某镇总结\n一、经济\n全镇有企业12家，##x##其中规上企业3家。\n加V：demo\n"
ANN = """\
# a comment
H	0	general	-	某镇总结
H	1	economy	measures	一、经济
M	有企业[[12家]]	12	家	exact	actual	level	-	企业	全镇
M	规上企业[[3家]]	3	家	exact	actual	level	-	规上企业	-	of=prev
R	paywall_marker	##x##
R	contact	加V：demo
"""


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "a.txt").write_bytes(SOURCE.encode("gb18030"))
    (folder / "a.ann").write_text(ANN, encoding="utf-8")
    return folder


def test_annotations_become_offsets(annotated: Path) -> None:
    assert compile_gold.main([str(annotated)]) == 0
    found = json.loads((annotated / "a.json").read_text(encoding="utf-8"))
    assert [SOURCE[h["start"] : h["end"]] for h in found["headings"]] == ["某镇总结", "一、经济"]
    assert [(m["quantity"], m["part_of"]) for m in found["metrics"]] == [("12家", None), ("3家", 0)]
    assert [SOURCE[r["start"] : r["end"]] for r in found["removed"]] == ["##x##", "加V：demo"]


def test_a_value_may_be_written_as_a_fraction(annotated: Path) -> None:
    line = "M\t有企业[[12家]]\t1/3\t家\texact\tactual\tlevel\t-\t企业\t-"
    (annotated / "a.ann").write_text(line + "\n", encoding="utf-8")
    assert compile_gold.main([str(annotated)]) == 0
    assert json.loads((annotated / "a.json").read_text(encoding="utf-8"))["metrics"][0]["value"] == 1 / 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("H\t0\tgeneral\t-\t没有的标题", "heading not found"),
        ("H\t0\tcooking\t-\t某镇总结", "label cooking"),
        ("M\t[[12家]]\t十二\t家\texact\tactual\tlevel\t-\t企业\t-", "value 十二"),
        ("M\t[[12家]]\t1/0\t家\texact\tactual\tlevel\t-\t企业\t-", "value 1/0"),
        ("M\t[[12家]]\t12\t户\texact\tactual\tlevel\t-\t企业\t-", "unit 户 not in 12家"),
        ("M\t[[12家]]\t12\t家\texact\tactual\tlevel\t去年\t企业\t-", "period 去年"),
        ("M\t[[12家]]\t12\t家\tsome\tactual\tlevel\t-\t企业\t-", "approx some"),
        ("M\t[[12家]]\t12\t家\texact\tactual\tlevel\t-\t-\t-", "no name"),
        ("R\tnoise\t##x##", "kind noise"),
        ("R\tcontact\t加V：demo\nR\tmarkup\t##x##", "out of order"),
        ("X\ty", "kind of line 'X'"),
    ],
)
def test_a_wrong_annotation_is_named(annotated: Path, line: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    (annotated / "a.ann").write_text(line + "\n", encoding="utf-8")
    assert compile_gold.main([str(annotated)]) == 1
    assert said in capsys.readouterr().out


def metric(**fields: object) -> tuple[object, ...]:
    start = SOURCE.index("12家")
    row: dict[str, object] = dict.fromkeys(column.name for column in TABLES["metrics"])
    row |= {"doc_id": "d", "metric_id": 0, "value": 12.0, "unit": "家", "name": "企业", "subject": "全镇"}
    row |= {"approx": "exact", "status": "actual", "change": "level", "masked": False}
    row |= {"source_start": start, "source_end": start + 3}
    return tuple((row | fields).values())


def figures(annotated: Path, *metrics: tuple[object, ...]) -> dict[str, dict[str, float]]:
    compile_gold.main([str(annotated)])
    document: dict[str, object] = dict.fromkeys(column.name for column in TABLES["documents"])
    text = SOURCE.replace("##x##", "").replace("加V：demo", "")
    document |= {"doc_id": "d", "source": "texts/a.txt", "source_text": SOURCE, "text": text}
    cut = [(SOURCE.index(part), part) for part in ("##x##", "加V：demo")]
    removals = [("d", start, start + len(part), part, "advert", "r", 1.0) for start, part in cut]
    tables: dict[str, list[tuple[object, ...]]] = {name: [] for name in TABLES}
    tables |= {"documents": [tuple(document.values())], "removals": removals, "metrics": list(metrics)}
    write_parts(
        annotated / "out", 0, {name: pa.Table.from_batches([to_batch(name, rows)]) for name, rows in tables.items()}
    )
    assert read_table(annotated / "out", "documents")
    result, _ = score.score_dataset(annotated / "out", annotated, annotated / "texts")
    assert "faults" not in result
    return result


def test_what_is_right_counts_and_what_is_wrong_does_not(annotated: Path) -> None:
    right = figures(annotated, metric())
    assert right["record"] == {"precision": 1.0, "recall": 0.5, "f1": 2 / 3, "gold": 2, "predicted": 1}
    assert right["cleaning"]["junk_characters_removed"] == 1.0
    assert right["cleaning"]["clean_text_exact"] == right["cleaning"]["clean_text_as_told"] == 1.0
    assert figures(annotated, metric(value=13.0))["quantity"]["f1"] == 0
    assert figures(annotated, metric(unit="户"))["quantity_and_unit"]["f1"] == 0
    assert figures(annotated, metric(name="规上企业"))["record"]["f1"] == 0  # another record is named so
    assert figures(annotated, metric(source_start=0, source_end=3))["quantity"]["f1"] == 0


def test_documents_are_scored_one_by_one_and_sure_records_apart(annotated: Path) -> None:
    figures(annotated, metric(confidence=0.92), metric(metric_id=1, source_start=0, source_end=2, confidence=0.95))
    [document, whole] = score.score_documents(annotated / "out", annotated, annotated / "texts")
    assert (document.n["metrics_gold"], document.n["record_hit"], document.n["metrics_extra"]) == (2, 1, 1)
    assert (document.n["sure"], document.n["sure_hit"]) == (2, 1)
    assert not whole.n
    total = score.Score()
    for _ in range(2):
        total.add(document)
    assert total.result()["record"] == document.result()["record"] | {"gold": 4, "predicted": 4}
    assert len(total.details) == 2 * len(document.details)


@pytest.mark.parametrize(
    ("figure", "bound", "misses"),
    [("record.f1", 0.8, False), ("record.f1", 0.95, True), ("cleaning.body_characters_lost", 0, True)],
)
def test_a_figure_under_its_floor_is_told(figure: str, bound: float, misses: bool) -> None:
    found = {"record.f1": 0.9, "cleaning.body_characters_lost": 3}
    assert bool(evaluate.compare(found, {figure: bound})) == misses


def test_the_samples_reach_their_floors(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate.main([]) == 0, capsys.readouterr().out


def test_the_text_is_read_as_it_was_annotated(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        (tmp_path / "a.txt").write_bytes(SOURCE.encode(encoding))
        assert read_text(tmp_path / "a.txt") == SOURCE
