"""Pages in a real browser: what they show, how they answer, and that they keep to themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from laws import read_table
from test_overview import manifest
from test_report import HOSTILE, Tables, poisoned

import pipeline
from pipeline.dataset.rows import tables_of
from pipeline.pages.counts import Counts
from pipeline.pages.overview import overview_page
from pipeline.pages.report import report_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Visit = Callable[..., "Page"]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open a file as a page; afterwards nothing was complained of, fetched or asked."""
    wrong: list[str] = []
    contexts = []

    def asked(url: str) -> None:
        if not url.startswith(("file://", "data:")):
            wrong.append(f"request of {url}")

    def open_(path: Path, fragment: str = "", width: int = 1400, **settings: object) -> Page:
        settings.setdefault("reduced_motion", "reduce")
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}") or dialog.dismiss())  # type: ignore[func-returns-value]
        page.on("request", lambda request: asked(request.url))
        page.goto(path.as_uri() + fragment)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="module")
def tables(samples: Path) -> Tables:
    return tables_of(next(pipeline.process(samples / "county_government_report.txt")))


@pytest.fixture(scope="module")
def report(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_bytes(report_page(tables))
    return path


@pytest.fixture(scope="module")
def hostile(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "hostile.html"
    path.write_bytes(report_page(poisoned(tables)))
    return path


def fits(page: Page) -> bool:
    """True where nothing stands out of the window sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_pointing_at_a_metric_shows_its_record_and_evidence(visit: Visit, report: Path, tables: Tables) -> None:
    page = visit(report)
    assert page.locator("#text .metric[id]").count() == len(tables["metrics"])
    for metric in tables["metrics"][:6]:
        page.hover(f"#m{metric['metric_id']}")
        record = page.locator("#record")
        assert record.locator("h2").inner_text() == metric["name"]
        assert record.locator("mark").inner_text() == metric["quantity"]
        assert record.locator("blockquote").inner_text() == metric["sentence"].strip()
        assert f"{metric['source_start']}–{metric['source_end']} of the source" in record.inner_text()


def test_the_keyboard_reaches_every_metric(visit: Visit, report: Path, tables: Tables) -> None:
    page = visit(report)
    focused = "document.activeElement.dataset.metric"
    page.locator("#text").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "0"
    for number in (1, 2, 3):
        page.keyboard.press("ArrowRight")
        assert page.evaluate(focused) == str(number)
        assert page.locator("#record mark").inner_text() == tables["metrics"][number]["quantity"]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "2"
    page.keyboard.press("End")
    assert page.evaluate(focused) == str(len(tables["metrics"]) - 1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "record"
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == str(len(tables["metrics"]) - 1)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"


def test_metrics_are_searched_and_filtered(visit: Visit, report: Path, tables: Tables) -> None:
    page = visit(report)
    metrics = tables["metrics"]
    for word, wanted in (("地区生产总值", sum("地区生产总值" in m["name"] for m in metrics)), ("没有这样的", 0)):
        page.fill("#find", word)
        assert page.locator("#count").inner_text() == f"{wanted} of {len(metrics)} metrics"
        assert page.locator("#text .metric[id]:not(.off)").count() == wanted
    page.fill("#find", "")
    page.select_option("#status", "planned")
    page.select_option("#surer", "0.9")
    sure = [m for m in metrics if m["status"] == "planned" and m["confidence"] >= 0.9]
    assert page.locator("#count").inner_text() == f"{len(sure)} of {len(metrics)} metrics"
    page.keyboard.press("Tab")
    page.locator("#text").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == f"m{sure[0]['metric_id']}"


def test_the_table_sorts_and_leads_to_the_place(visit: Visit, report: Path, tables: Tables) -> None:
    from playwright.sync_api import expect

    page = visit(report)
    page.click("text=Table")
    assert not page.locator("#text").is_visible()
    page.click("[data-sort=value]")
    page.click("[data-sort=value]")
    largest = max((m for m in tables["metrics"] if m["value"] is not None), key=lambda m: m["value"])
    row = page.locator("#table tbody tr").first
    assert row.get_attribute("data-metric") == str(largest["metric_id"])
    assert page.locator("th[aria-sort=descending]").count() == 1
    row.locator("a").click()
    mark = page.locator(f"#m{largest['metric_id']}")
    expect(mark).to_be_visible()
    expect(mark).to_be_focused()
    assert 0 <= mark.bounding_box()["y"] <= 900  # type: ignore[index]
    assert page.locator("#record mark").inner_text() == largest["quantity"]


def test_an_address_leads_to_a_metric_and_a_part_to_its_total(visit: Visit, report: Path, tables: Tables) -> None:
    from playwright.sync_api import expect

    part = next(m for m in tables["metrics"] if m["part_of"] is not None)
    page = visit(report, f"#m{part['metric_id']}")
    assert page.locator("#record mark").inner_text() == part["quantity"]
    page.click(f"#record a[href='#m{part['part_of']}']")
    expect(page.locator("#record mark")).to_have_text(tables["metrics"][part["part_of"]]["quantity"])


@pytest.mark.parametrize("width", [420, 1400])
def test_a_page_opened_at_a_number_is_there_at_once(visit: Visit, report: Path, width: int) -> None:
    page = visit(report, "#m40", width=width, reduced_motion="no-preference")
    top = page.evaluate("document.getElementById('m40').getBoundingClientRect().top")
    record = page.evaluate("document.getElementById('record').getBoundingClientRect().top")
    assert 0 < top < (record if width < 760 else 900)
    assert page.locator("#record mark").is_visible()


def test_without_what_cleaning_changed_the_clean_text_is_read(visit: Visit, report: Path, tables: Tables) -> None:
    page = visit(report)
    seen = "".join(page.locator("#text").inner_text().split())
    page.uncheck("#changes")
    clean = "".join(page.locator("#text").inner_text().split())
    assert clean == "".join(tables["documents"][0]["text"].split())
    assert len(seen) > len(clean)


@pytest.mark.parametrize("width", [400, 800, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report_fits_and_follows_the_scheme(visit: Visit, hostile: Path, width: int, scheme: str) -> None:
    page = visit(hostile, width=width, color_scheme=scheme)
    assert fits(page)
    page.locator("#m5").click()
    assert page.locator("#record mark").is_visible()
    page.click("text=Table")
    assert fits(page)
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)[0]")
    assert (paper < 100) == (scheme == "dark")


def test_a_hostile_report_is_text(visit: Visit, hostile: Path, tables: Tables) -> None:
    page = visit(hostile, "#m1")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#text img, #text svg, #record img, header img").count() == 0
    shown = HOSTILE.replace("\u202e", "⟨U+202E⟩").replace("\u2066", "⟨U+2066⟩").replace("\x1b", "⟨U+001B⟩")
    assert page.locator("h1").text_content() == tables["documents"][0]["title"] + shown
    assert page.locator("#record h2").text_content() == tables["metrics"][1]["name"] + shown
    assert "window.hacked = 1" in page.locator("#text p").last.inner_text()
    assert page.locator("#text > p:last-child .acting").count() == 3
    page.fill("#find", "<svg")
    assert page.locator("#count").inner_text() == f"{len(tables['metrics'])} metrics"


def test_a_report_is_printed_whole(visit: Visit, report: Path, tmp_path: Path) -> None:
    page = visit(report)
    page.emulate_media(media="print")
    for pane in ("#text", "#table", ".outline"):
        assert page.locator(pane).is_visible(), pane
    for gone in (".tools", "#record"):
        assert not page.locator(gone).is_visible(), gone
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_dataset_is_plotted_and_leads_to_its_reports(visit: Visit, dataset: Path) -> None:
    from playwright.sync_api import expect

    page = visit(dataset / "index.html")
    figures = page.locator("figure[data-plot]")
    assert figures.count() > 15
    assert page.locator("figure[data-plot]:not(:has(svg))").count() == 0
    bar = page.locator("figure[data-plot=units] g[aria-label=bar] rect").first
    bar.scroll_into_view_if_needed()
    bar.hover()
    page.wait_for_selector("figure[data-plot=units] g[aria-label=tip] text")
    assert "219 metrics" in str(page.locator("figure[data-plot=units] g[aria-label=tip]").text_content())
    page.locator("#units summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#units table").is_visible()
    link = page.locator(".reports a").first
    title = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_have_text(title)
    page.click("text=All reports")
    expect(page).to_have_title(f"Work reports as data: {len(read_table(dataset, 'documents'))} documents")


@pytest.mark.parametrize("width", [400, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_dataset_fits_and_follows_the_scheme(visit: Visit, dataset: Path, width: int, scheme: str) -> None:
    page = visit(dataset / "index.html", width=width, color_scheme=scheme)
    assert fits(page)
    ink = page.evaluate("getComputedStyle(document.querySelector('figure svg')).color.match(/\\d+/g).map(Number)[0]")
    assert (ink > 150) == (scheme == "dark")
    for summary in page.locator("summary").all():
        summary.click()
    assert fits(page)


def test_without_scripts_everything_can_be_read(visit: Visit, report: Path, dataset: Path) -> None:
    page = visit(report, java_script_enabled=False)
    assert page.locator("#text").is_visible()
    page.locator("#table a").first.click()
    page.wait_for_url("**#m0")
    page = visit(dataset / "index.html", java_script_enabled=False)
    page.locator("#units summary").click()
    assert page.locator("#units table").is_visible()


def test_the_last_year_and_what_is_not_said_both_have_their_names(visit: Visit, tmp_path: Path) -> None:
    years = (1954, 1987, 2023, 2024, 2025, None)
    counts = Counts(coverage=Counter({(year, "city"): 3 for year in years}))
    (tmp_path / "index.html").write_bytes(overview_page(manifest(documents=18), counts, []))
    for width in (1400, 400):
        page = visit(tmp_path / "index.html", width=width)
        plot = page.locator("svg[aria-label='Documents by year and level']")
        plot.wait_for()
        names = [name.strip() for name in plot.locator("[aria-label='x-axis tick label'] text").all_text_contents()]
        assert [name for name in names if name][-2:] == ["2025", "not said"]
