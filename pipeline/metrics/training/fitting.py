"""The models of metrics, fitted to what annotated documents teach.

For names and subjects, the wordings that could be meant are laid side by side with how close each comes to those that
the annotation accepts, and a log-linear model learns which of them is the right one (Cao et al. 2007, "Learning to
Rank: From Pairwise Approach to Listwise Approach"). Since names and subjects may be carried on to the next number, a
second round trains on what the first one would choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from pipeline.gold.likeness import NAME_ENOUGH, SPAN_ENOUGH, Record, close, likeness, named, unit_of, wording
from pipeline.metrics.confidence import Evidence, Judge, rows_of
from pipeline.metrics.extract import Extractor, Models
from pipeline.metrics.naming.ranking import Ranker
from pipeline.metrics.page.hashing import BUCKETS
from pipeline.metrics.subjects.subjects import Chooser
from pipeline.metrics.times.status import Tense
from pipeline.metrics.training.lessons import AS_CLOSE, Document, Row, StatusRow, Unsure, Weights, gather
from pipeline.records import Metric
from pipeline.rules import Rules

STRENGTH, STATUS_STRENGTH, JUDGE_STRENGTH = 0.3, 0.5, 0.08
"""Inverse strength of regularisation of the models of names and subjects, of that of status, and of confidence."""
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
    # Only buckets that any wording has take part: nothing but the penalty speaks for the weight of another.
    there, columns = np.unique([f for row in known for wording in row.features for f in wording], return_inverse=True)
    ends = np.cumsum([0] + [len(wording) for row in known for wording in row.features])
    cells = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(there)))
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

    with threadpool_limits(limits=1):  # on vectors of this size, threads wait for each other longer than they work
        found = minimize(loss, np.zeros(len(there)), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    weights: Weights = np.zeros(BUCKETS)
    weights[there] = np.round(found.x, 3)
    return weights


def fit_status(rows: Sequence[StatusRow]) -> LogisticRegression:
    """The model of planned and actual."""
    ends = np.cumsum([0, *(len(row.columns) for row in rows)])
    cells = csr_matrix(
        ([v for row in rows for v in row.values], [c for row in rows for c in row.columns], ends),
        shape=(len(rows), BUCKETS),
    )
    cells.sum_duplicates()
    weights = [row.weight for row in rows]
    model = LogisticRegression(C=STATUS_STRENGTH, max_iter=300, tol=1e-3)
    return model.fit(cells, [row.planned for row in rows], weights if max(weights) > 1 else None)


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


def train(documents: Sequence[Document], statuses: Sequence[StatusRow], rules: Rules) -> Trained:
    """Rounds: on the right names and subjects carried on, then on those that the round before would carry on.

    Names learn from two rounds, subjects from a third alone: a wrong one is carried on for long.
    `statuses` are further rows for the model of status.
    """
    right = gather(documents, rules)
    names = [row for lesson in right for row in lesson.names]
    chosen = gather(documents, rules, fit(names), fit([row for lesson in right for row in lesson.subjects]))
    names += [row for lesson in chosen for row in lesson.names]
    status = fit_status([*(row for lesson in chosen for row in lesson.statuses), *statuses])
    of_names, of_subjects = fit(names), fit([row for lesson in chosen for row in lesson.subjects])
    again = gather(documents, rules, of_names, of_subjects)
    return Trained(of_names, fit([row for lesson in again for row in lesson.subjects]), status)


def outcomes(documents: Iterable[Document], trained: Trained, rules: Rules) -> Iterator[Outcome]:
    """The records that trained models make of documents, and whether they are right."""
    judge = Unsure()
    extractor = Extractor(rules, trained.models(judge))
    for document in documents:
        metrics = extractor.extract(document.clean.text, document.outline, document.sentences, document.facts)
        for metric, evidence in zip(metrics, judge.evidence, strict=True):
            gold = record_of(metric, document)
            if gold is None:
                yield Outcome(evidence, False, False, False)
            elif not gold.get("optional"):
                status, subject = status_right(metric, gold), subject_right(metric, gold)
                yield Outcome(evidence, is_right(metric, gold, document.gold), status, subject)


def record_of(metric: Metric, document: Document) -> Record | None:
    """The annotated record that a metric is; None where it is none."""
    said = document.clean.to_source(metric.quantity.start, metric.quantity.end)
    span = {"source_start": said.start, "source_end": said.end}
    gold = max(document.gold, key=lambda g: likeness(g, span), default=None)
    return None if gold is None or likeness(gold, span) < SPAN_ENOUGH else gold


def status_right(metric: Metric, gold: Record) -> bool:
    """Whether the status is that of the annotation."""
    return bool(metric.status == gold["status"])


def subject_right(metric: Metric, gold: Record) -> bool:
    """Whether the subject is one of those that the annotation accepts; any is where it has none."""
    return not gold["subjects"] or wording(metric.subject, gold["subjects"]) >= NAME_ENOUGH


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
    model = LogisticRegression(C=JUDGE_STRENGTH, max_iter=500)
    model.fit(rows_of([o.evidence for o in rows]), [o.right for o in rows])
    model.coef_ = np.round(model.coef_, 3).astype(np.float32)
    return model


def reliability(probabilities: np.ndarray, right: np.ndarray) -> list[tuple[float, float, int]]:
    """Mean confidence, share right, and count of each tenth of confidence that holds a record."""
    tenths = np.minimum((probabilities * 10).astype(int), 9)
    return [
        (float(probabilities[tenths == t].mean()), float(right[tenths == t].mean()), int((tenths == t).sum()))
        for t in sorted(set(tenths))
    ]
