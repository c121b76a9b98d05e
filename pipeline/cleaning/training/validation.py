"""What families and documents left out tell: thresholds above all body, and what the whole cleaner takes of what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.cleaning.classifier import RULE, Classifier, Thresholds
from pipeline.cleaning.cleaner import Cleaner
from pipeline.cleaning.features import SHORT
from pipeline.cleaning.learned import CERTAIN, is_judged
from pipeline.cleaning.training.fitting import Stock, fold_of, train
from pipeline.cleaning.training.rows import Row, documents, junk_rows, lines_and_clauses, read_tsv
from pipeline.language.traditional import simplify
from pipeline.rules import Rules

FOLDS = 5
MARGIN = 0.7  # how far a threshold stays above the plain body that comes closest to it
ALIKE, SHORT_ALIKE, PART_ALIKE, BRACKET_ALIKE = 0.993, 0.98, 0.997, 0.96
"""Shares that must stay of look-alikes, which were written to come close; of plain body all."""
INSIDE = 0.3  # more evidence for what has body on both sides
NO_THRESHOLDS = Thresholds(0, 0, 0, 0, 0)
BEFORE = (
    "今年以来，全镇上下紧扣年初目标，边谋划边推进，一批拖了多年的难事有了眉目，干部群众的劲头比往年更足，各项任务过半。"
)
AFTER = (
    "下半年，要盯住欠账项目逐件销号，把修路、通水、建校三件事办在群众眼前，班子成员分片包干，每月一调度，年底统一交账。"
)
BODY = f"{BEFORE}\n{AFTER}"


Figures = dict[str, float]


def thresholds_of(scores: Any, rows: Sequence[Row]) -> Thresholds:
    """The evidence that no body left out reaches, but for a few rows that were written to look like an advert."""
    short = np.array([len(row.text) <= SHORT for row in rows])
    part, bracket = (np.array([row.place == place for row in rows]) for place in ("part", "bracket"))
    line = ~part & ~bracket
    alike = np.array([row.kind == "look-alike" for row in rows])

    def above(chosen: Any, share: float, more: float = 0.0) -> float:
        tops = scores[chosen & ~alike].max() + MARGIN, np.quantile(scores[chosen & alike], share)
        return round(float(max(tops)) + more, 3)

    return Thresholds(
        line=above(line & ~short, ALIKE),
        short=above(line & short, SHORT_ALIKE),
        part=above(part, PART_ALIKE),
        inside=above(part, PART_ALIKE, INSIDE),
        bracket=above(bracket, BRACKET_ALIKE, INSIDE),
    )


def in_place(row: Row) -> str:
    """A text in which a row of junk stands where such junk does; cleaned, it should be `BODY`."""
    return {
        "clause": f"{BEFORE}{row.text}\n{AFTER}",
        "inline": f"{BEFORE[:13]}{row.text}{BEFORE[13:]}\n{AFTER}",
        "head": f"{row.text}\n{BODY}",
        "foot": f"{BODY}\n{row.text}",
    }.get(row.place, f"{BEFORE}\n{row.text}\n{AFTER}")


def body_of(stock: Stock) -> Any:
    """The rows of body that are judged: they say enough, and no cue of the report settles them."""
    judged = np.array([is_judged(row.text, row.place) for row in stock.rows])
    return np.flatnonzero(~stock.is_junk & judged & (np.array([against for _, against in stock.cues]) < CERTAIN))


def scores_of(stock: Stock, model: dict[str, Any], chosen: Any) -> Any:
    """The evidence that a model finds in some of the rows."""
    judge = Classifier(model, NO_THRESHOLDS, stock.cut)
    found = ((simplify(stock.rows[at].text), stock.cues[at], bool(stock.is_part[at])) for at in chosen)
    return np.array([judge.score(text, cues, body, part) for text, (cues, body), part in found])


def validate(stock: Stock, rules: Rules, corpus: Path) -> tuple[Thresholds, Figures]:
    """Leave each family and document out once: thresholds above all body, and what the whole cleaner takes of what."""
    folds = stock.folds(FOLDS)
    models = [train(stock, np.flatnonzero(folds != fold)) for fold in range(FOLDS)]
    body = body_of(stock)
    scores = np.empty(len(stock.rows))
    for fold, model in enumerate(models):
        left_out = body[folds[body] == fold]
        scores[left_out] = scores_of(stock, model, left_out)
    thresholds = thresholds_of(scores[body], [stock.rows[at] for at in body.tolist()])
    cleaners = [Cleaner(rules, classifier=Classifier(model, thresholds, stock.cut)) for model in models]
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
    recall, junk = Recall(), list(junk_rows(folder))
    for row in junk:
        recall.add(row, cleaner)
    body = [text for path in sorted(folder.glob("*.tsv")) if "junk" not in path.name for _, text in read_tsv(path)]
    lost = sum(bool(cleaner.clean(f"{BEFORE}\n{text}\n{AFTER}").removals) for text in body)
    return recall.shares() | {"junk_rows": len(junk), "body_rows": len(body), "of_body_rows_lost": lost}


def read_unseen(cleaner: Cleaner, folders: Iterable[Path]) -> None:
    """Print how many lines and clauses texts have that nothing was trained on, and what the model takes of them."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*.txt"))]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    print(f"{sum(map(lines_and_clauses, texts)):,} lines and clauses in {len(texts)} texts; the model takes")
    for path, text in zip(paths, texts, strict=True):
        for removal in cleaner.clean(text).removals:
            if removal.rule == RULE:
                print(f"  {path.stem}: {removal.text!r} ({removal.score:.3f})")
