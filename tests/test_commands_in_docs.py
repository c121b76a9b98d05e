"""Every command that a page tells a user to give is one that the grammar takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pipeline.cli import parser

ROOT = Path(__file__).parent.parent
PAGES = [*ROOT.glob("README*.md"), *sorted((ROOT / "docs").glob("*.md"))]
GIVEN = [
    (path.name, command)
    for path in PAGES
    for block in re.findall(r"```sh\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines()
    for command in re.findall(r"(?:^|&& |\| )report-pipeline ([^|&]+)", line)
]


@pytest.mark.parametrize(("page", "command"), GIVEN, ids=lambda value: value)
def test_the_grammar_takes_it(page: str, command: str) -> None:
    parser().parse_args(shlex.split(command, comments=True))


def test_pages_give_commands() -> None:
    assert {page for page, _ in GIVEN} >= {"README.md", "README.zh.md", "correct.md", "explore.md"}
