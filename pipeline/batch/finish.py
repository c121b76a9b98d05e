"""What a run writes once all rows are there: the pages, the card, and the manifest that says the dataset is complete."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.batch.folder import STATE
from pipeline.config import Config
from pipeline.dataset.card import describe, write_manifest
from pipeline.dataset.columns import tables_in
from pipeline.dataset.parts import write_whole
from pipeline.dataset.stored import Stored
from pipeline.kit import load_rules, models_folders
from pipeline.pages.write import INDEX, PAGES, write_pages


def finish(dataset: Path, manifest: Mapping[str, Any], config: Config) -> None:
    """Write all of it; pages and card that were made of the same rows, and are as they were written, stay.

    They take a pass over every table: longer than the rest of a run that finds nothing to do.
    """
    note = dataset / STATE / "finished"
    if not note.is_file() or note.read_bytes() != _state(dataset, manifest):
        write_pages(dataset, manifest, load_rules(config), models_folders(config))
        describe(Stored(folder=dataset, tables=tuple(tables_in(dataset))), manifest)
        write_whole(note, _state(dataset, manifest))
    write_manifest(dataset, manifest)


def _state(dataset: Path, manifest: Mapping[str, Any]) -> bytes:
    """A digest of the manifest, of which tables there are, and of the files that are made with both."""
    state = sha256(json.dumps([manifest, tables_in(dataset)], sort_keys=True).encode())
    fixed = (dataset / name for name in (INDEX, "README.md", "croissant.json"))
    for path in (*fixed, *sorted((dataset / PAGES).glob("*.html"))):
        state.update(path.name.encode())
        with suppress(OSError):  # one that is not there gives another digest
            state.update(sha256(path.read_bytes()).digest())
    return state.hexdigest().encode()
