from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.columns import Columns
from pipeline.reading.limits import Limits
from pipeline.reading.sources import iter_sources, read
from pipeline.records import Failure, Source

LONG = "全镇共有党支部18个，党员612名，全年发展党员9名，培训入党积极分子40人次。" * 2


def entries(
    folder: Path, name: str, content: str | bytes, column: str | None = None, limits: Limits | None = None
) -> list[Source | Failure]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(iter_sources(path, name, limits or Limits(), Columns(column)))


def texts(found: list[Source | Failure]) -> list[str]:
    return [entry.data.decode() if isinstance(entry, Source) else entry.error for entry in found]


def test_each_row_is_a_source_with_the_other_columns_beside_it(tmp_path: Path) -> None:
    found = entries(tmp_path, "报告.csv", '标题,正文,年份\n总结,"一、概况\r\n二、问题",2023\n汇报,三、打算,2024\n')
    assert found == [
        Source("报告.csv#1", "一、概况\r\n二、问题".encode(), "text/plain", {"标题": "总结", "年份": "2023"}),
        Source("报告.csv#2", "三、打算".encode(), "text/plain", {"标题": "汇报", "年份": "2024"}),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t")])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, name: str, delimiter: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([["编号", "内容"], ["1", LONG], ["2", f"甲{delimiter}乙"]])
    found = entries(tmp_path, name, stream.getvalue().encode(encoding))
    assert texts(found) == [LONG, f"甲{delimiter}乙"]
    assert [read(entry, Limits()).encoding for entry in found if isinstance(entry, Source)] == [encoding] * 2


def test_without_a_telling_name_the_longest_chinese_is_the_text(tmp_path: Path) -> None:
    found = entries(tmp_path, "a.csv", f"编号,甲列,乙列\n1,短,{LONG}\n2,短,{LONG}\n")
    assert texts(found) == [LONG, LONG]


def test_a_named_column_wins(tmp_path: Path) -> None:
    assert texts(entries(tmp_path, "a.csv", f"摘要,正文\n短的,{LONG}\n", "摘要")) == ["短的"]
    (failure,) = entries(tmp_path, "a.csv", f"摘要,正文\n短的,{LONG}\n", "全文")
    assert isinstance(failure, Failure)
    assert (failure.source, failure.stage, failure.error) == ("a.csv", "read", "NoTextColumn")
    assert "'摘要', '正文'" in failure.message


@pytest.mark.parametrize(
    ("table", "stage", "error"),
    [
        ("编号,金额\n1,2\n3,4\n", "skipped", "NotText"),  # figures: no text by its kind
        (f"编号,甲列\n1,{LONG}\n" + "2,短\n" * 9, "read", "NoTextColumn"),  # a text may be in it
    ],
)
def test_a_table_without_a_column_of_texts_is_one_entry(tmp_path: Path, table: str, stage: str, error: str) -> None:
    (failure,) = entries(tmp_path, "a.csv", table)
    assert isinstance(failure, Failure)
    assert (failure.source, failure.stage, failure.error) == ("a.csv", stage, error)
    assert "--text-column" in failure.message


def test_a_table_without_a_head_has_its_first_text_too(tmp_path: Path) -> None:
    assert texts(entries(tmp_path, "a.csv", f"1,{LONG}\n2,{LONG}\n")) == [LONG, LONG]


def test_ragged_rows_null_bytes_and_empty_rows_do_not_end_the_table(tmp_path: Path) -> None:
    found = entries(tmp_path, "a.csv", "编号,正文\n1,甲\n2\n3,乙,丙,丁\n\n,,,\n4,戊\0己\n")
    assert texts(found) == ["甲", "", "乙,丙,丁", "戊\0己"]
    assert [entry.name for entry in found if isinstance(entry, Source)] == ["a.csv#1", "a.csv#2", "a.csv#3", "a.csv#4"]


def test_columns_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    (source,) = entries(tmp_path, "a.csv", "正文,来源,来源,\n甲,乙,丙,丁\n")
    assert isinstance(source, Source)
    assert source.meta == {"来源": "乙", "column 3": "丙", "column 4": "丁"}


def test_fields_far_above_the_default_of_the_csv_module(tmp_path: Path) -> None:
    assert texts(entries(tmp_path, "a.csv", f'编号,正文\n1,"{"县" * 200_000}"\n')) == ["县" * 200_000]


def test_a_row_over_the_limit_is_a_failure_of_its_own(tmp_path: Path) -> None:
    content = f'编号,正文\n1,甲\n2,"{("乡" * 60 + chr(10)) * 3}"\n3,丙\n'
    found = entries(tmp_path, "a.csv", content, limits=Limits(max_chars=100))
    assert found[0] == Source("a.csv#1", "甲".encode(), "text/plain", {"编号": "1"})
    assert isinstance(found[1], Failure)
    assert (found[1].source, found[1].error) == ("a.csv#2", "BrokenRow")


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ('1,"甲\n2,乙\n3,丙\n', ["BrokenRow", "乙", "丙"]),  # open to the end of the table
        ('1,"甲\n2,"乙"\n3,丙\n', ["BrokenRow", "乙", "丙"]),  # … to the mark of the next row
        ('"1,甲\n2,乙\n"3","丙\n丁"\n', ["BrokenRow", "乙", "丙\n丁"]),
        ('1,甲\n2,"乙\n', ["甲", "BrokenRow"]),  # cut off
        ('1,"甲\n一、乙\n二、丙\n2,丁\n', ["BrokenRow", "丁"]),  # its own lines are no rows
        ('1,"甲\n2,"乙\n3,"丙"\n4,丁\n', ["BrokenRow", "BrokenRow", "丙", "丁"]),
        ('1,"甲"乙"丙"\n2,丁\n', ['甲乙"丙"', "丁"]),  # marks amid the words of a line
        ('1,"甲"乙"\n丙"\n2,丁\n', ["BrokenRow", "丁"]),  # … of several lines
        ('1,甲"乙\n2,"丙\n\n丁"\n', ['甲"乙', "丙\n\n丁"]),
    ],
)
def test_a_quotation_mark_left_open_costs_its_row_alone(tmp_path: Path, rows: str, found: list[str]) -> None:
    assert texts(entries(tmp_path, "a.csv", "编号,正文\n" + rows)) == found


def test_a_broken_row_names_its_lines(tmp_path: Path) -> None:
    failures = entries(tmp_path, "a.csv", '编号,正文\n1,甲\n2,"乙\n一、丙\n3,丁\n4,"戊\n')
    said = [failure.message.split(" of ")[0] for failure in failures if isinstance(failure, Failure)]
    assert said == ["Lines 3 to 4", "Line 6"]
    assert [failure.stage for failure in failures if isinstance(failure, Failure)] == ["read", "read"]


def test_many_marks_left_open_do_not_take_ever_longer(tmp_path: Path) -> None:
    rows = "".join(f'{number}","甲\n' for number in range(20_000))
    begun = time.perf_counter()
    found = entries(tmp_path, "a.csv", f"编号,正文\n0,乙\n{rows}")
    assert texts(found)[:3] == ["乙", "BrokenRow", "BrokenRow"]
    assert time.perf_counter() - begun < 60


def test_an_endless_line_ends_the_table_with_the_limit_named(tmp_path: Path) -> None:
    (*_, failure) = entries(tmp_path, "a.csv", "编号,正文\n1,甲\n2," + "乡" * 500, limits=Limits(max_chars=100))
    assert isinstance(failure, Failure)
    assert failure.error == "TooLarge"
    assert "limits.max_chars" in failure.message


def test_a_bad_byte_costs_no_row(tmp_path: Path) -> None:
    rows = "编号,正文\n" + "".join(f"{number},全镇共有党员六百名。\n" for number in range(5))
    data = rows.encode("gbk").replace("党员".encode("gbk"), "党员".encode("gbk")[1:], 1)
    found = texts(entries(tmp_path, "a.csv", data))
    assert found[1:] == ["全镇共有党员六百名。"] * 4
    assert found[0].startswith("全镇共有")
    assert found[0].endswith("六百名。")


def test_lines_of_json(tmp_path: Path) -> None:
    lines = [
        json.dumps({"title": "总结", "text": "甲", "year": 2023}, ensure_ascii=False),
        '{"text": "乙", "title": ',
        "",
        '{"text": ["丙", "丁"]}',
        '["戊"]',
        '{"text": null, "tags": ["a", NaN]}',
        '{"text": "己\\ud800庚\\ud83d\\ude00"}',
    ]
    found = entries(tmp_path, "a.jsonl", "\n".join(lines))
    assert texts(found) == ["甲", "BrokenRow", "丙\n丁", "BrokenRow", "", "己\ufffd庚😀"]
    assert isinstance(found[3], Failure)
    assert found[3].message == 'The line is no JSON object. Write {"text": …}.'
    assert isinstance(found[0], Source)
    assert found[0].meta == {"title": "总结", "year": 2023}
    assert isinstance(found[1], Failure)
    assert (found[1].source, found[1].stage) == ("a.jsonl#2", "read")


def test_a_list_of_objects_in_json_is_a_table(tmp_path: Path) -> None:
    content = json.dumps([{"id": 1, "content": "甲"}, {"id": 2, "content": "乙"}], indent=1)
    found = entries(tmp_path, "a.json", content)
    assert texts(found) == ["甲", "乙"]
    assert isinstance(found[1], Source)
    assert (found[1].name, found[1].meta) == ("a.json#2", {"id": 2})


def test_lines_of_json_under_the_suffix_of_json(tmp_path: Path) -> None:
    assert texts(entries(tmp_path, "a.json", '{"text": "甲"}\n{"text": "乙"}\n')) == ["甲", "乙"]


@pytest.mark.parametrize(
    "content",
    [
        '{"text": "甲"}',
        "[1, 2]",
        '[{"id": 1}, {"id": 2}]',
        '{"name": "石桥县", "版本": 3}',
        "[" * 100_000,
        "[]",
        '"甲"',
        "9" * 9000,
    ],
)
def test_any_other_json_is_skipped(tmp_path: Path, content: str) -> None:
    (failure,) = entries(tmp_path, "a.json", content)
    assert isinstance(failure, Failure)
    assert (failure.source, failure.stage, failure.error) == ("a.json", "skipped", "NotText")


ARTICLE = {"title": "石桥县2021年工作总结", "content": "全县各项工作稳步推进，" * 4, "images": [{"url": "a.png"}]}


@pytest.mark.parametrize(
    "value",
    [ARTICLE, {"code": 0, "data": [ARTICLE]}, {"data": {"list": [ARTICLE]}}, {"1": ARTICLE}, {"result": ARTICLE}],
    ids=["alone", "in a list", "in a list in an object", "by its number", "in an object"],
)
def test_an_object_with_a_text_is_a_document(tmp_path: Path, value: object) -> None:
    (found,) = entries(tmp_path, "a.json", json.dumps(value, ensure_ascii=False, indent=1))
    assert isinstance(found, Source)
    assert (found.name, found.title, found.data.decode()) == ("a.json#1", ARTICLE["title"], ARTICLE["content"])


def test_all_objects_by_their_numbers_are_documents(tmp_path: Path) -> None:
    content = json.dumps({"1": ARTICLE, "2": ARTICLE | {"content": "二" * 40}}, ensure_ascii=False)
    assert texts(entries(tmp_path, "a.json", content)) == [ARTICLE["content"], "二" * 40]


def test_a_member_that_is_no_object_fails_alone(tmp_path: Path) -> None:
    found = entries(tmp_path, "a.json", '[{"text": "甲"}, null, 7, {"text": "乙"}]')
    assert texts(found) == ["甲", "BrokenRow", "BrokenRow", "乙"]


@pytest.mark.parametrize("content", ['{"a": ', '[{"title": "石桥县", "content": "全县各项', '[{"text": "甲"},'])
def test_json_that_is_cut_off_is_a_failure(tmp_path: Path, content: str) -> None:
    (failure,) = entries(tmp_path, "a.json", content)
    assert isinstance(failure, Failure)
    assert (failure.source, failure.stage, failure.error) == ("a.json", "read", "Damaged")


def test_a_text_under_the_suffix_of_jsonl_fails_as_one(tmp_path: Path) -> None:
    (failure,) = entries(tmp_path, "a.jsonl", "一、概况\n二、问题\n")
    assert isinstance(failure, Failure)
    assert (failure.source, failure.error) == ("a.jsonl", "BrokenRow")


TEXT = st.text(st.characters(codec="utf-8", min_codepoint=32))


@given(st.lists(st.tuples(TEXT, TEXT), max_size=8))
def test_what_the_csv_module_writes_comes_back(rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([("乡镇名", "正文"), *rows])
    with TemporaryDirectory() as folder:
        found = entries(Path(folder), "a.csv", stream.getvalue())
    assert texts(found) == [text for other, text in rows if other.strip() or text.strip()]


def told(found: list[Source | Failure]) -> list[tuple[str | None, str | None]]:
    return [(entry.title, entry.published) for entry in found if isinstance(entry, Source)]


TITLE, LATER = "柳塘县畜牧站2018年工作总结", "柳塘县畜牧站2019年工作总结"


@pytest.mark.parametrize("title", ["标题", "题目", "title", "文章标题", "Title ", "名称", "甲列"])
@pytest.mark.parametrize("day", ["日期", "发布时间", "pub_date", "date", "time"])
def test_the_columns_of_titles_and_days_are_found(tmp_path: Path, title: str, day: str) -> None:
    rows = f"{title},url,{day},抓取时间,正文\n{TITLE},http://a/1,2019/1/8 09:30,2024-03-02,{LONG}\n"
    rows += f"{LATER},http://a/2,2020年1月7日,2024-03-02,{LONG}\n"
    found = entries(tmp_path, "a.csv", rows)
    assert told(found) == [(TITLE, "2019-01-08"), (LATER, "2020-01-07")]
    assert isinstance(found[0], Source)
    assert list(found[0].meta) == [title.strip(), "url", day, "抓取时间"]


def test_a_column_of_other_names_and_days_tells_nothing(tmp_path: Path) -> None:
    table = f"name,入库时间,date,正文\n张三,2024-03-02,未知,{LONG}\n李四,2024-03-02,,{LONG}\n"
    assert told(entries(tmp_path, "a.csv", table)) == [(None, None)] * 2


def test_titles_and_days_of_a_table_without_a_head(tmp_path: Path) -> None:
    table = f"1,{TITLE},2019-01-08,{LONG}\n2,{LATER},2020-01-07,{LONG}\n"
    assert told(entries(tmp_path, "a.csv", table)) == [(TITLE, "2019-01-08"), (LATER, "2020-01-07")]


def test_titles_and_days_of_lines_of_json(tmp_path: Path) -> None:
    line = json.dumps({"title": f"<b>{TITLE}</b>&nbsp;", "date": 1546911000, "content": LONG}, ensure_ascii=False)
    assert told(entries(tmp_path, "a.jsonl", line)) == [(TITLE, "2019-01-08")]


def test_the_columns_of_titles_and_days_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"标题,副题,日期,签发,正文\n{TITLE},{LATER},2019-01-08,2019-02-09,{LONG}\n", encoding="utf-8")

    def taken(title: str, day: str) -> list[Source | Failure]:
        return list(iter_sources(path, "a.csv", Limits(), Columns(None, title, day)))

    assert told(taken("副题", "签发")) == [(LATER, "2019-02-09")]
    assert told(taken("-", "-")) == [(None, None)]
    (failure,) = taken("题目", "签发")
    assert isinstance(failure, Failure)
    assert failure.error == "NoColumn"
    assert "--title-column" in failure.message


PARTS = ["2018年，全县建成圈舍1200平方米。", "一、主要工作", "免疫牲畜36万头次。", "二、存在问题", "缺口资金320万元。"]


@pytest.mark.parametrize(
    "cell",
    [
        "".join(f"<p>{part}</p>" for part in PARTS),
        "".join(f'<P style="text-indent:2em">&nbsp;{part}</P>\n' for part in PARTS),
        "<br/>".join(PARTS),
        "<div><div>" + "</div><div>".join(PARTS) + "</div></div>",
        "".join(f"&lt;p&gt;{part}&lt;/p&gt;" for part in PARTS),
        "".join(f"&amp;lt;p class=&quot;a&quot;&amp;gt;{part}&amp;lt;/p&amp;gt;" for part in PARTS),
        "\\n".join(PARTS),
        "\\r\\n".join(PARTS),
        json.dumps("\n".join(PARTS)),
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_the_lines_of_a_cell(tmp_path: Path, cell: str, suffix: str) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([["编号", "正文"], ["1", cell]])
    table = stream.getvalue() if suffix == "csv" else json.dumps({"正文": cell}, ensure_ascii=False)
    (source,) = entries(tmp_path, f"a.{suffix}", table)
    assert isinstance(source, Source)
    assert [line.strip("\xa0 ") for line in read(source, Limits()).text.splitlines()] == PARTS


def test_a_text_with_line_ends_and_a_stray_tag_keeps_them(tmp_path: Path) -> None:
    (source,) = entries(tmp_path, "a.jsonl", json.dumps({"text": "\n".join(PARTS) + "<br>完"}))
    assert isinstance(source, Source)
    assert read(source, Limits()).text.splitlines()[:4] == PARTS[:4]
