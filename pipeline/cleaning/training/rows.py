"""Rows that the classifier of adverts learns from: junk by kind, family and place, and body in lines and parts of lines."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from pipeline.cleaning.fragments import brackets_of, fragments_of

SENTENCE = re.compile(r"[^。！？!?；;]*(?:[。！？!?；;]+[”’」』）)】]*)?")
PARTS = frozenset(("part", "bracket", "clause", "inline"))
"""Places of what is a part of a line: of body, and of junk at the end of a paragraph or within one."""
DERIVED = frozenset(("part", "bracket"))
"""Places of what is only there because its line is."""
INSIDE = frozenset(("bracket", "inline"))
"""Places of what stands within a sentence."""
STOPS = ("。", "！", "？", "；")


class Row(NamedTuple):
    """A stretch of text, the family that it is left out with, its kind (``body``, ``look-alike``, or a kind of junk), and its place."""

    text: str
    family: str
    kind: str
    place: str


def junk_rows(folder: Path) -> Iterator[Row]:
    """The rows of junk; one with several lines gives one row a line."""
    for path in sorted(folder.glob("junk*.tsv")):
        for kind, family, place, text in read_tsv(path):
            for line in text.split("\\n"):
                if line.strip():
                    yield Row(line.strip(), family, kind, place)


def body_rows(corpus: Path) -> Iterator[Row]:
    """Body text, whole and in sentences and clauses: look-alikes, plain rows, labelled sections, example sentences.

    A line that is one sentence, or one bracket, could as well stand in a paragraph: it is a row of both kinds.
    """
    seen = set()
    for kind, family, line in body_lines(corpus):
        for place, text in stretches(line):
            if (place, text) not in seen:
                seen.add((place, text))
                yield Row(text, family, kind, place)


def body_lines(corpus: Path) -> Iterator[tuple[str, str, str]]:
    """Kind, family and text of each line of body."""
    for path in sorted((corpus / "adverts").glob("*.tsv")):
        if not path.name.startswith("junk"):
            yield from (("look-alike", f"{family} {text}", text) for family, text in read_tsv(path))
    for path in sorted((corpus / "sections").glob("*.txt")):
        family = path.stem
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                family = line
            elif line.strip():
                yield "body", family, re.sub(r"^@ \S+ \S+ \d ", "", line).strip()
    for path in sorted((corpus / "words").glob("*.tsv")):
        yield from (("body", f"{path.stem} {text}", text) for _, _, text in read_tsv(path))
    for path in sorted(corpus.glob("names/texts/*.txt")) + sorted(corpus.glob("gold/metrics/texts/*.txt")):
        lines = filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines()))
        yield from (("body", path.stem, line) for line in lines)


def stretches(line: str) -> Iterator[tuple[str, str]]:
    """A line, its sentences, and the clauses and ends of sentences that could be taken alone.

    What stands in brackets or between signs behind a word, or alone, is a ``bracket``; elsewhere it may be a heading.
    """
    yield "line", line
    for start, end in fragments_of(line, brackets_of(line, range(len(line))), (), range(len(line))):
        alone = line[start:end] == line and line[0] != "【"
        yield "bracket" if alone or line[:start][-1:].isalnum() else "part", line[start:end]
    for sentence in filter(None, map(str.strip, SENTENCE.findall(line))):
        if sentence != line or sentence.endswith(STOPS):
            yield "part", sentence
        clauses = re.findall(r"[^，,]+[，,]?", sentence)
        for at in range(1, len(clauses)):
            yield "part", "".join(clauses[at:]).strip()
            yield "part", clauses[at - 1].strip()


def read_tsv(path: Path) -> Iterator[list[str]]:
    """The fields of each line, tabs between them, nothing quoted."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def documents(corpus: Path) -> Iterator[tuple[str, str]]:
    """The families and texts of whole documents of our own."""
    plain = ((family, line) for kind, family, line in body_lines(corpus) if kind == "body")
    for family, lines in groupby(plain, key=itemgetter(0)):
        yield family, "\n".join(line for _, line in lines)


def lines_and_clauses(text: str) -> int:
    """How many stretches of a text could go: lines, sentences, clauses, brackets."""
    return sum(len(set(stretches(line.strip()))) for line in text.splitlines() if line.strip())


def corpus_digest(rows: Iterable[Row]) -> str:
    """SHA-256 of all rows."""
    return hashlib.sha256("\n".join("\t".join(row) for row in rows).encode()).hexdigest()
