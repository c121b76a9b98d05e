"""What the passes know, compiled once: the rows of the tables and the profile of the archive."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.cleaning.cues import Cues, compile_cues
from pipeline.cleaning.patterns import compile_pattern, removal_kind
from pipeline.cleaning.profile import EMPTY_PROFILE, Profile
from pipeline.records import EditKind
from pipeline.rules import Rules
from pipeline.rules.schema import Advert, Disguise, Marker


@dataclass(frozen=True, slots=True)
class MarkerPattern:
    """A row of markers.toml, ready to search."""

    rule: str
    kind: EditKind
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class DisguisePattern:
    """A row of disguises.toml, ready to search."""

    rule: str
    meaning: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that a pass may ask for beside the text. ``tokens`` finds any disguise; its group n is disguise n - 1."""

    markers: tuple[MarkerPattern, ...]
    disguises: tuple[DisguisePattern, ...]
    tokens: re.Pattern[str]
    cues: Cues
    profile: Profile


def compile_knowledge(rules: Rules, profile: Profile = EMPTY_PROFILE) -> Knowledge:
    """Compile the tables of the room; a pattern that is none is an error that names its row."""
    disguises = rules.table(Disguise)
    return Knowledge(
        markers=tuple(
            MarkerPattern(row.id, removal_kind(row), row.needs, compile_pattern(row.pattern, row))
            for row in rules.table(Marker)
        ),
        disguises=tuple(
            DisguisePattern(row.id, row.meaning, compile_pattern(_in_company(row), row)) for row in disguises
        ),
        tokens=re.compile("|".join(f"({row.token})" for row in disguises) or "(?!)"),
        cues=compile_cues(rules.table(Advert)),
        profile=profile,
    )


def _in_company(row: Disguise) -> str:
    """The token where its neighbours make it a word: what stands before is looked back at from behind the token."""
    against = "".join(f"(?<!{before}{row.token})" for before in row.unless_before)
    against += "".join(f"(?!{after})" for after in row.unless_after)
    company = [f"(?={after})" for after in row.after] + [f"(?<={before}{row.token})" for before in row.before]
    return f"{row.token}{against}(?:{'|'.join(company)})"
