"""What follows a heading, or a line that is like one, which has turned to the year to come: 2021年目标 and behind it 重点任务."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.periods import WRITTEN_YEAR, YEAR_TOLD, number, year_of
from pipeline.metrics.times.adverbials import TimeWords
from pipeline.metrics.times.frames import NUMBERED_PLAN, Frame
from pipeline.metrics.times.titled import is_coming, plans, year_on
from pipeline.records import Facts, Section

_PART_NUMBER = "第[一二三四五]大?部分[，,、：: ]?"
_PART = re.compile(_PART_NUMBER)
_LINE = re.compile(
    rf"(?:{_PART_NUMBER})?[^，。；！？：:\n0-9一二]{{0,6}}({WRITTEN_YEAR})(?:年度?)?(?![-－—–~～至到届级年月0-9]|[一二三四五六七八九十]{{1,2}}月)[：:]?[^，。；！？\n0-9]{{0,16}}\n"
)
"""A line of its own that names a year, though no outline has it: ★2023年目标, 盘算2022, 2020年要点：."""
_TO_DO = re.compile("任务|措施|举措|保障|重点|目标|工作|要求|安排|打算|部署")
"""What a heading without a year is on behind one that plans for the year to come: 重点任务."""
_GLOSSARY = re.compile("名词|用语|术语|解释|注释|说明|附[件录表]")
"""What a heading of an appendix says: 名词解释."""


def year_headed(text: str, start: int, frame: Frame) -> int | None:
    """The year to come that a line at `start` turns to; None where it is no such line."""
    if frame.covered is None or frame.heading:
        return None
    line = _LINE.match(text, start)
    year = year_of(line[1], None) if line else None
    return year if year == frame.covered + 1 else None


def in_plans(frame: Frame, year: int) -> Frame:
    """A frame turned to plans for a year."""
    return frame._replace(planned=True, heading=True, titled=False, held=None, years=(year,))


def after_plans(outline: Sequence[Section], facts: Facts, words: TimeWords) -> set[int]:
    """The sections that follow one of plans for the year to come, and what they hold: 二、重点任务 after 一、2021年目标."""
    covered = facts.year_covered
    out: set[int] = set()
    turned: set[int | None] = set()  # what holds a section of such plans
    for at, section in enumerate(outline):
        if covered is None or section.parent_id is None:
            continue
        if section.parent_id in out:
            out.add(at)
            continue
        heading = section.heading
        years = [year_of(said, None) for said in YEAR_TOLD.findall(heading)]
        review = words.review.search(heading)
        if years or review or words.faults.search(heading):
            plans_next = review is None and years == [covered + 1]
            (turned.add if plans_next else turned.discard)(section.parent_id)
        elif section.parent_id in turned and _TO_DO.search(heading):
            out.add(at)
    return out


def follow_plans(outline: Sequence[Section], facts: Facts, words: TimeWords) -> set[int]:
    """The sections of a government's report that follow the heading of plans, and what they hold.

    三、改善民生 after 二、2015年工作总体部署: of the headings of its level before one, the last that says so decides.
    """
    out: set[int] = set()
    if facts.report_type != "government_work_report":
        return out
    covered = year_on(facts)
    covered = covered - 1 if covered and is_coming(facts, words) else covered
    last: dict[tuple[int | None, int], bool] = {}
    for at, section in enumerate(outline):
        above = section.parent_id
        if above is not None and outline[above].level:
            out.update([at] if above in out else [])
            continue
        of = above, section.level
        if last.get(of) and not _GLOSSARY.search(section.heading):
            out.add(at)
        told = plans(NUMBERED_PLAN.sub("", section.heading), words)
        if told is None and covered and (said := YEAR_TOLD.search(section.heading)):
            told = number(said[0]) > covered
        if told is not None:
            last[of] = told
    return out


def first_of_plans(outline: Sequence[Section], words: TimeWords) -> int:
    """The first section below the title whose heading speaks of what is to come; the first of all where none does."""
    return next((at for at, section in enumerate(outline) if section.level and plans(section.heading, words)), 0)


def precedes(frame: Frame, plans_follow: bool) -> Frame:
    """The frame of a section that says no time of its own, under a title that looks back and ahead, before the plans begin."""
    if not plans_follow or frame.heading is not None or not frame.titled or frame.covered is None:
        return frame
    return frame._replace(planned=False, heading=False)


def heads_part(text: str, start: int) -> bool:
    """第二部分，2024年的主要工作: whether a line heads a part of the report, to whose sections it holds whatever the title says."""
    return _PART.match(text, start) is not None


def follows(frame: Frame, ahead: Frame | None, after: bool, part: bool = False) -> Frame:
    """The frame of a section, turned to plans where it stands `after` such a section or line and says no time of its own.

    `part` tells that the line heads a part of the report.
    """
    said = frame.heading is not None and not (frame.titled and part)
    if said or frame.years or frame.era or frame.covered is None:
        return frame
    return in_plans(frame, frame.covered + 1) if after or ahead is not None else frame
