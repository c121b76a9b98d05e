"""The rows of adverts.toml, compiled, by how they are found in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cleaning.patterns import Searched, removal_kind
from pipeline.cleaning.wordscan import WordScan
from pipeline.errors import RulesError
from pipeline.records import EditKind
from pipeline.rules.schema import Advert

SCOPES = ("stretch", "line", "pieces", "tools", "before_title", "behind_title", "cue", "body")
_BETWEEN_PIECES = r"[\s|丨/·：:【】\[\]()（）、，,；;>»-]*"
BEHIND, AHEAD = 60, 200  # characters around a word in which its pattern is searched


@dataclass(frozen=True, eq=False)
class Cue(Searched):
    """A row of adverts.toml, ready to search."""

    kind: EditKind
    scope: str
    weight: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues, by how they are found."""

    scan: WordScan[Cue]
    all: tuple[Cue, ...]
    short_lines: tuple[Cue, ...]
    helpers: tuple[Cue, ...]  # tried only in lines where another stands
    body: tuple[Cue, ...]
    before_title: tuple[Cue, ...]  # what a site writes in the line of a title
    behind_title: tuple[Cue, ...]


def compile_cues(rows: Sequence[Advert]) -> Cues:
    """Compile the rows and build the scan from their words."""
    cues = {row.id: _cue(row) for row in rows}
    by_word: dict[str, list[Cue]] = {}
    for row in rows:
        for word in row.words if row.starts else ():
            if len(word) < 2:
                raise RulesError(f"Rule {row.id}: the word {word!r} is too short to search for. Give two characters.")
            by_word.setdefault(word, []).append(cues[row.id])
    return Cues(
        scan=WordScan(by_word),
        all=tuple(cues.values()),
        short_lines=tuple(cue for cue in cues.values() if cue.scope == "line" and not cue.words),
        helpers=tuple(cues[row.id] for row in rows if row.scope == "cue" and not (row.words and row.starts)),
        body=tuple(cue for cue in cues.values() if cue.scope == "body"),
        before_title=tuple(cue for cue in cues.values() if cue.scope == "before_title"),
        behind_title=tuple(cue for cue in cues.values() if cue.scope == "behind_title"),
    )


def _cue(row: Advert) -> Cue:
    if row.scope not in SCOPES:
        raise RulesError(f"Rule {row.id}: scope {row.scope} is none of {', '.join(SCOPES)}.")
    pattern = row.pattern.strip() or "|".join(map(re.escape, row.words))
    if row.scope in ("pieces", "tools"):  # atomic: a line is tried once, however its pieces could be cut
        piece = f"(?x:{pattern[4:]}\n)" if pattern.startswith("(?x)") else f"(?:{pattern})"
        pattern = f"(?:{_BETWEEN_PIECES}+(?>{piece}))++{_BETWEEN_PIECES}+"
    return Cue(row.id, pattern, removal_kind(row), row.scope, row.weight, row.words)
