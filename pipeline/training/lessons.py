"""What models are trained on: our corpus, and what a user corrected."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.config import Config
from pipeline.gold.documents import Annotated, digest_of
from pipeline.kit import models_folder


def _say_nothing(step: str) -> None:
    """Nobody watches."""


class Lessons(NamedTuple):
    """Where the corpus lies, the user's annotated documents, whose rules and models are the first, and who asks.

    ``tell`` hears what is begun, for some steps take minutes.
    """

    corpus: Path
    gold: Sequence[Annotated]
    config: Config
    script: str
    tell: Callable[[str], None] = _say_nothing

    def card(self) -> list[str]:
        """Lines of a card on the user's part; none without one."""
        if not self.gold:
            return []
        return [f"corrected_documents = {len(self.gold)}", f'corrections_sha256 = "{digest_of(self.gold)}"']


class Learnt(NamedTuple):
    """What was written, how many corrections there were, those that the new models do not follow, and what they lost.

    ``lost`` are records of the user's documents that were right before.
    """

    folders: list[Path]
    corrections: int
    standing: list[str]
    lost: list[str]


def card_of(model: str) -> Mapping[str, Any]:
    """What the card of our own model says, which was measured once for all on documents left out."""
    return tomllib.loads((models_folder() / model / "card.toml").read_text(encoding="utf-8"))


def table(name: str, figures: Mapping[str, float]) -> list[str]:
    """A table of a card."""
    return [f"\n[{name}]", *(f"{key} = {round(value, 4)}" for key, value in figures.items())]


def versions() -> list[str]:
    """The table of a card on what the models were made with."""
    import numpy as np
    import sklearn
    import skops

    return [
        "\n[versions]",
        f'scikit-learn = "{sklearn.__version__}"',
        f'skops = "{skops.__version__}"',
        f'numpy = "{np.__version__}"',
    ]


def write(folder: Path, models: object, card: Iterable[str]) -> None:
    """Write models in one file, and the card."""
    from zipfile import ZIP_DEFLATED

    from skops.io import dump

    folder.mkdir(parents=True, exist_ok=True)
    dump(models, folder / "model.skops", compression=ZIP_DEFLATED, compresslevel=9)
    (folder / "card.toml").write_text("\n".join(card) + "\n", encoding="utf-8", newline="\n")
