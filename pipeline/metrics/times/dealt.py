"""Times that a list of numbers is dealt out to one by one: 一季度、二季度分别完成投资2亿元、3亿元."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.language.periods import WRITTEN_YEAR, TimeMention, quarters_of, resolve
from pipeline.metrics.times.adverbials import TimeWords
from pipeline.records import Quantity

_AND = frozenset(("、", "和", "及", "与", "以及"))
_PARTED = re.compile("[、；。！？\n]|(?<![共总])和|以及|[与及]")
"""What tells of another list between the times and the numbers, which then are dealt out to that one."""
_ELIDED = {
    "bare": re.compile(rf"(?:(?<![0-9])(?:{WRITTEN_YEAR})[、和及与])+$"),
    "month": re.compile("(?:(?<![0-9])(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])[、和及与])+$"),
    "quarter": re.compile("(?:第?[一二三四1-4](?:季度)?[、和及与])+$"),
    "half": re.compile("上[、和及与]$"),
}
"""Times that leave their unit to the last of a list: 2021、2022、|2023年, 一、二、|三季度."""
_UNIT = {"bare": "年", "half": "半年"}


def times_dealt(
    text: str,
    quantities: Sequence[Quantity],
    places: Sequence[int],
    times: Sequence[Sequence[TimeMention]],
    words: TimeWords,
    deals: re.Pattern[str],
) -> dict[int, TimeMention]:
    """The time of each number that is dealt out to a list of times; `places` and `times` are those of sentences.

    `deals` finds 分别 and its like.
    """
    out: dict[int, TimeMention] = {}
    for place, group in groupby(range(len(places)), places.__getitem__):
        if not times[place]:
            continue
        lists = [one for one in _lists(text, times[place]) if not _measures(text, one, words)]
        ends, starts = [one[-1].end for one in lists], [time.start for time in times[place]]
        for run in _runs(text, quantities, list(group)) if lists else ():
            start = quantities[run[0]].start
            last = bisect_right(ends, start) - 1
            if (
                last < 0
                or len(lists[last]) != len(run)
                or bisect_left(starts, start) > bisect_right(starts, ends[last])
            ):
                continue
            earlier = quantities[run[0] - 1].end if run[0] else 0
            lead = text[max(ends[last], earlier) : start]
            if deals.search(lead) and _PARTED.search(lead) is None:
                out.update(zip(run, lists[last], strict=True))
    return out


def _lists(text: str, times: Sequence[TimeMention]) -> Iterator[list[TimeMention]]:
    """The times of a sentence that stand in one list, the years of 2021年至2023年 and the quarters of 一至四季度."""
    at = 0
    while at < len(times):
        end = at + 1
        while end < len(times) and text[times[end - 1].end : times[end].start].strip() in _AND:
            end += 1
        one = [*_elided(text, times[at]), *times[at:end]]
        if len(one) == 1 and "years" in one[0].groups:
            first, last = map(int, (resolve(one[0], None) or "0/0").split("/"))
            one = [one[0]._replace(groups={"bare": f"{year}年"}) for year in range(first, min(last, first + 40) + 1)]
        elif len(one) == 1 and "quarters" in one[0].groups:
            one = _quarters_of(text, one[0])
        if len(one) > 1:
            yield one
        at = end


def _quarters_of(text: str, mention: TimeMention) -> list[TimeMention]:
    """一至四季度, one by one; or the year up to the end of each: 一至四季度累计增速分别为."""
    first, last = quarters_of(mention.groups["quarters"])
    kept = {"year": mention.groups["year"]} if "year" in mention.groups else {}
    if first == 1 and text.startswith("累计", mention.end):
        return [mention._replace(groups=kept | {"monthspan": f"1-{3 * q}月"}) for q in range(1, last + 1)]
    return [mention._replace(groups=kept | {"quarter": str(q)}) for q in range(first, last + 1)]


def _elided(text: str, mention: TimeMention) -> list[TimeMention]:
    """The times before one that leave their unit to it: 2021、2022、|2023年."""
    groups = mention.groups
    kind = next((kind for kind in _ELIDED if kind in groups), None)
    if kind is None or ("year" in groups) or "tomonth" in groups or "day" in groups:
        return []
    found = _ELIDED[kind].search(text, max(0, mention.start - 40), mention.start)
    said = re.split("[、和及与]", found[0])[:-1] if found else []
    named = [one.removeprefix("第").removesuffix("季度") if kind == "quarter" else one for one in said]
    return [mention._replace(groups={kind: one + _UNIT.get(kind, "")}) for one in named]


def _runs(text: str, quantities: Sequence[Quantity], numbers: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of a sentence that stand in one list, two or more."""
    run = [numbers[0]]
    for n in numbers[1:]:
        if text[quantities[n - 1].end : quantities[n].start].strip() in _AND:
            run.append(n)
            continue
        if len(run) > 1:
            yield run
        run = [n]
    if len(run) > 1:
        yield run


def _measures(text: str, times: Sequence[TimeMention], words: TimeWords) -> bool:
    """Whether numbers are measured against the times of a list: 比2021年、2022年分别增长."""
    return words.is_basis(text, times[0]) or words.is_basis(text, times[-1]) or text.startswith("的", times[-1].end)
