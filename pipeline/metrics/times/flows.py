"""Whether a number counts what happened over a time, or how things stood at its end."""

from __future__ import annotations

import re

from pipeline.metrics.times.adverbials import TimeWords

_LISTED = re.compile(r"[^，。；、：\n]{0,12}[、和及][^，。；、：\n]{0,20}|[^，。；、：（）\n]{1,12}")


def is_flow(text: str, begin: int, start: int, done: bool, words: TimeWords) -> bool:
    """Whether a number counts what happened over a time (新建, 完成, 年均增长) and not how things stood at its end.

    ``text[begin:start]`` are the words of its clause before it; `done` tells that one of them says that something was done.
    """
    return words.flow.search(text, begin, start) is not None or (done and not words.is_state(text[begin:start]))


def goes_on(text: str, begin: int, start: int, end: int, following: int, words: TimeWords) -> bool:
    """Whether what was done with the number at ``text[start:end]`` was done with the next: 新建公路132公里、步道90公里."""
    return _LISTED.fullmatch(text, end, following) is not None and not words.is_state(text[begin:start])
