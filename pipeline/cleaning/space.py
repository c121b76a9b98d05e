"""Passes: white space. Paragraphs stay; indents, trailing blanks, further blank lines and odd line ends go."""

from __future__ import annotations

import re

from pipeline.cleaning.adverts import furniture_in
from pipeline.cleaning.kinds import BLANK, ODD_END
from pipeline.cleaning.knowledge import Knowledge
from pipeline.cleaning.lines import line_around
from pipeline.cleaning.wrapped import wrapped_line_ends
from pipeline.language.marks import LINE_ENDS
from pipeline.records import Edit

_BLANKS = re.compile(r"\s+")
_BLANKS_AFTER = re.compile(r"\n(?!\n\S)\s+")  # one blank line may stay
_LINE_END = re.compile(rf"\r\n|[{LINE_ENDS}]")


def trim_end(text: str, knowledge: Knowledge) -> list[Edit]:
    """Take the blanks behind a text: a pass of its own, since nearly every file ends in a line end."""
    end = len(text.rstrip())
    return [Edit(end, len(text), "", "space", "text_edge")] if end < len(text) else []


def tidy_space(text: str, knowledge: Knowledge) -> list[Edit]:
    """Give every line end as a newline, at most one blank line in a row, and no blanks at the ends of a line.

    Line ends at which a plain-text dump only broke its lines go as well.
    """
    joined = _apart_from_furniture(text, wrapped_line_ends(text), knowledge)
    first = len(text) - len(text.lstrip())
    edits = [Edit(0, first, "", "space", "text_edge")] if first else []
    # To look at line ends only is much faster, and enough for most texts.
    everywhere = joined or _has_other_ends(text, knowledge)
    for found in (_BLANKS if everywhere else _BLANKS_AFTER).finditer(text, first):
        run, start = found.group(), found.start()
        if start in joined:
            edits.append(Edit(start, found.end(), joined[start], "space", "wrapped_line"))
        elif run not in ("\n", "\n\n", " ") and (ends := list(_LINE_END.finditer(run))):
            edits += _line_break(run, start, ends)
    return edits


def _has_other_ends(text: str, knowledge: Knowledge) -> bool:
    """Whether a line ends in a blank, or in anything but a newline."""
    others = knowledge.kinds.places(text, BLANK | ODD_END)
    return any(text[at + 1 : at + 2] in ("", "\n") or text[at] in LINE_ENDS for at in others)


def _apart_from_furniture(text: str, joined: dict[int, str], knowledge: Knowledge) -> dict[int, str]:
    """The line ends between lines of the report: a line of a site, run into one, would take some of it along."""
    furniture = furniture_in(text, knowledge) if joined else set()
    if not furniture:
        return joined
    return {
        end: put
        for end, put in joined.items()
        if furniture.isdisjoint((line_around(text, end - 1).start, line_around(text, _behind(text, end)).start))
    }


def _behind(text: str, at: int) -> int:
    """Where what is no blank begins again."""
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _line_break(run: str, start: int, ends: list[re.Match[str]]) -> list[Edit]:
    """Make a run of blanks with line ends in it one or two newlines: those that are there are kept, the rest goes.

    Each character goes or stays for itself: an edit with a longer replacement could be cut by a later one.
    """
    edits, at = [], 0
    for end in ends[:2]:
        last = end.end() - 1
        if last > at:
            edits.append(Edit(start + at, start + last, "", "space", "line_end"))
        if run[last] != "\n":
            edits.append(Edit(start + last, start + last + 1, "\n", "space", "line_end"))
        at = last + 1
    if len(run) > at:
        edits.append(Edit(start + at, start + len(run), "", "space", "line_end"))
    return edits
