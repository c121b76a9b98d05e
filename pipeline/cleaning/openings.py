"""The report's own words in a stretch that is a site's as a whole: nothing says where one stops and the other begins.

Both languages (likeness.py) tell them: words that a report would write far rather than a site, many in a row.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features import Codes
from pipeline.cleaning.inserts import CLEARER, END, START, logs_behind
from pipeline.cleaning.likeness import Languages, Numbers
from pipeline.language.widths import among

OWN = 15.0  # log-odds by which the first characters of a sentence are the report's …
ALL = 30.0  # … or as good as all of them
PUT_IN = 10.0  # … and by which what follows the first is a site's
READS_ON = 7.0  # how much better the report has to read on behind them
BEFORE, BEHIND = 12, 4  # characters around the end of the first, where the site's may begin
SHORTEST = 4  # characters of a sentence that may be two
_LINE_END = ord("\n")
_CHINESE = among(map(chr, range(0x4E00, 0xA000)))
_NAMED = among("《》【】[]「」")  # what stands in these is the title of a report that a site speaks of …
_TITLE_END, _QUOTE = among("结告报案话划会料"), ord("”")  # … and in quotes what ends like one


def opening_of(said: Codes, start: int, end: int, languages: Languages) -> int | None:
    """Where the site's words begin in a sentence: at its start, or behind words of the report, with no stop between.

    None where it is the report's as a whole, or the site's begin behind words of it and it is not clear which is the
    last of them, or the report does not go on behind the sentence.
    """
    if end - start < SHORTEST or not _CHINESE[said[start:end]].any():
        return start
    more, site = _gained(said[start:end], languages)
    lowest = int(more[:-2].argmin())
    own, put_in = -more[lowest], more[lowest:].max() - more[lowest]
    if put_in < PUT_IN or _names_report(said[start:end], lowest):
        return start if put_in >= PUT_IN or more[-1] > -ALL else None
    at = np.arange(max(lowest - BEFORE, 1), min(lowest + BEHIND, end - start - 2))
    around = _line_codes(said, start, end)
    if not len(at) or around is None:
        return None if own >= OWN else start
    gain = _gains(np.append(0, at), said[start:end], around, (more, site), languages)
    whole, *behind = gain.tolist()
    *_, second, best = float("-inf"), *sorted(behind)
    if best - whole < READS_ON:
        return None if own >= OWN else start
    return start + int(at[behind.index(best)]) if best - second >= CLEARER else None


def _line_codes(said: Codes, start: int, end: int) -> tuple[Codes, Codes] | None:
    """The two characters before a sentence and behind it in the same line; None where nothing stands behind it."""
    if end >= len(said) or said[end] == _LINE_END:
        return None
    before = said[max(start - 2, 0) : start]
    before = before[np.flatnonzero(before == _LINE_END)[-1] + 1 :] if (before == _LINE_END).any() else before
    behind = said[end : end + 2]
    return (
        np.append(np.full(2 - len(before), START), before),
        np.append(behind, END) if len(behind) < 2 or behind[1] == _LINE_END else behind,
    )


def _gains(
    at: NDArray[np.intp],
    said: Codes,
    around: tuple[Codes, Codes],
    likely: tuple[Numbers, Numbers],
    languages: Languages,
) -> Numbers:
    """How well a line reads if a site's sentence begins at each of some places within a sentence, and the report goes on."""
    before, behind = around
    more, site = likely
    nothing = np.full(len(at), START)
    begins = logs_behind(languages, 1, nothing, nothing, said[at], said[at + 1]).sum(axis=1)
    whole = np.append(before, said)
    goes_on = (np.full(len(at), behind[0]), np.full(len(at), behind[1]))
    seams = logs_behind(languages, 0, whole[at], whole[at + 1], *goes_on).sum(axis=1)
    gains: Numbers = begins - site[at] - site[at + 1] - more[at] + seams
    return gains


def _names_report(said: Codes, first: int) -> bool:
    """Whether the title of a report stands in the first characters of a stretch, or reaches out of them."""
    quoted = said[: first + BEFORE]
    return bool(_NAMED[said[:first]].any() or (_TITLE_END[quoted[:-1]] & (quoted[1:] == _QUOTE)).any())


def _gained(said: Codes, languages: Languages) -> tuple[Numbers, Numbers]:
    """Log-odds of being a site's up to each character, and how likely each is where it is one's."""
    report, site = languages.log_probabilities(said)[:, :-1]
    return np.append(0.0, np.cumsum(site - report)), site
