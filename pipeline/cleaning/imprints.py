"""Pass: what libraries of documents print into a text: numbers of the pieces they cut it into, letters at line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pipeline.cleaning.knowledge import Knowledge
from pipeline.cleaning.lines import line_around
from pipeline.records import Edit, Span

_HEAD = 1500  # characters, within which a page that has imprints shows the first
_SIZE = 300  # characters of a piece, where there are two only
_SMALL = 150  # … at least, where all but the last are of one size
_STOP = re.compile("[。！？；：!?;:]")
_SIGNED = re.compile(
    r"\n(?<=[A-Za-z]\n)(?:(?<=[。！？][A-Za-z0-9]{3}\n)|(?<=[。！？][A-Za-z0-9]{2}\n)|(?<=[。！？][A-Za-z0-9]{4}\n))"
)
_LETTERS = re.compile(r"[A-Za-z0-9]+$")
_SENTENCES, _LINES = 2, 4  # so many of them, of all lines, end in the same letters


def remove_imprints(text: str, knowledge: Knowledge) -> list[Edit]:
    """Take away numbers and letters that a library put into the words of a report."""
    return [*_numbers(text), *_letters(text)]


def _numbers(text: str) -> Iterator[Edit]:
    """The numbers of the pieces of one size into which a preview cuts a text: 周转量38⏎2、.4亿吨公里 → 周转量38.4亿吨公里."""
    first = 0 if text.startswith("1、") else text.find("\n1、", 0, _HEAD) + 1
    if not text.startswith("1、", first):
        return
    pieces = list(_pieces(text, first))
    if _of_one_size(text, pieces):
        yield Edit(first, pieces[0].start, "", "boilerplate", "piece_number")
        for before, after in pairwise(pieces):
            yield Edit(before.end, after.start, "", "boilerplate", "piece_number")


def _pieces(text: str, at: int) -> Iterator[Span]:
    """What stands behind 1、, 2、, 3、 in lines that follow each other."""
    number = 1
    while text.startswith(f"{number}、", at):
        line = line_around(text, at)
        yield Span(at + len(f"{number}、"), at + len(text[at : line.end].rstrip()))
        at, number = line.end + 1, number + 1
        while text[at : at + 1] == "\n":
            at += 1


def _of_one_size(text: str, pieces: list[Span]) -> bool:
    """Whether all pieces but the last are equally long, and one at least is cut within a sentence."""
    sizes = [piece.end - piece.start for piece in pieces]
    if len(sizes) < 2 or sizes[0] < _SMALL or len(set(sizes[:-1])) > 1 or sizes[-1] > sizes[0]:
        return False
    cut = any(_STOP.match(text, piece.end - 1) is None for piece in pieces[:-1])
    return cut and (len(sizes) > 2 or sizes[0] == _SIZE)


def _letters(text: str) -> Iterator[Edit]:
    """The same few letters that a site put at the ends of paragraphs: 请予审议。kQz⏎."""
    if _SIGNED.search(text, 0, _HEAD) is None:
        return
    ends = Counter(
        last[0] for place in _SIGNED.finditer(text) if (last := _LETTERS.search(text, place.start() - 4, place.start()))
    )
    for letters, count in ends.most_common(1):
        if count < _SENTENCES or letters.isupper():
            return
        places = list(re.finditer(rf"(?<![A-Za-z0-9\s]){letters}(?=\s|$)", text))
        if sum(text[place.end() : place.end() + 1] == "\n" for place in places) >= _LINES:
            for place in places:
                yield Edit(*place.span(), "", "boilerplate", "letters_at_line_end")
