"""Pass: words that a site wrote as letters to pass a filter."""

from __future__ import annotations

from pipeline.cleaning.kinds import LETTER
from pipeline.cleaning.knowledge import Knowledge
from pipeline.records import Edit

LONGEST = 9  # letters of a disguise


def restore_disguises(text: str, knowledge: Knowledge) -> list[Edit]:
    """Put disguised words right (``D建`` → 党建) where their neighbours leave no doubt; placeholders (``XX乡``) stay.

    No Latin letter follows a disguise, but a placeholder may stand before it (``XXD建``): it ends a run of letters.
    """
    edits, end = [], 0
    for at in knowledge.kinds.places(text, LETTER):
        run = knowledge.letters.match(text, at) if at >= end else None
        if run is None:
            continue
        end = run.end()
        edits += [
            Edit(*found.span(), disguise.meaning, "restored", disguise.rule)
            for start in range(max(at, end - LONGEST), end)
            for disguise in knowledge.disguises.get(text[start:end], ())
            if (found := disguise.pattern.match(text, start))
        ]
    return edits
