"""Quantities to metrics: name, subject, period, status, change and part-of of each number that measures something."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigError
from pipeline.estimators import read_skops
from pipeline.language.periods import TimeMention, dates_of
from pipeline.metrics.changes import basis_of, modality_of
from pipeline.metrics.confidence import Evidence, Judge
from pipeline.metrics.cues import Cues
from pipeline.metrics.naming import Found, Namer, Passage
from pipeline.metrics.optional import counts_nothing
from pipeline.metrics.quantities import Recogniser
from pipeline.metrics.ranking import Ranker
from pipeline.metrics.status import Tense, number_features, section_words, sentence_features
from pipeline.metrics.subjects import Chooser, Mention, bodies, choices, mentions_of, standing
from pipeline.metrics.timing import Frame, frame_of, is_flow, period_of, sentence_times, with_time_said, years_told
from pipeline.metrics.tokens import Words
from pipeline.metrics.totals import totals_of
from pipeline.records import Facts, Metric, Quantity, Section, Sentence, Status
from pipeline.rules import Rules
from pipeline.rules.schema import MetricCue


class _Read(NamedTuple):
    """A sentence whose numbers are named, with what holds for all of them."""

    sentence: Sentence
    words: Words
    found: list[Found]
    subjects: list[str | None]
    frame: Frame
    times: list[TimeMention]
    tense: float  # what the words of the section say of plan and fact
    paragraph: int  # where its paragraph begins
    earlier: str  # the last modal word of the paragraph before the sentence


class Models(NamedTuple):
    """The trained models that records are made with."""

    ranker: Ranker
    subjects: Chooser
    tense: Tense
    judge: Judge


class Extractor:
    """Extracts metrics; built once from the tables of units, phrases and cue words and the models of names."""

    def __init__(self, rules: Rules, models: Models) -> None:
        self.recogniser = Recogniser(rules)
        self.models = models
        self.cues = models.ranker.cues
        self.namer = Namer(self.cues, models.ranker, self.recogniser.units.rows)

    @classmethod
    def load(cls, rules: Rules, folder: Path) -> Extractor:
        """With the models in `folder`; plain values and arrays, never a pickle."""
        model = folder / "model.skops"
        if not model.is_file():
            raise ConfigError(
                f"No model in {folder}: it needs model.skops. Run scripts/train_metrics.py, or name another."
            )
        estimators = read_skops(model)
        names, subjects, status = (estimators[name] for name in ("names", "subjects", "status"))
        return cls(
            rules,
            Models(
                Ranker(names.coef_[0].tolist(), Cues(rules.table(MetricCue))),
                Chooser(subjects.coef_[0].tolist()),
                Tense(status.coef_[0].tolist(), float(status.intercept_[0])),
                Judge(estimators["confidence"]),
            ),
        )

    def extract(
        self, text: str, outline: Sequence[Section], sentences: Sequence[Sentence], facts: Facts
    ) -> tuple[Metric, ...]:
        """One record for each number that measures or counts something, in order of the text."""
        read = list(self._read(text, outline, sentences, facts))
        sure = self.models.judge.probabilities(
            [
                Evidence(f.rule, f.margin, f.least, f.quantity.rule, f.unit, len(f.name))
                for group in read
                for f in group.found
            ]
        )
        totals = _totals(text, read)
        metrics: list[Metric] = []
        for group in read:
            metrics += self._records(text, group, len(metrics), totals, sure)
        return tuple(metrics)

    def _read(
        self, text: str, outline: Sequence[Section], sentences: Sequence[Sentence], facts: Facts
    ) -> Iterator[_Read]:
        """The sentences that hold numbers, in order, each number named."""
        grouped = self._by_sentence(text, sentences)
        told = years_told(text) if facts.year_covered is None and facts.report_type != "profile" else ()
        frames: dict[int, Frame] = {}
        stands: dict[int, list[Mention]] = {}
        tenses = self._tenses(sentences, grouped)
        above: list[Mention] = []
        spoken_of: Counter[str] = Counter()
        paragraph, last, earlier, frame = -1, None, "", Frame()
        for at, sentence in enumerate(sentences):
            section = outline[sentence.section_id]
            if sentence.section_id not in frames:
                frames[sentence.section_id] = frame_of(section, outline, facts, told)
                stands[sentence.section_id] = standing(outline, sentence.section_id, facts)
            before, paragraph = paragraph, max(text.rfind("\n", 0, sentence.start), section.heading_end)
            if paragraph != before:
                last, earlier, frame = None, "", frames[sentence.section_id]
                above.clear()
            words = Words(sentence.words, sentence.tags, sentence.start)
            group = grouped.get(at)
            here = mentions_of(words.tokens, self.cues)
            times = sentence_times(text, sentence.start, sentence.end) if group or frame.open else []
            frame = with_time_said(frame, text, sentence.start, times)
            if group:
                found = self.namer.read(Passage(text, words, times, group, sentence.end, last))
                last = found[-1]
                always = [*bodies(spoken_of), *stands[sentence.section_id]]
                who = [
                    self.models.subjects.choose(
                        choices(here, above, always, f.left, f.quantity.start, f.name), f.quantity.start
                    )
                    for f in found
                ]
                yield _Read(sentence, words, found, who, frame, times, tenses[sentence.section_id], paragraph, earlier)
            above += here
            spoken_of.update(m.name for m in here if m.body)
            earlier = modality_of(words.tokens, self.cues) or earlier

    def _tenses(self, sentences: Sequence[Sentence], grouped: Mapping[int, object]) -> dict[int, float]:
        """What the words of each section that holds numbers say of plan and fact."""
        wanted = {sentences[at].section_id for at in grouped}
        by_section: dict[int, list[Sentence]] = {}
        for sentence in sentences:
            if sentence.section_id in wanted:
                by_section.setdefault(sentence.section_id, []).append(sentence)
        return {key: self.models.tense.of_section(key, section_words(group)) for key, group in by_section.items()}

    def _by_sentence(self, text: str, sentences: Sequence[Sentence]) -> dict[int, list[Quantity]]:
        """The numbers that measure something, by the place of their sentence."""
        starts = [s.start for s in sentences]
        rows = self.recogniser.units.rows
        grouped: dict[int, list[Quantity]] = {}
        for quantity in self.recogniser.find(text):
            if counts_nothing(text, quantity, rows[quantity.unit_id].role if quantity.unit_id else ""):
                continue
            at = bisect_right(starts, quantity.start) - 1
            if at >= 0 and quantity.start < sentences[at].end:
                grouped.setdefault(at, []).append(quantity)
        return grouped

    def _records(
        self, text: str, read: _Read, first: int, totals: Sequence[int | None], sure: Sequence[float]
    ) -> Iterator[Metric]:
        """The records of one sentence, numbered from `first`; totals and confidence are those of the whole text."""
        shared = sentence_features(read.words.tokens, read.frame, read.earlier)
        for i, one in enumerate(read.found):
            q = one.quantity
            modality = modality_of(read.words.between(read.sentence.start, q.start), self.cues)
            left = read.words.between(one.left, q.start)
            features = number_features(left, read.frame, read.times, q.approx, one.change or "", modality)
            planned = self.models.tense.planned(q.start, read.tense, [*shared, *features])
            status: Status = "planned" if planned else "actual"
            flow = is_flow(text, left, q.start, one.change)
            period = period_of(text, one.left, q.start, read.frame, status, read.times, flow)
            begins, ends = dates_of(period)
            measure = self.recogniser.units.measure(q.unit_id, q.unit)
            base = float(measure.factor) * q.value if measure.factor is not None and q.value is not None else None
            yield Metric(
                metric_id=first + i,
                section_id=read.sentence.section_id,
                sentence_id=read.sentence.sentence_id,
                name=one.name,
                subject=read.subjects[i],
                indicator=None,
                quantity=q,
                unit_canonical=measure.canonical,
                status=status,
                change=one.change or "level",
                change_basis=basis_of(text, one.left, q.start) if one.change in ("increase", "decrease") else None,
                modality=modality,
                period=period,
                period_start=begins,
                period_end=ends,
                base_value=base,
                base_unit=measure.base,
                dimension=measure.dimension,
                part_of=totals[first + i],
                rule=one.rule,
                confidence=sure[first + i],
            )


def _totals(text: str, read: Sequence[_Read]) -> list[int | None]:
    """The number that each number of the text is a part of, paragraph by paragraph."""
    totals: list[int | None] = []
    for _, group in groupby(read, key=attrgetter("paragraph")):
        first = len(totals)
        parts = totals_of(text, [one for sentence in group for one in sentence.found])
        totals += [None if part is None else first + part for part in parts]
    return totals
