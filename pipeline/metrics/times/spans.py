"""What a report is on where that is no year of the calendar, and what comes before and after it: 上半年, 10月份, 第二学期."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from pipeline.language.periods import (
    WRITTEN_YEAR,
    TimeMention,
    dates_of,
    find_times,
    month_beside,
    number,
    resolve,
    term_of,
)

_WEEK = timedelta(7)
_YEAR = len("2023")
_SCHOOL_YEAR = re.compile(rf"({WRITTEN_YEAR})年?[-－—–~～至到]{{1,2}}({WRITTEN_YEAR})年?学年")
_TERM = re.compile("学年度?的?(?:第([一二])|([上下]))学期")
"""Half of a school year: 2022—2023学年度第二学期."""
_MONTHLY = re.compile("[^，。；在会]{0,14}(?:总结|小结|情况|汇报|月报|简报|通报|分析)")
"""What follows the month that a report is on: 2024年10月份|工作小结."""
_MONTH_BEHIND = re.compile(
    r"(?:月报|月度[一-龥]{2,12}|通报|快报|简报)[（(]((?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?)[）)]$"
)
"""That month in brackets behind it: 2021年雨情月报（7月）; with a year in them it may be the day of writing."""
_HALF = re.compile(
    "(?<![上下前后大一两任职来岗村])半年(?:度)?(?:[一-龥]{0,10}工作|政府工作|经济运行)?(?:总结|小结|汇报|报告|情况|分析)"
)
"""What tells that a report is on the first half of a year: 2022年半年度工作总结."""
_PARTS_OF_YEAR = frozenset(("half", "quarter", "quarters", "monthspan", "tomonth"))
MONTHS = _PARTS_OF_YEAR | {"month", "firstmonths"}
"""What tells a part of a year down to a day."""


def span_of_report(title: str, covered: int | None) -> str | None:
    """What a report is on where its title names less than a year, or a school year: 上半年, 1至10月, 2021—2022学年."""
    if match := _SCHOOL_YEAR.search(title):
        first, last = number(match[1]), number(match[2])
        term = _TERM.match(title, match.end() - len("学年"))
        if term is None:
            return f"{first}/{last}"
        return term_of(first, (term[1] or term[2]) in ("一", "上"))
    if covered and _HALF.search(title) and "下半年" not in title:
        return f"{covered}-H1"
    return part_of_year(title, covered) or month_of_report(title, covered)


def part_of_year(heading: str, covered: int | None) -> str | None:
    """The quarter, half year or months that a heading names first, and a month joined to it: 上半年, 三季度及10月份."""
    times = find_times(heading)
    for at, mention in enumerate(times):
        if _PARTS_OF_YEAR & mention.groups.keys():
            span = resolve(mention, covered)
            more = times[at + 1] if at + 1 < len(times) else None
            if more and "month" in more.groups and heading[mention.end : more.start] in ("及", "和", "与", "、"):
                begins, ends = dates_of(span)[0], dates_of(resolve(more, covered))[1]
                return f"{begins:%Y-%m}/{ends:%Y-%m}" if begins and ends and begins < ends else span
            return span
    return None


def month_of_report(title: str, covered: int | None) -> str | None:
    """The month that a report is on: 2024年10月份工作小结, 2024年雨情月报（10月）."""
    behind = _MONTH_BEHIND.search(title) if title.endswith(("）", ")")) else None
    if behind:
        return resolve(find_times(behind[1])[0], covered)
    for mention in find_times(title):
        if "month" in mention.groups and not mention.groups.keys() & {"day", "endmonth"}:
            alone = title[max(0, mention.start - 1) : mention.start] not in ("至", "到", "在", "于", "（", "(")
            return resolve(mention, covered) if alone and _MONTHLY.match(title, mention.end) else None
    return None


def span_of(heading: str) -> tuple[int, int] | None:
    """The years that a heading names as one: 2011—2015年."""
    for mention in find_times(heading):
        if "years" in mention.groups and (period := resolve(mention, None)):
            first, _, last = period.partition("/")
            return int(first), int(last)
    return None


def near(mention: TimeMention, span: str | None, year: int | None, times: Sequence[TimeMention]) -> str | None:
    """The month or week that 本月, 上月, 下月 or 上周 stands for: that of a monthly report, or of the days told before it."""
    said = mention.groups["near"]
    if "月" in said:
        month = span if span and is_month(span) else None
        return month_beside(month, {"上": -1, "下": 1}.get(said[0], 0)) if month else None
    days = [t for t in times if t.end <= mention.start and "day" in t.groups and t.groups.keys() & {"today", "tomonth"}]
    begins, ends = dates_of(resolve(days[-1], year)) if days and said[0] == "上" else (None, None)
    return f"{begins - _WEEK}/{ends - _WEEK}" if begins and ends and ends - begins < _WEEK else None


def is_month(period: str) -> bool:
    """2024-10, and neither 2024-Q3 nor 2024-H1."""
    return len(period) == len("2024-10") and period[-2:].isdigit()


def next_school_year(span: str) -> str | None:
    """2023/2024 after 2022/2023; None after other spans."""
    first, _, last = span.partition("/")
    return f"{last}/{int(last) + 1}" if len(first) == len(last) == len("2023") else None


def next_span(span: str) -> str | None:
    """What plans of a report on a school year, a term or a month are for: the one after it."""
    if is_month(span):
        return month_beside(span, 1)
    first, _, last = span.partition("/")
    if first.endswith("-09") and last.endswith("-01"):
        return f"{last[:_YEAR]}-02/{last[:_YEAR]}-07"
    if first.endswith("-02") and last.endswith("-07"):
        return f"{last[:_YEAR]}-09/{int(last[:_YEAR]) + 1}-01"
    return next_school_year(span)
