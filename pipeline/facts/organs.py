"""Who gives a report: the organ that its title, the lines under it, the speaker or the signature name."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NAME = r"[一-鿿XＸ×·（）()]"
_SEAT = r"人民政府|政府|委员会|党委|党工委|工委|党组|办事处|村委会|居委会|县委|市委|区委|州委|省委|旗委|镇委|乡委"
_BODY = (
    r"政府办公室|办公室|局|厅|委|纪委监委|纪委|监委|法院|检察院|总工会|工会|团委|妇联|联合会|协会|人大常委会|人大主席团|政协|公司|集团|银行|厂|农场|林场|海关|合作社"
    r"|组织部|宣传部|统战部|统一战线工作部|社会工作部|人民武装部|武装部|政法委员会|巡察办|编办|委办|府办|政研室|研究室|党校|机关工委"
    r"|中心|学校|中学|小学|大学|学院|幼儿园|医院|卫生院|研究院|研究所|管理处|管委会|派出所|监狱|支队|大队|支部委员会|党支部|党总支|总支|[分支]行|(?<!公)社|站|所"
)
ZONE = r"(?:(?:经济|高新)(?:技术)?(?:产业)?(?:开发)?|经开|开发|工业园|产业园)区"
"""A development zone, which is no division: 曲周县经济开发区."""
_ORGAN = re.compile(rf"(?:中共|中国共产党|共青团)?{_NAME}{{2,26}}?(?:{_SEAT}|{_BODY})(?=$|[（(])")
_TITLED = re.compile(
    rf"^((?:中共|共青团)?{_NAME}{{2,24}}?(?:{_SEAT}|{_BODY}|{ZONE}))(?=(?:(?:19|20)\d\d|二[〇○零]|[一二]九|关于|上半年|年度|工作|党建|述|抓|打击|创建|开展|“|第[一-三]季度|[a-zA-Z]?党(?!史)))"
)
PART_OF_YEAR = (
    r"[上下]半年|第?[一二三四1-4]季度|前三季度|1?\d月?份?[-—－–~至]1?\d月份?|1?\d月份?(?![\d末底])(?:[1-3]?\d日)?"
    r"|(?:第[一二12]|[上下]|[春秋]季)学期"
)
"""What a title may have behind its year: 2021年第一季度石桥县财政局工作总结."""
_LEAD = re.compile(
    rf"^(?:(?:19|20)\d\d(?:[-—－–]\d{{2,4}})?(?:学?年度?)?|[一二][〇○零九].{{2}}年度?|关于|在(?=.*会议?上)|{PART_OF_YEAR}|[\s（(])+"
)
_SPEAKER = re.compile(
    rf"代表\s?(?:中共)?({_NAME}{{0,14}}?(?:人民政府|政府|国务院|委员会|[县市区州省旗乡镇]委|党委|党工委|人大常委会|党支部|人民法院|人民检察院))"
)
_STATE = re.compile(r"国务院向[^。]{0,40}代表大会|代表国务院")
_UNIT = re.compile(rf"(?:{_BODY}|{ZONE})$")
_MASSES = re.compile("共青团|团[省市县区州]委|民[盟革建进]|农工党|致公党|九三学社|政协|中国人民政治协商会议")
"""Organs that are called like the committee of the party of their place, which is its seat."""
_CONGRESS = re.compile("(?:人大|人民代表大会)(?:常委会|常务委员会)$")
_LOCAL_PARTY = re.compile(r"[村区](?:党支部|党总支|总支|支部委员会|党委)$|政府办公室$|[县市区州省旗镇乡]委$")
BARE = (*"省市州县区旗盟镇乡", "自治", "街道", "全", "本届")


def titled_organ(title: str) -> str | None:
    """The organ that a title begins with: 某某县水务局2023年工作总结, 2023年某某镇人民政府工作报告.

    >>> titled_organ("2023年石桥镇人民政府工作报告"), titled_organ("2023年石桥镇工作总结")
    ('石桥镇人民政府', None)
    """
    match = _TITLED.match(_LEAD.sub("", title))
    return match[1] if match and not match[1].startswith(("关于", "加强")) and "上的" not in match[1] else None


def organ_line(line: str) -> str | None:
    """The organ that a line of its own names, or several that stand side by side."""
    names = line.split()
    return " ".join(names) if names and all(map(_ORGAN.fullmatch, names)) else None


def speaking_for(opening: str) -> str | None:
    """The organ that the speaker speaks for: 我代表市人民政府 → 市人民政府."""
    if _STATE.search(opening):
        return "国务院"
    match = _SPEAKER.search(opening)
    return match[1] if match else None


def is_unit(organ: str) -> bool:
    """Whether an organ is a bureau, a company, a school and not the seat of a division itself."""
    if _MASSES.match(organ) or _CONGRESS.search(organ):
        return True
    return _UNIT.search(organ) is not None and _LOCAL_PARTY.search(organ) is None


def signed(lines: Sequence[str]) -> str | None:
    """The organ in the signature, among the last lines of a text."""
    return next((organ for line in reversed(lines) if (organ := organ_line(line))), None)
