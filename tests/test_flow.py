from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.classification import Labeller
from pipeline.config import load_config
from pipeline.dataset.rows import Rows
from pipeline.flow import attempt, carry_styles, doc_id, process
from pipeline.kit import Kit, build_kit
from pipeline.offsets import clean_text
from pipeline.records import Edit, Failure, Report, Source

TEXT = "河湾乡2023年工作总结\n一、基本情况\n全乡共有D员430名，比上年增长5.2%。\n二、存在问题\n部分村基础薄弱。\n"


@pytest.fixture(scope="module")
def kit() -> Kit:
    return build_kit(load_config())


def test_a_document_flows_through_every_room(kit: Kit) -> None:
    report = process(Source("a/report.txt", TEXT.encode("gb18030")), kit)
    assert report.raw.encoding == "gb18030"
    assert "党员430名" in report.text
    assert [s.heading for s in report.outline][1:] == ["一、基本情况", "二、存在问题"]
    assert "".join("".join(s.words) for s in report.sentences) == "".join(report.text.split())
    assert [m.quantity.value for m in report.metrics] == [430, 5.2]
    assert report.facts.year_covered == 2023
    assert len(report.labels) == len(report.outline)


def test_a_title_that_looks_back_and_ahead_leaves_the_first_sections_to_the_review(kit: Kit) -> None:
    text = (
        "青溪中学2012年度工作总结及2013年工作打算\n一、教学\n开设选修课12门。\n"
        "二、后勤\n争取资金90万元，新建食堂1200平方米。\n三、2013年工作打算\n新增班级2个。\n"
    )
    statuses = [m.status for m in process(Source("school.txt", text.encode()), kit).metrics]
    assert statuses == ["actual", "actual", "actual", "planned"]


def test_headings_of_markdown_in_a_plain_text_keep_their_levels(kit: Kit) -> None:
    text = "# 青坪林场2020年工作总结\n\n## 林下经济\n\n种植黄精**310亩**。\n\n### 销路\n\n签约2家。\n\n## 管护\n\n巡护8460公里。\n"
    report = process(Source("forest.txt", text.encode()), kit)
    assert [(s.level, s.heading) for s in report.outline] == [
        (0, "青坪林场2020年工作总结"),
        (1, "林下经济"),
        (2, "销路"),
        (1, "管护"),
    ]
    assert [m.quantity.value for m in report.metrics] == [310, 2, 8460]


def test_numbers_without_end_in_one_sentence_are_a_failure_that_says_what_to_do(kit: Kit) -> None:
    report = process(Source("one_line.txt", ("茶厂收茶三石付款6元" * 200).encode()), kit)
    huge = replace(report, metrics=report.metrics * 100)
    failure = attempt(lambda source: Rows().add_report(huge), report.source)
    assert isinstance(failure, Failure)
    assert failure.message.startswith("It has 40,000 numbers in sentences without a stop")
    assert "Please report this" not in failure.message


def test_the_same_source_gives_the_same_report(kit: Kit) -> None:
    source = Source("a", TEXT.encode())
    assert process(source, kit) == process(source, kit)


def test_what_cannot_be_read_is_a_failure_of_reading(kit: Kit) -> None:
    failure = attempt(partial(process, kit=kit), Source("empty.txt", b""))
    assert isinstance(failure, Failure)
    assert (failure.source, failure.stage) == ("empty.txt", "read")


def test_what_is_no_text_is_skipped(kit: Kit) -> None:
    failure = attempt(partial(process, kit=kit), Source("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(64)))
    assert isinstance(failure, Failure)
    assert failure.stage == "skipped"


def test_a_failure_names_the_room_in_which_it_arose(kit: Kit) -> None:
    broken = replace(kit, labeller=Labeller(None, None, kit.rules))  # type: ignore[arg-type]
    failure = attempt(partial(process, kit=broken), Source("a.txt", TEXT.encode()))
    assert isinstance(failure, Failure)
    assert failure.stage == "classification"
    assert failure.error == "AttributeError"
    assert isinstance(attempt(partial(process, kit=kit), Source("a.txt", TEXT.encode())), Report)


@given(st.tuples(st.text(), st.binary()), st.tuples(st.text(), st.binary()))
def test_ids_tell_names_and_contents_apart(one: tuple[str, bytes], other: tuple[str, bytes]) -> None:
    assert (doc_id(Source(*one)) == doc_id(Source(*other))) == (one == other)
    assert len(doc_id(Source(*one))) == 16


def test_styles_stand_where_their_text_went() -> None:
    source = "##x##一、标题\n正文"
    clean = clean_text(source, [Edit(0, 5, "", "markup", "r"), Edit(7, 8, "题目", "restored", "r")])
    styles = ((5, 9, 1), (0, 5, 2), (10, 12, 3))
    carried = carry_styles(styles, clean)
    assert [(clean.text[a:b], level) for a, b, level in carried] == [("一、题目题", 1), ("正文", 3)]


def test_what_is_no_text_is_refused_by_its_type() -> None:
    for read in (pipeline.clean, pipeline.find_quantities):
        with pytest.raises(TypeError, match="A text is a str, not NoneType"):
            read(None)  # type: ignore[arg-type]


def test_half_a_surrogate_pair_is_cleaned_to_what_a_file_can_hold() -> None:
    clean = pipeline.clean("全镇\udc9c党员##paidend##430名。")
    assert clean.text == "全镇\ufffd党员430名。"
    assert clean.source == "全镇\ufffd党员##paidend##430名。"


@pytest.mark.parametrize("inputs", [None, 7, [None], [b"a.txt"]])
def test_what_is_no_path_is_refused_by_its_type(inputs: object) -> None:
    with pytest.raises(TypeError, match=r"An input is a path, not (?:NoneType|int|bytes)"):
        pipeline.process(inputs)  # type: ignore[arg-type]


def test_an_xml_file_with_text_says_what_to_do_with_it(kit: Kit) -> None:
    failure = attempt(
        partial(process, kit=kit),
        Source("a.xml", "<?xml version='1.0'?><doc><p>全镇修路3公里，植树1200株，架桥2座。</p></doc>".encode()),
    )
    assert isinstance(failure, Failure)
    assert (failure.stage, "Save it as .txt" in failure.message) == ("read", True)
    settings = attempt(
        partial(process, kit=kit),
        Source("a.xml", "<?xml version='1.0'?><a b='1'><!-- 本文件由程序生成，请勿修改，否则无法运行 --></a>".encode()),
    )
    assert isinstance(settings, Failure)
    assert (settings.stage, "Nothing is to be done" in settings.message) == ("skipped", True)


def test_an_entry_that_becomes_no_document_is_told_unasked(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with pytest.warns(UserWarning, match=r"empty\.txt: It has 0 bytes") as told:
        assert list(pipeline.process(tmp_path)) == []
    assert len(told) == 1


BODY = "全县出栏生猪12.6万头，同比增长8%。\n一、主要工作\n今年以来，免疫牲畜36万头次。\n二、下步打算\n新建兽医站8个。\n"


def beside(kit: Kit, text: str, title: str | None = None, published: str | None = None) -> Report:
    return process(Source("t.csv#1", text.encode(), "text/plain", title=title, published=published), kit)


def test_a_title_beside_a_text_is_that_of_the_report(kit: Kit) -> None:
    title = "柳塘县畜牧站2018年上半年工作总结"
    report, whole = beside(kit, BODY, f"{title}_柳塘县门户网"), beside(kit, f"{title}\n{BODY}")
    assert report.text == BODY.strip()
    assert report.facts == whole.facts
    assert (report.facts.title, report.facts.place, report.facts.year_covered) == (title, "柳塘县", 2018)
    assert [(m.period, m.subject, m.status) for m in report.metrics] == [
        (m.period, m.subject, m.status) for m in whole.metrics
    ]


@pytest.mark.parametrize(
    ("own", "title", "chosen"),
    [
        ("柳塘县畜牧站2018年工作总结", "畜牧工作总结", "柳塘县畜牧站2018年工作总结"),
        ("工作总结", "柳塘县畜牧站2018年工作总结", "柳塘县畜牧站2018年工作总结"),
        ("柳塘县畜牧站2018年工作总结", "附件1", "柳塘县畜牧站2018年工作总结"),
        ("柳塘县畜牧站2018年工作总结", "全县共有畜牧站12个，其中新建3个。", "柳塘县畜牧站2018年工作总结"),
    ],
)
def test_the_fuller_of_two_titles_counts(kit: Kit, own: str, title: str, chosen: str) -> None:
    assert beside(kit, f"{own}\n{BODY}", title).facts.title == chosen


def test_a_day_of_publication_settles_when_a_report_was_given_and_nothing_else(kit: Kit) -> None:
    title = "柳塘县畜牧站2018年工作总结"
    with_day, without = beside(kit, BODY, title, "2019-01-08"), beside(kit, BODY, title)
    assert with_day.facts == replace(without.facts, year_delivered=2019)
    assert with_day.metrics == without.metrics
    assert beside(kit, f"{BODY}2018年12月20日\n", title, "2019-01-08").facts.year_delivered == 2018
    assert beside(kit, BODY, title, "2023-01-08").facts.year_delivered is None  # put up again
    assert beside(kit, BODY, None, "2019-01-08").facts.year_covered is None


def test_a_day_of_publication_tells_the_year_of_months(kit: Kit) -> None:
    facts = beside(kit, "1—4月，全县畜牧业平稳，出栏生猪3.2万头。\n", "1-4月畜牧业运行分析", "2018-05-12").facts
    assert (facts.year_covered, facts.year_delivered) == (2018, 2018)


TITLED = "柳塘县畜牧站2018年工作总结"
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY.splitlines())


@pytest.mark.parametrize(
    "page",
    [
        f"<title>{TITLED}-柳塘县门户网</title><body><ul><li>通知公告</li><li>政策文件</li></ul><h1>{TITLED}</h1>{{}}",
        f"<title>柳塘县门户网</title><body><header><ul><li>政府文件</li><li>工作报告</li></ul></header><h1>{TITLED}</h1>{{}}",
        f"<title>{TITLED}</title><body><h1>柳塘县人民政府</h1><ul><li>通知公告</li></ul><h2>{TITLED}</h2>{{}}",
        f"<title>{TITLED}_柳塘县畜牧站</title><body><div>{{}}</div>",
        f'<title>柳塘县门户网</title><meta property="og:title" content="{TITLED}"/><body>{{}}',
        f'<title>柳塘县</title><meta name="ArticleTitle" content="{TITLED}"/><body><ul><li>通知公告</li></ul>{{}}',
    ],
)
def test_the_title_of_a_page_is_that_of_its_report_and_no_item_of_a_menu(kit: Kit, page: str) -> None:
    report = process(Source("a.html", f"<html>{page.format(PARAGRAPHS)}</body></html>".encode()), kit)
    facts = report.facts
    assert (facts.title, facts.place, facts.report_type, facts.year_covered) == (TITLED, "柳塘县", "work_summary", 2018)
    assert [m.period for m in report.metrics][:3] == ["2018"] * 3


def test_a_page_called_as_its_site_has_no_title_of_that(kit: Kit) -> None:
    for name in ("柳塘县人民政府门户网站", "柳塘县畜牧站", "无标题文档"):
        page = f"<html><title>{name}</title><body>{PARAGRAPHS}</body></html>"
        assert process(Source("a.html", page.encode()), kit).facts.title is None


def test_a_story_on_a_page_is_called_by_its_headline(kit: Kit) -> None:
    page = (
        f"<title>小站点连起大产业_柳塘县畜牧站</title><ul><li>工作总结</li></ul><div>小站点连起大产业</div>{PARAGRAPHS}"
    )
    assert process(Source("a.html", f"<html>{page}</html>".encode()), kit).facts.title == "小站点连起大产业"


def test_several_reports_in_one_file_are_told(kit: Kit) -> None:
    lots = [f"【篇{number}】\n柳塘县{number}站2018年工作总结\n{BODY}" for number in "一二三"]
    report = process(Source("a.txt", "".join(lots).encode()), kit)
    assert "it seems to hold 3 reports" in str(report.clean.warning)
    named = "".join(f"柳塘县{kind}站2018年工作总结\n{BODY}" for kind in ("畜牧", "农技"))
    assert "2 reports" in str(process(Source("a.txt", named.encode()), kit).clean.warning)
    alone = f"柳塘县畜牧站2018年工作总结\n{BODY}附件：柳塘县农技站2018年工作总结\n"
    assert process(Source("a.txt", alone.encode()), kit).clean.warning is None
