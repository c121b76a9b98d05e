from __future__ import annotations

from datetime import date

import pytest

from pipeline.language.periods import dates_of, find_times, resolve


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2023年8月28日召开", ["2023-08-28"]),
        ("今年上半年", ["2023-H1"]),
        ("去年一季度", ["2022-Q1"]),
        ("截至6月底", ["2023-06"]),
        ("近三年来", ["2021/2023"]),
        ("今后三年", ["2023/2025"]),
        ("“十四五”期间", ["2021/2025"]),
        ("1-8月", ["2023-01/2023-08"]),
        ("1—12月", ["2023"]),
        ("今年1—10月", ["2023-01/2023-10"]),
        ("去年11月至今年2月", ["2022-11/2023-02"]),
        ("2022年10月1日至2023年9月30日", ["2022-10/2023-09"]),
        ("6月5日至7日、6月5日至8月2日", ["2023-06-05/2023-06-07", "2023-06-05/2023-08-02"]),
        ("今年前10个月", ["2023-01/2023-10"]),
        ("头六个月", ["2023-H1"]),
        ("提前3个月完工", []),
        ("达产后年产值", []),
        ("后年", ["2025"]),
        ("“十四五”前三年", ["2021/2023"]),
        ("前三季度", ["2023-01/2023-09"]),
        ("二〇二三年", ["2023"]),
        ("2019至2021年", ["2019/2021"]),
        ("“十三五”末", ["2020"]),
        ("“十三五”五年", ["2016/2020"]),
        ("第七个五年计划期间", ["1986/1990"]),
        ("建成桥梁7座，五年累计", ["2019/2023"]),
    ],
)
def test_mentions_resolve_against_the_report_year(text: str, periods: list[str]) -> None:
    assert [resolve(m, 2023) for m in find_times(text)] == periods


def test_without_a_year_a_month_says_nothing() -> None:
    assert [resolve(m, None) for m in find_times("8月底前")] == [None]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-Q2", date(2023, 4, 1), date(2023, 6, 30)),
        ("2023-H2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2021/2025", date(2021, 1, 1), date(2025, 12, 31)),
        ("2023-02-30", None, None),
        (None, None, None),
    ],
)
def test_dates_of(period: str | None, first: date | None, last: date | None) -> None:
    assert dates_of(period) == (first, last)
