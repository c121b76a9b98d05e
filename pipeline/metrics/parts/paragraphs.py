"""Parts over the ends of paragraphs: a paragraph that begins with 其中, and lines behind 其中：, each with a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pipeline.language.clauses import begin_of
from pipeline.metrics.page.numbers import Number, amount_in, holds
from pipeline.metrics.parts.beside import are_beside
from pipeline.metrics.parts.part_words import PartWords
from pipeline.metrics.parts.totals import totals_of

_OPENS = re.compile(r"\s*其中[^年期]")
_LEADS = re.compile("[^。；\n]{0,40}(?:其中|包括|分别[是为])(?:如下)?[：:，,]?[ \u3000\t]*")
_ITEM = re.compile(
    "[ \u3000\t]*(?:[0-9]{1,2}[、.．）)]|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,2}、|[①-⑳]|[-—*·•●◆■]+)?"
    "[ \u3000\t]*[^。；\n]{1,24}"
)
"""A paragraph that tells of parts, the end of one behind which lines do, and what stands before the number of such a line."""
_FILLED = 1.02
_BACK, _FAR = 6, 200
"""How far parts may go over their total, and among how many numbers and characters before its lines that is looked for."""


def totals_of_text(
    text: str, numbers: Sequence[Number], paragraphs: Sequence[int], words: PartWords
) -> list[int | None]:
    """For each number of a text the place of its total, or None; `paragraphs` tells where that of each begins."""
    totals: list[int | None] = []
    for _, group in groupby(range(len(numbers)), key=_joined(text, numbers, paragraphs).__getitem__):
        first = len(totals)
        parts = totals_of(text, [numbers[n] for n in group], words)
        totals += [None if part is None else first + part for part in parts]
    n = 1
    while n < len(numbers):
        n = _listed(text, numbers, paragraphs, totals, n) if paragraphs[n] != paragraphs[n - 1] else n + 1
    return totals


def _joined(text: str, numbers: Sequence[Number], paragraphs: Sequence[int]) -> list[int]:
    """The paragraphs, as one where the second tells of parts of what the first does."""
    joined = list(paragraphs)
    for n in range(1, len(joined)):
        start = paragraphs[n]
        opens = _OPENS.match(text, start) and "\n" not in text[numbers[n - 1].end : start].strip()
        if start == paragraphs[n - 1] or opens:
            joined[n] = joined[n - 1]
    return joined


def _listed(text: str, numbers: Sequence[Number], paragraphs: Sequence[int], totals: list[int | None], at: int) -> int:
    """Fill in the total of the numbers of lines that begin with `at` where what stands before leads to its parts; the next number."""
    last = numbers[at - 1].end
    lead = text.find("\n", last, numbers[at].start)
    if lead < 0 or not _LEADS.fullmatch(text, last, lead):
        return at + 1
    begin = begin_of(text, last, "。\n", max(last - _FAR + 1, 0))
    wholes = [n for n in range(at - 1, max(-1, at - 1 - _BACK), -1) if numbers[n].start >= begin]
    wholes = [n for n in wholes if not (numbers[n].moves or numbers[n].share or numbers[n].lone)]
    sums = dict.fromkeys(wholes, 0.0)
    for n in range(at, len(numbers)):
        one, before = numbers[n], numbers[n - 1]
        heads = paragraphs[n] != paragraphs[n - 1]
        if heads:
            line_end = text.rfind("\n", 0, one.start)
            skips = n > at and "\n" in text[before.end : line_end]  # a line without a number
            if skips or not _ITEM.fullmatch(text, line_end + 1, one.start):
                return max(n, at + 1)
        elif totals[n] is not None or not are_beside(before, one):
            continue
        whole = next((w for w in wholes if not one.moves and holds(numbers[w], one)), None)
        if whole is None:
            if heads:
                return max(n, at + 1)
            continue
        sums[whole] += amount_in(one, numbers[whole]) or 0.0
        if sums[whole] > _FILLED * numbers[whole].value:
            return max(n, at + 1)
        totals[n] = whole
    return len(numbers)
