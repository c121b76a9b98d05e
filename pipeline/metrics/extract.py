"""Quantities to metrics: name, subject, period, status, change and part-of of each number that measures something."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Sequence
from functools import lru_cache, partial
from itertools import compress, groupby
from operator import eq
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.errors import ConfigError
from pipeline.estimators import read_skops
from pipeline.language.periods import TimeMention, dates_of, resolve
from pipeline.language.sentences import reworded
from pipeline.language.widths import as_printed
from pipeline.metrics.bounds import bounded
from pipeline.metrics.codes import Coder
from pipeline.metrics.comparisons.changes import PEER, Changes, basis_of, basis_seen, basis_spans, modal_words
from pipeline.metrics.confidence import NUMBERS, Judge, evidence_of
from pipeline.metrics.indicators import Indicators
from pipeline.metrics.naming.context import Context
from pipeline.metrics.naming.kinds import Kinds
from pipeline.metrics.naming.naming import Naming
from pipeline.metrics.naming.ours import by_name, own_of
from pipeline.metrics.naming.passes import mend_names
from pipeline.metrics.naming.ranking import Ranker
from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.cues import Cues
from pipeline.metrics.page.found import Found
from pipeline.metrics.page.hashing import BUCKETS
from pipeline.metrics.page.lexicon import Lexicon, Trait
from pipeline.metrics.page.numbers import number_of
from pipeline.metrics.page.page import Array, Page, holding, last_before, summed
from pipeline.metrics.parts.paragraphs import totals_of_text
from pipeline.metrics.parts.part_words import PartWords
from pipeline.metrics.parts.planned_parts import plans_with_parts
from pipeline.metrics.quantities.columns import columns_told, with_cells, with_column_told
from pipeline.metrics.quantities.declared import units_told, with_unit_told
from pipeline.metrics.quantities.optional import counts_nothing
from pipeline.metrics.quantities.recogniser import Recogniser
from pipeline.metrics.quantities.table_heads import TableHeads
from pipeline.metrics.quantities.tables import Cell, Report
from pipeline.metrics.quantities.units import Measure
from pipeline.metrics.subjects.choices import Place
from pipeline.metrics.subjects.headings import headed_by
from pipeline.metrics.subjects.mentions import Mention, Names, mentions_of, standing
from pipeline.metrics.subjects.subjects import Chooser
from pipeline.metrics.tabled import as_tables_tell, name_by_tables, subjects_by_tables, told_in_tables
from pipeline.metrics.times.adverbials import TimeWords, times_near
from pipeline.metrics.times.dealt import times_dealt
from pipeline.metrics.times.flows import goes_on, is_flow
from pipeline.metrics.times.listed import PLANS, ends_list, holds_on
from pipeline.metrics.times.of_last import is_growth_of_last, is_measured, is_part_of_last
from pipeline.metrics.times.settled import settled
from pipeline.metrics.times.sights import Sight, sights_of
from pipeline.metrics.times.status import Mood, Tense, Told
from pipeline.metrics.times.timing import Spoken, period_of, reference_of
from pipeline.metrics.times.told import times_told
from pipeline.records import Facts, Metric, Quantity, Section, Sentence, Sentences, Status
from pipeline.rules import Rules
from pipeline.rules.schema import BodyWord, Indicator, Kind, MetricCue, PartCue, TableHead, TimeCue

_dates_of = lru_cache(4096)(dates_of)
_AND = frozenset(("", *"、和及与"))
"""What joins numbers that hold at one time: 分别增长2倍、1.9倍和3倍, 贫困人口1843户|7621人."""


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
        self.recogniser, self.models = Recogniser(rules), models
        self.cues = Cues(rules.table(MetricCue))
        self.indicators = Indicators(rules.table(Indicator), rules.table(MetricCue))
        self.table_heads = TableHeads(rules.table(TableHead), self.recogniser.units)
        self.changes = Changes(self.cues)
        self.parts = PartWords(rules.table(PartCue))
        self.bodies, self.words = Bodies(rules.table(BodyWord)), TimeWords(rules.table(TimeCue))
        self.kinds, self.name_words = Kinds(rules.table(Kind)), NameWords(rules)
        self._coder = Coder(self.indicators, self.bodies, self.name_words)
        self._lexicon, self._names = Lexicon(self.cues, self.bodies), Names(self.bodies)

    @classmethod
    def load(cls, rules: Rules, folder: Path) -> Extractor:
        """With the models in `folder`; plain values and arrays, never a pickle."""
        model = folder / "model.skops"
        if not model.is_file():
            raise ConfigError(
                f"No model in {folder}: it needs model.skops. Train one (report-pipeline train metrics), or name another."
            )
        estimators = read_skops(model)
        names, subjects, status = (estimators[name] for name in ("names", "subjects", "status"))
        if {names.coef_.shape[1], subjects.coef_.shape[1], estimators["confidence"].coef_.shape[1] - NUMBERS} != {
            BUCKETS
        }:
            raise ConfigError(
                f"The model in {folder} is of another version of report-pipeline. Train it again (report-pipeline train metrics)."
            )
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
        if (printed := as_printed(text)) != text:
            text, sentences = printed, reworded(printed, sentences, text)
        quantities, places, columns = self._measured(text, outline, sentences, facts)
        if not quantities:
            return ()
        wanted = {sentences[place].section_id for place in places}
        spoken = _of_sections(sentences, wanted)
        at = {s.sentence_id: place for place, s in enumerate(spoken)}
        places = [at[sentences[place].sentence_id] for place in places]
        sights = list(sights_of(text, outline, spoken, frozenset(places), facts, self.words))
        apart = [*basis_spans(text), *((t.start, t.end) for s in sights for t in s.times if "ago" not in t.groups)]
        self._forget()
        page = Page(self._lexicon, spoken, quantities, places, sorted(apart))
        paragraphs = [sights[place].paragraph for place in places]
        follows = np.array([False, *map(eq, paragraphs[1:], paragraphs)])
        context = Context(text, page, quantities, follows, self.recogniser.units, self.changes)
        found = self.naming(page, context, bounded(text, context, quantities), self.models.ranker, self.cues).read()
        mend_names(text, found, self.bodies, self.kinds, self.name_words)
        told = told_in_tables(found, columns)
        name_by_tables(found, told)
        read = Read(text, page, context, found, spoken, sights, paragraphs, last_before(modal_words(page)))
        subjects = subjects_by_tables(self._subjects(read, outline, facts), told)
        return as_tables_tell(self._records(read, subjects, facts), told)

    def _forget(self) -> None:
        """Let go of the word types and names met so far where they are too many."""
        if self._lexicon.full:
            self._lexicon = Lexicon(self.cues, self.bodies)
        if self._names.full:
            self._names = Names(self.bodies)

    def _measured(
        self, text: str, outline: Sequence[Section], sentences: Sequence[Sentence], facts: Facts
    ) -> tuple[list[Quantity], list[int], list[Cell]]:
        """The numbers that measure something, each with the place of its sentence; and those that columns tell of."""
        starts = [s.start for s in sentences]
        rows = self.recogniser.units.rows
        told = units_told(text, outline, self.recogniser.units)
        columns = columns_told(text, self.table_heads, told, Report(facts.year_covered, facts.title or ""))
        quantities: list[Quantity] = []
        places: list[int] = []
        for found in with_cells(self.recogniser.find(text), columns):
            quantity = with_column_told(text, found, columns, self.recogniser.units) if columns else found
            if quantity is None:
                continue
            if told:
                quantity = with_unit_told(text, quantity, quantities[-1] if quantities else None, told)
            if counts_nothing(text, quantity, rows[quantity.unit_id].role if quantity.unit_id else ""):
                continue
            at = bisect_right(starts, quantity.start) - 1
            if at >= 0 and quantity.start < sentences[at].end:
                quantities.append(quantity)
                places.append(at)
        return quantities, places, columns

    def _subjects(self, read: Read, outline: Sequence[Section], facts: Facts) -> list[str | None]:
        """Whom each number is said of."""
        stands: dict[int, tuple[list[Mention], str | None]] = {}
        tops: dict[int, int] = {}
        for at, sight in enumerate(read.sights):
            tops.setdefault(sight.paragraph, at)
        places = []
        own, numbers = own_of(read.text, facts), read.page.sentence.tolist()
        for at, group in groupby(range(len(numbers)), numbers.__getitem__):
            section_id = read.sentences[at].section_id
            if section_id not in stands:
                under = headed_by(outline, section_id, facts.issuer or "", self.bodies)
                stands[section_id] = standing(outline, section_id, facts, self.bodies, own), under
            held, top = list(group), tops[read.sights[at].paragraph]
            places.append(Place(at, top, section_id, *stands[section_id], range(held[0], held[-1] + 1)))
        mentions = mentions_of(read.text, read.page, self._names)
        return self.models.subjects.choose(mentions, places, read.found, self.name_words)

    def _records(self, read: Read, subjects: Sequence[str | None], facts: Facts) -> tuple[Metric, ...]:
        """The records of a document."""
        page, found = read.page, read.found
        places = page.sentence.tolist()
        modal, moods = self._modalities(read), self._moods(read)
        told = [Told(f.quantity.approx, f.change or "", m) for f, m in zip(found, modal, strict=True)]
        sections = [s.section_id for s in read.sentences]
        guessed = self.models.tense.planned(
            page, read.context, sections, read.paragraphs, [moods[p] for p in places], told
        )
        measure = self.recogniser.units.measure
        measures = [measure(f.quantity.unit_id, f.quantity.unit) for f in found]
        totals = _totals(read, measures, self.parts)
        planned = plans_with_parts(read.text, found, self._planned(read, places, modal, guessed), totals)
        periods = self._periods(read, planned, totals)
        dates = [_dates_of(period) for period in periods]
        codes = self._coder.codes(read.text, found, measures, subjects, read.context.listed.tolist())
        evidence = [evidence_of(read.text, f, code is not None) for f, code in zip(found, codes, strict=True)]
        sentences = [read.sentences[place] for place in places]
        columns = {
            "metric_id": range(len(found)),
            "section_id": [s.section_id for s in sentences],
            "sentence_id": [s.sentence_id for s in sentences],
            "name": [f.name for f in found],
            "subject": [by_name(subject, facts) for subject in subjects],
            "indicator": codes,
            "quantity": [f.quantity for f in found],
            "unit_canonical": [m.canonical for m in measures],
            "status": ["planned" if p else "actual" for p in planned],
            "change": [f.change or "level" for f in found],
            "change_basis": _bases(read),
            "modality": modal,
            "period": periods,
            "period_start": [begins for begins, _ in dates],
            "period_end": [ends for _, ends in dates],
            "base_value": [m.in_base(f.quantity.value) for f, m in zip(found, measures, strict=True)],
            "base_unit": [m.base for m in measures],
            "dimension": [m.dimension for m in measures],
            "part_of": totals,
            "rule": [f.rule for f in found],
            "confidence": self.models.judge.probabilities(evidence),
        }
        return tuple(map(Metric._make, zip(*(columns[name] for name in Metric._fields), strict=True)))

    def _planned(
        self, read: Read, places: Sequence[int], modal: Sequence[str | None], guessed: Sequence[bool]
    ) -> list[bool]:
        """Whether each number is planned: as what stands around it settles, else as the model guesses."""
        out: list[bool] = []
        does = np.append(read.page.deeds, False)[read.context.left.start].tolist()
        last, listed = 0, False  # where the number before ends, and whether what is listed behind it is planned with it
        for one, place, modality, guess, verb in zip(read.found, places, modal, guessed, does, strict=True):
            sight = read.sights[place]
            times = times_near(sight.times, one.quantity.start)
            sure = settled(read.text, one.left, *one.quantity[:2], sight.frame, times, modality, self.words)
            joined = bool(out) and last == one.quantity.start  # 计划脱贫5户16人
            gap = read.text[last : one.quantity.start]
            goes_on = listed and modality is None and holds_on(gap, verb)
            out.append(out[-1] if joined else goes_on or (guess if sure is None else sure))
            listed = out[-1] and (modality in PLANS or (listed and modality is None and not ends_list(gap)))
            last = one.quantity.end
        return out

    @staticmethod
    def _modalities(read: Read) -> list[str | None]:
        """The last word before each number in its sentence that commits to a future."""
        page, words = read.page, read.page.lexicon.words
        last = read.modal[np.searchsorted(page.all_starts, page.starts)]
        within = last >= page.sizes[page.sentence]
        types = page.all_types[last].tolist()
        return [words[t] if has else None for t, has in zip(types, within.tolist(), strict=True)]

    @staticmethod
    def _moods(read: Read) -> list[Mood]:
        """What is known of each sentence: also the last word in its paragraph before it that commits to a future."""
        page, words = read.page, read.page.lexicon.words
        paragraphs = np.array([sight.paragraph for sight in read.sights])
        last = read.modal[page.sizes[:-1]]
        within = last >= page.sizes[np.searchsorted(paragraphs, paragraphs)]
        types = page.all_types[last].tolist()
        return [
            Mood(sight.frame, sight.times, words[t] if has else "")
            for sight, t, has in zip(read.sights, types, within.tolist(), strict=True)
        ]

    def _periods(self, read: Read, planned: Sequence[bool], totals: Sequence[int | None]) -> list[str | None]:
        """When each number holds; a part told with 其中 when its whole in `totals` does."""
        text, page, left, words = read.text, read.page, read.context.left, self.words
        stock = holding([match.span() for match in words.stocks(text)], read.context.edges, page.starts)
        does = summed(page.deeds)
        done = (does[left.end] > does[left.start]).tolist()
        begins = np.where(left.end > left.start, np.append(page.word_starts, 0)[left.start], page.starts).tolist()
        starts = [sentence.start for sentence in read.sentences]
        spoken = times_told(text, starts, read.sights, words)
        out: list[str | None] = []
        places = page.sentence.tolist()
        said = [one.quantity for one in read.found]
        dealt = times_dealt(text, said, places, [sight.times for sight in read.sights], words, self.changes.series)
        for n, (one, place) in enumerate(zip(read.found, places, strict=True)):
            sight, start = read.sights[place], one.quantity.start
            times = times_near(spoken[place], start)
            status: Status = "planned" if planned[n] else "actual"
            if n in dealt:
                out.append(resolve(dealt[n], reference_of(dealt[n], sight.frame, status)))
                continue
            part = n > 0 and is_part_of_last(text, start)
            whole = totals[n] if part else None
            whole = n - 1 if whole is None else whole
            part = part or (
                n > 0
                and totals[n] is not None
                and totals[n] == totals[n - 1]
                and not _tells_time(read.found[n - 1], one, times)
            )
            if (
                n
                and starts[place] <= read.found[whole].quantity.start
                and (
                    is_measured(text, start)
                    or (part and (out[whole] or (stock[n - 1] and not done[n])))
                    or (read.found[n - 1].change in (None, "level") and out[-1] and is_growth_of_last(text, start))
                    or text[read.found[n - 1].quantity.end : start].strip() in _AND
                )
            ):
                out.append(out[whole])
                continue
            if n and done[n - 1] and not done[n]:
                last = read.found[n - 1].quantity
                done[n] = goes_on(text, begins[n - 1], last.start, last.end, start, words)
                stock[n] = stock[n] or (done[n] and stock[n - 1])
            done[n] = done[n] or (
                (start == begins[n] or text[start - 1] == "的") and words.done.match(text, one.quantity.end) is not None
            )
            changes = one.change in ("increase", "decrease")
            flow = _yes if changes else partial(is_flow, text, begins[n], start, done[n], words)
            out.append(period_of(text, Spoken(one.left, start, stock[n], flow, words), sight.frame, status, times))
        return out


def _of_sections(sentences: Sequence[Sentence], sections: Container[int]) -> Sequence[Sentence]:
    """The sentences of some sections, with the numbers of their words where they have them."""
    kept = [sentence.section_id in sections for sentence in sentences]
    if not isinstance(sentences, Sentences):
        return list(compress(sentences, kept))
    numbers = sentences.numbers[np.repeat(kept, [len(sentence.words) for sentence in sentences])]
    return Sentences(compress(sentences, kept), sentences.known, numbers, sentences.tags)


def _bases(read: Read) -> list[str | None]:
    """What each change is measured against."""
    out: list[str | None] = []
    places = read.page.sentence.tolist()
    for n, one in enumerate(read.found):
        changes = one.change in ("increase", "decrease")
        basis = basis_of(read.text, one.left, one.quantity.start) if changes else None
        if changes and not basis and n:
            gap = read.text[read.found[n - 1].quantity.end : one.quantity.start].strip()
            basis = out[-1] if gap in _AND or PEER.fullmatch(gap) else None  # 同比分别下降53%和41%
        if changes and not basis:
            basis = basis_seen(read.text, read.sentences[places[n]].start)
        out.append(basis)
    return out


def _tells_time(last: Found, one: Found, times: Sequence[TimeMention]) -> bool:
    """Whether a time stands between two numbers."""
    return any(last.quantity.end <= time.start < one.quantity.start for time in times)


def _yes() -> bool:
    return True


class Read(NamedTuple):
    """A document whose numbers are named."""

    text: str
    page: Page
    context: Context
    found: list[Found]
    sentences: Sequence[Sentence]  # of the sections that hold numbers
    sights: list[Sight]  # of these sentences
    paragraphs: list[int]  # where that of each number begins
    modal: Array  # for each place between the words of these the last word before it that commits to a future


def _totals(read: Read, measures: Sequence[Measure], words: PartWords) -> list[int | None]:
    """The number that each number of the text is a part of."""
    left = read.context.left
    does = (left.end > left.start) & np.append(read.page.has(Trait.VERB), False)[left.start]
    numbers = list(map(number_of, read.found, measures, does.tolist()))
    return totals_of_text(read.text, numbers, read.paragraphs, words)
