"""Huge sentences, as texts without stops hold them, and many headings take time in line with their length: counted in
calls and bytes, not seconds.
"""

from __future__ import annotations

import sys
import tracemalloc
from types import FrameType

import pytest

from pipeline.config import load_config
from pipeline.flow import process
from pipeline.kit import Kit, build_kit
from pipeline.records import Source


@pytest.fixture(scope="module")
def kit() -> Kit:
    return build_kit(load_config())


def calls(kit: Kit, text: str) -> int:
    """How many calls it takes to make all that is told of a text."""
    count = 0

    def step(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    source = Source("2023.txt", text.encode())
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
    def sentence(times: int) -> str:
        return f"青柳县2023年工作总结\n一、主要工作\n{clause * times}。"

    calls(kit, sentence(10))
    assert calls(kit, sentence(480)) < 5 * calls(kit, sentence(120))


@pytest.mark.parametrize("heading", ["一、改善民生\n全县新建学校3所。\n", "（一）抓产业\n", "(一)抓产业 "])
def test_the_steps_and_the_memory_for_many_headings_grow_with_their_number(kit: Kit, heading: str) -> None:
    def report(times: int) -> str:
        return f"青柳县2023年政府工作报告\n{heading * times}"

    def memory(times: int) -> int:
        tracemalloc.start()
        try:
            process(Source("2023.txt", report(times).encode()), kit)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    calls(kit, report(10))
    assert calls(kit, report(480)) < 5 * calls(kit, report(120))
    assert memory(480) < 5 * memory(120)
