from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RulesError
from pipeline.kit import models_folder
from pipeline.language.names import Wordings, bare
from pipeline.metrics import Extractor
from pipeline.metrics.indicators import Indicators
from pipeline.records import Facts, Metric, Section
from pipeline.rules import Rules
from pipeline.rules.schema import Indicator, MetricCue, Topic, Unit
from pipeline.segmentation import Segmenter

RULES = Rules()
ROWS = RULES.table(Indicator)
CUES = RULES.table(MetricCue)
INDICATORS = Indicators(ROWS, CUES)
EXTRACTOR = Extractor.load(RULES, models_folder() / "metrics")


def test_there_are_indicators_enough_and_each_name_means_one() -> None:
    assert len(ROWS) >= 400
    owners: dict[str, str] = {}
    for row in ROWS:
        for name in (*row.written, *row.growth):
            assert owners.setdefault(bare(name), row.id) == row.id, name


def test_a_row_is_one_quantity_with_a_known_dimension_and_topic() -> None:
    dimensions, topics = {unit.dimension for unit in RULES.table(Unit)}, {topic.id for topic in RULES.table(Topic)}
    for row in ROWS:
        assert row.dimension in dimensions, row.id
        assert row.topic in topics, row.id
        for name in row.written:
            assert INDICATORS.code(name, row.dimension, "", "level") == row.id, name


def metrics_of(text: str) -> tuple[Metric, ...]:
    outline = [Section(0, None, 0, "", "", 0, 0, len(text), "")]
    return EXTRACTOR.extract(text, outline, Segmenter(RULES.words()).segment(text, outline), Facts())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("全乡党支部每月召开支委会1次、党小组会2次。", [None, None]),
        ("每季度召开1次支部党员大会。", [None]),
        ("支委会每半个月召开1次。", [None]),
        ("平均每个支部召开党员大会4次。", [None]),
        ("每个村建成卫生室1个。", [None]),
        ("每月开展主题党日，全年累计38次。", ["themed_party_days"]),
        ("每月开展主题党日共38次。", ["themed_party_days"]),
        ("每季度召开共产党员大会1次。", [None]),
        ("全乡共召开支委会192次、党小组会310次。", ["branch_committee_meetings", "party_group_meetings"]),
        ("每年召开党员大会4次。", ["branch_meetings"]),
        ("农村低保标准提高到每人每月610元。", ["rural_dibao_standard"]),
        ("城镇居民人均可支配收入3.1万元、粮食总产量14万吨。", ["urban_income", "grain_output"]),
    ],
)
def test_a_number_of_each_month_or_branch_is_no_total(text: str, codes: list[str | None]) -> None:
    assert [metric.indicator for metric in metrics_of(text)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("农林牧渔业总产值48亿元，其中：农业总产值27亿元，增长3%。", ["agri_output", "crop_output", "crop_output"]),
        ("农业总产值27亿元。", ["agri_output"]),
        ("归母净利润2亿元，净利润3亿元。", ["parent_net_profit", "net_profit"]),
        ("全社会用电量构成中，二产占71%，三产占16%。", [None, None]),
        ("产业结构继续优化，三产占比达到47%。", ["tertiary_share"]),
        ("预备党员转正3名，新发展党员6名。", [None, "party_members_recruited"]),
        ("办理涉毒犯罪7件，判处11人。", [None, None]),
        ("审结刑事案件320件，判处罪犯410人。", ["court_criminal_cases", "court_sentenced"]),
        ("监督立案8件、撤案5件。", ["proc_supervision_filed", "proc_supervision_withdrawn"]),
        ("桃园1200亩，亩产2100公斤。", [None, None]),
        ("粮食总产9万吨，亩产430公斤。", ["grain_output", "grain_yield"]),
        ("总投资6亿元的纸厂，已完成2亿元。", ["project_total_investment", None]),
        ("客运码头扩建，旅客吞吐量12万人次。", [None]),
        ("机场新开航线4条，旅客吞吐量31万人次。", [None, "airport_passengers"]),
        ("追赃挽损，为国家挽回经济损失320万元。", [None]),
        ("12315受理投诉86件，为消费者挽回经济损失9万元。", [None, "recovered_consumer_loss"]),
        ("道路交通死亡人数下降8%。", [None]),
        ("疫情平稳，死亡率0.4/10万。", [None]),
        ("逾期贷款与不良贷款比例82%。", [None]),
        ("农村低保标准6200元/年。", ["rural_dibao_standard"]),
        ("规模养殖场26个，其中千头以上3个。", ["livestock_farms", None, None]),
    ],
)
def test_a_number_of_another_whole_or_kind_has_no_code(text: str, codes: list[str | None]) -> None:
    assert [metric.indicator for metric in metrics_of(text)] == codes


def test_the_examples_of_the_rows_come_to_their_codes() -> None:
    text = "\n".join(f"{example}。" for row in ROWS for example in row.examples)
    found = {(text.rfind("\n", 0, m.quantity.start) + 1, m.indicator) for m in metrics_of(text)}
    at, missed = 0, []
    for row in ROWS:
        for example in row.examples:
            missed += [] if (at, row.id) in found else [example]
            at += len(example) + len("。\n")
    assert len(missed) <= len(ROWS) / 100, missed  # the name of a record is chosen by a model


@pytest.mark.parametrize(
    ("name", "dimension", "unit", "change", "code"),
    [
        ("地区生产总值", "money", "元", "level", "gdp"),
        ("地区生产总值", "ratio", "%", "increase", "gdp"),
        ("地区生产总值增速", "ratio", "%", "level", "gdp"),
        ("全市地区生产总值", "money", "元", "level", "gdp"),
        ("GDP", "ratio_point", "百分点", "decrease", "gdp"),
        ("地区生产总值", "ratio", "%", "level", None),  # 地区生产总值 as a percentage of something else
        ("地区生产总值", "people", "人", "level", None),
        ("经济增长", "ratio", "%", "level", "gdp"),
        ("经济增长速度预期目标", "ratio", "%", "increase", "gdp"),
        ("今年经济增长预期目标", "ratio", "%", "level", "gdp"),
        ("经济增长", "ratio_point", "百分点", "increase", None),  # 拉动经济增长0.6个百分点
        ("经济增长", "count", "个", "level", None),
        ("世界经济增长", "ratio", "%", "level", None),
        ("国民生产总值", "multiple", "番", "level", "gnp"),
        ("实际利用外资", "money_foreign", "美元", "level", "foreign_capital_used"),
        ("城镇化率", "ratio", "%", "level", "urbanization_rate"),
        ("城镇化率", "ratio_point", "百分点", "increase", "urbanization_rate"),
        ("城镇新增就业", "people", "人", "level", "urban_new_jobs"),
        ("城镇新增就业", "money", "元", "level", None),
        ("发展新党员", "people", "名", "level", "party_members_recruited"),
        ("社消零", "money", "元", "level", "retail_sales"),
        ("“四上”企业", "count", "家", "level", "four_type_enterprises"),
        ("新(改)建高标准农田", "area", "亩", "level", "high_standard_farmland_built_upgraded"),
        ("新建高标准农田", "area", "亩", "level", "high_standard_farmland_built"),
        ("高标准农田", "area", "亩", "level", "high_standard_farmland"),
        ("人民群众获得感", "ratio", "%", "level", None),
        ("党支部召开组织生活会", "count", "次", "level", "organizational_life_meetings"),
        ("组织召开民主生活会", "count", "次", "level", "democratic_life_meetings"),
        ("组织党小组会", "count", "次", "level", "party_group_meetings"),
        ("镇党委组织主题党日", "count", "场", "level", "themed_party_days"),
        ("召开支部委员会议", "count", "次", "level", "branch_committee_meetings"),
        ("组织党员", "people", "名", "level", None),  # 组织党员120名到…: some of them
        ("组织行业协会", "count", "家", "level", None),
        ("党支部书记", "people", "名", "level", None),
        ("召开人大常委会会议", "count", "次", "level", "npc_sessions"),
        ("召开县委常委会会议", "count", "次", "level", "party_standing_committee_meetings"),
        ("召开常委会会议", "count", "次", "level", None),  # of the Party committee, the congress or the CPPCC
    ],
)  # fmt: skip
def test_a_name_has_a_code_where_its_unit_measures_it(
    name: str, dimension: str, unit: str, change: str, code: str | None
) -> None:
    assert INDICATORS.code(name, dimension, unit, change) == code


def test_the_place_that_a_number_is_said_of_is_no_part_of_the_name() -> None:
    assert INDICATORS.code("东港镇地区生产总值", "money", "元", "level", "东港镇") == "gdp"
    assert INDICATORS.code("东港镇地区生产总值", "money", "元", "level") is None
    assert INDICATORS.code("企业用电量", "energy", "度", "level", "企业") is None
    assert INDICATORS.code("城市自来水普及率", "ratio", "%", "level", "城市") is None
    assert INDICATORS.code("高效办理市政协提案", "count", "件", "level", "高效办理市") is None


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("全市地区生产总值增速", "地区生产总值"),
        ("全年完成固定资产投资", "固定资产投资"),
        ("规模以上工业增加值", "规上工业增加值"),
        ("“专精特新”企业", "专精特新企业"),
        ("城镇新增就业", "城镇新增就业"),
        ("国内生产总值（GDP）", "国内生产总值"),
    ],
)
def test_the_head_of_a_name(name: str, head: str) -> None:
    assert Wordings(CUES).head(name) == head


def test_a_users_indicators_lie_over_ours(tmp_path: Path) -> None:
    (tmp_path / "indicators.toml").write_text(
        'disabled = ["gnp"]\n[[indicator]]\nid = "own_gdp"\nwritten = ["GDP", "国内总产值"]\n'
        'dimension = "money"\ntopic = "economy"\nexamples = ["GDP 12亿元"]\n',
        encoding="utf-8",
    )
    rules = Rules(tmp_path)
    own = Indicators(rules.table(Indicator), rules.table(MetricCue))
    assert own.code("GDP", "money", "元", "level") == "own_gdp"
    assert own.code("地区生产总值", "money", "元", "level") == "gdp"
    assert own.code("国民生产总值", "money", "元", "level") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dimensions = 'money'", "unknown key dimensions"),
        (
            "dimension = 'money'\ntopic = 'economy'\n[[indicator]]\nid = 'b'\nwritten = ['甲']\ndimension = 'money'\ntopic = 'economy'",
            "甲 stands in a and in b",
        ),
    ],
)
def test_a_faulty_indicator_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "indicators.toml").write_text(f"[[indicator]]\nid = 'a'\nwritten = ['甲']\n{text}", encoding="utf-8")
    with pytest.raises(RulesError, match=message):
        Rules(tmp_path).table(Indicator)
