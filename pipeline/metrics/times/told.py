"""The times that a sentence is told with: its own, or the one that heads the sentence before: 到2014年，粮食增产8%；油料增产5%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.periods import TimeMention
from pipeline.metrics.times.adverbials import TimeWords, is_adverbial, is_bare, is_end

_HEAD = 2
"""A time within so many characters of the head of a sentence heads it."""
_COUNTED_UP = re.compile(r"\s*据?[^，,。；]{0,4}(?:统计|核算|测算|预计|快报)[，,]?(?:截?[至止到]+)?")
"""What stands before a time that heads its sentence all the same: 初步统计，2016年."""
_LASTING = frozenset(("bare", "years", "plan", "lasting", "count", "monthspan", "tomonth", "quarters", "firstmonths"))
"""Times that go on to hold behind a ；."""
_DAYS = frozenset(("day", "endmonth"))
_WITHIN = frozenset(("全年", "年内", "年初", "年末", "年底"))


def times_told(
    text: str, starts: Sequence[int], times: Sequence[Sequence[TimeMention]], words: TimeWords
) -> list[Sequence[TimeMention]]:
    """The times of each sentence; where it follows a ； or begins with 其中, and nothing in it tells when, also the one before.

    That is the time which heads the words before: 从2011年到2014年，粮食增产8%；油料增产5%.
    """
    out: list[Sequence[TimeMention]] = []
    lead: list[TimeMention] = []
    brief = False  # that time is a month, in which parts are told too, but not what follows a ；
    for start, own in zip(starts, times, strict=True):
        part = text.startswith("其中", start)
        follows = part or (text[max(0, start - 1) : start] in ("；", ";") and not brief)
        when = (t for t in own if not is_bare(t) and is_adverbial(text, t) and not words.is_basis(text, t))
        first = next(when, None)
        lead, brief = (lead if follows else []), brief and not part
        out.append([*lead, *own] if lead and first is None else own)
        if first is not None or not follows:
            head = first if first is not None and _heads(text, start, first) else None
            lasts = head is not None and (
                head.groups.keys() & _LASTING or (head.groups.keys() & _DAYS and is_end(text, head))
            )
            brief = head is not None and not lasts and head.groups.keys() >= {"month"} and "day" not in head.groups
            if (lasts or brief) and head and head.written not in _WITHIN:
                lead = [head, *(time for time in own if time is not head and words.is_basis(text, time))]
            else:
                lead = []
    return out


def _heads(text: str, start: int, mention: TimeMention) -> bool:
    """Whether a time heads the sentence at `start`: 2016年, or 初步统计，2016年."""
    return mention.start - start <= _HEAD or _COUNTED_UP.fullmatch(text, start, mention.start) is not None
