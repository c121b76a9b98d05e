from __future__ import annotations

import pickle
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning import EMPTY_PROFILE, Cleaner, ProfileCounter
from pipeline.cleaning.profile import line_key
from pipeline.rules import Rules

HEAD = "某某在线 各位朋友 No.{}"  # one weak cue: not enough for a line that stands in one document only
TEXTS = [f"{HEAD.format(n)}\n第{n}村完成增收。\n以上报告，请予审议。" for n in range(9)]


def counted(*texts: str) -> ProfileCounter:
    counter = ProfileCounter()
    for text in texts:
        counter.add(text)
    return counter


def test_a_repeated_line_goes_where_a_cue_agrees() -> None:
    cleaner = Cleaner(Rules(), counted(*TEXTS).freeze())
    assert cleaner.clean(TEXTS[0]).text == "第0村完成增收。\n以上报告，请予审议。"


def test_it_stays_without_repetition_and_so_does_repetition_without_a_cue() -> None:
    assert Cleaner(Rules()).clean(TEXTS[0]).text == TEXTS[0]
    assert Cleaner(Rules(), counted(*TEXTS[:4]).freeze()).clean(TEXTS[0]).text == TEXTS[0]
    assert "请予审议" in Cleaner(Rules(), counted(*TEXTS).freeze()).clean(TEXTS[0]).text


def test_copies_of_one_document_count_once() -> None:
    assert counted(*[TEXTS[0]] * 20).freeze() == EMPTY_PROFILE


@given(st.lists(st.sampled_from(TEXTS), max_size=20))
def test_order_and_split_do_not_matter(texts: list[str]) -> None:
    whole = counted(*texts).freeze()
    cut = len(texts) // 2
    shuffled = sorted(texts, key=lambda text: (len(text) * 7919 + ord(text[-1]), text), reverse=True)
    first, second = counted(*texts[cut:]), counted(*texts[:cut])
    first.merge(second)
    assert first.freeze() == whole == counted(*shuffled).freeze()
    assert first.freeze().digest == whole.digest


@given(st.lists(st.sampled_from(TEXTS), max_size=30), st.integers(0, 5))
def test_what_lies_on_disk_counts_as_what_is_held_in_memory(texts: list[str], held: int) -> None:
    counter = ProfileCounter(held=held)
    for text in texts:
        counter.add(text)
    assert counter.freeze() == counted(*texts).freeze()


def test_counters_of_many_groups_are_merged_by_their_files(tmp_path: Path) -> None:
    whole = ProfileCounter(tmp_path / "all")
    for number, text in enumerate(TEXTS * 8):
        group = ProfileCounter(tmp_path / f"group-{number}")
        group.add(text)
        group.spill()
        whole.merge(pickle.loads(pickle.dumps(group)))
    assert whole.freeze() == counted(*TEXTS).freeze()
    assert not list(tmp_path.rglob("*"))


def test_a_last_sentence_repeats_as_well_as_a_line() -> None:
    profile = counted(*(f"第{n}年工作平稳有序。本栏目每周三更新。" for n in "甲乙丙丁戊己")).freeze()
    assert profile.repeats("本栏目每周三更新。")


def test_numbers_and_punctuation_do_not_tell_lines_apart() -> None:
    assert line_key("— 第 3 页 · 某某文库 —") == line_key("第１２页　某某文库")
    assert line_key("。") == line_key("好" * 2000) == b""
