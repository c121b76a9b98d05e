"""Words of the report in what is a site's as a whole, told by two languages learned from a few sentences."""

from __future__ import annotations

import pytest

from pipeline.cleaning.features import codes_of
from pipeline.cleaning.likeness import Languages
from pipeline.cleaning.openings import opening_of

REPORT = [
    "全镇粮食生产稳中有进，村集体经济收入稳步增长。",
    "全镇生态环境持续向好，粮食收购全部结清。",
    "干部群众的劲头比往年更足，各项任务过半。",
] * 40
SITE = ["轻触屏幕马上开通畅读卡。", "马上收听语音版，轻触屏幕享折扣。"] * 40


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages.estimate(*([codes_of(text) for text in texts] for texts in (REPORT, SITE)))


@pytest.mark.parametrize("sentence", SITE[:2])
@pytest.mark.parametrize("at", [9, 13, 18])
def test_a_sentence_begins_behind_words_of_the_report(at: int, sentence: str, languages: Languages) -> None:
    line = f"{REPORT[0][:at]}{sentence}{REPORT[0][at:]}"
    assert opening_of(codes_of(line), 0, at + len(sentence), languages) == at


@pytest.mark.parametrize("sentence", SITE[:2])
def test_a_whole_sentence_of_a_site_begins_where_it_begins(sentence: str, languages: Languages) -> None:
    said = codes_of(f"{REPORT[1]}{sentence}{REPORT[2]}")
    assert opening_of(said, len(REPORT[1]), len(REPORT[1]) + len(sentence), languages) == len(REPORT[1])


def test_the_title_of_a_report_that_a_site_names_is_its_own(languages: Languages) -> None:
    line = "《全镇粮食生产稳中有进》马上收听语音版，轻触屏幕享折扣。"
    assert opening_of(codes_of(line), 0, len(line), languages) == 0


@pytest.mark.parametrize("line", [f"{REPORT[0][:13]}{SITE[0]}", REPORT[1]])
def test_nothing_begins_where_the_report_does_not_go_on_or_all_is_its_own(line: str, languages: Languages) -> None:
    assert opening_of(codes_of(line), 0, len(line), languages) is None


@pytest.mark.parametrize("sentence", SITE[:2])
def test_a_sentence_alone_in_its_line_is_a_site_s_from_its_first_word(sentence: str, languages: Languages) -> None:
    assert opening_of(codes_of(sentence), 0, len(sentence), languages) == 0
