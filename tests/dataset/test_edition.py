"""What each command makes of a public edition, which holds no texts: it does without, or says that it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main

NO_TEXTS = "is a public edition, which holds no texts. Name the dataset that it was made of."


@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        ("describe {edition} --json", 0, '"characters": null'),
        ("describe {edition}", 0, "removed characters"),
        ("status {edition}", 0, "exported    a public edition, which holds no texts"),
        ("duplicates {edition}", 2, NO_TEXTS),
        ("annotate export {edition} --to csv -o {out}", 2, NO_TEXTS),
        ("annotate export {edition} --to label-studio -o {out}", 2, NO_TEXTS),
        ("diff {edition} {edition}", 0, ""),
        ("panel {edition} --indicator gdp --by place", 0, "gdp"),
        ("terms {edition} --top 3", 0, "rank"),
        ("export {edition} --format csv -o {out}", 0, "export"),
    ],
)
def test_a_command_works_without_the_texts_or_says_that_they_are_not_there(
    edition: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, status: int, told: str
) -> None:
    out = tmp_path / "out"
    assert main([part.format(edition=edition, out=out) for part in command.split()]) == status
    shown = capsys.readouterr()
    assert told in (shown.err if status else shown.out)
    assert out.exists() == (not status and "{out}" in command)
