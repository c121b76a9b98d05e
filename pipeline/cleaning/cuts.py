"""Where the lines, sentences and last clauses of a text begin and end: all of them at once, told by a mark for each character."""

from __future__ import annotations

from itertools import pairwise
from string import ascii_letters

import numpy as np

from pipeline.cleaning.features import Places
from pipeline.cleaning.fragments import DOUBLED, OPENERS, RARE, SIGNS

STOP, CLOSER, _COMMA, _BREAK, _SIGN, _DOUBLE, _LETTER, _OPENER = range(1, 9)
MARKS = np.zeros(1 << 16, np.uint8)
for _number, _marks in enumerate(
    ("。！？；!?;", "”’」』）)】", "，,", "\n", f"{SIGNS}…{RARE}", DOUBLED, ascii_letters, OPENERS), STOP
):
    MARKS[list(map(ord, _marks))] = _number

Marks = np.ndarray[tuple[int], np.dtype[np.uint8]]
Spans = tuple[Places, Places]


def by_mark(marks: Marks) -> list[Places]:
    """Where each mark stands, in the order of their numbers."""
    places = np.flatnonzero(marks != 0)
    which = marks.take(places)
    in_order = places.take(which.argsort(kind="stable"))
    edges = np.bincount(which, minlength=_OPENER + 1).cumsum().tolist()
    return [in_order[first:last] for first, last in pairwise(edges)]


def sides_of(spans: list[tuple[int, int]]) -> Spans:
    """Starts and ends of stretches."""
    sides = np.array(spans, np.int64).reshape(-1, 2)
    return sides[:, 0], sides[:, 1]


def filled_of(starts: Places, ends: Places) -> Spans:
    """The stretches that hold anything."""
    filled = ends > starts
    return starts[filled], ends[filled]


def sentences_of(marks: Marks, stops: Places, breaks: Places) -> Spans:
    """The sentences of all lines: a stop ends one, with the quote or bracket that closes behind it."""
    cuts = stops + 1
    cuts += marks.take(cuts, mode="clip") == CLOSER
    behind = marks.take(cuts, mode="clip")
    cuts = cuts[(behind != STOP) & (behind != CLOSER)]
    edges = np.concatenate(((0, len(marks)), cuts, breaks, breaks + 1))
    edges.sort()
    starts, ends = edges[:-1], edges[1:]
    said = (starts < ends) & (marks.take(starts, mode="clip") != _BREAK)
    return starts[said], ends[said]


def last_clauses_of(commas: Places, starts: Places, ends: Places) -> Spans:
    """What stands behind the last comma of each line that has one."""
    if not len(commas):
        return commas, commas
    last = commas[np.searchsorted(commas, ends) - 1]  # of a line above where the line has none
    inside = (last > starts) & (last < ends)
    return last[inside], ends[inside]
