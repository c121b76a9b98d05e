"""What annotated documents teach the models of metrics: each choice that is made while a document is read, and the right one.

The extractor is run with teachers in place of its models. They note what they are asked, look up in the annotation what
would have been right, and go on with that or with what trained weights choose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from gold import (
    NAME_ENOUGH,
    Record,
    likeness,
    named,
    read_text,
    wording,
)

from pipeline.classification.labelled import read_labelled
from pipeline.config import load_config
from pipeline.facts import Describer
from pipeline.kit import build_cleaner, load_rules
from pipeline.metrics.candidates import Candidate, View, name_of
from pipeline.metrics.confidence import Evidence, Judge
from pipeline.metrics.cues import Cues
from pipeline.metrics.extract import Extractor, Models
from pipeline.metrics.hashing import BUCKETS, bucket_of
from pipeline.metrics.ranking import Ranker, context_of, features_of, parts_of
from pipeline.metrics.status import SECTION_WEIGHT, Tense, section_words, sentence_features
from pipeline.metrics.subjects import Choice, Chooser
from pipeline.metrics.subjects import features_of as features_of_subject
from pipeline.metrics.timing import Frame
from pipeline.metrics.tokens import Words
from pipeline.outline import Outliner
from pipeline.records import CleanText, Facts, Section, Sentence
from pipeline.rules.schema import MetricCue
from pipeline.segmentation import Segmenter

ROOT = Path(__file__).parent.parent
CORPORA = {
    "names": ("corpus/names", "corpus/names/texts"),
    "metrics": ("corpus/gold/metrics", "corpus/gold/metrics/texts"),
    "samples": ("corpus/gold/samples", "corpus/samples"),
}
ROLE_PLANNED = {"plans": True, "measures": False, "highlights": False, "overview": False, "problems": False}
"""What the role of a labelled section says of the status of what it tells."""
HEADING = re.compile(" (?:plan|review)$")
NOBODY = 0.2
"""How good it is to name no subject where the annotation has none."""
LATER = 0.02
"""By how much a wording is worse for each that an annotation puts before it."""


class Document(NamedTuple):
    """An annotated document, read as far as names need it."""

    name: str
    gold: list[Record]
    clean: CleanText
    outline: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    facts: Facts


class Row(NamedTuple):
    """The wordings of one record: the weights that each sums up, and how close each comes."""

    features: list[list[int]]
    closeness: list[float]


Weights = np.ndarray
NO_WEIGHTS: Weights = np.zeros(BUCKETS)


def read_documents(corpora: Iterable[str]) -> Iterator[Document]:
    """The annotated documents in order, through the rooms that come before the metrics."""
    rules = load_rules(load_config())
    cleaner, outliner, segmenter, describer = (
        build_cleaner(rules), Outliner(rules), Segmenter(rules.words()), Describer(rules)
    )  # fmt: skip
    for corpus in corpora:
        folder, texts = (ROOT / part for part in CORPORA[corpus])
        for path in sorted(folder.glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8")).get("metrics", [])
            clean = cleaner.clean(read_text(texts / f"{path.stem}.txt"))
            outline = outliner.split(clean.text, ())
            sentences = segmenter.segment(clean.text, outline)
            facts = describer.describe(clean.text, outline, path.stem)
            yield Document(f"{corpus}/{path.stem}", gold, clean, outline, sentences, facts)


class Lesson:
    """A document while it is read for training: what is right for the number at a place, and the rows noted so far."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.names: list[Row] = []
        self.subjects: list[Row] = []
        self.statuses: list[tuple[list[int], list[float], bool]] = []
        self.sections: dict[int, list[str]] = {}
        self._closeness: dict[tuple[int, str], float] = {}

    def record_at(self, start: int) -> int | None:
        """Which record the number at `start` of the clean text is."""
        span = self.document.clean.to_source(start, start + 1)
        said = {"source_start": span.start, "source_end": span.end}
        return next((i for i, g in enumerate(self.document.gold) if likeness(g, said) > 0), None)

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


class NameTeacher(Ranker):
    """Stands in for the ranker: notes all wordings, and goes on with the right or with the chosen one."""

    def __init__(self, lesson: Lesson, weights: Weights | None, cues: Cues) -> None:
        super().__init__((NO_WEIGHTS if weights is None else weights).tolist(), cues)
        self.lesson, self.follow = lesson, weights is not None

    def choose(self, view: View, wordings: Sequence[Candidate]) -> tuple[Candidate | None, float]:
        """Note the wordings of a record; give what to go on with."""
        at = self.lesson.record_at(view.at)
        if at is None or not wordings or not self.lesson.document.gold[at]["names"]:
            return super().choose(view, wordings)
        context = context_of(view, self.cues)
        closeness = [self.lesson.closeness(at, name_of(view, c)) for c in wordings]
        features = [[bucket_of(f) for key in parts_of(view, c, context) for f in features_of(key)] for c in wordings]
        self.lesson.names.append(Row(features, closeness))
        return super().choose(view, wordings) if self.follow else (wordings[int(np.argmax(closeness))], 0.0)


class SubjectTeacher(Chooser):
    """Stands in for the chooser of subjects: notes what could be meant."""

    def __init__(self, lesson: Lesson) -> None:
        super().__init__(NO_WEIGHTS.tolist())
        self.lesson = lesson

    def choose(self, choice: Choice, at: int) -> str | None:
        """Note what could be meant."""
        record = self.lesson.record_at(at)
        gold = self.lesson.document.gold[record] if record is not None else {"optional": True}
        if not gold.get("optional"):
            right = gold["subjects"]
            closeness = [wording(m.name, right) if right else NOBODY * (not m.name) for m in choice.mentions]
            self.lesson.subjects.append(
                Row([[bucket_of(f) for f in features_of_subject(key)] for key in choice.keys], closeness)
            )
        return None


class TenseTeacher(Tense):
    """Stands in for the model of status: notes the features of each number."""

    def __init__(self, lesson: Lesson) -> None:
        super().__init__(NO_WEIGHTS.tolist(), 0.0)
        self.lesson = lesson

    def of_section(self, section_id: int, words: Sequence[str]) -> float:
        """Note the words of a section; its number stands for it."""
        self.lesson.sections[section_id] = list(words)
        return float(section_id)

    def planned(self, at: int, section: float, features: Sequence[str]) -> bool:
        """Note the features of a number, and once more as if no heading told: excerpts often come without."""
        record = self.lesson.record_at(at)
        if record is not None and (status := self.lesson.document.gold[record]["status"]):
            words = self.lesson.sections[int(section)]
            told = [bucket_of(f"section {w}") for w in words]
            values = [1.0] * len(features) + [SECTION_WEIGHT / max(len(words), 1)] * len(words)
            for said in (features, [HEADING.sub(" none", f) for f in features]):
                self.lesson.statuses.append(([bucket_of(f) for f in said] + told, values, status == "planned"))
        return False


def gather(documents: Iterable[Document], weights: Weights | None) -> list[Lesson]:
    """What documents teach, going on with the right names, or with those that `weights` choose."""
    rules = load_rules(load_config())
    cues = Cues(rules.table(MetricCue))
    lessons = []
    for document in documents:
        lesson = Lesson(document)
        models = Models(NameTeacher(lesson, weights, cues), SubjectTeacher(lesson), TenseTeacher(lesson), Unsure())
        Extractor(rules, models).extract(document.clean.text, document.outline, document.sentences, document.facts)
        lessons.append(lesson)
    return lessons


class Unsure(Judge):
    """Stands in for the judge where there is none yet; notes what it would have judged."""

    def __init__(self) -> None:
        super().__init__(None)
        self.evidence: list[Evidence] = []

    def probabilities(self, evidence: Sequence[Evidence]) -> list[float]:
        """One half for all; notes what there is to judge."""
        self.evidence = list(evidence)
        return [0.5] * len(evidence)


def section_statuses() -> list[tuple[list[int], list[float], bool]]:
    """Rows of status from the labelled sections: what a plan's sentences are like where no heading says that it is one."""
    segmenter = Segmenter(load_rules(load_config()).words())
    rows = []
    for document in read_labelled(ROOT / "corpus" / "sections"):
        by_section: dict[int, list[Sentence]] = {}
        for sentence in segmenter.segment(document.text, document.outline):
            if sentence.start >= document.outline[sentence.section_id].heading_end:
                by_section.setdefault(sentence.section_id, []).append(sentence)
        for section_id, sentences in by_section.items():
            role = document.labels["role"][section_id][0]
            if role not in ROLE_PLANNED:
                continue
            words = section_words(sentences)
            told = [bucket_of(f"section {w}") for w in words]
            for sentence in sentences:
                tokens = Words(sentence.words, sentence.tags, sentence.start).tokens
                features = sentence_features(tokens, Frame(), "") + [f"clause {t.word}" for t in tokens[-8:]]
                values = [1.0] * len(features) + [SECTION_WEIGHT / max(len(words), 1)] * len(words)
                rows.append(([bucket_of(f) for f in features] + told, values, ROLE_PLANNED[role]))
    return rows
