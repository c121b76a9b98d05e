"""What lists and parts have in common: which numbers add up, and a total against what is said to be in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce

from pipeline.analysis.checks.amounts import Amounts, Bounds
from pipeline.analysis.checks.contrasts import Contrasts, Words
from pipeline.analysis.checks.wording import addition, made
from pipeline.records import Check

REST = re.compile(r"^(?:其余|剩余|余下|另外?|其[他它])|^[一-龥]{1,8}[及和与]其[他它]")
"""The words of the last part of a whole."""
_UNREAD = re.compile(
    r"(?<!\d)\d[\d.]*(?![\d.]|[岁AG级年月日届期号]|[十百千万亿]*[元人亩头只户个吨名]?以[上下内])|[一二两三四五六七八九十百]+(?:余|多)?[个名件人项家户起条所座万千亩元]|若干|[数几]十?[个名件人项家户起条所座]"
)

_TWICE = re.compile(r"[^。！？\n]{0,12}?(?:双重|重复|交叉|兼|同时(?:受|获|享|具|属|是|有)|并处|两者|[二两]项)")
"""What tells behind a list that some are counted twice in it: 党纪处分5人、政务处分3人（双重处分1人）."""


class Sums:
    """Totals and their parts."""

    def __init__(self, contrasts: Contrasts, words: Words) -> None:
        self.contrasts = contrasts
        self.words = words

    def adds_up(self, amounts: Amounts, at: int) -> bool:
        """Whether the number is one of those that parts of a whole have: no rate, no average, no threshold."""
        return (
            amounts.counts[at]
            and not amounts.ratio(at)
            and not self.words.any("unlike", amounts.label(at), amounts.metrics[at].name, amounts.written(at)[-2:])
            and "/" not in amounts.metrics[at].unit_canonical
            and not amounts.tail(at).startswith(("以上", "以下", "的"))
        )

    def label(self, amounts: Amounts, at: int) -> str:
        """What a part is said of: the words before it, or those behind it where there are none."""
        return amounts.label(at) or amounts.tail(at)

    def single(self, amounts: Amounts, at: int, total: int) -> Iterator[Check]:
        """One part, which is not above its total."""
        holds = amounts.bounds(at).low <= amounts.bounds(total).high
        between = amounts.text[amounts.ends[total] : amounts.starts[at]]  # empty where the part stands first
        if not holds and _UNREAD.search(between.partition("其中")[0]) and total == at - 1:
            return
        sign = "≤" if holds else ">"
        detail = f"{'其中' if at > total else ''}{amounts.written(at)} {sign} {amounts.written(total)}"
        yield made(amounts, (total, at), "parts_of_total", holds, detail)

    def summed(self, amounts: Amounts, parts: Sequence[int], total: int, *, whole: bool, said: str) -> Iterator[Check]:
        """Several parts, which together are their total where they are the `whole` of it and else not above it."""
        of_parts = reduce(Bounds.__add__, map(amounts.bounds, parts))
        of_total = amounts.bounds(total)
        meets = of_parts.meets(of_total)
        holds = meets if whole else of_parts.low <= of_total.high
        if not holds and (
            self.unread(amounts, total, parts[-1]) or _TWICE.match(amounts.text, amounts.ends[parts[-1]])
        ):
            return
        sign = "=" if meets else "<" if of_parts.high < of_total.low else ">"
        detail = f"{said}{addition(amounts, parts)} {sign} {amounts.written(total)}"
        yield made(amounts, (total, *parts), "parts_of_total", holds, detail)

    def unread(self, amounts: Amounts, first: int, last: int) -> bool:
        """Whether a number stands between two that is none of the records: then a sum may lack it."""
        return any(_UNREAD.search(amounts.gaps[at]) for at in range(first + 1, last + 1))
