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
    "[^，、。和与及]*(?:完成|执行|落实|进展|进度|(?<![要拟])建设|推进|实施|开展|运行|增长|发展|兑现|办理|工作)的?(?:情况|结果)"
    "|^(?!.*(?:确保|力争|争取|努力)).*(?:目标|任务|计划)(?:提前|全面|如期|超额|圆满|胜利|顺利|基本|较好)+地?(?:完成|实现)$"
)
"""A plan that is reported on is none: 年度计划完成情况."""
_INDICATORS = re.compile(
    "(?<![标期定划制])主要(?:经济|社会|发展|和|统计|国民经济|生产|工业|农业|财政)*指标(?!任务|计划|安排)(?:数据|表|情况)?"
)
"""What a title says of how things stand, whatever the same words head in a plan: 石桥县2022年主要经济指标."""
_OUTCOMES = frozenset("情结指成实")
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

_OF_PLANS = frozenset(("work_plan", "scheme", "policy", "development_plan"))
_TO_BE = re.compile(
    "将(?![近军])|(?<![主重])要|力争|争取|确保|计划|打算|拟|目标|任务|预计|预期|规划|下一?步|今后|未来|明年|来年|努力|需|应|安排|以上|不[少低]于|底前"
)
"""What a text says that speaks of what is to come, or may."""
_LISTED = re.compile("项目|清单|实事|重点|[任责]|一览|名单|台账|标准|政策|指南|建议|意见|要求|活动|行动|通知")
"""What a title names that may be what is to be done."""


def year_on(facts: Facts) -> int | None:
    """The year that a report is on; None for a plan of five years, whose last year is no more its own than the others."""
    if facts.report_type == "speech" and facts.year_delivered and not YEAR_TOLD.search(facts.title or ""):
        return facts.year_delivered
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


def tells_only(text: str, facts: Facts) -> bool:
    """Whether a text whose title says a year, and no plan, nowhere speaks of what is to come: 石桥县2022年概况."""
    title = facts.title or ""
    if facts.year_covered is None or facts.report_type in _OF_PLANS or _LISTED.search(title):
        return False
    said = YEAR_TOLD.findall(title)
    return said == [str(facts.year_covered)] and _TO_BE.search(text) is None


def era_reviewed(title: str) -> tuple[int, int] | None:
    """The years of the five-year plan whose outcome a report tells: 第一个五年计划执行情况."""
    reviewed = _PLAN_REVIEWED.search(title)
    return plan_years(f"{reviewed[1]}五") if reviewed else None


def _year_planned(facts: Facts, words: TimeWords) -> int | None:
    """The year that a title says a plan is for: 1988年国民经济计划草案, 2016年为民办实事项目, 2024年植树造林方案."""
    title = _INDICATORS.sub("", _OUTCOME.sub("", facts.title or ""))
    is_plan = facts.report_type in ("work_plan", "scheme") or plans(title, words, titled=True)
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


def plans(heading: str, words: TimeWords, *, titled: bool = False) -> bool | None:
    """Whether a heading speaks of what is to come; None where it does not say, or says both; `titled` that it is a title."""
    heading = _INDICATORS.sub("", heading) if titled else heading
    told = heading if _OUTCOMES.isdisjoint(heading) else _OUTCOME.sub("", heading)
    plan, review = words.plan.search(told), words.review.search(heading)
    if plan and words.faults.search(heading):
        return None
    if plan and _PAST_AND_AHEAD.search(heading):
        return None
    return plan is not None if bool(plan) != bool(review) else None
