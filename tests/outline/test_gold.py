"""Headings of the hand-annotated texts: found, at the right level, word for word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.offsets import clean_text
from pipeline.outline import Outliner
from pipeline.records import Edit
from pipeline.rules import Rules

GOLD = Path(__file__).parents[3] / "shared" / "gold"
FLOORS = {"dev": 0.99, "outline": 0.99}


@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated texts are not in this checkout")
@pytest.mark.parametrize("folder", sorted(FLOORS))
def test_headings_are_found_with_their_levels(folder: str) -> None:
    outliner = Outliner(Rules())
    hits = said = wanted = 0
    for path in sorted((GOLD / folder).glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (GOLD / folder / "texts" / f"{path.stem}.txt").read_bytes().decode("utf-8")
        edits = [Edit(r["start"], r["end"], "", "markup", "gold") for r in gold.get("removed", [])]
        edits += [Edit(r["start"], r["end"], r["text"], "restored", "gold") for r in gold.get("restored", [])]
        clean = clean_text(text, sorted(edits, key=lambda edit: edit.start))
        found = {clean.to_source(s.start, s.start + 1).start: s.level for s in outliner.split(clean.text) if s.heading}
        near = [next((p for p in found if abs(p - h["start"]) <= 3), None) for h in gold["headings"]]
        said += len(found)
        for heading, at in zip(gold["headings"], near, strict=True):
            if heading.get("optional"):
                said -= at is not None
            else:
                wanted += 1
                hits += at is not None and found[at] == heading["level"]
    assert 2 * hits / (said + wanted) >= FLOORS[folder]
