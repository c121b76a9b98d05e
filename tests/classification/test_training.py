from __future__ import annotations

import csv
import shutil
import tomllib
from pathlib import Path

import numpy as np
import pytest

from pipeline.classification.features import Features
from pipeline.classification.labelled import read_labelled
from pipeline.classification.measures import Measures
from pipeline.classification.training import Lesson, folds_of, material_of
from pipeline.cli import main
from pipeline.rules import Rules
from pipeline.segmentation import Segmenter
from pipeline.terminal.models import print_measures

OWN = {"water": "修渠引水，加固堤坝，清淤河道。", "school": "校舍翻新，教师培训，学生免费午餐。"}


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("labels") / "my.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["document", "level", "heading", "text", "topic"])
        for number in range(6):
            table.writerow([f"d{number}", 1, "一、水利", OWN["water"] * (number + 1), "water"])
            table.writerow([f"d{number}", 1, "二、教育", OWN["school"] * (number + 1), "school"])
    return path


@pytest.fixture(scope="module")
def models(labels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    assert main(["train", "sections", "--labels", str(labels), "-o", str(folder)]) == 0
    return folder


def test_a_taxonomy_of_ones_own_is_trained_with_its_card(models: Path) -> None:
    card = tomllib.loads((models / "topic" / "card.toml").read_text(encoding="utf-8"))
    assert card["labels"] == ["school", "water"]
    assert (card["rows"], card["documents"]) == (12, 6)
    assert card["documents_left_out"]["accuracy"] == 1.0
    assert not (models / "role").exists()


def test_evaluate_prints_figures_for_each_label(labels: Path, models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(labels), "--model-dir", str(models)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["school", "1.000", "1.000", "1.000", "6"] in lines
    assert not [line for line in lines if "taken" in line]


def test_what_is_taken_for_what_is_told_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    print_measures(Measures(("roads", "school", "water"), np.array([[4, 1, 3], [0, 5, 0], [2, 0, 6]]), 0.1))
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[-2:] == ["roads was taken for water (3), school (1)", "water was taken for roads (2)"]


def test_models_that_are_there_are_replaced_only_if_asked(
    labels: Path, models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = shutil.copytree(models, tmp_path / "own")
    model = own / "topic" / "model.skops"
    model.write_bytes(b"mine")
    assert main(["train", "sections", "--labels", str(labels), "-o", str(own)]) == 2
    assert f"{own / 'topic'}: there already" in capsys.readouterr().err
    assert model.read_bytes() == b"mine"
    assert main(["train", "sections", "--labels", str(labels), "-o", str(own), "--overwrite"]) == 0
    assert model.read_bytes() != b"mine"


def test_run_labels_with_models_of_ones_own_and_ours_for_the_rest(models: Path, tmp_path: Path) -> None:
    import pyarrow.dataset as ds

    report = tmp_path / "report.txt"
    report.write_text(
        "某镇工作总结\n一、水利\n修渠引水，加固堤坝。\n二、教育\n教师培训，学生午餐。\n", encoding="utf-8"
    )
    out = tmp_path / "dataset"
    assert main(["run", str(report), "-o", str(out), "--workers", "1", "--quiet", "--model-dir", str(models)]) == 0
    rows = ds.dataset(out / "sections", format="parquet").to_table().to_pylist()
    topics = {row["heading"]: row["topic"] for row in rows}
    assert (topics["一、水利"], topics["二、教育"]) == ("water", "school")
    assert {row["role"] for row in rows} <= {"overview", "measures", "plans", "closing", "problems", "highlights"}


def test_labels_that_the_model_does_not_know_are_refused(labels: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(labels)]) == 2
    assert "knows no school, water" in capsys.readouterr().err


def test_a_single_document_is_too_few(labels: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = tmp_path / "one.csv"
    one.write_text("".join(labels.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    assert main(["train", "sections", "--labels", str(one), "-o", str(tmp_path / "models")]) == 2
    assert "Label at least two" in capsys.readouterr().err


def test_nothing_is_learnt_from_what_is_left_out(labels: Path) -> None:
    """A lengthened row borrows words of its own fold alone."""
    rules = Rules()
    material = material_of(read_labelled(labels), "topic", Features(rules), Segmenter(rules.words()).segment)
    fold = np.array([0 if label == ("water",) else 1 for label in material.labels])
    lesson = Lesson(material, "topic", fold)
    lengthened = lesson.rows[len(fold) :]
    plain = [lesson.rows[: len(fold)][fold == number] for number in (0, 1)]
    own_only = [np.asarray((plain[at] != 0).sum(0) > 0).ravel() for at in (0, 1)]
    places = lesson.rows.shape[1] - material.places.shape[1]
    for row, origin in zip(lengthened, lesson.origin[len(fold) :], strict=True):
        foreign = own_only[1 - fold[origin]] & ~own_only[fold[origin]]
        assert not foreign[row.indices[row.indices < places]].any()


def test_corrected_documents_leave_the_corpus_as_it_was_learnt(labels: Path) -> None:
    """A few corrections may not draw other rows to lengthen, with other words, or part the corpus anew."""
    rules = Rules()
    features, segment = Features(rules), Segmenter(rules.words()).segment
    corpus = read_labelled(labels)
    corrected = [corpus[0]._replace(name="own", corrected=frozenset({1}))]
    alone = material_of(corpus, "topic", features, segment)
    both = material_of(corpus, "topic", features, segment, corrected)
    size = alone.corpus
    assert (both.corpus, len(both.labels)) == (size, size + 2)
    fold_alone, fold_both = folds_of(alone)[1], folds_of(both)[1]
    assert fold_both[:size].tolist() == fold_alone.tolist()
    before, after = Lesson(alone, "topic", fold_alone), Lesson(both, "topic", fold_both)
    assert after.origin[size + 2 :].tolist() == before.origin[size:].tolist()
    assert [row.indices.tolist() for row in after.rows[size + 2 :]] == [
        row.indices.tolist() for row in before.rows[size:]
    ]
    assert after.strength[:size].tolist() == before.strength.tolist()
    assert after.strength[size] > after.strength[size + 1] > before.strength[0]  # confirmed, corrected, of the corpus
