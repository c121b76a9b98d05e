"""The pages of a printed document as running text: reading order, running heads and page numbers, wrapped lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from statistics import median
from typing import NamedTuple

WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")
BLANK, LATIN_BLANK, TAB = 0.5, 0.15, 2.0  # heights of a character: a gap that is a blank, one that parts columns
SAME_LINE = 0.4  # … by which the feet of two characters of one line differ at most
INDENT = 1.0  # … by which the first line of a paragraph is set in, at least
SLACK = 0.7  # … that a full line leaves free beside what did not fit into it
WRAPPED = 3  # lines that end alike, at least, where lines were wrapped; else the right margin is as wide as the left
UNEVEN = 3.0  # … give or take so many heights of a character
APART = 1.6  # median distances of lines: paragraphs stand further apart than that
EDGE = 3  # lines at the top and the foot of a page among which its head and number are
REPEATED = 3  # pages on which a running head stands, at least
SHARE = 0.4  # … and of all pages: left and right pages may differ
IN_COLUMNS = 8  # lines that a column of text has, at least
NUMBER = re.compile(r"[\s\-—–―·•.~～第页頁共/()（）\[\]|]*(\d{1,4})(?:[\s\-—–―·•.~～第页頁共/()（）\[\]|]*\d{0,4})*")
DASHED = re.compile(r"\s*(?:[\-—–―·•~～]+\s*\d{1,4}\s*[\-—–―·•~～]+|第\s*\d{1,4}\s*[页頁].*)\s*")
HANGING, STOPS = "，。、；：！？,.;:", "。！？；!?;”）)"
NUMBERED = re.compile(
    r"[其第]?[一二三四五六七八九十]{1,2}是|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十]{1,3}[章节条部]|\d{1,2}(?:[、.．](?!\d)|[）)])"
)
CLOSERS = "，。、；：！？）》”’」』】％…—"
UNBROKEN = re.compile(f"[!-~{CLOSERS}]+|.(?:[{CLOSERS}]+[!-~{CLOSERS}]*)?")  # what no line is broken within


class Glyph(NamedTuple):
    """A character and where it stands, in points: from `left` to `right`, its foot at `base`; heights grow upward."""

    char: str
    left: float
    right: float
    base: float
    size: float


Run = list[Glyph]  # characters that are drawn one after the other on one line


class Page(NamedTuple):
    """The size of a page, and its characters but blanks as they are drawn one after the other."""

    width: float
    height: float
    glyphs: list[Glyph]


class Strip(NamedTuple):
    """A line of a page, or a piece of one."""

    text: str
    left: float
    right: float
    base: float
    size: float


class Layout(NamedTuple):
    """The paragraphs of a document, and what was left out of them."""

    paragraphs: list[str]
    notes: list[str]


def lay_out(pages: Sequence[Page]) -> Layout:
    """The running text of pages."""
    ordered = [_in_order(page) for page in pages]
    furniture = _furniture(ordered, [page.height for page in pages])
    bodies = [[line for at, line in enumerate(page) if (n, at) not in furniture] for n, page in enumerate(ordered)]
    left_out = Counter(re.sub(r"\d+", "#", ordered[n][at].text.strip()) for n, at in furniture)
    notes = [f"left out at the edge of pages: {text[:60]!r} × {times}" for text, times in left_out.most_common(5)]
    if len(left_out) > 5:
        notes.append(f"and {sum(left_out.values())} such lines in all")
    return Layout(_paragraphs(bodies, median(page.width for page in pages)), notes)


def _in_order(page: Page) -> list[Strip]:
    """The lines of a page from top to bottom, of two columns the left one first."""
    runs = _runs(page.glyphs)
    gutter, size = page.width / 2, median([glyph.size for glyph in page.glyphs] or [1.0])
    left, right, across = list[Run](), list[Run](), list[Run]()
    for run in runs:
        on_left = max(glyph.right for glyph in run) <= gutter + size
        on_right = min(glyph.left for glyph in run) >= gutter - size
        (left if on_left else right if on_right else across).append(run)
    columns = [run for run in (*left, *right) if len(run) * size > gutter / 2]  # of text, not of a table
    if len(across) * 8 > len(runs) or min(len(left), len(right)) < IN_COLUMNS or 2 * len(columns) < len(runs):
        return _lines(runs)
    foot = min((run[0].base for run in across if run[0].base > page.height / 2), default=page.height)
    parts = ([run for run in runs if run[0].base >= foot], *([r for r in c if r[0].base < foot] for c in (left, right)))
    below = [run for run in across if run[0].base < foot]
    return [line for part in (*parts, below) for line in _lines(part)]


def _runs(glyphs: Iterable[Glyph]) -> list[Run]:
    """Characters that are drawn one after the other on one line."""
    runs: list[Run] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        if last and abs(last.base - glyph.base) < SAME_LINE * glyph.size and _follows(last, glyph):
            if not (last.char == glyph.char and glyph.left - last.left < 0.3 * glyph.size):  # bold, as drawn twice
                runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _follows(last: Glyph, glyph: Glyph) -> bool:
    return -0.8 * glyph.size < glyph.left - last.right < TAB * glyph.size


def _lines(runs: Iterable[Run]) -> list[Strip]:
    """What stands side by side as one line; a sign from another font is drawn apart and belongs between."""
    lines: list[Run] = []
    for run in sorted(runs, key=lambda run: (-run[0].base, run[0].left)):
        if lines and abs(lines[-1][0].base - run[0].base) < SAME_LINE * min(lines[-1][0].size, run[0].size):
            lines[-1] += run
        else:
            lines.append(list(run))
    return [_strip(sorted(line, key=lambda glyph: glyph.left)) for line in lines]


def _strip(glyphs: Sequence[Glyph]) -> Strip:
    """Characters as a line, with a blank where there is one to the eye, not where the line was only spread."""
    parts = [glyphs[0].char]
    for before, after in pairwise(glyphs):
        parts += (_blank(before, after), after.char)
    size = median(glyph.size for glyph in glyphs)
    return Strip("".join(parts), glyphs[0].left, max(glyph.right for glyph in glyphs), glyphs[0].base, size)


def _blank(before: Glyph, after: Glyph) -> str:
    gap = (after.left - before.right) / max(before.size, after.size, 1.0)
    if gap > TAB:
        return "\t"
    words = before.char.isascii() and after.char.isascii() and not (before.char + after.char).isdigit()
    return " " if gap > (LATIN_BLANK if words else BLANK) else ""


def _furniture(pages: Sequence[Sequence[Strip]], heights: Sequence[float]) -> set[tuple[int, int]]:
    """Page and place of the running heads and page numbers: the same words, or numbers that count on with the pages."""
    words: dict[tuple[str, bool], set[tuple[int, int]]] = defaultdict(set)
    numbers: dict[tuple[int, bool], set[tuple[int, int]]] = defaultdict(set)
    found: set[tuple[int, int]] = set()
    for n, lines in enumerate(pages):
        edge = {*range(min(EDGE, len(lines))), *range(max(len(lines) - EDGE, 0), len(lines))}
        for at in edge:
            text, top = lines[at].text.strip(), lines[at].base > heights[n] / 2
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
    if len(pages) == 2 and any(len({n for n, _ in places}) == 2 for places in numbers.values()):
        found |= _heads_of_two(*pages)
    return {(n, at) for n, lines in enumerate(pages) for at in _outermost(n, len(lines), found)}


def _heads_of_two(first: Sequence[Strip], second: Sequence[Strip]) -> set[tuple[int, int]]:
    """The line at the top of both of two numbered pages, at one height, where it stands apart from what is below."""
    above = [lines[0] for lines in (first, second) if len(lines) > 2]
    if len(above) < 2 or len({(head.text.strip(), round(head.base)) for head in above}) > 1:
        return set()
    for lines in (first, second):
        steps = [a.base - b.base for a, b in pairwise(lines[1:-1])]
        if not steps or lines[0].base - lines[1].base <= APART * median(steps):
            return set()
    return {(0, 0), (1, 0)}


def _outermost(n: int, lines: int, found: set[tuple[int, int]]) -> Iterator[int]:
    """The lines of page `n` that were found and that no other line keeps from its edge."""
    yield from takewhile(lambda at: (n, at) in found, range(lines))
    yield from takewhile(lambda at: (n, at) in found, range(lines - 1, -1, -1))


def _paragraphs(pages: Sequence[Sequence[Strip]], width: float) -> list[str]:
    """Lines joined where one ran on in the next, also over the end of a page; `width` is that of a page."""
    paragraphs: list[str] = []
    above: Strip | None = None
    right_above = 0.0
    margins = _margins_by_side(pages, width)
    for n, lines in enumerate(pages):
        left, right = margins[n % 2]
        steps = [a.base - b.base for a, b in pairwise(lines)]
        step = median(steps) if steps else 0.0
        for at, line in enumerate(lines):
            apart = at > 0 and steps[at - 1] > APART * step
            if above and not apart and _runs_on(above, line, left, right_above):
                paragraphs[-1] += _glue(paragraphs[-1], line.text) + line.text
            else:
                paragraphs.append(line.text)
            above, right_above = line, right
    return paragraphs


def _margins_by_side(pages: Sequence[Sequence[Strip]], width: float) -> list[tuple[float, float]]:
    """The margins of right and of left pages, which differ where a book has an inner margin; else those of all."""
    sides = [_margins([line for page in pages[side::2] for line in page], width) for side in (0, 1)]
    shift = sides[1][0] - sides[0][0]
    if abs(shift) > 1 and abs(sides[1][1] - sides[0][1] - shift) < 1:
        return sides
    return [_margins([line for page in pages for line in page], width)] * 2


def _margins(lines: Sequence[Strip], width: float) -> tuple[float, float]:
    """Where lines begin that are not set in, and where full ones end."""
    wide = [line for line in lines if "\t" not in line.text] or lines
    if not wide:
        return 0.0, width
    places = Counter(round(line.left) for line in wide)
    several = (place for place in sorted(places) if places[place] + places[place + 1] > len(wide) // 20)
    reach = sorted(map(_reach, wide))
    left, right = float(next(several, min(places))), reach[len(reach) * 98 // 100]
    size = wide[0].size
    wrapped = sum(1 for end in reach if right - end < SLACK * size) >= WRAPPED
    return left, right if wrapped else max(right, width - left - UNEVEN * size)


def _reach(line: Strip) -> float:
    """How far to the right a line goes, less the sign that may hang over the margin."""
    return line.right - (line.size if line.text[-1] in HANGING else 0.0)


def _runs_on(line: Strip, following: Strip, left: float, right: float) -> bool:
    """Whether `following` goes on with the paragraph: it is not set in, and what it begins with did not fit above."""
    if "\t" in line.text or "\t" in following.text or abs(line.size - following.size) > 0.2 * line.size:
        return False
    if line.text[-1] in STOPS and NUMBERED.match(following.text):
        return False
    first = UNBROKEN.match(following.text)
    needed = sum(1.0 if WIDE.match(char) else 0.55 for char in first[0]) if first else 0.0
    full = right - line.right < (needed + SLACK) * line.size
    return full and following.left < left + INDENT * following.size


def _glue(before: str, after: str) -> str:
    """A blank between words of Latin letters; a number and Chinese go on as they were."""
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return " " if latin else ""
