"""The explorer in a real browser: search, sort, narrow, plot, evidence, export; it complains of nothing and calls nobody."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from laws import read_table

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Visit = Callable[..., "Page"]
ROWS = "table.rows-and-columns tbody tr"


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Open a page of the explorer; afterwards nothing was complained of, and nobody else was asked for anything."""
    wrong: list[str] = []
    contexts = []

    def asked(url: str) -> None:
        if not url.startswith((address + "/", "data:")):
            wrong.append(f"request of {url}")

    def open_(path: str, width: int = 1200) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}") or dialog.dismiss())  # type: ignore[func-returns-value]
        page.on("request", lambda request: asked(request.url))
        page.goto(address + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


def test_start_search_and_the_way_to_the_evidence(visit: Visit, explored: Path) -> None:
    from playwright.sync_api import expect

    page = visit("/reports")
    page.get_by_role("link", name="sentences", exact=True).click()
    page.fill("input[name=_search]", "群众")
    page.get_by_role("button", name="Apply").click()
    found = [row for row in read_table(explored, "sentences") if "群众" in row["words"]]
    assert found
    expect(page.locator(ROWS)).to_have_count(len(found))  # a click does not wait for its page
    page.goto(page.url.split("/reports")[0] + "/reports/metrics_with_words?words=群众")
    page.get_by_role("link", name="evidence").first.click()
    sentence = page.locator(".evidence .sentence").inner_text()
    assert "群众" in sentence
    quantity = page.locator(".evidence mark").inner_text()
    assert quantity in sentence
    page.locator(".evidence .from a").click()
    assert page.locator(".report .metric:target").inner_text() == quantity
    expect(page.locator(".report .metric:target")).to_be_in_viewport()


def test_metrics_are_sorted_and_narrowed_by_facets(visit: Visit, explored: Path) -> None:
    metrics = read_table(explored, "metrics")
    page = visit("/reports/metrics")
    facets = page.locator(".facet-info").filter(has_text="status").first
    assert f"{sum(row['status'] == 'planned' for row in metrics)}" in facets.inner_text()
    facets.get_by_role("link", name="planned", exact=True).click()
    page.wait_for_url("**status=planned**")
    page.goto(page.url + "&_sort_desc=value")
    planned = [row["value"] for row in metrics if row["status"] == "planned" and row["value"] is not None]
    first = page.locator(f"{ROWS}").first.locator("td.col-value").inner_text()
    assert float(first.replace(",", "")) == max(planned)


def test_a_metric_has_its_whole_sentence_in_a_wide_column_and_its_number(visit: Visit, explored: Path) -> None:
    metrics = read_table(explored, "metrics")
    long = max(metrics, key=lambda row: (len(row["sentence"]), row["doc_id"], row["metric_id"]))
    large = max((row for row in metrics if row["value"] is not None), key=lambda row: row["value"])
    page = visit(f"/reports/metrics?doc_id={long['doc_id']}&metric_id={long['metric_id']}")
    row = page.locator(ROWS).first
    assert row.locator("td.col-sentence").inner_text() == long["sentence"]
    assert row.locator("td.col-sentence").bounding_box()["width"] > 350  # type: ignore[index]
    page.goto(page.url.split("?")[0] + f"?doc_id={large['doc_id']}&metric_id={large['metric_id']}")
    assert page.locator(f"{ROWS} td.col-value").inner_text() == f"{int(large['value']):,}"


def test_a_long_sentence_is_not_cut_and_no_mark_up() -> None:
    from pipeline.explore.plugin import render_cell

    sentence = "一是补短板，" * 60 + "<b>投入4.8万元。"
    assert render_cell(sentence, "sentence", "metrics") == sentence.replace("<b>", "&lt;b&gt;")
    assert render_cell(sentence, "text", "sentences") is not None
    assert render_cell(sentence, "text", "documents") is None


@pytest.mark.parametrize(
    ("value", "shown"), [(5.53e12, "5,530,000,000,000"), (1234.5, "1,234.5"), (0.3, "0.3"), (-2.0, "-2")]
)
def test_a_number_reads_as_a_number(value: float, shown: str) -> None:
    from pipeline.explore.plugin import render_cell

    assert render_cell(value, "base_value", "metrics") == shown


def test_rows_are_plotted_where_asked_to(visit: Visit) -> None:
    page = visit("/reports/indicator?name=生产总值&place=")
    page.get_by_role("button", name="Plot these rows").click()
    dots = page.locator(".datasette-plot svg circle")
    dots.first.wait_for()
    rows = page.locator(ROWS)
    years = rows.locator("td.col-year").all_inner_texts()
    assert dots.count() == len([year for year in years if year.strip()])
    ticks = page.locator(".datasette-plot svg [aria-label='x-axis tick label'] text").all_text_contents()
    assert set(ticks) == {year.replace(",", "") + "年" for year in years if year.strip()}
    assert "Warning" not in page.locator(".datasette-plot").inner_text()


def test_a_plot_of_a_table_takes_its_years_for_years(visit: Visit) -> None:
    page = visit("/reports/documents?_size=3")
    page.get_by_role("button", name="Plot these rows").click()
    page.locator(".datasette-plot svg circle").first.wait_for()
    assert not [tick for tick in page.locator(".datasette-plot svg text").all_text_contents() if "2,02" in tick]


def test_a_table_is_exported_as_csv(visit: Visit, explored: Path) -> None:
    page = visit("/reports/metrics?status=planned")
    for option in ("download file", "stream all rows"):
        page.get_by_label(option).check()
    with page.expect_download() as waiting:
        page.locator("#export").get_by_role("button", name="Export CSV").click()
    with Path(waiting.value.path()).open(encoding="utf-8-sig", newline="") as file:
        found = [row["quantity"] for row in csv.DictReader(file)]
    assert sorted(found) == sorted(
        row["quantity"] for row in read_table(explored, "metrics") if row["status"] == "planned"
    )


def test_a_hostile_report_is_shown_and_does_nothing(visit: Visit, explored: Path) -> None:
    (document,) = [row for row in read_table(explored, "documents") if row["source"].endswith("hostile.txt")]
    for path in (
        "/reports/documents",
        f"/reports/documents/{document['doc_id']}",
        f"/reports/metrics/{document['doc_id']},0",
    ):
        page = visit(path)
        page.wait_for_load_state("networkidle")
        assert "taken" not in page.title()
        assert page.locator("iframe").count() == 0


def test_a_narrow_window_keeps_its_columns_button(visit: Visit) -> None:
    page = visit("/reports/metrics", width=400)
    page.locator(".choose-columns-mobile").click()
    page.locator("column-chooser, dialog[open]").first.wait_for(state="attached")
