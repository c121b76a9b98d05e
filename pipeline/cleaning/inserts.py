"""What a site put into the middle of a sentence without a sign: where a report does not go on so, and a site does.

Pairs of characters that sites write and reports do not stand close together there. Where they do, both languages
(likeness.py) are asked which stretch is best read as a site's, so that what is left reads on as a report's. Nothing is
decided here: a stretch found is weighed like any other part of a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.features import Codes, pair_hashes
from pipeline.cleaning.fragments import CLOSERS, OPENERS
from pipeline.cleaning.likeness import Languages, Numbers
from pipeline.language.widths import among

BITS = 20
UNSEEN_COUNT = 0.3  # what is added to the counts of a pair
HALF, MOST = 0.5, 15  # log-odds are stored in halves, so many at most: eight of them fit in one byte
PEAK = 37  # halves of log-odds of eight pairs in a row that few places in a report reach
APART = 16  # characters between two such places that may belong to one stretch
REACH = 10  # characters on either side of them that may belong to it
LONGEST = 64  # characters that are looked at
LIKELY = 15.0  # log-odds of characters in a row below which no stretch is looked for
LEAST, CLEARER = 20.0, 4.0  # log-odds of a stretch, and how much better it has to be than any other
TRIED = 32  # stretches of which it is asked how the report would go on without them
_SHIFT = np.uint32(32 - BITS)
START, END = 0, 1  # codes of what stands around a stretch
_BRACKETS = among(f"{OPENERS}{CLOSERS}|｜")  # within a stretch they may have the report's own words around them

Odds = NDArray[np.int8]


def pair_odds(report: Iterable[Codes], site: Iterable[Codes]) -> Odds:
    """Log-odds of each pair of characters being a site's, by its hash."""
    counts = [
        np.bincount(np.concatenate([pair_hashes(said) for said in side]) >> _SHIFT, minlength=1 << BITS)
        for side in (report, site)
    ]
    logs = [np.log((count + UNSEEN_COUNT) / count.sum()) for count in counts]
    odds: Odds = np.round((logs[1] - logs[0]) / HALF).clip(-MOST, MOST).astype(np.int8)
    return odds


def odds_of(odds: Odds, hashes: Codes) -> Odds:
    """Log-odds of each pair of a text."""
    found: Odds = odds.take(hashes >> _SHIFT, mode="clip")
    return found


def peaks_of(sums: Odds) -> list[tuple[int, int]]:
    """First and last place of each group of places from which eight pairs in a row are a site's, by their log-odds."""
    for width in (1, 2, 4):
        sums = sums[:-width] + sums[width:]
    at = np.flatnonzero(sums > PEAK)
    if not len(at):
        return []
    cuts = np.flatnonzero(np.diff(at) > APART)
    return list(zip(at[np.append(0, cuts + 1)].tolist(), (at[np.append(cuts, len(at) - 1)] + 9).tolist(), strict=True))


def insert_at(said: Codes, first: int, last: int, languages: Languages) -> tuple[int, int] | None:
    """Start and end of what a site put into a line around two places in it, where there clearly is something.

    Something of the line has to stand on either side.
    """
    low, high = max(first - REACH, 2), min(last + REACH, len(said) - 2, first - REACH + LONGEST)
    if high - low < 2 or _BRACKETS[said[first:last]].any():
        return None
    report, site = languages.log_probabilities(said[low - 2 : high + 2])[:, 2:-1]
    more = np.append(0, np.cumsum(site - report))
    if (more - np.minimum.accumulate(more)).max() < LIKELY:
        return None
    found = sorted(_readings(said, low, high, languages, np.append(0, np.cumsum(report)), site), reverse=True)[:2]
    best, start, end = found[0]
    clear = best >= LEAST and best - found[1][0] >= CLEARER and not _BRACKETS[said[start + 1 : end - 1]].any()
    return (start, end) if clear else None


def _readings(
    said: Codes, low: int, high: int, languages: Languages, report: Numbers, site: Numbers
) -> Iterator[tuple[float, int, int]]:
    """How much better the text reads if a stretch of it is a site's, of the likeliest stretches."""
    size = high - low
    starts = np.arange(size - 1)
    here, after = said[low : high - 1], said[low + 1 : high]
    begin = logs_behind(languages, 1, np.full(size - 1, START), np.full(size - 1, START), here, after)
    finish = logs_behind(languages, 1, here, after, np.full(size - 1, END))[:, 0]
    run = np.append(0, np.cumsum(site[:size]))
    gain = run[None, 2 : size + 1] - run[starts + 2, None] + finish[None, :] + begin.sum(axis=1)[:, None]
    gain -= report[None, 2 : size + 1] - report[starts, None]
    gain[np.tri(size - 1, k=-1, dtype=bool)] = -np.inf  # an end before its start
    tried = np.argpartition(gain, -min(TRIED, gain.size), axis=None)[-TRIED:]
    first, last = np.unravel_index(tried, gain.shape)
    first, last = first + low, last + low + 2
    seams = logs_behind(languages, 0, said[first - 2], said[first - 1], said[last], said[last + 1]).sum(axis=1)
    was = report[last - low + 2] - report[last - low]
    yield from zip((gain.ravel()[tried] + seams - was).tolist(), first.tolist(), last.tolist(), strict=True)


def logs_behind(languages: Languages, language: int, *said: NDArray[np.generic]) -> Numbers:
    """Logarithms of the probability of the characters behind the first two, of many rows of three or four."""
    rows = np.stack(said, axis=1).astype(np.uint32)
    logs: Numbers = languages.log_probabilities(rows.ravel())[language, :-1]
    return logs.reshape(rows.shape)[:, 2:]
