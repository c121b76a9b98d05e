"""The title of a report stays in a line that a site wrote on."""

from __future__ import annotations

import pytest

from pipeline.cleaning import Cleaner

TITLE = "泉岭县2021年工作总结"
BODY = "一、主要工作\n全年完成税收收入8.2亿元，同比增长6.5%。\n二、存在问题\n产业结构有待优化。"


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", "（文秘写作网）"),
        ("", "(公文网收集整理)"),
        ("", "-泉岭范文网"),
        ("", "_工作总结_公文网"),
        ("", "|范文大全"),
        ("", " - 人人文库"),
        ("", "——泉岭县人民政府网站"),
        ("", "［字体：大 中 小］"),
        ("", "　点击数：64"),
        ("", " www.example.com"),
        ("", ".docx"),
        ("", "范文两篇"),
        ("", "_第2页"),
        ("", " 【打印】【关闭】"),
        ("[转载]", ""),
        ("标题：", ""),
        ("写作网：", "_范文大全"),
        ("最新", "范文五篇"),
        ("【", "】"),
        ("（推荐）", ""),
        ("第三篇：", ""),
        ("篇三：", ""),
        ("范文二：", ""),
        ("转：", ""),
        ("精品：", ""),
        ("工作总结：", ""),
        ("工作总结 | ", ""),
    ],
)
def test_what_a_site_wrote_around_a_title_goes_alone(before: str, behind: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(f"{before}{TITLE}{behind}\n{BODY}").text == f"{TITLE}\n{BODY}"


@pytest.mark.parametrize(
    "behind",
    ["", "（代拟稿）", "（打印稿）", "（来源：县政府网）", "——以石桥镇为例", "（网络安全）", "及下载中心建设情况"],
)
def test_what_belongs_to_a_title_stays(behind: str, cleaner: Cleaner) -> None:
    text = f"{TITLE}{behind}\n{BODY}"
    assert cleaner.clean(text).text == text


@pytest.mark.parametrize(
    ("title", "behind"),
    [
        ("2018年度工作总结", "_年度总结_文秘写作网"),
        ("2018年上半年党建工作总结及下半年打算", " - 公文网"),
        ("2018年消防工作计划", "|范文大全"),
    ],
)
def test_a_title_without_owner_stays_before_the_tag_of_a_page(title: str, behind: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(f"{title}{behind}\n{BODY}").text == f"{title}\n{BODY}"


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("【统战】", ""),
        ("附件2：", ""),
        ("《", "》"),
        ("“", "”"),
        ("★", "★"),
        ("●", ""),
        ("1.", ""),
        ("一、", ""),
        ("（一）", ""),
    ],
)
def test_what_may_be_the_reports_own_stays_around_a_title(before: str, behind: str, cleaner: Cleaner) -> None:
    text = f"{before}{TITLE}{behind}\n{BODY}"
    assert cleaner.clean(text).text == text


def test_a_title_without_owner_is_none_in_an_offer(cleaner: Cleaner) -> None:
    assert cleaner.clean(f"2018年工作总结范文大全\n{BODY}").text == BODY


def test_a_line_of_the_body_is_no_title(cleaner: Cleaner) -> None:
    text = f"{TITLE}\n{BODY}\n泉岭县政务服务网2021年工作总结.doc\n结束。"
    assert "泉岭县政务服务网2021年工作总结.doc" in cleaner.clean(text).text


def test_what_announces_a_title_goes_with_it(cleaner: Cleaner) -> None:
    said = f"以下是小编为大家整理的{TITLE}，供大家参考。"
    assert cleaner.clean(f"{TITLE}\n{said}\n{BODY}").text == f"{TITLE}\n{BODY}"


@pytest.mark.parametrize(
    ("before", "title"),
    [
        ("篇一：", "青坪林场2020年防火工作总结"),
        ("篇二：", "晨光幼儿园2020年工作小结"),
        ("篇一：", "在青溪镇第九届人民代表大会上的工作报告"),
        ("-热门模板推荐- ", "2020年青溪镇工作总结"),
    ],
)
def test_the_number_of_a_collection_goes_and_its_title_stays(before: str, title: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(f"{before}{title}\n{BODY}").text == f"{title}\n{BODY}"


def test_the_numbers_of_a_collection_below_its_title_go_whole(cleaner: Cleaner) -> None:
    for head in (f"{TITLE}（精选3篇）\n篇1：林场工作总结", f"{TITLE}\n篇1：林场工作总结\n篇2：苗圃工作总结"):
        assert cleaner.clean(f"{head}\n{BODY}").text == f"{TITLE}\n{BODY}"


@pytest.mark.parametrize(
    "title",
    [
        "青溪镇森林防火工作小结（ 2020 年 3 — 5 月）",
        "青 溪 镇 “ 十 三 五 ” 林 业 发 展 总 结",
        f"{TITLE}（修改稿）",
        f"{TITLE}（送审稿）",
    ],
)
def test_titles_with_blanks_and_drafts_stay(title: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(f"{title}\n{BODY}").text == f"{title}\n{BODY}"
