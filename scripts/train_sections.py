"""Train the models of topic and role from corpus/sections, and write them with their cards.

usage: python scripts/train_sections.py [--corpus corpus/sections] [--models models]

A document of the corpus begins with ``== name | kind``; ``@ topic role level heading`` begins a section, whose body
follows. Figures in the card come from whole documents left out (five folds); the same folds calibrate the
probabilities (one temperature a model: Guo et al. 2017, "On Calibration of Modern Neural Networks").
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import sklearn
import skops
from scipy.optimize import minimize_scalar
from scipy.sparse import vstack
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from skops.io import dump

from pipeline.classification.features import columns, section_rows
from pipeline.records import Section
from pipeline.rules import Rules
from pipeline.segmentation import Segmenter

FOLDS = 5
SETTINGS = {
    "topic": (1.0, {"heading": 0.5, "body": 1.0, "around": 0.15, "place": 0.1}),
    "role": (4.0, {"heading": 1.0, "body": 0.8, "around": 0.4, "place": 0.6}),
}
"""For each model: the inverse strength of regularisation, and the weight of each group of features."""
MARK = re.compile(r"@ (\S+) (\S+) (\d) (.+)")


class Document(NamedTuple):
    """A labelled document: its text, its outline, and topic and role of each section."""

    name: str
    text: str
    outline: tuple[Section, ...]
    labels: tuple[tuple[str, str], ...]


def read_documents(folder: Path) -> list[Document]:
    """All documents of the corpus, in order of file and place."""
    documents = []
    for path in sorted(folder.glob("*.txt")):
        for block in re.split(r"(?m)^== ", path.read_text(encoding="utf-8"))[1:]:
            head, _, rest = block.partition("\n")
            documents.append(_document(head.split("|")[0].strip(), rest))
    return documents


def _document(name: str, lines: str) -> Document:
    text, marks, labels = "", [], []
    for line in lines.splitlines():
        if match := MARK.fullmatch(line.strip()):
            topic, role, level, heading = match.groups()
            marks.append((len(text), int(level), heading))
            labels.append((topic, role))
            line = heading
        if line.strip():
            text += line.strip() + "\n"
    sections: list[Section] = []
    for at, (start, level, heading) in enumerate(marks):
        end = next((s for s, lv, _ in marks[at + 1 :] if lv <= level), len(text))
        parent = next((s.section_id for s in reversed(sections) if s.level < level and s.end > start), None)
        sections.append(Section(at, parent, level, "", heading, start, start + len(heading), end, ""))
    return Document(name, text, tuple(sections), tuple(labels))


def fit(axis: str, rows: Any, labels: np.ndarray) -> Pipeline:
    """Each group damped, weighed by rarity and brought to length one, then a linear model; the same rows, the same model."""
    strength, weights = SETTINGS[axis]
    groups = [(name, TfidfTransformer(sublinear_tf=True), place) for name, place in columns().items()]
    model = LogisticRegression(C=strength, max_iter=2000, tol=1e-6, class_weight="balanced")
    return make_pipeline(ColumnTransformer(groups, transformer_weights=weights), model).fit(rows, labels)


def temperature(scores: np.ndarray, truth: np.ndarray) -> float:
    """The factor by which scores are divided so that their probabilities hold on documents left out."""

    def loss(t: float) -> float:
        z = scores / t
        return float(
            np.mean(
                np.log(np.exp(z - z.max(1, keepdims=True)).sum(1)) - (z - z.max(1, keepdims=True))[range(len(z)), truth]
            )
        )

    return float(minimize_scalar(loss, bounds=(0.3, 10), method="bounded").x)


def calibration_error(probabilities: np.ndarray, truth: np.ndarray) -> float:
    """Expected calibration error over ten bins of confidence."""
    best, hit = probabilities.max(1), probabilities.argmax(1) == truth
    bins = np.minimum((best * 10).astype(int), 9)
    return float(sum(abs(hit[bins == b].mean() - best[bins == b].mean()) * (bins == b).mean() for b in set(bins)))


def train(axis: str, rows: Any, labels: np.ndarray, groups: np.ndarray, folder: Path, digest: str) -> None:
    """Measure on documents left out, calibrate, fit on all, write the model and its card."""
    names, truth = np.unique(labels, return_inverse=True)
    scores = np.zeros((len(labels), len(names)))
    for inside, outside in GroupKFold(FOLDS).split(rows, labels, groups):
        model = fit(axis, rows[inside], labels[inside])
        scores[np.ix_(outside, np.searchsorted(names, model.classes_))] = model.decision_function(rows[outside])
    t = temperature(scores, truth)
    odds = np.exp((scores - scores.max(1, keepdims=True)) / t)
    probabilities = odds / odds.sum(1, keepdims=True)
    said = probabilities.argmax(1)
    model = calibrated(fit(axis, rows, labels), t)
    folder.mkdir(parents=True, exist_ok=True)
    dump(model, folder / "model.skops", compression=zipfile.ZIP_DEFLATED, compresslevel=9)
    per_label = f1_score(truth, said, average=None, labels=range(len(names)), zero_division=0)
    card = [
        f'name = "{axis}"',
        f"labels = [{', '.join(repr(str(n)) for n in names)}]".replace("'", '"'),
        f"rows = {len(labels)}",
        f"documents = {len(set(groups))}",
        f'corpus_sha256 = "{digest}"',
        'script = "scripts/train_sections.py"',
        f"inverse_regularisation = {SETTINGS[axis][0]}",
        f"temperature = {t!r}",
        f'coefficients_sha256 = "{coefficient_digest(model)}"',
        "",
        "[versions]",
        f'scikit-learn = "{sklearn.__version__}"',
        f'skops = "{skops.__version__}"',
        f'numpy = "{np.__version__}"',
        "",
        "[documents_left_out]",
        f"accuracy = {(said == truth).mean():.4f}",
        f"macro_f1 = {per_label.mean():.4f}",
        f"expected_calibration_error = {calibration_error(probabilities, truth):.4f}",
        "",
        "[f1]",
        *(f"{n} = {f:.4f}" for n, f in zip(names, per_label, strict=True)),
        "",
    ]
    (folder / "card.toml").write_text("\n".join(card), encoding="utf-8", newline="\n")
    print(f"{axis}: accuracy {(said == truth).mean():.3f}, macro F1 {per_label.mean():.3f}, {len(labels)} sections")


def calibrated(model: Pipeline, t: float) -> Pipeline:
    """The model with its scores divided by the temperature, in the three places that are stored."""
    linear = model[-1]
    linear.coef_ = np.round(linear.coef_ / t, 3).astype(np.float32)
    linear.intercept_ = np.round(linear.intercept_ / t, 3).astype(np.float32)
    return model


def coefficient_digest(model: Pipeline) -> str:
    """Digest of the coefficients rounded to two places, which the last bit of another processor does not change."""
    linear = model[-1]
    parts = [np.round(np.asarray(a, dtype=np.float64), 2) + 0.0 for a in (linear.coef_, linear.intercept_)]
    return hashlib.sha256(b"".join(p.astype("<f4").tobytes() for p in parts)).hexdigest()


def read_rows(folder: Path) -> tuple[Any, dict[str, np.ndarray], np.ndarray]:
    """The corpus as rows of features, with the labels of each axis and the document of each row."""
    documents = read_documents(folder)
    segmenter = Segmenter(Rules().words())
    rows = vstack([section_rows(d.outline, segmenter.segment(d.text, d.outline)) for d in documents], format="csr")
    groups = np.repeat([d.name for d in documents], [len(d.outline) for d in documents])
    labels = {axis: np.array([pair[at] for d in documents for pair in d.labels]) for at, axis in enumerate(SETTINGS)}
    return rows, labels, groups


def corpus_digest(folder: Path) -> str:
    """SHA-256 of all files of the corpus."""
    return hashlib.sha256(b"".join(p.read_bytes() for p in sorted(folder.glob("*.txt")))).hexdigest()


def main() -> int:
    """Read the corpus, cut it into words, train both models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).parent.parent
    parser.add_argument("--corpus", type=Path, default=root / "corpus" / "sections")
    parser.add_argument("--models", type=Path, default=root / "models")
    args = parser.parse_args()
    rows, labels, groups = read_rows(args.corpus)
    for axis in SETTINGS:
        train(axis, rows, labels[axis], groups, args.models / axis, corpus_digest(args.corpus))
    return 0


if __name__ == "__main__":
    sys.exit(main())
