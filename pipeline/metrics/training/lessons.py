"""What annotated documents teach the models of metrics: each choice that is made while a document is read, and the right one.

The extractor is run with teachers in place of its models. They note what they are asked, look up in the annotation what
would have been right, and go on with that or with what trained weights choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from pipeline.gold.likeness import NAME_ENOUGH, Record, likeness, named, wording
from pipeline.metrics.confidence import Evidence, Judge
from pipeline.metrics.extract import Extractor, Models
from pipeline.metrics.naming.candidates import KIND, KINDS, NEEDS, wordings
from pipeline.metrics.naming.context import Context
from pipeline.metrics.naming.naming import Naming
from pipeline.metrics.naming.options import Option
from pipeline.metrics.naming.ours import by_name
from pipeline.metrics.naming.ranking import (
    Ranker,
    bare_buckets,
    inside_buckets,
    own_buckets,
    place_buckets,
)
from pipeline.metrics.page.found import Found
from pipeline.metrics.page.hashing import BUCKETS, bucket_of
from pipeline.metrics.page.lexicon import Lexicon, Trait
from pipeline.metrics.page.page import Array, Page
from pipeline.metrics.subjects.carried import Chosen
from pipeline.metrics.subjects.choices import Choices
from pipeline.metrics.subjects.choices import features_of as features_of_subject
from pipeline.metrics.subjects.mentions import ISSUER, REPORT, REPORT_WHOLE
from pipeline.metrics.subjects.subjects import Chooser
from pipeline.metrics.times.frames import Frame
from pipeline.metrics.times.status import (
    HEADED,
    SECTION_WEIGHT,
    Mood,
    Tense,
    Told,
    number_key,
    section_bounds,
    sentence_key,
)
from pipeline.metrics.times.status import features_of as status_features
from pipeline.records import CleanText, Facts, Section, Sentence
from pipeline.rules import Rules

HEADING = re.compile(" (?:plan|review)$")
UNSAID = 0.03
"""How much a record counts of which the annotation has no subject."""
NOBODY, CARRIED = Chosen("", -1, 0), -2
OF_REPORT = (REPORT, REPORT_WHOLE, ISSUER)
"""Kinds of mention that are right where an annotation has no subject; no one is where there are none of them."""
AS_CLOSE = 0.03
"""Wordings that differ by less are equally good."""
LATER = 0.02
"""By how much a wording is worse for each that an annotation puts before it."""


STRESS = 20.0


class Document(NamedTuple):
    """An annotated document, read as far as names need it."""

    name: str
    gold: list[Record]
    clean: CleanText
    outline: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    facts: Facts
    stressed: frozenset[int] = frozenset()  # records of gold that were got wrong before: each counts STRESS times


class Row(NamedTuple):
    """The wordings of one record: the weights that each sums up, how close each comes, and how much the record counts."""

    features: list[Array]
    closeness: list[float]
    weight: float = 1.0


class StatusRow(NamedTuple):
    """One number: the weights that it sums up, with what each counts; whether it is planned; how much the row counts."""

    columns: list[int]
    values: list[float]
    planned: bool
    weight: float = 1.0


Weights = np.ndarray
NO_WEIGHTS: Weights = np.zeros(BUCKETS)


class Lesson:
    """A document while it is read for training: what is right for the number at a place, and the rows noted so far."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.names: list[Row] = []
        self.subjects: list[Row] = []
        self.statuses: list[StatusRow] = []
        self._closeness: dict[tuple[int, str], float] = {}

    def record_at(self, start: int) -> int | None:
        """Which record the number at `start` of the clean text is."""
        span = self.document.clean.to_source(start, start + 1)
        said = {"source_start": span.start, "source_end": span.end}
        return next((i for i, g in enumerate(self.document.gold) if likeness(g, said) > 0), None)

    def weight(self, at: int) -> float:
        """How much a record counts."""
        return STRESS if at in self.document.stressed else 1.0

    def closeness(self, at: int, name: str) -> float:
        """How close a name comes; of the wordings that an annotation accepts, the best stand first."""
        known = self._closeness.get((at, name))
        if known is None:
            gold = self.document.gold
            known = max(wording(name, [w]) - LATER * i for i, w in enumerate(gold[at]["names"]))
            if known >= NAME_ENOUGH - 0.1 and not named(name, gold[at], gold):
                known = 0.0
            self._closeness[at, name] = known
        return known


class NameTeacher(Naming):
    """Stands in for the naming of a page: notes all wordings, and goes on with the right or with the chosen one."""

    def __init__(self, lesson: Lesson, follow: bool, *given: Any) -> None:
        super().__init__(*given)
        self.lesson, self.follow = lesson, follow
        page, context = self.page, self.context
        self._rows = wordings(page, context)
        self._places = np.stack(list(place_buckets(page, context)))
        self._own = np.stack(list(own_buckets(page, context, self._rows)))
        self._of_number: list[list[int]] = [[] for _ in self.quantities]
        for row, number in enumerate(self._rows.number.tolist()):
            self._of_number[number].append(row)

    def choose(self, n: int, previous: Found | None, item: str) -> tuple[Option | None, float]:
        """Note the wordings of a record; give what to go on with."""
        at = self.lesson.record_at(self.quantities[n].start)
        options = list(self._options(n, previous, item))
        if at is None or not options or not self.lesson.document.gold[at]["names"]:
            return super().choose(n, previous, item)
        closeness = [self.lesson.closeness(at, self.name_of(n, option, previous, item)) for option, _ in options]
        self.lesson.names.append(Row([features for _, features in options], closeness, self.lesson.weight(at)))
        return super().choose(n, previous, item) if self.follow else (options[int(np.argmax(closeness))][0], 0.0)

    def _options(self, n: int, previous: Found | None, item: str) -> Iterator[tuple[Option, Array]]:
        """All wordings of a number with the weights that each sums up."""
        carried = (True, previous is not None and previous.verb, previous is not None and previous.stem, item)
        unit, written = self._units[n], self._written[n]
        for name, words in self.bare_names(n, previous, item):
            own = bare_buckets(KIND[name], words, unit, written)
            yield Option(name, 0, 0, 0.0), np.append(self._places[:, n, KIND[name]], own)
        rows = self._rows
        for row in self._of_number[n]:
            kind = int(rows.kind[row])
            if carried[NEEDS[kind]]:
                bits = [pair for bit, pair in enumerate(inside_buckets(kind)) if rows.inside[row] >> bit & 1]
                features = [self._places[:, n, kind], self._own[:, row], np.array(bits, np.uint32).ravel()]
                option = Option(KINDS[kind], int(rows.start[row]), int(rows.end[row]), 0.0)
                yield option, np.concatenate(features)


class SubjectTeacher(Chooser):
    """Stands in for the chooser of subjects: notes what could be meant, and goes on with the right or with the chosen one."""

    def __init__(self, lesson: Lesson, weights: Weights | None) -> None:
        super().__init__(NO_WEIGHTS if weights is None else weights)
        self.lesson, self.follow = lesson, weights is not None

    def read(self, laid: Choices, found: Sequence[Found]) -> list[Chosen]:
        """Note what could be meant by each number, what was said of the number before among it."""
        chosen = super().read(laid, found)
        features = np.stack(list(features_of_subject(laid)))
        begins: list[int] = laid.begins.tolist()
        before = NOBODY
        for n, (begin, end, one) in enumerate(zip(begins, [*begins[1:], len(laid.said)], found, strict=True)):
            carried = self.carried(laid, n, before, one) if before.name else None
            rows, said, kinds = list(features[:, begin:end].T), laid.said[begin:end], laid.kind[begin:end].tolist()
            if carried is not None:
                rows, said, kinds = [*rows, np.array(carried.buckets())], [*said, before.name], [*kinds, CARRIED]
            right = self._note(one.quantity.start, rows, said, kinds)
            if carried is not None and (right is None or (right >= 0 and kinds[right] == CARRIED)):
                following = before._replace(steps=carried.steps + 1)
            else:
                following = NOBODY if right is None or right < 0 else Chosen(said[right], kinds[right], 0)
            before = chosen[n] if self.follow else following
        return chosen

    def _note(self, start: int, rows: list[Array], said: Sequence[str], kinds: Sequence[int]) -> int | None:
        """Note what could be meant by a number; which of it is right, -1 where nothing is, None where it is not known."""
        record = self.lesson.record_at(start)
        gold: Record = self.lesson.document.gold[record] if record is not None else {"optional": True}
        if record is None or gold.get("optional"):
            return None
        subjects = gold["subjects"]
        if subjects:
            facts = self.lesson.document.facts
            closeness = [wording(by_name(name, facts), subjects) for name in said]
        else:
            right = {name for name, kind in zip(said, kinds, strict=True) if kind in OF_REPORT} or {NOBODY.name}
            closeness = [float(name in right) for name in said]
        weight = self.lesson.weight(record) * (1.0 if subjects else UNSAID)
        self.lesson.subjects.append(Row(rows, closeness, weight))
        best = (
            len(said) - 1
            if kinds[-1] == CARRIED and closeness[-1] >= max(closeness) - AS_CLOSE
            else int(np.argmax(closeness))
        )
        return best if closeness[best] >= NAME_ENOUGH else -1


class TenseTeacher(Tense):
    """Stands in for the model of status: notes the features of each number."""

    def __init__(self, lesson: Lesson) -> None:
        super().__init__(NO_WEIGHTS.tolist(), 0.0)
        self.lesson = lesson

    def planned(
        self,
        page: Page,
        context: Context,
        sections: Sequence[int],
        paragraphs: Sequence[int],
        moods: Sequence[Mood],
        told: Sequence[Told],
    ) -> list[bool]:
        """Note the features of the numbers, and once more as if no heading told: excerpts often come without."""
        first, last = section_bounds(page, sections)
        for n, start in enumerate(page.starts.tolist()):
            record = self.lesson.record_at(start)
            if record is None or not (status := self.lesson.document.gold[record]["status"]):
                continue
            near = page.types[context.left.start[n] : context.left.end[n]].tolist()
            begin, end = page.sizes[page.sentence[n]], page.sizes[page.sentence[n] + 1]
            features = [
                *status_features(sentence_key(moods[n])),
                *status_features(number_key(moods[n], told[n])),
                *(f"sentence {w}" for w in telling(page.lexicon, page.all_types[begin:end])),
                *(f"clause {page.lexicon.words[t]}" for t in near),
                f"last {page.lexicon.words[context.near[n]]}",
            ]
            words = telling(page.lexicon, page.all_types[first[n] : last[n]])
            for said in (features, [HEADING.sub(" none", f) for f in features]):
                row = status_row(said, words, status == "planned")
                self.lesson.statuses.append(row._replace(weight=self.lesson.weight(record)))
        return [False] * len(told)


def telling(lexicon: Lexicon, types: Array) -> list[str]:
    """Those of words that tell of tense and mood."""
    return [lexicon.words[t] for t in types[(lexicon.traits[types] & Trait.TELLING) != 0].tolist()]


def status_row(features: list[str], section: list[str], planned: bool) -> StatusRow:
    """Weights and values of one number, the words of its section included."""
    told = [bucket_of(f"section {w}") for w in section]
    share = dict.fromkeys(HEADED, 1.0) if "heading none" in features else HEADED
    values = [share["sentence"] if f.startswith("sentence ") else 1.0 for f in features]
    values += [share["section"] * SECTION_WEIGHT / max(len(section), 1)] * len(section)
    return StatusRow([bucket_of(f) for f in features] + told, values, planned)


def section_row(sentence: Sentence, told: list[str], lexicon: Lexicon, planned: bool) -> StatusRow:
    """A sentence of a labelled section, whose telling words are `told`, where no heading says whether it is a plan."""
    features = [
        *status_features(sentence_key(Mood(Frame(), (), ""))),
        *(f"sentence {w}" for w in telling(lexicon, lexicon.number([sentence]))),
        *(f"clause {w}" for w in sentence.words[-8:]),
    ]
    return status_row(features, told, planned)


def gather(
    documents: Iterable[Document], rules: Rules, names: Weights | None = None, subjects: Weights | None = None
) -> list[Lesson]:
    """What documents teach, going on with the right names and subjects, or with those that weights choose."""
    lessons = []
    ranker, judge = Ranker(NO_WEIGHTS if names is None else names), Unsure()
    extractor = None
    for document in documents:
        lesson = Lesson(document)
        models = Models(ranker, SubjectTeacher(lesson, subjects), TenseTeacher(lesson), judge)
        extractor = extractor or Extractor(rules, models)
        extractor.models = models
        extractor.naming = partial(NameTeacher, lesson, names is not None)  # type: ignore[assignment]
        extractor.extract(document.clean.text, document.outline, document.sentences, document.facts)
        lessons.append(lesson)
    return lessons


class Unsure(Judge):
    """Stands in for the judge where there is none yet; notes what it would have judged."""

    def __init__(self) -> None:
        self.evidence: list[Evidence] = []

    def probabilities(self, evidence: Sequence[Evidence]) -> list[float]:
        """One half for all; notes what there is to judge."""
        self.evidence = list(evidence)
        return [0.5] * len(evidence)
