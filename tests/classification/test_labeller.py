from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from pipeline.classification import Labeller, load_model
from pipeline.classification.features import Features
from pipeline.classification.tree import RELATIONS
from pipeline.classification.vocabulary import Vocabulary
from pipeline.errors import ConfigError
from pipeline.kit import models_folder
from pipeline.outline import Outliner
from pipeline.rules import Rules
from pipeline.rules.schema import TABLES, Role
from pipeline.segmentation import Segmenter

TEXT = """某镇2022年工作总结
一、基层党建工作
（一）建强支部。严格落实党支部组织生活，发展党员6名，整顿软弱涣散党组织1个，党员教育管理更加规范。
二、存在的问题
一些村党员年龄偏大，支部书记后继乏人，组织生活质量不高，阵地建设还有差距。
三、下一步工作打算
计划新建党群服务中心2处，继续抓好村级后备力量培养，力争年内全部支部达标。
"""


@pytest.fixture(scope="module")
def labeller() -> Labeller:
    return Labeller.load([models_folder()], Rules())


def parts() -> tuple[tuple, tuple]:
    rules = Rules()
    outline = Outliner(rules).split(TEXT)
    return outline, Segmenter(rules.words()).segment(TEXT, outline)


def test_every_section_has_a_topic_and_a_role_with_probabilities(labeller: Labeller) -> None:
    outline, sentences = parts()
    labels = labeller.label(TEXT, outline, sentences)
    assert len(labels) == len(outline)
    assert all(0 < label.topic_score <= 1 and 0 < label.role_score <= 1 for label in labels)
    roles = {s.heading: label.role for s, label in zip(outline, labels, strict=True)}
    assert roles["二、存在的问题"] == "problems"
    assert roles["三、下一步工作打算"] == "plans"
    assert labels[1].topic == "party_building"


def test_an_annex_is_of_another_kind_than_the_report(labeller: Labeller) -> None:
    text = (
        TEXT
        + "附件1：名词解释\n党群服务中心：指为党员和群众办事的场所。\n附件2：责任分工表\n序号、任务、单位、时限见表。\n"
    )
    rules = Rules()
    outline = Outliner(rules).split(text)
    labels = labeller.label(text, outline, Segmenter(rules.words()).segment(text, outline))
    annexes = [label.role for s, label in zip(outline, labels, strict=True) if s.heading.startswith("附件")]
    assert annexes == ["other", "other"]


def test_a_heading_that_says_review_is_one_whatever_stands_below_it(labeller: Labeller) -> None:
    text = "某市政府工作报告\n2023年工作回顾\n加快建设产业园。推进棚户区改造。\n2024年工作安排\n加快建设产业园。推进棚户区改造。\n"
    rules = Rules()
    outline = Outliner(rules).split(text, ((9, 17, 1), (34, 42, 1)))
    said = labeller.label(text, outline, Segmenter(rules.words()).segment(text, outline))
    assert [(s.heading, label.role) for s, label in zip(outline, said, strict=True)][1:] == [
        ("2023年工作回顾", "measures"),
        ("2024年工作安排", "plans"),
    ]


@pytest.mark.parametrize(
    ("heading", "trouble"),
    [
        ("二、关于扩大灌溉的问题", False),
        ("三、解决移民反映的突出问题", False),
        ("第二，提高粮食单产问题。", False),
        ("四、存在的突出问题", True),
        ("五、关于工作中的不足和问题", True),
        ("六、尚未解决的问题", True),
        ("七、亟待解决的几个问题", True),
        ("八、解决问题的办法不多", True),
    ],
)
def test_a_problem_may_be_a_matter(heading: str, trouble: bool) -> None:
    row = next(row for row in Rules().table(Role) if row.id == "problems")
    assert (re.match(row.not_heading, heading) is None) == trouble


def test_a_barred_role_goes_to_the_next_best(labeller: Labeller) -> None:
    text = "某县工作报告\n一、关于发展水利的问题\n困难很多，资金不足，短板突出，差距明显，问题不少。\n二、存在的问题\n困难很多，资金不足。\n"
    rules = Rules()
    outline = Outliner(rules).split(text)
    said = labeller.label(text, outline, Segmenter(rules.words()).segment(text, outline))
    assert [label.role == "problems" for label in said[1:]] == [False, True]


@pytest.mark.parametrize(
    ("heading", "result"),
    [
        ("政务服务全面优化。", True),
        ("三、水利建设成果丰硕", True),
        ("（二）齐心协力，集镇面貌更美。", True),
        ("——园区承载能力显著增强", True),
        ("数字乡村建设深入推进", True),
        ("教育改革取得重大进展", True),
        ("全面推进河湖治理", False),
        ("二、推动营商环境持续优化", False),
        ("确保粮食生产稳定增长", False),
        ("（三）在为民服务上更实", False),
        ("突出精细化更新", False),
        ("优化布局，全面提升", False),
        ("四、综合实力显著增强的目标", False),
    ],
)
def test_a_heading_may_tell_a_result(heading: str, result: bool) -> None:
    row = next(row for row in Rules().table(Role) if row.id == "plans")
    assert (re.match(row.not_heading, heading) is not None) == result


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("二、做好籽种调供\n调供稻种九十吨，比上年增长一成二。", True),
        ("（一）抓实招商引资\n签约项目14个，到位资金同比增长8.2%。", True),
        ("二、做好籽种调供\n调供稻种要比上年增长一成二。", False),
        ("三、主要指标\n税收比上年增长6%。", False),
        ("二、做好籽种调供\n调供稻种九十吨。", False),
    ],
)
def test_what_is_held_against_last_year_was_done(text: str, done: bool) -> None:
    row = next(row for row in Rules().table(Role) if row.id == "plans")
    assert (re.match(row.not_text, text) is not None) == done


@pytest.mark.parametrize(
    ("role", "path", "told"),
    [
        ("plans", "某站2021年工作总结 / （一）站稳立场\n召开学习会9次。", True),
        ("plans", "某站2021年工作总结 / （一）站稳立场\n要召开学习会9次。", False),
        ("plans", "某站2021年工作总结 / 二、明年打算 / （一）站稳立场\n召开学习会9次。", False),
        ("plans", "某站2021年工作要点 / （一）站稳立场\n召开学习会9次。", False),
        ("problems", "某站2021年工作总结 / （一）摸清家底\n走访农户86户。", True),
        ("problems", "某站2021年工作总结 / （一）摸清家底\n走访农户86户，仍有漏户。", False),
        ("problems", "某站2021年工作总结 / 二、存在问题 / （一）摸清家底\n走访农户86户。", False),
    ],
)
def test_counted_deeds_of_a_summary_are_no_plans_and_no_problems(role: str, path: str, told: bool) -> None:
    row = next(row for row in Rules().table(Role) if row.id == role)
    assert (re.match(row.not_told, path) is not None) == told


def test_no_part_of_a_review_is_a_plan(labeller: Labeller) -> None:
    parts = (
        "加快建设产业园。\n推进棚户区改造，健全服务体系，强化要素保障，着力补齐短板。\n抓好春耕备耕。\n完善管护机制。\n"
    )
    text = f"某市政府工作报告\n2023年工作回顾\n{parts}2024年工作安排\n{parts}"
    rules, levels = Rules(), {"2023年工作回顾": 1, "2024年工作安排": 1, "加快建设产业园。": 2, "抓好春耕备耕。": 2}
    given = [(m.start(), m.end(), levels[m[0]]) for m in re.finditer(".+", text) if m[0] in levels]
    outline = Outliner(rules).split(text, given)
    said = labeller.label(text, outline, Segmenter(rules.words()).segment(text, outline))
    assert [s.level for s in outline][1:] == [1, 2, 2, 1, 2, 2]
    assert "plans" not in [label.role for label in said[2:4]]
    assert [label.role for label in said[5:]] == ["plans", "plans"]


def test_labels_are_those_of_the_tables(labeller: Labeller) -> None:
    for model, table in zip(labeller.models, ("topics", "roles"), strict=True):
        assert set(model.card["labels"]) == {row.id for row in Rules().table(TABLES[table])}
        assert list(model.labels) == model.card["labels"]


def test_a_section_hears_its_parts_and_its_parts_hear_its_heading() -> None:
    rows, outline = Features(Rules()).rows(*parts()), parts()[0]
    tree, size = rows.tree, np.diff(rows.words.indptr)
    hears = {relation: tree.hear(relation, np.eye(len(outline))) for relation in RELATIONS}
    children = [at for at, parent in enumerate(tree.parents) if parent == 0]
    assert len(children) == 3
    assert tree.hear("inside", size)[0] == size.sum()
    assert hears["beside"][children[0]].nonzero()[0].tolist() == children[1:]
    inner = next(section.section_id for section in outline if section.level == 2)
    assert hears["above"][inner].nonzero()[0].tolist() == [children[0]]
    assert hears["title"][inner].nonzero()[0].tolist() == [0]
    assert (hears["inside"] == hears["under"] + hears["itself"]).all()
    assert (hears["under"] == (hears["above"] + hears["title"]).T).all()
    assert hears["document"].all()


def test_words_met_before_and_new_ones_say_the_same() -> None:
    """A table of what words say grows with the documents; a fresh one gives the same scores."""
    labeller, outline_sentences = Labeller.load([models_folder()], Rules()), parts()
    first = labeller.label(TEXT, *outline_sentences)
    others = TEXT.replace("党", "校")
    outline = Outliner(Rules()).split(others)
    labeller.label(others, outline, Segmenter(Rules().words()).segment(others, outline))
    assert labeller.label(TEXT, *outline_sentences) == first


def test_a_word_never_met_speaks_by_its_pairs_and_signs() -> None:
    pieces = Vocabulary(["污水处理厂", "污水", "3"], {}, 0)
    counts = pieces.counts(np.arange(3), [1, 1, 1]) @ pieces.matrices()[0]
    assert (counts[0].multiply(counts[1])).sum() >= 3  # 污, 水 and their pair
    assert counts[2].nnz == 0


def test_the_words_of_a_heading_tell_what_it_is_about() -> None:
    rows, outline = Features(Rules()).rows(*parts()), parts()[0]
    silent = {section.heading: float(share) for section, share in zip(outline, rows.silent, strict=True)}
    assert silent["三、下一步工作打算"] == 1
    assert silent["一、基层党建工作"] < 1


def test_no_sections_no_labels(labeller: Labeller) -> None:
    assert labeller.label("", (), ()) == ()


def test_a_model_that_contradicts_its_card_is_refused(tmp_path: Path) -> None:
    shutil.copytree(models_folder() / "role", tmp_path / "role")
    card = tmp_path / "role" / "card.toml"
    card.write_text(card.read_text(encoding="utf-8").replace('"problems"', '"trouble"'), encoding="utf-8")
    with pytest.raises(ConfigError, match="other labels than its card"):
        load_model(tmp_path / "role")


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"needs card\.toml and model\.skops"):
        load_model(tmp_path / "topic")


def test_a_pickle_in_place_of_a_model_is_not_opened(tmp_path: Path) -> None:
    import pickle

    shutil.copytree(models_folder() / "role", tmp_path / "role")
    (tmp_path / "role" / "model.skops").write_bytes(pickle.dumps({"a": 1}))
    with pytest.raises(Exception, match="zip"):
        load_model(tmp_path / "role")
