"""The stretches of years and months that 2020年以来, 5月以来 and the years of an era stand for, up to what a report is on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.periods import TimeMention, dates_of, number, resolve, year_of
from pipeline.metrics.times.adverbials import TimeWords
from pipeline.metrics.times.frames import Frame

_YEAR = len("2023")
_MONTHS_SUMMED = re.compile("([两二三四五六七八九十2-9])个?月(?:合计|总计|共计|累计|总共|一共|共)[^，。；0-9]{0,10}$")
"""What stands before the sum of some months."""


def joined(years: tuple[int, int]) -> str:
    """2021/2025."""
    return f"{years[0]}/{years[1]}"


def since(mention: TimeMention, reference: int | None, frame: Frame, done: bool) -> str | None:
    """2020年以来, “十四五”以来: up to the year that the report is on, for what was done; that year, for how things stand."""
    last = _last_year(frame)
    first = (resolve(mention, reference) or "")[: len("2023")]
    if last is None:
        return None  # who knows up to when
    if not first or int(first) > last:
        return first or None
    if mention.written and "month" in mention.groups and int(first) < last and done:
        end = dates_of(frame.span if frame.span and frame.covered == last else str(last))[1]
        return f"{(resolve(mention, reference) or '')[: len('2023-08')]}/{end:%Y-%m}" if end else first
    if int(first) == last and frame.span and frame.span.startswith(f"{last}-H") and not frame.years:
        return frame.span  # 自3月15日进村以来, told at the middle of the year
    return f"{first}/{last}" if done and int(first) < last else str(last)


def months_since(mention: TimeMention, reference: int | None, frame: Frame) -> str | None:
    """The months from one on of the year that a report is on, 2023-05/2023-12; that year where it was given before its end."""
    last, month = _last_year(frame), (resolve(mention, reference) or "")[: len("2023-08")]
    end = dates_of(frame.span if frame.span and frame.covered == last else str(last))[1] if last else None
    if end is None or month[:_YEAR] != str(last) or month >= f"{end:%Y-%m}":
        return None
    return str(last) if frame.amid and not frame.span else f"{month}/{end:%Y-%m}"


def months_summed(text: str, start: int, times: Sequence[TimeMention], year: int | None) -> str | None:
    """The months that a sum is said to be of, which the sentence has told one by one: 1月新增41家，2月28家，两个月合计|69家."""
    near = max(0, start - 16)
    said = _MONTHS_SUMMED.search(text, near, start) if text.find("月", near, start) >= 0 else None
    told = [time for time in times if "month" in time.groups and "day" not in time.groups]
    count = number(said[1]) if said else 0
    if not count or len(told) < count:
        return None
    first, last = (resolve(time, year) for time in (told[-count], told[-1]))
    return f"{first}/{last}" if first and last and first < last else None


def _last_year(frame: Frame) -> int | None:
    return frame.covered or frame.spoken or (frame.years[-1] if frame.years else None)


def so_far(era: tuple[int, int], frame: Frame, status: str) -> str:
    """The years of an era; of what was done, those up to the year that the report is on."""
    amid = frame.covered if status == "actual" and not frame.target else None
    last = amid if amid and era[0] <= amid < era[1] else era[1]
    return joined((era[0], last)) if era[0] < last else str(last)


def years_to(last: int, text: str, times: Sequence[TimeMention], frame: Frame, words: TimeWords) -> str | None:
    """The years up to one that an average speaks of: those since what it is measured against, or the era of the section."""
    for mention in times:
        first = year_of(mention.written, None) if words.is_basis(text, mention) and mention.written else None
        if first is not None and first < last - 1:
            return f"{first + 1}/{last}"
    eras = [era for era in (frame.era, frame.told) if era is not None and era[1] == last]
    return joined(eras[0]) if eras else None


def is_on_coming(frame: Frame) -> bool:
    """Whether a section is on some years together, and not on those up to the year that the report is on."""
    return frame.era is not None and frame.era[1] != frame.covered
