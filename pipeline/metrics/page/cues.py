"""Tables of cue words, made ready: sets by kind, and stripping of words at either end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.rules.schema import MetricCue

_INSIDE = {"total": 1024, "predicate": 2048, "lead": 4096, "light": 8192}


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
