"""The headings that a section lies under, up to the title, and what they say of the years that it is on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.language.periods import WRITTEN_YEAR, YEAR_TOLD, number
from pipeline.metrics.times.adverbials import TimeWords
from pipeline.records import Facts, Section

_STATE_AND_AHEAD = re.compile(rf"情况[和与及](?:{WRITTEN_YEAR})年")
"""The title of a report on what was done and on the year to come: 调整情况和1995年主要任务."""
_OPENS = re.compile(rf"\s*((?P<year>{WRITTEN_YEAR})\s?年[^，,。；\n]{{2,12}})[，,]")
_NEXT_YEAR = re.compile("[明来]年|(?:下|今后|未来)的?一年")


def title_beside(text: str, sections: Sequence[Section], facts: Facts) -> Section | None:
    """The title of a report as what all its sections lie in, where it is no heading of the text.

    A text without a title says at its head what part of a year it is on: 2021年1至9月，.
    """
    if any(section.level == 0 and section.heading for section in sections):
        return None
    title = facts.title
    if title is None and (opened := _OPENS.match(text)) and facts.year_covered == number(opened["year"]):
        title = opened[1]
    return None if title is None else Section(-1, None, 0, "", title, 0, 0, 0, title)


def upward(section: Section, sections: Sequence[Section]) -> Iterator[Section]:
    """A section and all that it lies in, from the innermost."""
    yield section
    while section.parent_id is not None:
        section = sections[section.parent_id]
        yield section


def tells_both(title: str) -> bool:
    """Whether a title looks back and ahead: 1964年工作和1965年安排, 调整情况和1965年主要任务."""
    return len(YEAR_TOLD.findall(title)) > 1 or _STATE_AND_AHEAD.search(title) is not None


def tells_faults_and_plans(heading: str, words: TimeWords) -> bool:
    """Whether the year of a heading is that of its plans alone: 不足与2025年打算."""
    return words.faults.search(heading) is not None and words.plan.search(heading) is not None


def is_on_next(section: Section, sections: Sequence[Section]) -> bool:
    """Whether a heading says that a section is on the year after the one in which the report is given."""
    return any(_NEXT_YEAR.search(node.heading) for node in upward(section, sections))
