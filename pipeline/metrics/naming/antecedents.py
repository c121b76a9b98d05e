"""Which number before one is what it goes on with: the total behind its parts, the amount of a rate, that in its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.metrics.comparisons.comparing import OF_PLAN, OF_WHOLE
from pipeline.metrics.naming.context import Context
from pipeline.metrics.page.found import Found, before_in_unit
from pipeline.metrics.page.page import Page
from pipeline.metrics.page.tokens import plain
from pipeline.records import Quantity

_SUPERLATIVE = re.compile("最[高低大小多少]的")
_COME_TO = re.compile("(?:已|现|又|现已|目前|目前已|今年|如今)?(?:发展|增加|扩大|增长|上升|减少|下降|扩展)[到至]")
_POINTS = ("", "%", "‰", "百分点", "倍")
_MOST_BEFORE = 40
"""How many numbers before one are looked at for one in its unit, so that the time of naming is linear in the text."""


class Antecedents:
    """Finds them among the numbers of one page that are named already."""

    def __init__(self, page: Page, context: Context, quantities: Sequence[Quantity], types: list[int]) -> None:
        self.context, self.quantities, self._types = context, quantities, types
        self._words, self._tags = page.lexicon.words, page.lexicon.tags
        self._follows, self._firsts = context.follows.tolist(), page.first.tolist()
        self._content, self._listed = context.content.tolist(), context.listed.tolist()
        self._changed = [change is not None for change in context.changes]
        self._lefts = context.left.start.tolist(), context.left.end.tolist()
        self._counts = [name in ("people", "count") for name in context.unit_names]

    def of(self, n: int, found: Sequence[Found]) -> Found | None:
        """The number that this one may go on with, which is no age where people are counted.

        Behind the parts of a total that is the total: 4件，其中匿名1件，已办结3件; a change is that of the number before
        its share of a whole or of a plan: 收入4480万元，完成预算的106%，比上年增加640万元.
        """
        if not self._follows[n]:
            return None
        if (outside := self.context.outside.get(n, -1)) >= self._firsts[n]:
            return found[outside]
        at, begin = n - 1, self._lefts[0][n]
        if not self._listed[n] and begin < self._lefts[1][n] and self._tags[self._types[begin]] == "d":
            while at > self._firsts[n] and self._listed[at]:
                at -= 1
            inner = self._types[self._lefts[0][at] : self._lefts[1][at]]
            at = at - 1 if at > self._firsts[n] and any(self._words[t] == "其中" for t in inner) else n - 1
        if at > self._firsts[n] and found[at].quantity.unit == "岁" and self.context.unit_names[n] == "people":
            at -= 1
        unit, first = self.quantities[n].unit, self._firsts[n]
        if (other := self.context.against.get(n)) and other.amount and at > first:
            at -= 1
        before = found[at]
        if not self._content[n] and self._counts[n] and unit != before.quantity.unit:
            again = before.quantity.unit == "户" and n in self.context.recounts  # 新增低保276户|462人
            return before if again else self._alike(n, found) or before
        if at > first and self._changed[n] and (amount := self._amount_of(n, found)):
            return amount
        if at > first and self.context.changes[n] and unit != "百分点" and before.name == before.plain:
            at -= bool(OF_PLAN.fullmatch(before.name) or (OF_WHOLE.fullmatch(before.name) and unit not in ("", "%")))
        return found[at]

    def _amount_of(self, n: int, found: Sequence[Found]) -> Found | None:
        """The amount before a rate that a change is of, by its unit: 优良天数325天，优良率89%，增加|12天."""
        unit, rate = self.quantities[n].unit, found[n - 1]
        if unit in _POINTS or rate.quantity.unit not in _POINTS or not rate.name.endswith("率"):
            return None
        one = next(self._in_unit_of(n, found), None)
        return one if one is not None and one.change is None and one.rule != "unit" else None

    def _alike(self, n: int, found: Sequence[Found]) -> Found | None:
        """The number before that a change is of, by its unit: 事故6起、死亡5人，比上年减少|3起、|2人."""
        if not self._changed[n]:
            return None
        one = next((one for one in self._in_unit_of(n, found) if one.rule != "unit"), None)
        return one if one is not None and (one.change is None or self._listed[n]) else None

    def _in_unit_of(self, n: int, found: Sequence[Found]) -> Iterator[Found]:
        """The numbers before one in its sentence that are in its unit, the nearest first."""
        first = max(self._firsts[n], n - _MOST_BEFORE)
        return (found[at] for at in before_in_unit(found, n, self.quantities[n].unit, first))

    def same_as(self, n: int, found: Sequence[Found]) -> Found | None:
        """The number that this one tells the largest or smallest of, or what became of: the last before in the same unit.

        户均收入1.2万元，最多的李家湾达3万元; 网点14个，覆盖率40%，已发展到31个.
        """
        start, end = self._lefts[0][n], self._lefts[1][n]
        if end - start < 2:
            return None
        first, last = self._words[self._types[start]], self._words[self._types[end - 1]]
        if first[0] == "最":
            tags = [self._tags[t] for t in self._types[start:end]]
            said = "v" in tags and tags[-1] not in ("v", "ul")  # what the one did: 最大的一家|缴纳税金80万元
            if said or not _SUPERLATIVE.match(self._text_of(start, min(start + 3, end))):
                return None
        elif last[-1] not in "到至" or end - start > 4 or not _COME_TO.fullmatch(self._text_of(start, end)):
            return None
        return next((one for one in self._in_unit_of(n, found) if one.name and one.change is None), None)

    def _text_of(self, start: int, end: int) -> str:
        return plain("".join([self._words[t] for t in self._types[start:end]]))
