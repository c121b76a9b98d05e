"""Patterns that are rare in a text, found from the characters that they begin with: a pass over arrays, not over the text."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from pipeline.language.widths import among, codes_of


class Scan:
    """Finds a pattern whose first character, and second one where told, are among some."""

    def __init__(self, pattern: re.Pattern[str], firsts: Iterable[str], seconds: Iterable[str] = ()) -> None:
        self._match = pattern.match
        self._firsts, self._seconds = among(firsts), among(seconds) if seconds else None

    def matches(self, text: str) -> list[re.Match[str]]:
        """All matches in order, none overlapping another, as ``re.finditer`` gives them.

        >>> [match[0] for match in Scan(re.compile("同比|环比"), "同环", "比").matches("同时环比增长，同比下降")]
        ['环比', '同比']
        """
        found: list[re.Match[str]] = []
        end = 0
        for at in self.places(text):
            if at >= end and (match := self._match(text, at)):
                found.append(match)
                end = match.end()
        return found

    def places(self, text: str) -> list[int]:
        """Where the pattern may begin, in order."""
        codes = codes_of(text)
        places = np.flatnonzero(self._firsts.take(codes))
        if self._seconds is not None:
            places = places[self._seconds.take(codes.take(places + 1, mode="clip"))]
        at: list[int] = places.tolist()
        return at
