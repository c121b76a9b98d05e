"""All models of the classifier of adverts, fitted to rows."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import diags
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from pipeline.cleaning.adverts import cue_weights
from pipeline.cleaning.classifier import UTMOST, Evidence
from pipeline.cleaning.features import codes_of, codes_of_words, rows_of, word_rows_of
from pipeline.cleaning.inserts import pair_odds
from pipeline.cleaning.knowledge import compile_knowledge
from pipeline.cleaning.likeness import Languages
from pipeline.cleaning.training.rows import DERIVED, INSIDE, PARTS, Row, body_rows, junk_rows
from pipeline.language.traditional import simplify
from pipeline.rules import Rules

INNER = 4
SOME = 3  # of the parts of lines, one in so many is enough to learn to judge from
STRENGTH, JUDGE_STRENGTH = 2.0, 0.3  # inverse strengths of regularisation
STRESS = 20  # times that a row of a user counts that was mistaken before
SMOOTH = 0.5  # what is added to the counts of a feature


def fit_look(rows: Any, labels: Any) -> LogisticRegression:
    """Logistic regression over features that are weighed by how far they tell the two classes apart.

    The weighing is that of Wang and Manning (2012), “Baselines and Bigrams”; it is multiplied into the coefficients,
    so that what is stored is a plain linear model. Rounded, so that the file is small.
    """
    there = (rows > 0).astype(np.float64)
    junk = labels == 1
    odds = [
        (np.asarray(there[part].sum(axis=0)).ravel() + SMOOTH) / (part.sum() + 2 * SMOOTH) for part in (junk, ~junk)
    ]
    return _fit_rounded(rows, labels, np.log(odds[0] / odds[1]))


def fit_kind(rows: Any, kinds: Sequence[str]) -> LogisticRegression:
    """A second model, which tells the kinds of junk apart."""
    return _fit_rounded(rows, kinds, np.ones(rows.shape[1]))


def _fit_rounded(rows: Any, labels: Any, weight: Any) -> LogisticRegression:
    """Logistic regression over weighed columns, its rounded coefficients for the columns as they are.

    Only columns in which there is anything take part: what is penalised stays nothing where nothing speaks for it.
    """
    there = np.flatnonzero(rows.getnnz(axis=0))
    model = LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-3)
    with threadpool_limits(limits=1):  # on vectors of this size, threads wait for each other longer than they work
        model.fit(rows[:, there] @ diags(weight[there]), labels)
    coefficients = np.zeros((len(model.coef_), rows.shape[1]), np.float32)
    coefficients[:, there] = np.round(model.coef_ * weight[there], 3)
    model.coef_, model.n_features_in_ = coefficients, rows.shape[1]
    return model


def fit_judge(evidence: Any, labels: Any) -> dict[str, Any]:
    """Weights of all evidence, brought to one scale."""
    scale = StandardScaler().fit(evidence)
    judge = LogisticRegression(C=JUDGE_STRENGTH, max_iter=2000)
    return {"scale": scale, "judge": judge.fit(scale.transform(evidence).clip(-UTMOST, UTMOST), labels)}


def fold_of(family: str, number: int) -> int:
    """The fold of a family, whatever others there are."""
    return zlib.crc32(family.encode()) % number


@dataclass(frozen=True)
class Stock:
    """All rows with what was read off them once."""

    rows: Sequence[Row]
    cues: Sequence[tuple[int, int]]
    cut: Callable[[str], list[str]]

    @cached_property
    def codes(self) -> list[Any]:
        """The characters of each row."""
        return [codes_of(simplify(row.text)) for row in self.rows]

    @cached_property
    def looks(self) -> Any:
        """What the first look sees."""
        return rows_of([simplify(row.text) for row in self.rows])

    @cached_property
    def words(self) -> list[Any]:
        """The words of each row."""
        return [codes_of_words(self.cut(simplify(row.text))) for row in self.rows]

    @cached_property
    def word_looks(self) -> Any:
        """What is seen of the words."""
        return word_rows_of(self.words)

    @cached_property
    def is_junk(self) -> NDArray[np.bool_]:
        """Which rows are junk."""
        return np.array([row.kind not in ("body", "look-alike") for row in self.rows])

    @cached_property
    def is_part(self) -> NDArray[np.bool_]:
        """Which rows are parts of lines."""
        return np.array([row.place in PARTS for row in self.rows])

    @cached_property
    def is_copy(self) -> NDArray[np.bool_]:
        """Which rows only say again, as a part, what a row before them says."""
        copy: NDArray[np.bool_] = np.array([row.place in DERIVED for row in self.rows])
        copy[np.unique([row.text for row in self.rows], return_index=True)[1]] = False
        return copy

    def folds(self, number: int, salt: str = "") -> NDArray[np.int64]:
        """The fold of each row: that of its family."""
        return np.array([fold_of(salt + row.family, number) for row in self.rows])

    def senses(self, chosen: Any) -> dict[str, Any]:
        """Looks and languages of characters and of words, from some of the rows."""
        once = chosen[~self.is_copy[chosen]]
        labels = self.is_junk[once].astype(int)
        whole = [at for at in chosen if self.rows[at].place not in DERIVED]
        report, site = ([at for at in whole if self.is_junk[at] == junk] for junk in (False, True))
        characters, words = (
            Languages.estimate(*([said[at] for at in rows] for rows in (report, site)))
            for said in (self.codes, self.words)
        )
        return {
            "look": fit_look(self.looks[once], labels),
            "word_look": fit_look(self.word_looks[once], labels),
            "languages": asdict(characters),
            "word_languages": asdict(words),
            "pair_odds": pair_odds(*([self.codes[at] for at in rows] for rows in (report, site))),
        }

    def evidence(self, senses: dict[str, Any], chosen: Any) -> Any:
        """What they make of other rows."""
        evidence = Evidence(senses)
        return np.array([evidence.row(self.codes[at], self.words[at], *self.cues[at]) for at in chosen])


def train(stock: Stock, chosen: Any, stressed: Sequence[int] = ()) -> dict[str, Any]:
    """All models, from some of the rows: who judges learns from evidence on families that gave no part of it.

    Lines have one judge and parts of lines another: a line tells of itself what a sentence among others does not.
    The look and the languages hear rows that are `stressed` STRESS times; who judges hears every row once.
    """
    inner = stock.folds(INNER, "inner")[chosen]
    judged, evidence = [], []
    for fold in range(INNER):
        left_out = chosen[inner == fold]
        judged.append([at for n, at in enumerate(left_out) if stock.rows[at].place not in DERIVED or n % SOME == 0])
        evidence.append(stock.evidence(stock.senses(chosen[inner != fold]), judged[-1]))
    seen, heard = np.concatenate(evidence), np.concatenate(judged)
    judges = {
        name: fit_judge(seen[learns[heard]], stock.is_junk[heard[learns[heard]]])
        for name, learns in (("line", ~stock.is_part), ("part", stock.is_part))
    }
    chosen = np.append(chosen, np.repeat(np.array(stressed, np.int64), STRESS - 1))
    junk = chosen[stock.is_junk[chosen]]
    kind = fit_kind(stock.looks[junk], [stock.rows[at].kind for at in junk])
    return stock.senses(chosen) | {"judges": judges, "kind": kind}


def stock_of(rows: Sequence[Row], rules: Rules, cut: Callable[[str], list[str]]) -> Stock:
    """Rows with the weights of the cues in each, and what cuts their words."""
    knowledge = compile_knowledge(rules)
    return Stock(rows, [cue_weights(row.text, knowledge, row.place in INSIDE) for row in rows], cut)


def corpus_rows(corpus: Path) -> list[Row]:
    """All rows of a corpus."""
    return [*junk_rows(corpus / "adverts"), *body_rows(corpus)]
