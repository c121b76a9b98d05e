"""The times that a sentence is told with: its own, or the one that heads the sentence before: 到2014年，粮食增产8%；油料增产5%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from pipeline.language.periods import TimeMention, dates_of, resolve
from pipeline.metrics.times.adverbials import TimeWords, in_forecast, is_adverbial, is_bare, is_end
from pipeline.metrics.times.frames import Frame
from pipeline.metrics.times.sights import Sight
from pipeline.metrics.times.spans import is_month

_HEAD = 2
"""A time within so many characters of the head of a sentence heads it."""
_COUNTED_UP = re.compile(r"\s*据?[^，,。；]{0,4}(?:统计|核算|测算|预计|快报)[，,]?(?:截?[至止到]+)?")
"""What stands before a time that heads its sentence all the same: 初步统计，2016年."""
_LASTING = frozenset(("bare", "years", "plan", "lasting", "count", "monthspan", "tomonth", "quarters", "firstmonths"))
"""Times that go on to hold behind a ；."""
_STRETCHES = frozenset(("half", "quarter", "quarters", "monthspan", "firstmonths", "schoolyear"))
"""Times that are a part of a year and no single month."""
_SO_FAR = frozenset(("quarters", "monthspan", "firstmonths"))
"""Times that go on to hold behind a ； wherever they stand: 落实各项举措，1-9月实现总产值47亿元；零售额."""
_DAYS = frozenset(("day", "endmonth"))
_BY = ("前", "之前", "以前")
_SOON_OVER = timedelta(50)
"""What is counted up to a day so near to the end of what the report is on is that of all of it: 截至11月底, told of a year."""
_GOES_ON = re.compile("[ \u3000]*(?:[分从按][^，。；：\n]{1,8}[看分][，,：:]|其中)")
"""What opens a paragraph that goes on with the one before: 分产业看，."""
_SUMS = 12
"""Within so many characters a sentence says that it counts since long ago: 累计登记."""
_WITHIN = frozenset(("全年", "年内", "年初", "年末", "年底"))


def times_told(
    text: str, starts: Sequence[int], sights: Sequence[Sight], words: TimeWords
) -> list[Sequence[TimeMention]]:
    """The times of each sentence; where it follows a ； or begins with 其中, and nothing in it tells when, also the one before.

    That is the time which heads the words before: 从2011年到2014年，粮食增产8%；油料增产5%. Where it is the only one of its
    sentence, and tells some years or a part of one, it holds to the end of the paragraph: 一季度，立案31件。处罚企业18家.
    """
    out: list[Sequence[TimeMention]] = []
    lead: list[TimeMention] = []
    brief = False  # that time is a month, in which parts are told too, but not what follows a ；
    paragraph = -1
    on = False  # that time holds to the end of the paragraph
    opens = False  # ... and opens the paragraph, so that one which goes on with it has that time too
    for start, sight in zip(starts, sights, strict=True):
        own = sight.times
        behind = text[max(0, start - 2) : start].strip()[-1:] in ("；", ";")
        begins = sight.paragraph != paragraph
        on = on and (not begins or behind or (opens and _GOES_ON.match(text, start) is not None))
        on = on and not ("plan" in lead[0].groups and any(map(is_bare, own)))  # “十三五”末，…。五年投资6亿元
        paragraph, opens = sight.paragraph, opens and (on or not begins)
        part = text.startswith("其中", start)
        summed = on and _is_in_month(lead[0]) and text.find("累计", start, start + _SUMS) >= 0
        follows = part or (behind and not brief) or (on and not summed)
        when = (t for t in own if not is_bare(t) and is_adverbial(text, t) and not words.is_basis(text, t))
        first = next((t for t in when if not (on and text.endswith("其中", 0, t.start))), None)
        lead, brief = (lead if follows else []), brief and not part
        out.append([*lead, *own] if lead and first is None else own)
        if first is not None or not follows:
            heads = first is not None and (_heads(text, start, first) or _is_up_to(text, first))
            head = first if first is not None and (heads or _SO_FAR & first.groups.keys()) else None
            on = head is not None and heads and not behind and _holds_on(text, head, own, sight.frame, words)
            opens = on and begins
            lasts = on or (head is not None and _lasts(text, head))
            brief = head is not None and not lasts and head.groups.keys() >= {"month"} and "day" not in head.groups
            foreseen = head is not None and not behind and in_forecast(text, head.end) is not None
            if head and (foreseen or ((lasts or brief) and head.written not in _WITHIN)):
                lead = [head, *(time for time in own if time is not head and words.is_basis(text, time))]
            else:
                lead, on = [], False
    return out


def _lasts(text: str, mention: TimeMention) -> bool:
    """Whether a time goes on to hold behind a ；: a stretch, or a day up to which something is counted."""
    said = mention.groups.keys()
    counted = not said.isdisjoint(_DAYS) and is_end(text, mention)
    counted = counted or ("endmonth" in said and not text.startswith(_BY, mention.end))
    return not said.isdisjoint(_LASTING) or counted or _is_up_to(text, mention)


def _is_up_to(text: str, mention: TimeMention) -> bool:
    """截至6月10日, 截止11月份."""
    return "month" in mention.groups and text[max(0, mention.start - 2) : mention.start] in ("截至", "截止")


def _holds_on(text: str, mention: TimeMention, times: Sequence[TimeMention], frame: Frame, words: TimeWords) -> bool:
    """Whether a time holds for the sentences that follow: some years, or a part of the year, that its sentence alone tells of."""
    groups = mention.groups
    others = (t for t in times if t is not mention and is_adverbial(text, t) and not words.is_basis(text, t))
    if frame.planned or any(
        not text.startswith("同期", t.end) and not text.endswith(("其中", "预计"), 0, t.start) for t in others
    ):
        return False
    if "years" in groups or groups.keys() >= {"plan", "end"}:
        return True
    if "day" in groups and groups.keys() & {"today", "tomonth"} and frame.covered is not None:
        return True
    if _is_in_month(mention):
        monthly = _is_month(text, mention) and (frame.span is None or is_month(frame.span))
        return frame.covered is not None and (monthly or _ends_amid(text, mention, frame))
    if groups.keys().isdisjoint(_STRETCHES) or "day" in groups:
        return False
    period = resolve(mention, frame.year("actual"))
    return frame.span is None or dates_of(period) != dates_of(frame.span)


def _is_in_month(mention: TimeMention) -> bool:
    """8月, 8月底, 8月31日; not 5月到8月, 8月3日至5日."""
    return "month" in mention.groups and mention.groups.keys().isdisjoint(("tomonth", "today"))


def _is_month(text: str, mention: TimeMention) -> bool:
    """7月份，全县: a month that says when what follows was."""
    alone = mention.groups.keys().isdisjoint(_DAYS) and not is_end(text, mention)
    return alone and text[mention.end : mention.end + 1] in ("，", ",")


def _ends_amid(text: str, mention: TimeMention, frame: Frame) -> bool:
    """Whether what follows is counted up to the same day: 截至9月底，, told of a year; not 截至12月底，."""
    year = frame.year("actual")
    if year is None or not _is_up_to(text, mention):
        return False
    ends, last = dates_of(resolve(mention, year))[1], dates_of(frame.span or str(year))[1]
    return ends is not None and last is not None and ends + _SOON_OVER < last


def _heads(text: str, start: int, mention: TimeMention) -> bool:
    """Whether a time heads the sentence at `start`: 2016年, or 初步统计，2016年."""
    return mention.start - start <= _HEAD or _COUNTED_UP.fullmatch(text, start, mention.start) is not None
