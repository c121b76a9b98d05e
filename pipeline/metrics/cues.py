"""Tables of cue words, made ready: sets by kind, stripping of words at either end, and patterns by use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipeline.language.scanning import Scan
from pipeline.rules.schema import MetricCue, Words

_INSIDE = {"total": 1024, "predicate": 2048, "lead": 4096, "light": 8192}

_FIRST = re.compile(r"(?:\(\?<[!=][^()]*\))*(?:(?P<one>[一-龥“《])|(?:\(\?=)?\[(?P<any>[一-龥]+)\])(?![?*{|])")
"""The characters that a pattern begins with, where one of them must stand there: 县, [县区], (?=[县区])."""
_GROUP = re.compile(r"\\.|\[[^\]]*\]|\([^()]*\)")


class Cues:
    """Cue words by kind (``increase``, ``modality``, ``light`` …); see ``metric_cues.toml``."""

    def __init__(self, rows: Iterable[MetricCue]) -> None:
        kinds: dict[str, set[str]] = {}
        for row in rows:
            kinds.setdefault(row.kind, set()).update(row.written)
        self._kinds = {kind: frozenset(words) for kind, words in kinds.items()}
        self.inside: dict[str, int] = {}
        """Kinds of cue words that a name seldom holds, as bits, by word."""
        for kind, bit in _INSIDE.items():
            for word in self._kinds.get(kind, ()):
                self.inside[word] = self.inside.get(word, 0) | bit
        self._by_last: dict[str, dict[str, tuple[str, ...]]] = {}
        for kind, words in self._kinds.items():
            table: dict[str, list[str]] = {}
            for word in sorted(words, key=lambda w: (-len(w), w)):
                table.setdefault(word[-1], []).append(word)
            self._by_last[kind] = {last: tuple(group) for last, group in table.items()}

    def __getitem__(self, kind: str) -> frozenset[str]:
        return self._kinds.get(kind, frozenset())

    def either(self, kind: str) -> str:
        """A pattern of the words of a kind, longer ones first; one that never matches where there are none."""
        return "|".join(map(re.escape, sorted(self[kind], key=lambda word: (-len(word), word)))) or "(?!)"

    def ending(self, kind: str, text: str, start: int, end: int) -> str:
        """The longest word of a kind that ends ``text[start:end]``, or an empty string."""
        for word in self._by_last.get(kind, {}).get(text[end - 1 : end], ()):
            if end - len(word) >= start and text.startswith(word, end - len(word)):
                return word
        return ""

    def last_characters(self, kind: str) -> Iterable[str]:
        """The last characters of the words of a kind."""
        return self._by_last.get(kind, {})


class Ends:
    """Tells names by what they end in."""

    def __init__(self, words: Iterable[str], patterns: Iterable[str]) -> None:
        self._words = tuple(words)
        self._patterns = re.compile(f".*(?:{'|'.join(patterns) or '(?!)'})")

    def __call__(self, name: str) -> bool:
        """Whether a name ends so."""
        return name.endswith(self._words) or self._patterns.fullmatch(name) is not None


class Uses:
    """The words and patterns of a table by what they are used for."""

    def __init__(self, rows: Iterable[Words]) -> None:
        self._words: dict[str, list[str]] = {}
        self._patterns: dict[str, list[str]] = {}
        for row in rows:
            guarded = [f"(?<![{re.escape(row.not_after)}]){re.escape(word)}" for word in row.written if row.not_after]
            for use in row.uses:
                self._words.setdefault(use, []).extend(() if row.not_after else row.written)
                self._patterns.setdefault(use, []).extend((*guarded, *row.patterns))

    def words(self, use: str) -> tuple[str, ...]:
        """All that is written for a use and is a word behind whatever it stands."""
        return tuple(self._words.get(use, ()))

    def ends(self, use: str) -> Ends:
        """What tells the names that end in a word of a use."""
        return Ends(self.words(use), self._patterns.get(use, ()))

    def either(self, use: str) -> str:
        """A pattern of all words of a use, longer ones first; one that never matches where there are none."""
        alternatives = (*map(re.escape, self.words(use)), *self._patterns.get(use, ()))
        return "|".join(sorted(alternatives, key=len, reverse=True)) or "(?!)"

    def firsts(self, *uses: str) -> str:
        """What the words of uses begin with; empty where one of them may begin with anything."""
        alternatives = [a for use in uses for a in (*map(re.escape, self.words(use)), *self._patterns.get(use, ()))]
        firsts = {_firsts_of(alternative) for alternative in alternatives}
        return "" if "" in firsts else "".join(sorted(set().union(*firsts)))

    def ahead(self, *uses: str) -> str:
        """A look ahead for `firsts`: it saves trying all alternatives of a pattern where none can be."""
        firsts = self.firsts(*uses)
        return f"(?=[{firsts}])" if firsts else ""

    def scan(self, use: str) -> Callable[[str], Iterable[re.Match[str]]]:
        """What gives all places of a text where a word of a use stands."""
        firsts, pattern = self.firsts(use), self.pattern("%s", use)
        return Scan(pattern, firsts).matches if firsts else pattern.finditer

    def pattern(self, written: str, *uses: str) -> re.Pattern[str]:
        """`written`, with all words of a use for each ``%s`` in it."""
        return re.compile(written % tuple(map(self.either, uses)))


def _firsts_of(pattern: str) -> str:
    """The characters that a pattern may begin with; empty where it may begin with any."""
    first, outer = _FIRST.match(pattern), pattern
    while (inner := _GROUP.sub("", outer)) != outer:
        outer = inner
    return (first["one"] or first["any"]) if first and "|" not in outer else ""
