"""The table of passes, and the cleaner that runs them until nothing changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice, pairwise

from pipeline.cleaning.adverts import remove_adverts
from pipeline.cleaning.classifier import Classifier
from pipeline.cleaning.disguises import restore_disguises
from pipeline.cleaning.imprints import remove_imprints
from pipeline.cleaning.knowledge import Knowledge, compile_knowledge
from pipeline.cleaning.markdown import remove_markdown
from pipeline.cleaning.markup import remove_markup, restore_entities
from pipeline.cleaning.profile import EMPTY_PROFILE, Profile
from pipeline.cleaning.space import tidy_space, trim_end
from pipeline.cleaning.spaced import close_up
from pipeline.cleaning.width import fold_widths
from pipeline.offsets import apply_edits, clean_text, compose, settle
from pipeline.records import CleanText, Edit
from pipeline.rules import Rules

MUCH = 0.15  # share of the characters whose removal a reader should know of
ROUNDS = 12  # a real text needs two; bounds what nested tags can cost

CLEANERS: dict[str, Callable[[str, Knowledge], list[Edit]]] = {
    "end": trim_end,
    "imprints": remove_imprints,
    "widths": fold_widths,
    "markdown": remove_markdown,
    "spaced": close_up,
    "space": tidy_space,
    "markup": remove_markup,
    "entities": restore_entities,
    "disguises": restore_disguises,
    "adverts": remove_adverts,
}


class Cleaner:
    """Takes out of a text what its author did not write, and says of each stretch which rule took it.

    >>> clean = Cleaner(Rules()).clean("D建工作##paidbegin##总结")
    >>> clean.text, [removal.rule for removal in clean.removals]
    ('党建工作总结', ['doubled_signs'])

    Without a `classifier` only rules decide.
    """

    def __init__(self, rules: Rules, profile: Profile = EMPTY_PROFILE, classifier: Classifier | None = None) -> None:
        self._knowledge = compile_knowledge(rules, profile, classifier)

    def clean(self, text: str) -> CleanText:
        """Run the passes in order, again and again until the text stands still, and compose their edits."""
        done: list[Edit] = []
        current, still = text, 0
        for find_edits in islice(cycle(CLEANERS.values()), ROUNDS * len(CLEANERS)):
            if edits := settle(find_edits(current, self._knowledge)):
                done = compose(text, done, _apart(edits, done))
                current, still = apply_edits(current, edits), 0
            elif (still := still + 1) == len(CLEANERS):
                break
        return clean_text(text, done, _warning(text, done))


def _apart(edits: list[Edit], done: list[Edit]) -> list[Edit]:
    """Split edits of white space where something was removed within them, so that they do not absorb the removal."""
    seams, shift = [], 0  # where the removals of `done` stand in the text as it is now
    for edit in done:
        if not edit.replacement and edit.kind != "space":
            seams.append(edit.start + shift)
        shift += len(edit.replacement) - (edit.end - edit.start)
    if not seams:
        return edits
    apart = []
    for edit in edits:
        inner = seams[bisect_right(seams, edit.start) : bisect_left(seams, edit.end)] if edit.kind == "space" else []
        if not inner:
            apart.append(edit)
            continue
        for start, end in pairwise([edit.start, *sorted(set(inner)), edit.end]):
            put = edit.replacement if start == edit.start else ""
            apart.append(replace(edit, start=start, end=end, replacement=put))
    return apart


def _warning(source: str, edits: list[Edit]) -> str | None:
    """A sentence for the reader where much of a text went: it may be more site than report."""
    removed = [e for e in edits if e.kind not in ("restored", "normalised", "space")]
    gone = sum(len("".join(source[e.start : e.end].split())) for e in removed)
    if not gone or gone <= MUCH * len("".join(source.split())):
        return None
    return f"{gone} characters, more than {MUCH:.0%} of the text, were removed as adverts, markers or site furniture."
