"""When a number holds: the time that its sentence, a heading above it or the report's own year says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

from pipeline.language.periods import PLAN_NAME, TimeMention, find_times, number, plan_years, resolve, year_of
from pipeline.metrics.turns import Turn
from pipeline.records import Facts, Section

_PLAN = re.compile(
    r"下一步|下步|工作安排|工作打算|打算|今后|目标任务|工作计划|工作思路|(?<![清变新理])思路|展望|主要任务|预期目标|工作部署|明年|来年|下半年(?:工作|重点|计划|打算)"
    r"|总体要求|奋斗目标|发展方向|目标要求|主要目标|(?<![向赢创])未来|愿景|(?:年|期)(?:重点|主要)?(?:工作)?(?:任务|安排|建议|目标|计划|重点)|意见建议|对策建议"
)
_REVIEW = re.compile(
    r"回顾|总结|完成情况|工作情况|开展情况|执行情况|主要成效|工作成效|取得的|主要做法|(?<!年)(?<!年的)主要工作|基本情况|成绩|过去|年来"
)
_OUTCOME = re.compile("[^，、。和与及]*(?:完成|执行|落实)情况")
"""A plan that is reported on is none: 年度计划完成情况."""
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_BACK = re.compile(r"(?:过去|近|前|这|本届)?的?([两二三四五])年(?=来|工作|回顾|的|间|发展|政府)|本届政府")
_AHEAD = re.compile(r"(?:今后|未来)的?([两二三四五])年")
_PLAN_NAME = re.compile(rf"[“\"]?({PLAN_NAME})[”\"]")
_PLAN_IN_TITLE = re.compile(
    r"(十[一二三四五]五|[六七八九]五|十五)[”\"]?[^，。]{0,20}(?:规划|计划|纲要)|第(十[一二三四五]?|[六七八九])个五年"
)
_NEAR, _FAR = 250, 8000
"""The opening of a text, and as many characters of it as are searched for its year."""
_OPENING = 8
"""A time within so many characters of the head of a sentence speaks for what follows."""
_MOST_TIMES = 40
"""How many times before a number are looked at, so that the time of reading is linear in the text."""
_STOCK = re.compile(r"累计|历年|建成以来|成立以来|建国以来|以来累计|连续|每年")
_FLOW = re.compile(r"年均|平均每年|每年平均|累计|新增|净增")
_YEARLY = re.compile(r"年均|平均每年|每年平均")
"""What is said of each year of several."""
_OF = re.compile("的?(?:约|近|逾|超过?|不足)?")
"""What may stand between a year and the number that is that year's own: 2020年的约."""
_FROM = re.compile(
    r"[由从自](?:(?:[去上前]年|年初|(?:过去|此前|原来|原先|当初|最初|以前)的?)?(?:同期|底|末)?的?(?:约|近|逾|超过?|不足)?)?$"
)
"""What stands before the first of two levels: 由, 由上年同期的."""
_RISES = re.compile(
    r"[^，。；、\n到至]{1,20}?(?:[增提上扩跃攀拓下降减压缩调转回][长加高升大展低少降减缩整变落]?|升|涨)(?:到|至|为)"
)
"""A number that something rose or fell from: 46亿元增加到."""
_FOUNDED = re.compile("(?:建|立|创办|建成|投产|[出新]生)于$")
_FOUNDS = re.compile("(?:成立|设立|始建|创建|创办|建[院校厂村镇园站馆社])[，、；]")
_SUMMED = re.compile("五年(?:来|间)?(?:共|累计)")
_LISTED = re.compile(r"[^，。；、：\n]{0,12}[、和及][^，。；、：\n]{0,20}")
_RELATIVE = frozenset(("今年", "去年", "上年", "前年", "明年", "后年", "本年", "当年"))
_BASIS = re.compile("(?:[比较由从同自与]|恢复[到至]|相当于|回到)$")
_STATE = re.compile(
    r"(?:达到?|为|至|到|有|占|突破|超过|达成|控制在|保持在|稳定在|覆盖|拥有)(?:了|全[国省市县]的?)?$|[率重比]$|总[额量数值]$|(?:装机|规模|余额)$"
)


class Frame(NamedTuple):
    """What the headings and the facts say of a section, and what its sentences have said so far."""

    planned: bool = False
    heading: bool | None = None  # what the headings say of that, None where they do not
    years: tuple[int, ...] = ()  # of the nearest heading that names any
    covered: int | None = None  # the year that the report is on
    spoken: int | None = None  # the year that 今年 stands for
    half: bool = False  # the report is on the first half of a year
    era: tuple[int, int] | None = None  # years that a section looks back on or ahead to as one
    said: str | None = None  # year or half year that the text has said, where nothing else says it
    open: bool = False  # the sentences may say the year
    both: bool = False  # a heading names a year and an era: which one is meant, the sentences say
    target: bool = False  # the era is that of a plan: states are those at its end
    since: int = 0  # where the section begins in which a turn to a year or an era holds on
    told: tuple[int, int] | None = None  # the era that the text has turned to last, for what is said of each year of it

    def year(self, status: str) -> int | None:
        """The year of what is not dated itself."""
        if self.said:
            return int(self.said[:4])
        if self.years:
            return self.years[-1 if status == "planned" else 0]
        if self.covered is not None:
            return self.covered + 1 if self.planned and not self.half else self.covered
        return None


def frame_of(section: Section, sections: Sequence[Section], facts: Facts, told: Sequence[str]) -> Frame:
    """Read the headings from the section up; the nearest that says something decides."""
    planned: bool | None = None
    years: tuple[int, ...] = ()
    era: tuple[int, int] | None = None
    half = False
    covered = facts.year_covered
    since = section.start
    plan = _era_of_plan(facts)
    node: Section | None = section
    while node is not None:
        heading = node.heading
        planned = planned if planned is not None else _plans(heading)
        if node.level == 0:
            half = half or "上半年" in heading
        elif not years and era is None:
            era = era_of(heading, covered)
            years = tuple(map(int, _YEAR.findall(heading)))
            since = node.start if years or era else since
        node = sections[node.parent_id] if node.parent_id is not None else None
    both = bool(years) and era is not None
    target = plan is not None and not years and era is None
    era = plan if target else era
    open_ = covered is None and not years and era is None
    if open_:
        years = tuple(int(said[:4]) for said in told)
    if planned is None and len(years) == 1 and covered is not None and not both:
        planned = years[0] > covered
    spoken = facts.year_delivered or (
        covered + 1 if covered and facts.report_type == "government_work_report" else covered
    )
    return Frame(
        bool(planned),
        planned,
        years,
        covered,
        spoken,
        half,
        era=era,
        said=told[0] if open_ and len(told) == 1 else None,
        open=open_,
        both=both,
        target=target,
        since=since,
    )


def _era_of_plan(facts: Facts) -> tuple[int, int] | None:
    """The years that a five-year plan is for, from its title: （2011—2015年）, “十二五”."""
    if facts.report_type != "development_plan" or not facts.title:
        return None
    for mention in find_times(facts.title):
        if "years" in mention.groups and (period := resolve(mention, None)):
            first, _, last = period.partition("/")
            return int(first), int(last)
    match = _PLAN_IN_TITLE.search(facts.title)
    return plan_years(match[1] or f"{match[2]}五") if match else None


def _plans(heading: str) -> bool | None:
    """Whether a heading speaks of what is to come; None where it does not say, or says both."""
    plan, review = _PLAN.search(_OUTCOME.sub("", heading)), _REVIEW.search(heading)
    return plan is not None if bool(plan) != bool(review) else None


def era_of(words: str, covered: int | None) -> tuple[int, int] | None:
    """The first and last year of a five-year plan or of the years that a heading or clause speaks of as one."""
    if match := _PLAN_NAME.search(words):
        return plan_years(match[1])
    if covered is None:
        return None
    if match := _AHEAD.search(words):
        return covered + 1, covered + number(match[1])
    if match := _BACK.search(words):
        return covered - (number(match[1]) if match[1] else 5) + 1, covered
    return None


def years_told(text: str) -> tuple[str, ...]:
    """The year or half year that a text without title is on, or that and the next year; none where it tells of many.

    Only times that head a sentence or stand in the opening count: a profile dates this and that, and is on no year.
    """
    told: list[str] = []
    for mention in find_times(text[:_FAR]):
        said = _said(text, mention)
        head = max(text.rfind(mark, 0, mention.start) for mark in "。\n！") + 1
        if said is not None and (mention.start < _NEAR or mention.start - head <= _OPENING):
            told.append(said)
    years = sorted({int(said[:4]) for said in told})
    if len(years) == 1:
        return tuple(told[:1])
    return tuple(map(str, years)) if len(years) == 2 and years[1] - years[0] == 1 else ()


def with_time_said(frame: Frame, text: str, start: int, times: Sequence[TimeMention]) -> Frame:
    """The frame after the sentence at `start`: where nothing else says the year, one that heads a sentence holds on."""
    for mention in times if frame.open else ():
        if mention.start - start <= _OPENING and (said := _said(text, mention)) is not None:
            return frame._replace(said=said)
    return frame


def with_turn(frame: Frame, turn: Turn | None, paragraph: int) -> Frame:
    """The frame of a sentence in a paragraph that begins at `paragraph`, where `turn` is the last turn up to it.

    A turn holds on to the end of its section where the heading names a year and an era, else to the end of its paragraph.
    """
    if turn is None or turn.at < frame.since:
        return frame
    five = (frame.covered - 4, frame.covered) if frame.covered else None
    era = turn.plan or ((frame.era or five) if turn.words == "five" else None)
    year = turn.year or {"now": frame.spoken, "one": frame.covered}.get(turn.words)
    here = turn.at >= paragraph
    if era is not None:
        over = not frame.years and frame.era is None and frame.covered is not None and era[1] <= frame.covered
        turned = frame._replace(told=era)
        return turned._replace(era=era, years=(), both=False) if frame.both or (over and here) else turned
    if frame.both:
        meant = year in (*frame.years, frame.covered, frame.spoken)
    else:
        meant = here and frame.era is not None and not frame.target
    return frame._replace(era=None, years=(year,), both=False) if meant and year is not None else frame


def _said(text: str, mention: TimeMention) -> str | None:
    """The year or half year that a mention says outright, where it governs what follows."""
    groups = mention.groups
    written = groups.get("year", groups.get("bare", ""))
    year = year_of(written, None) if written else None
    if year is None or not _is_adverbial(text, mention) or _is_basis(text, mention):
        return None
    if "half" in groups:
        return f"{year}-H{1 if groups['half'][0] == '上' else 2}"
    return str(year)


class Spoken(NamedTuple):
    """What stands before a number in its sentence, and in its clause."""

    left: int  # where the clause begins
    start: int  # where the number begins
    stock: bool  # the clause says that all counts since long ago
    flow: Callable[[], bool]  # whether the number counts what happened over the time, and is no state at its end


def period_of(text: str, spoken: Spoken, frame: Frame, status: str, times: Sequence[TimeMention]) -> str | None:
    """The period of a number; `times` are those of its sentence."""
    left, start = spoken.left, spoken.start
    if not times or times[0].end > start:
        if spoken.stock:
            return _summed(text, spoken, frame)
        return None if _is_first(text, start) else _undated(text, spoken, frame, status)
    last = bisect_right(times, start, key=attrgetter("end"))
    earlier = times[max(0, last - _MOST_TIMES) : last]
    if earlier and _is_own(text, earlier[-1], start):
        return resolve(earlier[-1], None)
    if _is_first(text, start):
        return None
    before = [t for t in earlier if not _is_basis(text, t) and not _is_founding(text, t)]
    near = [t for t in before if t.start >= left]
    if spoken.stock and not near:
        return _summed(text, spoken, frame)
    governing = near or [t for t in before if _is_adverbial(text, t)]
    for mention in sorted(governing, key=lambda t: (_is_adverbial(text, t), t.start), reverse=True):
        groups = mention.groups
        if "lasting" in groups or "count" in groups:
            if groups.get("last") == "前" or "内" in groups.get("within", ""):
                continue
            return resolve(mention, frame.year(status)) if groups.get("last") == "近" or spoken.flow() else None
        written = groups.get("year", groups.get("bare", ""))
        relative = written[:2] in _RELATIVE
        reference = frame.spoken if relative and frame.spoken and not frame.years else frame.year(status)
        if frame.covered is None and frame.said and written.startswith("去年"):
            reference = int(frame.said[:4]) + 1
        if text.startswith(("以来", "以后"), mention.end) and "month" in groups:
            return str(reference) if reference else None
        return resolve(mention, reference)
    return _undated(text, spoken, frame, status)


def _summed(text: str, spoken: Spoken, frame: Frame) -> str | None:
    """The era of a sum over it, 五年累计; other sums count since long ago, and nothing dates them."""
    era = frame.told or frame.era
    return f"{era[0]}/{era[1]}" if era and _SUMMED.search(text, spoken.left, spoken.start) else None


def _undated(text: str, spoken: Spoken, frame: Frame, status: str) -> str | None:
    """The period of a number whose sentence says none."""
    if frame.told is not None and _YEARLY.search(text, spoken.left, spoken.start):
        return f"{frame.told[0]}/{frame.told[1]}"
    if frame.both or (frame.target and status == "actual"):
        return None
    if frame.era is not None:
        if spoken.flow():
            return f"{frame.era[0]}/{frame.era[1]}"
        ahead = frame.covered is not None and frame.era[0] > frame.covered and status == "planned"
        return str(frame.era[1]) if frame.target or ahead else None
    year = frame.year(status)
    if year is None:
        return None
    if frame.half or (frame.open and frame.said and frame.said.endswith("H1")):
        return f"{year}-{'H1' if status == 'actual' else 'H2'}"
    return str(year)


def is_flow(text: str, begin: int, start: int, done: bool) -> bool:
    """Whether a number counts what happened over a time (新建, 完成, 年均增长) and not how things stood at its end.

    ``text[begin:start]`` are the words of its clause before it; `done` tells that one of them says that something was done.
    """
    if _FLOW.search(text, begin, start):
        return True
    return done and _STATE.search(text[begin:start].rstrip("约近逾超 ")) is None


def goes_on(text: str, begin: int, start: int, end: int, following: int) -> bool:
    """Whether what was done with the number at ``text[start:end]`` was done with the next: 新建公路132公里、步道90公里."""
    return (
        _LISTED.fullmatch(text, end, following) is not None
        and _STATE.search(text[begin:start].rstrip("约近逾超 ")) is None
    )


def stocks(text: str) -> list[tuple[int, int]]:
    """Where a text says that numbers count all since long ago: 累计, 历年, 连续."""
    return [match.span() for match in _STOCK.finditer(text)]


def _is_adverbial(text: str, mention: TimeMention) -> bool:
    """Whether a time stands where it governs what follows: at the head of a clause, or after 于, 在, 截至 …"""
    before = text[max(0, mention.start - 2) : mention.start].strip(" \u3000")
    if text[max(0, mention.start - 3) : mention.start] == "过去的":
        return True
    return not before or before[-1] in "，。；：！？、\n于在自从至到（(，" or before.endswith(("截止", "是"))


def _is_founding(text: str, mention: TimeMention) -> bool:
    """始建于1952年, 1952年建院，: when something began, which dates no number."""
    before = _FOUNDED.search(text, max(0, mention.start - 4), mention.start)
    return before is not None or _FOUNDS.match(text, mention.end) is not None


def _is_own(text: str, mention: TimeMention, start: int) -> bool:
    """从2020年的3亿元, 较2020年的3亿元: a year that stands right before a number, which is the one to measure against."""
    written = mention.groups.get("year", mention.groups.get("bare", ""))
    measured = text[mention.start - 1 : mention.start] in ("由", "从", "自", "较", "比")
    return measured and written[:2].isdigit() and _OF.fullmatch(text, mention.end, start) is not None


def _is_first(text: str, start: int) -> bool:
    """Whether a number is the first of 由46亿元增加到92亿元, 由上年46亿元增加到92亿元."""
    return _FROM.search(text, max(0, start - 10), start) is not None and _RISES.match(text, start) is not None


def _is_basis(text: str, mention: TimeMention) -> bool:
    """比上年, 较2020年, 由上年, 恢复到2019年的: what a change is measured against, not the number's own time."""
    return _BASIS.search(text, max(0, mention.start - 4), mention.start) is not None or text.startswith(
        ("同期", "相比"), mention.end
    )
