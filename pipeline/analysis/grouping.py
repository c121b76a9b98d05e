"""Names that no table knows, put together by their likeness: the same groups whatever the order of the names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

LIKE = 0.74
"""Cosine of two names, by their runs of one to three characters, from which they may be one."""
COMMON = 1000
"""A run of characters that more names have than this finds no neighbours: each pair that is alike shares a rarer one."""
BLOCK = 2048


class Member(NamedTuple):
    """A name in its group: the place of the group's first name, and how alike the two are."""

    first: int
    similarity: float


def group(names: Sequence[str], counts: Sequence[int], apart: Collection[str]) -> list[Member]:
    """For each of `names`, all different, the group that it belongs to.

    The commonest name that is in no group begins the next one, of equals the first in order of characters; each name
    goes to the most alike of the names that began a group before it. Names never go together of which one has a digit, a
    Latin letter or a character of `apart` that the other lacks (城镇 and 农村).
    """
    if not names:
        return []
    order = sorted(range(len(names)), key=lambda at: (-counts[at], names[at]))
    ranked = [names[at] for at in order]
    marks = [sorted(c for c in name if c in apart or c.isdigit() or c.isascii()) for name in ranked]
    firsts: set[int] = set()
    members: list[Member] = [Member(0, 1.0)] * len(names)
    for rank, neighbours in enumerate(_neighbours(ranked)):
        alike = [
            (similarity, -other) for other, similarity in neighbours if other in firsts and marks[other] == marks[rank]
        ]
        if alike:
            similarity, other = max(alike)
            members[order[rank]] = Member(order[-other], similarity)
        else:
            firsts.add(rank)
            members[order[rank]] = Member(order[rank], 1.0)
    return members


def _neighbours(names: Sequence[str]) -> Iterator[list[tuple[int, float]]]:
    """For each name, in order, those before it that are as alike as `LIKE`, with their likeness."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    try:
        whole = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True).fit_transform(names)
    except ValueError:  # nothing but blanks
        yield from ([] for _ in names)
        return
    held = np.bincount(whole.indices, minlength=whole.shape[1])
    rare = whole[:, np.flatnonzero(held <= COMMON)].tocsr()
    turned = rare.T.tocsr()
    for begin in range(0, len(names), BLOCK):
        end = min(begin + BLOCK, len(names))
        shared = (rare[begin:end] @ turned[:, :end]).tocoo()
        before = (shared.col < shared.row + begin) & (shared.data > LIKE / 2)
        yield from _verified(whole, begin, end, shared.row[before], shared.col[before])


def _verified(whole: Any, begin: int, end: int, rows: Any, columns: Any) -> Iterable[list[tuple[int, float]]]:
    """The neighbours of the names from `begin` to `end` among pairs that may be alike."""
    import numpy as np

    likeness = np.asarray(whole[rows + begin].multiply(whole[columns]).sum(axis=1)).ravel().round(6)
    found: list[list[tuple[int, float]]] = [[] for _ in range(begin, end)]
    for at in np.flatnonzero(likeness >= LIKE).tolist():
        found[int(rows[at])].append((int(columns[at]), float(likeness[at])))
    return found
