from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.kit import Kit, build_kit
from pipeline.records import Facts, Metric

_TYPED = str.maketrans("，；：（）？！“”", ',;:()?!""')


@pytest.fixture(scope="module")
def kit() -> Kit:
    return build_kit(load_config())


def records(kit: Kit, text: str) -> list[Metric]:
    outline = kit.outliner.split(text, ())
    return list(kit.extractor.extract(text, outline, kit.segmenter.segment(text, outline), Facts(year_covered=2020)))


@pytest.mark.parametrize("name", ["county_government_report", "city_government_report", "company_branch"])
def test_signs_of_a_keyboard_change_no_record(kit: Kit, samples: Path, name: str) -> None:
    text = (samples / f"{name}.txt").read_text(encoding="utf-8")
    printed = records(kit, text)
    assert len(printed) > 20
    for one, other in zip(printed, records(kit, text.translate(_TYPED)), strict=True):
        assert other._replace(confidence=0) == one._replace(confidence=0)  # words may be cut in another way


def test_a_straight_quote_without_its_twin_stays(kit: Kit) -> None:
    metrics = records(kit, '屏幕1"的样机3台,"两个清零"任务完成28件;其中"百日会战"12件.')
    assert [(m.quantity.value, m.quantity.unit) for m in metrics][-3:] == [(3.0, "台"), (28.0, "件"), (12.0, "件")]
