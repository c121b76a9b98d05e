from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading import Limits
from pipeline.reading.html import read_html
from pipeline.reading.refusals import TooLarge

ROWS = tomllib.loads(Path(__file__).with_name("html.toml").read_text(encoding="utf-8"))
SITE = ROWS["site"]


@pytest.mark.parametrize("case", ROWS["case"], ids=lambda case: case["note"])
def test_the_lines_of_a_page(case: dict[str, str]) -> None:
    assert read_html(case["page"].encode(), Limits()).text.split("\n") == case["lines"]


def test_headings_are_named() -> None:
    raw = read_html("<h1>工作总结</h1><h2>一、<b>党建</b></h2><p>全面进步。</p>".encode(), Limits())
    assert [(raw.text[start:end], level) for start, end, level in raw.styles] == [("工作总结", 1), ("一、党建", 2)]


@pytest.mark.parametrize("layout", SITE["layouts"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_report_comes_without_its_site_and_whole(layout: str, encoding: str) -> None:
    page = layout.replace("{title}", SITE["title"]).replace("{report}", SITE["report"])
    raw = read_html(page.encode(encoding), Limits())
    assert SITE["title"] in raw.text
    assert all(line in raw.text for line in SITE["body"])
    assert not [line for line in SITE["around"] if line in raw.text]
    assert raw.encoding == encoding
    assert "lines of the site" in str(raw.warning)


def test_what_follows_the_end_of_a_page_is_read_as_browsers_do() -> None:
    page = "<html><body><div>页眉</div></body></html><div>" + SITE["report"] + "</div></body></html>"
    assert all(line in read_html(page.encode(), Limits()).text for line in SITE["body"])


def test_deep_nesting_is_read() -> None:
    assert "全镇" in read_html(("<div>" * 3000 + "全镇平稳。").encode(), Limits()).text


def test_entities_of_a_page_are_not_defined_by_it() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>甲&x;乙</p></body></html>'
    assert "root:" not in read_html(page.encode(), Limits()).text


def test_a_page_over_the_limit_is_refused() -> None:
    with pytest.raises(TooLarge):
        read_html(b"<p>" + "一".encode() * 50, Limits(max_chars=40))


PARAGRAPHS = st.lists(
    st.text("全镇党员发展产业户亩元年0123456789，。", min_size=1, max_size=80), min_size=1, max_size=8
)
TAGS = st.sampled_from(["p", "div", "li", "h2", "td", "blockquote", "section"])


@given(PARAGRAPHS, st.lists(TAGS, min_size=8, max_size=8))
def test_of_a_page_that_is_all_report_nothing_is_lost(paragraphs: list[str], tags: list[str]) -> None:
    inner = "".join(
        f"<table><tr><td>{text}</td></tr></table>" if tag == "td" else f"<{tag}>{text}</{tag}>"
        for text, tag in zip(paragraphs, tags, strict=False)
    )
    raw = read_html(f"<html><body>{inner}</body></html>".encode(), Limits())
    assert (raw.text.split("\n"), raw.warning) == (paragraphs, None)


@given(st.text("<>/=\"'&;! pdivtableabrscript-全镇。\n", max_size=200))
def test_whatever_the_tags_a_text_or_a_refusal_comes_of_it(page: str) -> None:
    from pipeline.errors import ReadError

    try:
        raw = read_html(page.encode(), Limits())
    except ReadError:
        return
    assert all(raw.text[start:end].strip() for start, end, _ in raw.styles)


def test_a_line_of_mark_up_that_ends_amid_a_number_leaves_no_blank() -> None:
    page = "<p>全场巡护里程增\n长18.\n4%，受理340\n8件，育苗26\n万株，始于2019\n20万元，表 3\n4 行。</p>"
    assert (
        read_html(page.encode(), Limits()).text
        == "全场巡护里程增长18.4%，受理3408件，育苗26 万株，始于2019 20万元，表 3 4 行。"
    )
