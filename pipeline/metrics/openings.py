"""What the opening of a report says that all of it is on: 现将截至8月25日的情况报告如下, 2017年3月至8月，…现总结如下."""

from __future__ import annotations

import re

from pipeline.language.periods import TimeMention, find_times, resolve, year_of
from pipeline.metrics.frames import Frame
from pipeline.metrics.spans import MONTHS
from pipeline.records import Facts

_OPENING = 400
"""So many characters of a text open it."""
_AS_FOLLOWS = re.compile(
    "现(?:就|将|把)?(?P<what>[^，。；\n]{0,50}?)(?:总结|小结|汇报|报告|通报|情况)[^。；，\n]{0,8}如下"
)


def span_opened(text: str, facts: Facts) -> str | None:
    """The part of a year that a report says at its head to be on; None where it says none, or another year than its own."""
    follows = _AS_FOLLOWS.search(text, 0, _OPENING)
    if follows is None:
        return None
    begins = max(text.rfind(mark, 0, follows.start()) for mark in "。；\n") + 1
    times = find_times(text, 0, follows.end())
    year = facts.year_covered
    for mention in times:
        written = year_of(mention.written, None) if mention.written else None
        year = written or year
        if mention.start < begins or not (MONTHS & mention.groups.keys()):
            continue
        within = mention.start >= follows.start("what")
        heads = not text[begins : mention.start].strip(" \u3000在自从") and _is_stretch(mention)
        period = resolve(mention, year) if within or heads else None
        if period and (facts.year_covered is None or period.startswith(str(facts.year_covered))):
            return period
    return None


def opened(frame: Frame, span: str | None) -> Frame:
    """The frame of a section of a report whose opening says that it is on `span`."""
    if span is None or frame.span is not None:
        return frame
    if frame.covered is None:
        year = int(span[:4])
        return frame._replace(span=span, covered=year, spoken=year, open=False, said=None, only=None, years=())
    return frame._replace(span=span)


def _is_stretch(mention: TimeMention) -> bool:
    """2017年3月至8月; not the day on which a flood came."""
    return not mention.groups.keys() & {"day"} and ("month" not in mention.groups or "tomonth" in mention.groups)
