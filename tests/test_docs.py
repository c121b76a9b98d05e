from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def code_of(text: str) -> str:
    """The Python of a page, each line where it stands in the page; blocks marked py need what a test has not."""
    lines, inside = [], False
    for line in text.splitlines():
        if line.startswith("```"):
            inside = line == "```python"
            line = ""
        lines.append(line if inside else "")
    return "\n".join(lines)


PAGES = [path for path in sorted((ROOT / "docs").glob("*.md")) if code_of(path.read_text(encoding="utf-8")).strip()]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_examples_run(path: Path) -> None:
    code = code_of(path.read_text(encoding="utf-8"))
    exec(compile(code, path, "exec", dont_inherit=True), {"__name__": path.stem})
