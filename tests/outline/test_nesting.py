from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.outline.headings import Heading, order_of
from pipeline.outline.nesting import levels_of

RANKS = {
    "章": 20,
    "一、": 40,
    "（一）": 50,
    "1.": 60,
    "（1）": 70,
    "①": 80,
    "【】": 100,
    "part": 38,
    "plain": 45,
    "annex": 5,
}


def headings(*marks: str) -> list[Heading]:
    """`（一）2` is the second heading of that style; a style alone bears no number."""
    found = []
    for line, mark in enumerate(marks):
        style = mark.rstrip("23456789") if mark.rstrip("23456789") in RANKS else mark
        order = 0 if style in ("【】", "part", "plain", "annex") else int(mark[len(style) :] or 1)
        found.append(Heading(line, line + 1, style, RANKS[style], order=order, line=2 * line, last=2 * line))
    return found


@pytest.mark.parametrize(
    ("marks", "levels"),
    [
        (["一、", "（一）", "1.", "（1）", "①", "1.2", "（一）2", "一、2"], [1, 2, 3, 4, 5, 3, 2, 1]),
        (["（一）", "1.", "1.2", "（一）2"], [1, 2, 2, 1]),
        (["一、", "1.", "1.2", "一、2", "（一）", "1."], [1, 2, 2, 1, 2, 3]),
        (["（一）", "一、", "一、2", "（一）2", "一、", "（一）3"], [1, 2, 2, 1, 2, 1]),
        (["part", "一、", "一、2", "part", "一、", "part"], [1, 2, 2, 1, 2, 1]),
        (["【】", "一、", "一、2", "【】", "1."], [1, 2, 2, 1, 2]),
        (["一、", "（一）", "一、2", "（一）", "annex", "1."], [1, 2, 1, 2, 1, 2]),
        (["一、", "plain", "plain", "一、2"], [1, 2, 2, 1]),
        (["一、", "（一）", "（一）2", "一、2", "plain", "（一）", "（一）2"], [1, 2, 2, 1, 2, 2, 2]),
    ],
)
def test_levels_follow_the_marks_that_the_document_uses(marks: list[str], levels: list[int]) -> None:
    assert levels_of(headings(*marks)) == levels


@given(
    st.lists(
        st.sampled_from(
            ["章", "一、", "一、2", "（一）", "（一）2", "1.", "1.2", "①", "【】", "part", "plain", "annex"]
        ),
        max_size=30,
    )
)
def test_a_level_is_at_most_one_below_the_one_before(marks: list[str]) -> None:
    levels = levels_of(headings(*marks))
    assert all(1 <= level <= before + 1 for before, level in zip([0, *levels], levels, strict=False))


@pytest.mark.parametrize(
    ("mark", "order"),
    [
        ("十二、", 12),
        ("（三）", 3),
        ("第 1 0 条", 10),
        ("⑶", 3),
        ("㈡", 2),
        ("III.", 3),
        ("Ⅳ、", 4),
        ("b.", 2),
        ("【", 0),
        ("１２．", 12),
    ],
)
def test_order(mark: str, order: int) -> None:
    assert order_of(mark) == order
