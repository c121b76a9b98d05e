from __future__ import annotations

import pytest

from pipeline.cleaning import Cleaner


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("水泥产量82.5O万吨，增长l4.7%", "水泥产量82.50万吨，增长14.7%"),
        ("实现税金lO.26亿元，上年为9.O亿元", "实现税金10.26亿元，上年为9.0亿元"),
        ("投资2,5OO万元，完工率lOO%", "投资2,500万元，完工率100%"),
        (
            "食糖      6.1万吨      3.O\n卷烟      2.4万箱      l.5",
            "食糖      6.1万吨      3.0\n卷烟      2.4万箱      1.5",
        ),
        ("l986年至1993年，新建站所I6座", "1986年至1993年，新建站所16座"),
        ("下降-l.2%，提高O.4个百分点", "下降-1.2%，提高0.4个百分点"),
    ],
)
def test_letters_in_numbers_are_read_as_figures(text: str, clean: str, cleaner: Cleaner) -> None:
    cleaned = cleaner.clean(text)
    assert cleaned.text == clean
    assert {restoration.rule for restoration in cleaned.restorations} == {"letter_in_number"}
    assert not cleaned.removals


@pytest.mark.parametrize(
    "text",
    [
        "建设O2O平台5个，打造A1级站点3个",
        "住在lO号楼2单元，I类水质断面4个",
        "O3浓度下降3%，CO2排放下降2%",
        "容量2.5l，净重1l",
        "就读l0l中学，通过ISO9OO1认证，办理COVID-l9检测",
        "升级为v1.O版，Web2.O时代",
        "Il级应急响应",
    ],
)
def test_letters_of_codes_stay(text: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(text).text == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("巡护里程增长18.4%o林场新修步道。", "巡护里程增长18.4%。林场新修步道。"),
        ("育苗26万株o造林1900亩o成活率92%o\n没有火情o", "育苗26万株。造林1900亩。成活率92%。\n没有火情。"),
    ],
)
def test_letters_for_stops_are_read_as_stops(text: str, clean: str, cleaner: Cleaner) -> None:
    cleaned = cleaner.clean(text)
    assert cleaned.text == clean
    assert {restoration.rule for restoration in cleaned.restorations} == {"letter_for_stop"}


@pytest.mark.parametrize(
    "text",
    [
        "自然增长率4.2%o以下。",
        "人口出生率为9.6%o比上年低。",
        "死亡率6.1%o。",
        "微信vivo手机",
        "病虫害成灾率1.3%o左右，",
        "甲o乙",
    ],
)
def test_a_letter_that_is_no_stop_stays(text: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(text).text == text
