"""The pages of a printed document as running text: reading order, running heads and page numbers, wrapped lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")
BLANK, TAB = 0.5, 2.0  # heights of a character: a gap that is a blank, one that parts columns
SAME_LINE = 0.4  # … by which the middles of two pieces of one line differ at most
INDENT = 1.0  # … by which the first line of a paragraph is set in, at least
FULL = 1.6  # … that a full line ends before the right margin, at most
APART = 1.6  # median distances of lines: paragraphs stand further apart than that
EDGE = 3  # lines at the top and the foot of a page among which its head and number are
REPEATED = 3  # pages on which a running head stands, at least
SHARE = 0.4  # … and of all pages: left and right pages may differ
NUMBER = re.compile(r"[\s\-—–―·•.~～第页頁共/()（）\[\]|]*(\d{1,4})(?:[\s\-—–―·•.~～第页頁共/()（）\[\]|]*\d{0,4})*")
DASHED = re.compile(r"\s*(?:[\-—–―·•~～]+\s*\d{1,4}\s*[\-—–―·•~～]+|第\s*\d{1,4}\s*[页頁].*)\s*")


class Box(NamedTuple):
    """A rectangle in points; heights grow upward."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Half-way up."""
        return (self.top + self.bottom) / 2


class Strip(NamedTuple):
    """A line of a page, or a piece of one, and where it stands; `size` is the height of its largest characters."""

    text: str
    box: Box
    size: float


class Page(NamedTuple):
    """The size of a page and what stands on it."""

    width: float
    height: float
    strips: list[Strip]


class Layout(NamedTuple):
    """The paragraphs of a document, and what was left out of them."""

    paragraphs: list[str]
    notes: list[str]


def strip_of(chars: Sequence[tuple[str, Box | None]]) -> Strip | None:
    """Characters as a line: a blank stays where it is one to the eye, not where a line was only spread."""
    placed = [(char, box) for char, box in chars if box is not None]
    if not placed:
        return None
    sizes = sorted(max(box.height, box.right - box.left) for _, box in placed)
    size = max(sizes[len(sizes) * 9 // 10], 1.0)
    parts: list[str] = []
    before: tuple[str, Box] | None = None
    blank = False
    for char, box in chars:
        if box is None:
            blank = blank or char.isspace()
            continue
        if before is not None and blank:
            parts.append(_blank(before, (char, box), size))
        parts.append(char)
        before, blank = (char, box), False
    whole = Box(
        min(box.left for _, box in placed), min(box.bottom for _, box in placed),
        max(box.right for _, box in placed), max(box.top for _, box in placed),
    )  # fmt: skip
    return Strip("".join(parts), whole, size)


def _blank(before: tuple[str, Box], after: tuple[str, Box], size: float) -> str:
    gap = after[1].left - before[1].right
    if gap > TAB * size:
        return "\t"
    spread = gap < BLANK * size and (WIDE.match(before[0]) or WIDE.match(after[0]) or _digits(before[0], after[0]))
    return "" if spread else " "


def _digits(before: str, after: str) -> bool:
    return (before.isdigit() or before in ".,%") and (after.isdigit() or after in ".,%")


def lay_out(pages: Sequence[Page]) -> Layout:
    """The running text of pages."""
    ordered = [_in_order(page) for page in pages]
    furniture = _furniture(ordered, [page.height for page in pages])
    bodies = [[line for at, line in enumerate(page) if (n, at) not in furniture] for n, page in enumerate(ordered)]
    left_out = Counter(re.sub(r"\d+", "#", ordered[n][at].text.strip()) for n, at in furniture)
    notes = [f"left out at the edge of pages: {text[:60]!r} × {times}" for text, times in left_out.most_common(5)]
    if len(left_out) > 5:
        notes.append(f"and {sum(left_out.values())} such lines in all")
    return Layout(_paragraphs(bodies), notes)


def _in_order(page: Page) -> list[Strip]:
    """The lines of a page from top to bottom, of two columns the left one first."""
    strips = sorted(page.strips, key=lambda strip: (-strip.box.middle, strip.box.left))
    gutter = page.width / 2
    crossing = [s for s in strips if s.box.left < gutter - s.size and s.box.right > gutter + s.size]
    left = [s for s in strips if s.box.right <= gutter + s.size]
    right = [s for s in strips if s.box.left >= gutter - s.size]
    if len(crossing) * 8 < len(strips) and min(len(left), len(right)) >= 8:
        full = [len(s.text) * s.size > 0.5 * gutter for s in (*left, *right)]
        if sum(full) * 2 > len(full):  # columns of text, not of a table
            lowest = min((s.box.bottom for s in crossing if s.box.middle > page.height / 2), default=page.height)
            above = [s for s in strips if s.box.bottom >= lowest]
            below = [s for s in strips if s not in above]
            columns = ([s for s in below if s in left], [s for s in below if s not in left])
            return [line for part in (above, *columns) for line in _merged(part)]
    return _merged(strips)


def _merged(strips: Sequence[Strip]) -> list[Strip]:
    """Pieces that stand side by side as one line."""
    lines: list[list[Strip]] = []
    for strip in strips:
        last = lines[-1][0] if lines else None
        if last and abs(last.box.middle - strip.box.middle) < SAME_LINE * min(last.size, strip.size):
            lines[-1].append(strip)
        else:
            lines.append([strip])
    return [_side_by_side(sorted(pieces, key=lambda piece: piece.box.left)) for pieces in lines]


def _side_by_side(pieces: Sequence[Strip]) -> Strip:
    line = pieces[0]
    for piece in pieces[1:]:
        gap = piece.box.left - line.box.right
        glue = "\t" if gap > TAB * line.size else " " if gap > BLANK * line.size else ""
        box = Box(
            min(line.box.left, piece.box.left), min(line.box.bottom, piece.box.bottom),
            max(line.box.right, piece.box.right), max(line.box.top, piece.box.top),
        )  # fmt: skip
        line = Strip(line.text + glue + piece.text, box, max(line.size, piece.size))
    return line


def _furniture(pages: Sequence[Sequence[Strip]], heights: Sequence[float]) -> set[tuple[int, int]]:
    """Page and place of the running heads and page numbers: the same words, or numbers that count on with the pages."""
    words: dict[tuple[str, bool], set[tuple[int, int]]] = defaultdict(set)
    numbers: dict[tuple[int, bool], set[tuple[int, int]]] = defaultdict(set)
    found: set[tuple[int, int]] = set()
    for n, lines in enumerate(pages):
        edge = {*range(min(EDGE, len(lines))), *range(max(len(lines) - EDGE, 0), len(lines))}
        for at in edge:
            text, top = lines[at].text.strip(), lines[at].box.middle > heights[n] / 2
            if number := NUMBER.fullmatch(text):
                numbers[int(number[1]) - n, top].add((n, at))
                if DASHED.fullmatch(text) and at in (0, len(lines) - 1):
                    found.add((n, at))
            elif len(text) > 1:
                words[re.sub(r"\d+", "#", text), top].add((n, at))
    for places in (*words.values(), *numbers.values()):
        on = {n for n, _ in places}
        if len(on) >= REPEATED and len(on) >= SHARE * len(pages) and len(places) <= len(on) * 1.2:
            found |= places
    return found


def _paragraphs(pages: Iterable[Sequence[Strip]]) -> list[str]:
    """Lines joined where one ran on in the next, also over the end of a page."""
    paragraphs: list[str] = []
    above: Strip | None = None
    right_above = 0.0
    for lines in pages:
        if not lines:
            continue
        wide = [line for line in lines if "\t" not in line.text] or list(lines)
        left, right = _margin([line.box.left for line in wide]), max(line.box.right for line in wide)
        steps = [a.box.middle - b.box.middle for a, b in pairwise(lines)]
        step = median(steps) if steps else 0.0
        for at, line in enumerate(lines):
            apart = at > 0 and steps[at - 1] > APART * step
            if above and not apart and _runs_on(above, line, left, right_above):
                paragraphs[-1] += _glue(paragraphs[-1], line.text) + line.text
            else:
                paragraphs.append(line.text)
            above, right_above = line, right
    return paragraphs


def _margin(lefts: Sequence[float]) -> float:
    """Where lines begin that are not set in: the leftmost place at which several do."""
    places = Counter(round(left) for left in lefts)
    return next((place for place in sorted(places) if places[place] + places[place + 1] > len(lefts) // 10), min(lefts))


def _runs_on(line: Strip, following: Strip, left: float, right: float) -> bool:
    if "\t" in line.text or "\t" in following.text or abs(line.size - following.size) > 0.2 * line.size:
        return False
    return line.box.right > right - FULL * line.size and following.box.left < left + INDENT * following.size


def _glue(before: str, after: str) -> str:
    """A blank between words of Latin letters; a number and Chinese go on as they were."""
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return " " if latin else ""
