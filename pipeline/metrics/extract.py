"""Quantities to metrics: name, subject, period, status, change and part-of of each number that measures something."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from pipeline.language.periods import TimeMention, dates_of
from pipeline.metrics import names
from pipeline.metrics.changes import GOVERNING, basis_of, basis_spans, change_of, modality_of
from pipeline.metrics.cues import Cues
from pipeline.metrics.optional import counts_nothing
from pipeline.metrics.quantities import Recogniser
from pipeline.metrics.subjects import clause_subjects, subject_of_heading
from pipeline.metrics.timing import Frame, frame_of, period_of, sentence_times, with_year_said
from pipeline.metrics.tokens import Token, between, left_edge, right_edge, tokens_of
from pipeline.records import Approx, Change, Facts, Metric, Quantity, Section, Sentence, Status
from pipeline.rules import Rules
from pipeline.rules.schema import MetricCue


@dataclass(slots=True)
class Found:
    """What is known so far of one quantity of the sentence at hand."""

    quantity: Quantity
    left: int
    name: str = ""
    rule: str = ""
    change: Change | None = None
    subject: str | None = None
    items: list[str] | None = None  # of a 分别 list, for the numbers that follow
    part_of: int | None = None
    noun_end: int = 0  # where the noun after the number ends
    bounded: Approx | None = None  # what a word outside the expression says of it, for the numbers that follow
    governed: bool = False  # the change comes from a verb before the name (新增 A 5家、B 3家)


class Extractor:
    """Extracts metrics; built once from the tables of units, phrases and cue words."""

    def __init__(self, rules: Rules) -> None:
        self.recogniser = Recogniser(rules)
        self._cues = Cues(rules.table(MetricCue))

    def extract(
        self, text: str, outline: Sequence[Section], sentences: Sequence[Sentence], facts: Facts
    ) -> tuple[Metric, ...]:
        """One record for each number that measures or counts something, in order of the text."""
        roles = self.recogniser.units.rows
        quantities = [
            q
            for q in self.recogniser.find(text)
            if not counts_nothing(text, q, roles[q.unit_id].role if q.unit_id else "")
        ]
        starts = [s.start for s in sentences]
        grouped: dict[int, list[Quantity]] = {}
        for quantity in quantities:
            at = bisect_right(starts, quantity.start) - 1
            if at >= 0 and quantity.start < sentences[at].end:
                grouped.setdefault(at, []).append(quantity)
        metrics: list[Metric] = []
        frames: dict[int, Frame] = {}
        scanned = 0
        subjects: list[tuple[int, str]] = []
        for at, group in grouped.items():
            sentence = sentences[at]
            if sentence.section_id not in frames:
                frames[sentence.section_id] = frame_of(outline[sentence.section_id], outline, facts)
            paragraph = max(text.rfind("\n", 0, sentence.start), outline[sentence.section_id].heading_end)
            for before in sentences[max(scanned, bisect_right(starts, paragraph) - 1) : at + 1]:
                subjects += clause_subjects(tokens_of(before.words, before.tags, before.start), self._cues)
            scanned = at + 1
            times = sentence_times(text, sentence.start, sentence.end)
            found = self._read_sentence(text, sentence, group, times)
            default = self._section_subject(outline, sentence.section_id, facts)
            for one in found:
                place = bisect_right(subjects, one.quantity.start, key=itemgetter(0)) - 1
                held = place >= 0 and subjects[place][0] >= paragraph
                one.subject = subjects[place][1] if held else default
            frame = frames[sentence.section_id]
            metrics += self._records(text, sentence, found, frame, times, len(metrics))
            frames[sentence.section_id] = with_year_said(frame, text, times)
        return tuple(metrics)

    def _section_subject(self, outline: Sequence[Section], section_id: int, facts: Facts) -> str | None:
        """Who a section speaks of where no clause says it: the nearest heading that names one, else the report's place."""
        node: Section | None = outline[section_id]
        while node is not None:
            if node.heading and (subject := subject_of_heading(node.heading)):
                return subject
            node = outline[node.parent_id] if node.parent_id is not None else None
        return facts.place

    def _read_sentence(
        self, text: str, sentence: Sentence, group: list[Quantity], times: list[TimeMention]
    ) -> list[Found]:
        """Name each quantity of one sentence from left to right; later ones may carry on what earlier ones said."""
        tokens = tokens_of(sentence.words, sentence.tags, sentence.start)
        found: list[Found] = []
        for i, quantity in enumerate(group):
            floor = group[i - 1].end if i else sentence.start
            ceiling = group[i + 1].start if i + 1 < len(group) else sentence.end
            found.append(self._read_one(text, tokens, times, quantity, (floor, ceiling), found))
        return found

    def _read_one(
        self,
        text: str,
        tokens: list[Token],
        times: list[TimeMention],
        quantity: Quantity,
        room: tuple[int, int],
        before: list[Found],
    ) -> Found:
        floor, ceiling = room
        previous = before[-1] if before else None
        after_noun = min(max(floor, previous.noun_end), quantity.start) if previous else floor
        left = left_edge(text, quantity.start, after_noun)
        one = Found(quantity, left)
        apart = basis_spans(text, left, quantity.start) + [(t.start, t.end) for t in times]
        words = [t for t in between(tokens, left, quantity.start) if not any(a <= t.start < b for a, b in apart)]
        head = names.head_before(words, self._cues)
        one.change = change_of(text, left, quantity.start, words, self._cues)
        one.governed = any(t.word in GOVERNING for t in words)
        one.quantity = quantity = self._bounded(text, left, one, previous)
        subject = clause_subjects([*words, _STOP], self._cues)
        own = _without(head.tokens, subject[-1][1]) if subject else head.tokens
        after = between(tokens, quantity.end, right_edge(text, quantity.end, ceiling))
        noun = names.noun_after(after, self._cues)
        if noun:
            self._name_after(one, noun, own)
        elif own:
            one.name, one.rule = names.text_of(own), "head_before"
            if head.respectively:
                one.items = names.listed_items(own)
                one.name = one.items[0] if len(one.items) > 1 else one.name
        elif after and after[0].word in ("为", "是", "属", "系"):
            one.name, one.rule = names.text_of(names.noun_after(after[1:], self._cues) or after[1:4]), "predicate_after"
        listed = previous is not None and text[previous.quantity.end : left + 1].strip() in ("、", "和", "及", "与", "")
        if previous is not None:
            self._carry(text, one, previous, before, listed)
        if one.name in _INCOMPLETE:
            self._complete(text, tokens, one, previous)
        if not one.name:
            self._name_from_around(text, tokens, one, after)
        if text[left : quantity.start].lstrip().startswith("其中") or (previous and self._is_part(text, one, previous)):
            one.part_of = self._total_of(one, before)
        return one

    def _bounded(self, text: str, left: int, one: Found, previous: Found | None) -> Quantity:
        """The quantity with what stands outside it and bounds it: 突破 80亿元, 约占 24%, 至少培训 50人."""
        quantity = one.quantity
        if quantity.approx != "exact":
            return quantity
        said = next((a for word, a in _BOUNDS if word in text[left : quantity.start]), None)
        if said is None and previous is not None and previous.bounded:
            said = previous.bounded if text[previous.quantity.end : quantity.start].strip() in ("、", "和") else None
        one.bounded = said
        return replace(quantity, approx=said) if said else quantity

    def _name_after(self, one: Found, noun: list[Token], own: list[Token]) -> None:
        """The noun after the number, with the verb before it where the verb tells something."""
        verb = own[-1] if own and own[-1].tag == "v" and own[-1].end == one.quantity.start else None
        keep = verb is not None and verb.word not in self._cues["light_verb"]
        one.name = names.text_of([verb, *noun] if keep and verb else noun)
        one.noun_end = noun[-1].end
        one.rule = "noun_after"

    def _complete(self, text: str, tokens: list[Token], one: Found, previous: Found | None) -> None:
        """A head that needs its noun (总量, 占比) takes the name before it: 经营主体，总量达 → 经营主体总量."""
        owner = previous.name if previous is not None else self._clause_before(text, tokens, one)
        if owner and owner not in _INCOMPLETE:
            one.name = owner + one.name

    def _clause_before(self, text: str, tokens: list[Token], one: Found) -> str:
        """The name of the clause before that of a number."""
        start = tokens[0].start
        edge = left_edge(text, max(one.left - 1, start), start)
        return names.text_of(names.head_before(between(tokens, edge, max(one.left - 1, start)), self._cues).tokens)

    def _name_from_around(self, text: str, tokens: list[Token], one: Found, after: list[Token]) -> None:
        """Where the clause has no name: that of the clause before, a predicate after, or what the unit counts."""
        unit = one.quantity.unit
        if unit not in _DEFAULTS or one.change in ("increase", "decrease"):
            one.name, one.rule = self._clause_before(text, tokens, one), "clause_before"
        if not one.name and after:
            one.name, one.rule = names.text_of([t for t in after if t.word not in ("为", "是")][:4]), "predicate_after"
        if not one.name:
            one.name, one.rule = _DEFAULTS.get(unit, unit), "unit"

    def _carry(self, text: str, one: Found, previous: Found, before: list[Found], listed: bool) -> None:
        """What an ellipsis leaves to the number before: the name, an item of the list, the change of a list."""
        same = one.quantity.unit == previous.quantity.unit
        ratio = one.quantity.unit in ("%", "百分点", "倍", "‰") or one.change in ("increase", "decrease")
        if not one.name and (same or ratio or one.quantity.unit not in _DEFAULTS):
            base = next((f for f in reversed(before) if f.items), None) if listed else None
            if base is not None and base.items and len(base.items) > 1:
                place = len([f for f in before if f.quantity.start >= base.quantity.start])
                one.name, one.rule = (
                    (base.items[place], "listed") if place < len(base.items) else (base.name, "carried")
                )
            else:
                one.name, one.rule = previous.name, "carried"
            if text[one.left : one.quantity.start].lstrip("，约 ").startswith("占"):
                one.name += "占比"
        changing = previous.change in ("increase", "decrease") and (same or previous.governed)
        if one.change is None and listed and changing:
            one.change, one.governed = previous.change, previous.governed

    @staticmethod
    def _is_part(text: str, one: Found, previous: Found) -> bool:
        """A list that 其中 opened goes on."""
        return (
            previous.part_of is not None
            and "；" not in text[previous.quantity.end : one.left]
            and one.rule != "carried"
        )

    @staticmethod
    def _total_of(one: Found, before: list[Found]) -> int | None:
        """The number that a part belongs to: the total of the list that it goes on, else the last of the same unit."""
        for at in range(len(before) - 1, -1, -1):
            if before[at].part_of is not None and before[at].quantity.unit == one.quantity.unit:
                return before[at].part_of
            if before[at].part_of is None and before[at].quantity.unit == one.quantity.unit:
                return at
        return None

    def _records(
        self,
        text: str,
        sentence: Sentence,
        found: list[Found],
        frame: Frame,
        times: list[TimeMention],
        first: int,
    ) -> list[Metric]:
        """The finished records of one sentence, numbered from `first`."""
        tokens = tokens_of(sentence.words, sentence.tags, sentence.start)
        records = []
        for i, one in enumerate(found):
            q = one.quantity
            modality = modality_of(between(tokens, sentence.start, q.start), self._cues)
            status: Status = "planned" if frame.planned or modality else "actual"
            period = period_of(text, one.left, q.start, frame, status, times)
            begins, ends = dates_of(period)
            measure = self.recogniser.units.measure(q.unit_id, q.unit)
            base = float(measure.factor) * q.value if measure.factor is not None and q.value is not None else None
            basis = basis_of(text, one.left, q.start) if one.change in ("increase", "decrease") else None
            records.append(
                Metric(
                    metric_id=first + i,
                    section_id=sentence.section_id,
                    sentence_id=sentence.sentence_id,
                    name=one.name,
                    subject=one.subject,
                    indicator=None,
                    quantity=q,
                    unit_canonical=measure.canonical,
                    status=status,
                    change=one.change or "level",
                    change_basis=basis,
                    modality=modality,
                    period=period,
                    period_start=begins,
                    period_end=ends,
                    base_value=base,
                    base_unit=measure.base,
                    dimension=measure.dimension,
                    part_of=first + one.part_of if one.part_of is not None else None,
                    rule=one.rule,
                    confidence=_CONFIDENCE.get(one.rule, 0.5),
                )
            )
        return records


def _without(tokens: list[Token], subject: str) -> list[Token]:
    """A phrase less the subject at its head, as long as something is left."""
    reached, name = 0, ""
    while reached < len(tokens) and len(name) < len(subject):
        name += tokens[reached].word
        reached += 1
    return tokens[reached:] if name == subject and reached < len(tokens) else tokens


_STOP = Token("有", "v", 0, 0)
_BOUNDS: tuple[tuple[str, Approx], ...] = (
    ("突破", "over"), ("至少", "over"), ("不少于", "over"), ("不低于", "over"), ("不小于", "over"), ("最少", "over"),
    ("不超过", "under"), ("不高于", "under"), ("不多于", "under"), ("约占", "about"), ("大约", "about"),
)  # fmt: skip
_INCOMPLETE = frozenset(("总量", "总数", "总额", "数量", "占比", "比例", "比重", "总规模", "金额", "总值"))
_DEFAULTS = {"户": "户数", "人": "人口", "%": "占比", "亩": "面积"}
_CONFIDENCE = {
    "noun_after": 0.9,
    "head_before": 0.9,
    "listed": 0.85,
    "carried": 0.8,
    "clause_before": 0.7,
    "predicate_after": 0.6,
    "unit": 0.4,
}
