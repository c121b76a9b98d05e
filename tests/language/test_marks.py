from __future__ import annotations

import pytest

from pipeline.language.marks import BEGINNING_MARK
from pipeline.rules import Rules
from pipeline.rules.schema import HeadingStyle

MARKED = [example for row in Rules().table(HeadingStyle) if row.kind == "mark" for example in row.examples]


@pytest.mark.parametrize("line", MARKED)
def test_whatever_begins_with_a_mark_of_the_table_is_seen(line: str) -> None:
    assert BEGINNING_MARK.match(line)


@pytest.mark.parametrize("line", ["  附件：名单", "• 走访", "《办法》", "《规划》全文"])
def test_annexes_bullets_and_titles_begin_something_too(line: str) -> None:
    assert BEGINNING_MARK.match(line)


@pytest.mark.parametrize(
    "line", ["稳定。压实责任", "1.5亿元专项债券", "2023年工作总结", "一步步做实", "第一产业稳步提高", "高校毕业生"]
)
def test_the_rest_of_a_sentence_does_not(line: str) -> None:
    assert not BEGINNING_MARK.match(line)
