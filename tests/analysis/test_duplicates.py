from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from laws import read_table

from pipeline.analysis.duplicates import Duplicate, find_duplicates
from pipeline.analysis.shingles import letters, numbers, shared, shingles
from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.cli import main
from pipeline.config import load_config
from pipeline.dataset.stored import Stored, open_dataset

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import reposts  # noqa: E402

REPORT = (
    "今年以来，我乡紧扣年度目标，抓党建、促发展、惠民生，各项工作稳步推进。一是夯实基层基础，新发展党员12名，整顿后进支部2个，"
    "开展主题党日36次。二是做强特色产业，新建茶园860亩，带动412户增收，村集体经济收入突破210万元。三是改善人居环境，硬化道路18公里，"
    "改造户厕265座，建成垃圾收集点43处。四是守牢安全底线，排查隐患157处，全部整改到位，调解矛盾纠纷94起，未发生一起越级上访。"
)


def dataset_of(folder: Path, named: dict[str, str]) -> Stored:
    reposts.write_documents(folder, named)
    return open_dataset(folder)


def pairs(found: Iterable[Duplicate]) -> set[tuple[str, str, str]]:
    return {(row.doc_id, row.duplicate_of, row.kind) for row in found}


def test_hidden_reposts_are_found_and_nothing_else(tmp_path: Path) -> None:
    named, true = reposts.hidden(400)
    reposts.write_documents(tmp_path, named)
    assert reposts.pairs_in(tmp_path) == true


def test_rows_do_not_depend_on_the_order_of_documents(tmp_path: Path) -> None:
    named, _ = reposts.hidden(260)
    shuffled = list(named.items())
    random.Random(3).shuffle(shuffled)
    one = dataset_of(tmp_path / "one", named)
    other = dataset_of(tmp_path / "other", dict(shuffled))
    assert find_duplicates(one) == find_duplicates(other)


def test_punctuation_width_and_case_make_no_other_text(tmp_path: Path) -> None:
    changed = REPORT.replace("，", " , ").replace("12", "１２").replace("。", "\n")
    found = find_duplicates(dataset_of(tmp_path, {"a": REPORT, "b": changed}))
    assert found == [Duplicate("b", "a", "exact", 1.0, 1.0)]


def test_a_repost_with_cut_ends_repeats_the_fuller_text(tmp_path: Path) -> None:
    cut = REPORT[len(REPORT) // 3 :] + "更多范文请加微信群领取，每日更新。"
    [row] = find_duplicates(dataset_of(tmp_path, {"cut": cut, "whole": REPORT}))
    assert (row.doc_id, row.duplicate_of, row.kind) == ("cut", "whole", "near")
    assert row.similarity > 0.85
    assert row.jaccard < row.similarity


def test_a_copy_of_a_cut_text_repeats_the_fullest_one(tmp_path: Path) -> None:
    cut = REPORT[: len(REPORT) * 2 // 3]
    found = find_duplicates(dataset_of(tmp_path, {"1": cut, "2": cut, "3": REPORT}))
    assert pairs(found) == {("1", "3", "near"), ("2", "3", "near")}


def test_the_report_of_another_year_is_no_duplicate(tmp_path: Path) -> None:
    other = reposts.next_year(REPORT, random.Random(1))
    assert find_duplicates(dataset_of(tmp_path, {"2022": REPORT, "2023": other})) == []


def test_a_quoted_passage_is_no_duplicate(tmp_path: Path) -> None:
    long = "\n".join(reposts.paragraphs()[:12])
    assert find_duplicates(dataset_of(tmp_path, {"quoted": long + REPORT, "passage": REPORT})) == []


def test_texts_without_letters_repeat_nothing(tmp_path: Path) -> None:
    assert find_duplicates(dataset_of(tmp_path, {"a": "", "b": "……", "c": "略"})) == []


def test_the_table_lies_in_the_dataset_and_in_its_card(
    samples: Path, one_worker: Spread, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, folder = tmp_path / "archive", tmp_path / "dataset"
    archive.mkdir()
    for name in ("a.txt", "b.txt"):
        shutil.copy(samples / "village_summary.txt", archive / name)
    run_on(one_worker, Order(inputs=(str(archive),), dataset=folder, config=load_config()))
    assert main(["duplicates", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[0].split() == ["exact", "1"]
    ids = {row["source"]: row["doc_id"] for row in read_table(folder, "documents")}
    [row] = read_table(folder, "duplicates")
    assert (row["doc_id"], row["duplicate_of"]) == (ids["archive/b.txt"], ids["archive/a.txt"])
    assert "\n## duplicates\n" in (folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "kept"),
    [("（一）发展党员１２名；", "一发展党员12名"), ("ＧＤＰ 5.2%\n", "gdp52"), ("𠮷林😀", "𠮷林"), ("", "")],
)
def test_letters_and_digits_count(text: str, kept: str) -> None:
    assert letters(text) == kept


def test_shingles_are_sorted_and_each_is_there_once() -> None:
    runs = shingles("平安平安平安平安平安平安")
    assert len(runs) == 2
    assert shared(runs, runs) == 2
    assert len(shingles("平安")) == 1
    assert len(shingles("")) == 0
    assert shared(runs, np.empty(0, np.uint64)) == 0


def test_numbers_tell_one_year_from_another() -> None:
    assert len(numbers("2023年新增35家三百二十户5名")) == 3
