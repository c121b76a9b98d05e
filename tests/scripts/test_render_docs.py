from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from examples import run_commands, run_page  # noqa: E402
from figures import interval, percent, wilson  # noqa: E402
from render_docs import fill, main  # noqa: E402

from pipeline.dataset.columns import DERIVED, TABLES, columns_of  # noqa: E402


def test_nothing_in_the_docs_is_stale(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, f"{capsys.readouterr().out}Run python scripts/render_docs.py."


def test_a_figure_is_put_in_its_place_and_one_that_is_a_table_in_lines_of_its_own() -> None:
    page = "of <!-- figure:a -->old<!-- /figure --> and\n<!-- figure:b --><!-- /figure -->\n"
    filled = fill(page, {"a": "99.7", "b": "| x |\n"})
    assert filled == ("of <!-- figure:a -->99.7<!-- /figure --> and\n<!-- figure:b -->\n| x |\n<!-- /figure -->\n")
    assert fill(filled, {"a": "99.7", "b": "| x |\n"}) == filled


def test_a_figure_that_nobody_makes_is_refused() -> None:
    with pytest.raises(KeyError, match="lost"):
        fill("<!-- figure:lost -->1<!-- /figure -->", {"found": "1"})


def test_a_share_is_100_only_where_nothing_was_missed() -> None:
    assert (percent(9999, 10000), percent(10000, 10000), percent(1, 3)) == ("99.9", "100.0", "33.3")


def test_intervals_are_wider_where_misses_come_together() -> None:
    spread = [(9, 10)] * 10
    together = [(10, 10)] * 9 + [(0, 10)]
    low, high = interval(together)
    assert low < 0.75 < 0.9 <= high
    assert interval(spread) == (0.9, 0.9)
    assert wilson(0.5, 100) == "40.4 – 59.6"


def test_the_reference_has_every_column() -> None:
    page = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    for name in (*TABLES, *DERIVED):
        section = page.partition(f"\n### {name}\n")[2].partition("\n#")[0]
        assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == [
            column.name for column in columns_of(name)
        ]


def test_what_a_command_prints_is_put_in_where_the_page_shows_something_else() -> None:
    shown = "$ report-pipeline --version\nreport-pipeline ...\n$ ls\nleft alone\n"
    assert run_commands(shown) == shown
    status = "$ report-pipeline describe nowhere\nnothing\n$ echo $?\n0\n"
    ran = run_commands(status)
    assert ran.endswith("$ echo $?\n2\n")
    assert "nothing\n$" not in ran
    with pytest.raises(AssertionError, match="exit status 2"):
        run_commands("$ report-pipeline describe nowhere\n")


def test_the_parts_of_a_page_share_a_folder_and_a_namespace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    blocks = ("toml a/b.toml\nx = 1\n", "python\nfrom pathlib import Path\nn = 2\n", "python\nassert n == 2\n")
    page.write_text("".join(f"```{block}```\n\n" for block in blocks), encoding="utf-8")
    assert run_page(page) == page.read_text(encoding="utf-8")
    assert (tmp_path / "a" / "b.toml").read_text(encoding="utf-8") == "x = 1\n"
    page.write_text("\n\n```python\nassert n == 2\n```\n", encoding="utf-8")
    with pytest.raises(NameError):
        run_page(page)
