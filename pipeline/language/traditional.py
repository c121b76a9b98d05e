"""Texts in traditional characters: read as if they were written in simplified ones, told in their own.

Each character stands for one, so that all places stay. Where one character stands for two (后 for 後 and 后), what is told
takes the one that the text mostly writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.language.sentences import reworded
from pipeline.language.widths import among, codes_of
from pipeline.records import Check, Facts, Metric, Rank, Section, Sentence

_TABLE = Path(__file__).parent.parent / "rules" / "traditional.txt"


def _is_simplified_too(character: str) -> bool:
    """Whether texts in simplified characters write it as well: 於, 乾, 著."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


_LINES = _TABLE.read_text(encoding="utf-8").splitlines()
_PAIRS = [(line[0], line[1]) for line in _LINES if not line.startswith("#")]
_SIMPLE = {ord(traditional): simple for traditional, simple in _PAIRS}
TRADITIONAL = tuple(traditional for traditional, _ in _PAIRS if not _is_simplified_too(traditional))
"""Characters that only texts in traditional ones write."""
_IS_TRADITIONAL = among(TRADITIONAL)
_FEWEST, _SHARE = 4, 0.06  # of them among all characters of a text that is written so: it has about a third


def simplify(text: str) -> str:
    """Write traditional characters as simplified ones, one for one; the very text where it has none.

    >>> simplify("轉載請註明")
    '转载请注明'
    """
    return text.translate(_SIMPLE) if _IS_TRADITIONAL.take(codes_of(text)).any() else text


def as_simplified(text: str) -> str:
    """A text that is written in traditional characters in simplified ones; the very text where it quotes a few at most.

    >>> as_simplified("全縣實現財政總收入4348萬元"), as_simplified("沈從文的《邊城》读书会办了3期，读者踊跃参加，反响热烈，好评如潮")
    ('全县实现财政总收入4348万元', '沈從文的《邊城》读书会办了3期，读者踊跃参加，反响热烈，好评如潮')
    """
    count = int(_IS_TRADITIONAL.take(codes_of(text)).sum())
    return text.translate(_SIMPLE) if count >= max(_FEWEST, _SHARE * len(text)) else text


class Script:
    """Tells in the characters that a text is written in what was read of it in simplified ones."""

    def __init__(self, written: str, simple: str) -> None:
        self._written, self._simple = written, simple
        pairs = Counter(zip(simple, written, strict=True) if simple is not written else ())
        back: dict[str, str] = {}
        for (read, stands), _ in pairs.most_common():
            back.setdefault(read, stands)
        self._back = str.maketrans({read: stands for read, stands in back.items() if read != stands})

    def told(self, words: str) -> str:
        """Some words as the text writes them."""
        return words.translate(self._back)

    def _told(self, words: str | None) -> str | None:
        return None if words is None else self.told(words)

    def sentences(self, sentences: Sequence[Sentence]) -> Sequence[Sentence]:
        """Sentences with the words of the text."""
        return sentences if self._simple is self._written else reworded(self._written, sentences, self._simple)

    def section(self, section: Section) -> Section:
        """A section with its heading as it stands."""
        at = self._simple.find(section.heading, section.start, section.heading_end)
        heading = self._written[at : at + len(section.heading)] if at >= 0 else self.told(section.heading)
        return replace(section, heading=heading, path=self.told(section.path))

    def facts(self, facts: Facts) -> Facts:
        """Facts with the title and the issuer as they stand; a place keeps the name that tables of places have."""
        return replace(facts, title=self._told(facts.title), issuer=self._told(facts.issuer))

    def metric(self, metric: Metric) -> Metric:
        """A record with its words as they stand; units in their canonical form are those of the table."""
        quantity = metric.quantity._replace(unit=self.told(metric.quantity.unit))
        return metric._replace(
            name=self.told(metric.name),
            subject=self._told(metric.subject),
            modality=self._told(metric.modality),
            change_basis=self._told(metric.change_basis),
            quantity=quantity,
        )

    def rank(self, rank: Rank) -> Rank:
        """A place among others with its words as they stand."""
        return rank._replace(name=self._told(rank.name), subject=self._told(rank.subject), scope=self._told(rank.scope))

    def check(self, check: Check) -> Check:
        """A check with its words as they stand."""
        return replace(check, detail=self.told(check.detail))
