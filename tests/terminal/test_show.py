from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from laws import read_table
from rich.console import Console

import pipeline
from pipeline.cli import main
from pipeline.dataset.columns import TABLES
from pipeline.records import Report
from pipeline.terminal.show import show
from pipeline.terminal.words import visible

REPORT = "county_government_report.txt"


def shown(report: Report, *, colours: bool = False) -> str:
    out = io.StringIO()
    system = "standard" if colours else None
    console = Console(file=out, width=120, markup=False, emoji=False, highlight=False, color_system=system)  # type: ignore[arg-type]
    show(report, console)
    return out.getvalue()


@pytest.fixture(scope="module")
def county(samples: Path) -> Report:
    return next(pipeline.process(samples / REPORT))


def test_the_text_is_the_source_with_its_marks(samples: Path) -> None:
    for report in pipeline.process(samples):
        text = re.sub(r"\{\+.*?\+\}|⟨\d+⟩", "", shown(report), flags=re.S)
        text = re.sub(r"\[-(.*?)-\]", r"\1", text, flags=re.S)
        wanted = "\n".join(visible(line.rstrip("\r")) for line in report.raw.text.split("\n"))
        assert wanted.rstrip("\n") in text


def test_every_record_stands_there_with_its_number(county: Report) -> None:
    text = shown(county)
    assert "ZZ-]{+政治+}" in text
    assert "paywall_marker 2  advert 1  contact 1  boilerplate 5  markup 4" in text
    assert "一、抓总量，综合实力迈上新台阶  economy measures" in text
    for metric in county.metrics:
        quantity = visible(county.text[metric.quantity.start : metric.quantity.end])
        assert f"⟨{metric.metric_id}⟩" in text
        assert re.search(rf"(?m)^ +{metric.metric_id} .*{re.escape(quantity)}", text)


def test_kinds_of_removal_have_their_colours(county: Report) -> None:
    text = shown(county, colours=True)
    assert "\x1b[9;33m[-[hide]-]" in text  # struck through, yellow
    assert "\x1b[32m{+政治+}" in text


def test_rows_for_programs_are_those_of_a_dataset(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(samples / REPORT), "-o", str(tmp_path / "out"), "--quiet", "--workers", "1"]) == 0
    capsys.readouterr()
    assert main(["show", str(samples / REPORT), "--json"]) == 0
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    rows = json.loads(line)
    assert rows.keys() == TABLES.keys() - {"failures"}
    for table, held in rows.items():
        assert held == json.loads(json.dumps(read_table(tmp_path / "out", table), default=str)), table


def test_several_reports_have_several_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "reports.csv").write_text("正文\n全镇党员430名。\n全村党员21名。\n", encoding="utf-8")
    assert main(["show", str(tmp_path / "reports.csv"), "--html", str(tmp_path / "page.html")]) == 0
    assert capsys.readouterr().out.count("page ") == 2
    for name, quantity in (("page.html", "430名"), ("page~2.html", "21名")):
        assert f">{quantity}</span>" in (tmp_path / name).read_text(encoding="utf-8")


def test_a_page_is_replaced_where_asked(samples: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("mine", encoding="utf-8")
    order = ["show", str(samples / REPORT), "--html", str(page)]
    assert main(order) == 2
    assert page.read_text(encoding="utf-8") == "mine"
    assert main([*order, "--overwrite"]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_one_entry_of_a_table_or_an_archive_is_shown_by_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("archive").mkdir()
    Path("archive/posts#1.csv").write_text("标题,正文\n甲,全镇23个村。\n乙,全镇有党员430名。\n", encoding="utf-8")
    with zipfile.ZipFile("archive/a.zip", "w") as archive:
        archive.writestr("x/b.txt", "全镇有党员431名。")
        archive.writestr("x/c.txt", "全镇23个村。")
    for name, number in (("posts#1.csv#2", "430名"), ("a.zip!x/b.txt", "431名")):
        assert main(["explain", f"archive/{name}"]) == 0
        shown = capsys.readouterr().out
        assert (name in shown, number in shown, "23个" in shown) == (True, True, False)
    assert main(["show", "archive/posts#1.csv#3"]) == 2
    assert "holds no posts#1.csv#3" in capsys.readouterr().err
    Path("archive/bad.csv").write_text("编号,金额\n1,2\n", encoding="utf-8")
    assert main(["show", "archive/bad.csv#1"]) == 1
    assert "table of figures" in capsys.readouterr().err
