"""Pass: words that a site wrote as letters to pass a filter."""

from __future__ import annotations

from pipeline.cleaning.knowledge import Knowledge
from pipeline.records import Edit


def restore_disguises(text: str, knowledge: Knowledge) -> list[Edit]:
    """Put disguised words right (``D建`` → 党建) where their neighbours leave no doubt; placeholders (``XX乡``) stay."""
    found = set(knowledge.letters.findall(text))
    return [
        Edit(match.start(), match.end(), disguise.meaning, "restored", disguise.rule)
        for disguise in knowledge.disguises
        if not found.isdisjoint(disguise.written)
        for match in disguise.pattern.finditer(text)
    ]
