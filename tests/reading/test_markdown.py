from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading import Limits
from pipeline.reading.markdown import read_markdown


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("# 工作总结 #\n\n正文", "工作总结\n正文"),
        ("工作总结\n====\n一、概况\n----\n正文", "工作总结\n一、概况\n正文"),
        ("**一是**增收\\*；__二是__减负。", "一是增收*；二是减负。"),
        ("产值`38.6`亿元，引资*9*项、_2.4亿元_，`make_all`", "产值38.6亿元，引资9项、2.4亿元，make_all"),
        ("柜体30*40*50，张*、李*等3人，file_12_b", "柜体30*40*50，张*、李*等3人，file_12_b"),
        ('见[公报](http://a.example/b(1).htm "题")和![图](a.png)。', "见公报和。"),
        ("| 指标 | 数值 |\n|:---|---:|\n| 户数 | 312户 |", "指标\t数值\n户数\t312户"),
        ("- 修路\n- 通水\n1. 植树\n> 引文", "修路\n通水\n1. 植树\n引文"),
        ("##paidbegin##全镇#1号", "##paidbegin##全镇#1号"),
        ("```\n# 不是标题\n```", "# 不是标题"),
        ("一、概况\n全镇平稳。\n二、问题", "一、概况\n全镇平稳。\n二、问题"),
        ("增速-5.2%，占比 - 3成", "增速-5.2%，占比 - 3成"),
        ("---\ntitle: 总结\ndate: 2023-01-05\n---\n正文", "正文"),
        ("---\n正文不是元数据\n---", "---\n正文不是元数据"),
    ],
)
def test_signs_of_mark_up_are_taken_off(written: str, text: str) -> None:
    assert read_markdown(written.encode(), Limits()).text == text


def test_lines_that_only_the_width_ended_are_joined_where_paragraphs_stand_apart() -> None:
    long = "全乡干部群众团结一心，克服多年不遇的旱情，粮食总产保持稳定，农民收入达到"
    written = f"一、概况\n\n{long}\n12 600元，增长较快。\n\n二、问题\n\n水利设施老化。\n"
    assert f"{long}12 600元" in read_markdown(written.encode(), Limits()).text
    dense = f"一、概况\n{long}\n12 600元，增长较快。\n二、问题\n水利设施老化。\n"
    assert read_markdown(dense.encode(), Limits()).text == dense.rstrip("\n")


def test_headings_are_named() -> None:
    raw = read_markdown("# 总结\n## 一、**概况**\n正文\n".encode(), Limits())
    assert [(raw.text[start:end], level) for start, end, level in raw.styles] == [("总结", 1), ("一、概况", 2)]


@given(st.text("全镇党员612名。，（）一、\n \u3000", min_size=1))
def test_a_text_without_signs_stays_as_it_is(text: str) -> None:
    got = read_markdown(text.encode(), Limits()).text
    assert "".join(got.split()) == "".join(text.split())
