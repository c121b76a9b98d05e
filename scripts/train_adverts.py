"""Train the classifier of adverts from corpus/adverts and the body text of corpus, and write it with its card.

usage: python scripts/train_adverts.py [--corpus corpus] [--models models]

Figures in the card come from whole families left out (five folds): thresholds are set above every body row that was
left out, so that body wins every tie, and what is then taken of the junk left out is the recall.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import sklearn
import skops
from scipy.sparse import diags, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from skops.io import dump

from pipeline.cleaning import Classifier, Cleaner
from pipeline.cleaning.adverts import cue_weights
from pipeline.cleaning.classifier import Thresholds
from pipeline.cleaning.features import BODY_COLUMN, CUE_VALUE, SHORT, rows_of
from pipeline.cleaning.knowledge import compile_knowledge
from pipeline.cleaning.learned import CERTAIN
from pipeline.rules import Rules

FOLDS = 5
STRENGTH = 2.0  # inverse strength of regularisation
SMOOTH = 0.5  # what is added to the counts of a feature
MARGIN = 0.05  # how far a threshold stays above the body row that comes closest to it
ALIKE = 0.985  # share of the look-alikes that must stay; of plain lines all
PART_ALIKE = 0.999  # the same for sentences and clauses
SHORT_ALIKE, SHORT_PLAIN = 0.95, 0.999  # the same for lines of a few characters
PART = 0.5  # more evidence for a part of a paragraph than any body has
INSIDE = 2.2  # more evidence for what has body on both sides
SENTENCE = re.compile(r"[^。！？!?；;]*(?:[。！？!?；;]+[”’」』）)】]*)?")
BEFORE, AFTER = "一、发展壮大集体经济，村均增收三万元。", "（二）存在的问题。干部队伍年龄偏大。"


class Row(NamedTuple):
    """A stretch of text, the family that it is left out with, its kind (``body``, ``look-alike``, or a kind of junk), and its place."""

    text: str
    family: str
    kind: str
    place: str


def junk_rows(folder: Path) -> Iterator[Row]:
    """The rows of junk; one with several lines gives one row a line."""
    for path in sorted(folder.glob("junk*.tsv")):
        for kind, family, place, text in read_tsv(path):
            for line in text.split("\\n"):
                if line.strip():
                    yield Row(line.strip(), family, kind, place)


def body_rows(corpus: Path) -> Iterator[Row]:
    """Body text, whole and in sentences and clauses: look-alikes, plain rows, labelled sections, example sentences."""
    seen = set()
    for kind, family, line in body_lines(corpus):
        for place, text in stretches(line):
            if text not in seen:
                seen.add(text)
                yield Row(text, family, kind, place)


def body_lines(corpus: Path) -> Iterator[tuple[str, str, str]]:
    """Kind, family and text of each line of body."""
    for path in sorted((corpus / "adverts").glob("*.tsv")):
        if not path.name.startswith("junk"):
            yield from (("look-alike", f"{family} {text}", text) for family, text in read_tsv(path))
    for path in sorted((corpus / "sections").glob("*.txt")):
        family = path.stem
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                family = line
            elif line.strip():
                yield "body", family, re.sub(r"^@ \S+ \S+ \d ", "", line).strip()
    for path in sorted((corpus / "words").glob("*.tsv")):
        yield from (("body", f"{path.stem} {text}", text) for _, _, text in read_tsv(path))


def stretches(line: str) -> Iterator[tuple[str, str]]:
    """A line, its sentences, and the clauses and ends of sentences that could be taken alone."""
    yield "line", line
    for sentence in filter(None, map(str.strip, SENTENCE.findall(line))):
        yield "part", sentence
        clauses = re.findall(r"[^，,]+[，,]?", sentence)
        for at in range(1, len(clauses)):
            yield "part", "".join(clauses[at:]).strip()
            yield "part", clauses[at - 1].strip()


def read_tsv(path: Path) -> Iterator[list[str]]:
    """The fields of each line, tabs between them, nothing quoted."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def fit(rows: Any, labels: Any) -> LogisticRegression:
    """Logistic regression over features that are weighed by how far they tell the two classes apart.

    The weighing is that of Wang and Manning (2012), “Baselines and Bigrams”, damped by a root; it is multiplied into
    the coefficients, so that what is stored is a plain linear model. Rounded, so that the file is small.
    """
    there = (rows > 0).astype(np.float64)
    junk = labels == 1
    odds = [
        (np.asarray(there[part].sum(axis=0)).ravel() + SMOOTH) / (part.sum() + 2 * SMOOTH) for part in (junk, ~junk)
    ]
    ratio = np.log(odds[0] / odds[1])
    weights = np.sign(ratio) * np.sqrt(np.abs(ratio))
    model = LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-3).fit(rows @ diags(weights), labels)
    model.coef_ = np.round(model.coef_ * weights, 3).astype(np.float32)
    return model


def fit_kind(rows: Any, kinds: Sequence[str]) -> LogisticRegression:
    """A second model, which tells the kinds of junk apart."""
    model = LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-3).fit(rows, kinds)
    model.coef_ = np.round(model.coef_, 3).astype(np.float32)
    return model


def thresholds_of(scores: Any, rows: Sequence[Row]) -> Thresholds:
    """The evidence that no body left out reaches, but for a few short lines and rows written to look like an advert."""
    short = np.array([len(row.text) <= SHORT for row in rows])
    part = np.array([row.place == "part" for row in rows])
    alike = np.array([row.kind == "look-alike" for row in rows])

    def above(chosen: Any, plain: float, written: float) -> float:
        tops = np.quantile(scores[chosen & ~alike], plain), np.quantile(scores[chosen & alike], written)
        return round(float(max(tops)) + MARGIN, 3)

    line = above(~part & ~short, 1, ALIKE)
    outer = round(max(line, above(part, 1, PART_ALIKE)) + PART, 3)
    return Thresholds(
        line=line,
        short=max(line, above(~part & short, SHORT_PLAIN, SHORT_ALIKE)),
        part=outer,
        inside=round(outer + INSIDE, 3),
    )


def recall(cleaner: Cleaner, rows: Iterable[Row]) -> dict[str, tuple[int, int]]:
    """By place: how many rows of junk go whole and alone from between body text, of how many."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        text = {
            "clause": f"{BEFORE}{row.text}\n{AFTER}",
            "inline": f"{BEFORE[:13]}{row.text}{BEFORE[13:]}\n{AFTER}",
        }.get(row.place, f"{BEFORE}\n{row.text}\n{AFTER}")
        gone, of = found.get(row.place, (0, 0))
        found[row.place] = gone + (cleaner.clean(text).text == f"{BEFORE}\n{AFTER}"), of + 1
    return found


def validate(
    junk: list[Row], body: list[Row], features: tuple[Any, Any], rules: Rules
) -> tuple[Thresholds, dict[str, float]]:
    """Leave each family out once: thresholds above all body, and what the whole cleaner takes of the junk."""
    folds = []
    scores = np.zeros(len(body))
    splits = [list(GroupKFold(FOLDS).split(r, groups=[row.family for row in r])) for r in (junk, body)]
    for (inner, outer), (body_inner, body_outer) in zip(*splits, strict=True):
        rows = vstack([features[0][inner], features[1][body_inner]], format="csr")
        model = fit(rows, np.repeat([1, 0], [len(inner), len(body_inner)]))
        scores[body_outer] = model.decision_function(features[1][body_outer])
        kind = fit_kind(features[0][inner], [junk[at].kind for at in inner])
        folds.append((model, kind, [junk[at] for at in outer]))
    scores[features[1][:, BODY_COLUMN].toarray().ravel() >= CERTAIN * CUE_VALUE] = scores.min()
    thresholds = thresholds_of(scores, body)
    found: dict[str, tuple[int, int]] = {}
    for model, kind, left_out in folds:
        cleaner = Cleaner(rules, classifier=Classifier(model, kind, thresholds))
        for place, (gone, of) in recall(cleaner, left_out).items():
            before = found.get(place, (0, 0))
            found[place] = before[0] + gone, before[1] + of
    shares = {place: gone / of for place, (gone, of) in sorted(found.items())}
    return thresholds, shares | {"all": sum(g for g, _ in found.values()) / sum(n for _, n in found.values())}


def features_of(rows: Sequence[Row], rules: Rules) -> Any:
    """The rows as features, cues included."""
    knowledge = compile_knowledge(rules)
    texts = [row.text for row in rows]
    return rows_of(texts, [cue_weights(text, knowledge) for text in texts])


def corpus_digest(rows: Iterable[Row]) -> str:
    """SHA-256 of all rows."""
    return hashlib.sha256("\n".join("\t".join(row) for row in rows).encode()).hexdigest()


def write(folder: Path, models: dict[str, Any], card: Sequence[str]) -> None:
    """Write the models in one file, and the card."""
    folder.mkdir(parents=True, exist_ok=True)
    dump(models, folder / "model.skops", compression=zipfile.ZIP_DEFLATED, compresslevel=9)
    (folder / "card.toml").write_text("\n".join(card) + "\n", encoding="utf-8", newline="\n")


def main() -> int:
    """Read the corpus, validate with families left out, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).parent.parent
    parser.add_argument("--corpus", type=Path, default=root / "corpus")
    parser.add_argument("--models", type=Path, default=root / "models")
    args = parser.parse_args()
    rules = Rules()
    junk, body = list(junk_rows(args.corpus / "adverts")), list(body_rows(args.corpus))
    features = features_of(junk, rules), features_of(body, rules)
    thresholds, shares = validate(junk, body, features, rules)
    kinds = [row.kind for row in junk]
    models = {
        "junk": fit(vstack(features, format="csr"), np.repeat([1, 0], [len(junk), len(body)])),
        "kind": fit_kind(features[0], kinds),
    }
    card = [
        'name = "adverts"',
        f"labels = {json.dumps(sorted(set(kinds)))}",
        f"junk_rows = {len(junk)}",
        f"junk_families = {len({row.family for row in junk})}",
        f"body_rows = {len(body)}",
        f'corpus_sha256 = "{corpus_digest([*junk, *body])}"',
        'script = "scripts/train_adverts.py"',
        f"inverse_regularisation = {STRENGTH}",
        "\n[thresholds]",
        *(f"{name} = {value}" for name, value in asdict(thresholds).items()),
        "\n[versions]",
        f'scikit-learn = "{sklearn.__version__}"',
        f'skops = "{skops.__version__}"',
        f'numpy = "{np.__version__}"',
        "\n[families_left_out]",
        *(f"recall_{place} = {share:.4f}" for place, share in shares.items()),
    ]
    write(args.models / "adverts", models, card)
    print(*card, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
