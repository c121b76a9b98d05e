"""The classifier of adverts: validated with families left out, fitted on all rows, written with its card."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.cleaning import Classifier, Cleaner
from pipeline.cleaning.classifier import Thresholds
from pipeline.cleaning.training.corrections import Corrections, corrections_of, mistakes_of
from pipeline.cleaning.training.fitting import STRENGTH, Stock, corpus_rows, stock_of, train
from pipeline.cleaning.training.rows import Row, corpus_digest
from pipeline.cleaning.training.validation import (
    Figures,
    body_of,
    measure_held_out,
    scores_of,
    thresholds_of,
    validate,
)
from pipeline.errors import UsageError
from pipeline.kit import build_cleaner, load_rules
from pipeline.rules import Rules
from pipeline.segmentation import Segmenter
from pipeline.training.lessons import Learnt, Lessons, card_of, table, versions, write

BODY = ("body", "look-alike")


def train_adverts(lessons: Lessons, output: Path) -> Learnt:
    """Write the model into ``adverts`` in `output`.

    How much evidence is enough is found on the corpus alone, with families left out; a user's body that was taken for
    junk, and all plain body, raise it where need be.
    """
    rules = load_rules(lessons.config)
    lessons.tell("reading the rows of the corpus")
    rows = corpus_rows(lessons.corpus)
    if {row.kind in BODY for row in rows} != {True, False}:
        raise UsageError(
            f"{lessons.corpus} does not hold both adverts and body of reports. Name a folder as our corpus is one, or "
            "leave --corpus out to learn from ours."
        )
    cut = Segmenter(rules.words()).cut
    lessons.tell("looking how much evidence is enough, with families of adverts left out")
    thresholds, left_out = _validated(rows, rules, lessons, cut)
    found = Corrections([], [])
    if lessons.gold:
        lessons.tell("looking for what the model so far gets wrong in your documents")
        found = corrections_of(lessons.gold, build_cleaner(rules, lessons.config))
    stock = stock_of([*rows, *found.rows], rules, cut)
    wrong = set(found.wrong)
    lessons.tell(f"training on {len(stock.rows):,} rows")
    models = train(stock, np.arange(len(stock.rows)), [n for n, row in enumerate(stock.rows) if row in wrong])
    if lessons.gold:
        thresholds = _raised(thresholds, stock, models)
    cleaner = Cleaner(rules, classifier=Classifier(models, thresholds, cut))
    held_out = lessons.corpus / "adverts" / "held_out"
    figures = {"families_and_documents_left_out": left_out}
    if held_out.is_dir():
        lessons.tell("measuring on texts held apart")
        figures["held_out"] = measure_held_out(cleaner, held_out)
    write(output / "adverts", models, _card(lessons, rows, thresholds, figures))
    after = list(_mistakes(lessons, cleaner))
    standing, lost = ([said for row, said in after if (row in wrong) == known] for known in (True, False))
    return Learnt([output / "adverts"], len(found.wrong), standing, lost)


def _validated(
    rows: Sequence[Row], rules: Rules, lessons: Lessons, cut: Callable[[str], list[str]]
) -> tuple[Thresholds, Figures]:
    """Thresholds and figures of rows left out; those of our own card where a user's rows lie beside our corpus."""
    known = card_of("adverts")
    if lessons.gold and known["corpus_sha256"] == corpus_digest(rows):
        return Thresholds(**known["thresholds"]), known["families_and_documents_left_out"]
    return validate(stock_of(rows, rules, cut), rules, lessons.corpus)


def _raised(thresholds: Thresholds, stock: Stock, models: dict[str, Any]) -> Thresholds:
    """Thresholds above all plain body that the new model has seen."""
    body = body_of(stock)
    seen = thresholds_of(scores_of(stock, models, body), [stock.rows[at] for at in body.tolist()])
    return Thresholds(*map(max, zip(astuple(thresholds), astuple(seen), strict=True)))


def _mistakes(lessons: Lessons, cleaner: Cleaner) -> Iterator[tuple[Row, str]]:
    """What the new model, or a rule, still takes for the other thing."""
    for document in lessons.gold:
        if "removed" in document.gold:
            for row in mistakes_of(document, cleaner):
                yield row, f"{document.name}: {'removed' if row.kind in BODY else 'kept'}: {row.text[:60]}"


def _card(lessons: Lessons, rows: Sequence[Row], thresholds: Thresholds, figures: dict[str, Figures]) -> list[str]:
    junk = [row for row in rows if row.kind not in BODY]
    return [
        'name = "adverts"',
        f"labels = {json.dumps(sorted({row.kind for row in junk}))}",
        f"junk_rows = {len(junk)}",
        f"junk_families = {len({row.family for row in junk})}",
        f"body_rows = {len(rows) - len(junk)}",
        f'corpus_sha256 = "{corpus_digest(rows)}"',
        *lessons.card(),
        f'script = "{lessons.script}"',
        f"inverse_regularisation = {STRENGTH}",
        *table("thresholds", asdict(thresholds)),
        *versions(),
        *(line for name, values in figures.items() for line in table(name, values)),
    ]
