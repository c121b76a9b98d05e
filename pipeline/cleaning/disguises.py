"""Pass: words that a site wrote as letters to pass a filter."""

from __future__ import annotations

from pipeline.cleaning.knowledge import Knowledge
from pipeline.records import Edit


def restore_disguises(text: str, knowledge: Knowledge) -> list[Edit]:
    """Put disguised words right (``D建`` → 党建) where their neighbours leave no doubt; placeholders (``XX乡``) stay."""
    found = {match.lastindex for match in knowledge.tokens.finditer(text)}
    return [
        Edit(match.start(), match.end(), disguise.meaning, "restored", disguise.rule)
        for number, disguise in enumerate(knowledge.disguises, 1)
        if number in found
        for match in disguise.pattern.finditer(text)
    ]
