"""Phrases that could be whom a number is said of: 全乡, XX村, 各支部, a company.

A subject heads its clause or stands after 在 and 对; where no clause names one, a heading does or the place of the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from pipeline.language.widths import among, codes_of
from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.hashing import REMEMBERED, word_hash
from pipeline.metrics.page.lexicon import Trait
from pipeline.metrics.page.page import Array, Page, last_before, next_from
from pipeline.metrics.subjects.headings import above, subject_of
from pipeline.metrics.subjects.nobodies import ACCORDING, MEAN, no_bodies
from pipeline.records import Facts, Section

_HIDDEN = re.compile("[XＸ×某*]")
"""A place whose name is hidden is better called 全县."""
_CONSULTATIVE = re.compile(
    "^(?:政协|中国人民政治协商会议)(.+?[省市州盟县区旗])(?:第[一二三四五六七八九十]+届)?委员会(?:常务委员会)?$"
)
"""The full name of a committee of the 政协 of a place."""
_ORGAN_OF = re.compile(
    "(?:中共|国家税务总局|共青团)?(?:(?P<place>[一-龥]{2,6}?(?:自治[州县旗]|[省市州盟县旗乡镇]|(?<![地小校园矿景社])区|街道|(?:人民)?公社))|(?P<level>[省市州盟县区旗乡镇]))"
    "(?:委|政府)?[^院校厂场]{0,14}?(?:局|厅|委|部|办|办公室|委员会|协会|联合会|总工会|妇联|残联|工商联|中心)"
)
"""An organ by whose name its place is known where the report gives none: 芦城市科学技术协会, 县民政局."""
_MAY_LACK = frozenset("镇乡村屯")
_SHORT_PLACE = re.compile("[^全我本该各每两几城乡农民古小集多镇村]?[镇乡村屯](?!镇|村|级|民|干|里|集体|企|办|上)")
_NAMED = re.compile("[一-龥]{2,5}(?<![一行自全])(?:[镇乡县]|(?<![农政然集])村|街道)")
_NUMERAL = re.compile("(?<![一-龥])([一二三四五六七八九十百千新老][道里家棵条门间岔站面台马沟井桥都]?)$")
"""What the name of a place may begin with that looks like so many of it: 五道|沟镇."""
_HANDED = re.compile("目标(?:管理|任务)|(?:衔接|专项|奖补|补助|救灾|产业|农业|水利)[^，。；0-9]{0,14}?(?:资金|项目)")
"""What those above hand down, of which they are not the ones who are told: 县政府目标任务, 中央财政衔接资金."""
_RANKED = re.compile(
    "率先|领先|前列|名列|首[创家个批次例]|推广|及|和|[^，。；、0-9]{0,6}(?:杂志|刊物|期刊|媒体|大会|比赛)"
)
"""What tells behind 在全国 that something stands out there, of which nothing else is told."""
_LONGEST = 20
_OPENING = 12
"""How many words of a clause are searched for a place."""
_MOST_WORDS = 12
_BLOCK = 4096
"""How many phrases are read at a time, so that memory stays bounded."""
_MOST = 3
"""How many mentions one phrase makes: itself, and forerunners that name a body; the first of these is one besides."""

_IS_MARK = among("“”、")
KINDS = ("clause", "entire", "place", "heading", "report", "report_whole", "often", "none", "issuer")
CLAUSE, ENTIRE, PLACE, HEADING, REPORT, REPORT_WHOLE, OFTEN, NONE, ISSUER = range(len(KINDS))


class Mention(NamedTuple):
    """A phrase that could be meant."""

    name: str
    kind: int
    tag: str  # of its last word
    following: str  # the word after it


class Names:
    """Names that were met, as numbers, and what choosing looks at of each, as arrays to index by them."""

    def __init__(self, bodies: Bodies) -> None:
        self.bodies = bodies
        self._ids: dict[str, int] = {}
        self.names: list[str] = []
        self.hashes = self.firsts = self.lasts = self.tails = np.zeros(0, np.uint32)
        self.lengths = self.shapes = np.zeros(0, np.uint32)
        self.things = np.zeros(0, np.uint32)  # 1 for the name of no body, no place and no group
        self.common = np.zeros(0, np.uint32)  # 1 for people and bodies of a kind
        self.headed = np.zeros(0, np.uint32)  # 1 for what begins with a named place

    def number(self, names: Sequence[str]) -> list[int]:
        """The numbers of names, new ones included."""
        ids = self._ids
        try:
            return list(map(ids.__getitem__, names))
        except KeyError:
            self._add([name for name in dict.fromkeys(names) if name not in ids])
            return list(map(ids.__getitem__, names))

    def one(self, name: str) -> int:
        """The number of one name."""
        return self._ids[name] if name in self._ids else self.number([name])[0]

    def _add(self, names: Sequence[str]) -> None:
        for name in names:
            self._ids[name] = len(self.names)
            self.names.append(name)
        rows = [
            (word_hash(n), word_hash(n[:1]), word_hash(n[-1:]), word_hash(n[-2:]), min(len(n), 12),
             shape, not shape and not self.bodies.other(n), self.bodies.is_common(n),
             self.bodies.heading(n) != "")
            for n, shape in zip(names, map(self.bodies.shape, names), strict=True)
        ]  # fmt: skip
        arrays = (
            self.hashes, self.firsts, self.lasts, self.tails, self.lengths, self.shapes, self.things,
            self.common, self.headed,
        )  # fmt: skip
        made = zip(arrays, np.array(rows, np.uint32).T, strict=True)
        (
            self.hashes, self.firsts, self.lasts, self.tails, self.lengths, self.shapes, self.things,
            self.common, self.headed,
        ) = map(np.concatenate, made)  # fmt: skip

    @property
    def full(self) -> bool:
        """Whether so many are kept that they had better be forgotten."""
        return len(self.names) > REMEMBERED


class Mentions(NamedTuple):
    """The mentions of a page in order, those of each sentence from one of `sizes` to the next."""

    names: list[str]
    kinds: Array
    starts: Array  # where their phrase begins in the text
    tags: Array
    following: Array
    sizes: Array
    clauses: Array  # where all clauses begin in the text
    text: str
    known: Names


def mentions_of(text: str, page: Page, known: Names) -> Mentions:
    """What heads the clauses of all sentences, and what stands after 在 and 对."""
    traits = page.lexicon.traits[page.all_types]
    size = len(traits)
    edges = (traits & Trait.BOUNDARY) != 0
    begins = np.zeros(size + 1, bool)
    begins[page.sizes] = True
    starts = ~edges & (begins[:-1] | np.append(False, edges[:-1]))
    sentence_ends = np.append(np.repeat(page.sizes[1:], np.diff(page.sizes)), size)
    clause_ends = np.minimum(next_from(edges), sentence_ends)
    clauses = np.flatnonzero(starts)
    first = np.minimum(next_from((traits & Trait.BEFORE_MENTION) == 0)[clauses], clause_ends[clauses])
    clause_of = last_before(starts)[1:]
    after = np.flatnonzero((traits & Trait.BEFORE_PLACE) != 0)
    low = first[np.searchsorted(clauses, clause_of[after])]
    after = after[(after >= low) & (after < low + _OPENING) & (after + 1 < clause_ends[after])]
    runs = np.concatenate([first, after + 1])
    places = np.repeat((False, True), (len(first), len(after)))
    clause = np.concatenate([clauses, clause_of[after]])
    order = np.lexsort((runs, places, clause))
    phrases = Phrases(clause[order], runs[order], places[order], np.append(clause_ends, size)[runs[order]])
    blocks = [
        _mentions(text, page, traits, Phrases(*(part[at : at + _BLOCK] for part in phrases)))
        for at in range(0, len(runs), _BLOCK)
    ]
    names = [name for block in blocks for name in block[0]]
    clause, kinds, begin, tags, following = (
        np.concatenate([block[i] for block in blocks] or [np.zeros(0, np.int64)]) for i in range(1, 6)
    )
    return Mentions(
        names, kinds, begin, tags, following, np.searchsorted(clause, page.sizes), page.all_starts[clauses], text, known
    )


class Phrases(NamedTuple):
    """Noun phrases by the words where their clause and they begin, whether a preposition stands before, and the clause's end."""

    clause: Array
    start: Array
    place: Array
    clause_end: Array


def _mentions(text: str, page: Page, traits: Array, phrases: Phrases) -> tuple[Any, ...]:
    """What phrases mention: themselves, their forerunners that name a body, and 全县 and the like at their heads."""
    runs, lexicon, bodies = phrases.start, page.lexicon, page.lexicon.bodies
    lengths = page.all_lengths
    longest = np.searchsorted(lengths, lengths[runs] + _LONGEST, "right") - 1
    ends = np.minimum(np.minimum(next_from(~_of_mention(traits))[runs], phrases.clause_end), longest)
    whole = _wholes(text, page, traits, runs, ends)
    at = runs[:, None] + np.arange(_MOST_WORDS)
    within = at < ends[:, None]
    at = np.where(within, at, 0)
    goes_on = (np.append(traits, 0)[at + 1] & Trait.FORERUNNER) != 0
    forerunner = (traits[at] & Trait.FORERUNNER) != 0
    said = forerunner | (at + 1 == phrases.clause_end[:, None]) | ~goes_on
    said &= forerunner | (at <= whole[:, None]) | (whole < 0)[:, None]
    said &= (traits[at] & Trait.JOINS) == 0
    said &= lengths[at + 1] - lengths[runs][:, None] > 1
    said = (said | (at == whole[:, None])) & within
    said &= (np.cumsum(said[:, ::-1], axis=1)[:, ::-1] <= _MOST) | (forerunner & (np.cumsum(said, axis=1) == 1))
    said &= ~phrases.place[:, None] | (np.cumsum(said, axis=1) == 1)
    run, at = np.nonzero(said)[0], at[said]
    entire = at == whole[run]
    begin = page.all_starts[runs[run]]
    end = page.all_ends[at]
    names = [text[a:b] for a, b in zip(begin.tolist(), end.tolist(), strict=True)]
    marks = np.flatnonzero(_IS_MARK.take(codes_of(text)))
    for i in np.flatnonzero(np.searchsorted(marks, begin) < np.searchsorted(marks, end)).tolist():
        names[i] = _unquoted(names[i])
    for i in np.flatnonzero(entire).tolist():
        names[i] = match[0] if (match := bodies.whole.match(names[i])) else names[i]
        first = int(begin[i])
        told = MEAN.match(text, first - 1) or _HANDED.match(text, first + len(names[i]))
        stands_out = text[first - 1 : first] == "在" and _RANKED.match(text, first + len(names[i]))
        entire[i] = not (told or stands_out) and text[max(first - 2, 0) : first] not in ACCORDING
    names = [
        _completed(text, name, at) if not _MAY_LACK.isdisjoint(name[:2]) or " " in name else name
        for name, at in zip(names, begin.tolist(), strict=True)
    ]
    kept = entire | ~np.array(no_bodies(text, names, begin.tolist(), page.all_ends[at].tolist(), bodies), bool)
    run, at, entire, begin = run[kept], at[kept], entire[kept], begin[kept]
    names = [name for name, keeps in zip(names, kept.tolist(), strict=True) if keeps]
    kinds = np.where(entire, ENTIRE, np.where(phrases.place[run], PLACE, CLAUSE))
    behind = np.where(at + 1 < phrases.clause_end[run], np.append(page.all_types, 0)[at + 1], 0)
    return names, phrases.clause[run], kinds, begin, lexicon.tag_hashes[page.all_types[at]], lexicon.hashes[behind]


def _of_mention(traits: Array) -> Array:
    """Which words a mention may hold: nouns, what joins two of them, and a verb that the body behind it is named by."""
    named_by = ((traits & Trait.BODY_WORK) != 0) & np.append((traits[1:] & Trait.ORGAN) != 0, False)
    of_mention = ((traits & Trait.OF_MENTION) != 0) | named_by
    joins = ((traits & Trait.JOINS) != 0) & np.append(False, of_mention[:-1]) & np.append(of_mention[1:], False)
    joined: Array = of_mention | joins
    return joined


def _completed(text: str, name: str, start: int) -> str:
    """A name without blanks and with the numeral that it begins with: 五道|沟镇, 新|院 村.

    >>> _completed("五道沟镇地处", "沟镇", 2), _completed("辖2个沟镇", "沟镇", 3)
    ('五道沟镇', '沟镇')
    """
    parts = name.split()
    if len(parts) > 1 and _NAMED.fullmatch(parts[-1]):
        return parts[-1]  # 基本概况 柳湾村
    name = "".join(parts)
    lacks = _SHORT_PLACE.match(name) and _NUMERAL.search(text, max(start - 3, 0), start)
    return lacks[1] + name if lacks else name


def _unquoted(name: str) -> str:
    """A name without marks at its ends and without a quotation mark that has lost its fellow."""
    name = name.strip("、")
    if name.count("“") != name.count("”"):
        name = name.replace("“", "").replace("”", "")
    return name[1:-1] if name[:1] == "“" and name.find("”") == len(name) - 1 else name


def _wholes(text: str, page: Page, traits: Array, runs: Array, ends: Array) -> Array:
    """For each phrase the word with which 全县, 我市 or the like at its head is complete; -1 for most."""
    out, whole = np.full(len(runs), -1), page.lexicon.bodies.whole
    some = np.flatnonzero((ends > runs) & ((np.append(traits, 0)[runs] & Trait.WHOLE_FIRST) != 0))
    for i in some.tolist():
        run, end = int(runs[i]), int(ends[i])
        begin = int(page.all_starts[run])
        match = whole.match(text, begin, int(page.all_ends[end - 1]))
        if match:
            out[i] = run + np.searchsorted(page.all_ends[run:end], match.end())
    return out


def standing(
    outline: Sequence[Section], section_id: int, facts: Facts, bodies: Bodies, own: str | None
) -> list[Mention]:
    """Whom a section speaks of where no clause says it: a heading that names one, the place of the report."""
    out: list[Mention] = []
    for node in above(outline, section_id):
        if node.heading and (subject := subject_of(node.heading, bodies)):
            out.append(Mention(subject, HEADING, str(min(node.level, 3)), ""))
    if facts.place:
        place = "全国" if facts.place == "中国" else _as_titled(facts.place, facts.title or "")
        out.append(Mention(place, REPORT, facts.admin_level or "", ""))
        if _HIDDEN.search(facts.place) and bodies.whole.fullmatch(whole := f"全{facts.place[-1]}"):
            out.append(Mention(whole, REPORT_WHOLE, facts.admin_level or "", ""))
    elif facts.issuer and (match := _ORGAN_OF.fullmatch(facts.issuer)):
        kind, place = (REPORT, match["place"]) if match["place"] else (REPORT_WHOLE, f"全{match['level']}")
        out.append(Mention(place, kind, facts.admin_level or "", ""))
    elif own:
        out.append(Mention(own, REPORT_WHOLE, facts.admin_level or "", ""))
    if facts.issuer and facts.issuer != facts.place:
        out.append(Mention(_CONSULTATIVE.sub(r"\1政协", facts.issuer), ISSUER, facts.admin_level or "", ""))
    out.append(Mention("", NONE, "", ""))
    return out


def _as_titled(place: str, title: str) -> str:
    """The place of a report as its title has it: 青川地区, which was to become 青川市.

    >>> _as_titled("青川市", "1988年青川地区统计公报"), _as_titled("青川市", "青川市统计公报")
    ('青川地区', '青川市')
    """
    of_old = (f"{place[:-1]}{kind}" for kind in ("地区", "专区")) if place.endswith("市") else ()
    return next((name for name in of_old if name in title), place)
