"""What a text says of its year where its title says none: its headline, the day on it."""

from __future__ import annotations

import re

from pipeline.language.periods import WRITTEN_YEAR, number
from pipeline.metrics.times.titled import year_on
from pipeline.records import Facts

_HEADLINE = re.compile(rf"(?:[^，。；\n]{{2,60}}\n){{0,2}}[^，。；\n]{{2,60}}[（(]({WRITTEN_YEAR})年[）)]\s*\n")
"""The first lines of a text, up to one that ends with a year in brackets."""


def year_given(text: str, facts: Facts) -> tuple[str, ...]:
    """The year of a text that tells no other: of its headline, 某村的做法（1998年）, or in which it was given."""
    if year_on(facts) is not None or facts.report_type == "profile":
        return ()
    headed = _HEADLINE.match(text)
    year = number(headed[1]) if headed else facts.year_delivered
    return (str(year),) if year else ()
