"""The models of metrics: measured with documents left out, fitted on all of them, written with their card."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.utils.parallel import Parallel, delayed

from pipeline.classification.labelled import read_labelled
from pipeline.config import Config
from pipeline.facts import Describer
from pipeline.gold.documents import Annotated, read_gold
from pipeline.kit import build_cleaner, load_rules, model_folder, models_folder
from pipeline.metrics import Extractor
from pipeline.metrics.confidence import rows_of
from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.cues import Cues
from pipeline.metrics.page.hashing import BUCKETS
from pipeline.metrics.page.lexicon import Lexicon
from pipeline.metrics.training.fitting import (
    STRENGTH,
    Outcome,
    fit_judge,
    is_right,
    outcomes,
    record_of,
    reliability,
    status_right,
    subject_right,
    train,
)
from pipeline.metrics.training.lessons import Document, StatusRow, Weights, section_row, telling
from pipeline.outline import Outliner
from pipeline.records import Sentence
from pipeline.rules import Rules
from pipeline.rules.schema import BodyWord, MetricCue
from pipeline.segmentation import Segmenter
from pipeline.training.lessons import Learnt, Lessons, card_of, versions, write

CORPORA = {
    "names": ("names", "names/texts"),
    "metrics": ("gold/metrics", "gold/metrics/texts"),
    "samples": ("gold/samples", "samples"),
}
"""Where annotations and texts lie in the corpus."""
FOLDS = 3
FIGURES = "[documents_left_out]"
ROLE_PLANNED = {"plans": True, "measures": False, "highlights": False, "overview": False, "problems": False}
"""What the role of a labelled section says of the status of what it tells."""


class LeftOut(NamedTuple):
    """What became of documents left out: the judge of confidence fitted on it, and lines of the card."""

    judge: Any
    card: Sequence[str]


def train_metrics(lessons: Lessons, output: Path) -> Learnt:
    """Write the models into ``metrics`` in `output`: names, subjects, status, and how sure a record is.

    Confidence and the figures of the card come from documents of the corpus left out, in three folds.
    """
    rules = load_rules(lessons.config)
    lessons.tell("reading the annotated documents of the corpus")
    documents = [d for name in CORPORA for d in corpus_documents(lessons.corpus, name, lessons.config)]
    lessons.tell("reading the labelled sections of the corpus")
    statuses = section_statuses(lessons.corpus, rules)
    if lessons.gold:
        lessons.tell("looking for what the models so far get wrong in your documents")
    corrected = list(_corrected(lessons, rules))
    # Where a user's lie beside our own corpus, what documents left out tell stands in our own model.
    known = bool(lessons.gold) and card_of("metrics")["corpus_sha256"] == corpus_digest(lessons.corpus)
    left = "" if known else f", and {FOLDS} times with a part of the corpus left out"
    lessons.tell(f"training on {len(documents) + len(corrected):,} documents{left}")
    trained, *of_folds = Parallel(n_jobs=1 if known else -1)(
        [delayed(train)([*documents, *corrected], statuses, rules)]
        + [delayed(_of_fold)(documents, fold, statuses, rules) for fold in range(0 if known else FOLDS)]
    )
    left_out = _known() if known else _left_out(of_folds)
    models = {
        "names": _linear(trained.names, 0.0),
        "subjects": _linear(trained.subjects, 0.0),
        "status": _linear(np.round(trained.status.coef_[0], 3), float(trained.status.intercept_[0])),
        "confidence": left_out.judge,
    }
    write(output / "metrics", models, _card(lessons, len(documents), left_out.card))
    extractor = Extractor.load(rules, output / "metrics")
    if corrected:
        lessons.tell("reading your documents with the new models")
    standing, lost = list[str](), list[str]()
    for document in corrected:
        for at in sorted(mistakes_of(document, extractor)):
            gold = document.gold[at]
            said = f"{document.name}: {gold['quantity']}: {'|'.join(gold['names'])}"
            (standing if at in document.stressed else lost).append(said)
    return Learnt([output / "metrics"], sum(len(d.stressed) for d in corrected), standing, lost)


def corpus_documents(corpus: Path, name: str, config: Config) -> Iterator[Document]:
    """The annotated documents of one of CORPORA, in order."""
    folder, texts = (corpus / part for part in CORPORA[name])
    for document in read_documents(read_gold(folder, texts) if folder.is_dir() else (), config):
        yield document._replace(name=f"{name}/{document.name}")


def read_documents(annotated: Iterable[Annotated], config: Config) -> Iterator[Document]:
    """Documents through the rooms that come before the metrics."""
    rules = load_rules(config)
    cleaner, outliner, segmenter, describer = (
        build_cleaner(rules, config), Outliner(rules), Segmenter(rules.words()), Describer(rules)
    )  # fmt: skip
    for name, text, gold in annotated:
        clean = cleaner.clean(text)
        outline = outliner.split(clean.text, ())
        sentences = segmenter.segment(clean.text, outline)
        facts = describer.describe(clean.text, outline)
        yield Document(name, gold.get("metrics", []), clean, outline, sentences, facts)


def section_statuses(corpus: Path, rules: Rules) -> list[StatusRow]:
    """Rows of status from the labelled sections: what a plan's sentences are like where no heading says that it is one."""
    segmenter = Segmenter(rules.words())
    lexicon = Lexicon(Cues(rules.table(MetricCue)), Bodies(rules.table(BodyWord)))
    rows = []
    for document in read_labelled(corpus / "sections"):
        by_section: dict[int, list[Sentence]] = {}
        for sentence in segmenter.segment(document.text, document.outline):
            if sentence.start >= document.outline[sentence.section_id].heading_end:
                by_section.setdefault(sentence.section_id, []).append(sentence)
        for section_id, sentences in by_section.items():
            role = document.labels["role"][section_id][0]
            if role in ROLE_PLANNED:
                told = telling(lexicon, lexicon.number(sentences))
                rows += [section_row(sentence, told, lexicon, ROLE_PLANNED[role]) for sentence in sentences]
    return rows


def mistakes_of(document: Document, extractor: Extractor) -> set[int]:
    """The annotated records of which a value, unit, name, status or subject is wrong, or that are missed."""
    right = set()
    for metric in extractor.extract(document.clean.text, document.outline, document.sentences, document.facts):
        gold = record_of(metric, document)
        if gold is None or not is_right(metric, gold, document.gold):
            continue
        if status_right(metric, gold) and subject_right(metric, gold):
            right.add(document.gold.index(gold))
    return {at for at, gold in enumerate(document.gold) if not gold.get("optional")} - right


def _corrected(lessons: Lessons, rules: Rules) -> Iterator[Document]:
    """The user's documents, with the records that the models so far get wrong."""
    annotated = [document for document in lessons.gold if "metrics" in document.gold]
    if not annotated:
        return  # our own model need not fit what is to be trained
    extractor = Extractor.load(rules, model_folder("metrics", lessons.config))
    for document in read_documents(annotated, lessons.config):
        yield document._replace(stressed=frozenset(mistakes_of(document, extractor)))


def _left_out(of_folds: Sequence[Sequence[Outcome]]) -> LeftOut:
    """What the outcomes of each fold tell, their confidence by a judge fitted on the other folds."""
    made: list[Outcome] = [outcome for found in of_folds for outcome in found]
    folds = [fold for fold, found in enumerate(of_folds) for _ in found]
    right, fold_of = np.array([o.right for o in made]), np.array(folds)
    probabilities = np.zeros(len(right))
    for fold in range(FOLDS):
        judge = fit_judge([o for o, f in zip(made, folds, strict=True) if f != fold])
        rows = rows_of([o.evidence for o, f in zip(made, folds, strict=True) if f == fold])
        probabilities[fold_of == fold] = judge.predict_proba(rows)[:, 1]
    return LeftOut(fit_judge(made), _figures(made, probabilities))


def _of_fold(documents: Sequence[Document], fold: int, statuses: Sequence[StatusRow], rules: Rules) -> list[Outcome]:
    """What becomes of the documents of a fold by models that are trained on the others."""
    trained = train([d for i, d in enumerate(documents) if i % FOLDS != fold], statuses, rules)
    return list(outcomes([d for i, d in enumerate(documents) if i % FOLDS == fold], trained, rules))


def _known() -> LeftOut:
    """The judge and the figures of our own model."""
    from skops.io import load

    folder = models_folder() / "metrics"
    card = (folder / "card.toml").read_text(encoding="utf-8")
    return LeftOut(load(folder / "model.skops", trusted=[])["confidence"], [card[card.index(FIGURES) :].rstrip("\n")])


def corpus_digest(corpus: Path) -> str:
    """SHA-256 of all annotations and their texts."""
    digest = hashlib.sha256()
    for folder, texts in CORPORA.values():
        for path in sorted((corpus / folder).glob("*.ann")):
            digest.update(path.read_bytes() + (corpus / texts / f"{path.stem}.txt").read_bytes())
    return digest.hexdigest()


def _card(lessons: Lessons, size: int, figures: Sequence[str]) -> list[str]:
    return [
        'name = "metrics"',
        f"documents = {size}",
        f"buckets = {BUCKETS}",
        f'corpus_sha256 = "{corpus_digest(lessons.corpus)}"',
        *lessons.card(),
        f'script = "{lessons.script}"',
        f"inverse_regularisation = {STRENGTH}",
        *versions(),
        "",
        *figures,
    ]


def _figures(made: Sequence[Outcome], probabilities: np.ndarray) -> list[str]:
    right = np.array([o.right for o in made])
    surest = right[np.argsort(-probabilities, kind="stable")[: len(right) // 2]]
    return [
        FIGURES,
        f"records = {len(right)}",
        f"right_in_value_unit_and_name = {right.mean():.4f}",
        f"right_in_status = {np.mean([o.status for o in made]):.4f}",
        f"right_in_subject = {np.mean([o.subject for o in made]):.4f}",
        f"right_in_surer_half = {surest.mean():.4f}",
        f"brier_score = {np.mean((probabilities - right) ** 2):.4f}",
        "",
        "# Of the records with such a confidence, how many are right: mean confidence, share right, records.",
        "[reliability]",
        "tenths = [",
        *(f"  [{p:.3f}, {r:.3f}, {n}]," for p, r, n in reliability(probabilities, right)),
        "]",
    ]


def _linear(weights: Weights, bias: float) -> LogisticRegression:
    """A linear model of two classes with these weights, in half the size."""
    model = LogisticRegression()
    model.coef_, model.intercept_ = weights.astype(np.float32)[None], np.array([bias], np.float32)
    model.classes_ = np.array([-1, 1])
    return model
