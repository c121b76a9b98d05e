"""What headings, facts and the sentences before say of time: the year, the years spoken of as one, whether it is to come."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import NamedTuple

from pipeline.language.clauses import begin_of
from pipeline.language.periods import (
    NARRATIVE,
    PLAN_NAME,
    WRITTEN_YEAR,
    YEAR_TOLD,
    TimeMention,
    find_times,
    number,
    plan_years,
    year_of,
    years_summed,
)
from pipeline.metrics.times.adverbials import OF_YEAR_TOLD, PARTS, TimeWords, is_adverbial
from pipeline.metrics.times.spans import month_of_report, part_of_year, span_of, span_of_report
from pipeline.metrics.times.titled import era_of_plan, era_reviewed, is_coming, plans, year_on, years_titled
from pipeline.metrics.times.turns import Turn, era_told
from pipeline.metrics.times.upward import is_on_next, tells_both, tells_faults_and_plans, upward
from pipeline.records import Facts, Section

NUMBERED_PLAN = re.compile("第[一二三四五六七八九十]+个五年计划")
"""The name of a plan, which a section may look back on."""
_THIS_YEAR = re.compile("今年(?!以来)")
_BACK = re.compile(
    r"(?<![〇零○一二三四五六七八九十])(?:过去|近|前|这|本届)?的?([两二三四五])年(?=来|工作|回顾|的|间|发展|政府|，是)|本届政府(?!的?(?:开局|起始|起步|首|第一)[之的]?年)"
)
_AHEAD = re.compile(r"(?:今后|未来)的?([两二三四五])年")
_PLAN_NAME = re.compile(rf"[“\"]?({PLAN_NAME})[”\"]|第(?P<ordinal>十?[一二三四五六七八九]|十)个五年(?:计划|规划)")
_YEAR_PAST = re.compile(rf"(?<![到至])({WRITTEN_YEAR})年(?!前|底前|[^，。；]{{0,12}}(?:将|力争|确保|计划|要|拟))")
"""A year that a text tells of; not one by which something is to be done."""
_LOOKS_BACK = re.compile("年(?:度)?[^，。]{0,16}(?:执行情况|执行结果|工作的报告)")
_LAST_YEAR = re.compile("(?:^|[。\n])[ \u3000]*(?:过去的)?去年(?![同末底以]|[0-9]{1,2}月份?(?:以来|起|[至到]今年))")
_NEAR, _FAR, _FIRST_WORDS = 250, 8000, 50
"""The opening of a text, as many characters of it as are searched for its year, and the first words of a story."""
_ANNUAL = re.compile("[比较]上年|全年")
_OFTEN = 4
"""What a text says so often that gives an account of a year, be it called a report or not."""
_NEXT = "(?:(?:下一?步|今后|下一?阶段)(?:的?工作)?(?:重点|打算|安排|计划|思路|任务|措施)?|工作(?:重点|打算|计划|安排))"
_LINE = re.compile(
    rf"(?:(?:{WRITTEN_YEAR})年[：:，,][^。；！\n]{{2,24}}(?<![：:])|下半年|{_NEXT}[：:]|[^，。；：\n]{{0,24}}(?:预期|奋斗)目标(?:是|为|如下)?[：: ]+)\n"
)
"""A line of its own that heads what follows, though no outline has it: 2021年：目标和任务, 下一步打算：."""
_SINCE = ("以来", "起", "冬", "开春", "春", "夏", "入秋", "秋")
"""What makes a year one from which on something is so, or no whole year."""
_OPENING = 8
"""A time within so many characters of the head of a sentence speaks for what follows."""
_CAME_ABOUT = re.compile("年(?:(?!将|力争|计划|确保|[要拟争]|打算|目标|任务|安排)[^。；;\n]){1,50}了(?!解)")
_TO_COME = re.compile(rf"({WRITTEN_YEAR})年[，,]?[^，。；\n0-9]{{0,16}}将(?!近)")
"""A year that is still to come: 2023年，市法院将."""
_ANNOUNCES = 40
"""Within so many characters a sentence announces tasks."""
_ON = re.compile("(?:把|将|就|对)[一-龥]{0,9}$|(?:^|[。\n \u3000])回[顾首望]$")
"""What a text says that it is on: 将2018年的工作报告如下, 回顾2018年."""


class Frame(NamedTuple):
    """What the headings and the facts say of a section, and what its sentences have said so far."""

    planned: bool = False
    heading: bool | None = None  # what the headings say of that, None where they do not
    titled: bool = False  # only the title says it
    years: tuple[int, ...] = ()  # of the nearest heading that names any
    covered: int | None = None  # the year that the report is on
    spoken: int | None = None  # the year that 今年 stands for
    span: str | None = (
        None  # what the report is on where that is no year of the calendar: 2023-H1, 2022/2023 of a school
    )
    era: tuple[int, int] | None = None  # years that a section looks back on or ahead to as one
    only: str | None = None  # the one year or half year that a text tells of where nothing else says it
    said: str | None = None  # year or half year that the text has said, where nothing else says it
    open: bool = False  # the sentences may say the year
    held: int | None = None  # the year past that heads a sentence of the paragraph
    both: bool = False  # a heading names a year and an era: which one is meant, the sentences say
    own: bool = False  # ... and the title names that year
    target: bool = False  # the era is that of a plan: states are those at its end
    since: int = 0  # where the section begins in which a turn to a year or an era holds on
    coming: bool = False  # the title says that the report is on a plan for the year after `covered`
    amid: bool = False  # the report is given in the year that it is on
    to_date: bool = False  # ... as it counts up to a day before that year's end
    told: tuple[int, int] | None = None  # the era that the text has turned to last, for what is said of each year of it
    ahead: str | None = None  # the quarter or half year that a heading of a report on another plans for

    @property
    def spoken_later(self) -> bool:
        """Whether the report is given in the year after the one that it is on."""
        return self.spoken is not None and self.covered is not None and self.spoken > self.covered

    def heads_on(self, before: Frame, text: str, start: int) -> bool:
        """Whether a short line at `start` has turned to plans, and what follows with it: 2021年：目标和任务."""
        turned = self.heading and not self.open and not before.heading
        return bool(turned) and _LINE.match(text, start) is not None

    def year(self, status: str) -> int | None:
        """The year of what is not dated itself."""
        if self.said:
            return int(self.said[:4])
        if self.held and status == "actual":
            return self.held
        if self.years:
            return self.years[-1 if status == "planned" else 0]
        if self.covered is not None:
            if self.coming:
                return self.covered + (status == "planned")
            return self.covered + 1 if self.planned and not self.span and not self.amid else self.covered
        return None


def speaks_of_last_year(text: str, facts: Facts) -> bool:
    """Whether 去年, which heads a sentence, is the year that a report is on: 今年 is nowhere said, or the title looks back."""
    if facts.report_type is None and not YEAR_TOLD.search(facts.title or ""):
        return False  # a story, whose 去年 is the year before the one that it is on
    back = "今年" not in text or _LOOKS_BACK.search(facts.title or "") is not None
    return facts.year_delivered is None and back and _LAST_YEAR.search(text) is not None


def frame_of(
    section: Section,
    sections: Sequence[Section],
    facts: Facts,
    told: Sequence[str],
    words: TimeWords,
    past: bool = False,
    beside: Section | None = None,
    after: Set[int] = frozenset(),
) -> Frame:
    """Read the headings from the section up; the nearest that says something decides.
    `past` tells that the text calls the year that the report is on 去年; `beside` is a title that is not in the text;
    `after` are the sections that follow the heading of plans, as `follow_plans` finds them.
    """
    planned: bool | None = None
    titled, coming, since = False, is_coming(facts, words), section.start
    years: tuple[int, ...] = ()
    era: tuple[int, int] | None = None
    span, part, month = None, None, None
    covered, spoken = _years_on(facts, past, coming)
    plan = era_of_plan(facts)
    for node in (*upward(section, sections), *([beside] if beside else ())):
        heading = node.heading
        if planned is None:
            said = heading if node.level == 0 else NUMBERED_PLAN.sub("", heading)
            planned, titled = plans(said, words, titled=node.level == 0), node.level == 0
        if node.level == 0:
            planned = None if titled and tells_both(heading) else planned
            span = span or span_of_report(heading, covered)
            if plan is None and span is None and not years and era is None:
                era = span_of(heading) or years_summed(heading) or years_titled(heading, covered)
        elif not years and era is None:
            era = span_of(heading)
            years = () if era or tells_faults_and_plans(heading, words) else _years_of(heading, covered, spoken)
            era = era or era_of(heading, covered or (int(told[0][:4]) if len(told) == 1 else None))
            since = node.start if years or era else since
            part = part or part_of_year(heading, covered)
            month = month or month_of_report(heading, covered)
    if planned is None and not years and era is None:
        planned = section.section_id in after or None
    era = None if era and era[1] == covered and words.faults.search(section.heading) else era  # how things stand now
    both = bool(years) and era is not None
    if target := plan is not None and not years and era is None:
        planned, titled = planned is not False, titled or planned is None
        era, target = (plan, True) if planned else (_years_before(plan), False)
    if covered is None and era is None and not years and (era := era_reviewed(facts.title or "")):
        covered = era[1]
    open_ = covered is None and not years and era is None
    years = tuple(int(said[:4]) for said in told) if open_ else years
    if planned is None and len(years) == 1 and covered is not None and not both:
        planned = years[0] > covered
    only = told[0] if open_ and len(told) == 1 else None
    inside = None if planned else (part if planned is False else None) or month
    span = span or (inside if years in ((), (covered,)) else None)
    return Frame(
        bool(planned), planned, titled, years, covered, spoken, span, era=era, only=only, said=only, open=open_, both=both,
        target=target, since=since, coming=coming, told=era_told(facts.title or "", covered) if era is None else None,
        amid=facts.year_delivered is not None and facts.year_delivered == covered and not is_on_next(section, sections), ahead=part if planned else None,
        own=both and str(years[0]) in YEAR_TOLD.findall(facts.title or ""),
    )  # fmt: skip


def _years_on(facts: Facts, past: bool, coming: bool) -> tuple[int | None, int | None]:
    """The year that a report is on, and that which 今年 stands for."""
    covered = year_on(facts)
    covered = covered - 1 if covered and coming else covered
    return covered, _spoken(facts, covered, past or coming)


def _spoken(facts: Facts, covered: int | None, ahead: bool) -> int | None:
    """The year that 今年 stands for."""
    if facts.report_type == "work_summary" and covered and facts.year_delivered == covered + 1 and not ahead:
        return covered  # a bureau sums up in January what it did 今年
    later = covered and (ahead or facts.report_type == "government_work_report")
    return facts.year_delivered or (covered + 1 if covered and later else covered)


def _years_before(plan: tuple[int, int]) -> tuple[int, int]:
    """The years that a plan builds on: as many as its own, before it."""
    return 2 * plan[0] - plan[1] - 1, plan[0] - 1


def _years_of(heading: str, covered: int | None, spoken: int | None) -> tuple[int, ...]:
    """The years that a heading names; 今年 in a report given in the year after the one that it is on is one of them."""
    years = tuple(map(number, YEAR_TOLD.findall(heading)))
    this = spoken and covered and spoken > covered and _THIS_YEAR.search(heading)
    return years or ((spoken,) if spoken and this else ())


def era_of(words: str, covered: int | None) -> tuple[int, int] | None:
    """The first and last year of a five-year plan or of the years that a heading or clause speaks of as one."""
    if match := _PLAN_NAME.search(words):
        return plan_years(match[1] or f"{match['ordinal']}五")
    if covered is None:
        return None
    if match := _AHEAD.search(words):
        return covered + 1, covered + number(match[1])
    if match := _BACK.search(words):
        return covered - (number(match[1]) if match[1] else 5) + 1, covered
    return None


_GOAL = re.compile("(?:底|末)?前?(?:全[省市县区乡镇村])?(?:全面|率先|基本|同步|如期)*(?:建成|实现|完成|脱贫|达到|消除)")
"""What a year to come is named for, which is no year that a text is on: 围绕到2018年|全面建成小康社会的目标."""

_AIMS = re.compile("(?:今后|未来)的?[两二三四五]年[^。\n]{0,20}目标(?:是|为)?[：:]")
"""Behind what a year is only one of those aimed at: 未来五年主要目标是：产值年均增长9%，|2020年底建成."""
_OF_LIFE = re.compile(
    "出?生[，,。；于在]|(?:参加|加入)(?:革命)?(?:工作|中国)|入[党伍学]|(?:后|起|开始|至今)?[，,]?(?:历|升|调|担|兼|先后)?任(?![务何期]|[^，。；\n]{0,24}以来)"
)
"""What a man did in a year, which is none that a text is on: 1964年|参加工作, 1983年7月|任副主任."""


def years_told(text: str, facts: Facts, words: TimeWords) -> tuple[str, ...]:
    """The year or half year that a text whose year is not known is on, or that and the next year; none if it tells of many.

    Only times that head a sentence or stand in the opening count: a profile dates this and that, and is on no year. A
    story, which has a title but is no report, is on a year only where its first words say so.
    """
    if year_on(facts) is not None or facts.report_type == "profile":
        return ()
    annual = len(_ANNUAL.findall(text, 0, _FAR)) >= _OFTEN
    far = _FAR if facts.report_type or not facts.title or annual else len(facts.title) + _FIRST_WORDS
    told: list[str] = []
    dates: list[str] = []  # years of date lines
    for mention in find_times(text[:far]):
        said = _said(text, mention, words)
        head = begin_of(text, mention.start, "。\n！")
        alone = "day" in mention.groups and text[mention.end : mention.end + 1] == "\n" and mention.start == head
        if _OF_LIFE.match(text, mention.end):
            continue
        if text[mention.start - 1 : mention.start] in ("到", "至") and _GOAL.match(text, mention.end):
            continue
        if text.find("目标", head, mention.start) >= 0 and _AIMS.search(text, head, mention.start):
            continue
        if said is not None and (mention.start < _NEAR or mention.start - head <= _OPENING):
            (dates if alone else told).append(said)
    if dates:
        ahead = {match[1] for match in _TO_COME.finditer(text, 0, _FAR)}
        told = [said for said in (*told, *dates) if said[:4] not in ahead]
    years = sorted({int(said[:4]) for said in told})
    if years and (NARRATIVE.search(text) or any(number(year) > years[-1] + 1 for year in _YEAR_PAST.findall(text))):
        return ()
    if len(years) == 1:
        return tuple(told[:1])
    if len(years) == 2 and _is_over(text, years[1]):
        return (str(years[1]),)
    return tuple(map(str, years)) if len(years) == 2 and years[1] - years[0] == 1 else ()


def _is_over(text: str, year: int) -> bool:
    """Whether a text tells of a year as one in which something has come about: 1990年3月召开了, 使1990年粮食产量有了."""
    places = [match.end() for match in YEAR_TOLD.finditer(text, 0, _FAR) if match[0] == str(year)]
    return any(_CAME_ABOUT.match(text, at) for at in places)


def with_time_said(frame: Frame, text: str, start: int, times: Sequence[TimeMention], words: TimeWords) -> Frame:
    """The frame after the sentence at `start`: where nothing else says the year, one that heads a sentence holds on."""
    for mention in times if frame.open else ():
        if frame.planned and _GOAL.match(text, mention.end):
            continue
        if mention.start - start <= _OPENING and (said := _said(text, mention, words)) is not None:
            return frame._replace(said=said)
    if frame.open and frame.said != frame.only and words.is_now(text, start, start + 10):
        frame = frame._replace(said=frame.only)  # 2006年外销鲜薯900吨。…目前，全乡有小学一所
    if frame.held and words.is_now(text, start, start + _OPENING):
        frame = frame._replace(held=None)  # 2020年，招聘8人。目前，全所有职工32人
    if frame.heading is not True and words.turn.match(text, start):
        return frame._replace(planned=True, heading=True, titled=False, held=None)
    covered = frame.covered
    if frame.heading is not True and _announces(text, start, words):
        return _with_tasks(frame, times)
    if frame.open or covered is None or frame.years or frame.era or (frame.planned and not frame.titled):
        return frame
    alone = [time for time in times if not words.is_basis(text, time) and not _is_within(time)]
    head = alone[0] if alone else None
    inside = head and text[start + 1 : head.start].endswith(("（", "("))  # 投资31亿元（2021年：28亿元）
    if head and (inside or head.start - start > _OPENING) and text[head.start - 2 : head.start] != "，即":
        head = None
    if head and frame.coming and "years" in head.groups:
        return frame._replace(planned=False, heading=False)  # 从1965年到1974年，
    head = head if len(alone) == 1 else None
    year = _year_said(text, head, frame, words) if head else None
    if year is None or head is None:
        return frame
    outright = (year_of(head.written, None) is not None or head.written == "今年") and text[
        head.start - 1 : head.start
    ] not in (
        "到",
        "至",
    )
    if outright and year == covered + 1:
        return frame._replace(planned=True, heading=True, titled=False, years=(year,))
    if (frame.coming or frame.planned) and year <= covered:
        frame = frame._replace(planned=False, heading=False)
    return frame._replace(held=year if year < covered else None)


def _is_within(time: TimeMention) -> bool:
    """当年, 年底, 9月底前: a time of the year that is told before it."""
    return time.written in OF_YEAR_TOLD and (bool(time.written) or not PARTS.isdisjoint(time.groups))


def _announces(text: str, start: int, words: TimeWords) -> bool:
    """Whether a sentence announces tasks, or aims."""
    end = start + _ANNOUNCES
    told = any(text.find(word, start, end) >= 0 for word in ("任务", "目标", "指标"))
    return told and words.task.match(text, start) is not None


def _with_tasks(frame: Frame, times: Sequence[TimeMention]) -> Frame:
    """The frame of what a sentence announces as tasks, in the year that it names: 2012年我县水利建设的主要任务是：."""
    told = times[0].groups.get("bare") if times else None
    year = year_of(told, frame.spoken) if told else None
    frame = frame._replace(planned=True, heading=True, titled=False, held=None)
    return frame if year is None else frame._replace(years=(year,), span=None, era=None, both=False)


def _year_said(text: str, mention: TimeMention, frame: Frame, words: TimeWords) -> int | None:
    """The year that a mention of a whole year says, outright or as 去年, where it governs what follows."""
    written = mention.groups.get("bare")
    if not written or text.startswith(("底", "末", "初", "以前", "之前"), mention.end):
        return None
    year = year_of(written, frame.spoken)
    ahead = year is not None and frame.covered is not None and year > frame.covered  # 九一年春办茶场三个
    told = _governs(text, mention, words, ahead) and (ahead or words.made.match(text, mention.end) is None)
    return year if told else None


def _governs(text: str, mention: TimeMention, words: TimeWords, ahead: bool = False) -> bool:
    """Whether a time tells when what follows was, and not what it is measured against or when something began."""
    since = text.startswith(("以来", "起") if ahead else _SINCE, mention.end)
    apart = words.is_basis(text, mention) or words.is_founding(text, mention)
    return not since and is_adverbial(text, mention) and not apart


def with_turn(frame: Frame, turn: Turn | None, here: bool) -> Frame:
    """The frame of a sentence where `turn` is the last turn up to it; `here` tells that this stands in its paragraph.

    A turn holds on to the end of its section where the heading names a year and an era, else to the end of its paragraph.
    """
    if turn is None or turn.at < frame.since:
        return frame._replace(era=None, both=False) if frame.both and frame.own else frame
    five = (frame.covered - 4, frame.covered) if frame.covered else None
    era = turn.plan or ((frame.era or five or turn.before) if turn.words == "five" else None)
    year = turn.year or {"now": frame.spoken, "one": frame.covered}.get(turn.words)
    if era is not None:
        past = era[1] <= frame.covered if frame.covered is not None else frame.heading is False and not frame.titled
        over = not frame.years and frame.era is None and past
        turned = frame._replace(told=era)
        return turned._replace(era=era, years=(), both=False) if frame.both or (over and here) else turned
    if frame.both:
        meant = year in (*frame.years, frame.covered, frame.spoken)
    else:
        meant = here and frame.era is not None and not frame.target
    return frame._replace(era=None, years=(year,), both=False) if meant and year is not None else frame


def _said(text: str, mention: TimeMention, words: TimeWords) -> str | None:
    """The year or half year that a mention says outright, where it governs what follows."""
    groups = mention.groups
    year = year_of(mention.written, None) if mention.written else None
    told = "bare" in groups and _ON.search(text, max(0, mention.start - 10), mention.start) is not None
    if year is None or not (told or _governs(text, mention, words)):
        return None
    if "half" in groups:
        return f"{year}-H{1 if groups['half'][0] == '上' else 2}"
    return str(year)
