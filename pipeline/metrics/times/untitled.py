"""What a text says of its year where its title says none: its headings, its headline, its first words, the day on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.language.periods import WRITTEN_YEAR, YEAR_TOLD, find_times, number, resolve
from pipeline.metrics.times.adverbials import TimeWords
from pipeline.metrics.times.titled import year_on
from pipeline.records import Facts, Section

_HEADLINE = re.compile(rf"(?:[^，。；\n]{{2,60}}\n){{0,2}}[^，。；\n]{{2,60}}[（(]({WRITTEN_YEAR})年[）)]\s*\n")
"""The first lines of a text, up to one that ends with a year in brackets."""
_OPENS = re.compile(rf"\s*(?:自|从)?({WRITTEN_YEAR})年以来[，,]")
"""What a text begins with that is on the year from whose beginning on it tells."""
_AIMED = re.compile(rf"({WRITTEN_YEAR})年度?(?:重点|主要|全年|年度|各项)*(?:工作|任务|目标)")
"""The year that a text tells the aims of, whose 今年 it is."""
_OPENING = 400
_STRETCHES = frozenset(("half", "quarter", "quarters", "monthspan", "firstmonths"))
_PART = re.compile("前三季度|[上下]半年|第?[一二三四]季度|(?<![0-9])1[-—－–~～至到]{1,2}(?:1[01]|[2-9])月")
_COMPARED = ("比", "较", "同", "去年", "上年")
_ANY_YEAR = 2000


def year_given(text: str, facts: Facts) -> tuple[str, ...]:
    """The year of a text that tells no other: of its headline, 某村的做法（1998年）, of its opening, or in which it was given."""
    if year_on(facts) is not None or facts.report_type == "profile":
        return ()
    headed = _HEADLINE.match(text) or (None if facts.title else _OPENS.match(text) or _aimed(text))
    year = number(headed[1]) if headed else facts.year_delivered
    return (str(year),) if year else ()


def _aimed(text: str) -> re.Match[str] | None:
    """The only year of the opening of a text that speaks of 今年, and tells that year's aims."""
    opening = text[:_OPENING]
    alone = "今年" in opening and len(set(YEAR_TOLD.findall(opening))) == 1
    return _AIMED.search(opening) if alone else None


def with_years_headed(facts: Facts, outline: Sequence[Section], words: TimeWords) -> Facts:
    """The facts of a text whose headings alone say its years: 一、2024年工作回顾 and 二、今年主要目标, or 一、去年完成情况 and 二、2025年任务."""
    if year_on(facts) is not None or facts.title:
        return facts
    heads = [(set(map(number, YEAR_TOLD.findall(section.heading))), section.heading) for section in outline]
    past = {year for years, head in heads for year in years if words.review.search(head)}
    ahead = {year for years, head in heads for year in years if not words.review.search(head)}
    if len(past) == 1 and not ahead and any(head.find("今年") >= 0 for _, head in heads):
        return replace(facts, year_covered=max(past), year_delivered=max(past) + 1)
    if len(ahead) == 1 and not past and any(head.find("去年") >= 0 for _, head in heads):
        return replace(facts, year_covered=max(ahead) - 1, year_delivered=max(ahead))
    return facts


def span_at_head(text: str, facts: Facts) -> str | None:
    """The part of a year that a text without a title begins with, and tells of no other: 2014年1至9月，全县受理案件."""
    if facts.title is not None and YEAR_TOLD.search(facts.title):
        return None
    first = next(iter(find_times(text, 0, min(len(text), _OPENING))), None)
    if first is None or first.start > len("初步核算，") or not first.written or _STRETCHES.isdisjoint(first.groups):
        return None
    period = resolve(first, None)
    parts = {_alone(match[0]) for match in _PART.finditer(text) if not text.endswith(_COMPARED, 0, match.start())}
    return period if period and parts <= {None, _of_any_year(period)} else None


def _alone(written: str) -> str | None:
    times = find_times(written)
    return resolve(times[0], _ANY_YEAR) if times else None


def _of_any_year(period: str) -> str:
    return re.sub(r"\b\d{4}", str(_ANY_YEAR), period)
