"""What could be meant by each number, laid side by side, and the features that a linear model weighs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.found import Found
from pipeline.metrics.page.hashing import buckets, mixed, word_hash
from pipeline.metrics.page.page import Array
from pipeline.metrics.subjects.mentions import (
    CLAUSE,
    ENTIRE,
    HEADING,
    KINDS,
    PLACE,
    REPORT,
    Mention,
    Mentions,
    Names,
)  # fmt: skip
from pipeline.metrics.subjects.often import Often
from pipeline.metrics.subjects.told import Told, told_of

_KIND_HASHES = np.array([word_hash(kind) for kind in KINDS], np.uint32)
_MOST, _ABOVE = 10, 4
"""How many mentions before a number in its sentence, and how many of the sentences above, may be meant."""
_FAR = 9
OWN, SENTENCE, _UPPER, _STANDING = range(4)
"""Whether a mention stands in the clause of the number, in its sentence, above that, or nowhere near."""
APART, IS, _IN, _HOLDS = range(4)
SAME_SENTENCE, SAME_PARAGRAPH, SAME_SECTION, ELSEWHERE = range(4)
"""How near the number before stands."""


class Place(NamedTuple):
    """Where a sentence that holds numbers stands."""

    sentence: int
    top: int  # the first sentence of its paragraph
    section: int
    standing: Sequence[Mention]  # whom its section speaks of
    headed: str | None  # the place or organ by whose name alone the heading above goes
    numbers: range


class Choices(NamedTuple):
    """What could be meant by each number, the likeliest first: the mentions of one number after those of another."""

    known: Names
    begins: Array  # where those of each number begin
    said: list[str]
    names: Array  # of `known`
    kind: Array
    tag: Array
    following: Array
    scope: Array
    rank: Array
    inside: Array  # how it stands to the name of the number: apart, the same, in it, around it
    beside: Array  # whether the sentence mentions any (2), and whether the paragraph above it does (1)
    pick: Array  # the last body named
    apart: Array  # clauses between it and the number
    opener: Array  # whether it opens the paragraph (2), and whether what opens it is a body (1)
    above: Array  # whether it is 全省 or the like, of which a report on less tells nothing
    passing: Sequence[int]  # of each number: whether the sentence of that before it (2), or one above it, lists places
    given: Array  # whether it is people or bodies of a kind to whom something is given, 为企业减税
    larger: Sequence[frozenset[str]]  # of each number: what is more than the place of the report
    deed: Array  # of each number: whether its clause tells a deed without a subject, 新建公路
    told: Told  # of each number: whom the text tells it of outright
    about: Sequence[int]  # `beside` of each number
    link: Sequence[int]  # of each number: how near the number before it stands
    origins: Sequence[int]  # of each number: the number before, that outside of a bracket that has closed since
    fresh: Sequence[int]  # of each number: how many bodies were named since the number before it


def choices(mentions: Mentions, places: Sequence[Place], found: Sequence[Found], words: NameWords) -> Choices:
    """Lay side by side what the sentence, the paragraph above it, and headings say before each number."""
    known, names = mentions.known.number(mentions.names), mentions.known
    body = ((names.shapes[known] & 1) != 0) | (mentions.kinds == ENTIRE)
    standing, begins, ends = _standing(mentions, places, body.tolist())
    of_place = np.repeat(np.arange(len(places)), [len(place.numbers) for place in places])
    sentence = np.array([place.sentence for place in places])[of_place]
    first, last = mentions.sizes[sentence], mentions.sizes[sentence + 1]
    top = mentions.sizes[np.array([place.top for place in places])[of_place]]
    at = np.clip(np.searchsorted(mentions.starts, [one.quantity.start for one in found]), first, last)
    here, upper = at - first, first - top
    long, many = here > _MOST, upper > _ABOVE + 1
    above = np.where(many, _ABOVE, upper)
    counts = np.stack([np.minimum(here, _MOST), long, above, many, (ends - begins)[of_place]], axis=1)
    starts = np.stack([at - 1, first, first - 1, top, len(mentions.names) + begins[of_place]], axis=1)
    count, segments = counts.sum(axis=1), counts.ravel()
    within = np.arange(segments.sum()) - np.repeat(np.cumsum(segments) - segments, segments)
    segment = np.repeat(np.tile(np.arange(5), len(found)), segments)
    rows = np.repeat(starts.ravel(), segments) + np.where(segment == 4, within, -within)
    begin, left = np.cumsum(count) - count, np.repeat([one.left for one in found], count)
    starts_of_rows = np.append(mentions.starts, np.zeros(len(standing), np.int64))[rows]
    kind = np.append(mentions.kinds, [mention.kind for mention in standing])[rows]
    named = ((kind == CLAUSE) | (kind == ENTIRE)) & np.append(body, np.zeros(len(standing), bool))[rows]
    pick = _picked(named, kind, begin, count)
    said = list(map([*mentions.names, *(mention.name for mention in standing)].__getitem__, rows.tolist()))
    larger = _larger(places, of_place, names.bodies)
    scope = _SCOPES[segment + ((segment == 0) & (starts_of_rows >= left)) * 5]
    told_above = _above(mentions.text, kind, count, starts_of_rows.tolist(), scope, said, larger)
    row_names = np.array(known + names.number([mention.name for mention in standing]))[rows]
    listing, listed = _listing(mentions, known, len(standing))
    opener = _opening(rows, np.where(top < at, top, -1), count, body)
    about = (at > first) * 2 + (upper > 0)
    clause = np.repeat(np.searchsorted(mentions.clauses, [one.quantity.start for one in found], "right"), count)
    return Choices(
        known=names,
        begins=begin,
        said=said,
        names=row_names,
        kind=kind,
        tag=np.append(mentions.tags, np.array([_hash("tag " + m.tag) for m in standing], np.uint32))[rows],
        following=np.append(mentions.following, np.zeros(len(standing), np.uint32))[rows],
        scope=scope,
        rank=np.minimum(np.arange(len(rows)) - np.repeat(begin, count), 4),
        inside=np.array(_insides(said, found, count.tolist())),
        beside=np.repeat(about, count),
        pick=np.arange(len(rows)) == np.repeat(pick, count),
        opener=opener,
        above=_marked(told_above, len(rows)) | (listed[rows] & (segment // 2 == 1)),
        passing=_passing(listing, sentence, np.array([place.top for place in places])[of_place]),
        given=_given(mentions.text, (kind <= PLACE) & (names.common[row_names] != 0), starts_of_rows),
        larger=larger,
        deed=_deeds(mentions.text, found, names.bodies),
        told=told_of(mentions.text, found, words, names.bodies, [places[at].headed for at in of_place.tolist()]),
        about=about.tolist(),
        link=_links(places, of_place),
        origins=_origins(mentions.text, found),
        fresh=np.minimum(np.diff(np.append(0, np.cumsum(body))[at], prepend=0), 2).tolist(),
        apart=np.minimum(clause - np.searchsorted(mentions.clauses, starts_of_rows, "right"), _FAR),
    )


_SCOPES = np.array((SENTENCE, SENTENCE, _UPPER, _UPPER, _STANDING, OWN))
"""The scopes of the last mentions of the sentence, its first, the last above it, the first of the paragraph, those that
stand, those of the clause."""


_SEVERAL = 2
"""How many places a sentence tells of in turn, so that the next goes on with none of them."""
_AMONG = frozenset("在居列对向跃占")
"""What stands before 全省 where something is compared with it: 居全省第三."""
_GIVES = frozenset("为给向对")
"""What stands before those to whom something is given."""
_LEVELS = {
    "省": "province", "州": "city", "盟": "city", "市": "city", "县": "county", "旗": "county", "区": "county",
    "乡": "township", "镇": "township", "村": "village",
}  # fmt: skip
"""The level of a place by what its name ends in."""
_NONE: frozenset[str] = frozenset()


def _picked(named: Array, kind: Array, begin: Array, count: Array) -> Array:
    """The row of each number that names a body last, else of the heading or the report."""
    nearest = _first(named, begin, count)
    picked: Array = np.where(nearest >= 0, nearest, _first((kind == HEADING) | (kind == REPORT), begin, count))
    return picked


def _opening(rows: Array, opens: Array, count: Array, body: Array) -> Array:
    """Whether rows open the paragraph (2), and whether what opens it is a body (1)."""
    told: Array = (rows == np.repeat(opens, count)) * 2 + np.repeat(np.append(body, False)[opens], count)
    return told


def _given(text: str, common: Array, starts: Array) -> Array:
    """Which rows are of a kind to whom something is given."""
    rows = np.flatnonzero(common).tolist()
    return _marked([row for row in rows if text[starts[row] - 1] in _GIVES], len(common))


def _origins(text: str, found: Sequence[Found]) -> list[int]:
    """The number before each, and behind a bracket that before it: 增长6%（全市5%），比上年快|1个百分点."""
    out: list[int] = []
    opened, last = -1, 0  # the number before the bracket that is open
    for n, one in enumerate(found):
        gap = text[last : one.quantity.start] if n else ""
        closes, opens = gap.rfind("）"), gap.rfind("（")
        out.append(opened if opened >= 0 and 0 <= gap.find("）") < (opens if opens >= 0 else len(gap)) else n - 1)
        if opens > closes:
            opened = n - 1
        elif closes >= 0:
            opened = -1
        last = one.quantity.end
    return out


def _above(
    text: str,
    kind: Array,
    count: Array,
    starts: Sequence[int],
    scope: Array,
    said: Sequence[str],
    larger: Sequence[frozenset[str]],
) -> list[int]:
    """The rows of 全省 and the like of which a number tells nothing: more than its place, or in a bracket before it."""
    out = []
    for row, n in _entire(kind, count):
        before = text[starts[row] - 1]
        if (scope[row] != OWN and (before in "（(" or said[row] in larger[n])) or (
            said[row] in larger[n] and before in _AMONG
        ):
            out.append(row)
    return out


def _listing(mentions: Mentions, known: Sequence[int], standing: int) -> tuple[Array, Array]:
    """Which sentences tell of several places in turn, of none of which the next tells; and the mentions of these.

    柳沟镇办起夜校，东港镇修缮祠堂。全年调解率|96%.
    """
    names = mentions.known
    clause = mentions.kinds == CLAUSE
    sentences = np.searchsorted(mentions.sizes, np.arange(len(mentions.names)), "right") - 1
    places: dict[int, set[str]] = {}
    for row in np.flatnonzero(clause & (names.headed[known] != 0)).tolist():
        places.setdefault(int(sentences[row]), set()).add(names.bodies.heading(mentions.names[row]))
    listing = _marked([at for at, told in places.items() if len(told) >= _SEVERAL], len(mentions.sizes))
    listed = clause & listing[sentences] & ((names.shapes[known] & 1) != 0)
    return listing, np.append(listed, np.zeros(standing, bool))


def _passing(listing: Array, sentence: Array, top: Array) -> list[int]:
    """Whether the sentence of the number before each lists places (2), or any of its paragraph above it (1)."""
    counts = np.append(0, np.cumsum(listing))
    before = np.append(sentence[:1], sentence[:-1])
    told: list[int] = np.where(
        listing[before] & (before < sentence) & (before >= top), 2, counts[sentence] > counts[top]
    ).tolist()
    return told


def _entire(kind: Array, count: Array) -> Iterator[tuple[int, int]]:
    """The rows that mention 全省 and the like, each with its number."""
    rows = np.flatnonzero(kind == ENTIRE)
    numbers = np.repeat(np.arange(len(count)), count)[rows]
    return zip(rows.tolist(), numbers.tolist(), strict=True)


def _larger(places: Sequence[Place], of_place: Array, bodies: Bodies) -> list[frozenset[str]]:
    """What is more than the place of the report, for each number."""
    names = [bodies.larger.get(_level(place.standing, bodies), _NONE) for place in places]
    return [names[at] for at in of_place.tolist()]


def _level(standing: Sequence[Mention], bodies: Bodies) -> str:
    """The administrative level of the place that a report is about, by what its name ends in where a unit gives it."""
    place = next((mention for mention in standing if mention.kind == REPORT), None)
    if place is None or place.tag in bodies.larger:
        return place.tag if place else ""
    return _LEVELS.get(place.name[-1:], "")


def _links(places: Sequence[Place], of_place: Array) -> list[int]:
    """How near the number before each number stands."""
    sentence, top, section = (np.array([place[i] for place in places])[of_place] for i in range(3))
    links = np.full(len(of_place), ELSEWHERE)
    for of, link in ((section, SAME_SECTION), (top, SAME_PARAGRAPH), (sentence, SAME_SENTENCE)):
        links[1:][of[1:] == of[:-1]] = link
    near: list[int] = links.tolist()
    return near


def _standing(mentions: Mentions, places: Sequence[Place], body: Sequence[bool]) -> tuple[list[Mention], Array, Array]:
    """Whom the text has spoken of most and whom headings name, for all places; and where those of each begin and end."""
    out: list[Mention] = []
    sizes = [0]
    often, firsts = Often(mentions.names, body), mentions.sizes.tolist()
    for place in places:
        out += often.before(firsts[place.sentence])
        out += place.standing
        sizes.append(len(out))
    bounds = np.array(sizes)
    return out, bounds[:-1], bounds[1:]


def _insides(said: Sequence[str], found: Sequence[Found], counts: Sequence[int]) -> list[int]:
    """How mentions stand to the names of their numbers."""
    out: list[int] = []
    at = 0
    for one, count in zip(found, counts, strict=True):
        name = one.name
        out += [inside_of(m, name) if m in name or name in m else APART for m in said[at : at + count]]
        at += count
    return out


def _deeds(text: str, found: Sequence[Found], bodies: Bodies) -> Array:
    """Whether the clause before each number or its name begins with what is done, 新建公路."""
    deed = bodies.deed.match
    return np.array(
        [bool(deed(text[one.left : one.quantity.start] + "。") or deed(one.name + "。")) for one in found], bool
    )


def inside_of(mention: str, name: str) -> int:
    """How a mention stands to the name of its number."""
    if mention in name:
        return IS if len(mention) == len(name) else _IN
    return _HOLDS if name in mention else APART


def _marked(places: Sequence[int], size: int) -> Array:
    """Which of so many places are among some."""
    out = np.zeros(size, bool)
    out[np.array(places, np.int64)] = True
    return out


_hash = lru_cache(1024)(word_hash)


def _first(which: Array, begins: Array, count: Array) -> Array:
    """The first marked row of each number, or -1."""
    marked = np.append(np.flatnonzero(which), len(which))
    at = marked[np.searchsorted(marked, begins)]
    return np.where(at < begins + count, at, -1)


def features_of(choices: Choices) -> Iterator[Array]:
    """The weights that mentions sum up, one feature after the other."""
    u32, of, names = np.uint32, choices.names, choices.known
    where = _KIND_HASHES[choices.kind] + choices.scope.astype(u32)
    rank, inside, pick = choices.rank.astype(u32), choices.inside.astype(u32), choices.pick.astype(u32)
    last, shape = names.lasts[of], names.shapes[of]
    apart, following = choices.apart.astype(u32), choices.following
    for parts in (
        (1, where),
        (2, where, choices.beside.astype(u32)),
        (3, where, rank),
        (4, where, inside),
        (5, where, shape),
        (6, where, shape, inside * u32(8) + rank),
        (7, where, last),
        (8, last),
        (9, names.tails[of]),
        (10, names.firsts[of]),
        (11, names.hashes[of]),
        (12, where, names.lengths[of]),
        (13, where, choices.tag, following),
        (14, where, following),
        (15, pick),
        (16, where, pick),
        (17, where, apart),
        (18, where, shape, apart),
        (19, shape, following, apart),
        (20, where, choices.opener.astype(u32)),
        (21, where, shape, choices.opener.astype(u32)),
    ):
        yield buckets(mixed(*parts))
