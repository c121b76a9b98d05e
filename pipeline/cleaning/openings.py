"""The report's own words in a stretch that is a site's as a whole: nothing says where one stops and the other begins.

Both languages (likeness.py) tell them: words that a report would write far rather than a site, many in a row.
"""

from __future__ import annotations

import numpy as np

from pipeline.cleaning.features import Codes
from pipeline.cleaning.inserts import CLEARER, START, logs_behind
from pipeline.cleaning.likeness import Languages, Numbers
from pipeline.language.widths import among

OWN = 15.0  # log-odds by which the first characters of a sentence are the report's …
ALL = 30.0  # … or all of them
PUT_IN = 10.0  # … and by which what follows the first is a site's
BEFORE, BEHIND = 12, 4  # characters around the end of the first, where the site's may begin
SHORTEST = 4  # characters of a sentence that may be two
_NAMED = among("《》【】[]「」")  # what stands in these is the title of a report that a site speaks of …
_TITLE_END, _QUOTE = among("结告报案话划会料"), ord("”")  # … and in quotes what ends like one


def is_of_site(said: Codes, start: int, end: int, languages: Languages) -> bool:
    """Whether a sentence is a site's from its first word to its last."""
    return opening_of(said, start, end, languages) == start and _gained(said[start:end], languages)[0][-1] > -ALL


def opening_of(said: Codes, start: int, end: int, languages: Languages) -> int | None:
    """Where the site's words begin in a sentence: at its start, or behind words of the report, with no stop between.

    None where they begin behind such words and it is not clear which is the last of them.
    """
    if end - start < SHORTEST:
        return start
    more, site = _gained(said[start:end], languages)
    lowest = int(more[:-2].argmin())
    own, gained = -more[lowest], more[lowest:].max() - more[lowest]
    if own < OWN or gained < PUT_IN or _names_report(said[start:end], lowest):
        return start
    at = np.arange(max(lowest - BEFORE, 2), min(lowest + BEHIND, end - start - 2))
    if len(at) < 2:
        return None
    place, nothing = at + start, np.full(len(at), START)
    begins = logs_behind(languages, 1, nothing, nothing, said[place], said[place + 1]).sum(axis=1)
    gain = begins - site[at] - site[at + 1] - more[at]
    if end + 1 < len(said):
        behind = (np.full(len(at), said[end]), np.full(len(at), said[end + 1]))
        gain += logs_behind(languages, 0, said[place - 2], said[place - 1], *behind).sum(axis=1)
    second, best = gain.argsort()[-2:]
    return int(place[best]) if gain[best] - gain[second] >= CLEARER else None


def _names_report(said: Codes, first: int) -> bool:
    """Whether the title of a report stands in the first characters of a stretch, or reaches out of them."""
    quoted = said[: first + BEFORE]
    return bool(_NAMED[said[:first]].any() or (_TITLE_END[quoted[:-1]] & (quoted[1:] == _QUOTE)).any())


def _gained(said: Codes, languages: Languages) -> tuple[Numbers, Numbers]:
    """Log-odds of being a site's up to each character, and how likely each is where it is one's."""
    report, site = languages.log_probabilities(said)[:, :-1]
    return np.append(0.0, np.cumsum(site - report)), site
