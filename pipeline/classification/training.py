"""Learn topic or role from labelled documents, measured and calibrated on documents left out."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.classification.features import GROUPS, Features, Rows
from pipeline.classification.labelled import Labelled, excerpts
from pipeline.classification.measures import Measures, measure
from pipeline.classification.model import CONTEXT, Model, context_of, features_of, softmax
from pipeline.errors import ConfigError
from pipeline.records import Section, Sentence

Segment = Callable[[str, Sequence[Section]], Sequence[Sentence]]

FOLDS = 5
SEED = 20
STRENGTH = {"topic": 1.0, "role": 2.0}
"""Inverse strength of regularisation."""
WEIGHTS = {
    "topic": {"heading": 1.5, "edges": 0.1, "body": 1.0, "around": 0.15, "place": 0.1, "cues": 4.0},
    "role": {"heading": 1.0, "edges": 0.8, "body": 0.8, "around": 0.5, "place": 0.6, "cues": 2.0},
}
"""What each group of features weighs before it is learnt what each feature does."""
HEARD = {"topic": ("own", "children", "document"), "role": CONTEXT}
"""What of the context speaks for a label: the topics of a part's siblings are others, their roles are mostly its own."""
_SAME, _OTHER = 5, 4  # sections of the same label, of any label, whose words lengthen a section, are fewer than these
_HELD = 3.0  # strength by which the weights of places are held near zero
_LOUDEST = 12.0  # weight of a member of the context at most: much of the corpus is of reports with a single topic
_TOLD = 0.3  # share of labels' words in a heading that could be read without its text


class Material(NamedTuple):
    """Rows of all documents and of their excerpts, one below the other."""

    rows: Rows
    starts: np.ndarray  # where each document or excerpt begins, and the end
    document: np.ndarray  # the document of each row
    whole: np.ndarray  # whether a row is of a whole document
    labels: list[tuple[str, ...]]

    def pick(self, at: np.ndarray) -> Rows:
        """The rows at these places, without their tree."""
        return self.rows._replace(counts=self.rows.counts[at], cues=self.rows.cues[at])

    def parts(self) -> list[tuple[slice, Rows]]:
        """Each document or excerpt with its place among the rows."""
        out = []
        for start, end in zip(self.starts[:-1], self.starts[1:], strict=True):
            at = slice(start, end)
            out.append((at, Rows(self.rows.counts[at], *(part[at] for part in self.rows[1:]))))
        return out


def material_of(documents: Sequence[Labelled], axis: str, features: Features, segment: Segment) -> Material:
    """The documents and their excerpts as rows of features."""
    found = [(d, True) for d in documents] + [(e, False) for d in documents for e in excerpts(d)]
    rows = [features.rows(d.outline, segment(d.text, d.outline)) for d, _ in found]
    sizes = [len(d.outline) for d, _ in found]
    names = {document.name: number for number, document in enumerate(documents)}
    joined = Rows(
        vstack([r.counts for r in rows], format="csr"),
        *(np.concatenate([r[part] for r in rows]) for part in range(1, len(Rows._fields))),
    )
    return Material(
        joined,
        np.cumsum([0, *sizes]),
        np.repeat([names[d.name] for d, _ in found], sizes),
        np.repeat([whole for _, whole in found], sizes),
        [label for d, _ in found for label in d.labels[axis]],
    )


def fit_first(material: Material, at: np.ndarray, axis: str) -> dict[str, Any]:
    """The linear model over the rows `at`, over lengthened ones, and over headings without their text.

    Written examples are shorter than the sections of reports: each is also learnt with words of others of its label, and
    of some of other labels, among its own.
    """
    rows, truth = material.pick(at), np.array([material.labels[i][0] for i in at])
    idf, weight = _rarity(rows), _weights(rows, axis)
    longer = _lengthened(rows, truth)
    bare, told = _without_text(rows)
    blocks = [features_of(r, idf, weight) for r in (rows, longer, bare)]
    shares = np.repeat([0.5, 0.5, 0.25], [len(truth), len(truth), len(told)])
    model = LogisticRegression(C=STRENGTH[axis], max_iter=300, tol=1e-4)
    model.fit(vstack(blocks, format="csr"), np.concatenate([truth, truth, truth[told]]), sample_weight=shares)
    coef, intercept = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coef, intercept = np.vstack([-coef, coef]) / 2, np.hstack([-intercept, intercept]) / 2
    return {
        "labels": [str(label) for label in model.classes_],
        "idf": idf,
        "weight": weight,
        "coef": np.ascontiguousarray(np.round(coef.T, 2).astype(np.float32)),
        "intercept": np.round(intercept, 2).astype(np.float32),
    }


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


def train(documents: Sequence[Labelled], axis: str, features: Features, segment: Segment) -> tuple[Model, Measures]:
    """A model of all documents, and how well models that had not seen a document labelled it."""
    names = sorted({document.name for document in documents})
    if len(names) < 2:
        raise ConfigError("There is one labelled document only. Label at least two, so that one can be left out.")
    material = material_of(documents, axis, features, segment)
    best = np.array([label[0] for label in material.labels])
    labels, truth = np.unique(best, return_inverse=True)
    if len(labels) < 2:
        raise ConfigError(f"All sections have one {axis}. Label sections of at least two.")
    folds = list(GroupKFold(min(FOLDS, len(names))).split(truth, truth, material.document))
    scores = np.full((len(truth), len(labels)), -20.0)
    for inside, outside in folds:
        part = fit_first(material, inside, axis)
        at = np.ix_(outside, np.searchsorted(labels, part["labels"]))
        scores[at] = features_of(material.pick(outside), part["idf"], part["weight"]) @ part["coef"] + part["intercept"]
    heard = [context_of(scores[at], rows) for at, rows in material.parts()]
    context, flags = (np.concatenate(parts) for parts in zip(*heard, strict=True))
    said = np.zeros_like(scores)
    for inside, outside in folds:
        second = fit_context(context[inside], flags[inside], truth[inside], axis)
        said[outside] = softmax(context[outside] @ second["context"] + flags[outside] @ second["flags"])
    whole = np.flatnonzero(material.whole)
    measures = measure([str(label) for label in labels], said[whole], [material.labels[i] for i in whole])
    arrays = fit_first(material, np.arange(len(truth)), axis) | fit_context(context, flags, truth, axis)
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
    facts |= {"seed": SEED, "inverse_regularisation": STRENGTH[model.name], "coefficients_sha256": digest_of(model)}
    weights = dict(zip(CONTEXT, map(float, model.arrays["context"]), strict=True))
    versions = {"scikit-learn": sklearn.__version__, "skops": skops.__version__, "numpy": np.__version__}
    tables = {"context": weights, "versions": versions, "documents_left_out": measures.totals(), "f1": measures.f1()}
    lines = [f"{key} = {_toml(value)}" for key, value in facts.items()]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(f"{_key(key)} = {_toml(value)}" for key, value in table.items())]
    (folder / "card.toml").write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")


def digest_of(model: Model) -> str:
    """Digest of the coefficients rounded to one place, which the last bit of another processor does not change."""
    parts = [np.round(np.asarray(model.arrays[name], dtype=np.float64), 1) + 0.0 for name in ("coef", "intercept")]
    return hashlib.sha256(b"".join(part.astype("<f4").tobytes() for part in parts)).hexdigest()


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else _toml(name)


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _rarity(rows: Rows) -> np.ndarray:
    counts = np.asarray((rows.counts > 0).sum(0)).ravel()
    return np.round(np.log((1 + len(rows.cues)) / (1 + counts)) + 1, 2).astype(np.float32)


def _weights(rows: Rows, axis: str) -> np.ndarray:
    weights = WEIGHTS[axis]
    groups = [np.full(2**bits, weights[name]) for name, bits in GROUPS.items()]
    return np.concatenate([*groups, np.full(rows.cues.shape[1], weights["cues"])]).astype(np.float32)


def _lengthened(rows: Rows, truth: np.ndarray) -> Rows:
    random = np.random.default_rng(SEED)
    size = len(truth)
    alike = {label: np.flatnonzero(truth == label) for label in set(truth)}
    pairs: list[tuple[int, int]] = []
    for at in range(size):
        same = random.integers(0, _SAME)
        others = random.integers(0, _OTHER) * (same + 1) // 3
        added = [*random.choice(alike[truth[at]], same), *random.integers(0, size, others)]
        pairs += [(at, other) for other in (at, *added)]
    join = csr_matrix((np.ones(len(pairs), np.float32), np.array(pairs).T), shape=(size, size))
    cues, span = rows.cues.copy(), _text_cues(rows)
    cues[:, span] = (join @ rows.cues[:, span]) / np.asarray(join.sum(1))
    counts = _without(rows.counts, "body") + join @ (rows.counts - _without(rows.counts, "body"))
    return rows._replace(counts=counts.tocsr(), cues=cues)


def _without_text(rows: Rows) -> tuple[Rows, np.ndarray]:
    """The rows whose headings tell enough, without what stands under them; and which ones these are."""
    span = _text_cues(rows)
    told = np.flatnonzero(rows.cues[:, : span.start].sum(1) > _TOLD)
    cues = rows.cues[told].copy()
    cues[:, span] = 0
    return rows._replace(counts=_without(rows.counts[told], "body"), cues=cues), told


def _without(counts: csr_matrix, group: str) -> csr_matrix:
    """The counts, those of one group taken out."""
    names = list(GROUPS)
    start = sum(2 ** GROUPS[name] for name in names[: names.index(group)])
    kept = counts.copy()
    kept.data[(counts.indices >= start) & (counts.indices < start + 2 ** GROUPS[group])] = 0
    kept.eliminate_zeros()
    return kept


def _text_cues(rows: Rows) -> slice:
    """Where the shares of labels' words in all that a section holds stand among the cues."""
    width = rows.cues.shape[1] // 4
    return slice(width, 2 * width)
