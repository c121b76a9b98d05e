from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.facts.year_words import year_of
from pipeline.facts.years import Given, congress_year, given_in, heading_years
from pipeline.records import Section


@pytest.mark.parametrize(
    ("line", "given_at"),
    [
        ("——2024年1月31日在某州第十五届人民代表大会第四次会议上", Given(2024, 1)),
        ("（二〇一九年十二月八日）", Given(2019, 12)),
        ("2022.3.5", Given(2022, 3)),
        ("2023年11月", Given(2023, 11)),
        ("2024年1月，全县各项工作有序推进。", None),
        ("2023年工作总结", None),
    ],
)
def test_a_date_is_one_that_stands_alone(line: str, given_at: Given | None) -> None:
    assert given_in(["各位代表：", line]) == given_at


@pytest.mark.parametrize(
    ("headings", "years"),
    [
        (["一、2021年工作回顾", "二、2022年重点工作"], (2021, 2022)),
        (["一、2022年目标任务"], (None, 2022)),
        (["一、一九八八年工作的回顾和一九八九年的任务"], (1988, 1989)),
        (["一、2021年和“十三五”时期工作回顾", "二、“十四五”目标"], (2021, None)),
        (["一、主要工作", "二、存在问题"], (None, None)),
    ],
)
def test_main_headings_look_back_and_on(headings: list[str], years: tuple[int | None, int | None]) -> None:
    outline = [Section(i, None, 1, "", heading, 0, 0, 0, heading) for i, heading in enumerate(headings)]
    assert heading_years(outline) == years


@pytest.mark.parametrize(
    ("opening", "year"),
    [
        ("第一届全国人民代表大会第二次会议", 1955),
        ("第六届全国人民代表大会第二次会议", 1984),
        ("第十四届全国人民代表大会第一次会议", 2023),
        ("第六届全国人民代表大会第一次会议的决议", None),
        ("县第六届人民代表大会第一次会议", None),
    ],
)
def test_the_congress_that_is_addressed_dates_a_report(opening: str, year: int | None) -> None:
    assert congress_year(opening) == year


@given(st.integers(1900, 2099))
def test_a_year_reads_the_same_however_it_is_written(year: int) -> None:
    digits = str(year)
    written = [
        "".join("〇一二三四五六七八九"[int(d)] for d in digits),
        "".join("０１２３４５６７８９"[int(d)] for d in digits),
        digits,
    ]
    assert [year_of(form) for form in written] == [year] * 3
