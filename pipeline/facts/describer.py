"""What a report says of itself: title, issuer, place, level, type, the year it covers and the year it was given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.facts.gazetteer import Gazetteer
from pipeline.facts.organs import BARE, Organs, speaking_for
from pipeline.facts.places import Where, state, unit_titled, where_below, where_met, where_named, where_said, where_told
from pipeline.facts.published import published_for
from pipeline.facts.several import reports_in
from pipeline.facts.titles import bare_title
from pipeline.facts.year_words import YEAR, YEAR_WRITTEN, year_of
from pipeline.facts.years import (
    Given,
    dated,
    given_in,
    without_late,
    years_headed,
    years_of_government_report,
    years_of_other,
)
from pipeline.language.marks import bare_of_marks
from pipeline.records import Facts, Section
from pipeline.rules import Rules
from pipeline.rules.schema import ReportType

_OPENING = 700  # characters in which the speaker says for whom he speaks
_BELOW = 4  # lines at the head that may be a year or a place alone
_HEAD, _FOOT = 12, 4  # lines under the title and at the end that may hold a date and an issuer
_WINDOW = 2500  # characters at each end in which the place is looked for first
_LONGEST = 60_000  # … and then
_SEAT = re.compile(r"(自治区|自治州|自治县|[省市州县区旗盟镇乡])(?:人民)?(?:政府|委|党委|人大常委会)$")
_RUN_ON = re.compile(r"\s*([^，。；《》\n]{4,40}?(?:规划|计划)(?:纲要)?)[，,]?(?=根据|依据|按照)")
_NAMED = re.compile(r"(?:制定|编制|制订)(?:了|本)?《([^》\n]{6,60})》\s*[（(]以下简称")
_FIVE_YEARS = re.compile(
    r"\s*((?:[^，。；\s]{0,12}?(?:国|省|自治区|市|州|县|区))?)(?:于?[^，。；\s]{2,8}开始[^，。；\s]{0,6}?)?"
    r"((?:发展)?国民经济(?:和社会发展)?)的?(第[一二三四五六七八九十]{1,3}个五年计划)(?=时期|\s*\n)"
)
_RUN_IN = (
    r"[今近]年|[一二三四五]年来|今年|过去|上半年|全年|本年度|(?:19|20)\d\d年|根据|按照|为(?:了|进一步|深入|全面|贯彻|切实)|在[^，。]{2,40}[下中]，"
    r"|现将|现就|各位|同志们|尊敬的|我[省市县区旗州镇乡村局校院们]|[本全][镇乡县市区村校院局]|坚持|始终|紧紧?围绕|以习近平|自[^，。]{2,12}以来|随着|(?:19|20)\d\d[-/.．]\d{1,2}[-/.．]\d{1,2}\s*\n"
)
"""How a body begins that runs on behind the title in one line, or the date that a site sets there."""
_SHORT_YEAR = re.compile(
    r"(?:(?<=[省市县区旗州镇乡村局厅委办处所院校司部站])(?<![建办][局院校])(?=\d\d年(?:度|工作|[上下]半年|全年|总结|述职|党建))"
    r"|^(?=\d\d年(?:度|[上下]半年)))([0-27-9])(?=\d年)"
)
"""The year of a title in two figures: 石桥镇21年工作总结."""
_BARE_YEAR = re.compile(
    r"^((?:19|20)\d\d)(?:[.．](?:0?[1-9]|1[0-2])(?=[一-龥]{2})(?![年月日])|(?!年)(?=(?:抓|[上下]半年|度|第[一-四]季度|全年|[一-龥]{1,6}[省市县区镇乡村局委]))(?![多余名人万亩个家户座项件]))"
)
"""The year of a title without its word: 2019.12石桥镇工作总结, 2019抓党建述职报告."""
_REGION = re.compile(r"^[（(][一-龥]{2,8}(?:省|市|自治区|[州县区盟旗镇乡]|全文|摘要)[)）](?=.)")
"""What a site sets before a title: (青川省)2016年石桥县政府工作报告."""
_YEAR_IN_BRACKETS = re.compile(rf"[（(]({YEAR_WRITTEN}年度?)[)）]")
"""The year before a title or on the line below it: （2015年度）石桥县年报."""
_NUMBERED = re.compile(rf"[^，。；\s]{{0,16}}[〔\[（(]({YEAR_WRITTEN})[〕\])）]第?\d{{1,4}}号")
"""The number of an official letter, which bears the year that it went out: 石政发〔2023〕4号."""
_OF_NOW = re.compile("(?:纪要|简报|快报)$")
"""The title of what tells of the days in which it went out."""
_FILE = re.compile(r"\.(?:txt|docx?|pdf|html?|wps|rtf)$", re.I)
"""What the name of a file leaves behind a title: 石桥县2021年工作总结.doc."""
_TRAILER = re.compile(r"[（(][^）)]*[）)]$|[·•][^·•，。]{1,10}篇$")
_LOCAL = re.compile(r"(?:镇|乡|街道|社区|村)$")
_LOCAL_LEVELS = ("township", "village")
_BRACKETS = re.compile(r"^[（(]|[）)]$")
_SUBTITLE = re.compile("(?:——|--|－－)(?:记|来自|对)?(.+)")
_RED_HEAD = re.compile("(?<=[局厅委会院办室部府组校司处])文件$")
"""What stands behind the organ at the head of an official letter: 石桥县水务局文件."""
_HEADED_BY = re.compile(
    r"(?:(?:党[组委]书记、?)?(?<=[局委会院厅部所室处中心行、记])代?理?(?:(?:局|厅|部|所|院|检察|行|处)长|主任)"
    r"|(?<=政府)代?理?[省市州县区旗镇乡]长|(?:(?<=[党工省市州县区旗]委)|(?<=党组|总支|支部|纪委))书记|(?<=[局厅院委会处所站]))[ \u3000]+[一-鿿·某×xX]{1,2}[ \u3000]?[一-鿿·某×xX]{1,3}$"
)
"""Who stands at the head of the organ that a line names, or is of it: 石桥县审计局局长 张某某, 石桥县审计局 李某某."""
_UNIT_LABEL = re.compile(
    r"(?:^|.*[ \u3000])(?:所在|工作|报告|填报|汇报|述职|报送)?单位[:：][ \u3000]?([^\s，。；：]{3,30})(?=$|[ \u3000])"
)
"""Where somebody who reports of himself says that he works: 姓名：李某 单位：石桥县审计局."""
_OTHER_OFFICE = re.compile(r"^[^，。；\s]{2,20}(?:长|书记|主席|总理|委员|主任)兼")
"""The office that the head of an organ holds besides: 石桥县副县长兼|公安局局长."""
_DATE_BEHIND = re.compile(
    r"[\s　]*[0-9〇○零一二三四五六七八九十]{2,4}年[0-9〇○零一二三四五六七八九十年月日]*(?=[）)]?$)"
)
_AND_GOVERNMENT = re.compile("(党委|[省市州县区旗]委)、(?:人民)?政府$")
_ON_PLACE = re.compile(
    r"国民经济(?:[和与、暨及]?社会发展|(?:发展)?计划)|(?<!部门)(?<!单位)预算(?:收支)?(?:执行|完成|草案)|(?:财政|收支|总)决算|(?:经济|财政)(?:收支)?运行"
)
"""What the title of a report on a whole place says, though a bureau draws it up: 石桥县2020年财政预算执行情况."""
_KEEPS_BOOKS = re.compile(r"(?:统计|财政|发展和?改革|发改|计划)(?:委员会|[局厅委所])")
"""Who draws up what is of the whole place, also where the title leaves the place out."""
_GOVERNMENT = "government_work_report"
_WORK_REPORT = re.compile(rf"(?:政府|(?:人民|革命)委员会)(?:{YEAR_WRITTEN}年度?)?[^，。]{{0,4}}工作报告$")
"""The title of a report of a government, which was once called 人民委员会 or 革命委员会."""


class Describer:
    """Describes reports; built once from the tables of report types and places."""

    def __init__(self, rules: Rules) -> None:
        self._places, self._organs = Gazetteer(rules), Organs(rules)
        self._types = {row.id: row for row in rules.table(ReportType)}
        self._openings = [(row.id, re.compile(row.opening)) for row in self._types.values() if row.opening]
        self._endings = sorted(
            ((word, row.id) for row in self._types.values() for word in row.written), key=lambda e: -len(e[0])
        )
        self._past = {word: type_id for word, type_id in self._endings if self._types[type_id].covers == "past"}
        self._first = re.compile(f"(?:{'|'.join(self._past)})(?=[及和暨与、])")
        words = "|".join(re.escape(word) for word, _ in self._endings)
        self._run_in = re.compile(rf"\s*([^，。；：！？《》\n]{{4,50}}?(?:{words}))[ \u3000]*(?={_RUN_IN})")

    def describe(
        self, text: str, outline: Sequence[Section], removed: Iterable[str] = (), beside: str | None = None
    ) -> Facts:
        """The facts of a report; each is null where the report says nothing.

        Where the report was found is no evidence: what a report says of itself stands in its text.
        `removed` is what cleaning took away, in which the site may tell when it put the report up; `beside` is the
        title that a table or a page has beside the text.
        """
        heading = next((section for section in outline if section.level == 0 and section.heading), None)
        said = "".join((heading.heading if heading else self._named_in(text)).split()) or None
        said = bare_of_marks(said) if said else None
        said = self._fuller(said, bare_title(beside, self._is_typed, self._organs.line)) if beside else said
        title = _with_full_year(_FILE.sub("", _REGION.sub("", said))) if said else None
        opening = text[heading.heading_end if heading else 0 :][:_OPENING]
        head, foot = _edges(text, outline)
        title = _with_year_below(title, head) if title else None
        undated, told = dated(title) if title else (None, None)
        report_type = self._type(undated, opening)
        speaker = speaking_for(opening)
        titled = (self._organs.titled(title) or self._organs.titled(_subtitle(title))) if title else None
        unit = unit_titled(title, self._places, self._organs) if title and titled is None else None
        on_topic = self._organs.on_topic(title) if title and not (titled or unit) else None
        issuer = (speaker if report_type == _GOVERNMENT else None) or titled or unit or on_topic
        issuer = issuer or self._issuing_line(head, title) or speaker or self._organs.signed(foot)
        where = self._where(title, issuer, opening, text) or where_below(head[:_BELOW], self._places)
        if where is None and titled and (house := self._issuing_line(head, title)):
            where = where_said(house, self._places)  # 教导处工作总结, below which stands 石桥县实验学校
        given = told or given_in(without_late(head, text)) or given_in(without_late(foot, text))
        if report_type == _GOVERNMENT:
            covered, delivered = years_of_government_report(undated, text[:2500], text, outline, given)
        else:
            covers = self._types[report_type].covers if report_type else None
            if given is None and (YEAR.search(undated or "") or _OF_NOW.search(undated or "")):
                given = _numbered_in(head[:_BELOW])
            covered, delivered = years_of_other(undated, covers, text, outline, given)
            if told and report_type == "profile":
                covered = covered or told.year
        if covered is None and delivered is None:
            covered = delivered = published_for(removed, title, opening, text)
        if covered is None and title is None and (headed := years_headed(outline)):
            covered, delivered = headed
        level = where.level if where else None
        if issuer:
            if (issuer == unit or self._organs.is_unit(issuer)) and not self._is_on_place(
                title, issuer, titled or unit
            ):
                level = "unit"
            issuer = _in_full(issuer, where)
        elif title and self._organs.is_unit(title):
            level = "unit"
        if where and where.county is None and where.level in _LOCAL_LEVELS:
            where = where._replace(county=self._county(where.name, issuer, self._organs.signed(foot), opening))
        place, code, county = (where.name, where.code, where.county) if where else (None, None, None)
        return Facts(
            said, issuer, place, code, county, admin_level=level, report_type=report_type, year_covered=covered,
            year_delivered=delivered,
        )  # fmt: skip

    def warning(self, text: str) -> str | None:
        """What a reader should know where a text holds several reports: what is said of it is said of the first."""
        number = reports_in(text, tuple(word for word, _ in self._endings), self._says_whose)
        if number < 2:
            return None
        return f"it seems to hold {number} reports, and is described by the first: split it into files of one each."

    def _says_whose(self, title: str) -> bool:
        return self._organs.titled(title) is not None or where_said(title, self._places, None) is not None

    def _fuller(self, own: str | None, beside: str | None) -> str | None:
        """Of the title in a text and the one beside it the one that says more, its own where both say as much.

        政府工作报告, beside which stands 石桥县2021年政府工作报告.
        """
        if own is None or beside is None:
            return own or beside
        if own in beside:
            return beside
        return beside if self._weight(beside) > self._weight(own) else own

    def _weight(self, title: str) -> int:
        """How much a title says: the type of the report, its year, whose it is."""
        return self._is_typed(title) + (YEAR.search(title) is not None) + self._says_whose(title)

    def _is_typed(self, title: str) -> bool:
        return self._type(dated(title)[0], "") is not None

    def _named_in(self, text: str) -> str:
        """What a text without a title calls itself: as its first words, which the body may run on behind."""
        match = self._run_in.match(text)
        return match[1] if match and len(match[1].split()) == 1 else _named_in(text)

    def _type(self, title: str | None, opening: str) -> str | None:
        """By the longest known words that end the title, else by what the opening says."""
        if title:
            bare = _TRAILER.sub("", title)
            if _WORK_REPORT.search(bare) and "法治" not in bare:
                return _GOVERNMENT
            for word, type_id in self._endings:
                if bare.endswith(word):
                    first = self._first.search(bare) if self._types[type_id].covers == "coming" else None
                    return self._past[first[0]] if first else type_id
            if _LOCAL.search(bare) and len(bare) <= 8:
                return "profile"
        return next((type_id for type_id, pattern in self._openings if pattern.search(opening)), None)

    def _where(self, title: str | None, issuer: str | None, opening: str, text: str) -> Where | None:
        """By title, issuer, meeting, and at last by what the text names most."""
        if issuer == "国务院" or (issuer and self._organs.is_national(issuer)):
            return state(self._places)
        titled = YEAR.search(title or "")
        year = year_of(titled["year"]) if titled else None
        for said in (_subtitle(title), title, None if issuer and issuer.startswith(BARE) else issuer):
            if said and (where := where_said(said, self._places, year)):
                return where
        if where := where_met(f"{title}\n{opening}", self._places):
            return where
        if issuer is None:
            return where_told(opening, self._places)
        seat = _seat_of(issuer)
        if not seat:
            return None
        edges = text[:_WINDOW] + text[-_WINDOW:]
        return where_named(edges, seat, self._places) or where_named(text[:_LONGEST], seat, self._places)

    def _is_on_place(self, title: str | None, issuer: str, organ: str | None) -> bool:
        """Whether a report is on a whole place, which its title or its `issuer` tells, whoever drew it up.

        石桥县2020年国民经济和社会发展统计公报, 石桥县财政局关于2020年预算执行情况的报告; `organ` is what a title begins with.
        """
        if title is None or not _ON_PLACE.search(title) or (organ and "关于" not in title):
            return False
        said = title.partition("关于")[2] if organ else title
        return _KEEPS_BOOKS.search(issuer) is not None or where_said(said, self._places) is not None

    def _issuing_line(self, head: Sequence[str], title: str | None) -> str | None:
        """An organ on a line of its own near the title."""
        for line in head[:6]:
            if (label := _UNIT_LABEL.match(line)) and (organ := self._organs.line(label[1])):
                return organ
            bare = _RED_HEAD.sub("", _HEADED_BY.sub("", _BRACKETS.sub("", _DATE_BEHIND.sub("", line))))
            bare = bare if bare == line else _OTHER_OFFICE.sub("", bare)
            if len(line) <= 50 and line != title and (organ := self._organs.line(_AND_GOVERNMENT.sub(r"\1", bare))):
                return organ
        return None

    def _county(self, name: str, issuer: str | None, signature: str | None, opening: str) -> str | None:
        """The county of a town or village whose title leaves it out: that of the same name in issuer, meeting, signature."""
        told = (where_said(said, self._places) for said in (issuer, signature) if said)
        places = (*told, where_met(opening, self._places))
        return next((where.county for where in places if where and where.name == name and where.county), None)


def _subtitle(title: str | None) -> str:
    """What stands behind the dash of a title, which names the place where the title does not: ——石桥镇推行的经验材料."""
    dash = _SUBTITLE.search(title or "")
    return dash[1] if dash else ""


def _named_in(text: str) -> str:
    """What a text without a title calls itself: as its first words, or as what it says was drawn up; empty where nothing.

    >>> _named_in("青川省国民经济和社会发展的第七个五年计划时期，是改革的重要时期。")
    '青川省国民经济和社会发展第七个五年计划'
    >>> _named_in("白石县茶产业发展规划，根据县委的建议编制，"), _named_in("为振兴茶业，制定《白石县茶业规划》（以下简称《规划》）")
    ('白石县茶产业发展规划', '白石县茶业规划')
    """
    if plan := _FIVE_YEARS.match(text):
        return "".join(plan.groups())
    match = _RUN_ON.match(text) or _NAMED.search(text, 0, _OPENING)
    return match[1] if match else ""


def _with_full_year(title: str) -> str:
    """A title with its year in four figures.

    >>> _with_full_year("石桥镇21年工作总结"), _with_full_year("建校20年工作总结")
    ('石桥镇2021年工作总结', '建校20年工作总结')
    >>> _with_full_year("2019.12石桥镇工作总结"), _with_full_year("2019抓党建述职报告"), _with_full_year("2000亩茶园总结")
    ('2019年石桥镇工作总结', '2019年抓党建述职报告', '2000亩茶园总结')
    >>> _with_full_year("（2015年度）石桥县年报")
    '2015年度石桥县年报'
    """
    title = _BARE_YEAR.sub(r"\1年", title)
    if (before := _YEAR_IN_BRACKETS.match(title)) and before.end() < len(title):
        title = before[1] + title[before.end() :]
    return _SHORT_YEAR.sub(lambda match: f"{19 if match[1] in '789' else 20}{match[1]}", title, count=1)


def _with_year_below(title: str, head: Sequence[str]) -> str:
    """A title that says no year with the one that a line below it is.

    >>> _with_year_below("述职报告", ["述职报告", "（2019年度）"])
    '2019年度述职报告'
    """
    if YEAR.search(title):
        return title
    below = next(filter(None, map(_YEAR_IN_BRACKETS.fullmatch, head[:_BELOW])), None)
    return below[1] + title if below else title


def _numbered_in(lines: Sequence[str]) -> Given | None:
    """The year in the number of an official letter.

    >>> _numbered_in(["关于印发《石桥县2022年工作总结》的通知", "石政发〔2023〕4号"])
    Given(year=2023, month=0)
    """
    number = next(filter(None, map(_NUMBERED.fullmatch, lines)), None)
    return Given(year_of(number[1]), 0) if number else None


def _seat_of(organ: str) -> str:
    """The kind of division that an organ is the seat of: 市人民政府 → 市."""
    match = _SEAT.search(organ)
    return match[1] if match else ""


def _in_full(issuer: str, where: Where | None) -> str:
    """市人民政府 with the name of the city, where it is known."""
    seat = _seat_of(issuer)
    if where and seat and issuer.startswith(seat) and where.name.endswith(seat):
        return where.name + issuer[len(seat) :]
    return issuer


def _edges(text: str, outline: Sequence[Section]) -> tuple[list[str], list[str]]:
    """The lines before the first main heading, and the last lines."""
    first = next((section.start for section in outline if section.level), len(text))
    head = [line.strip() for line in text[: min(first, 2000)].splitlines() if line.strip()][:_HEAD]
    foot = [line.strip() for line in text[-400:].splitlines() if line.strip()][-_FOOT:]
    return head, foot
