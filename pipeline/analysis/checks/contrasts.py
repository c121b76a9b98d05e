"""Whether phrases name parts of a whole that have nothing in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.rules.schema import CheckWord
from pipeline.rules.schema import Contrast as Row

_SEVERAL = re.compile(r"以上|以下|及其?|和|与|或|超过|不足")


class Parted(NamedTuple):
    """How phrases part a whole; `whole` tells that all its parts are there."""

    row: str
    whole: bool


class Contrasts:
    """The table of contrasts, ready to be asked."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._wholes = {row.id: frozenset(row.members) if row.whole else None for row in rows}
        self._several = {row.id: row.several for row in rows}
        self._members = [
            (row.id, re.compile("|".join(map(re.escape, sorted(row.members, key=len, reverse=True)))))
            for row in rows
            if row.members
        ]
        self._begun: dict[str, set[int]] = {}  # by the first two signs of a member the places of its rows
        for at, members in enumerate(row.members for row in rows if row.members):
            for member in members:
                self._begun.setdefault(member[:2], set()).add(at)
        self._ends = {row.id: re.compile(rf"[一-龥]+?(?:{'|'.join(row.ends)})") for row in rows if row.ends}

    def exhausts(self, row: str) -> bool:
        """Whether the members of a row together are the whole."""
        return self._wholes.get(row) is not None

    def names(self, label: str) -> bool:
        """Whether a phrase may name the first of several parts."""
        label = label.replace("及以上", "")
        return any(pattern.search(label) for _, pattern in self._naming(label)) or any(
            pattern.match(label) for pattern in self._ends.values()
        )

    def _naming(self, label: str) -> list[tuple[str, re.Pattern[str]]]:
        """The rows that may have a member in a phrase, with what finds their members."""
        begins = {label[at:end] for at in range(len(label)) for end in (at + 1, at + 2)}
        places = set[int]().union(*(self._begun[signs] for signs in begins if signs in self._begun))
        return [self._members[at] for at in sorted(places)]

    def parted(self, labels: Sequence[str]) -> Parted | None:
        """The row by which each phrase names another part; None where they may overlap."""
        if len(labels) > 2:  # 大学及以上, 高中, 初中及以下: bands from the highest to the lowest
            labels = [labels[0].replace("及以上", ""), *labels[1:-1], labels[-1].replace("及以下", "")]
        if len(labels) < 2 or any(_SEVERAL.search(label) for label in labels):
            return None
        for row, pattern in self._naming(labels[0]):
            if not all(map(pattern.search, labels)) or any(s in label for s in self._several[row] for label in labels):
                continue
            found = [frozenset(pattern.findall(label)) for label in labels]
            if all(len(members) == 1 for members in found):
                different = frozenset[str]().union(*found)
                if len(different) == len(labels):
                    return Parted(row, different == self._wholes[row])
        for row, pattern in self._ends.items():
            heads = [match[0] for label in labels if (match := pattern.match(label)) and match[0][0] not in "全各本该"]
            if len(heads) == len(labels) == len(set(heads)):
                return Parted(row, False)
        return None


class Words:
    """The words that tell whether two numbers can be held against each other."""

    def __init__(self, rows: Iterable[CheckWord]) -> None:
        written: dict[str, list[str]] = {}
        for row in rows:
            written.setdefault(row.kind, []).extend(row.written)
        self._written = {kind: frozenset(words) for kind, words in written.items()}
        self._patterns = {kind: re.compile("|".join(map(re.escape, words))) for kind, words in written.items()}
        self._last = {
            kind: re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?:为|达|达到|保持在|提高到|稳定在|约|均)*$")
            for kind, words in written.items()
        }

    def any(self, kind: str, *phrases: str) -> bool:
        """Whether a word of a kind stands in one of some phrases."""
        pattern = self._patterns[kind]
        return any(pattern.search(phrase) is not None for phrase in phrases)

    def whole(self, kind: str, word: str) -> bool:
        """Whether a word is one of a kind."""
        return word in self._written[kind]

    def ends(self, kind: str, phrase: str) -> bool:
        """Whether a phrase ends in a word of a kind, a verb behind it aside: 合格率达到."""
        return self._last[kind].search(phrase) is not None
