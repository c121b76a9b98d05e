"""Junk of many families goes wherever it stands; lines that only look like it stay."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.cleaning import Cleaner

HERE = Path(__file__).parent
JUNK = tomllib.loads((HERE / "junk.toml").read_text(encoding="utf-8"))
_BODY = tomllib.loads((HERE / "body.toml").read_text(encoding="utf-8"))
BODY = [*_BODY["lines"], *_BODY["english"]]
LINES = [line for family in JUNK["family"] for line in family["lines"]]
BEFORE, AFTER = "一、发展壮大集体经济，村均增收三万元。", "（二）存在的问题。干部队伍年龄偏大。"


@pytest.mark.parametrize("line", LINES)
def test_junk_line_goes_and_its_neighbours_stay_apart(line: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(f"{BEFORE}\n{line}\n{AFTER}").text == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize("line", LINES)
def test_junk_line_goes_from_head_and_foot(line: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(f"{line}\n\n{BEFORE}\n{AFTER}\n\n{line}\n").text == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize("line", JUNK["known_failures"])
@pytest.mark.xfail(strict=True, reason="no evidence yet that could not stand in a report")
def test_known_failures(line: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(f"{BEFORE}\n{line}\n{AFTER}").text == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize("line", BODY)
def test_body_line_stays(line: str, cleaner: Cleaner) -> None:
    text = f"{BEFORE}\n{line}\n{AFTER}"
    clean = cleaner.clean(text)
    assert clean.text == text
    assert not clean.edits


@pytest.mark.parametrize("line", BODY)
def test_body_line_stays_beside_junk(line: str, cleaner: Cleaner) -> None:
    junk = "成为终身会员，全站范文任意下载，网盘同步更新，请添加客服微信：abc_123"
    assert cleaner.clean(f"{junk}\n{line}\n{junk}").text == line


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"{BEFORE}更多范文请关注微信公众号“某某文秘”。", BEFORE),
        (f"{BEFORE}（本文由某某范文网www.example.com收集整理）", BEFORE),
        ("全镇党员（请登录后查看全文）共320名。", "全镇党员共320名。"),
        ("全镇党员……某某文稿网，此处省略1200字，会员可完整阅读……共320名。", "全镇党员共320名。"),
        ("收入达到1200元，某某文库www.example.com收集整理，增长一成。", "收入达到1200元，，增长一成。"),
        (f"{BEFORE}本文来自某某文秘网，如有侵权请联系删除。", BEFORE),
        ("下载\n打印\n全屏\n收藏\n【字号：\n加大\n还原\n减小\n】\n工作报告", "工作报告"),
        (f"{BEFORE}\n相关文章：\n2023年某局党建工作总结\n某街道述职报告\n\n加V领全文", BEFORE),
        (f"相关文章：\n2023年某镇工作总结\n{AFTER}", f"2023年某镇工作总结\n{AFTER}"),
        (f"推荐阅读：\n·某镇信访工作总结\n·某局党课讲稿三篇\n{AFTER}", AFTER),
        (f"{BEFORE}\n相关文章：\n1.某局党建工作总结\n▼\n2.年底了，述职报告怎么写\n加V领全文", BEFORE),
        (f"相关文章：\n1.某局党建工作总结\n{AFTER}", f"1.某局党建工作总结\n{AFTER}"),
        ("相关文章：\n一、工作总结\n加V领全文", "一、工作总结"),
        (f"{BEFORE}\n更多推荐\n附件：某镇防汛工作方案", f"{BEFORE}\n附件：某镇防汛工作方案"),
        ("@所有人 加入我们\n×\n工作报告", "工作报告"),
        (f"{'全镇上下团结一心' * 5}，发展\n— 3 —\n特色产业。", f"{'全镇上下团结一心' * 5}，发展特色产业。"),
    ],
)
def test_stretches_clauses_and_groups(text: str, clean: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(text).text == clean


def test_edits_name_kind_and_rule(cleaner: Cleaner) -> None:
    clean = cleaner.clean(f"{BEFORE}\n上一篇：某局工作总结\n加V领全文")
    assert [(removal.kind, removal.rule) for removal in clean.removals] == [
        ("boilerplate", "neighbour_article"),
        ("contact", "add_contact"),
    ]


def test_much_removed_is_a_warning(cleaner: Cleaner) -> None:
    assert cleaner.clean(f"{BEFORE}\n{LINES[0]}").warning
    assert cleaner.clean(f"{BEFORE * 20}\n{LINES[0]}").warning is None


def test_a_heading_stays_where_furniture_stands_behind_it_in_its_line(cleaner: Cleaner) -> None:
    text = "二、主要成效　当前位置：首页 > 范文大全\n全镇工作平稳有序。\n（一）工作情况  加V：doc_000 领取全文\n各项任务圆满完成。\n"
    clean = cleaner.clean(text)
    assert clean.text.splitlines() == ["二、主要成效", "全镇工作平稳有序。", "（一）工作情况", "各项任务圆满完成。"]
    assert len(clean.removals) == 2


@pytest.mark.parametrize("notice", JUNK["notices_in_brackets"])
@pytest.mark.parametrize(
    ("before", "after"),
    [("民生支出占财政支出的比重始终", "保持在83%以上。"), ("在总结成绩的同时，也要看到", "短板：加工转化率仅为41%；")],
)
def test_a_notice_goes_alone_from_the_sentence_around_it(
    before: str, after: str, notice: str, cleaner: Cleaner
) -> None:
    assert cleaner.clean(f"{BEFORE}\n{before}{notice}{after}\n{AFTER}").text == f"{BEFORE}\n{before}{after}\n{AFTER}"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("抓好春耕备耕，良种良法配套推广，新修灌溉水\n\n— 9 —\n\n渠六条，受益农田稳步增加。\n", True),
        ("（二）强化水利设施管护，健全长效管理机制\n\n— 9 —\n\n全镇新修灌溉水渠六条。\n", False),
        ("柳河县二〇二二年国民经济和社会发展情况\n\n— 9 —\n\n全镇新修灌溉水渠六条。\n", False),
        ("抓好春耕备耕，良种良法配套推广，灌溉有保障。\n\n— 9 —\n\n全镇新修灌溉水渠六条。\n", False),
    ],
)
def test_a_page_number_in_a_sentence_of_short_lines_joins_its_halves(text: str, joined: bool, cleaner: Cleaner) -> None:
    before, after = text.split("\n\n— 9 —\n\n")
    clean = cleaner.clean(text).text
    assert "— 9 —" not in clean
    assert (before + after.strip() in clean) == joined


def test_a_title_on_a_card_of_open_data_goes_where_it_stands_again(cleaner: Cleaner) -> None:
    card = "索引号：000/2021-7　文号：\n标题：关于印发《松岭县防汛预案》的通知"
    title = "关于印发《松岭县防汛预案》的通知"
    assert cleaner.clean(f"{card}\n{title}\n{BEFORE}\n{AFTER}").text == f"{title}\n{BEFORE}\n{AFTER}"
    assert title in cleaner.clean(f"{card}\n{BEFORE}\n{AFTER}").text
