"""Pass: what libraries of documents print into a text: numbers of the pieces they cut it into, letters at line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pipeline.cleaning.knowledge import Knowledge
from pipeline.cleaning.lines import line_around
from pipeline.records import Edit, Span

_SECOND = "\n2、"
_SIZE = 300  # characters of a piece, where there are two only
_SMALL = 150  # … at least, where all but the last are of one size
_STOP = re.compile("[。！？；：!?;:]")
_SIGNED = re.compile(
    r"\n(?<=[A-Za-z]\n)(?:(?<=[。！？][A-Za-z]{3}\n)|(?<=[。！？][A-Za-z]{2}\n)|(?<=[。！？][A-Za-z]{4}\n))"
)
_LETTERS = re.compile(r"[A-Za-z]+$")
_SENTENCES, _LINES = 2, 4  # so many of them, of all lines, end in the same letters


def remove_imprints(text: str, knowledge: Knowledge) -> list[Edit]:
    """Take away numbers and letters that a library put into the words of a report."""
    return [*_numbers(text), *_letters(text)]


def _numbers(text: str) -> Iterator[Edit]:
    """The numbers of the pieces of one size into which a preview cuts a text: 周转量38⏎2、.4亿吨公里 → 周转量38.4亿吨公里."""
    at = text.find(_SECOND)
    while at >= 0:
        pieces = list(_pieces(text, at))
        if _of_one_size(text, pieces):
            yield Edit(pieces[0].start - len("1、"), pieces[0].start, "", "boilerplate", "piece_number")
            for before, after in pairwise(pieces):
                yield Edit(before.end, after.start, "", "boilerplate", "piece_number")
        at = text.find(_SECOND, pieces[-1].end if pieces else at + 1)


def _pieces(text: str, second: int) -> Iterator[Span]:
    """What stands behind 1、, 2、, 3、 in lines that follow each other, the second one behind the line end `second`."""
    first = second - 1 if text[second - 1 : second] != "\n" else second - 2  # a blank line may stand between
    line, number = line_around(text, max(first, 0)), 1
    while text.startswith(f"{number}、", line.start):
        content = text[line.start : line.end].rstrip()
        yield Span(line.start + len(f"{number}、"), line.start + len(content))
        following = line.end + 1
        while text[following : following + 1] == "\n":
            following += 1
        if following >= len(text):
            return
        line, number = line_around(text, following), number + 1


def _of_one_size(text: str, pieces: list[Span]) -> bool:
    """Whether all pieces but the last are equally long, and one at least is cut within a sentence."""
    sizes = [piece.end - piece.start for piece in pieces]
    if len(sizes) < 2 or sizes[0] < _SMALL or len(set(sizes[:-1])) > 1 or sizes[-1] > sizes[0]:
        return False
    cut = any(_STOP.match(text, piece.end - 1) is None for piece in pieces[:-1])
    return cut and (len(sizes) > 2 or sizes[0] == _SIZE)


def _letters(text: str) -> Iterator[Edit]:
    """The same few letters that a site put at the ends of paragraphs: 请予审议。kQz⏎."""
    ends = Counter(
        letters[0]
        for found in _SIGNED.finditer(text)
        if (letters := _LETTERS.search(text, found.start() - 4, found.start()))
    )
    for letters, count in ends.most_common(1):
        if count < _SENTENCES or letters.isupper():
            return
        found = list(re.finditer(rf"(?<![A-Za-z0-9\s]){letters}(?=\s|$)", text))
        if sum(text[place.end() : place.end() + 1] == "\n" for place in found) >= _LINES:
            for place in found:
                yield Edit(*place.span(), "", "boilerplate", "letters_at_line_end")
