"""Who gives a report: the organ that its title, the lines under it, the speaker or the signature name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.uses import Uses
from pipeline.rules import Rules
from pipeline.rules.schema import OrganWord

_NAME = r"[一-鿿XＸ×·（）()]"
ZONE = r"(?:(?:经济|高新)(?:技术)?(?:产业)?(?:开发)?|经开|开发|工业园|产业园)区"
"""A development zone, which is no division: 曲周县经济开发区."""
_BEHIND = r"(?:19|20)\d\d|二[〇○零]|[一二]九|关于|上半年|年度|工作|述|抓|打击|创建|开展|“|(?:总经理|董事长|董事会|监事会|理事长|校长|院长|行政|主席团|党委书记)(?:20\d\d年度?)?(?:向[^，。]{0,16}的?)?(?:工作|述职|业务)|第[一-三]季度|部门(?:整体支出|[预决]算)|向[^，。]{2,16}所?[作做]的|[a-zA-Z]?党(?![史校]|建[一-鿿]{0,8}(?:办|组|办公室)(?:19|20))"
"""What a title goes on with behind the organ."""
PART_OF_YEAR = (
    r"[上下]半年|第?[一二三四1-4]季度|前三季度|1?\d月?份?[-—－–~至]1?\d月份?|1?\d月份?(?![\d末底])(?:[1-3]?\d日)?"
    r"|(?:第[一二12]|[上下]|[春秋]季)学期"
)
"""What a title may have behind its year: 2021年第一季度石桥县财政局工作总结."""
_LEAD = re.compile(
    rf"^(?:(?:19|20)\d\d(?:[-—－–]\d{{2,4}})?(?:学?年度?)?|[一二][〇○零九].{{2}}年度?|关于(?:报送|上报|呈报|呈送|转报|印发|转发)?|在(?=.*会议?上)|{PART_OF_YEAR}|[\s（(《])+"
)
_SPEAKER = re.compile(
    rf"代表(?!大会)\s?(?:中共)?({_NAME}{{0,14}}?(?:人民政府|政府|国务院|委员会|[县市区州省旗乡镇]委|党委|党工委|人大常委会|党支部|人民法院|人民检察院))"
)
_STATE = re.compile(r"国务院向[^。]{0,40}代表大会|代表国务院")
_TOPIC = r"[一-鿿“”、0-9]{2,24}?(?:总结|小结|汇报|报告|情况|计划|方案|要点|安排|打算|材料|通报|说明)(?:[（(][^）)]{1,12}[)）])?"
"""What a report is on, which may stand straight behind the organ that gives it: 防汛工作总结."""
_YEAR_AMID = re.compile(
    r"(?<=[省市州县区旗镇乡])(?:(?:19|20)\d\d|[一二][〇零○九].{2})年度?(?=(?:[^政，。]{2,8}?局|(?:中级|高级)?人民(?:政府|法院|检察院)|人大常委会|人民代表大会常务委员会))"
)
"""The year between a place and its organ: 石桥县|2023年|人民法院工作报告."""
BARE = (*"省市州县区旗盟镇乡", "自治", "街道", "全", "本届")


class Organs:
    """Tells organs by their names; built once from the table of them."""

    def __init__(self, rules: Rules) -> None:
        uses = Uses(rules.table(OrganWord))
        seat, body = uses.either("seat"), uses.either("body")
        self._organ = re.compile(rf"(?:中共|中国共产党|共青团)?{_NAME}{{2,26}}?(?:{seat}|{body})(?=$|[（(])")
        self._titled = re.compile(
            rf"((?:中共|共青团)?{_NAME}{{2,24}}?(?:{seat}|{body}|{ZONE}))(?=(?:[（(][一-鿿]{{1,12}}[）)])?(?:{_BEHIND}))"
        )
        self._behind = re.compile(
            rf"((?!{uses.either('no_name')}){_NAME}{{1,22}}?(?:{uses.either('unit')}))"
            rf"(?={_BEHIND}|第[一二三四五六七八九十]+[届次]|总结|小结|汇报|简介|概况)"
        )
        self._on_topic = re.compile(
            rf"((?:中共|共青团|政协)?{_NAME}{{2,26}}(?:{uses.either('before_topic')}))(?!{uses.either('no_topic')}){_TOPIC}$"
        )
        self._no_unit = re.compile(rf"(?:{seat}|{uses.either('no_unit')})$")
        self._first, self._own = re.compile(uses.either("first")), re.compile(rf"(?:{uses.either('own')})$")
        self._unit = re.compile(rf"(?:{body}|{ZONE})$")
        self._national = re.compile(uses.either("national"))
        self._of_national = re.compile(rf"({uses.either('national')})(?={_BEHIND})")
        self._of_place = re.compile(rf"(?:{uses.either('of_place')})$")

    def titled(self, title: str) -> str | None:
        """The organ that a title begins with: 某某县水务局2023年工作总结, 2023年某某镇人民政府工作报告.

        >>> organs = Organs(Rules())
        >>> organs.titled("2023年石桥镇人民政府工作报告"), organs.titled("2023年石桥镇工作总结")
        ('石桥镇人民政府', None)
        >>> organs.titled("石桥县2023年人民法院工作报告")
        '石桥县人民法院'
        """
        led = _YEAR_AMID.sub("", without_lead(title), count=1)
        match = self._of_national.match(led) or self._titled.match(led)
        if match is None or match[1].startswith(("关于", "加强")) or "上的" in match[1]:
            return None
        return None if match[1].endswith(("代表大会政府", "会议政府")) else match[1]  # 石桥镇人民代表大会|政府工作报告

    def on_topic(self, title: str) -> str | None:
        """The organ that a title begins with, straight behind which it says what the report is on.

        >>> organs = Organs(Rules())
        >>> organs.on_topic("石桥县水务局防汛工作总结"), organs.on_topic("石桥县水务局局长述职报告")
        ('石桥县水务局', None)
        """
        match = self._on_topic.match(without_lead(title))
        return match[1] if match and not match[1].startswith(("关于", "加强")) else None

    def behind(self, title: str, at: int) -> str | None:
        """The unit that stands between the place, which ends at `at`, and the year or the kind of the report.

        >>> organs = Organs(Rules())
        >>> organs.behind("石桥县红十字会2020年工作总结", 3), organs.behind("石桥县脱贫攻坚2020年工作总结", 3)
        ('红十字会', None)
        """
        match = self._behind.match(title, at)
        return match[1] if match and not self._no_unit.search(match[1]) else None

    def line(self, line: str) -> str | None:
        """The organ that a line of its own names, or several that stand side by side."""
        names = line.split()
        known = names and all(self._organ.fullmatch(name) or self.is_national(name) for name in names)
        return " ".join(names) if known else None

    def is_unit(self, organ: str) -> bool:
        """Whether an organ is a bureau, a company, a school and not the seat of a division itself."""
        if self.is_national(organ) or self._first.match(organ) or self._own.search(organ):
            return True
        return self._unit.search(organ) is not None and self._of_place.search(organ) is None

    def is_national(self, organ: str) -> bool:
        """Whether an organ is one of the State as a whole: 商务部, 国家统计局."""
        return self._national.fullmatch(organ) is not None

    def signed(self, lines: Sequence[str]) -> str | None:
        """The organ in the signature, among the last lines of a text."""
        return next((organ for line in reversed(lines) if (organ := self.line(line))), None)


def without_lead(title: str) -> str:
    """A title without the year that stands before the organ: 2023年石桥镇商会 → 石桥镇商会."""
    return _LEAD.sub("", title)


def speaking_for(opening: str) -> str | None:
    """The organ that the speaker speaks for: 我代表市人民政府 → 市人民政府.

    >>> speaking_for("根据市人民代表大会常务委员会的安排"), speaking_for("我代表石桥县人民政府作报告")
    (None, '石桥县人民政府')
    """
    if _STATE.search(opening):
        return "国务院"
    match = _SPEAKER.search(opening)
    return match[1] if match else None
