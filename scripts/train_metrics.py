"""Train the models of metrics (names, subjects, status, confidence), and write them with their card.

usage: python scripts/train_metrics.py [--models models]

Rows are the records of corpus/names, corpus/gold/metrics and corpus/gold/samples. For names and subjects, the wordings
that could be meant are laid side by side with how close each comes to those that the annotation accepts, and a
log-linear model learns which of them is the right one (Cao et al. 2007, "Learning to Rank: From Pairwise Approach to
Listwise Approach"). Since a name may be carried on to the next number, a second round trains on what the first one would choose.
Figures in the card come from whole documents left out.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import sklearn
import skops
from gold import (
    NAME_ENOUGH,
    SPAN_ENOUGH,
    Record,
    close,
    likeness,
    named,
    unit_of,
    wording,
)
from metric_lessons import (
    AS_CLOSE,
    CORPORA,
    ROOT,
    Document,
    Lesson,
    Row,
    Unsure,
    Weights,
    gather,
    read_documents,
    section_statuses,
)
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from skops.io import dump

from pipeline.config import load_config
from pipeline.kit import load_rules
from pipeline.metrics.confidence import Evidence, Judge, row_of
from pipeline.metrics.extract import Extractor, Models
from pipeline.metrics.hashing import BUCKETS
from pipeline.metrics.ranking import Ranker
from pipeline.metrics.status import Tense
from pipeline.metrics.subjects import Chooser
from pipeline.records import Metric

FOLDS = 3
STRENGTH, STATUS_STRENGTH = 0.3, 0.5
"""Inverse strength of regularisation of the models of names and subjects, and of that of status."""
CLOSER, TINY = 0.1, 1e-300
"""One wording is better than another from the first of these on."""


class Outcome(NamedTuple):
    """What spoke for a record that was made, and whether value, unit and name, status, and subject are right."""

    evidence: Evidence
    right: bool
    status: bool
    subject: bool


def fit(rows: Sequence[Row]) -> Weights:
    """The weights of the features: a log-linear model of which wording is right among those of its record.

    All wordings that are as good as the best one are right.
    """
    known = [r for r in rows if max(r.closeness) >= NAME_ENOUGH - 0.1 and min(r.closeness) < max(r.closeness) - CLOSER]
    columns = [f for row in known for wording in row.features for f in wording]
    ends = np.cumsum([0] + [len(wording) for row in known for wording in row.features])
    cells = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, BUCKETS))
    turned = cells.T.tocsr()
    good = np.array([c >= max(row.closeness) - AS_CLOSE for row in known for c in row.closeness])
    sizes = np.array([len(row.closeness) for row in known])
    starts = np.cumsum(sizes) - sizes
    counts = np.array([row.weight for row in known])

    def loss(weights: Weights) -> tuple[float, Weights]:
        scores = cells @ weights
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        whole, right = np.add.reduceat(odds, starts), np.add.reduceat(odds * good, starts) + TINY
        miss = odds * (np.repeat(counts / whole, sizes) - good * np.repeat(counts / right, sizes))
        told = counts @ np.log(whole / right) + weights @ weights / (2 * STRENGTH)
        return float(told), turned @ miss + weights / STRENGTH

    found = minimize(loss, np.zeros(BUCKETS), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return np.round(found.x, 3)


def fit_status(lessons: Iterable[Lesson]) -> LogisticRegression:
    """The model of planned and actual."""
    rows = [row for lesson in lessons for row in lesson.statuses] + section_statuses()
    cells = csr_matrix(
        (
            [v for _, values, _ in rows for v in values],
            (
                [i for i, (columns, _, _) in enumerate(rows) for _ in columns],
                [c for columns, _, _ in rows for c in columns],
            ),
        ),
        shape=(len(rows), BUCKETS),
    )
    return LogisticRegression(C=STATUS_STRENGTH, max_iter=300, tol=1e-3).fit(cells, [planned for *_, planned in rows])


class Trained(NamedTuple):
    """The weights of names and subjects, and the model of status."""

    names: Weights
    subjects: Weights
    status: LogisticRegression

    def models(self, judge: Judge) -> Models:
        """What the extractor works with."""
        return Models(
            Ranker(self.names),
            Chooser(self.subjects),
            Tense(self.status.coef_[0].tolist(), float(self.status.intercept_[0])),
            judge,
        )


def train(documents: Sequence[Document]) -> Trained:
    """Two rounds: on the right names and subjects carried on, then also on those that the first round would carry on."""
    right = gather(documents)
    names_rows = [row for lesson in right for row in lesson.names]
    subject_rows = [row for lesson in right for row in lesson.subjects]
    chosen = gather(documents, fit(names_rows), fit(subject_rows))
    names_rows += [row for lesson in chosen for row in lesson.names]
    subject_rows += [row for lesson in chosen for row in lesson.subjects]
    return Trained(fit(names_rows), fit(subject_rows), fit_status(chosen))


def outcomes(documents: Iterable[Document], trained: Trained) -> Iterator[Outcome]:
    """The records that trained models make of documents, and whether they are right."""
    rules = load_rules(load_config())
    for document in documents:
        judge = Unsure()
        extractor = Extractor(rules, trained.models(judge))
        metrics = extractor.extract(document.clean.text, document.outline, document.sentences, document.facts)
        for metric, evidence in zip(metrics, judge.evidence, strict=True):
            said = document.clean.to_source(metric.quantity.start, metric.quantity.end)
            span = {"source_start": said.start, "source_end": said.end}
            gold = max(document.gold, key=lambda g: likeness(g, span), default=None)
            if gold is None or likeness(gold, span) < SPAN_ENOUGH:
                yield Outcome(evidence, False, False, False)
            elif not gold.get("optional"):
                status = metric.status == gold["status"]
                subject = not gold["subjects"] or wording(metric.subject, gold["subjects"]) >= NAME_ENOUGH
                yield Outcome(evidence, is_right(metric, gold, document.gold), status, subject)


def is_right(metric: Metric, gold: Record, others: list[Record]) -> bool:
    """Whether value, unit and name are those of the annotation, by the measure of score.py."""
    quantity = metric.quantity
    value = (
        close(quantity.value, gold["value"])
        if gold["value"] is not None
        else close(quantity.value_min, gold["low"]) and close(quantity.value_max, gold["high"])
    )
    return value and unit_of(quantity.unit) == unit_of(gold["unit"]) and named(metric.name, gold, others) >= NAME_ENOUGH


def fit_judge(rows: Sequence[Outcome]) -> LogisticRegression:
    """A linear model of whether a record is right; being a logistic regression, it is calibrated where it was fitted."""
    model = LogisticRegression(C=1.0, max_iter=500)
    return model.fit([row_of(o.evidence) for o in rows], [o.right for o in rows])


def reliability(probabilities: np.ndarray, right: np.ndarray) -> list[tuple[float, float, int]]:
    """Mean confidence, share right, and count of each tenth of confidence that holds a record."""
    tenths = np.minimum((probabilities * 10).astype(int), 9)
    return [
        (float(probabilities[tenths == t].mean()), float(right[tenths == t].mean()), int((tenths == t).sum()))
        for t in sorted(set(tenths))
    ]


def corpus_digest() -> str:
    """SHA-256 of all annotations and their texts."""
    digest = hashlib.sha256()
    for folder, texts in CORPORA.values():
        for path in sorted((ROOT / folder).glob("*.ann")):
            digest.update(path.read_bytes() + (ROOT / texts / f"{path.stem}.txt").read_bytes())
    return digest.hexdigest()


def main() -> int:
    """Measure on documents left out, fit on all, write both models and the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    order = parser.parse_args()
    documents = list(read_documents(CORPORA))
    left_out: list[Outcome] = []
    folds: list[int] = []
    for fold in range(FOLDS):
        trained = train([d for i, d in enumerate(documents) if i % FOLDS != fold])
        made = list(outcomes([d for i, d in enumerate(documents) if i % FOLDS == fold], trained))
        left_out += made
        folds += [fold] * len(made)
        shares = [np.mean([getattr(o, field) for o in made]) for field in ("right", "status", "subject")]
        print(
            f"fold {fold}: {len(made)} records, right {shares[0]:.3f}, status {shares[1]:.3f}, subject {shares[2]:.3f}"
        )
    right, fold_of = np.array([o.right for o in left_out]), np.array(folds)
    probabilities = np.zeros(len(right))
    for fold in range(FOLDS):
        judge = fit_judge([o for o, f in zip(left_out, folds, strict=True) if f != fold])
        rows = [row_of(o.evidence) for o, f in zip(left_out, folds, strict=True) if f == fold]
        probabilities[fold_of == fold] = judge.predict_proba(rows)[:, 1]
    write(order.models / "metrics", train(documents), fit_judge(left_out), left_out, probabilities, len(documents))
    return 0


def write(
    folder: Path,
    trained: Trained,
    judge: LogisticRegression,
    left_out: Sequence[Outcome],
    probabilities: np.ndarray,
    size: int,
) -> None:
    """Write the estimators in one file, and their card."""
    folder.mkdir(parents=True, exist_ok=True)
    status = np.round(trained.status.coef_[0], 3)
    models = {
        "names": linear(trained.names, 0.0),
        "subjects": linear(trained.subjects, 0.0),
        "status": linear(status, float(trained.status.intercept_[0])),
        "confidence": judge,
    }
    dump(models, folder / "model.skops", compression=zipfile.ZIP_DEFLATED, compresslevel=9)
    right = np.array([o.right for o in left_out])
    surest = right[np.argsort(-probabilities, kind="stable")[: len(right) // 2]]
    card = [
        'name = "metrics"',
        f"documents = {size}",
        f"buckets = {BUCKETS}",
        f'corpus_sha256 = "{corpus_digest()}"',
        'script = "scripts/train_metrics.py"',
        f"inverse_regularisation = {STRENGTH}",
        "",
        "[versions]",
        f'scikit-learn = "{sklearn.__version__}"',
        f'skops = "{skops.__version__}"',
        f'numpy = "{np.__version__}"',
        "",
        "[documents_left_out]",
        f"records = {len(right)}",
        f"right_in_value_unit_and_name = {right.mean():.4f}",
        f"right_in_status = {np.mean([o.status for o in left_out]):.4f}",
        f"right_in_subject = {np.mean([o.subject for o in left_out]):.4f}",
        f"right_in_surer_half = {surest.mean():.4f}",
        f"brier_score = {np.mean((probabilities - right) ** 2):.4f}",
        "",
        "# Of the records with such a confidence, how many are right: mean confidence, share right, records.",
        "[reliability]",
        "tenths = [",
        *(f"  [{p:.3f}, {r:.3f}, {n}]," for p, r, n in reliability(probabilities, right)),
        "]",
        "",
    ]
    (folder / "card.toml").write_text("\n".join(card), encoding="utf-8", newline="\n")
    print(f"metrics: {right.mean():.3f} right of {len(right)}; surer half {surest.mean():.3f}")


def linear(weights: Weights, bias: float) -> LogisticRegression:
    """A linear model of two classes with these weights, in half the size."""
    model = LogisticRegression()
    model.coef_, model.intercept_ = weights.astype(np.float32)[None], np.array([bias], np.float32)
    model.classes_ = np.array([-1, 1])
    return model


if __name__ == "__main__":
    sys.exit(main())
