"""What models hold and what their cards say, as plain values and arrays: neither scikit-learn nor skops is imported.

To import them takes longer than to read a report, and our models are used as tables of weights. An estimator becomes a
namespace of its attributes (``coef_``, ``intercept_`` …); no class that a file names is ever looked up.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import BadZipFile, ZipFile

from pipeline.errors import ConfigError


def read_skops(path: Path) -> Any:
    """The content of a skops file. Raises ConfigError where it holds anything but values, arrays and estimators."""
    import numpy as np

    def value(node: dict[str, Any]) -> Any:
        match node["__loader__"]:
            case "DictNode":
                return {name: value(member) for name, member in node["content"].items()}
            case "ListNode":
                return [value(member) for member in node["content"] if member["__loader__"] != "TypeNode"]
            case "JsonNode":
                return json.loads(node["content"])
            case "NdArrayNode" if node["type"] == "numpy":
                with archive.open(node["file"]) as file:
                    return np.load(file, allow_pickle=False)
            case "ObjectNode":
                return SimpleNamespace(**value(node["content"]))
        raise ConfigError(
            f"{path} holds a {node['__loader__']}, which is no part of our models. Train the model again."
        )

    try:
        with ZipFile(path) as archive:
            return value(json.loads(archive.read("schema.json")))
    except (BadZipFile, KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"{path} is no model: {error}. Train the model again.") from error


def read_cards(folders: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """The ``card.toml`` of each model in use, by the model's name; of two of one name the earlier folder's is in use."""
    cards: dict[str, Path] = {}
    for folder in folders:
        for card in sorted(folder.glob("*/card.toml")):
            cards.setdefault(card.parent.name, card)
    return {name: tomllib.loads(cards[name].read_text(encoding="utf-8")) for name in sorted(cards)}
