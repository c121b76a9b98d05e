from __future__ import annotations

import random

import numpy as np
import pytest

from pipeline.kit import models_folder
from pipeline.language.periods import TIME, find_times
from pipeline.metrics import Extractor
from pipeline.metrics.naming import ranking
from pipeline.metrics.page.hashing import bucket, buckets, mixed
from pipeline.records import Facts, Metric, Section
from pipeline.rules import Rules
from pipeline.segmentation import Segmenter

RULES = Rules()
TEXTS = (
    "全镇现有耕地3000亩，新建大棚150栋，同比增长12%。其中：青石村60栋、柳坪村40栋。",
    "下一步，力争年内培训群众200人次，发展党员12名；“双联”活动走访农户86户（含脱贫户31户）。",
    "粮食、油料、蔬菜产量分别为3万吨、0.5万吨和1.2万吨，农民人均可支配收入1.8万元，比上年增加900元。",
)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(RULES.words())


def extract(extractor: Extractor, segmenter: Segmenter, text: str) -> tuple[Metric, ...]:
    outline = (Section(0, None, 0, "", "", 0, 0, len(text), ""),)
    return extractor.extract(text, outline, segmenter.segment(text, outline), Facts(year_covered=2023))


def fresh() -> Extractor:
    return Extractor.load(RULES, models_folder() / "metrics")


def test_features_of_one_thing_and_of_many_point_to_the_same_weights() -> None:
    parts = [np.array([7, 2**32 - 1, 0], np.uint32), np.array([1, 2**31, 5], np.uint32)]
    assert buckets(mixed(43, *parts)).tolist() == [bucket(43, *map(int, pair)) for pair in zip(*parts, strict=True)]


def test_records_do_not_depend_on_texts_read_before(segmenter: Segmenter) -> None:
    extractor = fresh()
    assert [extract(extractor, segmenter, t) for t in TEXTS] == [extract(fresh(), segmenter, t) for t in TEXTS]


def test_records_do_not_depend_on_whether_words_are_numbered(segmenter: Segmenter) -> None:
    extractor, numberless = fresh(), fresh()
    for text in TEXTS:
        outline = (Section(0, None, 0, "", "", 0, 0, len(text), ""),)
        plain = tuple(segmenter.segment(text, outline))
        facts = Facts(year_covered=2023)
        assert numberless.extract(text, outline, plain, facts) == extract(extractor, segmenter, text)


def test_records_do_not_depend_on_how_many_numbers_are_ranked_at_a_time(
    segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(TEXTS)
    whole = extract(fresh(), segmenter, text)
    monkeypatch.setattr(ranking, "_BLOCK", 3)
    assert extract(fresh(), segmenter, text) == whole
    assert len(whole) > 3 * 3


@pytest.mark.parametrize("seed", range(20))
def test_times_are_those_that_the_pattern_finds_anywhere(seed: int) -> None:
    signs = random.Random(seed)
    pieces = [
        *"0123456789一二三四五六七八九十两〇零今本当去上前明下第后全年过近最未“”月季度日号底末初内来间以期-—至到的，",
        "2023年",
        "十四五",
        "时期",
        "未来",
        "近三年",
        "上半年",
        "前三季度",
    ]
    text = "".join(signs.choice(pieces) for _ in range(4000))
    found = [(t.start, t.end) for t in find_times(text)]
    assert found == [m.span() for m in TIME.finditer(text) if m.end() > m.start()]
