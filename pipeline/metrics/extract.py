"""Quantities to metrics: name, subject, period, status, change and part-of of each number that measures something."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.errors import ConfigError
from pipeline.language.periods import TimeMention, dates_of, find_times
from pipeline.metrics.bounds import bounded
from pipeline.metrics.changes import Changes, basis_of, basis_spans, modal_words
from pipeline.metrics.confidence import Evidence, Judge
from pipeline.metrics.context import Context
from pipeline.metrics.cues import Cues
from pipeline.metrics.lexicon import MOST, Lexicon, Trait
from pipeline.metrics.naming import Found, Naming
from pipeline.metrics.optional import counts_nothing
from pipeline.metrics.page import Page
from pipeline.metrics.quantities import Recogniser
from pipeline.metrics.ranking import Ranker
from pipeline.metrics.status import Mood, Tense, Told
from pipeline.metrics.mentions import Mention, mentions_of, standing
from pipeline.metrics.subjects import Chooser, Place
from pipeline.metrics.timing import Frame, Spoken, frame_of, is_flow, period_of, stocks, with_time_said, years_told
from pipeline.metrics.totals import totals_of
from pipeline.records import Facts, Metric, Quantity, Section, Sentence, Status
from pipeline.rules import Rules
from pipeline.rules.schema import MetricCue

_dates_of = lru_cache(4096)(dates_of)


class Models(NamedTuple):
    """The trained models that records are made with."""

    ranker: Ranker
    subjects: Chooser
    tense: Tense
    judge: Judge


class Extractor:
    """Extracts metrics; built once from the tables of units, phrases and cue words and the models of names."""

    naming = Naming

    def __init__(self, rules: Rules, models: Models) -> None:
        self.recogniser = Recogniser(rules)
        self.models = models
        self.cues = Cues(rules.table(MetricCue))
        self.changes = Changes(self.cues)
        self._lexicon = Lexicon(self.cues)

    @classmethod
    def load(cls, rules: Rules, folder: Path) -> Extractor:
        """With the models in `folder`; only plain scikit-learn and NumPy types are admitted, never a pickle."""
        from skops.io import load

        model = folder / "model.skops"
        if not model.is_file():
            raise ConfigError(
                f"No model in {folder}: it needs model.skops. Run scripts/train_metrics.py, or name another."
            )
        estimators = load(model, trusted=[])
        names, subjects, status = (estimators[name] for name in ("names", "subjects", "status"))
        return cls(
            rules,
            Models(
                Ranker(names.coef_[0]),
                Chooser(subjects.coef_[0]),
                Tense(status.coef_[0].tolist(), float(status.intercept_[0])),
                Judge(estimators["confidence"]),
            ),
        )

    def extract(
        self, text: str, outline: Sequence[Section], sentences: Sequence[Sentence], facts: Facts
    ) -> tuple[Metric, ...]:
        """One record for each number that measures or counts something, in order of the text."""
        quantities, places = self._measured(text, sentences)
        if not quantities:
            return ()
        wanted = {sentences[place].section_id for place in places}
        spoken = [s for s in sentences if s.section_id in wanted]
        at = {s.sentence_id: place for place, s in enumerate(spoken)}
        places = [at[sentences[place].sentence_id] for place in places]
        sights = list(self._sights(text, outline, spoken, frozenset(places), facts))
        kept = _looked_at(places, [sight.paragraph for sight in sights])
        spoken, sights = [spoken[place] for place in kept], [sights[place] for place in kept]
        places = np.searchsorted(kept, places).tolist()
        apart = [*basis_spans(text), *((t.start, t.end) for sight in sights for t in sight.times)]
        page = Page(self._fresh_lexicon(), spoken, quantities, places, sorted(apart))
        paragraphs = np.array([sights[place].paragraph for place in places])
        follows = np.append(False, paragraphs[1:] == paragraphs[:-1])
        context = Context(text, page, quantities, follows, self.recogniser.units.rows, self.changes)
        found = self.naming(page, context, bounded(text, context, quantities), self.models.ranker, self.cues).read()
        read = Read(text, page, context, found, spoken, sights)
        subjects = self._subjects(read, outline, facts)
        return tuple(self._records(read, subjects))

    def _fresh_lexicon(self) -> Lexicon:
        """The word types met so far, forgotten where they are too many."""
        if len(self._lexicon.words) > MOST:
            self._lexicon = Lexicon(self.cues)
        return self._lexicon

    def _measured(self, text: str, sentences: Sequence[Sentence]) -> tuple[list[Quantity], list[int]]:
        """The numbers that measure something, each with the place of its sentence."""
        starts = [s.start for s in sentences]
        rows = self.recogniser.units.rows
        quantities: list[Quantity] = []
        places: list[int] = []
        for quantity in self.recogniser.find(text):
            if counts_nothing(text, quantity, rows[quantity.unit_id].role if quantity.unit_id else ""):
                continue
            at = bisect_right(starts, quantity.start) - 1
            if at >= 0 and quantity.start < sentences[at].end:
                quantities.append(quantity)
                places.append(at)
        return quantities, places

    def _sights(
        self, text: str, outline: Sequence[Section], sentences: Sequence[Sentence], held: frozenset[int], facts: Facts
    ) -> Iterator[Sight]:
        """What is known of sentences from where they stand; `held` are the places of those with numbers."""
        told = years_told(text) if facts.year_covered is None and facts.report_type != "profile" else ()
        frames: dict[int, Frame] = {}
        paragraph, frame, line = -1, Frame(), 0
        for place, sentence in enumerate(sentences):
            section_id, start = sentence.section_id, sentence.start
            if section_id not in frames:
                frames[section_id] = frame_of(outline[section_id], outline, facts, told)
            if (newline := text.rfind("\n", line, start)) >= 0:
                line = newline
            before, paragraph = paragraph, max(line, outline[section_id].heading_end)
            if paragraph != before:
                frame = frames[section_id]
            times = find_times(text, start, sentence.end) if place in held or frame.open else []
            frame = with_time_said(frame, text, start, times)
            yield Sight(paragraph, frame, times if place in held else [])

    def _subjects(self, read: Read, outline: Sequence[Section], facts: Facts) -> list[str | None]:
        """Whom each number is said of."""
        stands: dict[int, list[Mention]] = {}
        tops: dict[int, int] = {}
        for at, sight in enumerate(read.sights):
            tops.setdefault(sight.paragraph, at)
        places = []
        numbers = read.page.sentence.tolist()
        for at, group in groupby(range(len(numbers)), numbers.__getitem__):
            section_id = read.sentences[at].section_id
            if section_id not in stands:
                stands[section_id] = standing(outline, section_id, facts)
            of_sentence = list(group)
            top = tops[read.sights[at].paragraph]
            places.append(Place(at, top, stands[section_id], range(of_sentence[0], of_sentence[-1] + 1)))
        return self.models.subjects.choose(mentions_of(read.text, read.page), places, read.found)

    def _records(self, read: Read, subjects: Sequence[str | None]) -> Iterator[Metric]:
        """The records of a document."""
        text, page, context, found = read.text, read.page, read.context, read.found
        modal, earlier = self._modalities(read)
        places = page.sentence.tolist()
        moods = [Mood(read.sights[p].frame, read.sights[p].times, e) for p, e in zip(places, earlier, strict=True)]
        told = [Told(f.quantity.approx, f.change or "", m) for f, m in zip(found, modal, strict=True)]
        planned = self.models.tense.planned(page, context, [s.section_id for s in read.sentences], moods, told)
        periods = self._periods(read, moods, planned)
        totals = _totals(read, places)
        sure = self.models.judge.probabilities(
            [Evidence(f.rule, f.margin, f.least, f.quantity.rule, f.unit, len(f.name)) for f in found]
        )
        measure = self.recogniser.units.measure
        for n, one in enumerate(found):
            q, sentence = one.quantity, read.sentences[places[n]]
            of_unit = measure(q.unit_id, q.unit)
            begins, ends = _dates_of(periods[n])
            yield Metric(
                metric_id=n,
                section_id=sentence.section_id,
                sentence_id=sentence.sentence_id,
                name=one.name,
                subject=subjects[n],
                indicator=None,
                quantity=q,
                unit_canonical=of_unit.canonical,
                status="planned" if planned[n] else "actual",
                change=one.change or "level",
                change_basis=basis_of(text, one.left, q.start) if one.change in ("increase", "decrease") else None,
                modality=modal[n],
                period=periods[n],
                period_start=begins,
                period_end=ends,
                base_value=float(of_unit.factor) * q.value if of_unit.factor is not None and q.value is not None else None,
                base_unit=of_unit.base,
                dimension=of_unit.dimension,
                part_of=totals[n],
                rule=one.rule,
                confidence=sure[n],
            )

    def _modalities(self, read: Read) -> tuple[list[str | None], list[str]]:
        """The word that commits each number, and the last such word of its paragraph before its sentence."""
        page = read.page
        modal = modal_words(page)
        last = np.append(-1, np.maximum.accumulate(np.where(modal, np.arange(len(modal)), -1)))
        first = page.sizes[page.sentence]
        near = last[np.searchsorted(page.all_starts, page.starts)]
        paragraphs = np.array([sight.paragraph for sight in read.sights])
        begin = page.sizes[np.searchsorted(paragraphs, paragraphs[page.sentence])]
        before = last[first]
        words, types = page.lexicon.words, page.all_types
        own = [words[types[at]] if at >= low else None for at, low in zip(near.tolist(), first.tolist(), strict=True)]
        above = [words[types[at]] if at >= low else "" for at, low in zip(before.tolist(), begin.tolist(), strict=True)]
        return own, above

    def _periods(self, read: Read, moods: Sequence[Mood], planned: Sequence[bool]) -> list[str | None]:
        """When each number holds."""
        text, page, left = read.text, read.page, read.context.left
        spans = np.array(stocks(text), np.int64).reshape(-1, 2)
        at = np.searchsorted(spans[:, 0], read.context.edges)
        ends = np.append(spans[:, 1], len(text) + 1)
        stock = (ends[at] <= page.starts).tolist()
        does = np.append(0, np.cumsum(page.has(Trait.DOES)))
        done = (does[left.end] > does[left.start]).tolist()
        begins = np.where(left.end > left.start, np.append(page.word_starts, 0)[left.start], page.starts).tolist()
        out = []
        for n, one in enumerate(read.found):
            start = one.quantity.start
            changes = one.change in ("increase", "decrease")
            flow = partial(is_flow, text, begins[n], start, done[n]) if not changes else _yes
            status: Status = "planned" if planned[n] else "actual"
            spoken = Spoken(one.left, start, stock[n], flow)
            out.append(period_of(text, spoken, moods[n].frame, status, moods[n].times))
        return out


def _yes() -> bool:
    return True


def _looked_at(places: Sequence[int], paragraphs: Sequence[int]) -> list[int]:
    """The sentences that tell of numbers: those that hold them, the two before in their paragraph, and its first."""
    out = set(places)
    first: dict[int, int] = {}
    for place, paragraph in enumerate(paragraphs):
        first.setdefault(paragraph, place)
    for place in set(places):
        top = first[paragraphs[place]]
        out |= {top, max(place - 1, top), max(place - 2, top)}
    return sorted(out)


class Sight(NamedTuple):
    """What is known of a sentence from where it stands."""

    paragraph: int  # where its paragraph begins
    frame: Frame
    times: list[TimeMention]  # none where it holds no numbers


class Read(NamedTuple):
    """A document whose numbers are named."""

    text: str
    page: Page
    context: Context
    found: list[Found]
    sentences: list[Sentence]  # of the sections that hold numbers
    sights: list[Sight]  # of these sentences


def _totals(read: Read, places: Sequence[int]) -> list[int | None]:
    """The number that each number of the text is a part of, paragraph by paragraph."""
    totals: list[int | None] = []
    for _, group in groupby(range(len(places)), key=lambda n: read.sights[places[n]].paragraph):
        first = len(totals)
        parts = totals_of(read.text, [read.found[n] for n in group])
        totals += [None if part is None else first + part for part in parts]
    return totals
