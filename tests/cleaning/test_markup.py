from __future__ import annotations

import pytest

from pipeline.cleaning import Cleaner


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("转变作##paidbegin##风##paidend##建设", "转变作风建设"),
        ("工作[hide]要点[/hide]如下", "工作要点如下"),
        ("工作{hide}要点{/hide}如下", "工作要点如下"),
        ("工作要点[[hide]2]如下", "工作要点[2]如下"),
        ("工作要点[2[hide]]如下", "工作要点[2]如下"),
        ("工作<!--hide-->要点<!--/hide-->如下", "工作要点如下"),
        ("工作<paid>要点</paid>如下", "工作要点如下"),
        ('<p class="x">工作<b>要点</b></p>', "工作要点"),
        ("<script>var a = '要点';</script>工作", "工作"),
        ("工&nbsp;作&amp;nbsp;&#12288;要&#8203;点", "工作要点"),
        ("&ldquo;两山&rdquo;理念，R&amp;D经费，5&lt;6", "“两山”理念，R&D经费，5<6"),
        ("&amp;amp;ldquo;三农", "“三农"),
        ("&lt;br/&gt;工作", "工作"),
        ("工\u200b作\ufeff要\x07点", "工作要点"),
        ("一、要点\n#p#分页标题#e#\n二、措施", "一、要点\n二、措施"),
        ("一、要点\nvar _hmt = _hmt || [];\n二、措施", "一、要点\n二、措施"),
    ],
)
def test_tags_go_and_what_they_enclose_stays(text: str, clean: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(text).text == clean


@pytest.mark.parametrize(
    "text",
    [
        "〔2023〕12号",
        "见[1]、[EB/OL]和[J]",
        "〈条例〉、<某某>、《办法》",
        "#1机组和#2机组",
        "投资$3.5亿",
        "{一}和{见附件}",
        "邮箱：office@example.com",
        "A&B公司、R&D经费",
        "5<6，7>3",
        "姓名：______",
        "亲子活动👨\u200d👩\u200d👧",
    ],
)
def test_signs_that_reports_write_stay(text: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(text).text == text


def test_a_marker_within_an_advert_belongs_to_the_advert(cleaner: Cleaner) -> None:
    clean = cleaner.clean("全镇增收三万元。\n加V领##paidend##全文")
    assert [removal.text for removal in clean.removals] == ["加V领##paidend##全文"]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("## 林下经济\n\n全场种植黄精310亩。", "林下经济\n\n全场种植黄精310亩。"),
        ("### 2. 管护站建设 ###\n新修步道9公里。", "2. 管护站建设\n新修步道9公里。"),
        ("巡护里程**8460公里**，火情处置率**100%**。", "巡护里程8460公里，火情处置率100%。"),
        ("护林员**60名****三班**，步道**9公里****12座**桥。", "护林员60名三班，步道9公里12座桥。"),
        ("**苗圃建设**\n育苗26万株。", "苗圃建设\n育苗26万株。"),
        ("**（二）抓防火。**全年零火情。", "（二）抓防火。全年零火情。"),
        ("# 青坪林场\n职工**人均**增收**6200元**。", "青坪林场\n职工人均增收6200元。"),
    ],
)
def test_markdown_goes_and_its_words_stay(text: str, clean: str, cleaner: Cleaner) -> None:
    cleaned = cleaner.clean(text)
    assert cleaned.text == clean
    assert {removal.kind for removal in cleaned.removals} == {"markup"}


@pytest.mark.parametrize(
    "text",
    ["**县**镇党委书记", "收入**万元，比**2018年**月多", "**同志在**林场工作", "1 # 苗圃", "编号A**12**", "3**4**5"],
)
def test_stars_that_hide_names_stay(text: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(text).text == text


@pytest.mark.parametrize(
    "marks", ["=== {} ===", "<{}>", "~~{}~~", "{{{}}}", "[{}]", "〖{}〗", "＜{}＞", "▶ {}", "· {}", "*** {} ***"]
)
@pytest.mark.parametrize("words", ["下步打算", "存在问题", "管护成效", "一、防火工作"])
def test_headings_between_any_signs_stay(marks: str, words: str, cleaner: Cleaner) -> None:
    head = marks.format(words)
    text = f"青坪林场2020年工作总结\n全场巡护里程8460公里，全年没有发生火情。\n{head}\n育苗26万株，造林1900亩，成活率九成以上。"
    assert cleaner.clean(text).text == text
