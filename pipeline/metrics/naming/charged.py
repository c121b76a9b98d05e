"""Names of so many charged with what the clause before is told to fight: 从严惩治抢劫犯罪，起诉|9人 is 起诉抢劫犯罪."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found

_CAMPAIGN = re.compile("(?:专项)?(?:斗争|行动|整治|治理|工作)$")
_UNITS = frozenset("人名件起宗案")
_NEAR, _FAR = 40, 60


def name_charged(text: str, found: Sequence[Found], words: NameWords) -> None:
    """Name in place so many of whom is only told that they were charged, arrested or sentenced, by the crime."""
    crime, end = "", 0
    for one in found:
        start = one.quantity.start
        if one.quantity.unit not in _UNITS or one.rule != "left" or not words.charged.fullmatch(one.name):
            continue
        if fought := words.fought.search(text, max(0, start - _FAR), start):
            crime = fought["crime"]
        elif start - end > _NEAR or any(mark in text[end:start] for mark in "。；\n"):
            crime = ""
        end = one.quantity.end
        if crime:
            campaign = _CAMPAIGN.sub("", crime)
            one.rename(one.name + crime if campaign == crime else campaign + one.name)
