"""Documents that say the same: MinHash finds the candidates, the texts themselves decide.

Memory holds a signature a document and never the texts: shingles of candidates lie in a temporary file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from tempfile import TemporaryFile
from typing import IO, Any, Literal, NamedTuple

import numpy as np

from pipeline.analysis.shingles import Hashes, letters, numbers, shared, shingles
from pipeline.dataset.card import rewrite_card
from pipeline.dataset.columns import to_batch
from pipeline.dataset.parts import write_parts
from pipeline.dataset.stored import Stored

DOCUMENTS = 256
"""Documents whose texts are in memory at a time."""
BANDS, HEIGHT = 42, 3
"""The signature in bands: two texts of which a half is the same agree in one of them with a chance of 0.997."""
SEED = 20_240_601
NEAR = 0.7
"""Share of the shorter text's shingles that a near-duplicate has in common with the fuller one."""
SAME_NUMBERS = 0.6
"""Share of its numbers: last year's report keeps the sentences and changes the figures."""
SHORTEST = 0.3
"""Length of the shortest near-duplicate in lengths of the fuller text: less is a quotation."""
_LEAST = 0.2  # estimated from signatures, of a pair that is worth a look at the texts
_AHEAD = 8  # texts of a bucket that each of its members is compared with, so that a crowded one costs linear time

Signatures = np.ndarray[Any, np.dtype[np.uint32]]


class Duplicate(NamedTuple):
    """A row of the table ``duplicates``: a document, and the fullest one that says the same."""

    doc_id: str
    duplicate_of: str
    kind: Literal["exact", "near"]
    similarity: float
    jaccard: float


class Signed(NamedTuple):
    """What is kept of each document of an archive, the fullest first, of equals the first by source."""

    doc_ids: list[str]
    sources: list[str]
    digests: list[bytes]
    signatures: Signatures


def find_duplicates(stored: Stored) -> list[Duplicate]:
    """Every document of a dataset that repeats a fuller one, in order of sources read as people count.

    The rows do not depend on the order of the documents.
    """
    signed = sign(_texts(stored))
    first: dict[bytes, int] = {}
    twins = [first.setdefault(digest, place) for place, digest in enumerate(signed.digests)]
    alone = np.array(sorted(first.values()), np.int64)
    pairs = [(int(alone[a]), int(alone[b])) for a, b in candidates(signed.signatures[alone])]
    with TemporaryFile() as file:
        place_of = {signed.doc_ids[place]: place for pair in pairs for place in pair}
        near = verify(pairs, Spilled(file, _texts(stored), place_of))
    found: list[tuple[int, Duplicate]] = []
    for place, twin in enumerate(twins):
        if twin in near:
            fuller, similarity, jaccard = near[twin]
            found.append((place, _row(signed, place, fuller, "near", similarity, jaccard)))
        elif twin != place:
            found.append((place, _row(signed, place, twin, "exact", 1.0, 1.0)))
    found.sort(key=lambda pair: (counted(signed.sources[pair[0]]), pair[1].doc_id))
    return [row for _, row in found]


def _row(
    signed: Signed, place: int, of: int, kind: Literal["exact", "near"], similarity: float, jaccard: float
) -> Duplicate:
    return Duplicate(signed.doc_ids[place], signed.doc_ids[of], kind, similarity, jaccard)


def _texts(stored: Stored) -> Iterator[list[tuple[str, str, str]]]:
    """doc_id, source and clean text, some documents at a time."""
    columns = ("doc_id", "source", "text")
    for batch in stored.batches("documents", columns, DOCUMENTS):
        yield list(zip(*(batch.column(name).to_pylist() for name in columns), strict=True))


def counted(source: str) -> list[tuple[int, int, str]]:
    """The key that puts sources in the order in which people count.

    >>> sorted(["t.csv#10", "t.csv#9"], key=counted)
    ['t.csv#9', 't.csv#10']
    """
    pieces = re.split("([0-9]+)", source)
    return [(1, int(p), p) if number % 2 else (0, 0, p) for number, p in enumerate(pieces)]


def write_duplicates(stored: Stored) -> list[Duplicate]:
    """Find the duplicates of a dataset, write them as its table ``duplicates`` and give them."""
    import pyarrow as pa

    found = find_duplicates(stored)
    table = pa.Table.from_batches([to_batch("duplicates", found)])
    write_parts(stored.folder, 0, {"duplicates": table})
    rewrite_card(stored.folder)
    return found


def sign(texts: Iterable[list[tuple[str, str, str]]]) -> Signed:
    """Sign each document that has a letter in it; the fullest comes first."""
    from rensa import RMinHash

    doc_ids, sources, digests, sizes, blocks = [], [], [], [], []
    for some in texts:
        runs = []
        for doc_id, source, text in some:
            folded = letters(text)
            if folded:
                runs.append(shingles(folded))
                doc_ids.append(doc_id)
                sources.append(source)
                sizes.append(len(folded))
                digests.append(blake2b(folded.encode(), digest_size=16).digest())
        if runs:
            ends = np.cumsum([0, *map(len, runs)]).astype(np.uint64)
            matrix = RMinHash.digest_matrix_from_flat_token_hashes(np.concatenate(runs), ends, BANDS * HEIGHT, SEED)
            blocks.append(np.array(matrix.to_rows(), np.uint32))
    order = sorted(range(len(sizes)), key=lambda n: (-sizes[n], counted(sources[n]), doc_ids[n]))
    signatures = np.concatenate(blocks)[order] if blocks else np.empty((0, BANDS * HEIGHT), np.uint32)
    return Signed([doc_ids[n] for n in order], [sources[n] for n in order], [digests[n] for n in order], signatures)


def candidates(signatures: Signatures) -> list[tuple[int, int]]:
    """Pairs of places (a text, a fuller one before it) that agree in a band and seem alike, in order."""
    count = len(signatures)
    if count < 2:
        return []
    found = np.empty(0, np.int64)
    for band in range(BANDS):
        keys = np.zeros(count, np.uint64)
        for column in signatures[:, band * HEIGHT : (band + 1) * HEIGHT].T:
            keys = keys * np.uint64(0x9E3779B97F4A7C15) + column
        order = np.argsort(keys, kind="stable")
        grouped = keys[order]
        places = np.arange(count)
        begins = np.maximum.accumulate(np.where(np.append(True, grouped[1:] != grouped[:-1]), places, 0))
        held = places[begins < places]  # members of a bucket after its first
        ahead = [np.minimum(begins[held] + step, held - 1) for step in range(_AHEAD)]
        others = np.concatenate([*ahead, held - 1])
        pairs = np.unique(order[np.tile(held, _AHEAD + 1)].astype(np.int64) * count + order[others])
        found = np.union1d(found, pairs[_alike(signatures, pairs // count, pairs % count)])
    return list(zip((found // count).tolist(), (found % count).tolist(), strict=True))


def _alike(signatures: Signatures, one: Any, other: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether pairs seem to have enough shingles in common, some at a time."""
    step = 65_536
    said = [
        (signatures[one[at : at + step]] == signatures[other[at : at + step]]).mean(axis=1) >= _LEAST
        for at in range(0, len(one), step)
    ]
    return np.concatenate(said) if said else np.empty(0, np.bool_)


class Spilled:
    """Shingles and numbers of some documents in a temporary file."""

    def __init__(self, file: IO[bytes], texts: Iterable[list[tuple[str, str, str]]], place_of: dict[str, int]) -> None:
        self._at: dict[int, tuple[int, int, int]] = {}
        end = 0
        for some in texts if place_of else ():
            for doc_id, _, text in some:
                if doc_id in place_of:
                    folded = letters(text)
                    of_text, of_numbers = shingles(folded), numbers(folded)
                    file.write(of_text.tobytes() + of_numbers.tobytes())
                    self._at[place_of[doc_id]] = end, len(of_text), len(of_numbers)
                    end += len(of_text) + len(of_numbers)
        file.flush()
        self._hashes: Hashes = np.memmap(file, np.uint64, "r") if end else np.empty(0, np.uint64)

    def of(self, place: int) -> tuple[Hashes, Hashes]:
        """The shingles and the numbers of a document."""
        start, of_text, of_numbers = self._at[place]
        middle = start + of_text
        return self._hashes[start:middle], self._hashes[middle : middle + of_numbers]


def verify(pairs: Iterable[tuple[int, int]], spilled: Spilled) -> dict[int, tuple[int, float, float]]:
    """For each text that repeats a fuller one: that one, which repeats none itself, and how like they are."""
    near: dict[int, tuple[int, float, float]] = {}
    tried: set[tuple[int, int]] = set()
    for place, before in pairs:  # in order, so that it is known of each text before whether it repeats another
        fuller = near[before][0] if before in near else before
        if place in near or (place, fuller) in tried:
            continue
        tried.add((place, fuller))
        similarity, jaccard = likeness(spilled.of(place), spilled.of(fuller))
        if similarity >= NEAR:
            near[place] = fuller, similarity, jaccard
    return near


def likeness(one: tuple[Hashes, Hashes], fuller: tuple[Hashes, Hashes]) -> tuple[float, float]:
    """Share of the smaller set of shingles that the other has too, and of both together; 0 where numbers differ."""
    few, many = sorted((len(one[0]), len(fuller[0])))
    common = shared(one[0], fuller[0])
    least = min(len(one[1]), len(fuller[1]))
    if few < SHORTEST * many or shared(one[1], fuller[1]) < SAME_NUMBERS * least:
        return 0.0, 0.0
    return common / few, common / (few + many - common)
