"""The report's own words at one end of a line that is a site's otherwise: nothing stands between the two.

A line without a stop is judged as one. Before it goes, both languages (likeness.py) are asked whether it reads better
as a report's line with a site's words behind it, or before it, than as a site's as a whole. What would then be the
report's is judged by itself: it stays only if nothing speaks for its being a site's.
"""

from __future__ import annotations

import re

import numpy as np

from pipeline.cleaning.amid import is_of_report
from pipeline.cleaning.classifier import Classifier
from pipeline.cleaning.features import Codes, codes_of
from pipeline.cleaning.inserts import CLEARER, END, START, logs_behind
from pipeline.cleaning.likeness import Languages, Numbers
from pipeline.records import Span

TWO = 6.0  # log-odds of a line being two
SHORTEST, LONGEST = 4, 160  # characters of a line that is asked of
GAP = re.compile(r"\S(?:\u3000|[^\S\n]{2,})\S")  # between the fields of a site's footer
_NUMERAL = "〇零○一二三四五六七八九"
_DATE = rf"(?:[12]\d{{3}}|[一二][{_NUMERAL}]{{3}})年[\d十{_NUMERAL}]{{1,2}}月[\d十{_NUMERAL}]{{1,3}}日"
_DATED = rf"(?:{_DATE}|[（(](?:{_DATE}|[12]\d{{3}}年\d{{1,2}}月)[)）])"
_BOOKED = r"[一-鿿]{2,12}：\d[\d,]*(?:\.\d+)?[万亿]元[；。]?"
_FIRST = re.compile(rf"{_DATED}(?=[^\s至到前后起])|{_BOOKED}")
_LAST = re.compile(rf"(?<=[^\s：:|｜/至到自从于在第]){_DATED}$")
"""The date of a signature: where a site writes one, it says of what, or there is a gap."""
_FIGURES = re.compile(r"\d%?(?:(?:\t| {2,})\d|[^\S\n]+\d[\d,]*(?:\.\d+%?|%)(?:[^\S\n]|$))|[一-鿿]：\d[\d.,]*[万亿]元")
"""Figures in columns and in accounts, which no site writes."""
_NAMED = re.compile(  # a site speaks of a report, or of its file
    r"[《“【][^《》“”【】\n]*[结告报案话划会料][》”】]|\.(?:docx?|pdf|pptx?|wps)(?![a-z])", re.IGNORECASE
)
_STANDS_ALONE = re.compile(r"(?![—–])(?:(?:\W*\w){5}|.{3,}[：；]$)", re.DOTALL)  # fewer letters would say nothing
_SAYS_MORE = re.compile(r"(?![—–])(?:(?:\W*\w){6}|.*\d)", re.DOTALL)  # … where it is not clear where the site's begin
_LEADS_ON = re.compile(r"[：:|｜、\s]$")  # behind what a site says, these tell that it goes on
_ITEM = re.compile(r"(?:(?<!\d)\d{1,2}[.．、]|[-–•·●○◆▲])\s*$")  # it goes with what stands behind it


def site_words_of(text: str, line: Span, classifier: Classifier) -> Span | None:
    """The words of a site in a line that goes: all of it, or those at one end of it; None where they are not told apart."""
    if not SHORTEST <= line.end - line.start <= LONGEST:
        return line
    if first := _FIRST.match(text, *line):
        return Span(first.end(), line.end)
    if last := _LAST.search(text, *line):
        return Span(line.start, last.start())
    if _FIGURES.search(text, *line):
        return None
    if GAP.search(text, *line) or _NAMED.search(text, *line):
        return line
    gains = _gains(codes_of(text[line.start : line.end]), classifier.evidence.languages)
    best = gains.max()
    if best < TWO:
        return line
    stands_first, at = np.unravel_index(int(gains.argmax()), gains.shape)
    edge = line.start + 2 + int(at)
    parts = Span(line.start, edge), Span(edge, line.end)
    words, rest = parts if stands_first else reversed(parts)
    said = text[rest.start : rest.end]
    is_clear = np.count_nonzero(gains > best - CLEARER) == 1
    if not (_STANDS_ALONE if is_clear else _SAYS_MORE).match(said):
        return line
    if not is_of_report(said, classifier):
        return line
    if stands_first and _ITEM.search(text, line.start, edge):
        return None
    if stands_first and _LEADS_ON.search(text, line.start, edge):
        return line
    return words if is_clear else None


def _gains(said: Codes, languages: Languages) -> Numbers:
    """How much better a line reads as two, by where it is cut: (the site's words behind, before; cuts)."""
    at = np.arange(2, len(said) - 1)
    start, end = np.full(len(at), START), np.full(len(at), END)
    up_to = np.cumsum(np.pad(languages.log_probabilities(said), ((0, 0), (1, 0))), axis=1)
    ends = [up_to[one, at] + logs_behind(languages, one, said[at - 2], said[at - 1], end)[:, 0] for one in (0, 1)]
    begins = [logs_behind(languages, one, start, start, said[at], said[at + 1]).sum(axis=1) for one in (0, 1)]
    behind = [begins[one] + up_to[one, -1] - up_to[one, at + 2] for one in (0, 1)]
    gains: Numbers = np.stack((ends[0] + behind[1], ends[1] + behind[0])) - up_to[1, -1]
    return gains
