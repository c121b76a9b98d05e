"""What stands at a place among others: the words before what says so, or what the number before it measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.records import Metric

_CLAUSE = re.compile(r"[，。；：！？;:!?\n]")
_ITEM = re.compile(r"[，。；：！？;:!?\n、（）()]")
_LISTED = re.compile(r"[、和与及]")
_N = "[0-9一二三四五六七八九十两多余几]{1,4}"
_TIMES = rf"{_N}(?:年|个?月|个?季度|个?榨季|届|次)"
_RUN = re.compile(rf"(?:已?连续|蝉联){_TIMES}(?:[、和]{_TIMES})*$|[0-9.%％，]+$|全[国省市县区州]$")
_FROM = re.compile(r"由(?:[上去]年|20\d\d).*$|[由从][^，。；由从]{0,10}?第[^，。；]*$")
_AMONG = re.compile(r"^(.*?)在([^，。；]{2,30}?)[中上里]$")
_IN = re.compile(r"^在[^，。；]{2,14}?[中上里](?=[^，。；]{2})")
_SUMMED = re.compile(r"(?:[两二三四五六七八九2-9]项)?(?:指标|数据)?$")
_TASK = re.compile(r"(?:完成|为|占)(?:年度|全年|年初|既定)?(?:计划|任务|目标|预算)")
REACH = 40
"""Characters before what says that something stands at a place in which that something is named."""
_OWN = 4
"""Characters behind a number that are a name by themselves (十方面|实事项目完成率)."""


class RankNames:
    """Finds the names; built from the words before the verb that are no part of a name, those before it, and its heads."""

    def __init__(self, asides: str, leads: str, heads: Iterable[str]) -> None:
        self._aside = re.compile(rf"(?:{asides}|[居列排])$")
        self._lead = re.compile(f"^(?:{leads})+")
        self._heads = frozenset(heads)

    def name(
        self, text: str, sentence_start: int, end: int, metrics: Sequence[Metric]
    ) -> tuple[str | None, Metric | None]:
        """What is at a place that the words behind ``text[:end]`` name, and the number that it is of.

        `metrics` are those of its sentence before `end`.
        """
        start, clause = _clause(text, sentence_start, end)
        left = self._bare(clause)
        metric = _measured([m for m in metrics if m.quantity.end <= start + len(left)])
        shift = max((m.end() for m in _ITEM.finditer(left)), default=0)
        item = _IN.sub("", self._lead.sub("", left[shift:]))
        if metric is None:
            return item or None, None
        behind = text[metric.quantity.end : start + len(left)]
        if metric.quantity.end > start + shift:
            return (behind if len(behind) >= _OWN else self._of(metric, "")), metric
        if item and item not in self._heads:
            return item, metric
        near = len(_CLAUSE.findall(text, metrics[-1].quantity.end, end)) <= (2 if item else 1)
        return (self._of(metric, item) if near else item or None), metric

    def names(
        self, text: str, sentence_start: int, end: int, metrics: Sequence[Metric], places: int
    ) -> list[tuple[str | None, Metric | None]]:
        """What is at each of several `places` that 分别 deals out, with the numbers that they are of."""
        start, clause = _clause(text, sentence_start, end)
        left = _SUMMED.sub("", self._bare(clause))
        items = [item for item in _LISTED.split(left) if item]
        if len(items) in (1, places) and not any(start <= m.quantity.start < start + len(left) for m in metrics):
            head = next((h for h in sorted(self._heads, key=len, reverse=True) if items[-1].endswith(h)), "")
            named = [self._lead.sub("", item) for item in items * (places // len(items))]
            return [((n if n.endswith(head) else n + head) or None, None) for n in named]
        measured = [m for m in metrics if m.quantity.end <= end][-places:]
        if len(measured) < places:
            return [(None, None)] * places
        return [(self._of(metric, ""), metric) for metric in measured]

    def _bare(self, words: str) -> str:
        """Words without what stands between a name and the place: adverbs, runs of years, where it stood before."""
        words = _FROM.sub("", words)
        while cut := self._aside.search(words) or _RUN.search(words):
            words = words[: cut.start()]
        among = _AMONG.match(words)
        return (among[1] or among[2]) if among else words

    def _of(self, metric: Metric, head: str) -> str | None:
        """The name of a number, and what of it is compared (增速)."""
        name = self._bare(self._lead.sub("", metric.name))
        return (name + (head if head in self._heads and head != "均" and not name.endswith(head) else "")) or None


def _clause(text: str, sentence_start: int, end: int) -> tuple[int, str]:
    """The clause that leads to `end`, with where it starts."""
    start = max(sentence_start, end - REACH)
    start = max((m.end() for m in _CLAUSE.finditer(text, start, end)), default=start)
    return start, text[start:end]


def _measured(metrics: Sequence[Metric]) -> Metric | None:
    """The last number that measures something; how much of a plan was done measures what stands before it."""
    return next((m for m in reversed(metrics) if not _TASK.search(m.name)), metrics[-1] if metrics else None)
