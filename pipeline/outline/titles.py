"""The title of a report among the lines that stand at its head."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from pipeline.language.marks import bare_of_marks
from pipeline.outline.headings import Heading
from pipeline.records import Span
from pipeline.rules.schema import ReportType

ZONE = 16  # lines among which a title is looked for
_LONGEST = 60
_UNTYPED = 30
_HAN = re.compile(r"[一-鿿]")
_YEAR = re.compile(r"(?:19|20)\d\d年|[一二][〇零○九八][〇零○一二三四五六七八九]{2}年")
_OWNED = re.compile(r"[一-鿿]{3,}(?:19|20)\d\d年")
_ACCOUNT = re.compile(
    r"(?:收支|使用|经营|运行|财务|公开|公示|结算|资产|预算|决算)(?:情况|简析|说明|公告|公示|公开)?(?:[（(][^）)]{1,8}[）)])?$|大事记$"
)
"""What a title ends with above short lines: 清溪街道2019年财政收支情况, and below it 增值税：840万元."""
_SENTENCE = re.compile(
    r"^(?:现在|今天)，|我代表|请予审议|，.*，|(?!关)[一-鿿]于(?:(?:19|20)\d\d|[一二][〇零○九八].{2})年"
)
_TYPED = 4
"""What a line that ends as titles do tells for it as the title."""
_ON_WORK = re.compile(
    r".{4,5}年?(?:以来|上半年|下半年|[一二三四]季度|前三季度)?的?(?:主要|重点)?工作(?:开展|进展|完成|落实|总体|主要)?(?:情况|总结|小结|汇报)"
)
"""A line that only tells of what time a report is which has its title already: 2022年上半年工作情况."""
_ORGAN = re.compile(
    r"(?:政府|委员会|办事处|局|厅|县委|市委|区委|院|学校|中学|小学|大学|公司|集团|中心|处|所|支部|总支|党委|党组|纪委|监委|政法委|(?:组织|宣传|统战|武装|工作)部|[支大]队|银行|妇联|办公室|协会|联合会|社区|村)$"
)
_BARE = re.compile(r"(?:19|20)\d\d[年—-]|(?:年度|全年|上半年)?(?:工作|情况|述职)")
_KIND_OF_REPORT = re.compile(r"(?:年度|全年|上半年)?(?:工作)?(?:总结|小结|报告|汇报|要点|计划|方案|安排|打算)")
"""The last line of a title that says but the kind of report."""
_PLACE = re.compile(r"[一-鿿]{2,}(?:省|市|自治区|[县区旗州镇乡]|街道)$")
_CONTINUED = re.compile(r"^(?:第[一二三四五六七八九十]{1,3}个?[五十]年|执行情况|完成情况|[及暨])")
_PREFIX = re.compile(
    r"[（(](?:[一-龥]{2,8}(?:省|市|自治区|[州县区盟旗镇乡]|全文|摘要)|(?:(?:19|20)\d\d|[一二][〇零○九].{2})年度?)[)）](?=[^（(\s])"
)
"""The place or the year before a title, which is a part of it: (青川省)2016年石桥县政府工作报告, （2016年度）石桥县年报."""
_KIND_ALONE = re.compile(
    r"(?:村社|本?[村镇乡县]|社区|单位|企业|公司|学校|医院|部门|基本)?(?:简介|概况|基本情况|情况介绍|简况)"
)
"""The kind of a profile, which is a heading where whom it is on stands above it."""
_NAMED_ALONE = re.compile(
    r"[^\s，。：、]{2,20}(?:村|社区|[镇乡县市区]|街道|公司|厂|学校|[中小大]学|医院|学院|合作社|景区|园区)"
)
_FORMER = re.compile(r"原标题[：:]\s*(?=\S)")
"""What a site sets before the title that a story had where it comes from."""
_DASH = re.compile(r"[—–－-]{1,3}\s?[一-鿿0-9]")
_UNFINISHED = re.compile(r"(?:[的和与暨及、]|^关于[^的]*)$")


class TitleFinder:
    """Finds the title; built from the words that end the titles of each type of report."""

    def __init__(self, types: Sequence[ReportType]) -> None:
        words = sorted({word for row in types for word in row.written}, key=len, reverse=True)
        self._typed = re.compile(
            rf"(?:{'|'.join(words)})(?:[（(][^）)]*[)）])?(?:(?:—+|[-－]{{2,}})[^—]*在[^—]*(?:会|会议)上(?:[（(][^）)]*[)）])?)?$"
        )

    def find(
        self,
        text: str,
        lines: Sequence[Span],
        heads: Sequence[bool],
        never: Callable[[Span], bool],
        named: Mapping[int, int],
    ) -> Heading | None:
        """The title, whose lines stand before the first paragraph and the first heading.

        `heads` tells which of the first lines bear a mark or name a main part, `never` which are salutations, dates
        and issuers. `named` has the levels of headings that the mark-up names by where they start: menus stand above.
        """
        zone = _zone(text, lines, heads)
        highest = sorted(named.values())[:2]
        best, score = None, 0
        for at in range(zone):
            start, end = lines[at]
            whole = _squeezed(text, lines[at])
            line = bare_of_marks(whole)
            if not _may_be_one(line) or text[end - 1] in "。，；：！、,;:!《“（(":
                continue
            if at + 1 < len(lines) and text[lines[at + 1].start] in "》，。、；）":
                continue  # words of a link that a site set on a line of its own
            typed = self._typed.search(line) is not None
            if (
                line == whole
                and text[start] in "—-–（(《【["
                and not (typed and (_PREFIX.match(line) or self._second(text, lines, at)))
            ) or (not typed and never(lines[at])):
                continue
            points = _points_of(named.get(start), highest, typed=typed, organ=_organ(text, lines[at]))
            points -= 2 * any(c in "：:>»|" for c in line)
            if typed:
                points += _points_of_words(line, titled=score >= _TYPED)
            elif (
                at == 0
                and _is_short(line)
                and (zone <= 4 or never(lines[1]) or (_OWNED.match(line) and _ACCOUNT.search(line)))
            ):
                points += 1  # a headline with its date and source below
            if points > score:
                best, score = at, points
        if (best is None or score < 4) and (former := self._former(text, lines[:zone])):
            return former
        if best == 1 and _KIND_ALONE.fullmatch(_squeezed(text, lines[1])):
            name = _squeezed(text, lines[0])
            if _NAMED_ALONE.fullmatch(name) and not never(lines[0]):
                return Heading(*lines[0], "title", 0, line=0, last=0)
        if best is None or (score < 4 and best + 1 >= len(lines)):
            return None
        first, last = self._whole(text, lines, best, zone, never)
        return Heading(lines[first].start, lines[last].end, "title", 0, line=first, last=last)

    @staticmethod
    def _former(text: str, lines: Sequence[Span]) -> Heading | None:
        """The title that a line says a story had: 原标题：清溪县春耕进行时."""
        for at, (start, end) in enumerate(lines):
            if end - start <= _LONGEST and (match := _FORMER.match(text, start, end)):
                return Heading(match.end(), end, "title", 0, line=at, last=at)
        return None

    def is_one(self, text: str, line: Span) -> bool:
        """Whether a line is the title of somebody's report of a year, behind a mark: 1.石桥镇2021年工作总结."""
        bare = bare_of_marks(_squeezed(text, line))
        return _OWNED.match(bare) is not None and self._typed.search(bare) is not None

    def ends_as_one(self, text: str, lines: Sequence[Span]) -> bool:
        """Whether one of lines ends in the words of a type of report."""
        return any(self._typed.search(_squeezed(text, line)) for line in lines)

    def _second(self, text: str, lines: Sequence[Span], at: int) -> bool:
        """Whether a line is the second half of a title, behind a dash, whose first is a motto."""
        if at == 0 or not _DASH.match(text, lines[at].start):
            return False
        motto = _squeezed(text, lines[at - 1])
        return len(motto) <= _UNTYPED and not self._typed.search(motto) and motto[-1] not in "。；："

    def _whole(
        self, text: str, lines: Sequence[Span], at: int, zone: int, never: Callable[[Span], bool]
    ) -> tuple[int, int]:
        """The lines that a title is broken over."""
        first = last = at
        words = _squeezed(text, lines[at])
        if self._second(text, lines, at):
            return at - 1, at
        while first and _UNFINISHED.search(_squeezed(text, lines[first - 1])) and not never(lines[first - 1]):
            first -= 1
        if not self._typed.search(words):
            if last + 1 < zone and _is_whose(text, lines[at]) and _says_year(text, lines[last + 1]):
                return first, last + 1
            if last + 1 < zone and self._typed.search(_squeezed(text, lines[last + 1])) and not never(lines[last + 1]):
                last += 1
        elif first == at and at and _BARE.match(words) and _organ(text, lines[at - 1]):
            first -= 1
        elif first == at and at and _KIND_OF_REPORT.fullmatch(words) and _is_part(text, lines[at - 1], never):
            first -= 1
            if first and _YEAR.match(_squeezed(text, lines[first])) and _is_whose(text, lines[first - 1]):
                first -= 1
        if first and _CONTINUED.match(_squeezed(text, lines[first])) and not never(lines[first - 1]):
            first -= 1
        if last + 1 < zone and _CONTINUED.match(following := _squeezed(text, lines[last + 1])):
            last += self._typed.search(following) is not None
        return first, last


def _may_be_one(line: str) -> bool:
    """Whether a line is as long as a title, and says no sentence."""
    return 2 <= len(line) <= _LONGEST and not _SENTENCE.search(line) and len(_HAN.findall(line)) >= 2


def _points_of(level: int | None, highest: Sequence[int], *, typed: bool, organ: bool) -> int:
    """What it tells for a line that the mark-up names it as the title, or as the only heading of the highest level."""
    if level is None:
        return 0
    if level == 0:
        return 0 if organ and not typed else 5
    return 2 * (typed and level == highest[0] and highest.count(level) == 1)


def _points_of_words(line: str, *, titled: bool) -> int:
    """What the words of a line tell for it that ends as titles do; `titled` where a line above it does so as well."""
    again = titled and _ON_WORK.fullmatch(line) is not None
    dated = _YEAR.match(line) is not None and "年以来" not in line and not again
    return _TYPED + 2 * line.startswith("关于") + dated


def _is_short(line: str) -> bool:
    """Whether a line is as short as a headline, or says its year."""
    return len(line) <= _UNTYPED or (_YEAR.search(line) is not None and _HAN.match(line[-1]) is not None)


def _squeezed(text: str, line: Span) -> str:
    return "".join(text[line.start : line.end].split())


def _organ(text: str, line: Span) -> bool:
    """Whether a line is the name of one organ, the first half of a title on two lines."""
    words = text[line.start : line.end]
    return (
        len(words) <= 26 and _ORGAN.search(words) is not None and not any(c.isspace() or c in "，。：、" for c in words)
    )


def _is_part(text: str, line: Span, never: Callable[[Span], bool]) -> bool:
    """Whether a line of words without marks may be the middle of a title: it says of what year, or of whom."""
    words = _squeezed(text, line)
    told = _YEAR.search(words) is not None or _is_whose(text, line)
    return told and len(words) <= _UNTYPED and not any(c in "，。：；、！？" for c in words) and not never(line)


def _says_year(text: str, line: Span) -> bool:
    """Whether a line is the second half of a title, which begins with its year, whatever the kind: 2020年脱贫台账."""
    words = _squeezed(text, line)
    year = _YEAR.match(words)
    rest = words[year.end() :] if year else ""
    return (
        3 <= len(rest) <= _UNTYPED and re.fullmatch(r"(?!\d|[一二三四五六七八九十]{1,3}月)[一-鿿]+", rest) is not None
    )


def _is_whose(text: str, line: Span) -> bool:
    """Whether a line is the name of an organ or of a place."""
    words = _squeezed(text, line)
    return _organ(text, line) or (len(words) <= 26 and _PLACE.fullmatch(words) is not None)


def _zone(text: str, lines: Sequence[Span], heads: Sequence[bool]) -> int:
    """How many lines stand before the first paragraph and the first heading."""
    for at in range(min(len(lines), ZONE)):
        start, end = lines[at]
        if heads[at] or end - start > _LONGEST or text.find("。", start, end) >= 0:
            return at
    return min(len(lines), ZONE)
