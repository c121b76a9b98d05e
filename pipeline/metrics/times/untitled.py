"""What a text says of its year where its title says none: its headings, its headline, the day on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.language.periods import WRITTEN_YEAR, YEAR_TOLD, number
from pipeline.metrics.times.adverbials import TimeWords
from pipeline.metrics.times.titled import year_on
from pipeline.records import Facts, Section

_HEADLINE = re.compile(rf"(?:[^，。；\n]{{2,60}}\n){{0,2}}[^，。；\n]{{2,60}}[（(]({WRITTEN_YEAR})年[）)]\s*\n")
"""The first lines of a text, up to one that ends with a year in brackets."""


def year_given(text: str, facts: Facts) -> tuple[str, ...]:
    """The year of a text that tells no other: of its headline, 某村的做法（1998年）, or in which it was given."""
    if year_on(facts) is not None or facts.report_type == "profile":
        return ()
    headed = _HEADLINE.match(text)
    year = number(headed[1]) if headed else facts.year_delivered
    return (str(year),) if year else ()


def with_years_headed(facts: Facts, outline: Sequence[Section], words: TimeWords) -> Facts:
    """The facts of a text whose headings alone say its years: 一、去年完成情况 and 二、2025年任务."""
    if year_on(facts) is not None or facts.title or not any("去年" in section.heading for section in outline):
        return facts
    ahead = {number(year) for section in outline for year in YEAR_TOLD.findall(section.heading)}
    past = any(words.review.search(section.heading) and YEAR_TOLD.search(section.heading) for section in outline)
    if len(ahead) > 1 or past or not ahead:
        return facts
    return replace(facts, year_covered=max(ahead) - 1, year_delivered=max(ahead))
