"""A trained model: what a section shows of itself, then what the sections around it say to that.

The first part is a linear model over words and places. The second weighs its answer against those for the sections
above, beside and under (a plan's parts are plans; a chapter without a topic of its own has its children's), with a few
weights that all labels share. Both are arithmetic on arrays: scikit-learn is needed for training alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.classification.features import GROUPS, KINDS, Rows
from pipeline.classification.vocabulary import Vocabulary
from pipeline.errors import ConfigError
from pipeline.estimators import read_skops

if TYPE_CHECKING:
    import numpy as np

CONTEXT = ("own", "parent", "part", "siblings", "children", "document")
"""What the second part weighs, in this order; no weight is negative: a neighbour never speaks against a label."""


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model and its card.

    ``arrays``: ``text`` (pieces, labels and square), ``around`` (narrow pieces, GROUPS × labels and square), ``cues``,
    ``places`` and ``intercept`` of the first part, the squares summing up to the squared length of a group; ``context``
    (one a member of CONTEXT) and ``flags`` (kinds of place, labels) of the second.
    """

    name: str
    labels: tuple[str, ...]
    arrays: Mapping[str, np.ndarray]
    card: Mapping[str, Any]

    def probabilities(self, rows: Rows) -> np.ndarray:
        """Shape (sections, labels): how likely each label is for each section."""
        return Models([self]).probabilities(rows)[0]

    def first_scores(self, rows: Rows) -> np.ndarray:
        """What the section alone says, before its context is heard: shape (sections, labels)."""
        return Models([self]).first_scores(rows)[0]


class Models:
    """Models that are asked together, since most of their work is one: what each word of a document says to them.

    What a word says is summed up from its pieces once, when it is first met.
    """

    def __init__(self, models: Sequence[Model]) -> None:
        import numpy as np

        self.models = tuple(models)
        self._text = np.hstack([model.arrays["text"] for model in models])
        around = [model.arrays["around"].reshape(-1, len(GROUPS), len(model.labels) + 1) for model in models]
        self._around = np.concatenate(around, 2).reshape(len(around[0]), -1)
        self._ends = [*accumulate(len(model.labels) + 1 for model in models)][:-1]
        self._vocabulary: Vocabulary | None = None
        self._table = np.zeros((0, self._text.shape[1]), np.float32)

    def probabilities(self, rows: Rows) -> list[np.ndarray]:
        """By model, shape (sections, labels): how likely each label is for each section."""
        found = []
        for model, first in zip(self.models, self.first_scores(rows), strict=True):
            context, flags = context_of(first, rows)
            found.append(softmax(context @ model.arrays["context"] + flags @ model.arrays["flags"]))
        return found

    def first_scores(self, rows: Rows) -> list[np.ndarray]:
        """By model, what the section alone says, before its context is heard: shape (sections, labels)."""
        import numpy as np

        text = rows.words @ self._said(rows.vocabulary)[: rows.words.shape[1]]
        around = (rows.pieces @ self._around).reshape(len(KINDS), len(text), len(GROUPS), -1)
        heard = [rows.tree.hear("inside", text)]
        for at, (kind, relation) in enumerate(GROUPS.values()):
            heard.append(rows.tree.hear(relation, around[KINDS.index(kind), :, at]))
        return [
            _first_scores(model.arrays, rows, part)
            for model, part in zip(self.models, np.split(np.stack(heard), self._ends, 2), strict=True)
        ]

    def _said(self, vocabulary: Vocabulary) -> np.ndarray:
        """A row for each word: the sum of what its pieces say."""
        import numpy as np

        if self._vocabulary is not vocabulary:
            self._vocabulary, self._table = vocabulary, self._table[:0]
        if len(self._table) < len(vocabulary):
            pieces = vocabulary.matrices()[0]
            self._table = np.concatenate([self._table, pieces[len(self._table) :] @ self._text])
        return self._table


def _first_scores(arrays: Mapping[str, np.ndarray], rows: Rows, heard: np.ndarray) -> np.ndarray:
    scores: np.ndarray = rows.cues @ arrays["cues"] + rows.places @ arrays["places"] + arrays["intercept"]
    scores += (heard[..., :-1] / length(heard[..., -1:])).sum(0)
    return scores


def length(squares: np.ndarray) -> np.ndarray:
    """The lengths that counts are divided by; one where there are none."""
    import numpy as np

    lengths: np.ndarray = np.sqrt(np.where(squares > 0, squares, 1))
    return lengths


def load_model(folder: Path) -> Model:
    """Read ``card.toml`` and ``model.skops``; plain values and arrays, never a pickle."""
    card_file, model_file = folder / "card.toml", folder / "model.skops"
    if not card_file.is_file() or not model_file.is_file():
        raise ConfigError(
            f"No model in {folder}: it needs card.toml and model.skops. Train one, or name another folder."
        )
    card = tomllib.loads(card_file.read_text(encoding="utf-8"))
    stored = read_skops(model_file)
    labels = tuple(stored.pop("labels"))
    if sorted(labels) != sorted(card["labels"]):
        raise ConfigError(f"The model in {folder} knows other labels than its card says. Train it again.")
    return Model(folder.name, labels, stored, card)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Scores to probabilities, row by row."""
    import numpy as np

    odds = np.exp(scores - scores.max(1, keepdims=True))
    shares: np.ndarray = odds / odds.sum(1, keepdims=True)
    return shares


def context_of(scores: np.ndarray, rows: Rows) -> tuple[np.ndarray, np.ndarray]:
    """What speaks for each label of each section, (sections, labels, CONTEXT), and the kinds of place, (sections, 4).

    Siblings are heard as far as the section's own answer is unsure, and not where they are the main parts of a report.
    ``document`` is the mean over the parts without parts; it counts as far as it is of one mind, and where the section's
    own heading is silent and its own answer unsure: 存在的问题 in a school's report is about education.
    """
    import numpy as np

    said, parents, levels = softmax(scores), rows.tree.parents, rows.tree.levels
    size, labels = said.shape
    counts = np.bincount(parents + 1, minlength=size + 1)
    cells = ((parents + 1)[:, None] * labels + np.arange(labels)).ravel()
    sums = np.bincount(cells, said.ravel(), (size + 1) * labels).reshape(size + 1, labels)
    children = sums[1:] / np.maximum(counts[1:], 1)[:, None]
    others = np.maximum(counts[parents + 1] - 1, 1)[:, None]
    doubt = -(said * np.log(said + 1e-6)).sum(1) / np.log(labels)
    heard = (parents >= 0) & (levels[np.maximum(parents, 0)] > 0)
    alike = (heard | (parents < 0)) * doubt
    siblings = (sums[parents + 1] - said) / others * alike[:, None]
    parent = np.where(heard[:, None], said[np.maximum(parents, 0)], 0)
    part = np.where(heard[:, None], said[_parts(parents, levels)], 0)
    mean = said[counts[1:] == 0].mean(0, keepdims=True)
    document = mean * mean.max() ** 2 * (rows.silent * np.sqrt(np.maximum(doubt, 0)))[:, None]
    context = np.stack([np.log(said + 1e-3), parent, part, siblings, children, document], 2)
    spread = -(children * np.log(children + 1e-6)).sum(1)
    flags = np.stack([np.ones(size), counts[1:] > 0, spread, levels == 0], 1)
    return context, flags


def _parts(parents: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """The main part of the report that each section belongs to: its outermost ancestor under the title."""
    import numpy as np

    part = np.arange(len(parents))
    while True:
        above = parents[part]
        rises = (above >= 0) & (levels[np.maximum(above, 0)] > 0)
        if not rises.any():
            return part
        part = np.where(rises, above, part)
