"""Pass: full-width digits, letters and number signs; nothing else is normalised."""

from __future__ import annotations

import re

from pipeline.cleaning.knowledge import Knowledge
from pipeline.language.widths import fold_width
from pipeline.records import Edit

_FULL = re.compile(r"[０-９Ａ-Ｚａ-ｚ％．＋－／]+")
_TO_FOLD = re.compile(r"(?:[０-９Ａ-Ｚａ-ｚ]|(?<=[0-9０-９])[％．＋－／]|[％．＋－／](?=[0-9０-９]))+")


def fold_widths(text: str, knowledge: Knowledge) -> list[Edit]:
    """Write full-width digits and letters, and ％．＋－／ beside digits, as half-width.

    Typists mix both (``增长５．２%``). Chinese punctuation stays: NFKC would turn it into ASCII and destroy the text.
    """
    return [
        Edit(found.start(), found.end(), fold_width(found.group()), "normalised", "full_width")
        for run in _FULL.finditer(text)
        for found in _TO_FOLD.finditer(text, run.start(), run.end() + 1)
    ]
