"""What a report says of itself: title, issuer, place, level, type, the year it covers and the year it was given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.facts.places import LEVELS, Gazetteer, Place, local_name
from pipeline.language.periods import number
from pipeline.records import Facts, Section
from pipeline.rules import Rules
from pipeline.rules.schema import ReportType

_OPENING = 600
_YEAR = re.compile(
    r"((?:19|20)\d\d|[一二][〇零○九][〇零○一二三四五六七八九]{2})\s?(?:[-—－至]\s?((?:19|20)\d\d)\s?)?(?:学?年|年度)"
)
_DATE = re.compile(
    r"((?:19|20)\d\d|[一二][〇零○九][〇零○一二三四五六七八九]{2})\s?年\s?(\d{1,2}|[一二三四五六七八九十]{1,2})\s?月(?:\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?日)?"
)
_REVIEW = re.compile(r"回顾|总结|工作情况|完成情况|主要工作|成效|过去一年|所做")
_PLAN = re.compile(r"安排|打算|任务|计划|目标|要求|建议|部署|思路|重点工作|工作重点")
_SPEAKER = re.compile(r"代表\s?([一-龥]{0,14}?)(人民政府|国务院|县委|市委|党委|党支部|局党组)")
_STATE = re.compile(r"代表\s?国务院|^\W*(?:各位代表\W*)?中华人民共和国国务院向")
_MEETING = re.compile(
    r"在?([一-龥]{2,12}?[省市区县州旗盟])第?[一二三四五六七八九十百零\d]*届?[一-龥]{0,8}?(?:人民代表大会|人大)"
)
_ISSUER = re.compile(
    r"[一-龥XＸ×]{2,20}?(?:人民政府|政府办公室|委员会|党支部|党总支|党委|党组|纪委|局|办事处|公司|集团|学校|小学|中学|大学|医院|卫生院|村委会|联合会|总工会|团委|妇联|中心|法院|检察院)"
)
_UNIT = re.compile(r"公司|集团|学校|小学|中学|大学|学院|医院|卫生院|幼儿园|研究院|厂|银行|支部")
_SIGNED = re.compile(r"[一-龥XＸ×\s]{4,30}$")
_BY_SEAT = {
    "省": "province",
    "自治区": "province",
    "市": "city",
    "州": "city",
    "盟": "city",
    "县": "county",
    "区": "county",
    "旗": "county",
}


class Describer:
    """Describes reports; built once from the tables of report types and places."""

    def __init__(self, rules: Rules) -> None:
        self._places = Gazetteer()
        self._types = [
            (row.id, re.compile(row.pattern), re.compile(row.opening) if row.opening else None)
            for row in rules.table(ReportType)
        ]

    def describe(self, text: str, outline: Sequence[Section], name: str = "") -> Facts:
        """The facts of a report; each is null where the report says nothing. `name` of the file is no evidence."""
        title = next((re.sub(r"\s+", "", s.heading) for s in outline if s.level == 0 and s.heading), None)
        opening = text[:_OPENING]
        report_type = self._type(title, opening)
        issuer = _issuer(title, opening, text)
        place, level = self._place(title, issuer, opening, text)
        covered, delivered = years_of(title, opening, text[-200:], outline, report_type)
        code = place.code if isinstance(place, Place) else None
        written = place.name if isinstance(place, Place) else place
        if issuer and _UNIT.search(issuer) and level != "national":
            level = "unit"
        return Facts(title, issuer, written, code, level, report_type, covered, delivered)

    def _type(self, title: str | None, opening: str) -> str | None:
        for type_id, pattern, lines in self._types:
            if title and pattern.search(title):
                return type_id
            if not title and lines and lines.search(opening):
                return type_id
        return None

    def _place(
        self, title: str | None, issuer: str | None, opening: str, text: str
    ) -> tuple[Place | str | None, str | None]:
        """The place and its level: by title and issuer, then by the words of the opening, then by the whole text."""
        for said in (title, issuer):
            if not said:
                continue
            local = local_name(said)
            known = [p for n in self._places.official_in(said) if (p := self._places.named(n))]
            if local and local not in [p.name for p in known]:
                bare = next((local[len(p.name) :] for p in known if local.startswith(p.name)), local)
                return bare, next(level for suffix, level in LEVELS.items() if bare.endswith(suffix))
            if known:
                return known[-1], known[-1].level
        if _STATE.search(opening[:200]):
            state = self._places.by_code["100000"]
            return state, state.level
        if meeting := _MEETING.search(opening):
            place = self._places.named(meeting[1].lstrip("在")) or self._places.named(meeting[1][-3:])
            if place:
                return place, place.level
        speaker = _SPEAKER.search(opening)
        if speaker is None:
            return None, None
        seat = speaker[1]
        if place := self._places.named(seat):
            return place, place.level
        level = next((v for k, v in _BY_SEAT.items() if seat.endswith(k)), None)
        if level is None:
            return None, None
        levels = {"city": ("city", "province", "county"), "county": ("county",), "province": ("province",)}[level]
        best = self._places.most_mentioned(text, levels)
        if best is not None and seat.endswith("市") and not best.name.endswith(("市", "区")):
            best = (
                self._places.most_mentioned(text, ("city", "county"), best.code[:2])
                if best.level == "province"
                else best
            )
        return (best, best.level) if best else (None, level)


def years_of(
    title: str | None, opening: str, closing: str, outline: Sequence[Section], report_type: str | None
) -> tuple[int | None, int | None]:
    """The year covered and the year of delivery: by title, headings, date lines, and the opening at last."""
    delivered = _dated(opening[:300]) or _dated(closing)
    covered = None
    if title and (said := list(_YEAR.finditer(title))):
        covered = number(said[-1][2] or said[0][1])
        if report_type in ("work_plan", "scheme", "development_plan") or (report_type == "government_work_report"):
            delivered = delivered or covered
            covered = covered - 1 if report_type == "government_work_report" else covered
        return covered, delivered
    for section in outline:
        for match in _YEAR.finditer(section.heading):
            year = number(match[2] or match[1])
            if _REVIEW.search(section.heading):
                covered = covered or year
            elif _PLAN.search(section.heading):
                covered = covered or year - 1
                delivered = delivered or year
    if covered is None and delivered is not None:
        covered = delivered - 1 if report_type == "government_work_report" else delivered
    if covered is None and (first := _YEAR.search(opening)):
        covered = number(first[1])
    if delivered is None and covered is not None and report_type == "government_work_report":
        delivered = covered + 1
    return covered, delivered


def _dated(text: str) -> int | None:
    """The year of a date that stands alone: (2024年1月31日…), or a signature's."""
    for line in text.splitlines():
        match = _DATE.search(line)
        if match and (len(line) < 50 and not re.search(r"[，。；]", line)):
            return number(match[1])
    return None


def _issuer(title: str | None, opening: str, text: str) -> str | None:
    """Who gives the report: named in the title, by the speaker, or in the signature."""
    if title and (match := _ISSUER.match(re.sub(r"^[\d〇零一二三四五六七八九年度\s关于]+", "", title))):
        return match[0]
    if speaker := _SPEAKER.search(opening):
        return speaker[1] + speaker[2] if speaker[1] or speaker[2] == "国务院" else None
    lines = [line.strip() for line in text[-160:].splitlines() if line.strip()]
    for line, following in pairwise(lines):
        if _SIGNED.fullmatch(line) and _DATE.match(following) and (match := _ISSUER.fullmatch(line)):
            return match[0]
    return None
