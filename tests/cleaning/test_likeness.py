"""The two languages: what each has seen is likely in it, and the probabilities behind any two characters are ones."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.cleaning.features import codes_of
from pipeline.cleaning.likeness import Languages

REPORT = ["全镇粮食生产稳中有进。", "全镇生态环境持续向好。", "粮食收购全部结清。"]
SITE = ["点击下载全文。", "点击收藏本站。", "下载会员专享。"]


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages.estimate(*([codes_of(text) for text in texts] for texts in (REPORT, SITE)))


@pytest.mark.parametrize(("text", "language"), [("全镇粮食收购", 0), ("点击下载本站", 1)])
def test_a_stretch_is_likelier_in_its_own_language(text: str, language: int, languages: Languages) -> None:
    means = languages.log_probabilities(codes_of(text)).mean(axis=1)
    assert means[language] > means[1 - language] + 1


@pytest.mark.parametrize("before", ["全镇", "点击", "下载", "某某"])
def test_probabilities_behind_two_characters_add_up_to_one(before: str, languages: Languages) -> None:
    known = sorted({character for text in (*REPORT, *SITE) for character in text})
    logs = [languages.log_probabilities(codes_of(before + character))[:, 2] for character in known]
    end = languages.log_probabilities(codes_of(before))[:, 2]
    unknown = languages.log_probabilities(codes_of(before + "龘"))[:, 2]
    total = np.exp([*logs, end]).sum(axis=0) + 8000 * np.exp(unknown)
    assert np.allclose(total, 1, atol=0.15)  # logarithms are stored in steps of a tenth; the unknown hold the rest


def test_likeness_does_not_depend_on_what_stands_around(languages: Languages) -> None:
    said = codes_of("全镇粮食点击下载")
    assert np.array_equal(languages.likeness(said[:4]), languages.likeness(codes_of("全镇粮食")))
