"""Whom a text has spoken of most so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.metrics.subjects.mentions import OFTEN, Mention


class Often:
    """The place or organisation that the text has spoken of most so far."""

    def __init__(self, said: Sequence[str], body: Sequence[bool]) -> None:
        self._said, self._body = said, body
        self._times: Counter[str] = Counter()
        self._at, self._most = 0, ""

    def before(self, end: int) -> list[Mention]:
        """That of the mentions before a place; places must not go back."""
        times = self._times
        for at in range(self._at, end):
            if self._body[at]:
                name = self._said[at]
                times[name] += 1
                if times[name] > times[self._most]:
                    self._most = name
        self._at = max(self._at, end)
        return [Mention(self._most, OFTEN, str(min(times[self._most], 5)), "")] if times else []
