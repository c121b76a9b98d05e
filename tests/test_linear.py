"""One huge sentence, as texts without stops hold them, takes time in line with its length: counted in calls, not seconds."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from pipeline.config import load_config
from pipeline.flow import process
from pipeline.kit import Kit, build_kit
from pipeline.records import Source


@pytest.fixture(scope="module")
def kit() -> Kit:
    return build_kit(load_config())


def calls(kit: Kit, clause: str, times: int) -> int:
    """How many calls it takes to make the records and checks of a sentence that says one thing over and over."""
    count = 0

    def step(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    source = Source("2023.txt", f"青柳县2023年工作总结\n一、主要工作\n{clause * times}。".encode())
    sys.setprofile(step)
    try:
        process(source, kit)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "clause",
    [
        "为预算2.6亿元的71%，高于全省3个百分点，",
        "3月、4月分别接访21批、34批，",
        "2019、2020年分别完成6万元、7万元，",
        "比上年8万元多收3万元，",
        "其中柳东村7户，",
        "同比增长6%，",
        "报考820人，录取率61%，满分30人，",
        "5个社区、",
        "户均9元，",
        "亩产410公斤，总产62万吨，人均占有380公斤、",
        "男、女分别达到31人和29人，年均分别增长3%、4%，",
    ],
)
def test_the_steps_for_a_huge_sentence_grow_with_its_length(kit: Kit, clause: str) -> None:
    calls(kit, clause, 10)
    assert calls(kit, clause, 480) < 5 * calls(kit, clause, 120)
