"""When a number holds: the time that its sentence, a heading above it or the report's own year says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.language.periods import TimeMention, find_times, resolve, year_of
from pipeline.records import Facts, Section

_PLAN = re.compile(
    r"下一步|下步|工作安排|工作打算|打算|今后|目标任务|工作计划|工作思路|思路|展望|主要任务|预期目标|工作部署|明年|下半年(?:工作|重点|计划|打算)"
    r"|总体要求|奋斗目标|发展方向|目标要求|主要目标|未来|愿景|(?:年|期)(?:重点|主要)?(?:工作)?(?:任务|安排|建议|目标|计划|重点)|意见建议|对策建议"
)
_REVIEW = re.compile(
    r"回顾|总结|完成情况|工作情况|开展情况|主要成效|工作成效|取得的|主要做法|主要工作|基本情况|成绩|过去"
)
_ERA = re.compile(r"时期|期间|[二两三四五六七八九十]年(?!级)|届")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_STOCK = re.compile(r"累计|历年|建成以来|成立以来|建国以来|以来累计|连续")


class Frame(NamedTuple):
    """What the headings and the facts say of a section: planned or not, and the year that is meant there."""

    planned: bool
    year: int | None
    half: str | None
    open: bool = False  # no heading and no fact says the year; the sentences may


def frame_of(section: Section, sections: Sequence[Section], facts: Facts) -> Frame:
    """Read the headings from the section up; the nearest that says something decides."""
    planned: bool | None = None
    year: int | None = None
    node: Section | None = section
    half = None
    eras = False
    while node is not None:
        if node.level or planned is None:
            plan, review = _PLAN.search(node.heading), _REVIEW.search(node.heading)
            if planned is None and node.level and bool(plan) != bool(review):
                planned = plan is not None
            if planned is None and node.level and plan and review:
                planned = plan.start() > review.start() and None
            years = _YEAR.findall(node.heading)
            if _ERA.search(node.heading) and node.level:
                eras = True
            elif year is None and years and node.level:
                year = int(years[-1])
            if half is None and node.level == 0 and "上半年" in node.heading:
                half = "H1"
        node = sections[node.parent_id] if node.parent_id is not None else None
    covered = facts.year_covered
    if planned is None and year is not None and covered is not None and year > covered:
        planned = True
    if eras:
        year = None
    elif year is None and covered is not None:
        year = covered + 1 if planned and half is None else covered
    return Frame(bool(planned), year, half, open=year is None and not eras)


def with_year_said(frame: Frame, text: str, times: Sequence[TimeMention]) -> Frame:
    """The frame after a sentence: where nothing else says the year, the one that it names holds for what follows."""
    if not frame.open:
        return frame
    for mention in reversed(times):
        said = mention.groups.get("year", mention.groups.get("bare", ""))
        if said[:2].isdigit() and _is_adverbial(text, mention):
            return frame._replace(year=year_of(said, None))
    return frame


def period_of(text: str, left: int, start: int, frame: Frame, status: str, times: Sequence[TimeMention]) -> str | None:
    """The period of the number at `start`, whose clause begins at `left`; `times` are those of its sentence."""
    reference = frame.year
    before = [t for t in times if t.end <= start and not _is_basis(text, t)]
    near = [t for t in before if t.start >= left]
    if "每年" in text[left:start] or (_STOCK.search(text, left, start) and not near):
        return resolve(near[-1], reference) if near else None
    governing = near or [t for t in before if _is_adverbial(text, t)]
    for mention in sorted(governing, key=lambda t: (_is_adverbial(text, t), t.start), reverse=True):
        said = mention.groups
        if "lasting" in said or said.get("last") not in (None, "近", "过去", "最近"):
            continue
        if text.startswith(("以来", "以后"), mention.end) and "month" in said:
            return str(reference) if reference else None
        return resolve(mention, reference)
    if reference is None:
        return None
    if frame.half:
        return f"{reference}-{'H1' if status == 'actual' else 'H2'}"
    return str(reference)


def _is_adverbial(text: str, mention: TimeMention) -> bool:
    """Whether a time stands where it governs what follows: at the head of a clause, or after 于, 在, 截至 …"""
    before = text[max(0, mention.start - 2) : mention.start].strip(" \u3000")
    return not before or before[-1] in "，。；：！？、\n于在自从至到（(，" or before.endswith(("截止", "是"))


def _is_basis(text: str, mention: TimeMention) -> bool:
    """比上年, 较2020年, 由上年: the time that a change is measured against, not the number's own."""
    return text[mention.start - 1 : mention.start] in ("比", "较", "由", "从", "同", "自", "与") or text.startswith(
        ("同期", "相比"), mention.end
    )


def sentence_times(text: str, start: int, end: int) -> list[TimeMention]:
    """The time mentions of ``text[start:end]`` with offsets into `text`."""
    return [TimeMention(t.start + start, t.end + start, t.groups) for t in find_times(text[start:end])]
