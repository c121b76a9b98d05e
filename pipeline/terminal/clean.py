"""Clean texts as files, one an entry, or what cleaning would change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.dataset.parts import writing
from pipeline.records import CleanText
from pipeline.terminal.words import visible

if TYPE_CHECKING:
    from rich.console import Console

LONGEST = 240
"""Bytes of a part of a path, at most: file systems take 255, and a suffix and a number come to it."""
RESERVED = re.compile(r'[<>:"|?*\x00-\x1f\x7f]|[. ]+$')  # what some file system does not take in a name


def file_name(source: str, taken: set[str]) -> Path:
    """Where the clean text of an entry goes below OUT; never outside it, and no two entries in one place.

    >>> file_name("year.zip!../a:b.docx", set()).as_posix()
    'year.zip/a_b.docx.txt'
    """
    parts = [RESERVED.sub("_", _cut(part)) for part in re.split(r"[/!\\]", source) if part not in ("", ".", "..")]
    *folders, last = parts or ["text"]
    stem = last.removesuffix(".txt")
    number, name = 1, f"{stem}.txt"
    while (path := Path(*folders, name)).as_posix().casefold() in taken:
        number += 1
        name = f"{stem}~{number}.txt"
    taken.add(path.as_posix().casefold())
    return path


def _cut(part: str) -> str:
    """As much of a part of a path as a file system takes."""
    return part.encode("utf-8", "replace")[:LONGEST].decode("utf-8", "ignore")


def write_text(folder: Path, name: Path, text: str) -> None:
    """Write one clean text in UTF-8, its line ends as they are. Raises PipelineError where it cannot be written."""
    path = folder / name
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))


def print_changes(name: str, clean: CleanText, console: Console) -> None:
    """Print the lines of the source that cleaning changes: removals struck through, restorations beside them."""
    from rich.text import Text

    console.print(Text(visible(name), "bold"), soft_wrap=True)
    for line in changed_lines(clean):
        console.print(Text.assemble(*line), soft_wrap=True)


def changed_lines(clean: CleanText) -> Iterator[list[tuple[str, str]]]:
    """The changed lines as pieces of (text, style); removals stand in [-…-], what is put in stands in {+…+}."""
    source, at = clean.source, 0
    line: list[tuple[str, str]] = []
    for edit in (e for e in clean.edits if e.kind != "space"):
        begin = source.rfind("\n", 0, edit.start) + 1
        if line and at <= begin:  # the edit before was on an earlier line
            yield [*line, (_rest(source, at), "")]
            line = []
        line.append((visible(source[max(at, begin) : edit.start]), ""))
        line.append((f"[-{visible(source[edit.start : edit.end])}-]", "red"))
        if edit.replacement:
            line.append((f"{{+{visible(edit.replacement)}+}}", "green"))
        at = edit.end
    if line:
        yield [*line, (_rest(source, at), "")]


def _rest(source: str, at: int) -> str:
    """What stands between `at` and the end of its line; nothing where a line begins there."""
    if source[at - 1] == "\n":
        return ""
    end = source.find("\n", at)
    return visible(source[at : end if end >= 0 else len(source)])
