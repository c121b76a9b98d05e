from __future__ import annotations

import pytest

from pipeline.kit import models_folder
from pipeline.metrics import Extractor
from pipeline.records import Facts, Metric, Section
from pipeline.rules import Rules
from pipeline.segmentation import Segmenter

RULES = Rules()
EXTRACTOR = Extractor.load(RULES, models_folder() / "metrics")


def codes_of(text: str) -> list[str | None]:
    outline = [Section(0, None, 0, "", "", 0, 0, len(text), "")]
    metrics: tuple[Metric, ...] = EXTRACTOR.extract(
        text, outline, Segmenter(RULES.words()).segment(text, outline), Facts()
    )
    return [metric.indicator for metric in metrics]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("86个行政村开展厕所改造。", [None]),
        ("对38家规上工业企业进行走访。", [None]),
        ("为540名残疾人办理证件。", [None]),
        ("吸引620名高校毕业生。", [None]),
        ("三类社会组织可以直接登记。", [None]),
        ("走访困难户45户、党员27名。", [None, None]),
        ("选派医生4名、护士6名。", [None, None]),
        ("全县辖行政村145个。", ["villages"]),
        ("全镇共有24个行政村，145个村民小组。", ["villages", "village_groups"]),
        ("全县145个行政村全部建成卫生室。", ["villages"]),
        ("现有38家规上工业企业分布在城东。", ["large_industrial_firms"]),
        ("全县残疾人2.1万名。", ["disabled_persons"]),
    ],
)
def test_a_number_of_those_that_something_is_done_to_is_no_stock(text: str, codes: list[str | None]) -> None:
    assert codes_of(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("全县24.6万人参保，7.3万人领取养老金。", [None, "pensioners"]),
        ("全镇共有6240户、21350人。", ["total_households", "total_population"]),
        ("26户收入超过8万元，全村148户散居在山上。", [None, None, "total_households"]),
        ("全村236户中有5户用井水。", ["total_households", None]),
        ("全县人口43万人。", ["total_population"]),
        ("福利院4所，床位210张。", [None, None]),
        ("快捷酒店5家，床位430张，增长6%。", [None, None, None]),
        ("乡镇卫生院12所，床位360张。", ["health_centres", "hospital_beds"]),
        ("全县大棚48个，总面积1.2万亩。", [None, None]),
        ("全县辖9个镇，总面积1460平方公里。", [None, "land_area"]),
        ("国庆假期接待游客21万人次。", [None]),
        ("全年接待游客320万人次，旅游综合收入18亿元。", ["tourist_arrivals", "tourism_revenue"]),
        ("将农民人均纯收入1800元作为新的标准。", [None]),
        ("争取债券资金、专项资金、增发国债资金共12亿元。", [None]),
    ],
)
def test_another_thing_of_that_name_has_no_code(text: str, codes: list[str | None]) -> None:
    assert codes_of(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("一、二、三产增加值分别增长3.4%、6.1%和7.2%。", ["primary", "secondary", "tertiary"]),
        ("其中一、二、三产业分别为12亿元、31亿元、40亿元。", ["primary", "secondary", "tertiary"]),
        ("一产、二产、三产分别增长3.4%、6.1%、7.2%。", ["primary", "secondary", "tertiary"]),
        ("三次产业增加值分别增长3.4%、6.1%、7.2%。", ["primary", "secondary", "tertiary"]),
        ("一产增加值12亿元。", ["primary"]),
        ("分产业看，一产12亿元、二产31亿元、三产40亿元。", ["primary", "secondary", "tertiary"]),
    ],
)
def test_the_three_sectors_are_told_apart_in_any_wording(text: str, codes: list[str]) -> None:
    assert codes_of(text) == [f"{code}_value_added" for code in codes]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("金融机构存贷款余额分别达到86亿元、57亿元。", ["deposits", "loans"]),
        ("小麦种植面积和产量稳定在8.4万亩、3.6万吨。", ["wheat_area", "wheat_output"]),
        ("粮食播种面积、产量分别为12万亩、5.3万吨。", ["grain_area", "grain_output"]),
        (
            "商品房销售850套、9.6万平方米，分别增长3.1%、4.4%。",
            [None, "commercial_housing_sales_area", None, "commercial_housing_sales_area"],
        ),
        ("城镇居民人均可支配收入和农村居民人均可支配收入实际增长5.2%和6.3%。", ["urban_income", "rural_income"]),
        ("自然增长率为3.1‰。", ["natural_growth_rate"]),
    ],
)
def test_what_one_word_or_list_names_is_told_apart(text: str, codes: list[str | None]) -> None:
    assert codes_of(text) == codes
