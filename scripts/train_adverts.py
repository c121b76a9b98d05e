"""Train the classifier of adverts from corpus/adverts and the body text of corpus, and write it with its card.

usage: python scripts/train_adverts.py [--corpus corpus] [--models models]
       python scripts/train_adverts.py --unseen corpus/gold/held_out/texts REPORTS

Figures in the card come from whole families and whole documents left out (five folds): thresholds are set above the
body rows that were left out, so that body wins every tie; then the whole cleaner takes what it can of the junk left
out, and reads the documents left out, of which it may take nothing. Rows of corpus/adverts/held_out are in no fold.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import sklearn
import skops
from numpy.typing import NDArray
from scipy.sparse import diags
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from skops.io import dump

from pipeline.cleaning import Classifier, Cleaner
from pipeline.cleaning.adverts import cue_weights
from pipeline.cleaning.classifier import RULE, UTMOST, Evidence, Thresholds
from pipeline.cleaning.features import SHORT, codes_of, rows_of
from pipeline.cleaning.knowledge import compile_knowledge
from pipeline.cleaning.learned import CERTAIN
from pipeline.cleaning.likeness import Languages
from pipeline.cleaning.traditional import simplify
from pipeline.rules import Rules

FOLDS, INNER = 5, 4
SOME = 3  # of the parts of lines, one in so many is enough to learn to judge from
STRENGTH, JUDGE_STRENGTH = 2.0, 0.3  # inverse strengths of regularisation
SMOOTH = 0.5  # what is added to the counts of a feature
MARGIN = 1.2  # how far a threshold stays above the body that comes closest to it
ALIKE, SHORT_ALIKE, PART_ALIKE = 0.993, 0.96, 0.998  # share of the look-alikes that must stay; of plain body all
INSIDE = 0.3  # more evidence for what has body on both sides
NO_THRESHOLDS = Thresholds(0, 0, 0, 0)
SENTENCE = re.compile(r"[^。！？!?；;]*(?:[。！？!?；;]+[”’」』）)】]*)?")
BRACKETED = re.compile(r"[（(【\[［〔〈][^（(【\[［〔〈）)】\]］〕〉\n]{2,80}[）)】\]］〕〉]")
BEFORE = (
    "今年以来，全镇上下紧扣年初目标，边谋划边推进，一批拖了多年的难事有了眉目，干部群众的劲头比往年更足，各项任务过半。"
)
AFTER = (
    "下半年，要盯住欠账项目逐件销号，把修路、通水、建校三件事办在群众眼前，班子成员分片包干，每月一调度，年底统一交账。"
)
BODY = f"{BEFORE}\n{AFTER}"


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
    for path in sorted(corpus.glob("names/texts/*.txt")) + sorted(corpus.glob("gold/metrics/texts/*.txt")):
        lines = filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines()))
        yield from (("body", path.stem, line) for line in lines)


def stretches(line: str) -> Iterator[tuple[str, str]]:
    """A line, its sentences, and the clauses and ends of sentences that could be taken alone."""
    yield "line", line
    yield from (("part", found) for found in BRACKETED.findall(line))
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
    ratio = np.log(odds[0] / odds[1])
    model = LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-3).fit(rows @ diags(ratio), labels)
    model.coef_ = np.round(model.coef_ * ratio, 3).astype(np.float32)
    return model


def fit_kind(rows: Any, kinds: Sequence[str]) -> LogisticRegression:
    """A second model, which tells the kinds of junk apart."""
    model = LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-3).fit(rows, kinds)
    model.coef_ = np.round(model.coef_, 3).astype(np.float32)
    return model


def fold_of(family: str, number: int) -> int:
    """The fold of a family, whatever others there are."""
    return zlib.crc32(family.encode()) % number


@dataclass(frozen=True)
class Stock:
    """All rows with what was read off them once."""

    rows: Sequence[Row]
    cues: Sequence[tuple[int, int]]

    @cached_property
    def codes(self) -> list[Any]:
        """The characters and shapes of each row."""
        return [codes_of(simplify(row.text)) for row in self.rows]

    @cached_property
    def looks(self) -> Any:
        """What the first look sees."""
        return rows_of([simplify(row.text) for row in self.rows])

    @cached_property
    def is_junk(self) -> NDArray[np.bool_]:
        """Which rows are junk."""
        return np.array([row.kind not in ("body", "look-alike") for row in self.rows])

    def folds(self, number: int, salt: str = "") -> NDArray[np.int64]:
        """The fold of each row: that of its family."""
        return np.array([fold_of(salt + row.family, number) for row in self.rows])

    def senses(self, chosen: Any) -> tuple[LogisticRegression, Languages]:
        """A first look and the two languages, from some of the rows."""
        look = fit_look(self.looks[chosen], self.is_junk[chosen].astype(int))
        whole = [at for at in chosen if self.rows[at].place != "part"]
        report, site = ([self.codes[at][0] for at in whole if self.is_junk[at] == junk] for junk in (False, True))
        return look, Languages.estimate(report, site)

    def evidence(self, senses: tuple[Any, Languages], chosen: Any) -> Any:
        """What they make of other rows."""
        evidence = Evidence(*senses)
        return np.array([evidence.row(self.codes[at], *self.cues[at]) for at in chosen])


def train(stock: Stock, chosen: Any) -> dict[str, Any]:
    """All models, from some of the rows: who judges learns from evidence on families that gave no part of it."""
    inner = stock.folds(INNER, "inner")[chosen]
    judged, evidence = [], []
    for fold in range(INNER):
        left_out = chosen[inner == fold]
        judged.append([at for n, at in enumerate(left_out) if stock.rows[at].place != "part" or n % SOME == 0])
        evidence.append(stock.evidence(stock.senses(chosen[inner != fold]), judged[-1]))
    scale = StandardScaler().fit(np.concatenate(evidence))
    judge = LogisticRegression(C=JUDGE_STRENGTH, max_iter=2000)
    seen = scale.transform(np.concatenate(evidence)).clip(-UTMOST, UTMOST)
    judge.fit(seen, stock.is_junk[np.concatenate(judged)])
    look, languages = stock.senses(chosen)
    junk = chosen[stock.is_junk[chosen]]
    kind = fit_kind(stock.looks[junk], [stock.rows[at].kind for at in junk])
    return {"look": look, "languages": asdict(languages), "scale": scale, "judge": judge, "kind": kind}


def thresholds_of(scores: Any, rows: Sequence[Row]) -> Thresholds:
    """The evidence that no body left out reaches, but for a few rows that were written to look like an advert."""
    short = np.array([len(row.text) <= SHORT for row in rows])
    part = np.array([row.place == "part" for row in rows])
    alike = np.array([row.kind == "look-alike" for row in rows])

    def above(chosen: Any, share: float, margin: float) -> float:
        tops = scores[chosen & ~alike].max(), np.quantile(scores[chosen & alike], share)
        return round(float(max(tops)) + margin, 3)

    line, few = above(~part & ~short, ALIKE, MARGIN), above(~part & short, SHORT_ALIKE, MARGIN)
    return Thresholds(line, few, above(part, PART_ALIKE, MARGIN), above(part, PART_ALIKE, MARGIN + INSIDE))


def in_place(row: Row) -> str:
    """A text in which a row of junk stands where such junk does; cleaned, it should be `BODY`."""
    return {
        "clause": f"{BEFORE}{row.text}\n{AFTER}",
        "inline": f"{BEFORE[:13]}{row.text}{BEFORE[13:]}\n{AFTER}",
        "head": f"{row.text}\n{BODY}",
        "foot": f"{BODY}\n{row.text}",
    }.get(row.place, f"{BEFORE}\n{row.text}\n{AFTER}")


def documents(corpus: Path) -> Iterator[tuple[str, str]]:
    """The families and texts of whole documents of our own."""
    plain = ((family, line) for kind, family, line in body_lines(corpus) if kind == "body")
    for family, lines in groupby(plain, key=itemgetter(0)):
        yield family, "\n".join(line for _, line in lines)


def lines_and_clauses(text: str) -> int:
    """How many stretches of a text could go: lines, sentences, clauses, brackets."""
    return sum(len(set(stretches(line.strip()))) for line in text.splitlines() if line.strip())


Figures = dict[str, float]


def validate(stock: Stock, rules: Rules, corpus: Path) -> tuple[Thresholds, Figures]:
    """Leave each family and document out once: thresholds above all body, and what the whole cleaner takes of what."""
    folds = stock.folds(FOLDS)
    models = [train(stock, np.flatnonzero(folds != fold)) for fold in range(FOLDS)]
    body = np.flatnonzero(~stock.is_junk & (np.array([against for _, against in stock.cues]) < CERTAIN))
    scores = np.empty(len(stock.rows))
    for fold, model in enumerate(models):
        judge = Classifier(model, NO_THRESHOLDS)
        for at in body[folds[body] == fold]:
            scores[at] = judge.score(stock.codes[at], *stock.cues[at])
    thresholds = thresholds_of(scores[body], [stock.rows[at] for at in body.tolist()])
    cleaners = [Cleaner(rules, classifier=Classifier(model, thresholds)) for model in models]
    recall = Recall()
    alike = lost_alike = 0
    for row, fold in zip(stock.rows, folds, strict=True):
        if row.kind == "look-alike" and row.place == "line":
            alike += 1
            lost_alike += bool(cleaners[fold].clean(f"{BEFORE}\n{row.text}\n{AFTER}").removals)
        elif row.kind not in ("body", "look-alike"):
            recall.add(row, cleaners[fold])
    lines = lost = 0
    for family, text in documents(corpus):
        lines += lines_and_clauses(text)
        lost += len(cleaners[fold_of(family, FOLDS)].clean(text).removals)
    return thresholds, recall.shares() | {
        "lines_and_clauses_of_documents": lines,
        "of_these_lost": lost,
        "look_alikes": alike,
        "of_look_alikes_lost": lost_alike,
    }


class Recall:
    """What goes whole and alone of rows of junk, by their place."""

    def __init__(self) -> None:
        self._found: dict[str, list[bool]] = {}

    def add(self, row: Row, cleaner: Cleaner) -> None:
        """Clean a text with a row in it."""
        self._found.setdefault(row.place, []).append(cleaner.clean(in_place(row)).text.strip() == BODY)

    def shares(self) -> Figures:
        """By place, and of all."""
        rows = [found for place in self._found.values() for found in place]
        places = {f"recall_{place}": sum(found) / len(found) for place, found in sorted(self._found.items())}
        return places | {"recall_all": sum(rows) / len(rows)}


def measure_held_out(cleaner: Cleaner, folder: Path) -> Figures:
    """The rows that are in no fold: recall of junk, and how much of the body is lost."""
    recall = Recall()
    for kind, family, place, text in read_tsv(folder / "junk.tsv"):
        recall.add(Row(text, family, kind, place), cleaner)
    body = [text for _, text in read_tsv(folder / "body.tsv")]
    lost = sum(bool(cleaner.clean(f"{BEFORE}\n{text}\n{AFTER}").removals) for text in body)
    return recall.shares() | {"body_rows": len(body), "of_body_rows_lost": lost}


def read_unseen(cleaner: Cleaner, folders: Iterable[Path]) -> None:
    """Print how many lines and clauses texts have that nothing was trained on, and what the model takes of them."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*.txt"))]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    print(f"{sum(map(lines_and_clauses, texts)):,} lines and clauses in {len(texts)} texts; the model takes")
    for path, text in zip(paths, texts, strict=True):
        for removal in cleaner.clean(text).removals:
            if removal.rule == RULE:
                print(f"  {path.stem}: {removal.text!r} ({removal.score:.3f})")


def stock_of(corpus: Path, rules: Rules) -> Stock:
    """All rows of a corpus, with the weights of the cues in each."""
    knowledge = compile_knowledge(rules)
    rows = [*junk_rows(corpus / "adverts"), *body_rows(corpus)]
    return Stock(rows, [cue_weights(row.text, knowledge) for row in rows])


def corpus_digest(rows: Iterable[Row]) -> str:
    """SHA-256 of all rows."""
    return hashlib.sha256("\n".join("\t".join(row) for row in rows).encode()).hexdigest()


def write(folder: Path, models: dict[str, Any], card: Sequence[str]) -> None:
    """Write the models in one file, and the card."""
    folder.mkdir(parents=True, exist_ok=True)
    dump(models, folder / "model.skops", compression=zipfile.ZIP_DEFLATED, compresslevel=9)
    (folder / "card.toml").write_text("\n".join(card) + "\n", encoding="utf-8", newline="\n")


def main() -> int:
    """Read the corpus, validate with families left out, fit on all, write; or only read texts with what is written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).parent.parent
    parser.add_argument("--corpus", type=Path, default=root / "corpus")
    parser.add_argument("--models", type=Path, default=root / "models")
    parser.add_argument(
        "--unseen", type=Path, nargs="+", help="train nothing; tell what the model takes of these texts"
    )
    args = parser.parse_args()
    rules = Rules()
    if args.unseen:
        read_unseen(Cleaner(rules, classifier=Classifier.load(args.models / "adverts")), args.unseen)
        return 0
    stock = stock_of(args.corpus, rules)
    thresholds, left_out = validate(stock, rules, args.corpus)
    models = train(stock, np.arange(len(stock.rows)))
    cleaner = Cleaner(rules, classifier=Classifier(models, thresholds))
    held_out = measure_held_out(cleaner, args.corpus / "adverts" / "held_out")
    junk = [row for row in stock.rows if row.kind not in ("body", "look-alike")]
    card = [
        'name = "adverts"',
        f"labels = {json.dumps(sorted({row.kind for row in junk}))}",
        f"junk_rows = {len(junk)}",
        f"junk_families = {len({row.family for row in junk})}",
        f"body_rows = {len(stock.rows) - len(junk)}",
        f'corpus_sha256 = "{corpus_digest(stock.rows)}"',
        'script = "scripts/train_adverts.py"',
        f"inverse_regularisation = {STRENGTH}",
        *table("thresholds", asdict(thresholds)),
        "\n[versions]",
        f'scikit-learn = "{sklearn.__version__}"',
        f'skops = "{skops.__version__}"',
        f'numpy = "{np.__version__}"',
        *table("families_and_documents_left_out", left_out),
        *table("held_out", held_out),
    ]
    write(args.models / "adverts", models, card)
    print(*card, sep="\n")
    return 0


def table(name: str, figures: Figures) -> list[str]:
    """A table of the card."""
    return [f"\n[{name}]", *(f"{key} = {round(value, 4)}" for key, value in figures.items())]


if __name__ == "__main__":
    sys.exit(main())
