"""What stands in brackets behind a number, and is told by the way: 引进项目26个（其中亿元项目4个），同比下降25%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.records import Quantity

_BRACKETS = re.compile("[（）]")


def outside_brackets(text: str, quantities: Sequence[Quantity]) -> dict[int, int]:
    """For each number behind a bracket that holds numbers the one before it: 引进项目26个（其中亿元项目4个），下降|25%."""
    out: dict[int, int] = {}
    opened: list[int] = []
    for n, (last, one) in enumerate(pairwise(quantities), 1):
        gap = text[last.end : one.start]
        if "（" not in gap and "）" not in gap and "\n" not in gap:
            continue
        if "\n" in gap:
            opened = []
        for mark in _BRACKETS.findall(gap):
            if mark == "（":
                opened.append(n - 1)
                out.pop(n, None)  # 征地（占32%）、涉诉（占|18%）
            elif opened and (at := opened.pop()) < n - 1:
                out[n] = at
    return out
