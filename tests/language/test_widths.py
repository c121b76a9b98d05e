from __future__ import annotations

import pytest

from pipeline.language.widths import as_printed, fold_width

FOLDED = "（１２．５％），ＧＤＰ增长＋３－５；ａ／ｂ，全角标点“”不变。"
TYPED = '"十四五"期间,完成1,280元(其中:省级5:3);"甲,乙"增长8%.税收12台(套)好!'


@pytest.mark.parametrize("times", [1, 300])
def test_a_long_text_is_folded_as_a_short_one(times: int) -> None:
    assert fold_width(FOLDED * times) == "（12.5%），GDP增长+3-5；a/b，全角标点“”不变。" * times


@pytest.mark.parametrize("times", [1, 300])
def test_signs_of_a_keyboard_are_written_as_printed(times: int) -> None:
    said = "“十四五”期间，完成1,280元（其中：省级5:3）；“甲，乙”增长8%。税收12台(套)好！"
    assert as_printed(TYPED * times) == said * times
