"""Names of kinds told one after the other, of which only the first says of what: 橙色|11期 behind 红色预警3期 is 橙色预警."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.metrics.page.found import Found
from pipeline.rules.schema import Kind

_MARKS = re.compile(
    "^[。，、；;,（(：:和及与]*(?:其中|另有|包括|来自|分别[为是]|(?:按|从|分)[^，。；：、0-9]{0,6}?(?:分|看))?[，,：:]?"
)
_IS = re.compile("(?:有|为|达到?|共|仅|占|是|各|就)*$")
_AMONG = re.compile("。[ \n]*其中")
_AGES = ("岁", "周岁")
_LONGEST, _FARTHEST = 16, 60


class Kinds:
    """The table of kinds, by what they are of; built once. See ``kinds.toml``."""

    def __init__(self, rows: Iterable[Kind]) -> None:
        self._rows = tuple(rows)
        self._kinds = tuple(frozenset(row.kinds) for row in self._rows)
        self._row_of = {head: at for at, row in enumerate(self._rows) for head in row.of}
        self._sizes = sorted({len(head) for head in self._row_of}, reverse=True)
        self._alone = tuple(kinds for row, kinds in zip(self._rows, self._kinds, strict=True) if row.alone)

    def name(self, text: str, found: Sequence[Found]) -> None:
        """Name the kinds that lists tell without what they are of, by what the last number of the list or its whole says."""
        heads: dict[tuple[int, str], tuple[str, Found]] = {}
        wrong = right = ""
        last = 0
        for n, one in enumerate(found):
            start, unit = one.quantity.start, one.quantity.unit
            if start - last > _FARTHEST or _parted(text, last, start):
                heads.clear()
                wrong = ""
            if not one.takes_over(wrong, right) and not one.changes and one.name:
                new = self._of_kind(text, one, last, heads) if n and found[n - 1].quantity.unit not in _AGES else ""
                if new:
                    wrong, right = one.name, new
                    one.rename(new)
                elif one.rule != "unit" and (head := self._head(one.name)):
                    heads.pop((self._row_of[head], unit), None)  # so that the last comes last
                    heads[self._row_of[head], unit] = head, one
            last = one.quantity.end

    def _of_kind(self, text: str, one: Found, last: int, heads: dict[tuple[int, str], tuple[str, Found]]) -> str:
        """The name of a number that only its kind stands before; else empty."""
        start, unit = one.quantity.start, one.quantity.unit
        if start - last > _LONGEST:
            return ""
        own = _IS.sub("", _MARKS.sub("", text[last:start]))
        at = next((row for row, of in reversed(heads) if of == unit and own in self._kinds[row]), None)
        if at is None:
            return own if own and self._of_two(one.name, own) else ""
        (head, whole), row = heads[at, unit], self._rows[at]
        if other := next((of for of in row.others if of in whole.plain), ""):
            return "" if other in one.name else own + other + head
        rest = whole.plain.removesuffix(head)
        astray = one.name == own + whole.plain and (rest in row.deeds or rest in self._kinds[at])  # 邻里|调解纠纷
        return "" if own in one.name and one.name.endswith(head) and not astray else own + head

    def _of_two(self, name: str, own: str) -> bool:
        """Whether a name was put together of two kinds of one thing: 副高|正高."""
        other = name.removeprefix(own) if name.startswith(own) else name.removesuffix(own)
        return other != name and any(own in kinds and other in kinds for kinds in self._alone)

    def _head(self, name: str) -> str:
        """What a name says that kinds are told of; else empty."""
        return next((name[-size:] for size in self._sizes if name[-size:] in self._row_of), "")


def _parted(text: str, begin: int, end: int) -> bool:
    """Whether a line or a sentence ends between two numbers, and the next does not go on with 其中."""
    if text.find("\n", begin, end) >= 0:
        return True
    stop = text.find("。", begin, end)
    return stop >= 0 and _AMONG.match(text, stop) is None
