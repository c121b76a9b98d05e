from __future__ import annotations

import pytest

from pipeline.cleaning import Cleaner


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("增长５．２％", "增长5.2%"),
        ("增长5．2％", "增长5.2%"),
        ("２０２２－２０２３年", "2022-2023年"),
        ("ＧＤＰ突破１／４", "GDP突破1/4"),
        ("（＋３）", "（+3）"),
        ("（一）目标，任务：措施；“要点”！？", "（一）目标，任务：措施；“要点”！？"),
        ("占比％、甲－乙、一．二", "占比％、甲－乙、一．二"),
        ("㎡和①、℃、Ⅱ级", "㎡和①、℃、Ⅱ级"),
    ],
)
def test_only_digits_letters_and_signs_beside_digits_are_folded(text: str, clean: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(text).text == clean


def test_each_run_is_told(cleaner: Cleaner) -> None:
    told = cleaner.clean("增长５．２％，达１０万").restorations
    assert [(r.before, r.after, r.rule) for r in told] == [
        ("５．２％", "5.2%", "full_width"),
        ("１０", "10", "full_width"),
    ]
