from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_files import docx, numbered, p, part, table

from pipeline.errors import ReadError
from pipeline.reading import Limits
from pipeline.reading.docx import read_docx
from pipeline.reading.numbering import FORMATS, chinese
from pipeline.reading.refusals import Damaged, TooLarge

BOX = "<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>"


def text_of(body: str) -> str:
    return read_docx(docx(body), Limits()).text


def test_paragraphs_and_tables_come_in_the_order_of_the_document() -> None:
    rows = table([p("指标"), p("数值")], [p("党员"), p("612名")])
    assert text_of(p("一、概况") + rows + p("二、问题")) == "一、概况\n指标\t数值\n党员\t612名\n二、问题"


def test_a_merged_cell_leaves_the_columns_that_it_goes_on_over_empty() -> None:
    merged = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("2022年") + "</w:tc>"
    rows = table([p("项目"), p("甲"), p("备注")], [p(""), p("计划"), p("实际")]).replace(
        f"<w:tc>{p('甲')}</w:tc>", merged
    )
    assert text_of(rows) == "项目\t2022年\t\t备注\n\t计划\t实际"


def test_a_table_that_only_lays_out_the_page_gives_its_paragraphs() -> None:
    assert text_of(table([p("甲镇工作总结", "1") + p("全镇平稳。")])) == "甲镇工作总结\n全镇平稳。"
    inner = table([p("户数"), p("312户")])
    assert text_of(table([p("表一"), p("说明") + inner])) == "表一\n说明\n户数\t312户"


def test_headings_are_named_by_style_by_what_it_is_based_on_and_by_the_paragraph() -> None:
    own = p("（二）防汛", own='<w:outlineLvl w:val="1"/>')
    raw = read_docx(docx(p("总结", "t") + p("一、党建", "1") + p("二、经济", "a") + own + p("正文。")), Limits())
    assert [(raw.text[start:end], level) for start, end, level in raw.styles] == [
        ("总结", 0),
        ("一、党建", 1),
        ("二、经济", 1),
        ("（二）防汛", 2),
    ]


def test_a_paragraph_in_the_style_of_a_heading_is_none() -> None:
    body = "全镇上下齐心协力。各项任务全面完成。" * 8
    assert read_docx(docx(p(body, "1")), Limits()).styles == ()


def test_numbers_that_word_sets_are_written_out() -> None:
    body = "".join([
        numbered("基本情况", 1), numbered("人口", 1, 1), numbered("耕地", 1, 1), numbered("附注", 1, 2),
        numbered("存在问题", 1), numbered("短板", 1, 1), p("第五部分", "n"), numbered("另起", 2), numbered("续", 2),
    ])  # fmt: skip
    assert text_of(body).split("\n") == [
        "一、基本情况", "1.1 人口", "1.2 耕地", "附注", "二、存在问题", "2.1 短板", "三、第五部分", "五、另起", "六、续",
    ]  # fmt: skip


@given(st.integers(1, 9999))
def test_numbers_in_chinese_read_back(number: int) -> None:
    from pipeline.language.numerals import parse_number

    assert parse_number(chinese(number)) == number


def test_every_format_counts() -> None:
    for count in FORMATS.values():
        assert len({count(number) for number in range(1, 11)}) in (1, 10)
    assert [FORMATS[form](4) for form in ("upperRoman", "lowerLetter", "decimalEnclosedCircle", "decimalZero")] == [
        "IV", "d", "④", "04",
    ]  # fmt: skip


def test_text_boxes_links_and_changes() -> None:
    box = f"<wps:txbx><w:txbxContent>{p('框中文字')}</w:txbxContent></wps:txbx>"
    paragraph = f"<w:p><w:r><w:t>正文</w:t></w:r>{BOX.format(box, box)}</w:p>"
    assert text_of(paragraph) == "正文\n框中文字"
    changed = "<w:p><w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
    linked = (
        "<w:hyperlink><w:r><w:t>9名</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>"
    )
    assert text_of(changed + linked) == "新增9名\t甲\n乙"


def test_heads_feet_and_notes_stand_behind_the_text_without_page_numbers() -> None:
    found = read_docx(
        docx(
            p("正文。"),
            {
                "word/header1.xml": part("hdr", p("柳树乡文件")),
                "word/header2.xml": part("hdr", p("柳树乡文件")),
                "word/footer1.xml": part("ftr", p("第 3 页")),
                "word/footnotes.xml": part("footnotes", f"<w:footnote>{p('数据截至十月底。')}</w:footnote>"),
            },
        ),
        Limits(),
    )
    assert found.text == "正文。\n柳树乡文件\n数据截至十月底。"


def test_what_is_embedded_or_broken_is_told() -> None:
    assert "embedded" in str(read_docx(docx(p("正文。") + "<w:altChunk/>"), Limits()).warning)
    broken = read_docx(docx(p("一、概况") + "<w:p><w:r><w:t>甲&nbsp;乙</w:t></w:r></w:p>" + p("二、问题")), Limits())
    assert broken.text.startswith("一、概况")
    assert "二、问题" in broken.text
    assert "word/document.xml is broken" in str(broken.warning)


ENTITIES = '<!DOCTYPE d [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_entities_are_not_followed() -> None:
    outside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    assert read_docx(docx(p("甲&x;乙"), before=outside), Limits()).text.replace("乙", "") == "甲"
    found = read_docx(docx(p("甲&i;"), before=ENTITIES + "]>"), Limits())
    assert len(found.text) < 100


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"PK\x03\x04" + b"\xff" * 300, Damaged),
        (docx(p("甲"))[:-40], Damaged),
        (docx(p("甲" * 3_000_000)), TooLarge),
        (docx("", {"word/document.xml": "x"}), Damaged),
    ],
)
def test_what_cannot_be_read_says_so(data: bytes, error: type[ReadError]) -> None:
    with pytest.raises(error):
        read_docx(data, Limits(max_ratio=50))


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_every_character_comes_back(paragraphs: list[str]) -> None:
    from xml.sax.saxutils import escape

    assert text_of("".join(map(p, map(escape, paragraphs)))).split("\n") == paragraphs
