"""What a site put into the middle of a sentence without a sign, told by two languages learned from a few sentences."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.cleaning.features import codes_of, pair_hashes
from pipeline.cleaning.inserts import Odds, insert_at, odds_of, pair_odds, peaks_of
from pipeline.cleaning.likeness import Languages

REPORT = [
    "全镇粮食生产稳中有进，村集体经济收入稳步增长。",
    "全镇生态环境持续向好，粮食收购全部结清。",
    "干部群众的劲头比往年更足，各项任务过半。",
] * 40
SITE = ["轻触屏幕马上开通畅读卡", "轻触屏幕收听语音版", "马上开通畅读卡享折扣"] * 40


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages.estimate(*([codes_of(text) for text in texts] for texts in (REPORT, SITE)))


@pytest.fixture(scope="module")
def odds() -> Odds:
    return pair_odds(*([codes_of(text) for text in texts] for texts in (REPORT, SITE)))


def inserts_in(line: str, odds: Odds, languages: Languages) -> list[str]:
    said = codes_of(line)
    found = [insert_at(said, *peak, languages) for peak in peaks_of(odds_of(odds, pair_hashes(said)))]
    return [line[slice(*insert)] for insert in found if insert]


@pytest.mark.parametrize("at", [6, 9, 14])
@pytest.mark.parametrize("insert", ["轻触屏幕马上开通畅读卡", "轻触屏幕收听语音版"])
def test_an_insert_is_found_whole_wherever_it_stands(at: int, insert: str, odds: Odds, languages: Languages) -> None:
    line = f"{REPORT[0][:at]}{insert}{REPORT[0][at:]}"
    assert inserts_in(line, odds, languages) == [insert]


@pytest.mark.parametrize("line", [*REPORT[:3], f"{REPORT[0]}{REPORT[1]}"])
def test_a_report_has_no_insert(line: str, odds: Odds, languages: Languages) -> None:
    assert inserts_in(line, odds, languages) == []


def test_a_bracket_within_leaves_all_as_it_is(odds: Odds, languages: Languages) -> None:
    line = f"{REPORT[0][:6]}轻触屏幕（稳中有进）马上开通畅读卡{REPORT[0][6:]}"
    assert all("（" not in insert and "）" not in insert for insert in inserts_in(line, odds, languages))


def test_places_close_together_are_one_group(odds: Odds) -> None:
    far = "，".join([SITE[0], *REPORT[:3], SITE[1]])
    assert len(peaks_of(odds_of(odds, pair_hashes(codes_of(far))))) == 2
    close = f"{SITE[0]}，{SITE[1]}"
    assert len(peaks_of(odds_of(odds, pair_hashes(codes_of(close))))) == 1


def test_a_text_shorter_than_eight_pairs_has_no_place(odds: Odds) -> None:
    assert [peaks_of(odds_of(odds, pair_hashes(codes_of("轻触屏幕"[:size])))) for size in range(5)] == [[]] * 5


def test_pairs_of_both_sides_are_told_apart(odds: Odds) -> None:
    def mean(text: str) -> float:
        return float(odds.take(pair_hashes(codes_of(text)) >> np.uint32(12)).mean())

    assert mean("开通畅读卡") > 0 > mean("粮食生产稳中有进")
