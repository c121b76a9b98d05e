"""The rows of adverts.toml, compiled, and the one scan that says where in a text any of them is worth trying."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.cleaning.patterns import compile_pattern, removal_kind
from pipeline.errors import RulesError
from pipeline.records import EditKind
from pipeline.rules.schema import Advert

SCOPES = ("stretch", "line", "pieces", "cue", "body")
_BETWEEN_PIECES = r"[\s|丨/·：:【】\[\]()（）、，,；;>»-]*"
COMMON = (  # characters that reports use most, from the most common on: a search starts beside them if it can
    "业的建国和全新化发展大产工实进0设加一力中动推市1区增人政生民高成地持2作等行务强家城重经体制个提项以保改年资会开上能合企5有创入要农施目3治在平点济深长水社主理用基好.不为造质面现坚量级快服公升村万"
    "育心4品定三代文省%是度续机我完革6技投法安出学范规支优元系8科金性效各域事亿方7对商通稳五分程共场活态同落府乡源管部们更9位教争总标营领融到善本型费色特县打办划集关防计示统运步电医十策放环积群就自收"
)
BEHIND, AHEAD = 60, 200  # characters around a word in which its pattern is searched


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A row of adverts.toml, ready to search; equal only to itself."""

    rule: str
    kind: EditKind
    scope: str
    weight: int
    words: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues, by how they are found. ``pairs`` finds two characters of any word, cheaply."""

    pairs: re.Pattern[str]
    words: dict[
        str, tuple[tuple[str, int, tuple[Cue, ...]], ...]
    ]  # by pair: the word, where in it the pair is, its cues
    all: tuple[Cue, ...]
    short_lines: tuple[Cue, ...]
    helpers: tuple[Cue, ...]  # tried only in lines where another stands
    body: tuple[Cue, ...]

    def candidates(self, text: str) -> Iterator[tuple[int, tuple[Cue, ...]]]:
        """Where a word stands, and the cues to try there."""
        for found in self.pairs.finditer(text):
            at = found.start()
            for word, offset, cues in self.words.get(text[at : at + 2], ()):
                if at >= offset and text.startswith(word, at - offset):
                    yield at - offset, cues


def compile_cues(rows: Sequence[Advert]) -> Cues:
    """Compile the rows and build the scan from their words."""
    cues = {row.id: _cue(row) for row in rows}
    by_word: dict[str, list[Cue]] = {}
    for row in rows:
        for word in row.words if row.starts else ():
            if len(word) < 2:
                raise RulesError(f"Rule {row.id}: the word {word!r} is too short to search for. Give two characters.")
            by_word.setdefault(word, []).append(cues[row.id])
    words: dict[str, tuple[tuple[str, int, tuple[Cue, ...]], ...]] = {}
    for word, found in by_word.items():
        offset = _rarest_pair(word)
        pair = word[offset : offset + 2]
        words[pair] = (*words.get(pair, ()), (word, offset, tuple(found)))
    pairs = f"{_one_of(pair[0] for pair in words)}(?={_one_of(pair[1] for pair in words)})" if words else "(?!)"
    return Cues(
        pairs=re.compile(pairs),
        words=words,
        all=tuple(cues.values()),
        short_lines=tuple(cue for cue in cues.values() if cue.scope == "line" and not cue.words),
        helpers=tuple(cues[row.id] for row in rows if row.scope == "cue" and not (row.words and row.starts)),
        body=tuple(cue for cue in cues.values() if cue.scope == "body"),
    )


def _cue(row: Advert) -> Cue:
    if row.scope not in SCOPES:
        raise RulesError(f"Rule {row.id}: scope {row.scope} is none of {', '.join(SCOPES)}.")
    pattern = row.pattern.strip() or "|".join(map(re.escape, row.words))
    if row.scope == "pieces":  # atomic: a line is tried once, however its pieces could be cut
        piece = f"(?x:{pattern[4:]}\n)" if pattern.startswith("(?x)") else f"(?:{pattern})"
        pattern = f"(?:{_BETWEEN_PIECES}+(?>{piece}))++{_BETWEEN_PIECES}+"
    return Cue(row.id, removal_kind(row), row.scope, row.weight, row.words, compile_pattern(pattern, row))


def _rarest_pair(word: str) -> int:
    return max(range(len(word) - 1), key=lambda at: (_rarity(word[at]), _rarity(word[at + 1])))


def _rarity(character: str) -> int:
    """Rank of a character among those that reports use, the rare ones last."""
    at = COMMON.find(character)
    return len(COMMON) if at < 0 else at


def _one_of(characters: Iterable[str]) -> str:
    return "[" + "".join(re.escape(character) for character in sorted(set(characters))) + "]"
