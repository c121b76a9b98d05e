"""Pass: words that a site wrote as letters to pass a filter, misread figures, sounds in brackets."""

from __future__ import annotations

import re

from pipeline.cleaning.figures import LIKE_FIGURES, figures_meant, stops_meant
from pipeline.cleaning.kinds import LETTER, TONES
from pipeline.cleaning.knowledge import Knowledge
from pipeline.records import Edit

LONGEST = 9  # letters of a disguise
_YEAR = re.compile("年(?<=[一二][九〇○零0][〇○零0一二三四五六七八九]{2}年)")  # found fast, since a character begins it

_SOUND = re.compile(
    rf"(?<=[㐀-鿿])(?:\((?=[a-zɡ]{{0,3}}[{TONES}])[a-zɡ{TONES}]{{1,7}}\)|（(?=[a-zɡ]{{0,3}}[{TONES}])[a-zɡ{TONES}]{{1,7}}）"
    rf"|(?P<plain>\([a-z]{{1,6}}\)))"
)
_TONELESS = frozenset(("de", "le", "me", "men", "ma", "ge", "zi", "tou", "li", "ne", "zhe", "er", "ba", "bu"))
_FEW = 3
"""So many sounds tell that a text is full of them, and that its author did not gloss a rare character."""


def restore_disguises(text: str, knowledge: Knowledge) -> list[Edit]:
    """Put disguised words right (``D建`` → 党建) where their neighbours leave no doubt; placeholders (``XX乡``) stay.

    No Latin letter follows a disguise, but a placeholder may stand before it (``XXD建``): it ends a run of letters.
    """
    edits, end, read, toned = _noughts(text) + stops_meant(text), 0, 0, False
    for at in knowledge.kinds.places(text, LETTER):
        run = knowledge.letters.match(text, at) if at >= end else None
        if run is None:
            toned = toned or text[at] in TONES
            continue
        end = run.end()
        if text[at] in LIKE_FIGURES and at >= read and (meant := figures_meant(text, at)):
            edits += meant
            read = meant[-1].end
        for start in range(max(at, end - LONGEST), end):
            for disguise in knowledge.disguises.get(text[start:end], ()):
                if found := disguise.pattern.match(text, start):
                    edits.append(Edit(*found.span(), disguise.meaning, "restored", disguise.rule))
    return edits + _sounds(text) if toned else edits


def _noughts(text: str) -> list[Edit]:
    """The figure 0 in a year of Chinese numerals: 二0一九年 → 二〇一九年."""
    return [
        Edit(at, at + 1, "〇", "restored", "nought_in_year")
        for year in _YEAR.finditer(text)
        for at in range(year.start() - 3, year.start())
        if text[at] == "0"
    ]


def _sounds(text: str) -> list[Edit]:
    """The sounds that mirrors of a page put behind traditional characters: 實(shí)現(xiàn) → 實現."""
    found = list(_SOUND.finditer(text))
    if sum(sound["plain"] is None for sound in found) < _FEW:
        return []
    return [
        Edit(*sound.span(), "", "markup", "sound_in_brackets")
        for sound in found
        if sound["plain"] is None or sound["plain"][1:-1] in _TONELESS
    ]
