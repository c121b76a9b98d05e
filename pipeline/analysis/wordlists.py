"""A user's list of words and patterns, by category, and what of a sentence they match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.language.written import read_written, rows_of

KINDS = ("text", "word", "regex")
COLUMNS = ("term", "category", "kind")


class Term(NamedTuple):
    """A row of the list. ``kind``: text as it stands anywhere, a word of the segmenter, or a regular expression."""

    term: str
    category: str
    kind: str


class Counts(NamedTuple):
    """What a sentence has of a category: matches that do not overlap, and the matches of each of its terms."""

    matches: int
    terms: dict[str, int]


def read_terms(path: Path) -> list[Term]:
    """The rows of a CSV in UTF-8 or GB18030 with the columns ``term`` and, if you like, ``category`` (or ``group``) and ``kind``.

    A term without a category is one of its own, called as itself.

    Raises UsageError where the file cannot be read, names no terms, one twice, or a kind or pattern that is none.
    """
    rows = rows_of(read_written(path))
    fields = {field.strip(): field for field in rows.fieldnames or ()}
    if "group" in fields and "category" not in fields:
        fields["category"] = fields["group"]
    if "term" not in fields:
        raise UsageError(f"{path.name} has no column term. Give it a first line: {','.join(COLUMNS)}.")
    terms: dict[tuple[str, str], Term] = {}
    for row in rows:
        term, category, kind = ((row.get(fields.get(name, "")) or "").strip() for name in COLUMNS)
        if not term:
            continue
        found = Term(term, category or term, kind or "text")
        _check(found, f"{path.name}, line {rows.line_num}")
        if terms.setdefault((term, found.category), found) is not found:
            raise UsageError(f"{path.name}, line {rows.line_num}: {term} stands twice in {found.category}.")
    if not terms:
        raise UsageError(f"{path.name} names no terms. Give each a row.")
    return list(terms.values())


def read_stop_words(path: Path) -> frozenset[str]:
    """Words to leave out, one a line. Raises UsageError where the file cannot be read."""
    return frozenset(filter(None, map(str.strip, read_written(path).splitlines())))


def _check(term: Term, place: str) -> None:
    if term.kind not in KINDS:
        raise UsageError(f"{place}: {term.kind} is no kind of term. Known kinds: {', '.join(KINDS)}.")
    if term.kind == "regex":
        try:
            empty = re.compile(term.term).search("")
        except re.error as error:
            raise UsageError(f"{place}: {term.term} is no regular expression ({error}).") from error
        if empty:
            raise UsageError(f"{place}: {term.term} matches an empty text. Ask for at least one character.")


class Category:
    """The terms of one category, ready to count."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._words = {term.term for term in terms if term.kind == "word"}
        patterns = [(t.term, t.term if t.kind == "regex" else re.escape(t.term)) for t in terms if t.kind != "word"]
        self._patterns = [(term, re.compile(pattern)) for term, pattern in patterns]
        self._any = re.compile("|".join(f"(?:{pattern})" for _, pattern in patterns)) if patterns else None

    def count(self, text: str, words: Sequence[str]) -> Counts | None:
        """What a sentence has of it; of matches that overlap the first counts, of two that begin together the longer.

        None where it has nothing.
        """
        spans = sorted(self._spans(text, words), key=lambda span: (span[0], -span[1]))
        if not spans:
            return None
        matches, end, terms = 0, 0, dict[str, int]()
        for start, stop, term in spans:
            terms[term] = terms.get(term, 0) + 1
            if start >= end:
                matches, end = matches + 1, stop
        return Counts(matches, terms)

    def _spans(self, text: str, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        if self._any is not None and self._any.search(text):
            for term, pattern in self._patterns:
                for found in pattern.finditer(text):
                    if found.end() > found.start():
                        yield found.start(), found.end(), term
        if self._words and not self._words.isdisjoint(words):
            at = 0
            for word in words:
                if word in self._words:
                    yield at, at + len(word), word
                at += len(word)
