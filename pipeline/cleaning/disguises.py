"""Pass: words that a site wrote as letters to pass a filter, and noughts of years in Chinese numerals."""

from __future__ import annotations

import re

from pipeline.cleaning.kinds import LETTER
from pipeline.cleaning.knowledge import Knowledge
from pipeline.records import Edit

LONGEST = 9  # letters of a disguise
_YEAR = re.compile("年(?<=[一二][九〇○零0][〇○零0一二三四五六七八九]{2}年)")  # found fast, since a character begins it


def restore_disguises(text: str, knowledge: Knowledge) -> list[Edit]:
    """Put disguised words right (``D建`` → 党建) where their neighbours leave no doubt; placeholders (``XX乡``) stay.

    No Latin letter follows a disguise, but a placeholder may stand before it (``XXD建``): it ends a run of letters.
    """
    edits, end = _noughts(text), 0
    for at in knowledge.kinds.places(text, LETTER):
        run = knowledge.letters.match(text, at) if at >= end else None
        if run is None:
            continue
        end = run.end()
        for start in range(max(at, end - LONGEST), end):
            for disguise in knowledge.disguises.get(text[start:end], ()):
                if found := disguise.pattern.match(text, start):
                    edits.append(Edit(*found.span(), disguise.meaning, "restored", disguise.rule))
    return edits


def _noughts(text: str) -> list[Edit]:
    """The figure 0 in a year of Chinese numerals: 二0一九年 → 二〇一九年."""
    return [
        Edit(at, at + 1, "〇", "restored", "nought_in_year")
        for year in _YEAR.finditer(text)
        for at in range(year.start() - 3, year.start())
        if text[at] == "0"
    ]
