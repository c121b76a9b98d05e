"""What titles and headings say of years and of plans: the year that a report is on, the years of a plan, what is to come."""

from __future__ import annotations

import re

from pipeline.language.periods import WRITTEN_YEAR, YEAR_TOLD, number, plan_titled, plan_years
from pipeline.metrics.times.adverbials import TimeWords
from pipeline.metrics.times.spans import span_of, span_of_report
from pipeline.records import Facts

_PAST_AND_AHEAD = re.compile(rf"(?:{WRITTEN_YEAR})年[^，。]*[和与及](?:今后|未来|下一?步)")
"""A section on a year and on what comes after: 1994年的经济工作和今后五年的任务."""
_OUTCOME = re.compile(
    "[^，、。和与及]*(?:完成|执行|落实)的?(?:情况|结果)"
    "|^(?!.*(?:确保|力争|争取|努力)).*(?:目标|任务|计划)(?:提前|全面|如期|超额|圆满|胜利|顺利|基本|较好)+地?(?:完成|实现)$"
)
"""A plan that is reported on is none: 年度计划完成情况."""
_OUTCOMES = frozenset("成行实")
_YEARS_PAST = re.compile(r"(?<![〇零○一二三四五六七八九十第])([两二三四五])年来(?![^，。]*(?:规划|计划))")
"""What the title of a report looks back on: 三年来."""
_PLAN_PROPOSED = re.compile("五年计划(?:（?草案）?)?的报告")
"""A report that lays a five-year plan before an assembly."""
_PLANNED_YEAR = re.compile(
    rf"({WRITTEN_YEAR})年(?:度)?(?:的|国民|国家|经济|社会|发展|和|中央|地方|财政|主要|工作|重点){{0,8}}(?:计划|预算|任务|安排|目标|要点|思路|打算|意见)"
)
"""The year that a title says a plan is for: 1988年国民经济计划草案."""
_PLAN_REVIEWED = re.compile("第(十?[一二三四五六七八九]|十)个五年计划的?(?:完成|执行|落实)的?(?:情况|结果)")
"""The five-year plan whose outcome a report tells."""


def year_on(facts: Facts) -> int | None:
    """The year that a report is on; None for a plan of five years, whose last year is no more its own than the others."""
    years = plan_titled(facts.title) if facts.title and facts.report_type == "development_plan" else None
    last_of_plan = years is not None and facts.year_covered == years[1] and span_of(facts.title or "") is None
    return None if last_of_plan else facts.year_covered


def years_titled(title: str, covered: int | None) -> tuple[int, int] | None:
    """The years that the title of a report looks back on: 关于三年来信访工作的汇报."""
    if covered is None:
        return None
    if back := _YEARS_PAST.search(title):
        return covered - number(back[1]) + 1, covered
    return None


def is_coming(facts: Facts, words: TimeWords) -> bool:
    """Whether the year that a report is said to cover is one that it plans for."""
    title, covered = facts.title or "", year_on(facts)
    return covered is not None and _year_planned(facts, words) == covered and span_of_report(title, covered) is None


def era_reviewed(title: str) -> tuple[int, int] | None:
    """The years of the five-year plan whose outcome a report tells: 第一个五年计划执行情况."""
    reviewed = _PLAN_REVIEWED.search(title)
    return plan_years(f"{reviewed[1]}五") if reviewed else None


def _year_planned(facts: Facts, words: TimeWords) -> int | None:
    """The year that a title says a plan is for: 1988年国民经济计划草案, 2016年为民办实事项目, 2024年植树造林方案."""
    title = _OUTCOME.sub("", facts.title or "")
    is_plan = facts.report_type in ("work_plan", "scheme") or plans(title, words)
    years = _PLANNED_YEAR.findall(title) or (YEAR_TOLD.findall(title) if is_plan else [])
    return number(years[-1]) if years else None


def era_of_plan(facts: Facts) -> tuple[int, int] | None:
    """The years that a five-year plan is for, from its title: （2011—2015年）, “十二五”."""
    title = facts.title
    years = plan_titled(title) if title else None
    proposed = title and years and facts.year_covered is None and _PLAN_PROPOSED.search(title)
    if not title or (facts.report_type != "development_plan" and not proposed):
        return None
    return span_of(title) or years


def plans(heading: str, words: TimeWords) -> bool | None:
    """Whether a heading speaks of what is to come; None where it does not say, or says both."""
    told = heading if _OUTCOMES.isdisjoint(heading) else _OUTCOME.sub("", heading)
    plan, review = words.plan.search(told), words.review.search(heading)
    if plan and words.faults.search(heading):
        return None
    if plan and _PAST_AND_AHEAD.search(heading):
        return None
    return plan is not None if bool(plan) != bool(review) else None
