"""How often words of a list stand in the sentences of a dataset, by group, and which words mark the groups."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.analysis.wordlists import Category, Term
from pipeline.dataset.columns import TABLES
from pipeline.dataset.stored import Stored
from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

Group = tuple[Any, ...]
SECTION = ("section_id", "topic", "role", "level", "heading", "path")
"""Columns of the innermost section that sentences can be grouped by; ``document`` and ``section`` are short for keys."""
SENTENCE = ("passage",)
"""Columns of the sentence itself that sentences can be grouped by."""
SHORT = {"document": ("doc_id", "source"), "section": ("doc_id", "source", "section_id", "heading")}

_LARGE = ("source_text", "text")
_WORD = re.compile(r"\w")
_CONTENT = ("n", "v", "a", "i", "l", "j", "t", "s", "b", "z", "eng")
"""Beginnings of the tags of words that carry meaning."""


class Said(NamedTuple):
    """A sentence and the group that it is in."""

    group: Group
    doc_id: str
    text: str
    words: list[str]
    tags: list[str]


class Size(NamedTuple):
    """What a group holds: words (marks left out), characters (white space left out), sentences, documents."""

    words: int
    characters: int
    sentences: int
    documents: int


def keys_of(by: Sequence[str]) -> tuple[str, ...]:
    """The columns that ``--by`` stands for, each once.

    >>> keys_of(["document", "topic"])
    ('doc_id', 'source', 'topic')
    """
    return tuple(dict.fromkeys(key for name in by for key in SHORT.get(name, (name,))))


def count_terms(stored: Stored, terms: Sequence[Term], by: Sequence[str], *, each: bool = False) -> pa.Table:
    """Matches of each category (or, with `each`, of each term) in each group, with what the group holds.

    Every group has a row for every category or term, also where there is none of it. A category counts a stretch of
    text once however many of its terms match in it. Sentences are read a piece at a time; memory holds the groups.
    Raises UsageError for an unknown key.
    """
    ordered = sorted(terms, key=lambda term: term.category)
    categories = {name: Category(list(group)) for name, group in groupby(ordered, key=lambda term: term.category)}
    sizes = _Sizes()
    matches: Counter[tuple[Group, str, str]] = Counter()
    sentences: Counter[tuple[Group, str, str]] = Counter()
    for said in _sentences(stored, keys_of(by)):
        sizes.add(said)
        for name, category in categories.items():
            if found := category.count(said.text, said.words):
                for term, count in (found.terms if each else {"": found.matches}).items():
                    matches[said.group, name, term] += count
                    sentences[said.group, name, term] += 1
    wanted = [(t.category, t.term) for t in ordered] if each else [(name, "") for name in categories]
    rows = [
        (
            *group,
            category,
            *([term] if each else []),
            matches[group, category, term],
            sentences[group, category, term],
            *size,
        )
        for group, size in sizes.sorted()
        for category, term in wanted
    ]
    names = ["category", *(["term"] if each else []), "matches", "sentences_with", *Size._fields]
    return _table(keys_of(by), names, rows)


def top_words(stored: Stored, count: int, by: Sequence[str], stop: frozenset[str]) -> pa.Table:
    """The `count` commonest words of each group less a stop list, with how much each marks its group.

    ``keyness`` is TF-IDF between groups: the word's share of the group's words, times ln((1 + groups) / (1 + groups
    that have it)) + 1, as scikit-learn weighs; null where there is one group only. Marks, numbers, single characters
    and words that carry no meaning by their tag (particles, pronouns, measure words) are left out like stop words.
    """
    sizes = _Sizes()
    counted: dict[Group, Counter[str]] = {}
    for said in _sentences(stored, keys_of(by)):
        sizes.add(said)
        counted.setdefault(said.group, Counter()).update(
            word
            for word, tag in zip(said.words, said.tags, strict=True)
            if len(word) > 1 and tag.startswith(_CONTENT) and word not in stop
        )
    held = Counter(word for words in counted.values() for word in words)
    groups = len(counted)
    rows = []
    for group, size in sizes.sorted():
        words = sorted(counted[group].items(), key=lambda item: (-item[1], item[0]))[:count]
        for rank, (word, n) in enumerate(words, 1):
            share = n / size.words
            keyness = share * (math.log((1 + groups) / (1 + held[word])) + 1) if groups > 1 else None
            rows.append((*group, rank, word, n, share, keyness, held[word], *size))
    return _table(keys_of(by), ["rank", "word", "count", "share", "keyness", "groups_with", *Size._fields], rows)


class _Sizes:
    """What each group holds so far; the sentences of a document come together."""

    def __init__(self) -> None:
        self._held: dict[Group, list[int]] = {}
        self._last: dict[Group, str] = {}

    def add(self, said: Said) -> None:
        held = self._held.setdefault(said.group, [0, 0, 0, 0])
        held[0] += sum(map(bool, map(_WORD.search, said.words)))
        held[1] += len("".join(said.text.split()))
        held[2] += 1
        if self._last.get(said.group) != said.doc_id:
            self._last[said.group] = said.doc_id
            held[3] += 1

    def sorted(self) -> list[tuple[Group, Size]]:
        """The groups in the order of their keys, nulls last."""
        order = sorted(self._held, key=lambda group: [(key is None, key if key is not None else 0) for key in group])
        return [(group, Size(*self._held[group])) for group in order]


def _sentences(stored: Stored, keys: Sequence[str]) -> Iterator[Said]:
    """Every sentence with its group, part by part."""
    documents = {column.name for column in TABLES["documents"]} - set(_LARGE)
    meta_keys = {key for key in keys if key not in documents and key not in (*SECTION, *SENTENCE)}
    seen: set[str] = set()
    names = sorted(documents & {*keys, "doc_id"})
    by_section = sorted({*keys} & {*SECTION} - {"section_id"})
    own = ["section_id", *sorted({*keys} & {*SENTENCE})]
    for part in stored.parts("sentences"):
        known: dict[str, dict[str, Any]] = {}
        for batch in stored.part("documents", part, [*names, "meta"]):
            for row in batch.to_pylist():
                meta = json.loads(row["meta"]) if row["meta"] else {}
                seen |= meta.keys()
                known[row["doc_id"]] = row | {key: meta.get(key) for key in meta_keys}
        sections: dict[tuple[str, int], dict[str, Any]] = {}
        if by_section:
            for batch in stored.part("sections", part, ["doc_id", "section_id", *by_section]):
                sections |= {(row["doc_id"], row["section_id"]): row for row in batch.to_pylist()}
        for batch in stored.part("sentences", part, ["doc_id", *own, "text", "words", "tags"]):
            for row in batch.to_pylist():
                facts = known[row["doc_id"]] | sections.get((row["doc_id"], row["section_id"]), {})
                facts |= {key: row[key] for key in own}
                yield Said(tuple(facts[key] for key in keys), row["doc_id"], row["text"], row["words"], row["tags"])
    if unknown := sorted(meta_keys - seen):
        raise UsageError(
            f"There is nothing called {unknown[0]} to group by. Name document, section, {', '.join((*SECTION[1:], *SENTENCE))}, "
            f"a column of documents ({', '.join(sorted(documents))}) or of the metadata of the run."
        )


def _table(keys: Sequence[str], names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) if rows else [()] * (len(keys) + len(names))
    return pa.table([pa.array(column) for column in columns], names=[*keys, *names])
