"""What is to be seen from each number of a document: the clauses around it, and how the number before goes on to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from functools import lru_cache
from itertools import pairwise

import numpy as np

from pipeline.metrics.comparisons.changes import Changes, Clauses
from pipeline.metrics.comparisons.comparing import against, own_gaps, recounts
from pipeline.metrics.naming.ahead import ahead
from pipeline.metrics.naming.brackets import outside_brackets
from pipeline.metrics.naming.told_items import items_told
from pipeline.metrics.page.hashing import word_hash
from pipeline.metrics.page.heads import heads_before, nouns_after
from pipeline.metrics.page.lexicon import Trait
from pipeline.metrics.page.page import Array, Characters, Page, Range, shifted, summed
from pipeline.metrics.page.tokens import plain
from pipeline.metrics.quantities.units import UnitIndex
from pipeline.records import Quantity

_ATTRIBUTE = re.compile(r"([^，。；：、！？\n的]{2,16}的)(?:村|人|户|只|仅|就|也|还|已|共)?(?:有|占|达|为)?(?:达)?$")
_WHEN = re.compile("(?:由|从|[到至])(?:[^的]*[年月初期底末日]|目前|现在|如今|当前)的$")
"""No attribute, but when it was so: 由上年的|14家增加到目前的|20家."""
_OF_SHARES = ("%", "‰", "‱", "百分点", "")
"""Units of a share; 占地12亩 tells none."""
_OF_WHOLE = ("%", "‰", "‱")
_BEHIND_THRESHOLD = re.compile(
    r"([^，。；：、！？\n（）()]*?)(?:的)?(?:就|也|还|已|共|各)?(?:有|占|达|为|增加|增)?(?:到|至)?"
)
_MEAN = re.compile("平均每([人户亩村校])(?:仍|已|就|只|仅)?(?:为|有|达到?)?")
_RATE = re.compile("(增速|增幅|涨幅|降幅)(?:[^的]{0,12})$")
"""What a gap or a change is of: 增速比上年快|0.3个百分点."""
_MOVES = re.compile("(?:但|且|而|其)?(占比|比重)[^，。；、：的0-9]{0,8}")
"""A share of what was just told that changes: 工业投资增长5%，占比提高|2个百分点."""
_PLANS = frozenset(("目标", "预算", "任务", "计划", "指标"))
_ALSO = re.compile("(?:、[^，。；：、！？\n\\d]{1,12})+(?=[，。；：！？\n])")
_PLACES = frozenset("省市县区乡镇村")
_SHORT = 4
"""How long the first of several nouns behind a number is at most, that they are read as one: 14户|低保、特困家庭."""


class Context:
    """Arrays with a place for each number of a page."""

    def __init__(
        self,
        text: str,
        page: Page,
        quantities: Sequence[Quantity],
        follows: Array,
        units: UnitIndex,
        changes: Changes,
    ) -> None:
        """`follows` tells which sentences (one for each number) go on with their paragraph."""
        characters = Characters(text)
        starts, begins = page.starts, page.begins
        inside = np.arange(len(starts)) > page.first  # not the first of its sentence
        self.inside = inside
        stops = _over_commas(text, page.ends, characters.right_edges(page.ends, page.ceilings), page.ceilings)
        self.right = _of_last(page, page.words(page.ends, stops), _are_places(quantities))
        self.noun = nouns_after(page, self.right)
        self.counted = np.where(self.noun > self.right.start, page.word_ends_of(self.noun), page.ends)
        floors = np.where(inside, np.minimum(np.maximum(page.floors, shifted(self.counted)), starts), page.floors)
        self.edges = characters.left_edges(starts, floors)
        self.left = left = page.words(self.edges, starts)
        self.head = heads_before(page, left)
        self.listed = inside & (self.edges == floors) & (self.edges < starts) & characters.joins(floors)

        stop = np.maximum(self.edges - 1, begins)
        edge = characters.left_edges(stop, begins)
        self.prior = page.words(edge, stop)
        opens = characters.right_edges(begins, np.maximum(np.minimum(edge, starts[page.first]), begins))
        self.topic = page.words(begins, opens)
        numberless = edge >= np.where(inside, shifted(self.counted), 0)
        self.between = np.where(self.prior.end > self.prior.start, np.where(numberless, 2, 1), 0)
        """What the clause before is: none, that of the number before, one without a number (投资由负转正，增长0.5%)."""

        self._see_words(page)
        # what the name is by the grammar: noun, head, none; what ties to the number before: list, clause, sentence, none
        self.side = np.where(self.noun > self.right.start, 2, np.where(self.head.end > self.head.start, 1, 0))
        self.follows = inside | follows
        self.bond = np.where(self.listed, 3, np.where(inside, 2, np.where(follows, 1, 0)))
        measured = [_unit(q.unit, row.dimension if (row := units.rows.get(q.unit_id)) else "") for q in quantities]
        self.of_units = [_planned(text, q.start) or units.counts.get(q.unit, q.unit) for q in quantities]
        self.unit_names = [name for name, _, _ in measured]
        self.units = np.array([unit for _, unit, _ in measured], np.uint32)
        self.written = np.array([written for _, _, written in measured], np.uint32)
        self.shared &= np.array([q.unit in _OF_SHARES for q in quantities])
        self.of_whole = np.array([q.unit in _OF_WHOLE for q in quantities])
        said_so = np.array([q.unit == "%" and text.startswith("约占", q.start) for q in quantities])
        self.same_unit = self.follows & (self.written == shifted(self.written))
        clauses = Clauses(self.edges, left, self.listed, characters.codes)
        self.changes, self.governed = changes.of(text, page, clauses, quantities)
        self.change = np.array([_CHANGES[c] for c in self.changes], np.int64)
        share = self.of_whole | np.array([q.rule in ("fraction", "half") for q in quantities])
        level = share & (self.change < 2)
        side_by_side = (left.end == left.start) & (self.right.end == self.right.start)
        self.alone = level & (said_so | (side_by_side & inside & shifted(~share)))
        self.attributes = self._attributes(text, page, characters)
        self.thresholds = self._thresholds(text, quantities)
        self._read_text(text, page, quantities)

        self.restricted = np.zeros(len(starts), bool)
        self.restricted[list(self.attributes)] = True

    def _read_text(self, text: str, page: Page, quantities: Sequence[Quantity]) -> None:
        """What the text before the numbers tells: rates, means, indicators far ahead, and what they are measured against."""
        edges = self.edges.tolist()
        self.rates = _rates(text, quantities, edges)
        self.means = _means(text, page.starts.tolist())
        self.ahead = ahead(text, quantities, edges, page.begins.tolist())
        self.against = against(text, quantities, edges)
        self.own_gaps = own_gaps(text, quantities, edges)
        self.recounts = recounts(text, quantities)
        self.outside = outside_brackets(text, quantities)
        series = np.flatnonzero(self.opens_series & ~self.listed).tolist()
        begins, starts = page.begins.tolist(), page.starts.tolist()
        run = _runs(self.listed)
        self.told_items = {n: items_told(text, begins[n], starts[n], run[n]) for n in series if run[n] > 1}

    def _see_words(self, page: Page) -> None:
        """What stands next to the numbers, and what is among the words before them."""
        left, right = self.left, self.right
        self.near = np.where(left.end > left.start, page.types[left.end - 1], 0)
        self.following = np.where(right.end > right.start, page.types[right.start], 0)
        self.right_last = np.where(right.end > right.start, page.types[right.end - 1], 0)
        content = page.has(Trait.CONTENT)
        count = summed(content)
        self.content = count[left.end] - count[left.start]
        last = page.last(content)[left.end]
        self.content_head = np.where(self.content > 0, page.types[last], 0)
        stretch = page.last(page.has(Trait.STRETCH))[left.end]
        self.stretch = np.where(stretch >= left.start, stretch, -1)
        self.verb_before = (left.end > left.start) & page.has(Trait.VERB)[left.end - 1]
        share = summed(page.has(Trait.SHARE))
        self.shared = share[left.end] > share[np.maximum(left.start, left.end - 5)]
        series = summed(page.has(Trait.SERIES))
        self.opens_series = series[left.end] > series[np.maximum(left.start, left.end - 6)]
        opened = summed(self.opens_series)
        earlier = opened[np.arange(len(left.start))] > opened[page.first]
        self.series = self.opens_series | (self.listed & earlier)

    def part(self, start: int, end: int) -> Context:
        """The same of some numbers only."""
        if start == 0 and end >= len(self.edges):
            return self
        part = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, Range):
                setattr(part, name, Range(value.start[start:end], value.end[start:end]))
            elif isinstance(value, np.ndarray):
                setattr(part, name, value[start:end])
        return part

    def _thresholds(self, text: str, quantities: Sequence[Quantity]) -> dict[int, list[tuple[str, str]]]:
        """Names that hold the number before, from where it begins and from where its clause does: 总投资5000万元以上项目|35个."""
        out: dict[int, list[tuple[str, str]]] = {}
        edges = self.edges.tolist()
        for n, (before, quantity) in enumerate(pairwise(quantities), 1):
            if before.approx in ("over", "under") or before.rule == "range":
                gap = text[before.end : quantity.start]
                if len(gap) < 12 and self.inside[n] and (match := _BEHIND_THRESHOLD.fullmatch(gap)):
                    names = [("threshold", plain(text[before.start : before.end] + match[1]))]
                    if edges[n - 1] < before.start and quantity.start - edges[n - 1] <= 24:
                        names.append(("threshold_left", plain(text[edges[n - 1] : before.end] + match[1])))
                    out[n] = names
        return out

    def _attributes(self, text: str, page: Page, characters: Characters) -> dict[int, str]:
        """What restricts a noun that is left out before a number: 20万元以上的|12个."""
        out = {}
        for n in np.flatnonzero(characters.of_near(page.starts)).tolist():
            start, floor = int(page.starts[n]), int(page.begins[n])
            if "的" in text[max(floor, start - 6) : start]:
                match = _ATTRIBUTE.search(text, max(floor, start - 24), start)
                if match and not _WHEN.search(match[1]):
                    out[n] = match[1]
        return out


def _planned(text: str, start: int) -> str:
    """The plan that a number without a noun is of, rather than its unit: 原定目标|30个."""
    plan = text[start - 2 : start] if start > 1 else ""
    return plan if plan in _PLANS else ""


def _rates(text: str, quantities: Sequence[Quantity], edges: Sequence[int]) -> dict[int, str]:
    """The rates that gaps and changes in 百分点 are of, by the places of these."""
    points = ((n, q) for n, q in enumerate(quantities) if q.unit == "百分点")
    said = ((n, _RATE.search(text, edges[n], q.start) or _MOVES.fullmatch(text, edges[n], q.start)) for n, q in points)
    return {n: match[1] for n, match in said if match}


def _means(text: str, starts: Sequence[int]) -> dict[int, str]:
    """What numbers are means over, by their place: 平均每户|0.8亩."""
    places = {start: n for n, start in enumerate(starts)} if "平均每" in text else {}
    found = ((places.get(match.end()), match[1] + "均") for match in _MEAN.finditer(text) if places)
    return {n: mean for n, mean in found if n is not None}


def _over_commas(text: str, ends: Array, edges: Array, ceilings: Array) -> Array:
    """The edges behind numbers, those at a 、 moved to where its clause ends: 14户|低保、特困家庭, but 8公里|路面改造、…."""
    out = edges.copy()
    for n in np.flatnonzero((edges > ends) & (edges <= ends + _SHORT)).tolist():
        edge = int(edges[n])
        if (
            text[edge : edge + 1] == "、"
            and text[edge - 1] not in "造化修"
            and (match := _ALSO.match(text, edge))
            and match.end() < ceilings[n]
        ):
            out[n] = match.end()
    return out


def _are_places(quantities: Sequence[Quantity]) -> Array:
    """Which numbers count places and stand before one that counts other things: 三镇|两个街道."""
    after = [q.unit == "个" for q in quantities[1:]] + [False]
    return np.array([q.unit in _PLACES and other for q, other in zip(quantities, after, strict=True)], bool)


def _of_last(page: Page, right: Range, places_told: Array) -> Range:
    """What stands behind numbers; behind one that another follows at once, what stands behind that: 23户|74人监测对象.

    `places_told` are told by their units.
    """
    places = np.arange(len(page.starts))
    joined = np.append(page.ends[:-1] == page.starts[1:], False)[: len(places)] & ~places_told
    last = np.minimum.accumulate(np.where(joined, len(places), places)[::-1])[::-1]
    return Range(right.start[last], right.end[last])


def _runs(listed: Array) -> list[int]:
    """How many numbers are listed from each on."""
    places = np.flatnonzero(np.append(~listed, True))
    runs: list[int] = (
        places[np.searchsorted(places, np.arange(len(listed)), "right")] - np.arange(len(listed))
    ).tolist()
    return runs


_CHANGES = {None: 0, "level": 1, "increase": 2, "decrease": 3}


@lru_cache(4096)
def _unit(written: str, dimension: str) -> tuple[str, int, int]:
    """What kind of thing a unit counts, as coarse as a name depends on it; the checksums of that and of the unit itself."""
    if written in ("人", "名", "人次", "户", "位", "户次"):
        name = "people"
    elif written in ("倍", "百分点", "%", "‰"):
        name = "ratio"
    elif dimension in ("money", "money_foreign"):
        name = "money"
    else:
        name = "count" if dimension in ("count", "") else dimension
    return name, word_hash("unit " + name), word_hash(written)
