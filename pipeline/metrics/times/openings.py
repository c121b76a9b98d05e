"""What the opening of a report says that all of it is on: 现将截至8月25日的情况报告如下, 2017年3月至8月，…现总结如下.

A monthly report, too, may be on all of the year so far: 2024年3月经济运行情况, and behind it 一季度，全县.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.language.clauses import begin_of
from pipeline.language.periods import WRITTEN_YEAR, YEAR_TOLD, TimeMention, dates_of, find_times, resolve, year_of
from pipeline.metrics.times.frames import Frame
from pipeline.metrics.times.spans import MONTHS, is_month, span_of_report
from pipeline.records import Facts, Section

_OPENING = 400
"""So many characters of a text open it."""
_AS_FOLLOWS = re.compile(
    "现(?:就|将|把)?(?P<what>[^，。；\n]{0,50}?)(?:总结|小结|汇报|报告|通报|情况)[^。；，\n]{0,8}如下"
)
_PART = re.compile("前三季度|[上下]半年|第?[一二三四]季度|(?<![0-9])1[-—－–~～至到]{1,2}(?:1[01]|[2-9])月")
"""A part of a year."""
_COMPARED = re.compile("[比较](?:去年)?$")
_OFTEN = 3
"""So often a text without a title says the part of a year that it is on."""
_COUNTED_UP = re.compile(r"\s*(?:据?[^，,。；\n]{0,8}(?:统计|核算|测算|预计|快报)[，,]?)?\s*")
"""What may stand before the time that heads a sentence: 初步核算，一季度."""
_YEAR = len("2021年")
_WHOLE_YEAR = re.compile(rf"(?:{WRITTEN_YEAR})年")
_ANY_YEAR = 2000
_WINTER = re.compile("去冬今春|一冬春")
"""The works of a winter, which begins in one year and ends in the next."""
_FIVE_YEARS = re.compile("(?:以来的?|这|过去的?)五年|五年(?:来|间)[，是]")
"""What the opening of a report to a congress elected anew speaks of."""
_CONGRESS = re.compile(
    r"[向在][^，。\n]{2,40}第[一二三四五六七八九十]{1,3}次[^，。\n届第]{0,8}(?:代表大?会|党代会)(?:上|作|的|[（(]|\s)"
)
"""To whom such a report is given."""

_BRACKETED = re.compile(r"(?:^|\n|年度|总结|报告|情况|汇报)[ \u3000]*[（(]([^（）()\n]{8,30})[）)]")
"""What a report is on, in brackets below its title or beside it: （2008年10月1日至2009年9月30日）."""
_TO_DATE = re.compile(
    r"截[至止]到?(?:目前|当前|(?:(?P<year>今|(?:19|20)\d\d)年)?(?:1[01]|[1-9]|十一?|[一二三四五六七八九])月)"
)
_DAY = "(?:[0-9]{1,2}|[一二三十]{1,3})日"
_LATE = re.compile(
    rf"[（(—－-][ \u3000]*(?P<beside>{WRITTEN_YEAR})年(?:12|十二)月"
    rf"|(?:^|\n)[ \u3000]*(?P<line>{WRITTEN_YEAR})年(?:12|十二)月(?:{_DAY})?[ \u3000]*(?=\n|在)"
)
"""The day in December on which a report is given: （2022年12月20日）, ——2022年12月20日在, or in a line of its own."""
_BELOW, _ABOVE = 300, 40
"""So many characters at the head and at the foot of a text that day stands in."""


def given_late(text: str, facts: Facts) -> bool:
    """Whether a report is given in December of the year that it is on, so that what it plans is for the year after."""
    year = facts.year_covered
    if year is None or facts.year_delivered != year:
        return False
    said = f"{facts.title or ''}\n{text[:_BELOW]}\n{text[-_ABOVE:].rstrip()}\n"
    return any(year_of(match["beside"] or match["line"], None) == year for match in _LATE.finditer(said))


def counts_to_date(text: str, facts: Facts) -> bool:
    """Whether a report counts up to a day before the end of the year that it is on, 截至10月底, and so is given in that year."""
    year = facts.year_covered
    if year is None or (facts.year_delivered or year) > year:
        return False
    return any(match["year"] in (None, "今", str(year)) for match in _TO_DATE.finditer(text))


def era_opened(text: str, outline: Sequence[Section], facts: Facts) -> tuple[int, int] | None:
    """The five years that a report of a government or to a congress says before its first section to be on."""
    if facts.year_covered is None:
        return None
    if facts.report_type != "government_work_report" and not _is_to_congress(text, facts):
        return None
    begins, ends = next(((s.heading_end, t.start) for s, t in pairwise(outline) if t.level), (0, 0))
    if not ends and facts.report_type != "government_work_report":
        begins, ends = outline[0].heading_end, len(text)  # a report without headings
    five = _FIVE_YEARS.search(text, begins, min(ends, begins + _OPENING))
    return (facts.year_covered - 4, facts.year_covered) if five else None


def _is_to_congress(text: str, facts: Facts) -> bool:
    """Whether a report is given to a congress that meets once in five years: 向中国共产党石桥市第七次代表大会的工作报告."""
    return _CONGRESS.search(f"{facts.title or ''}\n{text[:_BELOW]}") is not None


def span_opened(text: str, facts: Facts) -> str | None:
    """The part of a year that a report says at its head to be on; None where it says none, or another year than its own."""
    given = facts.year_covered or facts.year_delivered
    if given and _WINTER.search(facts.title or ""):
        return f"{given - 1}/{given}"
    if bracketed := _span_bracketed(text, facts):
        return bracketed
    follows = _AS_FOLLOWS.search(text, 0, _OPENING)
    if follows is None:
        return _span_so_far(text, facts) or _span_recurring(text, facts)
    begins = begin_of(text, follows.start(), "。；\n")
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


def _span_bracketed(text: str, facts: Facts) -> str | None:
    """The months that a report says in brackets at its head to be on, where they end in the year that it is on."""
    for match in _BRACKETED.finditer(text, 0, _BELOW):
        time = next(iter(find_times(text, *match.span(1))), None)
        if time is None or (time.start, time.end) != match.span(1) or not time.written or "tomonth" not in time.groups:
            continue
        period = resolve(time, None)
        ends = dates_of(period)[1]
        if ends is not None and facts.year_covered in (None, ends.year):
            return period
    return None


def _span_so_far(text: str, facts: Facts) -> str | None:
    """The part of the year up to its month that the first words of a monthly report are on: 一季度，全县…; 1-5月，…."""
    month = span_of_report(facts.title or "", facts.year_covered)
    if month is None or not is_month(month):
        return None
    for mention in find_times(text, 0, _OPENING):
        begins = begin_of(text, mention.start, "。；\n")
        heads = _COUNTED_UP.fullmatch(text, begins, mention.start) is not None
        if heads and mention.groups.get("near", "").startswith("本"):
            return None  # 本月，
        if (
            not heads
            or not MONTHS & mention.groups.keys()
            or text[begins : mention.end + 8].startswith(facts.title or "-")
        ):
            continue
        period = resolve(mention, facts.year_covered)
        from_, to = dates_of(period)
        return period if from_ and from_.month == 1 and to == dates_of(month)[1] and period != month else None
    return None


def _span_recurring(text: str, facts: Facts) -> str | None:
    """The part of its year that a report without a title comes back to, and to no other: 2021年一季度, …1至3月, …一季度."""
    if facts.report_type not in (None, "work_briefing") or (facts.title and YEAR_TOLD.search(facts.title)):
        return None
    first = _PART.search(text, 0, _OPENING)
    if first is None:
        return None
    said = [m for m in _PART.finditer(text) if not _COMPARED.search(text, max(0, m.start() - 4), m.start())]
    if len(said) < _OFTEN or len({_part_said(match[0]) for match in said}) > 1:
        return None
    times = find_times(text, max(0, first.start() - _YEAR), first.end())
    year = facts.year_covered or next(filter(None, (_year_before(text, match.start()) for match in said)), None)
    period = resolve(times[-1], year) if times else None
    return period if period and (year is None or period.startswith(str(year))) else None


def _part_said(written: str) -> str | None:
    """一季度 and 1至3月 alike."""
    times = find_times(written)
    return resolve(times[0], _ANY_YEAR) if times else None


def _year_before(text: str, start: int) -> int | None:
    """The year that stands right before a part of it: 2019年|一季度."""
    said = text[max(0, start - _YEAR) : start]
    return year_of(said, None) if _WHOLE_YEAR.fullmatch(said) else None


def opened(frame: Frame, span: str | None, era: tuple[int, int] | None) -> Frame:
    """The frame of a section of a report whose opening says that it is on `span`, or on the years of an `era`."""
    if era and not frame.years and not frame.era and frame.heading is None and frame.span is None:
        return frame._replace(era=era)
    if span is None or (frame.span is not None and (frame.heading is True or not _goes_up_to(span, frame.span))):
        return frame
    if frame.covered is None:
        ends = dates_of(span)[1]
        year = ends.year if ends else None
        return frame._replace(span=span, covered=year, spoken=year, open=False, said=None, only=None, years=())
    return frame._replace(span=span)


def _goes_up_to(span: str, month: str) -> bool:
    """Whether a part of a year ends with a month, and begins before it."""
    return is_month(month) and span != month and dates_of(span)[1] == dates_of(month)[1]


def _is_stretch(mention: TimeMention) -> bool:
    """2017年3月至8月; not the day on which a flood came."""
    return "day" not in mention.groups and ("month" not in mention.groups or "tomonth" in mention.groups)
