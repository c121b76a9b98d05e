"""Names of places and organisations: what they end in, and 全县, 我市 and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.rules.schema import BodyWord

_LEVELS = ("nation", "province", "city", "county", "township", "village")


class Bodies:
    """The table of bodies, made ready; built once. Patterns of ends are for whole names; see ``bodies.toml``.

    ``body``: places and organisations; ``group``: people, stretches of land and works, of which a report tells as it
    does of a body; ``other``: what else may be meant, though not as often; ``doer``: who builds and founds things, and
    is not only built; ``place``: what may stand before what is measured there. ``whole`` is 全县 and the like, which
    begins with one of ``whole_firsts``.
    """

    def __init__(self, rows: Iterable[BodyWord]) -> None:
        self._words: dict[str, list[str]] = {}
        self._patterns: dict[str, list[str]] = {}
        for row in rows:
            guard = f"(?<![{re.escape(row.not_after)}])" if row.not_after else ""
            for use in row.uses:
                self._words.setdefault(use, []).extend(row.written)
                self._patterns.setdefault(use, []).extend(guard + re.escape(word) for word in row.written)
                self._patterns[use].extend(row.patterns)
        self.body, self.group, self.doer = (self._ending(use) for use in ("body", "group", "doer"))
        self.other = re.compile(f"我|[他她它]们?|.*(?:{self._either('other')})")
        self.place = re.compile(rf"(?![全各每我本新]|[省市县乡村]级).{{2,}}(?:{self._either('place')})")
        self.whole = re.compile(
            f"全(?:{self._either('all')})(?:城乡)?|(?:我们|[我本])(?:{self._either('ours')})(?!委|府)"
            f"|该(?:{self._either('this')})|各(?:{self._either('each')})|{self._either('whole')}"
        )
        self.whole_firsts = frozenset("全我本该各").union(word[0] for word in self._words.get("whole", ()))
        self.deed = re.compile(
            f"(?:{self._either('manner')})*(?:{self._either('deed')})"
            f"(?!(?:[^，。]{{0,3}})?(?:{self._either('deed_named')})$).|.+(?:{self._either('deed_inside')})."
        )
        """What a clause does, and no body: 培育规上企业. A name may begin with the same words: 培训中心, 建设单位."""
        self.measured = re.compile(self._either("measured"))
        """What stands at the head of what is measured and is no body: a name, and behind the bar how the text goes on."""
        self.larger = {level: self._above(depth) for depth, level in enumerate(_LEVELS)}
        """What is more than the place of a report of an administrative level."""
        self._owner = re.compile(f"(?!.*财政$)(?:{self.whole.pattern})|.*(?:{self._either('owner')})")
        self._goes_with = tuple(self._words.get("goes_with", ()))

    def _either(self, use: str) -> str:
        """A pattern of all words of a use, longer ones first; one that never matches where there are none."""
        return "|".join(sorted(self._patterns.get(use, ()), key=len, reverse=True)) or "(?!)"

    def _ending(self, use: str) -> re.Pattern[str]:
        return re.compile(f".*(?:{self._either(use)})")

    def _above(self, depth: int) -> frozenset[str]:
        """全区 may be that of a district."""
        names = frozenset(name for level in _LEVELS[:depth] for name in self._words.get(level, ()))
        return names - {"全区"} if _LEVELS[depth] == "county" else names

    def shape(self, name: str) -> int:
        """Whether a name is that of a body (1), a whole (2) and a group (4), in bits."""
        kinds = (self.body, self.whole, self.group)
        return sum((kind.fullmatch(name) is not None) << bit for bit, kind in enumerate(kinds))

    def is_named_place(self, name: str) -> bool:
        """Whether a name is that of a place, 东港镇."""
        return self.place.fullmatch(name) is not None

    def without_owner(self, name: str, subject: str | None) -> str:
        """A name without the place or organisation that it begins with and that the record names apart.

        >>> from pipeline.rules import Rules
        >>> bodies = Bodies(Rules().table(BodyWord))
        >>> bodies.without_owner("青石镇林地面积", "青石镇"), bodies.without_owner("职工人数", "职工")
        ('林地面积', '职工人数')
        """
        if not subject or not name.startswith(subject):
            return name
        if not self.is_named_place(subject) and not self._owner.fullmatch(subject):
            return name
        rest = name[len(subject) :].lstrip("的")
        return name if len(rest) < 2 or rest.startswith(self._goes_with) else rest
