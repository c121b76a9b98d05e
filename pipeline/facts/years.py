"""The year that a report covers and the year in which it was given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.facts.introduced import year_introduced, year_of_story
from pipeline.facts.year_words import BODY, NEAR, YEAR, YEAR_TOLD, YEAR_WRITTEN, is_to_come, year_of
from pipeline.language.numerals import parse_number
from pipeline.language.periods import NARRATIVE, plan_reviewed, plan_titled, years_summed
from pipeline.records import Section

_DATE = re.compile(
    rf"({YEAR_WRITTEN})\s?(?:年|[-./])\s?(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s?(?:月|[-./]\d{{1,2}}(?!\d?\s?月))"
)
_REVIEW = re.compile(r"回顾|总结|情况|成效|成就|成绩|完成|所做|过去")
_PLAN = re.compile(r"安排|打算|任务|计划|目标|要求|建议|部署|思路|重点|工作|要点|举措")
_CONGRESS = re.compile(
    r"第([一二三四五六七八九十]{1,3})届全国人民代表大会第([一二三四五六七八九十]{1,2})次会议(?!通过|批准|的?决|审议|确定)"
)
_FIRST_CONGRESSES = {1: 1954, 2: 1959, 3: 1964, 4: 1975}
_OPENING_YEAR = re.compile(
    rf"(?:^|[。！？\s　])(?:(?:过去的|刚刚过去的|截至|截止)\s?)?({YEAR_WRITTEN})\s?年(?!\d{{1,2}}月\d{{1,2}}日|[至到]|[^，。；\n]{{0,14}}以来)"
)
_PARAGRAPH_YEAR = re.compile(rf"\n[ \u3000]*({YEAR_WRITTEN})年[，,]")
_MEMORABLE = re.compile(rf"(?P<year>{YEAR_WRITTEN})年[，,]?是[^。！\n]{{2,60}}?(?:的一年|之年)")
"""How a review begins: 2019年，是极不平凡的一年."""
_BEGINS = 1200
"""So many characters of a report are searched for that."""
_AND_AHEAD = re.compile(
    r"^(?!.*(?:19|20)\d\d.*(?:19|20)\d\d).*(?:总结|小结|回顾|情况)(?:以?[及和与]|暨|、)(?=(?:19|20)\d\d年(?:度|的)?[^，。]{0,8}?(?:计划|打算|安排|思路|要点|任务|目标))"
)
"""A title that names but the year that it plans for, behind what was done: 工作总结及2021年工作计划."""
_WORK_OF_YEAR = re.compile(
    rf"(?:[一1第部分]{{1,4}}[、.．，： ]\s*)?({YEAR_WRITTEN})年度?(?:的|全[院局市县区]|全年)?(?:主要|重点)?工作"
)
"""A heading that may look back or ahead: 一、2022年主要工作."""
_TOLD_OF = re.compile(
    r"截[至止]|一年来|同比|上升|增长\d|下降\d|(?:完成|办结|受理|审结|批准逮捕|提起公诉|立案|查处|建成|实现|发放|召开)了?[^，。；、\n]{0,14}?\d"
)
"""What tells that something has come about: 审结各类案件860件."""
_AHEAD = re.compile("将(?![近军])|力争|争取|计划|规划|预[计期]|目标|任务|打算|拟|(?<![主重])要|确保|安排|预算|以[上内]")
_TO_BE = re.compile(
    r"力争|不[少低]于|今年要|拟(?=[新改扩建])|预期目标|(?<!即)将(?![近军])|\d[%％个件万亿元户]{0,2}以上"
)
_GONE_BY = re.compile("(?:过去|刚刚过去)的?(?:这?一年|20)|一年来|去年|上一?年度?")
_SESSION = re.compile("(?:会议?|大会)上")
_ENDING = re.compile(r"即将过去的")
_OF_ITS_YEAR = re.compile(rf"(?:政府|委员会){YEAR_WRITTEN}年度?工作报告")
"""A title whose year may be the one that the report is on: 柳溪镇人民政府2012年工作报告."""
_FOR_ITS_YEAR = re.compile(rf"{YEAR_WRITTEN}年度(?:人民)?政府工作报告")
"""... or the one that it is given in: 柳溪县2012年度政府工作报告."""
_LAST_YEAR = re.compile(r"(?:^|[。\n])[ \u3000]*去年(?![同末底])")
_THIS_YEAR_PLANNED = re.compile(r"今年.*(?:安排|打算|任务|目标|要求|部署|重点|工作)")
_DATED = re.compile(
    rf"(?:—+|[-－]{{2,}}|[（(]){YEAR_WRITTEN}年(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:[\d一二三四五六七八九十]{{1,3}}日)?(?:[·、，\s]?[^，。0-9）)]{{1,4}})?[）)]?$"
)
"""The date that a title ends with: （2001年1月）."""
_MEETING = re.compile(r"(?:—+|[-－]{2,})[^—]*在[^—]*会议?上(?!的[^—]{1,6}$)[^—]*$")
"""The meeting that a report was given to, run on behind its title: ——2001年1月5日在市第三届人民代表大会第一次会议上."""
_LATE, _EARLY = 11, 3  # months: a report on the year that ends, on the one that has ended
_LATE_SESSION = 10
"""Towns and counties whose congress is elected anew meet from October on, and hear of the year that is about to end."""
_FIRST_SESSION = re.compile("第一次会议")
_FIVE_YEARS = re.compile("五年[来间]|(?:过去|这)的?五年")
"""What a report to a congress elected anew is on: the five years up to that in which it meets."""
_ONLY_NAMED = re.compile(
    rf"[比较]{YEAR_WRITTEN}\s?年(?!度?[，,])|{YEAR_WRITTEN}\s?年(?=度?(?:政府)?的?(?:主要|重点|总体|经济)?(?:工作|任务|目标)的?(?:总体)?(?:安排|打算|部署|建议|思路))"
)
"""A year that a text measures against, or names for plans: 比2007年增长, 对2011年政府工作总体安排."""
_SHORT_LINE = 70


_MASKED = re.compile(r"20(?:[xX×ＸＸ*]{2}|__)\s?年")
_PUT_UP = re.compile(rf"[^，。；\n]{{0,12}}(?:时间|日期|发布|更新)\s?[:：]?\s?({YEAR_WRITTEN})\s?[-./年]")
"""The day on which a site put a text up: 发布时间：2021-08-31."""
_PLANNED_BY = re.compile(
    rf"(?<!原)(?:计划|力争|预计|争取|确保|拟|将于)[于在到]?({YEAR_WRITTEN})年(?:[底末]|[上下]半年|\d{{1,2}}月)?前?"
    r"(?:全面|全部|正式)?(?:建成|完成|竣工|完工|投产|投用|动工|开工|启动|通车)"
)
"""By when something is to be done: 计划2014年底建成."""


class Given(NamedTuple):
    """When a report was given: a year, and a month where it is said (0 where not)."""

    year: int
    month: int


def given_in(lines: Sequence[str]) -> Given | None:
    """The date that stands in a line of its own: under the title, or under the signature."""
    for line in lines:
        match = _DATE.search(line)
        if match and len(line) <= _SHORT_LINE and not re.search(r"[，。；]", line):
            return _given(match)
    return None


def without_late(lines: Sequence[str], text: str) -> Sequence[str]:
    """Lines without the day on which a site put up a text that is older: it masks its year, or plans for one before.

    >>> without_late(["时间：2021-08-31"], "项目计划2014年底建成。"), without_late(["时间：2013-08-31"], "计划2014年底建成。")
    ([], ['时间：2013-08-31'])
    """
    said = {line: year_of(match[1]) for line in lines if (match := _PUT_UP.match(line))}
    if not said:
        return lines
    planned = [year_of(match[1]) for match in _PLANNED_BY.finditer(text, 0, BODY)]
    late = {line for line, year in said.items() if _MASKED.search(text) or any(by < year for by in planned)}
    return [line for line in lines if line not in late]


def dated(title: str) -> tuple[str, Given | None]:
    """A title without the date or the meeting that it ends with, and that date.

    >>> dated("青川市农业工作报告（2001年1月）")
    ('青川市农业工作报告', Given(year=2001, month=1))
    >>> dated("政府工作报告——在青川市第三届人民代表大会第一次会议上（2001年1月5日）")
    ('政府工作报告', Given(year=2001, month=1))
    """
    match = _MEETING.search(title) or _DATED.search(title)
    return (title[: match.start()], _given(_DATE.search(match[0]))) if match else (title, None)


def _given(date: re.Match[str] | None) -> Given | None:
    if date is None:
        return None
    month = int(parse_number(date[2]) or 0)
    return Given(year_of(date[1]), month if 1 <= month <= 12 else 0)


def congress_year(opening: str) -> int | None:
    """The year of the National People's Congress that the opening addresses."""
    match = _CONGRESS.search(opening)
    if match is None:
        return None
    congress, session = (int(parse_number(number) or 0) for number in match.groups())
    return _FIRST_CONGRESSES.get(congress, 1953 + 5 * congress) + session - 1


def heading_years(outline: Sequence[Section]) -> tuple[int | None, int | None]:
    """The year that the main headings look back on, and the one that they plan for."""
    review = plan = None
    for section in outline:
        if not 0 < section.level <= 2:
            continue
        for match in YEAR.finditer(section.heading):
            words = YEAR.split(section.heading[match.end() :], maxsplit=1)[0]
            if _REVIEW.search(words):
                review = review or year_of(match["year"])
            elif section.level == 1 and _PLAN.search(words):
                plan = plan or year_of(match["year"])
    return review, plan


def years_headed(outline: Sequence[Section]) -> tuple[int, int] | None:
    """The year that a text without a title is on and that in which it was given, where its headings alone say them.

    一、去年完成情况, and behind it 二、2025年任务.
    """
    if not any("去年" in section.heading for section in outline):
        return None
    told = [(year_of(match["until"] or match["year"]), s) for s in outline for match in YEAR.finditer(s.heading)]
    if len({year for year, _ in told}) != 1 or any(_REVIEW.search(section.heading) for _, section in told):
        return None
    return told[0][0] - 1, told[0][0]


def year_opened(text: str, outline: Sequence[Section], given: Given | None) -> int | None:
    """The year on whose work a report begins: 一、2022年主要工作, below which it tells what has come of it."""
    first = next((section for section in outline if section.level == 1), None)
    match = _WORK_OF_YEAR.fullmatch(first.heading) if first else None
    if first is None or match is None:
        return None
    year = year_of(match[1])
    if (given and (given.year, given.month or _EARLY) <= (year, _EARLY)) or f"{year - 1}年" in text[: first.start]:
        return None
    heads = (match for section in outline if section.level == 1 for match in YEAR.finditer(section.heading))
    if any(year_of(match["year"]) == year + 1 for match in heads):
        return year
    told = _TOLD_OF.search(text, first.heading_end, first.heading_end + _BEGINS)
    ahead = _TO_BE.search(text, first.heading_end, first.heading_end + NEAR) or is_to_come(text, year)
    return year if told and not ahead else None


def last_told(text: str, first: int, plan: int | None) -> int:
    """The last of the years that a text tells of one after another from a `first` on, without that which a heading plans for.

    >>> last_told("2019年受理86件。2020年受理92件，2021年74件。2022年，力争降到60件。", 2019, None)
    2021
    """
    told = {
        year_of(match[1])
        for match in YEAR_TOLD.finditer(text, 0, BODY)
        if any(sign.isdigit() for sign in match["what"]) and not _AHEAD.search(match["what"])
    }
    last = first
    while last + 1 in told and last + 1 != plan:
        last += 1
    return last


def _before_session(year: int | None, text: str, given: Given | None) -> int | None:
    """The year before that of a session early in a year which hears of the year gone by and of what is to come in its own."""
    early = given is not None and 0 < given.month <= _EARLY and year == given.year
    return None if early and _GONE_BY.search(text, 0, _BEGINS) and _SESSION.search(text, 0, NEAR) else year


def body_year(text: str, *, most: bool) -> int | None:
    """The year that the opening names first, or the one that it names `most`."""
    if most:
        years = Counter(year_of(match["year"]) for match in YEAR.finditer(_ONLY_NAMED.sub("", text[:BODY])))
        return max(years, key=lambda year: (years[year], year)) if years else None
    said = _OPENING_YEAR.finditer(text[:400])
    match = next((match for match in said if not is_to_come(text, year_of(match[1]))), None)
    return year_of(match[1]) if match and not NARRATIVE.search(text[:BODY]) else None


def years_of_government_report(
    title: str | None, opening: str, text: str, outline: Sequence[Section], given: Given | None
) -> tuple[int | None, int | None]:
    """Such a report is given early in a year on the year before, unless it says that the year is about to end."""
    review, plan = heading_years(outline)
    titled = YEAR.search(title or "")
    if titled and _looks_back_on(text, own := year_of(titled["year"])):
        return own, given.year if given and given.year > own else own + 1
    delivered = given.year if given else year_of(titled["year"]) if titled else None
    ends = _ENDING.search(opening) is not None or (given is not None and given.month >= _LATE_SESSION)
    ends = ends or (
        given is None
        and (_OF_ITS_YEAR.search(title or "") or _FOR_ITS_YEAR.search(title or "")) is not None
        and _on_its_year(title, text, outline)
    )
    if delivered is None and (review or plan):
        covered = review or (plan - 1 if plan else None)
        delivered = covered if ends else plan or (covered + 1 if covered else None)
        return covered, delivered
    delivered = delivered or congress_year(opening)
    if delivered is not None:
        return review or (delivered if ends else delivered - 1), delivered
    covered = body_year(text, most=True)
    return covered, covered + 1 if covered else None


def _looks_back_on(text: str, year: int) -> bool:
    """Whether a report begins by calling a year a memorable one: 2019年，是极不平凡的一年; it tells of none before."""
    said = _MEMORABLE.search(text, 0, _BEGINS)
    return said is not None and year_of(said["year"]) == year and f"{year - 1}年" not in text[: said.start()]


def _on_its_year(title: str | None, text: str, outline: Sequence[Section]) -> bool:
    """Whether a report is on the year of its title: it plans for the next one, or tells neither of the last nor of plans."""
    titled = YEAR.search(title or "")
    if titled is None or (titled[0].endswith("年度") and not _FOR_ITS_YEAR.search(title or "")):
        return titled is not None
    if any(_THIS_YEAR_PLANNED.search(section.heading) for section in outline):
        return False
    year = year_of(titled["year"])
    heads = [(year_of(m["year"]), s.heading[m.end() :]) for s in outline if s.level for m in YEAR.finditer(s.heading)]
    said = {year_of(match[1]) for match in _PARAGRAPH_YEAR.finditer(text)}
    if year + 1 in said or any(told == year + 1 for told, _ in heads):
        return True
    planned = any(told == year and _PLAN.search(words.removesuffix("工作")) for told, words in heads)
    return not planned and all(told != year - 1 for told, _ in heads) and _LAST_YEAR.search(text) is None


def years_of_other(
    title: str | None, covers: str | None, text: str, outline: Sequence[Section], given: Given | None
) -> tuple[int | None, int | None]:
    """The title's year, the last of a five-year plan; else that of the headings, of the opening sentence, of the date line."""
    delivered = given.year if given else None
    titled = YEAR.search(title or "")
    own = year_of(titled["until"] or titled["year"]) if titled else None
    if own is not None and _AND_AHEAD.match(title or ""):
        return own - 1, delivered
    era = plan_titled(title or "") if covers == "coming" else None
    if era and (own is None or own > era[1]):  # not the 2010年远景目标 of “九五”计划
        return era[1], delivered
    if own is not None:
        return own, delivered
    if covers in (None, "told") and (told := year_of_story(title, text)):
        return told, delivered
    if covers is None and (told := year_reviewed(outline) or year_introduced(text)):
        ahead = any(section.level and _THIS_YEAR_PLANNED.search(section.heading) for section in outline)
        return told, delivered or (told + 1 if ahead else None)
    if covers != "past":
        return None, delivered
    if ended := plan_reviewed(title or "") or years_summed(title or ""):
        told = given.year - (0 < given.month <= _EARLY) if given else ended[1]  # amid the years of the plan
        return min(ended[1], told), delivered
    review, plan = heading_years(outline)
    # 一、2021年主要工作, told in January 2022, is no plan, nor is one that opens a report which tells what has come of it
    if plan and given and (plan, _LATE) <= (given.year, given.month or _EARLY):
        review, plan = review or plan, None
    ends = given is not None and given.month >= _LATE_SESSION and _FIRST_SESSION.search(text, 0, NEAR) is not None
    ends = ends and _FIVE_YEARS.search(text, 0, BODY // 8) is not None
    covered = review or (given.year if given and ends else None)
    covered = covered or year_opened(text, outline, given) or (plan - 1 if plan else None)
    if covered is None and (opened := body_year(text, most=False)):
        covered = _before_session(opened, text, given)
        if covered and (last := last_told(text, covered, plan)) > covered:
            covered = None if "今年" in text else last
    if covered is None and given is not None:
        past = 0 < given.month <= _EARLY or is_to_come(text, given.year)
        covered = given.year - 1 if past else given.year
    return covered, delivered


def year_reviewed(outline: Sequence[Section]) -> int | None:
    """The only year that headings look back on: 一、2023年工作回顾."""
    told = {
        year_of(match["year"])
        for section in outline
        if section.level
        for match in YEAR.finditer(section.heading)
        if _REVIEW.search(section.heading, match.end())
    }
    return told.pop() if len(told) == 1 else None
