from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from pipeline.cli import parser

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from examples import BLOCK, anchors_of, commands_of, furnish, links_of, run_command, run_page  # noqa: E402
from render_docs import MARK  # noqa: E402

READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
DOCS = sorted((ROOT / "docs").glob("*.md"))
EXAMPLES = [
    path for path in DOCS if any(b["info"] in ("python", "console") for b in BLOCK.finditer(path.read_text("utf-8")))
]
PAGES = [*READMES, *DOCS, ROOT / "CONTRIBUTING.md", *ROOT.glob("*/README.md")]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in as in a clone, and a terminal of one width."""
    monkeypatch.chdir(furnish(tmp_path))
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_run_and_print_what_the_page_shows(path: Path) -> None:
    assert run_page(path) == path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("room")
def test_the_examples_of_the_readmes_run() -> None:
    status, printed = run_command("report-pipeline run corpus/samples -o dataset")
    assert status == 0, printed
    for path in READMES:
        run_page(path)


def test_what_a_rule_says_is_so() -> None:
    """Each row of the table of rules: what it names is what is made, and no rule is without a row."""
    import pipeline
    from pipeline.metrics.naming.candidates import KINDS

    row = re.compile(r"^\| ((?:`[a-z_]+`(?:, )?)+) \| [^|]+ \| `([^`|]+)` \| ([^|]+) \|$", re.M)
    rows = row.findall((ROOT / "docs" / "method.md").read_text(encoding="utf-8"))
    nlp = pipeline.load()
    missed = []
    for rules, text, name in rows:
        made = [(m["rule"], m["name"]) for m in nlp(f"红旗镇2023年工作总结\n一、主要工作\n{text}。\n")._.metrics]
        missed += [] if (re.findall(r"[a-z_]+", rules)[0], name) in made else [text]
    assert len(missed) <= len(rows) / 8, missed  # the name of a record is chosen by a model
    assert sorted(kind for rules, *_ in rows for kind in re.findall(r"[a-z_]+", rules)) == sorted(KINDS)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: os.path.relpath(path, ROOT))
def test_commands_shown_are_commands(path: Path) -> None:
    for command in commands_of(path.read_text(encoding="utf-8")):
        parser().parse_args(command)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: os.path.relpath(path, ROOT))
def test_links_lead_somewhere(path: Path) -> None:
    for link in links_of(path.read_text(encoding="utf-8")):
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors_of(target.read_text(encoding="utf-8")), link


def test_the_readmes_are_twins_and_lead_to_every_page() -> None:
    english, chinese = (path.read_text(encoding="utf-8") for path in READMES)
    for shown in (figures_of, lambda page: [command[0] for command in commands_of(page)]):
        assert shown(english) == shown(chinese) != []
    for page in (english, chinese):
        assert {f"docs/{path.name}" for path in DOCS} <= set(links_of(page))


def figures_of(page: str) -> list[str]:
    """The figures that a page gives, less the language of a table."""
    return [mark[2].removesuffix(".en").removesuffix(".zh") for mark in MARK.finditer(page)]
