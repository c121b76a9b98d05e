"""Names of places and organisations: what they end in, and 全县, 我市 and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.language.uses import Uses
from pipeline.metrics.page.hashing import REMEMBERED
from pipeline.rules.schema import BodyWord

_PLACED = "[全我本各该]|.{2,}(?:[省市州盟县旗]|(?<![城集])镇|(?<!城)乡|(?<![农乡政困])村|街道|社区)(?=[^级办属])"
"""What tells whose people they are: 全镇党员, 东港镇职工."""
_ANY_PLACE = re.compile(
    "(?:贫困|脱贫|出列|示范|信用|先进|试点|重点|行政|自然|空壳|薄弱|文明|城中|移民|民族|帮扶|联系|生态|美丽|特色|小康|中心|所有|这些|其他|其余"
    "|取缔|引摊入|专业|硬化通|管理晋|每|负债|转让|落户|进入|走进|乡镇|部分|少数|多数|不少|周边|[邻外两几个一二三四五六七八九十百多该此本])(?:[省市州盟县区旗镇乡村]|街道|社区|公社|大队)+$|[、和与及]"
)
"""Any places of a kind, and no one of them."""
GOES_ON = re.compile("(?<=[省市县区旗乡镇村])(?:“.*|[修建办种把则靠])$")
"""What goes on behind the name of a place: 石桥村“板凳会”, 石桥村修."""
_ENDS = frozenset("省市州盟县区旗乡镇村道社队修建办种把则靠")
"""What the name of a place may end in, or what goes on behind it."""
_HEAD = re.compile("[一-龥]{2,3}(?:镇|(?<![下返进入回离])乡)(?=[一-龥])")
"""漆树乡 at the head of what is said on it: 漆树乡山高地冷."""
_LEVELS = ("nation", "province", "city", "county", "township", "village")


def _with(uses: Uses, use: str) -> str:
    """A pattern of a name in the midst of which a word of a use stands; characters that begin none are passed at once."""
    words, firsts = uses.either(use), uses.firsts(use)
    known = rf"[^{firsts}]*+(?=[{firsts}])(?>(?:[^{firsts}]++|(?!{words}).)*)"
    return rf".{known}(?:{words})." if firsts else rf".+(?:{words})."


class Bodies:
    """The table of bodies, made ready; built once. See ``bodies.toml``.

    ``body``: places and organisations; ``group``: people, stretches of land and works, of which a report tells as it
    does of a body; ``other``: what else may be meant, though not as often; ``doer``: who builds and founds things, and
    is not only built; ``place``: what may stand before what is measured there. ``whole`` is 全县 and the like, which
    begins with one of ``whole_firsts``.
    """

    def __init__(self, rows: Sequence[BodyWord]) -> None:
        uses = Uses(rows)
        self.body, self.group, self.doer = (uses.ends(use) for use in ("body", "group", "doer"))
        self.other, self._owner = uses.ends("other"), uses.ends("owner")
        self.place = re.compile(rf"(?![全各每我本新]|[省市县乡村]级).{{2,}}(?:{uses.either('place')})")
        self.whole = re.compile(
            f"全(?:{uses.either('all')})(?:城乡)?|(?:我们|[我本])(?:{uses.either('ours')})(?!委|府)"
            f"|该(?:{uses.either('this')})|各(?:{uses.either('each')})|{uses.either('whole')}"
        )
        self.whole_firsts = frozenset("全我本该各").union(
            word[0] for row in rows if "whole" in row.uses for word in row.written
        )
        self.deed = re.compile(
            f"{uses.ahead('manner', 'act', 'deed')}(?:{uses.ahead('manner')}(?:{uses.either('manner')})+)?"
            f"{uses.ahead('act', 'deed')}(?:{uses.either('act')}|(?:{uses.either('deed')})"
            f"(?!(?:[^，。]{{0,3}})?(?:{uses.either('deed_named')})$).)|{_with(uses, 'deed_inside')}"
        )
        """What a clause does, and no body: 培育规上企业. A name may begin with the same words: 培训中心, 建设单位."""
        self.programmes = uses.words("programme")
        """What names end in of what is worked at, which is no place: 宜居宜业和美乡村, 海绵城市."""
        self.measured = re.compile(
            f"{uses.ahead('measured')}(?:{uses.either('measured')})|{uses.either('measured_inside')}"
            rf"|[^|]*+\|(?:{uses.either('measured_end')})"
        )
        """What stands at the head of what is measured and is no body: a name, and behind the bar how the text goes on.

        Patterns of ends begin behind the bar, so that a name is read through but once for all of them.
        """
        self.larger = {
            level: frozenset(name for above in _LEVELS[:depth] for name in uses.words(above))
            for depth, level in enumerate(_LEVELS)
        }
        """What is more than the place of a report of an administrative level; 全区 may be that of a district."""
        self.larger["county"] -= {"全区"}
        self.is_named_place = lru_cache(REMEMBERED)(self._is_named_place)
        """Whether a name is that of a place, 东港镇."""
        self._goes_with = uses.words("goes_with")
        self._common = re.compile(
            f"(?!{_PLACED})(?:.*(?:{uses.either('people')})|(?:{uses.either('of_kind')})*(?:{uses.either('kind')}))"
        )

    def shape(self, name: str) -> int:
        """Whether a name is that of a body (1), a whole (2) and a group (4), in bits."""
        whole = name[:1] in self.whole_firsts and self.whole.fullmatch(name) is not None
        return self.body(name) + whole * 2 + self.group(name) * 4

    def is_common(self, name: str) -> bool:
        """Whether a name is that of people or bodies of a kind, and of no one of them: 困难职工, 寄宿制学校."""
        return self._common.fullmatch(name) is not None

    def _is_named_place(self, name: str) -> bool:
        return self.place.fullmatch(name) is not None

    def heading(self, name: str) -> str:
        """The named place at the head of a phrase, where it heads one: 石桥村 of 石桥村修; else nothing."""
        if name[-1:] in _ENDS or "“" in name:
            place = GOES_ON.sub("", name)
        else:
            match = _HEAD.match(name) if "乡" in name or "镇" in name else None
            place = match[0] if match else ""
        return place if self.is_one_place(place) else ""

    def is_one_place(self, name: str) -> bool:
        """Whether a name is that of one place, and not of any of a kind."""
        return self.is_named_place(name) and not self.is_any_place(name)

    def is_any_place(self, name: str) -> bool:
        """Whether a name is that of any places of a kind, and of no one of them: 示范村."""
        return _ANY_PLACE.search(name) is not None or self.is_common(name)

    def is_place(self, name: str) -> bool:
        """Whether a name is that of a place, 东港镇, or of the whole of one, 全镇."""
        return self.is_named_place(name) or self.whole.fullmatch(name) is not None

    def without_owner(self, name: str, subject: str | None) -> str:
        """A name without the place or organisation that it begins with and that the record names apart.

        >>> from pipeline.rules import Rules
        >>> bodies = Bodies(Rules().table(BodyWord))
        >>> bodies.without_owner("青石镇林地面积", "青石镇"), bodies.without_owner("职工人数", "职工")
        ('林地面积', '职工人数')
        """
        if not subject or not name.startswith(subject):
            return name
        owns = not subject.endswith("财政") and self.whole.fullmatch(subject) is not None
        if not (owns or self.is_named_place(subject) or self._owner(subject)):
            return name
        rest = name[len(subject) :].lstrip("的")
        if subject.endswith("本级") and rest.startswith(("收入", "支出")):
            return name  # which is no 收入 at large
        return name if len(rest) < 2 or rest.startswith(self._goes_with) else rest
