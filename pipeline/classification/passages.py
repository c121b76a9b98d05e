"""Passages that have another role than the section they stand in: reports name their problems without a heading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import Passage, Section, Sentence
from pipeline.rules import Rules
from pipeline.rules.schema import PassageCue

FULL = "。！？；!?;…"
"""What a paragraph ends with that is whole; one without it goes on in the next line."""

LONGEST = 3000
"""Characters of a passage: in a text without line ends nothing else may tell where it is over."""


class _Opening(NamedTuple):
    row: PassageCue
    words: re.Pattern[str]
    pattern: re.Pattern[str]


class Passages:
    """Finds passages by the rows of ``passages.toml``; built once a process."""

    def __init__(self, rules: Rules) -> None:
        rows = rules.table(PassageCue)
        self._openings = [
            _Opening(row, re.compile("|".join(map(re.escape, row.words))), re.compile(row.pattern))
            for row in rows
            if row.kind == "opens"
        ]
        self._opens = re.compile("|".join(opening.words.pattern for opening in self._openings) or "(?!)")
        self._longest = max((len(word) for row in rows for word in row.words), default=0)
        self._later = {
            (kind, role): [re.compile(row.pattern) for row in rows if (row.kind, row.role) == (kind, role)]
            for kind in ("goes_on", "ends")
            for role in {row.role for row in rows}
        }

    def find(self, text: str, outline: Sequence[Section], sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
        """The passages of `text` in order, none overlapping another."""
        found: list[Passage] = []
        for at, row in self._opened(text, outline, sentences).items():
            if not found or found[-1].last < at:
                found.append(Passage(row.role, at, self._last(text, outline, sentences, at, row.role), row.id))
        return tuple(found)

    def _opened(self, text: str, outline: Sequence[Section], sentences: Sequence[Sentence]) -> dict[int, PassageCue]:
        """Sentences with which a passage may begin, by number and in order, each with the first row that says so."""
        starts = [sentence.start for sentence in sentences]
        opened: dict[int, PassageCue] = {}
        for at in sorted({bisect_right(starts, word.start()) - 1 for word in self._opens.finditer(text)}):
            if at < 0 or _in_heading(outline, sentences[at]):
                continue
            start, stop = starts[at], starts[at + 1] if at + 1 < len(starts) else len(text)
            following = sentences[at].section_id + 1
            end = outline[following].start if following < len(outline) else len(text)
            for row, words, pattern in self._openings:
                word = words.search(text, start, stop + self._longest)
                if word and word.start() < stop and pattern.match(text, start, end):
                    opened[at] = row
                    break
        return opened

    def _last(self, text: str, outline: Sequence[Section], sentences: Sequence[Sentence], first: int, role: str) -> int:
        """The number of the last sentence of the passage that begins with `first`."""
        ended = False
        for before, sentence in zip(sentences[first:], sentences[first + 1 :], strict=False):
            ends = self._speaks("ends", role, text, sentence)
            whole = text[before.end - 1] in FULL and "\n" in text[before.end : sentence.start]
            new = whole or sentence.section_id != before.section_id
            foreign = new and not self._speaks("goes_on", role, text, sentence)
            if foreign or (ended and not ends) or sentence.end - sentences[first].start > LONGEST:
                return before.sentence_id
            ended = ends
        return len(sentences) - 1

    def _speaks(self, kind: str, role: str, text: str, sentence: Sentence) -> bool:
        return any(pattern.match(text, sentence.start, sentence.end) for pattern in self._later[kind, role])


def _in_heading(outline: Sequence[Section], sentence: Sentence) -> bool:
    return sentence.end <= outline[sentence.section_id].heading_end
