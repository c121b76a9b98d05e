"""Divisions of China by GB/T 2260: their codes, levels and names, and where a text names them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from pipeline.rules import Rules
from pipeline.rules.schema import PlaceName

_PEOPLES = (
    "蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|普米"
    "|塔吉克|鄂温克|保安|裕固|独龙|回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒|各"
)
_AUTONOMOUS = re.compile(rf"(.{{2,}}?)(?:(?:{_PEOPLES})族?)*自治([州县旗区])")
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|省|市|盟|县|区|旗)$")
_MIDDLE = {"州": ("州", "自治州"), "县": ("县", "自治县"), "旗": ("旗", "自治旗"), "区": ("自治区",)}
_OTHER = re.compile(r"县(?![级直属内外域城乡里市区道])|镇(?![村街])|乡(?![村镇土])|区(?![域位县划间块])")
"""A kind behind the short name of a province or city, which makes the name of another place of it: 宜宾县, 东营镇."""
_RUNS_ON = re.compile(
    r"(?![全各两三我本区县])[一-鿿](?:县(?![级直属内外域城乡里市区道])|市(?![政场民容域区属直级长内外里县值面]))"
)
"""... and the end of a longer name: 金华阳县."""
STATE = "100000"


class Place(NamedTuple):
    """A division: six-digit code (empty where it is no more), official name, level, the last year of one that is no more."""

    code: str
    name: str
    level: str
    until: int = 0


class Mention(NamedTuple):
    """A name that stands at ``text[start:end]``, and the places that bear it."""

    start: int
    end: int
    places: tuple[Place, ...]


def short_names(name: str) -> tuple[str, ...]:
    """The names that are said for short, the shortest first; a name of two characters has none.

    >>> short_names("恩施土家族苗族自治州")
    ('恩施', '恩施州', '恩施自治州')
    >>> short_names("三亚市"), short_names("广西壮族自治区"), short_names("泽县")
    (('三亚',), ('广西', '广西自治区'), ())
    """
    match = _AUTONOMOUS.fullmatch(name)
    if match:
        return (match[1], *(match[1] + ending for ending in _MIDDLE[match[2]] if match[1] + ending != name))
    short = _SUFFIX.sub("", name)
    return (short,) if 2 <= len(short) < len(name) else ()


class Gazetteer:
    """All divisions from the state to the counties; built once."""

    def __init__(self, rules: Rules) -> None:
        lines = files("pipeline.rules").joinpath("places.tsv").read_text(encoding="utf-8").splitlines()
        self.places = [_place(*line.split("\t")) for line in lines if line[0] != "#"]
        self.by_code = {place.code: place for place in self.places}
        rows = rules.table(PlaceName)
        further = {place.code: () for place in self.places} | {row.code: row.written for row in rows}
        self._full: dict[str, list[Place]] = {}
        self._short: dict[str, list[Place]] = {}
        for place in self.places:
            shorts = short_names(place.name)
            for name in dict.fromkeys((place.name, *shorts[1:], *further[place.code])):
                self._full.setdefault(name, []).append(place)
            for name in shorts[:1]:
                self._short.setdefault(name, []).append(place)
        for row in rows:
            for name in () if row.code else row.written:
                self._full.setdefault(name, []).append(Place("", name, row.level, row.until))
        self._starts: dict[str, list[str]] = {}
        for name in sorted(self._full.keys() | self._short.keys(), key=len, reverse=True):
            self._starts.setdefault(name[:2], []).append(name)

    def find(self, text: str, *, short: bool = False) -> list[Mention]:
        """The names in a short text, the longest at each place; those without 省, 市, 县 … where `short` allows it.

        Short names of counties are left out, as most are words as well (和平, 新华).
        """
        found: list[Mention] = []
        at = 0
        while at < len(text) - 1:
            end = at
            for name in self._starts.get(text[at : at + 2], ()):
                if not text.startswith(name, at):
                    continue
                if places := self._full.get(name) or (self._upper(name, text, at) if short else ()):
                    end = at + len(name)
                    found.append(Mention(at, end, tuple(places)))
                    break
            at = max(end, at + 1)
        return found

    def _upper(self, name: str, text: str, at: int) -> list[Place]:
        """The provinces and cities that a short name stands for at `at`; none where it is part of another name."""
        end = at + len(name)
        if _OTHER.match(text, end):
            return []
        upper = [place for place in self._short[name] if place.level != "county"]
        if _RUNS_ON.match(text, end) and text[end : end + 2] not in self._full:
            upper = [place for place in upper if place.level != "city"]
        return upper

    def county_for_short(self, text: str, at: int, within: Place | None) -> Mention | None:
        """The short name of a county that a text has at `at`: of the only one, or of the only one `within` a place."""
        for name in self._starts.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                fitting = [p for p in self._short.get(name, ()) if p.level == "county" and _is_within(p, within)]
                return Mention(at, at + len(name), tuple(fitting)) if len(fitting) == 1 else None
        return None

    def resolve(
        self, mentions: Sequence[Mention], within: Iterable[Place] = (), year: int | None = None
    ) -> Place | None:
        """The place that the last name stands for in a `year`, narrowed by those before it and by `within`.

        None where several fit (朝阳区 without 北京市 or 长春市).
        """
        upper = list(within)
        place: Place | None = None
        for mention in mentions:
            places = [p for p in mention.places if not p.until or (year is not None and year <= p.until)]
            fitting = [p for p in places if any(_inside(p, u) for u in upper)] or places or list(mention.places)
            if len(fitting) > 1:
                rank = min(_RANKS[p.level] for p in fitting)
                fitting = [p for p in fitting if _RANKS[p.level] == rank and rank < _RANKS["county"]] or fitting
            place = fitting[0] if len(fitting) == 1 else None
            if place is not None:
                upper.insert(0, place)
        return place

    def most_named(self, text: str, seat: str) -> Place | None:
        """The place with the given seat (市, 州, 县 …) that a text names far more often than any other."""
        starts, names = self._of_seat(seat)
        counts: Counter[tuple[str, Place]] = Counter()
        for pair, times in Counter(starts.findall(text)).items():
            for name, place in names.get(pair, ()):
                counts[name, place] += times if len(name) == 2 else text.count(name)
        likely = (
            (place, said) for (name, place), said in counts.most_common() if said and _as_place(name, place, text)
        )
        best = list(islice(likely, 2))
        if not best or best[0][1] < _LEAST or (len(best) == 2 and best[0][1] < _FAR * best[1][1]):
            return None
        return best[0][0]

    @cache  # noqa: B019 (a process holds one gazetteer, and there are a dozen seats)
    def _of_seat(self, seat: str) -> tuple[re.Pattern[str], dict[tuple[str, str], list[tuple[str, Place]]]]:
        """What the names of places with a seat begin with, as a pattern of two signs, and the names by these."""
        names: dict[tuple[str, str], list[tuple[str, Place]]] = {}
        for place in self.places:
            if place.name.endswith(seat):
                name = (*short_names(place.name), place.name)[0]
                names.setdefault((name[0], name[1]), []).append((name, place))
        first, second = ("".join(sorted({pair[i] for pair in names})) for i in (0, 1))
        return re.compile(f"([{first}])(?=([{second}]))" if names else r"()()(?!)"), names


_RANKS = {"national": 0, "province": 1, "city": 2, "county": 3}
_LEAST, _FAR = 3, 1.5  # times that a text names its own place at least, and more often than any other
_BEFORE = ("美丽", "平安", "现代化", "法治", "健康", "数字", "幸福")
_AFTER = ("人民", "儿女", "实践", "篇章", "高质量发展")


def _as_place(name: str, place: Place, text: str) -> bool:
    """Whether the short name of a county is not only a word (合作, 和平, 新华).

    It is none where it is said in full, or as reports speak of their own place.
    """
    own = (*(before + name for before in _BEFORE), *(name + after for after in _AFTER))
    return place.level != "county" or place.name in text or any(words in text for words in own)


def _inside(place: Place, upper: Place) -> bool:
    return bool(upper.code) and place.code != upper.code and place.code.startswith(upper.code.rstrip("0") or upper.code)


def _is_within(place: Place, upper: Place | None) -> bool:
    return upper is None or upper.code == STATE or _inside(place, upper)


def _place(code: str, name: str) -> Place:
    if code == STATE:
        return Place(code, "中国", "national")
    level = "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
    return Place(code, name, level)
