"""Which column of a table holds the texts, and which ones tell the title and the day of publication of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from pipeline.reading.days import day_in
from pipeline.reading.refusals import NoColumn, NoTextColumn, NotText

NAMES = (  # what scrapers call it, surest first
    "正文", "全文", "正文内容", "报告正文", "报告全文", "报告内容", "文章内容", "文章正文",
    "文本", "文本内容", "内容", "原文",
    "full_text", "fulltext", "text", "content", "body", "main_text", "article_text", "article_content", "article",
    "raw_text", "document_text", "document", "txt",
)  # fmt: skip
TITLES = (
    "标题", "题目", "文章标题", "报告标题", "正文标题", "新闻标题", "信息标题", "文件标题", "题名", "篇名", "报告题目", "报告名称", "文件名称",
    "title", "article_title", "doc_title", "document_title", "report_title", "page_title", "post_title", "headline", "og:title",
)  # fmt: skip
VAGUE = ("名称", "主题", "name", "subject")
"""Columns that may as well name a person or a body."""
DAYS = (
    "发布时间", "发布日期", "发文日期", "发文时间", "成文日期", "成文时间", "公开日期", "公开时间", "发表时间", "发表日期", "刊发时间", "日期",
    "pub_date", "pubdate", "pub_time", "pubtime", "publish_date", "publish_time", "published_at", "published", "publish",
    "publishdate", "publishtime", "publication_date", "date_published", "datepublished", "release_date", "issue_date",
    "post_date", "posted_at", "article_date", "date", "时间", "time", "datetime",
)  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
LONG_ENOUGH = 30  # Chinese characters a row, on average: less is a title or a name
SHORT_ENOUGH = 80  # characters of a title, at most
MOST = 0.6  # of the cells of a column must be what it is taken for
ENDS_AS_TITLE = re.compile(
    r"(?:总结|小结|报告|汇报|述职|计划|要点|方案|规划|纲要|公报|讲话|安排|情况|打算|思路|意见|通知|决定)(?:[（(][^（()）]*[)）])?(?:\s*[_|｜\-—].*)?$"
)
UNNAMED = re.compile(r"column \d+")
NOT_ONE = "-"
"""Given in place of a name: none of the columns is."""


class Columns(NamedTuple):
    """The columns of texts, titles and days that a user names; those that are None are found."""

    text: str | None = None
    title: str | None = None
    date: str | None = None


FOUND = Columns()
Rows = Sequence[Mapping[str, object]]


def choose_column(columns: Sequence[str], rows: Rows, wanted: str | None) -> str:
    """The column that was asked for, else one with a telling name, else the one with the longest Chinese text.

    Raises NotText for a table of figures and names: no cell of its first rows is as long as a text.

    >>> choose_column(["id", "Content"], [], None)
    'Content'
    """
    if wanted is not None:
        if wanted in columns:
            return wanted
        raise NoTextColumn(_lacks(wanted, columns))
    if named := next(iter(_called(columns, NAMES)), None):
        return named
    said = {column: sum(chinese(row.get(column)) for row in rows) for column in columns}
    best = max(columns, key=said.__getitem__, default="")
    if said.get(best, 0) >= LONG_ENOUGH * max(len(rows), 1):
        return best
    if rows and not any(chinese(cell) >= LONG_ENOUGH for row in rows for cell in row.values()):
        raise NotText(
            "It is a table of figures or names and holds no texts. Nothing is to be done, or name a column by --text-column."
        )
    raise NoTextColumn(f"No column of the table holds texts: {_there_are(columns)}")


def choose_titles(columns: Sequence[str], rows: Rows, wanted: str | None) -> str | None:
    """The column with the titles of the texts: asked for, with a telling name, or whose cells end as titles do.

    >>> choose_titles(["编号", "标题"], [{"编号": "7", "标题": "石桥镇2021年工作总结"}], None)
    '标题'
    >>> choose_titles(["编号", "column 2"], [{"编号": "7", "column 2": "石桥镇2021年工作总结"}], None)
    'column 2'
    """
    named = _named(columns, wanted, TITLES, "--title-column")
    if wanted is not None:
        return next(iter(named), None)
    if short := next((column for column in named if _most(rows, column, _may_be_title)), None):
        return short
    others = (*_called(columns, VAGUE), *columns)
    return next((column for column in others if _most(rows, column, _ends_as_title)), None)


def choose_days(columns: Sequence[str], rows: Rows, wanted: str | None) -> str | None:
    """The column with the days on which the texts were published: asked for, or with a telling name and days in it.

    Another one with days may tell when a page was scraped, unless the columns have no names at all.

    >>> choose_days(["抓取时间", "date"], [{"抓取时间": "2024-03-02", "date": "2021-01-05"}], None)
    'date'
    """
    named = _named(columns, wanted, DAYS, "--date-column")
    if wanted is not None:
        return next(iter(named), None)
    unnamed = (column for column in columns if UNNAMED.fullmatch(column))
    return next((column for column in (*named, *unnamed) if _most(rows, column, _is_day)), None)


def _named(columns: Sequence[str], wanted: str | None, names: Sequence[str], option: str) -> Sequence[str]:
    if wanted is None:
        return _called(columns, names)
    if wanted not in (NOT_ONE, *columns):
        raise NoColumn(_lacks(wanted, columns, option))
    return () if wanted == NOT_ONE else (wanted,)


def _called(columns: Sequence[str], names: Sequence[str]) -> list[str]:
    """The columns that bear one of these names, in the order of the names."""
    called = {column.strip().lower(): column for column in reversed(columns)}
    return [called[name] for name in names if name in called]


def _most(rows: Rows, column: str, fits: Callable[[str], bool]) -> bool:
    """Whether most of the cells that hold anything are as they should be."""
    cells = [str(cell).strip() for row in rows if (cell := row.get(column)) not in (None, "")]
    return bool(cells) and sum(map(fits, cells)) >= MOST * len(cells)


def _may_be_title(cell: str) -> bool:
    return chinese(cell) > 3 and len(cell) <= 2 * SHORT_ENOUGH


def _ends_as_title(cell: str) -> bool:
    return len(cell) <= SHORT_ENOUGH and chinese(cell) > 3 and ENDS_AS_TITLE.search(cell) is not None


def _is_day(cell: str) -> bool:
    return day_in(cell) is not None


def chinese(value: object) -> int:
    """How many Chinese characters a cell holds; 0 where it is no text."""
    return sum(map(len, CHINESE.findall(value))) if isinstance(value, str) else 0


def _lacks(wanted: str, columns: Sequence[str], option: str = "--text-column") -> str:
    return f"It has no column {wanted!r}: {_there_are(columns, option)}"


def _there_are(columns: Sequence[str], option: str = "--text-column") -> str:
    """The columns in the first sentence, which is all that the end of a run shows, and what to do."""
    if not columns:
        return "it has no rows. Leave the file out."
    shown = ", ".join(repr(column[:40]) for column in columns[:12])
    what = {"--title-column": "titles", "--date-column": "days of publication"}.get(option, "texts")
    none = "" if option == "--text-column" else f", or leave the option out ({option} {NOT_ONE}: there is none)"
    return f"its columns are {shown}. Name the one with the {what} by {option}{none}."
