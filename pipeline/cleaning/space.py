"""Pass: white space. Paragraphs stay; indents, trailing blanks, further blank lines and odd line ends go."""

from __future__ import annotations

import re

from pipeline.cleaning.knowledge import Knowledge
from pipeline.cleaning.wrapped import wrapped_line_ends
from pipeline.records import Edit

_BLANKS = re.compile(r"\s+")
_BLANKS_AFTER = re.compile(r"\n\s+")
_ODD_LINE_ENDS = "\r\v\f\x85\u2028\u2029"
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


def tidy_space(text: str, knowledge: Knowledge) -> list[Edit]:
    """Give every line end as a newline, at most one blank line in a row, and no blanks at the ends of a line.

    Line ends at which a plain-text dump only broke its lines go as well.
    """
    joined = wrapped_line_ends(text)
    edits = []
    everywhere = (  # looking at line ends only is much faster, and enough for most texts
        joined
        or text[:1].isspace()
        or any(line[-1:].isspace() for line in text.split("\n"))
        or any(end in text for end in _ODD_LINE_ENDS)
    )
    for found in (_BLANKS if everywhere else _BLANKS_AFTER).finditer(text):
        run, start, end = found.group(), found.start(), found.end()
        if run in ("\n", "\n\n", " ") and start > 0 and end < len(text) and start not in joined:
            continue
        ends = list(_LINE_END.finditer(run))
        if start == 0 or end == len(text):
            edits.append(Edit(start, end, "", "space", "text_edge"))
        elif start in joined:
            edits.append(Edit(start, end, joined[start], "space", "wrapped_line"))
        elif ends:
            edits += _line_break(run, start, ends)
    return edits


def _line_break(run: str, start: int, ends: list[re.Match[str]]) -> list[Edit]:
    """Make a run of blanks with line ends in it one or two newlines: what is there already is kept, the rest goes."""
    wanted = "\n" if len(ends) == 1 else "\n\n"
    at = run.find(wanted)
    if at < 0:
        return [Edit(start, start + len(run), wanted, "space", "line_end")]
    around = [(start, start + at), (start + at + len(wanted), start + len(run))]
    return [Edit(first, last, "", "space", "line_end") for first, last in around if last > first]
