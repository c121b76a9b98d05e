"""Tables of words, made ready by what the words are used for: lists of ends, and patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipeline.language.scanning import Scan
from pipeline.rules.schema import Words

_FIRST = re.compile(r"(?:\(\?<[!=][^()]*\))*(?:(?P<one>[一-龥“《])|(?:\(\?=)?\[(?P<any>[一-龥]+)\])(?![?*{|])")
"""The characters that a pattern begins with, where one of them must stand there: 县, [县区], (?=[县区])."""
_GROUP = re.compile(r"\\.|\[[^\]]*\]|\([^()]*\)")


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
