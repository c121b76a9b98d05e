"""Apply edits to a text, compose passes of edits, and keep the way back to the source.

A pass proposes edits on the text as the passes before it left it. `compose` carries them back to offsets of the
source, so that in the end one list of disjoint edits says all that was done. An outer edit absorbs the inner ones.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

from pipeline.records import CleanText, Edit, Piece


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Give `text` with the sorted, disjoint `edits` done.

    >>> apply_edits("D建##x##设", [Edit(0, 1, "党", "restored", "r"), Edit(2, 7, "", "markup", "m")])
    '党建设'
    """
    out: list[str] = []
    at = 0
    for edit in edits:
        if edit.start < at or edit.end < edit.start or edit.end > len(text):
            raise ValueError(f"edits overlap or leave the text at {edit.start}..{edit.end} ({edit.rule})")
        out += text[at : edit.start], edit.replacement
        at = edit.end
    out.append(text[at:])
    return "".join(out)


def settle(edits: Iterable[Edit]) -> list[Edit]:
    """Sort the edits of one pass and drop those that overlap an earlier-starting, longer one.

    >>> [e.rule for e in settle([Edit(2, 4, "", "markup", "inner"), Edit(0, 9, "", "advert", "outer")])]
    ['outer']
    """
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if edit.end > edit.start and (not kept or edit.start >= kept[-1].end):
            kept.append(edit)
    return kept


def pieces_of(source: str, edits: Sequence[Edit]) -> tuple[Piece, ...]:
    """The runs of the clean text, each with the stretch of the source that it stands for."""
    pieces, clean, at = [], 0, 0
    for edit in edits:
        if edit.start > at:
            pieces.append(Piece(clean, at, edit.start, True))
            clean += edit.start - at
        if edit.replacement:
            pieces.append(Piece(clean, edit.start, edit.end, False))
            clean += len(edit.replacement)
        at = edit.end
    if at < len(source):
        pieces.append(Piece(clean, at, len(source), True))
    return tuple(pieces)


def to_sources(clean: CleanText, starts: Sequence[int], ends: Sequence[int]) -> tuple[list[int], list[int]]:
    """Starts and ends in the source of stretches of a clean text, none of them empty: `CleanText.to_source` of many.

    >>> to_sources(clean_text("a##b", [Edit(1, 3, "", "markup", "x")]), (0, 1), (2, 2))
    ([0, 3], [4, 4])
    """
    import numpy as np

    if not starts:
        return [], []
    begins, source_starts, source_ends, kept = np.array(clean.pieces).T
    first = np.searchsorted(begins, starts, "right") - 1
    last = np.searchsorted(begins, ends, "left") - 1
    in_source = source_starts[first] + kept[first] * (starts - begins[first])
    to_source = np.where(kept[last], source_starts[last] + ends - begins[last], source_ends[last])
    return in_source.tolist(), to_source.tolist()


def clean_text(source: str, edits: Sequence[Edit], warning: str | None = None) -> CleanText:
    """Build the clean text of `source` from its composed edits."""
    pieces = pieces_of(source, edits)
    return CleanText(apply_edits(source, edits), source, tuple(edits), pieces, tuple(p.start for p in pieces), warning)


def compose(source: str, done: Sequence[Edit], edits: Sequence[Edit]) -> list[Edit]:
    """Carry `edits`, made on the text that `done` gave, back to the source and lay them over `done`.

    Inner edits that a new one covers are absorbed. Where a new edit cuts a replacement of more than one character,
    what it leaves of that replacement becomes part of its own.
    """
    if not edits:
        return list(done)
    if not done:
        return list(edits)
    pieces = pieces_of(source, done)
    starts = [p.start for p in pieces]
    put = {e.start: e.replacement for e in done if e.replacement}
    carried: list[Edit] = []
    for edit in _join_within_replacements(edits, pieces, starts, put):
        first = pieces[bisect_right(starts, edit.start) - 1]
        last = pieces[bisect_right(starts, edit.end - 1) - 1]
        start, end, text = first.source_start, last.source_end, edit.replacement
        if first.kept:
            start += edit.start - first.start
        else:
            text = put[start][: edit.start - first.start] + text
        if last.kept:
            end = last.source_start + edit.end - last.start
        else:
            text += put[last.source_start][edit.end - last.start :]
        kind = "restored" if text and not edit.replacement else edit.kind
        carried.append(Edit(start, end, text, kind, edit.rule, edit.score))
    return _lay_over(done, carried)


def _join_within_replacements(
    edits: Sequence[Edit], pieces: Sequence[Piece], starts: Sequence[int], put: dict[int, str]
) -> list[Edit]:
    """Make one edit of those that cut the same replacement, so that each has source characters of its own."""
    joined: list[Edit] = []
    for edit in edits:
        if joined:
            before, piece = joined[-1], pieces[bisect_right(starts, edit.start) - 1]
            if not piece.kept and before.end > piece.start:
                between = put[piece.source_start][before.end - piece.start : edit.start - piece.start]
                text = before.replacement + between + edit.replacement
                joined[-1] = Edit(before.start, edit.end, text, edit.kind, edit.rule, edit.score)
                continue
        joined.append(edit)
    return joined


def _lay_over(done: Sequence[Edit], carried: list[Edit]) -> list[Edit]:
    """The union of two lists of edits on the source, less those of `done` that a carried one covers."""
    out: list[Edit] = []
    at = 0
    for edit in done:
        while at < len(carried) and carried[at].end <= edit.start:
            at += 1
        if at == len(carried) or not (carried[at].start <= edit.start and edit.end <= carried[at].end):
            out.append(edit)
    return sorted(out + carried, key=attrgetter("start"))
