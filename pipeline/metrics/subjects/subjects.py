"""Who or where a number is said of: 全乡, XX村, 各支部, a company.

A subject heads its clause and holds until another one does; where no clause of the paragraph names one, a heading does or
the place that the report is about. What could be meant is laid side by side, and a linear model chooses; that of the
number before may hold on over sentences and paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.found import Found
from pipeline.metrics.page.hashing import REMEMBERED, word_hash
from pipeline.metrics.page.page import Array
from pipeline.metrics.subjects.carried import Carried, Chosen
from pipeline.metrics.subjects.choices import (
    ELSEWHERE,
    OWN,
    SAME_PARAGRAPH,
    SAME_SECTION,
    SAME_SENTENCE,
    SENTENCE,
    Choices,
    Place,
    choices,
    features_of,
    inside_of,
)
from pipeline.metrics.subjects.claims import (
    Claims,
    claims_of,
    common,
    counted,
    has_place,
    is_aggregate,
    is_branch,
    is_system,
    kinds,
    of_branches,
    things,
)
from pipeline.metrics.subjects.mentions import (
    CLAUSE,
    ENTIRE,
    ISSUER,
    NONE,
    OFTEN,
    PLACE,
    REPORT,
    REPORT_WHOLE,
    Mentions,
)
from pipeline.metrics.subjects.surroundings import without_preposition, without_surroundings

_THING = 1.0
"""By how much less a phrase that names no body is worth than the model has it: it learns from texts where few are told."""

_OF_ANY = re.compile("辖区|城[市镇乡]|农村|[校院厂]?党委|企业|规上企业|规模以上企业")
"""Stretches of any place and bodies of any kind, of which the next number tells nothing where a place is known: 城市污水处理率."""

_LEVELS = ("县乡", "县乡村")
"""Levels that share what a number tells, of which the next tells nothing: 县乡自筹25万元."""

_ALL_LEVELS = re.compile("(?:(?:中央|国家|[省市州地专县区旗乡镇村])[、和]?){2,}(?:[两三四]?级)?")
"""Levels of government, of which another sentence tells nothing: 中央、省、市县分别安排."""

_WHOLE = re.compile("[全我本][省市州盟县旗区乡镇村]")
"""The whole of the place of a report."""

_BUILT = frozenset(
    map(
        word_hash,
        [
            "建成",
            "建成投用",
            "投用",
            "投入",
            "竣工",
            "开工",
            "完工",
            "通车",
            "启用",
            "投产",
            "落成",
            "主体",
            "建设",
            "基本",
            "改造",
            "扩建",
            "开放",
            "开馆",
            "正式",
            "全面",
            "即将",
            "顺利",
            "相继",
        ],
    )
)
"""What goes on behind a body that is only built."""

_UNTOLD = frozenset((REPORT, REPORT_WHOLE, OFTEN, ISSUER, NONE))
"""Where subjects come from that no clause and no heading names."""

_OF_ALL = re.compile("(?:全.)?各级")
"""What organs of all levels are called, of whom a paragraph goes on to tell."""

_NOBODY = Chosen("", NONE, 0)

_COMMON = 1.0
"""By how much less one that names people or bodies of a kind is worth."""


def _is_known(chosen: Chosen, laid: Choices, placed: bool) -> bool:
    """Whether it is a body or a whole, which may hold on into another sentence, as a group may where no place is known."""
    number = laid.known.one(chosen.name)  # which grows the table of shapes where the name is new
    return bool(laid.known.shapes[number] & (3 if placed else 7))


def _is_thing(chosen: Chosen, laid: Choices) -> bool:
    """Whether it is the name of no body, no place and no group, of which the next sentence tells nothing: 动态调整."""
    number = laid.known.one(chosen.name)
    return bool(laid.known.things[number])


def _of_sentence(name: str, bodies: Bodies) -> bool:
    """Whether a name is that of levels of government or of people of a kind, of whom another sentence tells nothing: 女党员."""
    people = name != "国家" and bodies.is_common(name) and not bodies.body(name)
    return people or _ALL_LEVELS.fullmatch(name) is not None


def _as_said(chosen: Chosen, before: Chosen, bodies: Bodies) -> Chosen:
    """The place of the report in the words of its paragraph, 白沙镇 rather than 全镇, or the other way round."""
    whole, name = sorted((chosen.name, before.name), key=len)
    if chosen.kind not in (REPORT, REPORT_WHOLE, OFTEN) or not _WHOLE.fullmatch(whole) or not name.endswith(whole[1:]):
        return chosen
    return before._replace(steps=0) if bodies.is_named_place(name) else chosen


class Chooser:
    """Chooses subjects; built once from the weights of its model."""

    def __init__(self, weights: Sequence[float] | Array) -> None:
        self._weights = np.asarray(weights, np.float32)
        self._worth: dict[Carried, float] = {}

    def choose(
        self, mentions: Mentions, places: Sequence[Place], found: Sequence[Found], words: NameWords
    ) -> list[str | None]:
        """The subject of each number, or None where none is said."""
        laid = choices(mentions, places, found, words)
        names = [without_surroundings(chosen.name) for chosen in self.read(laid, found)]
        return [without_preposition(name, mentions.text, mentions.known.bodies) or None for name in names]

    def read(self, laid: Choices, found: Sequence[Found]) -> list[Chosen]:
        """The best for each of the numbers `found`, from the first to the last, since it may hold on."""
        placed = has_place(laid)
        scores = self._scores(laid, placed, found)
        out: list[Chosen] = []
        claims, of_kind, doers = claims_of(laid, found), kinds(laid, found), self._doers(laid, scores)
        named, openers, heads, link = claims.named, claims.openers, claims.heads, laid.link
        led, of_lead, told, last = False, "", False, -1
        for n, (row, score, kind, scope) in enumerate(self._best(laid, scores)):
            if n in named or laid.told.works[n]:
                out.append(Chosen(named.get(n) or laid.told.works[n] or "", CLAUSE, 0))
                if laid.told.leads[n] == out[-1].name:
                    led, of_lead = True, out[-1].name
                continue
            of_all = led and link[n] <= SAME_PARAGRAPH and _OF_ALL.match(of_lead) is not None
            led = of_all or (led and link[n] == SAME_SENTENCE)
            dealt = n > 0 and found[n - 1].place and link[n] != SAME_SENTENCE
            before = out[laid.origins[n]] if out else _NOBODY
            holds = not dealt and self._holds(laid, n, before, bool(placed[n]))
            holds = holds and (led or before.name != of_lead) and not self._is_branch(laid, before, found[n])
            carried = self.carried(laid, n, before, found[n]) if holds else None
            leads_on = led and scope != OWN and not laid.fresh[n]
            goes_on = carried is not None and (leads_on or self._score(carried) > score)
            chosen = before._replace(steps=min(before.steps, 3) + 1) if goes_on else Chosen(laid.said[row], kind, 0)
            if link[n] == SAME_SENTENCE and self._is_of_last(chosen, before, found[n], scope):
                chosen, goes_on = before._replace(steps=max(before.steps, 1)), True
            if n in of_kind and chosen.name == of_kind.get(last):
                chosen, goes_on = Chosen(of_kind[n], CLAUSE, 0), False  # 规上采矿业增长3%，规上制造业增长5%
            last = n if n in of_kind else last
            own = not goes_on and scope == OWN
            away = goes_on and link[n] in (SAME_SECTION, ELSEWHERE)
            if n in openers and (away or chosen.kind in (REPORT, REPORT_WHOLE, ISSUER, OFTEN)):
                chosen = Chosen(openers[n], CLAUSE, 0)
            same = told and goes_on and link[n] == SAME_SENTENCE and found[n].name.startswith(found[n - 1].name)
            told = own or is_system(chosen.name, "全") or (not goes_on and scope == SENTENCE and self._does(laid, row))
            told = told or same  # 新建沟渠39条，长32公里
            if n in doers and not told and chosen.kind in (CLAUSE, PLACE) and not laid.known.bodies.doer(chosen.name):
                chosen = Chosen(laid.said[doers[n]], REPORT, 0)
            inside = link[n] == SAME_SENTENCE if goes_on else scope in (OWN, SENTENCE)
            if n in heads and (not inside or (goes_on and heads[n][1])):
                chosen = Chosen(heads[n][0], CLAUSE, 0)
            chosen = self._instead(laid, n, chosen, claims, goes_on)
            lead = laid.told.leads[n]
            if lead and (not own or lead.startswith(chosen.name)) and lead not in chosen.name:
                chosen, led, of_lead = Chosen(lead, CLAUSE, 0), True, lead
            if of_all and not lead:
                led = not own and (chosen.kind in _UNTOLD or chosen.kind == ENTIRE or chosen.name == of_lead)
                chosen = Chosen(of_lead, CLAUSE, 0) if led else chosen
            if n in claims.organs and (self._is_of_place(laid, chosen) or (away and chosen.kind == ENTIRE)):
                chosen = Chosen(claims.organs[n], ISSUER, 0)
            profile = laid.told.profiles[n]
            if profile and not lead and self._gives_way(laid, n, chosen, profile, goes_on):
                chosen = Chosen(profile, ISSUER, 0)
            near = link[n] in (SAME_SENTENCE, SAME_PARAGRAPH)
            out.append(_as_said(chosen, out[-1], laid.known.bodies) if near else chosen)
        return out

    @staticmethod
    def _best(laid: Choices, scores: Array) -> Iterator[tuple[int, float, int, int]]:
        """The row of each number that the model makes most of, its worth, its kind and its scope."""
        top = np.maximum.reduceat(scores, laid.begins)
        hits = np.flatnonzero(scores == np.repeat(top, np.diff(np.append(laid.begins, len(scores)))))
        best = hits[np.searchsorted(hits, laid.begins)]
        return zip(best.tolist(), top.tolist(), laid.kind[best].tolist(), laid.scope[best].tolist(), strict=True)

    @staticmethod
    def _is_of_last(chosen: Chosen, before: Chosen, one: Found, scope: int) -> bool:
        """Whether a number is said of what that before it in its sentence is: it goes on with its name, or tells of all organs in a place."""
        of_clause = chosen.kind == CLAUSE and before.kind in _UNTOLD  # 农民人均收入720元，净增|80元
        goes_on = scope != OWN and one.rule == "carried" and not of_clause  # 国税局组织6230万元，增长|5%
        return goes_on or (chosen.kind == ENTIRE and is_system(before.name, chosen.name))

    @staticmethod
    def _instead(laid: Choices, n: int, chosen: Chosen, claims: Claims, goes_on: bool) -> Chosen:
        """Whom a heading or the report names, where no clause of the paragraph names any."""
        under = laid.told.headed[n]
        if under and (chosen.kind in _UNTOLD or (goes_on and laid.link[n] == ELSEWHERE)):
            return Chosen(under, CLAUSE, 0)
        if n in claims.offices and (
            chosen.kind == ISSUER or (chosen.kind in _UNTOLD and is_system(claims.offices[n], "全"))
        ):
            return Chosen(claims.offices[n], REPORT, 0)
        if n in claims.whole and chosen.kind == OFTEN:
            return Chosen(claims.whole[n], REPORT_WHOLE, 0)
        return chosen

    @staticmethod
    def _does(laid: Choices, row: int) -> bool:
        """Whether a body was named that is not only told to be built: 柳坪苏木禁牧, but not 文化中心建成投用."""
        return laid.known.bodies.body(laid.said[row]) and int(laid.following[row]) not in _BUILT

    @staticmethod
    def _is_of_place(laid: Choices, chosen: Chosen) -> bool:
        """Whether the place of the report, or the one that it speaks of most, was chosen; 白石区 is no place by its name alone."""
        told = chosen.kind in (REPORT, REPORT_WHOLE)
        return (told and chosen.name != "") or (chosen.kind == OFTEN and laid.known.bodies.is_place(chosen.name))

    @staticmethod
    def _gives_way(laid: Choices, n: int, chosen: Chosen, profile: str, goes_on: bool) -> bool:
        """Whether what was chosen gives way to the institution that is presented where a number stands."""
        if chosen.kind == ENTIRE or not chosen.name:
            return not chosen.name
        before = laid.told.profiles[n - 1] if n else None
        if not laid.known.bodies.is_place(chosen.name) and chosen.kind not in (REPORT, REPORT_WHOLE):
            return goes_on and before != profile
        return chosen.kind not in (CLAUSE, PLACE) or chosen.name in profile or (goes_on and before != profile)

    def _scores(self, laid: Choices, placed: Array, found: Sequence[Found]) -> Array:
        """What the model makes of each that could be meant, and of what it knows too little."""
        scores = np.zeros(len(laid.said), np.float32)
        for features in features_of(laid):
            scores += self._weights.take(features)
        scores[things(laid)] -= _THING
        scores[common(laid, placed)] -= _COMMON
        scores[laid.above | of_branches(laid, found) | counted(laid, found)] = -np.inf
        return scores

    @staticmethod
    def _holds(laid: Choices, n: int, before: Chosen, placed: bool) -> bool:
        """Whether what the number before a number is said of may hold on to it."""
        link = laid.link[n]
        if before.name in _LEVELS:
            return False
        told = before.kind in (CLAUSE, PLACE)
        if placed and told and _OF_ANY.fullmatch(before.name):
            return False
        near = link == SAME_SENTENCE or (link != ELSEWHERE and not placed)
        far = near or not told or _is_known(before, laid, placed)
        if told and link != SAME_SENTENCE and laid.passing[n] > 1 and laid.known.bodies.shape(before.name) & 1:
            return False
        if told and link != SAME_SENTENCE and (_is_thing(before, laid) or _of_sentence(before.name, laid.known.bodies)):
            return False
        if link == ELSEWHERE and told and (placed or laid.known.bodies.is_named_place(before.name)):
            begin, end = laid.begins[n], laid.begins[n + 1] if n + 1 < len(laid.begins) else len(laid.said)
            far = before.name in laid.said[begin:end]  # as the place of the report, or one that it speaks of often
        return bool(far and before.name and before.name not in laid.larger[n])

    @staticmethod
    def _is_branch(laid: Choices, before: Chosen, one: Found) -> bool:
        """Whether what was chosen is a branch of the economy, of which a number by another name tells nothing."""
        if before.name in one.name or before.kind not in (CLAUSE, PLACE):
            return False
        if is_branch(before.name):
            return not one.rule.startswith("carried")
        return is_aggregate(one.name) and not laid.known.bodies.shape(before.name) & 3

    @staticmethod
    def _doers(laid: Choices, scores: Array) -> dict[int, int]:
        """The place of the report that does what the clause of a number tells without a subject, 新建公路, by number."""
        ends = np.append(laid.begins[1:], len(scores))
        places = (laid.kind == REPORT) | (laid.kind == REPORT_WHOLE)
        rows = np.flatnonzero(places & np.repeat(laid.deed, ends - laid.begins))
        numbers = np.searchsorted(laid.begins, rows, "right") - 1
        out: dict[int, int] = {}
        for n, row in zip(numbers.tolist(), rows.tolist(), strict=True):
            if n not in out or scores[row] > scores[out[n]]:
                out[n] = row
        return out

    def carried(self, laid: Choices, n: int, before: Chosen, one: Found) -> Carried:
        """How what was said of the number before looks from a number."""
        names = laid.known
        of = names.one(before.name)
        return Carried(
            link=laid.link[n],
            fresh=laid.fresh[n],
            beside=laid.about[n],
            kind=before.kind,
            steps=min(before.steps, 3),
            inside=inside_of(before.name, one.name),
            goes_on=one.rule.startswith("carried"),
            shape=int(names.shapes[of]),
            last=int(names.lasts[of]),
            length=min(len(before.name), 8),
        )

    def _score(self, carried: Carried) -> float:
        score = self._worth.get(carried)
        if score is None:
            if len(self._worth) > REMEMBERED:
                self._worth.clear()
            score = self._worth[carried] = float(self._weights[carried.buckets()].sum())
        return score
