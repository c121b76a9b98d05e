"""What the passes know, compiled once: the rows of the tables, the profile of the archive, the trained model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from string import ascii_letters

from pipeline.cleaning.classifier import Classifier
from pipeline.cleaning.cues import Cues, compile_cues
from pipeline.cleaning.kinds import BLANK, FULL_WIDTH, LETTER, ODD_END, SIGN, TONES, TRADITIONAL, Kinds
from pipeline.cleaning.patterns import Searched, removal_kind
from pipeline.cleaning.profile import EMPTY_PROFILE, Profile
from pipeline.language.marks import LINE_ENDS
from pipeline.language.traditional import TRADITIONAL as TRADITIONAL_ONES
from pipeline.language.widths import FULL_TO_HALF
from pipeline.records import EditKind
from pipeline.rules import Rules
from pipeline.rules.schema import Advert, Disguise, Marker

_LATIN = re.compile("[A-Za-z]+")
_CHARACTERS = "".join(map(chr, range(1 << 16)))  # none beyond is a sign of a marker


@dataclass(frozen=True, eq=False)
class MarkerPattern(Searched):
    """A row of markers.toml, ready to search where one of its signs stands."""

    kind: EditKind
    signs: frozenset[str]
    begins: bool


@dataclass(frozen=True, eq=False)
class DisguisePattern(Searched):
    """A row of disguises.toml, ready to search."""

    meaning: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that a pass may ask for beside the text."""

    kinds: Kinds
    markers: tuple[MarkerPattern, ...]
    letters: re.Pattern[str]
    disguises: Mapping[str, Sequence[DisguisePattern]]  # by what is written
    cues: Cues
    profile: Profile
    classifier: Classifier | None


def compile_knowledge(
    rules: Rules, profile: Profile = EMPTY_PROFILE, classifier: Classifier | None = None
) -> Knowledge:
    """Compile the tables of the room; a pattern that is none is an error that names its row."""
    rows, forms = rules.table(Marker), dict[str, list[DisguisePattern]]()
    for row in rules.table(Disguise):
        disguise = DisguisePattern(row.id, _in_company(row), row.meaning)
        for form in row.written:
            forms.setdefault(form, []).append(disguise)
    markers = tuple(MarkerPattern(row.id, row.pattern, removal_kind(row), _members(row), row.begins) for row in rows)
    cues = compile_cues(rules.table(Advert))
    if rules.folder is not None:  # a user's own rows are proved at once, ours by the tests
        for searched in chain(markers, *forms.values(), cues.all):
            searched.pattern  # noqa: B018
    mixed = sorted((form for form in forms if not _LATIN.fullmatch(form)), key=lambda form: (-len(form), form))
    return Knowledge(
        kinds=_kinds(markers, mixed),
        markers=markers,
        letters=_letters(mixed),
        disguises=forms,
        cues=cues,
        profile=profile,
        classifier=classifier,
    )


def _kinds(markers: Sequence[MarkerPattern], mixed: Sequence[str]) -> Kinds:
    """The kinds of characters that all passes look for."""
    return Kinds(
        {
            FULL_WIDTH: map(chr, FULL_TO_HALF),
            TRADITIONAL: TRADITIONAL_ONES,
            SIGN: chain("#*", chain.from_iterable(marker.signs for marker in markers)),
            LETTER: (*ascii_letters, *(form[0] for form in mixed), *TONES),
            BLANK: (sign for sign in _CHARACTERS if sign.isspace() and sign not in LINE_ENDS),
            ODD_END: LINE_ENDS.replace("\n", ""),
        }
    )


def _members(row: Marker) -> frozenset[str]:
    """The characters of a class."""
    return frozenset(Searched(row.id, f"[{row.signs}]").pattern.findall(_CHARACTERS))


def _letters(mixed: Sequence[str]) -> re.Pattern[str]:
    """Runs of Latin letters, and forms that hold something else; classes stand first, so that a text is read fast."""
    firsts, seconds = (re.escape("".join({form[at : at + 1] for form in mixed})) for at in (0, 1))
    alone = re.escape("".join(form for form in mixed if len(form) == 1))
    rests = "|".join(re.escape(form[1:]) for form in mixed if len(form) > 1)
    further = f"(?=[{seconds}])(?:{rests})|" if rests else ""
    return re.compile(f"[A-Za-z{firsts}](?:{further}(?<=[A-Za-z{alone}])[A-Za-z]*)")


def _in_company(row: Disguise) -> str:
    """The letters where their neighbours make them a word: what stands before is looked back at from behind them."""
    letters = f"(?:{'|'.join(map(re.escape, row.written))})"
    against = "".join(f"(?<!{before}{letters})" for before in row.unless_before)
    against += "".join(f"(?!{after})" for after in row.unless_after)
    company = [f"(?={after})" for after in row.after] + [f"(?<={before}{letters})" for before in row.before]
    return f"{letters}{against}(?:{'|'.join(company)})"
