"""Pass: full-width digits, letters and number signs; nothing else is normalised."""

from __future__ import annotations

import re

from pipeline.cleaning.kinds import FULL_WIDTH
from pipeline.cleaning.knowledge import Knowledge
from pipeline.language.widths import fold_width
from pipeline.records import Edit

_SIGN = re.compile(r"(?<![0-9０-９])[％．＋－／](?![0-9０-９])")


def fold_widths(text: str, knowledge: Knowledge) -> list[Edit]:
    """Write full-width digits and letters, and ％．＋－／ beside digits, as half-width.

    Typists mix both (``增长５．２%``). Chinese punctuation stays: NFKC would turn it into ASCII and destroy the text.
    """
    runs: list[list[int]] = []
    for at in knowledge.kinds.places(text, FULL_WIDTH):
        if _SIGN.match(text, at):
            continue
        if runs and runs[-1][1] == at:
            runs[-1][1] = at + 1
        else:
            runs.append([at, at + 1])
    return [Edit(start, end, fold_width(text[start:end]), "normalised", "full_width") for start, end in runs]
