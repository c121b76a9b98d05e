"""Levels of headings by the nesting of the marks that the document itself uses."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.outline.headings import Heading

PART_RANK = 38  # main parts without a number stand outside of 一、 …
PLAIN_RANK = 45  # … any other line without a number inside, unless the document shows it otherwise
BRACKET_RANK = 100
DASH_RANK = 101
SENTENCE_RANK = 102
ORDINAL_RANK = 105
ANNEX_RANK = 5
ITEM_RANK = 60  # from here on marks number list items as often as headings
LONE_RANK = 61  # a number in a line of its own, before a sentence


def levels_of(headings: Sequence[Heading]) -> list[int]:
    """The level of each heading: 0 the title, then by nesting.

    A mark that is open closes what stands below it. A new one opens below the one before it, unless its rank says
    that it is the outer one and the one before it does not go on later.
    """
    goes_on = _series_that_go_on(headings)
    stack: list[int] = []
    above: dict[int, int] = {}  # rank → rank that it was last seen directly below
    seen: dict[int, tuple[int, int]] = {}  # rank → its last number and level
    levels = []
    for index, heading in enumerate(headings):
        if heading.style == "title":
            stack, above, seen = [], {}, {}
            levels.append(0)
            continue
        keep = _keep(heading, [headings[i] for i in stack], [goes_on[i] for i in stack], above, seen)
        del stack[keep:]
        above[heading.rank] = headings[stack[-1]].rank if stack else 0
        stack.append(index)
        seen[heading.rank] = (heading.order, len(stack))
        levels.append(len(stack))
    return levels


def _series_that_go_on(headings: Sequence[Heading]) -> list[bool]:
    """Whether the next heading of the same rank has a higher number (or none, as this one)."""
    following: dict[int, int] = {}
    goes_on = [False] * len(headings)
    for index in range(len(headings) - 1, -1, -1):
        heading = headings[index]
        after = following.get(heading.rank)
        goes_on[index] = after is not None and (after > heading.order or not heading.order)
        following[heading.rank] = heading.order
    return goes_on


def _keep(
    heading: Heading,
    stack: Sequence[Heading],
    goes_on: Sequence[bool],
    above: dict[int, int],
    seen: dict[int, tuple[int, int]],
) -> int:
    """How many of the open headings stay open above `heading`."""
    if heading.rank == ANNEX_RANK:
        return 0
    ranks = [opened.rank for opened in stack]
    depth = len(stack)
    if heading.rank in ranks:
        found = len(ranks) - 1 - ranks[::-1].index(heading.rank)
        if heading.rank == PLAIN_RANK:  # … but inside of a numbered section that goes on
            inside = next(
                (i for i in range(depth - 1, found, -1) if goes_on[i] and ranks[i] < SENTENCE_RANK), found - 1
            )
            return inside + 1
        nested = next((i for i in range(depth - 1, found, -1) if goes_on[i] and ranks[i] < ITEM_RANK), None)
        if heading.order == 1 and heading.rank < ITEM_RANK and nested is not None:
            return nested + 1
        return found
    if heading.rank == PLAIN_RANK and PART_RANK in ranks:
        part = ranks.index(PART_RANK)
        if above.get(PLAIN_RANK) == 0:
            return part
        if depth > part + 1 and not goes_on[part + 1] and stack[-1].last + 1 < heading.line:
            return part
    number, level = seen.get(heading.rank, (0, 0))
    if heading.order > 1 and number == heading.order - 1 and level <= depth + 1:
        return level - 1
    while depth and not _holds(
        stack[depth - 1], heading, goes_on[depth - 1], above.get(heading.rank), ranks[: depth - 1]
    ):
        depth -= 1
    return depth


def _holds(outer: Heading, inner: Heading, goes_on: bool, above: int | None, further: Sequence[int]) -> bool:
    """Whether a mark that is new among the open ones opens below `outer`."""
    if outer.style in ("contents", "preface"):
        return False
    if outer.rank >= SENTENCE_RANK:
        return inner.rank == ORDINAL_RANK
    if outer.rank == PLAIN_RANK and inner.rank == PART_RANK:
        return False
    if outer.rank == PLAIN_RANK and not goes_on and above in further:
        return False
    if outer.rank == BRACKET_RANK and inner.order == 1:
        return True
    return outer.rank < inner.rank or above == outer.rank or (inner.order <= 1 and goes_on)
