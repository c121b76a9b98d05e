"""Whether a number counts what happened over a time, or how things stood at its end, and is one of statistics."""

from __future__ import annotations

import re

from pipeline.language.clauses import begin_of
from pipeline.metrics.times.adverbials import TimeWords

_LISTED = re.compile(r"[^，。；、：\n]{0,12}[、和及][^，。；、：\n]{0,20}|[^，。；、：（）\n]{1,12}")

_FOUND = re.compile("同比|(?:[比较]|[高低多少快慢]于)[上去]年同期|据[^，。；\n]{0,8}统计|初步核算")
_BESIDE = 14
"""So many characters behind a number what tells that it is one of statistics is looked for."""


def is_flow(text: str, begin: int, start: int, done: bool, words: TimeWords) -> bool:
    """Whether a number counts what happened over a time (新建, 完成, 年均增长) and not how things stood at its end.

    ``text[begin:start]`` are the words of its clause before it; `done` tells that one of them says that something was done.
    """
    return words.flow.search(text, begin, start) is not None or (done and not words.is_state(text[begin:start]))


def goes_on(text: str, begin: int, start: int, end: int, following: int, words: TimeWords) -> bool:
    """Whether what was done with the number at ``text[start:end]`` was done with the next: 新建公路132公里、步道90公里."""
    return _LISTED.fullmatch(text, end, following) is not None and not words.is_state(text[begin:start])


def is_found(text: str, start: int, end: int) -> bool:
    """Whether a number is one of statistics: 据统计，全县产值3.9亿元; 产值3.9亿元，同比增长8%."""
    begins = begin_of(text, start, "。\n")
    stop = text.find("。", end, end + _BESIDE)
    return _FOUND.search(text, begins, end + _BESIDE if stop < 0 else stop) is not None
