from __future__ import annotations

from pathlib import Path

import pytest

DOCS = sorted((Path(__file__).parent.parent / "docs").glob("*.md"))


def code_of(text: str) -> str:
    """The Python of a page, each line where it stands in the page."""
    lines, inside = [], False
    for line in text.splitlines():
        if line.startswith("```"):
            inside = line == "```python"
            line = ""
        lines.append(line if inside else "")
    return "\n".join(lines)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_the_examples_run(path: Path) -> None:
    code = code_of(path.read_text(encoding="utf-8"))
    assert code.strip()
    exec(compile(code, path, "exec", dont_inherit=True), {"__name__": path.stem})
