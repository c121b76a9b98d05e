from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.numerals import parse_number
from pipeline.rules import Rules
from pipeline.rules.schema import Numeral

DIGITS = "零一二三四五六七八九"


def spoken(n: int) -> str:
    """Write a number as a Chinese reader says it; the reference that the parser is held to."""
    if n >= 10**8:
        return spoken(n // 10**8) + "亿" + _rest(n % 10**8, 10**7)
    if n >= 10**4:
        return spoken(n // 10**4) + "万" + _rest(n % 10**4, 1000)
    out, gap = "", False
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // place % 10
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + sign
        gap = digit == 0
    return out or "零"


def _rest(n: int, place: int) -> str:
    return ("零" if n < place else "") + spoken(n) if n else ""


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_spoken_number_is_read_back(n: int) -> None:
    assert parse_number(spoken(n)) == n


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_separators_and_width_do_not_change_a_number(n: Decimal) -> None:
    written = f"{n:,}"
    assert parse_number(written) == n
    assert parse_number(written.translate({0x30 + i: 0xFF10 + i for i in range(10)} | {ord("."): "．"})) == n


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3.5万亿", "3500000000000"),
        ("1亿2千万", "120000000"),
        ("壹万贰仟叁佰", "12300"),
        ("两万五", "25000"),
        ("一百五", "150"),
        ("一百零五", "105"),
        ("二〇二三", "2023"),
        ("廿三", "23"),
        ("十点二", "10.2"),
        ("十二点五万", "125000"),
        ("一万二千亿", "1200000000000"),
        ("1万2", "12000"),
        ("负三", "-3"),
        ("萬", "10000"),
        ("三億", "300000000"),
        ("三十四万万", "3400000000"),
        ("二百七十四万万八千万", "27480000000"),
    ],
)
def test_in_the_wild(written: str, value: str) -> None:
    assert parse_number(written) == Decimal(value)


@pytest.mark.parametrize("written", ["", "三会", "十点", "abc", "1.2.3"])
def test_must_not_match(written: str) -> None:
    assert parse_number(written) is None


@pytest.mark.parametrize("row", Rules().table(Numeral), ids=lambda r: r.id)
def test_each_numeral_is_read_in_its_examples(row: Numeral) -> None:
    assert all(parse_number(example) is not None for example in row.examples)
    assert all(any(sign in example for sign in row.written) for example in row.examples)
    assert all(parse_number(text) is None for text in row.counterexamples)
    assert row.kind == "large" or {parse_number(sign) for sign in row.written} == {int(row.value)}
