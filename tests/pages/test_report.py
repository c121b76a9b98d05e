from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from test_marked import text_of

import pipeline
from pipeline.dataset.columns import TABLES
from pipeline.dataset.rows import tables_of
from pipeline.pages.report import report_page
from pipeline.records import Report

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def reports(samples: Path) -> list[Report]:
    return list(pipeline.process(samples))


@pytest.fixture(scope="module")
def documents(reports: list[Report]) -> list[Tables]:
    return [tables_of(report) for report in reports]


def page_of(tables: Tables) -> str:
    return report_page(tables).decode()


def article(page: str) -> str:
    """The part of the page that holds the text."""
    return page.partition('<article id="text"')[2].partition(">\n")[2].partition("\n</article>")[0]


def records(page: str) -> dict[str, Any]:
    return dict(json.loads(page.partition('id="data">')[2].partition("</script>")[0]))


def metrics_of(page: str) -> Iterator[tuple[int, str]]:
    """Number and text of each metric that is marked in the text."""
    for number, rest in re.findall(r'data-metric="(\d+)" id="m\d+"[^>]*>(.*?)</span>', article(page), re.S):
        yield int(number), unescape(re.sub(r"<del.*?</del>|<[^>]*>", "", rest))


def test_the_text_of_the_page_is_the_source(documents: list[Tables]) -> None:
    for tables in documents:
        assert text_of(article(page_of(tables))) == tables["documents"][0]["source_text"]


def test_everything_that_was_done_is_marked(documents: list[Tables]) -> None:
    for tables in documents:
        text = article(page_of(tables))
        for restoration in tables["restorations"]:
            assert f"{escape(restoration['before'])}</del><ins>{restoration['after']}</ins>" in text
        kinds = re.findall(r'<del class="removed (\w+)"', text)
        assert set(kinds) == {removal["kind"] for removal in tables["removals"]}
        for section in tables["sections"]:
            assert f'id="s{section["section_id"]}"' in text


def test_each_metric_is_marked_where_it_stands(documents: list[Tables]) -> None:
    for tables in documents:
        found = dict(metrics_of(page_of(tables)))
        assert found.keys() == {metric["metric_id"] for metric in tables["metrics"]}
        for metric in tables["metrics"]:
            assert "".join(found[metric["metric_id"]].split()) == "".join(metric["quantity"].split())


def test_headings_are_marked_whole(documents: list[Tables]) -> None:
    for tables in documents:
        text = re.sub(
            r'<del.*?</del>|<span class="anchor"[^>]*></span>|</?ins>', "", article(page_of(tables)), flags=re.S
        )
        found = "".join(re.findall(r'<span class="heading h\d">(.*?)</span>', text, re.S))
        wanted = "".join(section["heading"] for section in tables["sections"])
        assert re.sub(r"<[^>]*>|\s", "", unescape(found)) == re.sub(r"\s", "", wanted)


def test_records_lie_in_the_page_as_the_tables_have_them(documents: list[Tables]) -> None:
    tables = documents[0]
    held = records(page_of(tables))
    names = [name for name, _ in held["columns"]]
    assert set(names) == {column.name for column in TABLES["metrics"]} - {"doc_id", "sentence"}
    for metric, row in zip(tables["metrics"], held["rows"], strict=True):
        assert dict(zip(names, row, strict=True))["value"] == metric["value"]
        start, sentence = held["sentences"][str(metric["sentence_id"])]
        assert sentence[metric["start"] - start : metric["end"] - start] == metric["quantity"]


def test_without_a_source_text_the_clean_text_is_shown(documents: list[Tables]) -> None:
    tables = {**documents[0], "documents": [{**documents[0]["documents"][0], "source_text": None}]}
    page = page_of(tables)
    assert text_of(article(page)) == tables["documents"][0]["text"]
    assert "holds no source text" in page
    assert dict(metrics_of(page)) == {metric["metric_id"]: metric["quantity"] for metric in tables["metrics"]}


def test_a_report_without_anything_has_a_page(documents: list[Tables]) -> None:
    document = {**documents[0]["documents"][0], "source_text": "", "text": "", "title": None, "warning": None}
    page = page_of({**{table: [] for table in documents[0]}, "documents": [document]})
    assert "No metric was found" in page


HOSTILE = (
    '</script><script>window.hacked = 1; alert(1)</script><img src=x onerror="window.hacked = 1">'
    "'\"><svg onload=alert(1)>{{ 7 * 7 }}<!-- &lt; ]]>\u202e\u2066\x1b]"
)


def test_nothing_of_a_report_becomes_mark_up(documents: list[Tables]) -> None:
    page = page_of(poisoned(documents[0]))
    tags = re.findall(r"<(\w+)", re.sub(r"<(script|style).*?</\1>", "", page, flags=re.S))
    assert not {"img", "svg"} & set(tags)
    assert page.count("<script") == page.count("</script") == 2
    assert not re.search("[\u202e\u2066\x1b]", page)
    assert text_of(article(page)).endswith(HOSTILE)
    assert HOSTILE in records(page)["rows"][0][3]


def poisoned(tables: Tables) -> Tables:
    """The same rows with something hostile in every text of them."""
    poison = lambda value: value + HOSTILE if isinstance(value, str) else value  # noqa: E731
    return {
        table: [{name: poison(value) for name, value in row.items()} for row in rows] for table, rows in tables.items()
    }


def test_the_policy_names_what_may_run_and_nothing_else(documents: list[Tables]) -> None:
    page = page_of(documents[0])
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])  # type: ignore[index]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert not re.search(r"https?://(?!www\.w3\.org)", policy + article(page))
    assert " style=" not in page.partition("<body>")[2].partition('<script type="application/json"')[0]
    assert not re.search(r"<[^>]* on\w+=", page.partition("<body>")[2].partition("<script")[0])


def test_a_page_is_the_same_every_time(documents: list[Tables]) -> None:
    assert report_page(documents[0]) == report_page(documents[0])
