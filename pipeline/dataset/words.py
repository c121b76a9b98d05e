"""The words of sentences and their tags as Arrow arrays: a word becomes a value once, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, groupby
from typing import TYPE_CHECKING, cast

from pipeline.records import Sentence, Sentences

if TYPE_CHECKING:
    import pyarrow as pa


def word_arrays(texts: Iterable[Sequence[Sentence]]) -> dict[str, pa.Array]:
    """The columns ``words`` and ``tags`` of the sentences of some texts."""
    import pyarrow as pa

    lists = pa.list_(pa.string())
    nothing = pa.array([], lists)
    words, tags = zip((nothing, nothing), *_arrays(texts, lists), strict=True)
    return {"words": pa.concat_arrays(words), "tags": pa.concat_arrays(tags)}


def _arrays(texts: Iterable[Sequence[Sentence]], lists: pa.DataType) -> Iterator[tuple[pa.Array, pa.Array]]:
    """The words and tags of texts one after the other, together where words of one number are the same."""
    import pyarrow as pa

    for known, group in groupby(texts, _known):
        if known is not None:
            yield _by_number(cast("list[Sentences]", [*group]))
            continue
        for text in group:
            yield pa.array([s.words for s in text], lists), pa.array([s.tags for s in text], lists)


def _known(text: Sequence[Sentence]) -> int | None:
    """Which words the numbers of a text lead to; None where they do not tell the tags too."""
    return id(text.known) if isinstance(text, Sentences) and text.tags else None


def _by_number(texts: Sequence[Sentences]) -> tuple[pa.Array, pa.Array]:
    """The words and tags of texts whose numbers lead to the same words."""
    import numpy as np
    import pyarrow as pa

    numbers = np.concatenate([text.numbers for text in texts])
    ends = np.cumsum([0, *chain.from_iterable(text.sizes for text in texts)], dtype=np.int32)
    said = np.bincount(numbers) > 0  # the others may be of texts that cannot be written
    places, is_said = pa.array(np.cumsum(said, dtype=np.int32)[numbers] - 1), said.tolist()

    def lists_of(values: Sequence[str]) -> pa.Array:
        return pa.ListArray.from_arrays(ends, pa.array([*compress(values, is_said)], pa.string()).take(places))

    return lists_of(texts[0].known), lists_of(texts[0].tags)
