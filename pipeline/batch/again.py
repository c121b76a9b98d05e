"""The same dataset again: the order that a manifest.json remembers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.batch.folder import differences
from pipeline.batch.inventory import find_roots
from pipeline.batch.metadata import read_metadata
from pipeline.batch.run import Order
from pipeline.batch.selection import selection_of
from pipeline.config import Config, load_config
from pipeline.errors import UsageError
from pipeline.kit import identity_of, library_versions

Manifest = Mapping[str, Any]


def read_manifest(path: Path) -> Manifest:
    """What a run wrote down of itself. Raises UsageError where the file is none of ours."""
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{path} cannot be read as a manifest ({error}). Name the manifest.json of a dataset."
        ) from None
    if not isinstance(manifest, dict) or not manifest.keys() >= {"version", "config", "knowledge", "content"}:
        raise UsageError(f"{path} is no manifest of a dataset. Name the manifest.json that lies in its folder.")
    return manifest


def order_again(manifest: Manifest, order: Order, *, allow_differences: bool = False) -> Order:
    """`order` with everything that decides the rows as the manifest has it.

    Of the order count the INPUTs, the metadata, and where rules and models of the user's own lie; INPUTs and metadata
    that it does not name are looked for by their names in the working folder. Raises UsageError where they are not
    there or are others, and, unless `allow_differences`, where version, rules or models are others.
    """
    config = _config(manifest, order.config)
    if not allow_differences:
        _refuse_other(manifest, config)
    return replace(
        order,
        inputs=_inputs(manifest, order),
        metadata=_metadata(manifest, order.metadata),
        config=config,
        selection=selection_of(manifest["selection"]),
    )


def other_libraries(manifest: Manifest) -> list[str]:
    """Libraries of other versions than those of the manifest, in words: they may decide otherwise here and there."""
    return differences(manifest["libraries"], library_versions())


def _config(manifest: Manifest, own: Config) -> Config:
    then = load_config(
        None, {f"{room}.{key}": v for room, keys in manifest["config"].items() for key, v in keys.items()}
    )
    return replace(then, rules=own.rules, models=own.models)


def _refuse_other(manifest: Manifest, config: Config) -> None:
    now = identity_of(config)
    if found := differences({key: manifest[key] for key in now}, now):
        raise UsageError(
            f"The dataset was made otherwise: {'; '.join(found)}. Install that version and name your own rules and models "
            "(--config, --model-dir), or take what comes with --allow-differences."
        )


def _inputs(manifest: Manifest, order: Order) -> tuple[str, ...]:
    names: Sequence[str] = manifest["inputs"]
    given = order.inputs or tuple(names)
    if missing := [name for name in given if not order.inputs and not Path(name).exists()]:
        raise UsageError(f"The dataset was made from {missing[0]}, which is not here. Name where it lies as INPUT.")
    if (found := [root.name for root in find_roots(given, order.stdin)]) != names:
        raise UsageError(
            f"The dataset was made from {', '.join(names)}, not from {', '.join(found)}. Name these as INPUT."
        )
    return given


def _metadata(manifest: Manifest, given: Path | None) -> Path | None:
    then = manifest["metadata"]
    if then is None:
        if given:
            raise UsageError("The dataset was made without metadata. Leave --metadata out.")
        return None
    found = given or Path(then["name"])
    if read_metadata(found).sha256 != then["sha256"]:
        raise UsageError(f"{found} is not the metadata that the dataset was made with. Name that file with --metadata.")
    return found
