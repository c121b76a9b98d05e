"""Wordings that have to be there for the ranker to choose from: as rows in candidates.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, ClassVar

import pytest

from pipeline.kit import models_folder
from pipeline.metrics import Extractor
from pipeline.metrics.naming.candidates import KINDS, NEEDS, wordings
from pipeline.metrics.naming.naming import Naming
from pipeline.metrics.naming.options import Option
from pipeline.metrics.page.found import Found
from pipeline.records import Facts, Section
from pipeline.rules import Rules
from pipeline.segmentation import Segmenter

RULES = Rules()
CASES = tomllib.loads((Path(__file__).parent / "candidates.toml").read_text(encoding="utf-8"))["case"]


class Laid(Naming):
    """Notes the wordings of each number."""

    names: ClassVar[dict[int, set[str]]] = {}

    def choose(self, n: int, previous: Found | None, item: str) -> tuple[Option | None, float]:
        """Note all wordings of a number, and choose as always."""
        said = {name for _, name in self.bare_names(n, previous, item)}
        given = (True, previous and previous.verb, previous and previous.stem, item)
        rows = wordings(self.page, self.context)
        for number, kind, start, end in zip(rows.number, rows.kind, rows.start, rows.end, strict=True):
            if number == n and given[NEEDS[kind]]:
                said.add(self.name_of(n, Option(KINDS[kind], int(start), int(end), 0.0), previous, item))
        self.names[self.quantities[n].start] = said
        return super().choose(n, previous, item)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['quantity']} {case['text'][:12]}")
def test_wordings_are_laid_out(case: dict[str, Any]) -> None:
    """What a reader would say is among the wordings, and what nobody would is not."""
    extractor = Extractor.load(RULES, models_folder() / "metrics")
    extractor.naming = Laid  # type: ignore[misc]
    outline = [Section(0, None, 0, "", "", 0, 0, len(case["text"]), "")]
    sentences = Segmenter(RULES.words()).segment(case["text"], outline)
    extractor.extract(case["text"], outline, sentences, Facts())
    said = Laid.names[case["text"].rindex(case["quantity"])]
    assert not set(case["wordings"]) - said
    assert not set(case.get("absent", ())) & said
