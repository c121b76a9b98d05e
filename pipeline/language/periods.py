"""Time expressions of a text, and the dates they stand for.

A period is written ``2023``, ``2023-08``, ``2023-04-28``, ``2023-H1``, ``2023-Q1``, or two of these joined by ``/``. Most
expressions leave the year to the context (``8月``, ``上半年``, ``去年``), so that resolving takes a reference year.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.numerals import parse_number
from pipeline.language.scanning import Scan

WRITTEN_YEAR = r"(?:1[89]|20)\d\d|[一二][〇零○九八][〇零○一二三四五六七八九]{2}"
"""A year in digits or characters, without 年."""
YEAR_TOLD = re.compile(rf"(?:{WRITTEN_YEAR})(?= ?年)")
_WRITTEN = re.compile(WRITTEN_YEAR)
YEAR_FIRSTS = frozenset("01289一二四五六七八九")
"""What a year begins with that is told outright: 2025年, 一九五七年, 六三年, 04年."""
PLAN_NAME = "十[一二三四五]五|[六七八九]五|十五"
"""The name of a five-year plan as it stands in quotes; earlier ones are too like other words."""
_PLAN_REVIEWED = re.compile(
    rf"(?:[“\"]?({PLAN_NAME})[”\"](?:规划|计划|时期)|第(?P<ordinal>十?[一二三四五六七八九]|十)个五年(?:计划|规划)(?=[前头]))"
    r"(?:[前头](?P<first>[两二三四])年)?[^，。]{0,8}(?:完成|执行|落实|实施)的?(?:情况|结果)"
)
_PLAN_TITLED = re.compile(
    r"(十[一二三四五]五|[六七八九]五|十五)[”\"]?[^，。]{0,20}(?:规划|计划|纲要)|第(十?[一二三四五六七八九]|十)个五年"
)
_SUMMED = re.compile(
    r"[（(](?P<first>(?:19|20)\d\d)[-—－–~～至]{1,2}(?P<last>(?:19|20)\d\d)[）)]"
    rf"|[“\"](?P<plan>{PLAN_NAME})[”\"](?:时期|期间|以来)?[^，。“”\d]{{0,10}}(?:总结|回顾)(?!.*(?:19|20)\d\d年)"
)
NARRATIVE = re.compile("第二年|次年|翌年|那年|如今")
"""What a story that goes back to one year goes on with; that year is not the one that it is on."""
_SHORT = "[四五六七八九][〇零○一二三四五六七八九]"
"""A year of the last century as older reports tell it, without 一九: 六三年."""
_DIGITS = (
    r"(?<![0-9.．])(?:0[0-9](?=年(?![级制代]))"
    r"|(?<=[，。；：、（\n比较从自到至])[89][0-9](?=年(?![不来间内以的前之限期制级代多余校院历老]|左右))"
    r"|(?<=[比较])[12][0-9](?=年(?:同期|增|下降|上升|减|净增|提高|多|少))|[12][0-9](?=年(?:[末度]|底(?![子蕴气线座色层])|(?:0?[1-9]|1[0-2])月)))"
)
"""A year in two digits: 04年, 比98年; not how long something lasted: 98年的校史, 15年."""
_WRITTEN_SHORT = re.compile(rf"{_SHORT}|[0-9]{{2}}(?![0-9])")
_ANY_YEAR = re.compile(f"{WRITTEN_YEAR}|{_SHORT}|[0-9]{{2}}")
_SHORT_YEAR = rf"(?:(?<![〇零○一二三四五六七八九十百千万第]){_SHORT}(?=年(?![级制代货轻青]))|{_DIGITS})"
_ABOUT = re.compile("四五|五六|六七|七八|八九")
"""What is as well 五六年, five years or six: it is a year only where another year is told beside it."""
_ABOUT_FIRST = frozenset("四五六七八")
_DECADE = (
    r"(?<!本世纪)(?<!本世纪的)(?<!于)(?:上个?世纪|20世纪|二十世纪)?的?"
    r"(?:(?:19|20)[0-9]0|一九[二三四五六七八九][〇零○]|[3-9]0|[二三四五六七八]?[三四五六七八九]十)年代(?:[初中末前后]期|[初末])?"
    r"(?![^，。；：0-9]{1,10}的[一-龥])"
)
"""上世纪九十年代末, 80年代, 八九十年代; not what tells a thing's age: 建于九十年代, 七十年代栽下的茶园."""
_NEAR = "(?<![基日成资版样标根课书原以晚])(?:(?:[本上]|(?<![以时眼当脚地底天线])下)个?月(?![初中末底薪租球])份?|[本上]周(?![边围转期长到年岁密全游末一二三四五六日天]))"
"""本月, 下月, 上周: what they stand for, the times before them and the report's own tell."""
_SHORTLY = 10
"""Within so many characters 年代 ends the words of a decade."""
_M = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|(?<![0-9一二两三四五六七八九十百千万亿美日欧港])元"
_YEAR = rf"(?:(?:{WRITTEN_YEAR}) ?|{_SHORT_YEAR})年(?:度)?|今年|本年度?|当年|去年|上年|(?<!以)前年|明年"
_LINK = r" ?[-－—–~～至到]{1,2} ?"
_D = r"3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_NAMES = "多(?![渠方])|[制期级前后以的规计攻行目任看生龄大期]|脱困|倍增|提升|整治|达标|义务|[两三四五]年"
"""What makes some years the name of a thing: 五年规划, 三年级; else they say in how many years something was done, 五年新建."""

TIME = re.compile(
    rf"(?P<schoolyear>(?:{WRITTEN_YEAR})年?{_LINK}(?:{WRITTEN_YEAR})年?学年度?)(?:的?第?(?P<schoolterm>[一二上下])学期)?"
    rf"|(?P<years>(?:{WRITTEN_YEAR}) ?年? ?(?:[-－—–~～至到]{{1,2}}) ?(?:{WRITTEN_YEAR})(?: ?年|(?=[两三四五六七八九十]年[间来]))|(?:{WRITTEN_YEAR})年?[、和与](?:{WRITTEN_YEAR})年?[两二]年(?!分别)|(?:{WRITTEN_YEAR}|{_SHORT_YEAR})年[至到](?:{_SHORT}|0[0-9])年)"
    rf"|(?:(?P<year>{_YEAR}) ?)?"
    rf"(?:(?P<half>[上下]半年)|第?(?P<quarter>[一二三四1234])季度|(?P<quarters>前三季度|前?[二三四]个季度(?=[^，。；、]{{0,8}}分别)|前[二两三]个季度|[1-3一二三] ?(?:[-－—–~～至到]{{1,2}}|(?<=[，,年在；：].)、|(?<=\n[一二三])、(?=第?[2-4二三四]季度[，,])) ?第?[2-4二三四]季度)"
    rf"|(?<![提此之以目])[前头](?P<firstmonths>1[0-2]|[2-9]|十[一二]?|[二两三四五六七八九])个?月(?:份)?"
    rf"|(?P<month>{_M}) ?月(?:份)?(?: ?(?P<day>{_D}) ?[日号])?(?P<endmonth>底|末)?(?!薪|租|均|产)(?P<tomonth>(?:[上中下]旬|初)?{_LINK}(?:{_YEAR})? ?(?:{_M}) ?月(?:份)?(?: ?(?:{_D}) ?[日号])?)?(?P<today>(?<=[日号]){_LINK}(?:{_D}) ?[日号])?"
    rf"|(?P<monthspan>(?:{_M}) ?(?:月份?)? ?[-－—–~～至到]{{1,2}} ?(?:{_M}) ?月(?:份)?))"
    rf"|(?P<bare>(?:{WRITTEN_YEAR})(?: ?年(?:度)?|[两二三四五]年(?=分别)|届(?=毕业|高[中考]|中考))|{_SHORT_YEAR}年(?:度)?|今年|本年度?|当年|去年|上年|(?<!以)前年|明年|下一年(?![级内])|(?<![产成工用运])后年|全年|年内|过去一年|一年来|年末|年底|年初)(?:(?<=[去上前]年)全年)?"
    rf"|[“\"]?(?P<plan>十[一二三四五六]?五|[一二三四五六七八九]五)[”\"]?(?:时期|期间|规划期|以来|(?P<end>期?末)|(?P<begin>期?初)|的?五年|的?[前头](?P<firstyears>[两二三四])年|(?<=[”\"])(?=累计|年均|平均每年))"
    rf"|(?P<last>近|过去|最近|前|今后|未来)(?:的)?(?P<count>[两二三四五六七八九十]|\d{{1,2}})年(?P<since>来|内|间|中(?![学专职期考小]))?"
    rf"|(?P<near>{_NEAR})"
    r"|(?P<winter>去冬(?:今春|以来)|今冬明春)|(?P<coming>今明两年|明后两年)"
    rf"|(?<![第近过前来续满几数百0-9])(?P<ago>十[一二三四五六七八九]?|[二三四五]十|[两二三四五六七八九]|[1-9][0-9]?)年前(?![后期])"
    rf"|第(?P<ordinal>十?[一二三四五六七八九]|十)个五年计划(?:期间|时期)"
    rf"|(?P<lasting>[两二三四五六七八九十]|\d{{1,2}})年(?:(?P<within>来|内|间|中(?![学专职期考小]))|(?<=[，。；：、\n—][两三四五]年)(?=[一-龥])(?!{_NAMES})|(?<![第续满][两三四五六七八九十]年)(?=分别[增下提上降]|累计[完投新]))"
)
_IN_DECADE = re.compile(rf"(?P<decade>{_DECADE})")
_NUMERAL = "一二三四五六七八九十两"
_LINKS = "－—–~～至到-"
_FIRSTS = f'0123456789{_NUMERAL}元今本当去上下前头明后全年过近最未第“"'
_SECONDS = f' 、0123456789〇零○{_NUMERAL}年月季届{_LINKS}”"冬半个世周内末底初的后去近来明'
_FIRST = re.compile(
    rf"[{_FIRSTS}](?:"
    rf"(?<=[0-9])(?=[0-9]{{0,3}}(?: ?[年月季届{_LINKS}]|[两二三四五]年分别)|[0-9]{{3}}[、和与](?:19|20)[0-9]{{2}}年?[两二]年)"
    rf"|(?<=[{_NUMERAL}])(?=[〇零○{_NUMERAL}九八1-4]{{0,3}}[年月季{_LINKS}]|[{_NUMERAL}]{{1,2}}[”\"]?[时期规以末初的五前头])"
    rf"|(?<=\n[一二三])(?=、第?[2-4二三四]季度[，,])|(?<=[二三四])(?=个季度)|(?<=元)(?=月|[{_LINKS}]{{1,2}}[0-9{_NUMERAL}])"
    rf"|(?<=[今本当去上前明后全])(?=年)|(?<=[去今])(?=冬[今明]春|冬以来)|(?<=今)(?=明两年)|(?<=明)(?=后两年)|(?<=下)(?=一年)|(?<=[上下])(?=半年)|(?<=上)(?=个?世纪)|(?<=[本上])(?=个?月|周)|(?<=下)(?=个?月)|(?<=2)(?=0世纪)|(?<=二)(?=十世纪)|(?<=年)(?=[内末底初])|(?<=第)(?=[一二三四1-4]季|[{_NUMERAL}]{{1,2}}个五年计划[期时])"
    rf"|(?<=[前头])(?=[{_NUMERAL}0-9]{{1,2}}个月)|(?<=前)(?=[二两三]个?季|的?[{_NUMERAL}0-9])|(?<=近)(?=的?[{_NUMERAL}0-9])|(?<=[今过最未])(?=[后去近来])"
    rf"|(?<=[“\"])(?=[{_NUMERAL}]{{2,3}}[”\"]?[时期规以末初的五前头]))"
)
"""Where a time expression may begin. It begins with one class of characters, which is searched for at the speed of a scan."""
_places = lru_cache(2)(Scan(_FIRST, _FIRSTS, _SECONDS).places)
_LONG = 1000
"""A text longer than this is passed over once for all its sentences."""
_PLANS = {
    "一五": 1953,
    "二五": 1958,
    "三五": 1966,
    "四五": 1971,
    "五五": 1976,
    "六五": 1981,
    "七五": 1986,
    "八五": 1991,
}
_PLANS |= {"九五": 1996, "十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
_LAST = re.compile(
    rf"(?:[上中下]旬|初)?{_LINK}(?:(?P<year>{_YEAR}))? ?(?P<month>{_M}) ?月(?:份)?(?: ?(?P<day>{_D}) ?[日号])?"
)
"""The end of a span that began with a month: 至2023年3月, 到7月5日."""
_NAMED_SPANS = {(1, 3): "-Q1", (1, 6): "-H1", (7, 12): "-H2", (1, 12): ""}
"""Months from and to that make up what has a name of its own."""
_RELATIVE = {"去年": -1, "上年": -1, "前年": -2, "明年": 1, "下一年": 1, "后年": 2, "年初": 0}


class TimeMention(NamedTuple):
    """A time expression at ``text[start:end]`` with the groups that its pattern found."""

    start: int
    end: int
    groups: dict[str, str]

    @property
    def written(self) -> str:
        """The year as it is written, 2020 or 去年; empty where there is none."""
        return self.groups.get("year", self.groups.get("bare", ""))


def find_times(text: str, start: int = 0, end: int | None = None) -> list[TimeMention]:
    """All time expressions of ``text[start:end]``, in order, with offsets into `text`."""
    stop = len(text) if end is None else end
    out: list[TimeMention] = []
    next_ = start
    for at in _begins(text, start, stop):
        if at < next_:
            continue
        decade = _IN_DECADE.match(text, at, stop) if text.find("年代", at, at + _SHORTLY) >= 0 else None
        mention = decade or TIME.match(text, at, stop)
        if mention is not None and mention.end() > at:
            next_ = mention.end()
            groups = {k: v for k, v in mention.groupdict().items() if v}
            begins = at - 1 if at > start and text[at - 1] == " " else at  # 比 2019 年: what stands beside it is 比
            out.append(TimeMention(begins, next_, groups))
    return _without_abouts(out)


def _begins(text: str, start: int, stop: int) -> Iterable[int]:
    """Where times of ``text[start:stop]`` may begin; a long text, which is asked for by sentences, is passed over once."""
    if len(text) <= _LONG:
        return [match.start() for match in _FIRST.finditer(text, start, stop)]
    places = _places(text)
    return [at for at in places[bisect_left(places, start) : bisect_left(places, stop)] if _FIRST.match(text, at, stop)]


def _without_abouts(times: list[TimeMention]) -> list[TimeMention]:
    """Times without 五六年 and its like, unless another year of that century is told beside them: 五六年亩产二百斤，五七年三百斤."""
    if not any(time.written[:1] in _ABOUT_FIRST and _ABOUT.match(time.written) for time in times):
        return times
    years = (year_of(time.written, None) for time in times if not _ABOUT.match(time.written))
    if any(year is not None and 1940 <= year < 2000 for year in years):
        return times
    return [time for time in times if not _ABOUT.match(time.written)]


def number(written: str) -> int:
    """A small numeral of a date: 8, 08, 八, 十二, 元."""
    value = parse_number(written) if written != "元" else 1
    return int(value) if value is not None else 0


def year_of(written: str, reference: int | None) -> int | None:
    """The year that 2023年, 二〇二三年, 去年 or 今年 stands for."""
    digits = _WRITTEN.match(written)
    if digits:
        return number(digits[0])
    if _WRITTEN_SHORT.match(written):
        year = number(written[:2])
        return year + (2000 if written[0] in "012" else 1900)
    return None if reference is None else reference + _RELATIVE.get(written, 0)


def resolve(mention: TimeMention, reference: int | None) -> str | None:
    """The period that a mention stands for, with `reference` as the year meant where none is said.

    >>> [resolve(t, 2023) for t in find_times("上半年、8月份、去年一季度、“十四五”期间、2021—2023年")]
    ['2023-H1', '2023-08', '2022-Q1', '2021/2025', '2021/2023']
    """
    said = mention.groups
    if "years" in said:
        first, *_, last = _ANY_YEAR.findall(said["years"])
        return f"{year_of(first, None)}/{year_of(last, None)}"
    if "plan" in said:
        years = plan_years(said["plan"])
        if years and "end" in said:
            return str(years[1])
        if years and "begin" in said:
            return str(years[0])
        if years and "firstyears" in said:
            return f"{years[0]}/{years[0] + number(said['firstyears']) - 1}"
        return f"{years[0]}/{years[1]}" if years else None
    if "near" in said:
        return None
    if "schoolyear" in said:
        first, last = map(number, _WRITTEN.findall(said["schoolyear"]))
        return f"{first}/{last}" if "schoolterm" not in said else term_of(first, said["schoolterm"] in "一上")
    if "decade" in said:
        return _years_of_decade(said["decade"])
    if "ordinal" in said:
        years = plan_years(said["ordinal"] + "五")
        return f"{years[0]}/{years[1]}" if years else None
    year = year_of(mention.written, reference)
    if year is None:
        return None
    if "count" in said or "lasting" in said:
        return _span_of_years(said, year)
    if "winter" in said:
        return f"{year - 1}/{year}" if said["winter"][0] == "去" else f"{year}/{year + 1}"
    if "coming" in said:
        first = year + (said["coming"][0] == "明")
        return f"{first}/{first + 1}"
    if "ago" in said:
        return str(year - number(said["ago"]))
    if "half" in said:
        return f"{year}-H{1 if said['half'][0] == '上' else 2}"
    if "quarter" in said:
        return f"{year}-Q{number(said['quarter'])}"
    if "quarters" in said:
        return _span_of_quarters(year, said["quarters"])
    if "monthspan" in said:
        months = [number(m) for m in re.findall(_M, said["monthspan"])]
        return _span_of_months(year, months[0], months[-1])
    if "firstmonths" in said:
        return _span_of_months(year, 1, number(said["firstmonths"]))
    if "month" in said:
        return _from_month(said, year, reference)
    return str(year)


def _years_of_decade(written: str) -> str:
    """First and last year of a decade, or of two: 九十年代, 八九十年代."""
    tens = re.findall("[0-9]+|[一二三四五六七八九十〇零○]+(?=年代)", written)[-1]
    if (year := year_of(tens, None)) is not None and len(tens) == len("1990"):
        return f"{year}/{year + 9}"
    first, last = (tens[0], tens[0]) if tens[0].isdigit() else (tens[0], tens[-2])
    return f"19{number(first)}0/19{number(last)}9"


def _from_month(said: dict[str, str], year: int, reference: int | None) -> str:
    """The month or day that a mention begins with, up to the one that it ends with: 去年11月至今年2月, 6月1日至7日."""
    month, day = number(said["month"]), f"-{number(said['day']):02}" if "day" in said else ""
    last = _LAST.match(said.get("tomonth", ""))
    if last is not None:
        ends = (last["year"] and year_of(last["year"], reference)) or year
        until = f"-{number(last['day']):02}" if day and last["day"] else ""
        whole = day == "-01" and until == f"-{monthrange(ends, number(last['month']))[1]}"
        until = "" if whole else until
        if ends == year and not until:
            return _span_of_months(year, month, number(last["month"]))
        return f"{year}-{month:02}{day if until else ''}/{ends}-{number(last['month']):02}{until}"
    first = f"{year}-{month:02}{day}"
    if "today" not in said:
        return first
    to = number(re.sub("[^0-9一二三四五六七八九十]", "", said["today"]))
    return f"{first}/{year}-{month:02}-{to:02}"


def month_beside(month: str, step: int) -> str:
    """The month so many after another, before it where `step` is below 0.

    >>> month_beside("2024-01", -1), month_beside("2023-12", 1)
    ('2023-12', '2024-01')
    """
    year, _, of_year = month.partition("-")
    years, months = divmod(int(year) * 12 + int(of_year) - 1 + step, 12)
    return f"{years}-{months + 1:02}"


def plan_years(name: str) -> tuple[int, int] | None:
    """First and last year of a five-year plan.

    >>> plan_years("十四五")
    (2021, 2025)
    """
    first = _PLANS.get(name)
    return (first, first + 4) if first else None


def plan_reviewed(title: str) -> tuple[int, int] | None:
    """First and last year of the five-year plan whose outcome a title says that a report tells.

    >>> plan_reviewed("某县“十三五”规划执行情况和“十四五”规划编制说明"), plan_reviewed("第七个五年计划头三年执行情况")
    ((2016, 2020), (1986, 1988))
    """
    match = _PLAN_REVIEWED.search(title)
    years = plan_years(match[1] or f"{match['ordinal']}五") if match else None
    if match is None or years is None or not match["first"]:
        return years
    return years[0], years[0] + number(match["first"]) - 1


def years_summed(title: str) -> tuple[int, int] | None:
    """First and last of the years that a title says that a report sums up, in brackets or as those of a five-year plan.

    >>> years_summed("某县五年工作总结（2016—2020）"), years_summed("某镇“十二五”工作总结"), years_summed("某镇工作总结")
    ((2016, 2020), (2011, 2015), None)
    """
    match = _SUMMED.search(title)
    if match is None or match["plan"]:
        return plan_years(match["plan"]) if match else None
    return int(match["first"]), int(match["last"])


def plan_titled(title: str) -> tuple[int, int] | None:
    """First and last year of the five-year plan that a title names.

    >>> plan_titled("某县国民经济和社会发展第十三个五年规划纲要"), plan_titled("某省林业“十二五”规划")
    ((2016, 2020), (2011, 2015))
    """
    match = _PLAN_TITLED.search(title)
    return plan_years(match[1] or f"{match[2]}五") if match else None


def term_of(year: int, first: bool) -> str:
    """The first or second term of the school year that begins in `year`.

    >>> term_of(2022, True), term_of(2022, False)
    ('2022-09/2023-01', '2023-02/2023-07')
    """
    return f"{year}-09/{year + 1}-01" if first else f"{year + 1}-02/{year + 1}-07"


def _span_of_months(year: int, first: int, last: int) -> str:
    name = _NAMED_SPANS.get((first, last))
    return f"{year}-{first:02}/{year}-{last:02}" if name is None else f"{year}{name}"


def _span_of_quarters(year: int, written: str) -> str:
    """前三季度, 二至四季度."""
    first, last = quarters_of(written)
    return _span_of_months(year, 3 * first - 2, 3 * last)


def quarters_of(written: str) -> tuple[int, int]:
    """The first and the last of several quarters: 前三季度, 二至四季度, 四个季度."""
    said = [number(q) for q in re.findall("[1-4一二两三四]", written)]
    return (1 if len(said) == 1 else said[0]), said[-1]


def _span_of_years(said: dict[str, str], year: int) -> str | None:
    count = number(said.get("count", said.get("lasting", "")))
    if not 2 <= count <= 20:
        return None
    if said.get("last") in ("今后", "未来") or "内" in (said.get("since"), said.get("within")):
        return f"{year}/{year + count - 1}"
    return f"{year - count + 1}/{year}"


def dates_of(period: str | None) -> tuple[date | None, date | None]:
    """First and last day of a period.

    >>> [str(d) for d in dates_of("2023-H1")]
    ['2023-01-01', '2023-06-30']
    """
    if period is None:
        return None, None
    first, _, last = period.partition("/")
    return _bounds(first)[0], _bounds(last or first)[1]


def _bounds(period: str) -> tuple[date | None, date | None]:
    year, _, rest = period.partition("-")
    y = int(year)
    try:
        if not rest:
            return date(y, 1, 1), date(y, 12, 31)
        if rest[0] == "H":
            return (date(y, 1, 1), date(y, 6, 30)) if rest == "H1" else (date(y, 7, 1), date(y, 12, 31))
        if rest[0] == "Q":
            last = int(rest[1]) * 3
            return date(y, last - 2, 1), date(y, last, monthrange(y, last)[1])
        month, _, day = rest.partition("-")
        if day:
            return date(y, int(month), int(day)), date(y, int(month), int(day))
        return date(y, int(month), 1), date(y, int(month), monthrange(y, int(month))[1])
    except ValueError:
        return None, None
