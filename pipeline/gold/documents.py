"""Annotated documents in a folder: NAME.json, and the text that it annotates as NAME.txt."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigError
from pipeline.gold.likeness import Record, read_text


class Annotated(NamedTuple):
    """A text and what is right of it: lists of records by kind (corpus/README.md says what they hold)."""

    name: str
    text: str
    gold: Record


def read_gold(folder: Path, texts: Path | None = None) -> Iterator[Annotated]:
    """The documents of a folder in order; texts lie in its sub-folder ``texts`` unless told otherwise.

    Raises ConfigError where there are none, or a text is missing or not the one that was annotated.
    """
    texts = texts or folder / "texts"
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise ConfigError(f"There is no gold in {folder}: it needs NAME.json and texts/NAME.txt.")
    for path in paths:
        text_file = texts / f"{path.stem}.txt"
        if not text_file.is_file():
            raise ConfigError(f"{path} has no text: there is no {text_file}.")
        text, gold = read_text(text_file), json.loads(path.read_text(encoding="utf-8"))
        if any(text[m["start"] : m["end"]] != m["quantity"] for m in gold.get("metrics", [])):
            raise ConfigError(f"{text_file} is not the text that was annotated (line ends changed?).")
        yield Annotated(path.stem, text, gold)


def digest_of(documents: Iterable[Annotated]) -> str:
    """SHA-256 of texts and annotations."""
    said = [[d.name, d.text, d.gold] for d in documents]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
