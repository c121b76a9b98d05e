"""Labelled documents to learn from and to measure on: our own corpus, or a user's table."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigError
from pipeline.language.written import read_written, rows_of
from pipeline.records import Section

AXES = ("topic", "role")
NO_HEADING = "-"
"""Stands for the heading of the text before the first one."""
COLUMNS = ("document", "level", "heading", "text")
_MARK = re.compile(r"@ (\S+) (\S+) (\d) (.+)")


class Labelled(NamedTuple):
    """A document: its text, its outline, and for each axis the labels that are right for each section, best first.

    ``corrected`` are the sections (by number) that models labelled otherwise: training gives them more weight.
    """

    name: str
    text: str
    outline: tuple[Section, ...]
    labels: Mapping[str, tuple[tuple[str, ...], ...]]
    corrected: frozenset[int] = frozenset()


class _Line(NamedTuple):
    level: int
    heading: str
    body: str
    labels: Mapping[str, str]


def read_labelled(path: Path) -> list[Labelled]:
    """The documents of a folder of ``.txt`` in the format of corpus/sections, or of a CSV table.

    A table has one section a row, in the order of the document: COLUMNS, and ``topic``, ``role`` or both. Several
    labels that are equally right stand with ``|`` between them.
    """
    if path.is_dir():
        return [document for file in sorted(path.glob("*.txt")) for document in _documents(file)]
    if not path.is_file():
        raise ConfigError(f"No labels at {path}. Name a CSV file, or a folder of labelled texts.")
    return _read_table(path)


def digest_of(path: Path) -> str:
    """SHA-256 of all files that `read_labelled` reads."""
    files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _documents(file: Path) -> Iterator[Labelled]:
    for block in re.split(r"(?m)^== ", file.read_text(encoding="utf-8"))[1:]:
        head, _, rest = block.partition("\n")
        lines: list[_Line] = []
        for line in filter(None, map(str.strip, rest.splitlines())):
            if match := _MARK.fullmatch(line):
                heading = "" if match[4] == NO_HEADING else match[4]
                lines.append(_Line(int(match[3]), heading, "", dict(zip(AXES, match.groups(), strict=False))))
            elif lines:
                lines[-1] = lines[-1]._replace(body=f"{lines[-1].body}{line}\n")
        yield _document(head.split("|")[0].strip(), lines)


def _read_table(path: Path) -> list[Labelled]:
    table = rows_of(read_written(path))
    columns = set(table.fieldnames or ())
    missing = [name for name in COLUMNS if name not in columns]
    if missing or not columns & set(AXES):
        raise ConfigError(
            f"{path.name} lacks {', '.join(missing) or 'labels'}. It needs the columns {', '.join(COLUMNS)}, "
            f"and topic, role or both."
        )
    axes = [axis for axis in AXES if axis in columns]
    documents: dict[str, list[_Line]] = {}
    for number, row in enumerate(table, 2):
        if not (row["level"] or "").isdecimal() or any(not row[axis] for axis in axes):
            raise ConfigError(f"{path.name}, row {number}: level is a number from 0 up, and {', '.join(axes)} a label.")
        line = _Line(int(row["level"]), row["heading"] or "", row["text"] or "", {a: row[a] for a in axes})
        documents.setdefault(row["document"], []).append(line)
    return [_document(name, lines) for name, lines in documents.items()]


def _document(name: str, lines: Sequence[_Line]) -> Labelled:
    text, starts = "", []
    for line in lines:
        starts.append(len(text))
        text += "".join(f"{part}\n" for part in (line.heading, line.body.strip()) if part)
    sections: list[Section] = []
    for at, (start, line) in enumerate(zip(starts, lines, strict=True)):
        later = zip(starts[at + 1 :], lines[at + 1 :], strict=True)
        end = next((s for s, other in later if other.level <= line.level), len(text))
        parent = next((s.section_id for s in reversed(sections) if s.level < line.level and s.end > start), None)
        heading_end = start + len(line.heading)
        sections.append(Section(at, parent, line.level, "", line.heading, start, heading_end, end, ""))
    axes = lines[0].labels if lines else ()
    return Labelled(name, text, tuple(sections), {a: _split(line.labels[a] for line in lines) for a in axes})


def _split(written: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(label.strip() for label in labels.split("|")) for labels in written)
