"""The date on which a site put a report up: it settles the year of one that only names the months it is on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.facts.year_words import YEAR, YEAR_WRITTEN, year_of
from pipeline.facts.years import Given
from pipeline.language.numerals import parse_number
from pipeline.records import Facts, Source

_PUBLISHED = re.compile(
    rf"(?:发布|发表|发文|成文|刊登|刊发)(?:时间|日期|于)?\s?[:：]?\s?({YEAR_WRITTEN})\s?[-./年]\s?(\d{{1,2}})\s?[-./月]"
)
_MONTHS = re.compile(
    r"(?<![\d一二三四五六七八九十年])[1一]\s?月?\s?[-—－–~～至到]{1,2}\s?(\d{1,2}|十?[一二]|[二三四五六七八九十])月"
)
_PARTS = (("前三季度", 9), ("上半年", 6), ("一季度", 3))
_OPENING = 200  # characters under the title that tell on which months a report is
_LATER = 2  # months from the last of these to the day on which it was put up
_BODY = 6000
_AHEAD = 5  # years from the day on which a plan is published to the last that it is for


def published_for(removed: Iterable[str], title: str | None, opening: str, text: str) -> int | None:
    """The year of publication, where the months that a report is on ended shortly before and it names no other year.

    `removed` is what cleaning took away.

    >>> published_for(["发布日期：2016-05-22"], "1-4月工业运行分析", "1—4月，工业平稳。", "1—4月，工业平稳。")
    2016
    >>> published_for(["发布日期：2016-11-22"], "1-4月工业运行分析", "1—4月，工业平稳。", "1—4月，工业平稳。")
    """
    ended = _month_ended(f"{title or ''}\n{opening[:_OPENING]}")
    date = next((match for said in removed if (match := _PUBLISHED.search(said))), None) if ended else None
    if ended is None or date is None:
        return None
    given = Given(year_of(date[1]), int(date[2]))
    named = [year_of(match["year"]) for match in YEAR.finditer(text, 0, _BODY)]
    if 0 <= given.month - ended <= _LATER and max(named, default=given.year) in (given.year - 1, given.year):
        return given.year
    return None


def put_up(source: Source) -> tuple[str, ...]:
    """The day on which a table says that a text was put up, as a site would write it."""
    return (f"发布时间：{source.published}",) if source.published else ()


def given_when_published(facts: Facts, published: str | None) -> Facts:
    """The facts of a report that does not say when it was given: about when it was published, unless it is a late copy.

    >>> given_when_published(Facts(year_covered=2020), "2021-01-05").year_delivered
    2021
    >>> given_when_published(Facts(year_covered=2012), "2021-01-05").year_delivered
    """
    if published is None or facts.year_delivered is not None:
        return facts
    year, covered = int(published[:4]), facts.year_covered
    near = covered is None or covered - _AHEAD <= year <= covered + 1
    return replace(facts, year_delivered=year) if near else facts


def _month_ended(said: str) -> int | None:
    """The last of the months that a report is on: 10 for 1-10月, 6 for 上半年."""
    if match := _MONTHS.search(said):
        return int(match[1]) if match[1].isdigit() else int(parse_number(match[1]) or 0)
    return next((month for words, month in _PARTS if words in said), None)
