"""The names of what is measured, less what does not change which quantity it is: 全市地区生产总值增速 is 地区生产总值."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.language.widths import fold_width
from pipeline.rules.schema import MetricCue

_SIGNS = str.maketrans("()", "（）", "“”\"'‘’《》〈〉「」·的 \u3000\xa0\n\r\t")
_BRACKETS = re.compile(r"（[^（）改扩]*）")  # 新（改、扩）建 is more than 新建
_SHORT = (("规模以上", "规上"), ("限额以上", "限上"), ("规模工业", "规上工业"))


class Wording(NamedTuple):
    """A wording of a name; ``grows`` where a word that speaks of growth was taken off (增速, 涨幅)."""

    text: str
    grows: bool


def bare(name: str) -> str:
    """A name without quotes, blanks and 的, Latin letters as capitals, 规模以上 as 规上.

    >>> bare("规模以上“专精特新”企业的产值")
    '规上专精特新企业产值'
    """
    text = fold_width(name).translate(_SIGNS).upper()
    for long, short in _SHORT:
        text = text.replace(long, short)
    return text


class Wordings:
    """Takes off a name, step by step, what stands in the table of cues as ``name_before``, ``name_after``, ``name_growth``."""

    def __init__(self, cues: Iterable[MetricCue]) -> None:
        kinds: dict[str, list[str]] = {"name_before": [], "name_after": [], "name_growth": []}
        for row in cues:
            if row.kind in kinds:
                kinds[row.kind] += row.written
        before, after, growth = (
            "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))) for words in kinds.values()
        )
        self._before = re.compile(f"(?:{before})+(?=..)")
        self._after = re.compile(f"(?<=..)(?:(?P<grows>{growth})|{after})$")

    def of(self, name: str) -> Iterator[Wording]:
        """The name as `bare` gives it, then shorter and shorter ones; the last is its head."""
        text, grows = bare(name), False
        yield Wording(text, grows)
        without = _BRACKETS.sub("", text)
        if without != text and len(without) > 1:
            text = without
            yield Wording(text, grows)
        if begins := self._before.match(text):
            text = text[begins.end() :]
            yield Wording(text, grows)
        while ends := self._after.search(text):
            text = text[: ends.start()]
            grows = grows or ends["grows"] is not None
            yield Wording(text, grows)

    def head(self, name: str) -> str:
        """The shortest wording of a name."""
        *_, last = self.of(name)
        return last.text
