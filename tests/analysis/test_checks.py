from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import load_config
from pipeline.kit import Kit, build_kit
from pipeline.records import Check

LOTS = tomllib.loads(Path(__file__).with_name("lots.toml").read_text(encoding="utf-8"))["lot"]
CASES = tomllib.loads(Path(__file__).with_name("checks.toml").read_text(encoding="utf-8"))


@cache
def kit() -> Kit:
    return build_kit(load_config(None, {}))


def checks_of(text: str) -> tuple[Check, ...]:
    tools = kit()
    outline = tools.outliner.split(text, ())
    sentences = tools.segmenter.segment(text, outline)
    facts = tools.describer.describe(text, outline)
    return tools.checker.check(text, tools.extractor.extract(text, outline, sentences, facts), facts.place)


@pytest.mark.parametrize("case", CASES["fault"], ids=lambda c: c["text"][:20])
def test_a_slip_is_told(case: dict[str, Any]) -> None:
    told = case["check"] in {check.check for check in checks_of(case["text"]) if not check.holds}
    assert told is not case.get("missed", False)


@pytest.mark.parametrize("case", CASES["report"], ids=lambda c: c["file"])
def test_in_whole_reports_the_slips_are_told_and_nothing_else(case: dict[str, Any]) -> None:
    text = Path(__file__).with_name("slips").joinpath(case["file"]).read_text(encoding="utf-8")
    failed = [check.detail for check in checks_of(text) if not check.holds]
    assert sorted(failed) == sorted(case["failed"])


@pytest.mark.parametrize("case", CASES["sound"], ids=lambda c: c["text"][:20])
def test_what_is_sound_or_uncertain_raises_no_alarm(case: dict[str, str]) -> None:
    assert [check for check in checks_of(case["text"]) if not check.holds] == []


def twin(text: str, side: int) -> str:
    return re.sub(r"\{([^|}]*)\|([^}]*)\}", lambda match: match[side], text)


@pytest.mark.parametrize("lot", LOTS, ids=lambda lot: lot["texts"][0][:12])
def test_of_each_lot_the_slips_are_told_that_were(lot: dict[str, Any]) -> None:
    told = [text for text in lot["texts"] if not all(check.holds for check in checks_of(twin(text, 2)))]
    assert len(told) >= lot["told"], sorted(set(lot["texts"]) - set(told))


@pytest.mark.parametrize("lot", LOTS, ids=lambda lot: lot["texts"][0][:12])
def test_the_sound_twins_of_slips_raise_no_alarm(lot: dict[str, Any]) -> None:
    assert [text for text in lot["texts"] if not all(check.holds for check in checks_of(twin(text, 1)))] == []
