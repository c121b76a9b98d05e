"""Learn topic or role from labelled documents, measured and calibrated on documents left out."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Mapping, Sequence
from itertools import compress, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.linalg import solve
from scipy.optimize import minimize
from scipy.sparse import block_diag, csr_matrix, diags, hstack, vstack
from sklearn.model_selection import GroupKFold

from pipeline.classification.features import GROUPS, KINDS, Features, Rows
from pipeline.classification.labelled import Labelled
from pipeline.classification.measures import Measures, measure
from pipeline.classification.model import CONTEXT, Model, context_of, length, softmax
from pipeline.classification.tree import RELATIONS
from pipeline.errors import ConfigError
from pipeline.records import Section, Sentences

Segment = Callable[[str, Sequence[Section]], Sentences]

FOLDS = 5
SEED = 20
STRENGTH = 0.5
"""Strength of regularisation."""
CORRECTED, CONFIRMED = 10, 100
"""How many times as strong it is over rows of a user's documents, what was said of them being wrong, or right. A report is
much like others: with the weight of the corpus a few of them would move labels wherever the models are unsure.
"""
WEIGHTS = {
    "topic": {
        "text": 1.8, "heading": 1.2, "above": 0.2, "title": 0.2, "beside": 0.3, "under": 0.5, "document": 0.6,
        "begins": 0.1, "ends": 0.1, "opens": 0.3, "cues": 3.0, "places": 0.1,
    },
    "role": {
        "text": 1.8, "heading": 0.5, "above": 1.3, "title": 0.2, "beside": 0.3, "under": 0.3, "document": 0.2,
        "begins": 0.6, "ends": 0.6, "opens": 0.6, "cues": 0.7, "places": 0.6,
    },
}  # fmt: skip
"""What each group of features weighs before it is learnt what each feature does."""
HEARD = {"topic": ("own", "children", "document"), "role": CONTEXT}
"""What of the context speaks for a label: the topics of a part's siblings are others, their roles are mostly its own."""
_SAME, _OTHER = 5, 4  # sections of the same label, of any label, whose words lengthen a section, are fewer than these
_HELD = 3.0  # strength by which the weights of places are held near zero
_LOUDEST = 12.0  # weight of a member of the context at most: much of the corpus is of reports with a single topic
_TOLD = 0.3  # share of labels' words in a heading that could be read without its text
_UNREAD = 0.3  # of those, how many are learnt without it
_SHARE = 0.15  # weight of a lengthened row
_CONSTANT = 0.05  # likeness of any two rows
_SCALE = 4.0  # from the answers of least squares, -1 to 1, to what a softmax takes


class Material(NamedTuple):
    """Rows of all documents, one below the other."""

    rows: list[Rows]  # of each document
    counts: Mapping[str, csr_matrix]  # pieces of the text, and of each of GROUPS
    cues: np.ndarray
    places: np.ndarray
    document: np.ndarray  # the document of each row
    labels: list[tuple[str, ...]]
    corrected: np.ndarray  # rows that a user corrected
    corpus: int  # how many rows are of the corpus; those of a user's corrected documents follow


def material_of(
    corpus: Sequence[Labelled], axis: str, features: Features, segment: Segment, corrected: Sequence[Labelled] = ()
) -> Material:
    """The documents as rows of features."""
    documents = [*corpus, *corrected]
    rows = [features.rows(d.outline, segment(d.text, d.outline)) for d in documents]
    words = vstack([r.words @ r.vocabulary.matrices()[0][: r.words.shape[1]] for r in rows], format="csr")
    heard = {
        relation: block_diag(
            [r.tree.hear(relation, np.eye(len(r.places), dtype=np.float32)) for r in rows], format="csr"
        )
        for relation in RELATIONS
    }
    counts = {"text": heard["inside"] @ words}
    for name, (kind, relation) in GROUPS.items():
        own = vstack([r.pieces[KINDS.index(kind) * len(r.places) :][: len(r.places)] for r in rows], format="csr")
        counts[name] = heard[relation] @ own
    return Material(
        rows,
        counts,
        np.concatenate([r.cues for r in rows]),
        np.concatenate([r.places for r in rows]),
        np.repeat(np.arange(len(rows)), [len(r.places) for r in rows]),
        [label for d in documents for label in d.labels[axis]],
        np.array([at in d.corrected for d in documents for at in range(len(d.outline))]),
        sum(len(d.outline) for d in corpus),
    )


class Lesson:
    """Rows that a linear model is fitted to: those of a material, and lengthened ones.

    Written examples are shorter than the sections of reports, and whole documents: half of them are also learnt, at less
    weight, with words of others of their label, and of some of other labels, among their own, some without a title, as
    in an excerpt, and some by a telling heading alone. Words come from the same `fold`, so that none is learnt that
    should be left out. Only rows of the corpus are lengthened, by each other, so that a few corrections leave all else as
    it was. How alike two rows are is reckoned once for all folds; it knows no label.
    """

    def __init__(self, material: Material, axis: str, fold: np.ndarray) -> None:
        own = np.arange(len(material.labels)) >= material.corpus
        self.strength = STRENGTH * np.where(material.corrected, CORRECTED, np.where(own, CONFIRMED, 1))
        self.axis, self.labels = axis, np.array([label[0] for label in material.labels])
        self.rarity = {n: _rarity(material.counts["text" if n == "text" else "heading"]) for n in material.counts}
        longer, chosen = _lengthened(material, self.labels, fold)
        self.origin = np.concatenate([np.arange(len(self.labels)), chosen])
        self.rows = vstack([self._features(material), self._features(longer)], format="csr")
        self.alike = (self.rows @ self.rows.T).toarray() + np.float32(_CONSTANT)

    def fit(self, at: np.ndarray) -> dict[str, Any]:
        """The linear model over the rows `at`, by least squares."""
        both = np.flatnonzero(np.isin(self.origin, at))
        labels, sure = np.unique(self.labels[self.origin[both]], return_inverse=True)
        answers = 2 * np.eye(len(labels), dtype=np.float32)[sure] - 1
        alike = self.alike[np.ix_(both, both)]
        alike[np.diag_indices_from(alike)] += (
            np.where(both < len(self.labels), 1, 1 / _SHARE) * self.strength[self.origin[both]]
        )
        dual = _SCALE * solve(alike, answers, assume_a="pos", overwrite_a=True, check_finite=False)
        weights = WEIGHTS[self.axis]
        widths = [*(len(rare) for rare in self.rarity.values()), self.cues, self.places]
        parts = dict(zip(weights, np.split(self.rows[both].T @ dual, np.cumsum(widths)[:-1]), strict=True))
        parts = {name: part * weights[name] for name, part in parts.items()}
        says = {n: np.hstack([parts[n] * rare[:, None], rare[:, None] ** 2]) for n, rare in self.rarity.items()}
        arrays = {"text": says["text"], "around": np.hstack([says[name] for name in GROUPS])}
        arrays |= {"cues": parts["cues"], "places": parts["places"], "intercept": _CONSTANT * dual.sum(0)}
        return {"labels": labels.tolist()} | {n: np.round(part, 2).astype(np.float32) for n, part in arrays.items()}

    def _features(self, material: Material) -> csr_matrix:
        """Counts weighed by rarity, each group of a section brought to the length that it weighs."""
        weights, blocks = WEIGHTS[self.axis], []
        for name, counts in material.counts.items():
            lengths = length(counts @ self.rarity[name] ** 2)
            blocks.append(diags(weights[name] / lengths) @ counts @ diags(self.rarity[name]))
        dense = {"cues": material.cues, "places": material.places}
        self.cues, self.places = material.cues.shape[1], material.places.shape[1]
        blocks += [csr_matrix(part * weights[name]) for name, part in dense.items()]
        return hstack(blocks, format="csr", dtype=np.float32)


def fit_context(context: np.ndarray, flags: np.ndarray, truth: np.ndarray, axis: str) -> dict[str, np.ndarray]:
    """The weights of the second part by greatest likelihood; the context's are above zero where it is heard, else zero."""
    size, labels, kinds = context.shape
    places = flags.shape[1]
    start = np.zeros(kinds + places * labels)
    start[0] = 1.0
    sure = np.eye(labels)[truth]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        inner, outer = weights[:kinds], weights[kinds:].reshape(places, labels)
        said = softmax(context @ inner + flags @ outer)
        slope = said - sure
        value = -np.log(said[np.arange(size), truth] + 1e-12).sum() + _HELD / 2 * (outer**2).sum()
        slopes = (np.einsum("nk,nkf->f", slope, context), (flags.T @ slope + _HELD * outer).ravel())
        return float(value), np.concatenate(slopes)

    bounds = [(0, _LOUDEST if kind in HEARD[axis] else 0) for kind in CONTEXT] + [(None, None)] * (places * labels)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300}).x
    found = np.round(found, 3)
    return {"context": found[:kinds], "flags": found[kinds:].reshape(places, labels)}


def folds_of(material: Material) -> tuple[list[tuple[np.ndarray, np.ndarray]], np.ndarray]:
    """Rows to learn from and rows left out, whole documents, some times over; and in which of them each row is left out.

    The corpus is parted as it is without a user's documents.
    """
    documents = material.document[: material.corpus]
    times = min(FOLDS, len(set(documents.tolist())))
    fold = material.document % times
    for number, (_, outside) in enumerate(GroupKFold(times).split(documents, documents, documents)):
        fold[outside] = number
    return [(np.flatnonzero(fold != number), np.flatnonzero(fold == number)) for number in range(times)], fold


def train(
    corpus: Sequence[Labelled], axis: str, features: Features, segment: Segment, corrected: Sequence[Labelled] = ()
) -> tuple[Model, Measures]:
    """A model of all documents, and how well models that had not seen a document labelled it."""
    if len({document.name for document in corpus}) < 2:
        raise ConfigError("There is one labelled document only. Label at least two, so that one can be left out.")
    material = material_of(corpus, axis, features, segment, corrected)
    best = np.array([label[0] for label in material.labels])
    labels, truth = np.unique(best, return_inverse=True)
    if len(labels) < 2:
        raise ConfigError(f"All sections have one {axis}. Label sections of at least two.")
    folds, fold = folds_of(material)
    lesson = Lesson(material, axis, fold)
    scores = np.full((len(truth), len(labels)), -20.0)
    starts = np.cumsum([0, *(len(rows.places) for rows in material.rows)])
    places = [np.arange(*ends) for ends in pairwise(starts)]
    for inside, outside in folds:
        part = lesson.fit(inside)
        known, unseen = np.searchsorted(labels, part["labels"]), np.isin(starts[:-1], outside)
        model = Model(axis, tuple(part.pop("labels")), part, {})
        for rows, place in compress(zip(material.rows, places, strict=True), unseen):
            scores[np.ix_(place, known)] = model.first_scores(rows)
    heard = [context_of(scores[at], rows) for at, rows in zip(places, material.rows, strict=True)]
    context, flags = (np.concatenate(parts) for parts in zip(*heard, strict=True))
    said = np.zeros_like(scores)
    for inside, outside in folds:
        second = fit_context(context[inside], flags[inside], truth[inside], axis)
        said[outside] = softmax(context[outside] @ second["context"] + flags[outside] @ second["flags"])
    measures = measure([str(label) for label in labels], said, material.labels)
    arrays = lesson.fit(np.arange(len(truth))) | fit_context(context, flags, truth, axis)
    return Model(axis, tuple(arrays.pop("labels")), arrays, {}), measures


def write_model(model: Model, measures: Measures, folder: Path, learnt_from: dict[str, object]) -> None:
    """Write ``model.skops`` and its card into `folder`; `learnt_from` are lines of the card on the corpus."""
    import sklearn
    import skops
    from skops.io import dump

    folder.mkdir(parents=True, exist_ok=True)
    stored = {"labels": list(model.labels), **model.arrays}
    dump(stored, folder / "model.skops", compression=zipfile.ZIP_DEFLATED, compresslevel=9)
    facts: dict[str, object] = {"name": model.name, "labels": list(model.labels), **learnt_from}
    facts |= {"seed": SEED, "regularisation": STRENGTH, "coefficients_sha256": digest_of(model)}
    weights = dict(zip(CONTEXT, map(float, model.arrays["context"]), strict=True))
    versions = {"scikit-learn": sklearn.__version__, "skops": skops.__version__, "numpy": np.__version__}
    tables = {"context": weights, "versions": versions, "documents_left_out": measures.totals(), "f1": measures.f1()}
    lines = [f"{key} = {_toml(value)}" for key, value in facts.items()]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(f"{_key(key)} = {_toml(value)}" for key, value in table.items())]
    (folder / "card.toml").write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")


def digest_of(model: Model) -> str:
    """Digest of the coefficients rounded to one place, which the last bit of another processor does not change."""
    parts = [np.round(np.asarray(model.arrays[name], dtype=np.float64), 1) + 0.0 for name in ("text", "around")]
    return hashlib.sha256(b"".join(part.astype("<f4").tobytes() for part in parts)).hexdigest()


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else _toml(name)


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _rarity(counts: csr_matrix) -> np.ndarray:
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity: np.ndarray = np.log((1 + counts.shape[0]) / (1 + seen)) + 1
    return rarity


def _lengthened(material: Material, truth: np.ndarray, fold: np.ndarray) -> tuple[Material, np.ndarray]:
    random, corpus = np.random.default_rng(SEED), material.corpus
    chosen = np.sort(random.permutation(corpus)[: corpus // 2])
    near = [np.flatnonzero(fold[:corpus] == number) for number in range(fold.max() + 1)]
    alike = [{label: rows[truth[rows] == label] for label in set(truth[rows])} for rows in near]
    pairs: list[tuple[int, int]] = []
    for row, at in enumerate(chosen):
        same = random.integers(0, _SAME)
        others = random.integers(0, _OTHER) * (same + 1) // 3
        added = [*random.choice(alike[fold[at]][truth[at]], same), *random.choice(near[fold[at]], others)]
        pairs += [(row, other) for other in (at, *added)]
    size = len(chosen)
    join = csr_matrix((np.ones(len(pairs), np.float32), np.array(pairs).T), shape=(size, len(truth)))
    counts = {name: counts[chosen] for name, counts in material.counts.items()}
    cues, span = material.cues[chosen], _text_cues(material)
    told = cues[:, : span.start].sum(1) > _TOLD
    read = (~told | (random.random(size) > _UNREAD)).astype(np.float32)
    cues[:, span] = (join @ material.cues[:, span]) / np.asarray(join.sum(1)) * read[:, None]
    titled = diags(random.integers(0, 2, size).astype(np.float32))
    counts |= {name: titled @ counts[name] for name in ("title", "document")}
    counts["text"] = diags(read) @ (join @ material.counts["text"])
    return material._replace(counts=counts, cues=cues, places=material.places[chosen]), chosen


def _text_cues(material: Material) -> slice:
    """Where the shares of labels' words in all that a section holds stand among the cues."""
    width = material.cues.shape[1] // 4
    return slice(width, 2 * width)
