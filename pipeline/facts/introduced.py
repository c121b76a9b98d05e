"""The year that a text says at its head to be on, where its title does not say it."""

from __future__ import annotations

import re

from pipeline.facts.year_words import BODY, NEAR, YEAR, YEAR_TOLD, YEAR_WRITTEN, is_to_come, year_of
from pipeline.language.periods import NARRATIVE

_HEADLINE = re.compile(
    rf"\s*(?![（(第〇一二三四五六七八九十\d])(?![^\n]*(?:工作|任务|目标|计划|安排))[^\n。；]{{0,30}}?({YEAR_WRITTEN})(?:年(?![前底以至到])|[：:])[^\n。；]{{0,30}}\n"
)
"""The first line of a story that names its year: 清溪县2020年丰收纪实."""
_FOLLOWS = re.compile(
    rf"\s*[^，。；：\n]{{0,12}}?({YEAR_WRITTEN})年[^，。；：\n]{{2,30}}(?:总结|汇报|报告|通报|情况)[^，。；：\n]{{0,4}}如下"
)
"""How a text without a title says what it is on: 我镇2022年防汛工作汇报如下."""
_REPORTED = re.compile(
    rf"(?:报告|汇报|通报)(?:[全本我][省市州县区旗镇乡])?({YEAR_WRITTEN})\s?年度?(?![前底末]|\d{{1,2}}月\d)[^，。；\n]{{2,40}}情况"
)
"""What a speaker says that he reports on: 向市人大常委会报告2022年度预算执行情况."""
_INTRODUCED = re.compile(
    rf"\s*({YEAR_WRITTEN})\s?年(?:度|以来|[上下]半年|前三季度|第?[一二三四]季度|\d{{1,2}}月?份?[-—－–~至到]\d{{1,2}}月份?)?[，,]"
)
"""How a text without a title begins: 2021年1至9月，."""
_ADDRESSED = re.compile(r"\s*[^。；\n]{2,60}[:：][ \u3000]*(?=\n)")
"""Whom a text without a title speaks to, on a line of its own: 各乡镇人民政府："""
_WORK_OF_THIS_YEAR = re.compile(
    rf"({YEAR_WRITTEN})年度?(?:[重要]点|主要|各项|全年|全[省市县区镇乡])?(?:工作|目标|任务)"
)
"""What is done 今年: 今年以来，全镇紧扣2023年重点工作."""
_THIS_YEAR_BEGINS = re.compile(r"\s*(?:今年|年初)(?:以来)?")
_DATELINE = re.compile(
    rf"(?:^|\n)[ \u3000]*(?:[^，。\n]{{0,12}}讯[ \u3000—]*)?({YEAR_WRITTEN})年\d{{1,2}}月\d{{1,2}}日"
)
_TOLD_IN_YEAR = re.compile(r"[今去上]年|全年|年[底末]")
_SINCE = re.compile(r"(?:以来|起|前|开始|[建成设创]|至今)")


def year_introduced(text: str) -> int | None:
    """The year that a text without a title says it is on: of what a speaker reports, at its head, or beside 今年.

    No other year may head a clause: a chronicle begins with one as well.

    >>> year_introduced("2021年1至9月，我院受理案件860件。"), year_introduced("2001年，建站。2004年，扩建到20亩。")
    (2021, None)
    >>> year_introduced("今年以来，全镇围绕2023年重点工作，新修道路8公里。")
    2023
    """
    if reported := _REPORTED.search(text, 0, BODY // 8):
        return year_of(reported[1])
    if _THIS_YEAR_BEGINS.match(text):
        named = {year_of(match["year"]) for match in YEAR.finditer(text, 0, BODY)}
        work = _WORK_OF_THIS_YEAR.search(text, 0, NEAR)
        return year_of(work[1]) if work and len(named) == 1 else None
    opened = _INTRODUCED.match(text)
    if opened is None and (addressed := _ADDRESSED.match(text)):
        opened = _INTRODUCED.match(text, addressed.end())
    if opened is None or NARRATIVE.search(text[:BODY]):
        return None
    year = year_of(opened[1])
    heads = {year_of(match[1]) for match in YEAR_TOLD.finditer(text, 0, BODY)} - {year}
    return year if all(other > year and is_to_come(text, other) for other in heads) else None


def year_of_story(title: str | None, text: str) -> int | None:
    """The year that a story is on: as it introduces itself, of its headline, of its dateline where it tells of 今年, or the
    only one that it names.
    """
    if follows := _FOLLOWS.match(text):
        return year_of(follows[1])
    if not _TOLD_IN_YEAR.search(text):
        return None
    if title is None and (headline := _HEADLINE.match(text)):
        return year_of(headline[1])
    if "今年" in text and (dateline := _DATELINE.search(text[:NEAR])):
        return year_of(dateline[1])
    years = list(YEAR.finditer(text, 0, BODY)) if title and not NARRATIVE.search(text) else []
    told = {year_of(match["year"]) for match in years}
    if len(told) != 1 or any(_SINCE.match(text, match.end()) for match in years):
        return None
    heads = any(match.start() and text[match.start() - 1] in "。\n \u3000" for match in years)
    return told.pop() if heads else None
