"""When a number holds: the time that its sentence, a heading above it or the report's own year says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

from pipeline.language.periods import YEAR_FIRSTS, TimeMention, number, resolve, year_of
from pipeline.language.starts import is_first
from pipeline.metrics.times.adverbials import (
    MOST_TIMES,
    OF_YEAR_TOLD,
    PARTS,
    TimeWords,
    in_forecast,
    is_adverbial,
    is_bare,
    is_end,
    is_in_bracket,
    is_long_ago,
    is_of_number,
    is_onset,
    is_own,
    is_same_time,
    is_since,
)
from pipeline.metrics.times.behind import due_behind
from pipeline.metrics.times.frames import Frame
from pipeline.metrics.times.spans import is_month, near, next_school_year, next_span
from pipeline.metrics.times.stretches import is_on_coming, joined, months_since, months_summed, since, so_far, years_to
from pipeline.metrics.times.worded import is_from_now, is_of_year, is_once_built, is_since_founded

_YEAR_ALONE = len("2023")
_MEASURES_LAST = ("增幅", "增速", "增长", "同比", "比上年", "比去年")
"""What a clause begins with that goes on with the number before it: 预计全年可达19亿元，增幅12%."""
_LIST = 30
"""累计 governs a list of numbers of so many characters."""
_SUMMED = re.compile("五年(?:来|间)?(?:共|[^，。；]{0,14}累计)")
_STANDS = re.compile("[现共建]有|[内下]设|在[编岗册]|累计有")
"""What tells how things stand since a month, and not what was done from it on: 今年3月组建以来，现有队员15人."""
_MEAN = re.compile("来?(?:平均|年均|合计|总共|共|累计)")
_TOTALLED = re.compile("[^，。；0-9]{0,16}(?:总共|合计|共计?|累计)$")
"""What stands between years and what they come to: 五年中基本建设投资共."""
_CHANGED = re.compile("累计(?:[下仅共约]?降低?|提高|增长|增加|减少|上升|压减)了?$")
"""A sum that tells how much something has changed over the years of an era: 能耗累计下降|18%."""
_STILL = re.compile("[仍还尚]有|还剩|仅剩")
_COUNTED = frozenset(("lasting", "count"))
_SPANS = frozenset(("lasting", "count", "plan", "years"))  # times of several years
_DATES = frozenset(("plan", "years"))  # ... that date what is summed up over them
_AHEAD = ("今后", "未来")
_OF_THINGS = re.compile("[0-9一二两三四五六七八九十百千万.]+[多余]?(?:[个座所条家处台栋项株口眼辆户名位只件]|公里|亩)")
"""A number of things: 2019年建成的电站|3座."""
_GAINED = re.compile("[较比]年初(?:[净新]?增加?|新增|减少|下降|上升|提高)了?$")
_PER_CENT = re.compile("[0-9.]+[%％]")
_UP_TO = {"-06": "-H1", "-12": ""}
"""What a month's end is for what has been gained since the year's beginning: 6月末，存款较年初增加|21.5亿元."""
_BUILT_ON = 12
"""So many characters before a number what it adds to ends: 的基础上又增长|8%."""
_BY_YEAR_END = frozenset(("年底", "年末", "年内"))
_RELATIVE = frozenset(("今年", "去年", "上年", "前年", "明年", "后年", "本年", "下一"))


class Spoken(NamedTuple):
    """What stands before a number in its sentence, and in its clause."""

    left: int  # where the clause begins
    start: int  # where the number begins
    stock: bool  # the clause says that all counts since long ago
    flow: Callable[[], bool]  # whether the number counts what happened over the time, and is no state at its end
    words: TimeWords


def period_of(text: str, spoken: Spoken, frame: Frame, status: str, times: Sequence[TimeMention]) -> str | None:
    """The period of a number; `times` are those of its sentence."""
    if text.find("基础上", max(0, spoken.start - _BUILT_ON), spoken.start) >= 0:
        own = [t for t in times if not _is_built_on(text, t, spoken.start)]
        frame = frame if len(own) == len(times) else frame._replace(held=None, said=frame.only)
        return _period_of(text, spoken, frame, status, own)
    if status == "planned" and (year := frame.year(status)) and is_of_year(text, spoken.start):
        return str(year)
    if status == "planned" and (due := due_behind(text, spoken.left, spoken.start, times)):
        return resolve(due, reference_of(due, frame, status))
    within = status == "planned" and times and times[0].written in OF_YEAR_TOLD
    by_end = within and frame.to_date and (times[0].written in _BY_YEAR_END or times[0].groups.get("month") == "12")
    if by_end or (within and any(time.written == "明年" for time in times[1:])):
        frame = frame._replace(amid=True)  # 下一步，年底前完成36户，明年6月底前再完成54户
    return _period_of(text, spoken, frame, status, times)


def _period_of(text: str, spoken: Spoken, frame: Frame, status: str, times: Sequence[TimeMention]) -> str | None:
    """The period of a number, which adds to no other."""
    left, start, words = spoken.left, spoken.start, spoken.words
    if is_from_now(text, start):
        return _undated(text, spoken, frame._replace(held=None, said=frame.only), "actual", times)
    if words.capacity.search(text, max(left, start - 16), start):
        return None
    if status == "planned" and not frame.planned and is_once_built(text, start, times, words):
        return None
    if not times or times[0].end > start:
        if spoken.stock:
            return _summed(text, spoken, frame, status, times)
        return None if is_first(text, start) else _undated(text, spoken, frame, status, times)
    last = bisect_right(times, start, key=attrgetter("end"))
    earlier = times[max(0, last - MOST_TIMES) : last]
    if months := months_summed(text, start, earlier, frame.year(status)):
        return months
    if earlier and is_own(text, earlier[-1], start):
        return resolve(earlier[-1], reference_of(earlier[-1], frame, status))
    if is_first(text, start):
        return _compared(text, earlier, words)
    if earlier and is_same_time(text, earlier[-1], start):
        return _a_year_before(earlier[-1], period_of(text, spoken, frame, status, earlier[:-1]), frame, status)
    before = _telling(text, [t for t in earlier if not _is_of_thing(text, t, start, frame, words)], left, words)
    near = [t for t in before if t.start >= left]
    if spoken.stock and not near and not any(_dates_sum(text, t, spoken) and is_adverbial(text, t) for t in before):
        return _summed(text, spoken, frame, status, times)
    ends = before and is_end(text, before[-1])
    if ends and status == "actual" and _is_to_come(before[-1], frame):
        ends = not words.is_now(text, left, start)  # 到2025年建成20万亩，目前已建成
    if before and not near and not ends and words.now.search(text, before[-1].end, start):
        return _undated(text, spoken, frame._replace(held=None, said=frame.only), status, times)
    apart = () if text.startswith(_MEASURES_LAST, left) else [t for t in before if _is_aside(text, t, start, words)]
    governing = near or [t for t in before if is_adverbial(text, t) and _reaches(text, t, spoken) and t not in apart]
    if status == "planned" and not near:
        governing = [
            t for t in governing if "day" not in t.groups or text.startswith("前", t.end)
        ]  # 9月2日开工，…，将建成
    for mention in sorted(governing, key=lambda t: (is_adverbial(text, t), t.start), reverse=True):
        groups = mention.groups
        if "lasting" in groups or "count" in groups:
            still = groups.get("last") == "近" and _STILL.search(text, left, start)
            if still or groups.get("last") == "前" or (status == "actual" and "内" in groups.get("within", "")):
                continue
            period = _counted(mention, frame, status)
            if _holds_as_counted(text, spoken, frame, status, mention, mention is earlier[-1], mention in near):
                return period
            if is_bare(mention) or text.find("；", mention.end, start) >= 0:
                continue
            return None
        passed = any(text.find(mark, mention.end, start) >= 0 for mark in "；。")
        compares = any(t.start > mention.end and words.is_basis(text, t) for t in earlier)
        if frame.era and passed and not compares and is_end(text, mention) and spoken.flow():
            continue  # 到2010年，…；能耗降低20%: over the years of the plan
        if passed and status == "planned" and "plan" in groups and "end" not in groups and not spoken.flow():
            return (resolve(mention, None) or "")[-_YEAR_ALONE:] or None  # “十四五”期间，…；城镇化率达到67%
        period = _dated(text, spoken, frame, status, mention, earlier)
        years = status == "actual" and _DATES & groups.keys() and "/" in (period or "")
        return None if years and _stands(text, spoken) else period  # “十二五”期间，产值由46亿元增加到|81亿元
    return _undated(text, spoken, frame, status, times)


def _stands(text: str, spoken: Spoken) -> bool:
    """Whether a number tells how things stood, and counts nothing."""
    return not spoken.flow() and spoken.words.is_state(text[spoken.left : spoken.start])


def _reaches(text: str, mention: TimeMention, spoken: Spoken) -> bool:
    """Whether a time speaks for the clauses behind its own; 五年 alone at the head of a sentence does for what was done."""
    return not is_bare(mention) or (text[mention.start - 1 : mention.start] in "。\n" and spoken.flow())


def _holds_as_counted(
    text: str, spoken: Spoken, frame: Frame, status: str, mention: TimeMention, last: bool, near: bool
) -> bool:
    """Whether a number is of all of the years that are counted: 近三年引进人才86名; `last` and `near` tell where they stand."""
    groups, words = mention.groups, spoken.words
    ahead = groups.get("last") in _AHEAD and status == "planned" and last and not is_on_coming(frame)
    return (
        groups.get("last") == "近"
        or ahead
        or "内" in groups.get("within", "")
        or spoken.flow()
        or _MEAN.match(text, mention.end) is not None
        or _TOTALLED.fullmatch(text, mention.end, spoken.start) is not None
        or (is_bare(mention) and near and words.standing.search(text, spoken.left, spoken.start) is None)
    )


def _telling(text: str, times: Sequence[TimeMention], left: int, words: TimeWords) -> list[TimeMention]:
    """The times before a number that may tell when it was: none that is measured against, or when something began."""
    times = [
        t for t in times if not is_of_number(text, t) and not is_in_bracket(text, t, left) and not is_long_ago(text, t)
    ]
    told = [t for t in times if not words.is_basis(text, t) and not words.is_founding(text, t)]
    apart = times if len(told) < len(times) else ()
    became = [t.start for t in apart if t.start < left and words.founds.match(text, t.end) and is_adverbial(text, t)]
    if became:
        told = [t for t in told if t.start > became[-1]]  # 2018年立项，2020年7月晋级省级园区，面积
    if any("years" in t.groups for t in told):
        told = [t for t in told if not _COUNTED & t.groups.keys()]  # 从1965年到1974年，九年间
    elif any(_is_whole_plan(text, t) for t in told):
        told = [t for t in told if "within" not in t.groups]  # “十二五”时期，五年来
    return told


def _is_of_thing(text: str, mention: TimeMention, start: int, frame: Frame, words: TimeWords) -> bool:
    """2019年建成的光伏电站发电320万度, told in 2023: when a thing was made, which dates no number but one of such things."""
    made = words.made.match(text, mention.end) if mention.written else None
    if made is None or made.end() >= start or frame.covered is None or _is_to_come(mention, frame):
        return False
    return text.find("，", made.end(), start) >= 0 or _OF_THINGS.match(text, start) is None


def _is_whole_plan(text: str, mention: TimeMention) -> bool:
    """“十二五”时期, all five years of it."""
    return (
        "plan" in mention.groups and not mention.groups.keys() & {"end", "firstyears"} and is_adverbial(text, mention)
    )


def _dated(
    text: str, spoken: Spoken, frame: Frame, status: str, mention: TimeMention, times: Sequence[TimeMention]
) -> str | None:
    """The period that the time which governs a number stands for; `times` are all before the number."""
    left, start, words = spoken.left, spoken.start, spoken.words
    written = mention.written
    relative = written[:2] in _RELATIVE
    if "near" in mention.groups:
        return near(mention, frame.span, frame.year("actual"), times) or _undated(text, spoken, frame, status, times)
    reference = reference_of(mention, frame, status)
    if written in OF_YEAR_TOLD and "ago" not in mention.groups:
        told = [t for t in times if t.end <= mention.start and t.written[:1] in YEAR_FIRSTS]
        told = told if written == "当年" else [t for t in told if "bare" in t.groups and _governs(text, t, words)]
        reference = year_of(told[-1].written, None) if told else reference
    if frame.covered is None and frame.said and written.startswith("去年"):
        reference = int(frame.said[:4]) + 1
    if is_since(text, mention):
        if mention.groups.get("quarter") in ("四", "4") or mention.groups.get("half") == "下半年":
            return resolve(mention, reference_of(mention, frame._replace(held=None), status))  # 四季度以来
        if relative and frame.span and not frame.years and frame.span.startswith(f"{resolve(mention, reference)}-"):
            return f"{frame.span[:_YEAR_ALONE]}-01/{frame.span}" if is_month(frame.span) else frame.span  # 今年以来
        done = not words.is_state(text[left:start])
        dated = "month" in mention.groups and (mention.written or is_onset(text, mention))
        months = months_since(mention, reference, frame) if dated else None
        if months is not None:  # 2019年5月以来; 5月以来 alone means the year so far
            done = done and _STANDS.search(text, max(left, mention.end), start) is None
            return months if done else _undated(text, spoken, frame, status, times)
        return since(mention, reference, frame, done and (written[:1] not in ("今", "本") or "month" in mention.groups))
    if written == "全年" and next_school_year(frame.span or ""):
        return frame.span
    period = resolve(mention, reference)
    gained = period and period[_YEAR_ALONE:] in _UP_TO and _GAINED.search(text, max(mention.end, start - 10), start)
    if period and gained and not _PER_CENT.match(text, start):
        return period[:_YEAR_ALONE] + _UP_TO[period[_YEAR_ALONE:]]
    if period and len(period) == _YEAR_ALONE and words.yearly.search(text, left, start):
        return years_to(int(period), text, times, frame, words) or period
    return period


def _governs(text: str, mention: TimeMention, words: TimeWords) -> bool:
    return is_adverbial(text, mention) and not words.is_basis(text, mention) and not words.is_founding(text, mention)


def reference_of(mention: TimeMention, frame: Frame, status: str) -> int | None:
    """The year that a time is reckoned from: 去年 from the one in which the report is given, 8月 from the one that it is on."""
    written = mention.written
    if written in ("过去一年", "一年来"):
        return _year_now(frame, status)
    if "winter" in mention.groups:
        return frame.spoken or frame.year(status)
    ahead = frame.covered is not None and frame.spoken == frame.covered and frame.years[:1] == (frame.covered + 1,)
    if ahead and (written.startswith("明年") or (written.startswith("今年") and status == "actual")):
        return frame.covered  # told in 2023 under 2024年工作打算
    later = frame.spoken_later and frame.years[-1:] == (frame.covered,) and not written.startswith("上年")
    known = frame.spoken and (not frame.years or later)
    return frame.spoken if written[:2] in _RELATIVE and known else frame.year(status)


def _compared(text: str, times: Sequence[TimeMention], words: TimeWords) -> str | None:
    """The year that a sentence begins by comparing with, which is that of what rose or fell: 2007年与2002年相比，…由12万亿元."""
    base = [time for time in times if words.is_compared(text, time)]
    return resolve(base[-1], None) if base and base[-1].written[:1] in YEAR_FIRSTS else None


def _a_year_before(mention: TimeMention, period: str | None, frame: Frame, status: str) -> str | None:
    """The time of another year that is the same as that of this one: 2022-H1 for 去年同期 in a report on 2023-H1."""
    outright = year_of(mention.written, None)
    year = outright - int(period[:4]) if period and outright else year_of(mention.written, 0)
    if period is None or year is None:
        return resolve(mention, reference_of(mention, frame, status))
    return re.sub(r"(?<![-0-9])\d{4}", lambda said: str(int(said[0]) + year), period)


def _counted(mention: TimeMention, frame: Frame, status: str) -> str | None:
    """The years that 五年来, 三年内 or 两年 stand for."""
    groups = mention.groups
    year = (frame._replace(held=None) if groups.get("last") in ("近", "最近") else frame).year(status)
    count = number(groups.get("count", groups.get("lasting", "")))
    turned = status == "planned" and groups.get("last") in _AHEAD and not is_on_coming(frame)
    if frame.era and count == frame.era[1] - frame.era[0] + 1 and not turned:
        return joined(frame.era)  # 五年来, in a section on those five years
    if status == "planned" and year is not None and not groups.keys() & {"last", "within"}:
        return joined((year, year + count - 1))
    ahead = groups.get("last") in _AHEAD and not groups.keys() & {"since", "within"}
    if ahead and status == "planned" and frame.covered and not frame.coming and not frame.years:
        return joined((frame.covered + 1, frame.covered + count))  # from the year after that of the report on
    return resolve(mention, year)


def _is_built_on(text: str, time: TimeMention, start: int) -> bool:
    """Whether a time only tells what the number adds to: 在上年增长12%的基础上增长|8%."""
    at = text.find("基础上", time.end, start)
    return at >= 0 and not {"在", "，"} & set(text[time.end : at])


def _is_aside(text: str, mention: TimeMention, start: int, words: TimeWords) -> bool:
    """预计全年可达19亿元, 年初确定项目12个, “十三五”年均增长6%: what speaks for its own clause alone."""
    if mention.written == "年初" or (mention.written and words.left_over.match(text, mention.end)):
        return True
    if mention.written == "全年":
        return text.startswith("预计", mention.start - 2) and not in_forecast(text, start)
    return "plan" in mention.groups and words.yearly.match(text, mention.end) is not None


def _is_bound(text: str, mention: TimeMention) -> bool:
    """截至11月底, 2020年以来: what dates a sum that counts up to a time or from one."""
    return is_end(text, mention) or is_since(text, mention)


def _dates_sum(text: str, mention: TimeMention, spoken: Spoken) -> bool:
    """Whether a time dates a sum: it counts up to it or from it, or is a part of the year (前三季度), or stands right before."""
    near = mention.end == spoken.left - 1 or mention.written == "全年" or not PARTS.isdisjoint(mention.groups)
    near = near or (text.startswith("累计", mention.end) and not is_bare(mention))
    return (near and text.find("累计", mention.end, spoken.start) >= 0) or _is_bound(text, mention)


def _is_to_come(mention: TimeMention, frame: Frame) -> bool:
    """到2025年, in a report on 2023."""
    year = year_of(mention.written, None) if mention.written[:1] in YEAR_FIRSTS else None
    return year is not None and frame.covered is not None and year > frame.covered


def _summed(text: str, spoken: Spoken, frame: Frame, status: str, times: Sequence[TimeMention]) -> str | None:
    """The era of a sum that the sentence or a plan dates, 五年累计; other sums count since long ago, and nothing dates them."""
    spans = [t for t in times if t.end <= spoken.start and _DATES & t.groups.keys() and is_adverbial(text, t)]
    spans = [t for t in spans if not spoken.words.is_basis(text, t)]
    if spans:
        return resolve(spans[-1], frame.year(status))
    era = (frame.told or frame.era) if _SUMMED.search(text, spoken.left, spoken.start) else None
    if (
        era is None
        and frame.era
        and not frame.both
        and text.find("累计", max(0, spoken.start - _LIST), spoken.start) >= 0
    ):
        changed = _CHANGED.search(text, max(0, spoken.start - 8), spoken.start) is not None
        dated = (
            changed
            or status == "planned"
            or any(_SPANS & time.groups.keys() and not is_bare(time) for time in times if time.end <= spoken.start)
        )
        era = frame.era if dated else None
    return so_far(era, frame, status) if era else None


def _undated(text: str, spoken: Spoken, frame: Frame, status: str, times: Sequence[TimeMention]) -> str | None:
    """The period of a number whose sentence says none."""
    yearly = spoken.words.yearly.search(text, spoken.left, spoken.start) is not None
    if frame.told is not None and yearly:
        return joined(frame.told)
    if yearly and (last := frame.year(status)) and (years := years_to(last, text, times, frame, spoken.words)):
        return years
    if frame.both or (frame.target and status == "actual"):
        return None
    if frame.era is not None:
        if spoken.flow() or spoken.words.all_along.search(text, spoken.left, spoken.start):
            return so_far(frame.era, frame, status)
        if status == "actual" and frame.covered and spoken.words.is_now(text, spoken.left, spoken.start):
            return str(frame.covered)
        ahead = status == "planned" and (frame.covered is None or frame.era[1] > frame.covered)
        return str(frame.era[1]) if frame.target or ahead else None
    year = _year_now(frame, status)
    if year is None or (status == "actual" and is_since_founded(text, spoken.start, spoken.words) and spoken.flow()):
        return None
    if status == "planned" and frame.ahead:
        return frame.ahead
    span = frame.span or (frame.said if frame.open else None) or ""
    if span and status == "actual" and frame.held == year and not span.startswith(str(year)):
        return str(year)  # 2009年一期工程开工。铺设管道, in a report on half of 2010
    if span.endswith("-H1"):
        return f"{year}-{'H1' if status == 'actual' else 'H2'}"
    if status == "planned":
        return next_span(span) or str(year)
    return span if span and not frame.years else str(year)


def _year_now(frame: Frame, status: str) -> int | None:
    """The year of what is not dated; what is so already, in a section on the year to come, is of that of the report."""
    ahead = frame.planned and frame.years and not frame.spoken_later
    if status == "actual" and ahead and frame.covered and frame.years[0] > frame.covered and not frame.held:
        return frame.covered
    return frame.year(status)
