"""What the trained model takes, what it leaves, and that it is the one that its card and the corpus tell of."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from pipeline.cleaning import Classifier, Cleaner
from pipeline.cleaning.classifier import HOPELESS, UTMOST, Judge
from pipeline.cleaning.features import codes_of, codes_of_words, rows_of, word_rows_of
from pipeline.cleaning.training.fitting import corpus_rows
from pipeline.cleaning.training.rows import corpus_digest
from pipeline.config import load_config
from pipeline.errors import ConfigError
from pipeline.kit import build_cleaner, models_folder
from pipeline.rules import Rules

ROOT = Path(__file__).parents[2]
CASES = tomllib.loads((Path(__file__).parent / "learned.toml").read_text(encoding="utf-8"))
CARD = tomllib.loads((models_folder() / "adverts" / "card.toml").read_text(encoding="utf-8"))
BEFORE, AFTER = "一、发展壮大集体经济，村均增收三万元。", "（二）存在的问题。干部队伍年龄偏大。"


@pytest.fixture(scope="module")
def trained() -> Cleaner:
    return build_cleaner(Rules(), load_config())


@pytest.mark.parametrize("line", CASES["lines"])
def test_a_line_that_no_rule_knows_goes(line: str, trained: Cleaner, cleaner: Cleaner) -> None:
    text = f"{BEFORE}\n{line}\n{AFTER}"
    assert cleaner.clean(text).text == text
    clean = trained.clean(text)
    assert clean.text == f"{BEFORE}\n{AFTER}"
    assert [removal.rule for removal in clean.removals] == ["advert_model"]
    assert 0.5 < clean.removals[0].score <= 1


@pytest.mark.parametrize("sentence", CASES["sentences"])
def test_a_last_sentence_goes_and_its_paragraph_stays(sentence: str, trained: Cleaner) -> None:
    assert trained.clean(f"{BEFORE}{sentence}\n{AFTER}").text == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize("sentences", CASES["companions"])
def test_what_is_said_in_two_sentences_goes_with_both(sentences: str, trained: Cleaner) -> None:
    assert trained.clean(f"{BEFORE}{sentences}\n{AFTER}").text == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize("junk", CASES["sentences"])
@pytest.mark.parametrize("sentence", CASES["said_before_junk"])
def test_a_word_that_sites_use_too_takes_no_sentence_along(
    sentence: str, junk: str, trained: Cleaner, cleaner: Cleaner
) -> None:
    for one in (trained, cleaner):
        assert one.clean(f"{BEFORE}{sentence}{junk}\n{AFTER}").text == f"{BEFORE}{sentence}\n{AFTER}"


@pytest.mark.parametrize("bracket", CASES["brackets"])
def test_a_bracket_goes_from_within_a_sentence(bracket: str, trained: Cleaner) -> None:
    assert trained.clean(f"全县增收{bracket}三万元，群众满意。").text == "全县增收三万元，群众满意。"


@pytest.mark.parametrize("insert", CASES["inserts"])
def test_what_was_put_into_a_sentence_without_a_sign_goes_alone(insert: str, trained: Cleaner) -> None:
    before, after = "全年完成造林", "一万二千亩，森林覆盖率提高到百分之四十。"
    assert trained.clean(f"{before}{insert}{after}").text == f"{before}{after}"


@pytest.mark.parametrize("sentence", CASES["put_behind_words"])
def test_a_sentence_put_behind_words_of_the_report_takes_none_of_them(sentence: str, trained: Cleaner) -> None:
    before, after = "三是把水库大坝的裂缝一条条", "登记造册，逐条处理。"
    assert trained.clean(f"{before}{sentence}{after}").text == f"{before}{after}"


@pytest.mark.parametrize("text", CASES["offers_of_the_report"])
def test_what_the_report_offers_its_people_stays(text: str, trained: Cleaner) -> None:
    assert trained.clean(f"{BEFORE}{text}\n{text}\n{AFTER}").text == f"{BEFORE}{text}\n{text}\n{AFTER}"


@pytest.mark.parametrize("heading", CASES["headings_in_marks"])
def test_a_heading_set_off_by_marks_stays(heading: str, trained: Cleaner) -> None:
    assert trained.clean(f"{BEFORE}\n{heading}\n{AFTER}").text == f"{BEFORE}\n{heading}\n{AFTER}"


def test_the_draft_of_a_title_is_the_report_s(trained: Cleaner) -> None:
    text = f"白石镇2022年工作总结（修改稿）\n{BEFORE}\n{AFTER}"
    assert trained.clean(text).text == text


@pytest.mark.parametrize("text", CASES["sentences_with_a_number_inside"])
def test_a_number_within_a_sentence_of_the_report_does_not_take_it(text: str, trained: Cleaner) -> None:
    cleaned = trained.clean(f"{BEFORE}{text}\n{AFTER}").text
    before, _, rest = text.partition("(")
    assert cleaned.startswith(f"{BEFORE}{before}")
    assert cleaned.endswith(f"{rest.partition(')')[2]}\n{AFTER}")


@pytest.mark.parametrize("line", CASES["body"])
def test_body_stays_alone_and_beside_junk(line: str, trained: Cleaner) -> None:
    assert trained.clean(f"{BEFORE}\n{line}\n{AFTER}").text == f"{BEFORE}\n{line}\n{AFTER}"
    junk = CASES["lines"][0]
    assert trained.clean(f"{BEFORE}\n{junk}\n{line}\n{junk}\n{AFTER}").text == f"{BEFORE}\n{line}\n{AFTER}"


@pytest.mark.parametrize("row", CASES["table_rows"])
def test_rows_of_a_table_with_bars_stay(row: str, trained: Cleaner) -> None:
    text = f"{BEFORE}\n{row}\n{AFTER}"
    assert trained.clean(text).text == text


@pytest.mark.parametrize("line", CASES["without_stop"])
def test_a_line_says_nothing_by_its_lack_of_a_stop_where_all_lack_it(line: str, trained: Cleaner) -> None:
    text = "\n".join([*CASES["lines_that_lost_their_stops"], line, *CASES["lines_that_lost_their_stops"]])
    assert trained.clean(text).text == text


@pytest.mark.parametrize(
    ("before", "bracket", "after"),
    [
        ("全年发放学习资料640份，征集意见75条。", "（公众号：砚边小站，回复“半年”领取）", ""),
        ("整理会议材料38份，分送各村。", "（微信公众号：灯下公文，回复关键词领取）", ""),
        ("印发宣传资料2200份。", "（公众号：灯下公文，回复关键词领取）", "（二）抓排查。排查隐患31处。"),
    ],
)
def test_a_bracket_that_goes_leaves_the_sentences_around_it(
    before: str, bracket: str, after: str, trained: Cleaner, cleaner: Cleaner
) -> None:
    for one in (trained, cleaner):
        assert one.clean(f"{BEFORE}\n{before}{bracket}{after}\n{AFTER}").text == f"{BEFORE}\n{before}{after}\n{AFTER}"


def test_what_stands_before_a_last_sentence_stays(trained: Cleaner) -> None:
    before = "全镇上下紧扣年初目标，边谋划边推进，各项任务过半。"
    for sentence in CASES["sentences"]:
        assert trained.clean(f"{before}{sentence}\n{AFTER}").text == f"{before}\n{AFTER}"


def cut(stretch: str) -> list[str]:
    """Words that are single characters."""
    return list(stretch)


def test_a_stretch_has_the_evidence_that_was_trained() -> None:
    from skops.io import load

    folder = models_folder() / "adverts"
    models = load(folder / "model.skops", trusted=[])
    classifier = Classifier.load(folder, cut)
    for line in (*CASES["lines"], *CASES["body"]):
        words = codes_of_words(cut(line))
        row = classifier.evidence.row(codes_of(line), words, 2, 3)
        assert np.isclose(row[0], models["look"].decision_function(rows_of([line]))[0], atol=1e-3)
        assert np.isclose(row[1], models["word_look"].decision_function(word_rows_of([words]))[0], atol=1e-3)
        for name, part in (("line", False), ("part", True)):
            judge = models["judges"][name]
            judged = judge["judge"].decision_function(judge["scale"].transform([row]).clip(-UTMOST, UTMOST))
            weigher = Judge(judge)
            told = weigher.of_characters(classifier.evidence.of_characters(codes_of(line), 2, 3))
            all_told = told + weigher.of_words(classifier.evidence.of_words(words))
            assert np.isclose(all_told, judged[0], atol=1e-6)
            assert classifier.score(line, 2, 3, part) == (told if told < HOPELESS else all_told)


def test_the_model_is_of_the_corpus_that_lies_here() -> None:
    assert corpus_digest(corpus_rows(ROOT / "corpus")) == CARD["corpus_sha256"]


def test_rows_are_many_and_of_many_families() -> None:
    assert CARD["junk_rows"] >= 1500
    assert CARD["junk_families"] >= 120
    assert CARD["body_rows"] >= 4000


def test_nothing_is_lost_of_documents_that_were_left_out() -> None:
    left_out = CARD["families_and_documents_left_out"]
    assert left_out["lines_and_clauses_of_documents"] >= 30_000
    assert left_out["of_these_lost"] == 0
    assert left_out["recall_all"] >= 0.77
    assert CARD["held_out"]["of_body_rows_lost"] <= 1


def test_a_folder_without_a_model_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No model"):
        Classifier.load(tmp_path, cut)


def test_words_that_differ_in_digits_or_size_are_one() -> None:
    one, other, third = (
        codes_of_words(["3楼", "5楼", "VIP"]),
        codes_of_words(["7楼", "1楼", "vip"]),
        codes_of_words(["楼"]),
    )
    assert one.tolist() == other.tolist()
    assert third[0] not in one


CRUMBS = "当前位置：首页 > 文秘频道 > 其他"


@pytest.mark.parametrize("title", ["请假条", "秋收动员大会主持词", "公文格式解读"])
def test_a_bare_title_stays_beside_what_goes(title: str, trained: Cleaner) -> None:
    assert trained.clean(f"{CRUMBS}\n{title}\n{BEFORE}\n{AFTER}").text == f"{title}\n{BEFORE}\n{AFTER}"


def test_a_bare_title_goes_where_a_text_has_one(trained: Cleaner) -> None:
    text = f"泉岭县2021年工作总结\n{BEFORE}\n{AFTER}"
    assert trained.clean(f"{CRUMBS}\n请假条\n{text}").text == text


BELOW = ("写留言", "阅读原文")


@pytest.mark.parametrize("label", ["主办：某某县人民政府办公室 承办：县信息中心", "接收文件 另存为"])
def test_a_label_goes_in_a_group_below_a_report(label: str, trained: Cleaner) -> None:
    text = "\n".join((BEFORE, AFTER, BELOW[0], label, BELOW[1]))
    assert trained.clean(text).text == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize("line", ["石坪镇人民政府", "2019年6月30日", "李春生", "附：各村完成情况", "谢谢大家"])
def test_what_closes_a_report_stays_in_a_group_below_it(line: str, trained: Cleaner) -> None:
    text = "\n".join((BEFORE, AFTER, BELOW[0], line, *BELOW, CRUMBS))
    assert trained.clean(text).text == f"{BEFORE}\n{AFTER}\n{line}"


def test_values_between_labels_of_a_card_go_with_them(trained: Cleaner) -> None:
    card = "• 索引号：\n\n• 发文机构：\n\n  县政府网站\n• 发文日期：\n\n  2022年05月06日 11:20\n• 有效性："
    assert trained.clean(f"{card}\n\n松岭县工作规则\n{BEFORE}\n{AFTER}").text == f"松岭县工作规则\n{BEFORE}\n{AFTER}"
