"""Name the numbers of one sentence from left to right; later ones may carry on what earlier ones said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.language.periods import TimeMention
from pipeline.metrics import lists
from pipeline.metrics.candidates import Candidate, View, candidates, name_of
from pipeline.metrics.changes import GOVERNING, basis_spans, change_of
from pipeline.metrics.cues import Cues
from pipeline.metrics.heads import guess
from pipeline.metrics.ranking import Ranker
from pipeline.metrics.tokens import Token, Words, left_edge, right_edge, text_of
from pipeline.records import Approx, Change, Quantity
from pipeline.rules.schema import Unit


@dataclass(slots=True)
class Found:
    """What is known so far of one quantity of the sentence at hand."""

    quantity: Quantity
    left: int  # where its clause begins
    name: str = ""
    rule: str = ""
    unit: str = ""  # class of the unit
    margin: float = 0.0  # how far the name is ahead of the next best
    least: float = 0.0  # the smallest margin among the names that it was carried on from
    change: Change | None = None
    items: list[str] | None = None  # of a 分别 list, for the numbers that follow
    verb: str = ""  # that the name begins with, for an ellipsis
    stem: str = ""  # the name without its last word, for another
    noun_end: int = 0  # where the noun after the number ends
    bounded: Approx | None = None  # what a word outside the expression says of it, for the numbers that follow
    governed: bool = False  # the change comes from a verb before the name (新增 A 5家、B 3家)
    listed: bool = False  # nothing but 、 or 和 stands between it and the number before


class Passage(NamedTuple):
    """A sentence and its numbers; `last` is the number before, where the same paragraph has one."""

    text: str
    words: Words
    times: Sequence[TimeMention]
    quantities: Sequence[Quantity]
    end: int
    last: Found | None


_BETWEEN = frozenset(("、", "和", "及", "与", "以及", ""))
_ATTRIBUTE = re.compile(r"([^，。；：、！？\n的]{2,16}的)(?:村|人|户|只|仅|就|也|还|已|共)?(?:有|占|达|为)?(?:达)?$")
_DEFAULTS = {"户": "户数", "人": "人口", "%": "占比", "亩": "面积"}
_BOUNDS: tuple[tuple[str, Approx], ...] = (
    ("突破", "over"), ("至少", "over"), ("不少于", "over"), ("不低于", "over"), ("不小于", "over"), ("最少", "over"),
    ("不超过", "under"), ("不高于", "under"), ("不多于", "under"), ("约占", "about"), ("大约", "about"),
)  # fmt: skip


class Namer:
    """Names numbers; built once from the cue words, the ranker and the rows of units."""

    def __init__(self, cues: Cues, ranker: Ranker, units: Mapping[str, Unit]) -> None:
        self.cues = cues
        self.ranker = ranker
        self._units = units

    def read(self, passage: Passage) -> list[Found]:
        """One result a number, in order."""
        found: list[Found] = []
        for at in range(len(passage.quantities)):
            found.append(self._read_one(passage, at, found))
        return found

    def _read_one(self, passage: Passage, at: int, before: list[Found]) -> Found:
        text, quantity = passage.text, passage.quantities[at]
        previous = before[-1] if before else None
        floor = passage.quantities[at - 1].end if at else passage.words.start
        after_noun = min(max(floor, previous.noun_end), quantity.start) if previous else floor
        one = Found(quantity, left_edge(text, quantity.start, after_noun))
        apart = basis_spans(text, one.left, quantity.start) + [(t.start, t.end) for t in passage.times]
        left = [
            t for t in passage.words.between(one.left, quantity.start) if not any(a <= t.start < b for a, b in apart)
        ]
        one.listed = previous is not None and text[after_noun : one.left + 1].strip() in _BETWEEN
        self._change(text, one, left, previous)
        self._bound(text, one, previous)
        if any(t.word.startswith("分别") for t in left[-6:]):
            one.items = self._items(left, before, _run_length(text, passage.quantities[at:]))
        view = self._view(passage, at, one, left, before)
        chosen, one.margin = self.ranker.choose(view, candidates(view, self.cues))
        self._take(one, view, chosen, before[-1] if before else passage.last)
        return one

    def _take(self, one: Found, view: View, chosen: Candidate | None, previous: Found | None) -> None:
        """Note the chosen wording, and what of it the numbers that follow may carry on."""
        one.least = one.margin
        if chosen is None:
            unit = one.quantity.unit
            one.name, one.rule = _DEFAULTS.get(unit, unit), "unit"
            return
        one.name, one.rule = name_of(view, chosen), chosen.kind
        if chosen.words is view.right and chosen.end:
            one.noun_end = view.right[chosen.end - 1].end
        if chosen.kind.startswith("carried") and previous is not None:
            one.verb, one.least = previous.verb, min(previous.least, one.margin)
            one.stem = previous.stem if chosen.kind in ("carried", "carried_share", "carried_swap") else ""
        elif chosen.kind == "verb_right":
            one.verb = view.left[-1].word
        elif chosen.end - chosen.start > 1:
            first = chosen.words[chosen.start]
            one.verb = first.word if first.tag[:1] == "v" else ""
            if chosen.kind in ("left", "prior", "topic"):
                one.stem = text_of(chosen.words[chosen.start : chosen.end - 1])

    def _change(self, text: str, one: Found, left: list[Token], previous: Found | None) -> None:
        quantity = one.quantity
        one.change = change_of(text, one.left, quantity.start, left, self.cues)
        one.governed = any(t.word in GOVERNING for t in left)
        if one.change is None and one.listed and previous is not None and previous.change in ("increase", "decrease"):
            same = quantity.unit == previous.quantity.unit
            if same or previous.governed:
                one.change, one.governed = previous.change, previous.governed

    @staticmethod
    def _bound(text: str, one: Found, previous: Found | None) -> None:
        """What stands outside the expression and bounds it: 突破 80亿元, 约占 24%, 至少培训 50人."""
        quantity = one.quantity
        if quantity.approx != "exact":
            return
        clause = text[one.left : quantity.start]
        said = next((a for word, a in _BOUNDS if word in clause), None)
        if said is None and previous is not None and previous.bounded:
            said = previous.bounded if text[previous.quantity.end : quantity.start].strip() in ("、", "和") else None
        one.bounded = said
        if said:
            one.quantity = replace(quantity, approx=said)

    def _items(self, left: list[Token], before: list[Found], run: int) -> list[str] | None:
        """What the numbers after 分别 are said of, in order: the items before it, or the numbers before."""
        at = max(i for i, t in enumerate(left) if t.word.startswith("分别"))
        listed = left[:at]
        lists.strip_start(listed, self.cues)
        items = lists.listed_items(listed, self.cues)
        if len(items) > 1:
            return items
        levels = [one.name for one in before if one.change is None]
        return levels[-run:] if 1 < run <= len(levels) else None

    def _view(self, passage: Passage, at: int, one: Found, left: list[Token], before: list[Found]) -> View:
        """What is to be seen from a number."""
        text, words, quantity = passage.text, passage.words, one.quantity
        previous = before[-1] if before else passage.last
        start = words.start
        stop = max(one.left - 1, start)
        edge = left_edge(text, stop, start)
        prior = words.between(edge, stop)
        if before and before[-1].quantity.end > edge:
            spans = [(f.quantity.start, f.quantity.end) for f in before if f.quantity.end > edge]
            prior = [t for t in prior if all(t.end <= a or t.start >= b for a, b in spans)]
        opens = right_edge(text, start, min(edge, before[0].quantity.start if before else edge))
        ceiling = passage.quantities[at + 1].start if at + 1 < len(passage.quantities) else passage.end
        base = one if one.items else next((f for f in reversed(before) if f.items), None) if one.listed else None
        items = base.items if base and base.items else []
        place = sum(f.quantity.start >= base.quantity.start for f in before) if base else 0
        row = self._units.get(quantity.unit_id)
        one.unit = _unit_class(quantity.unit, row.dimension if row else "")
        right = words.between(quantity.end, right_edge(text, quantity.end, ceiling))
        return View(
            at=quantity.start,
            left=left,
            right=right,
            guess=guess(left, right, self.cues),
            prior=prior,
            topic=words.between(start, opens),
            attribute=_attribute(text, quantity.start, start),
            carried=previous.name if previous else "",
            carried_verb=previous.verb if previous else "",
            carried_stem=previous.stem if previous else "",
            item=items[place] if place < len(items) else "",
            unit=one.unit,
            written=quantity.unit,
            change=one.change or "",
            bond=("list" if one.listed else "clause") if before else "sentence" if previous else "",
            same_unit=previous is not None and previous.quantity.unit == quantity.unit,
        )


def _attribute(text: str, start: int, floor: int) -> str:
    """What restricts a noun that is left out before a number: 20万元以上的|12个."""
    if "的" not in text[max(floor, start - 6) : start]:
        return ""
    match = _ATTRIBUTE.search(text, max(floor, start - 24), start)
    return match[1] if match else ""


def _run_length(text: str, quantities: Sequence[Quantity]) -> int:
    """How many numbers stand side by side: 3家、5家和8家 are three."""
    for i in range(1, len(quantities)):
        if text[quantities[i - 1].end : quantities[i].start].strip() not in _BETWEEN:
            return i
    return len(quantities)


def _unit_class(unit: str, dimension: str) -> str:
    """What kind of thing a unit counts, as coarse as a name depends on it."""
    if unit in ("人", "名", "人次", "户", "位", "户次"):
        return "people"
    if unit in ("倍", "百分点", "%", "‰"):
        return "ratio"
    if dimension in ("money", "money_foreign"):
        return "money"
    return "count" if dimension in ("count", "") else dimension
