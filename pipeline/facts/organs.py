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
_BEHIND = r"(?:19|20)\d\d|二[〇○零]|[一二]九|关于|上半年|年度|工作|述|抓|打击|创建|开展|“|第[一-三]季度|[a-zA-Z]?党(?![史校]|建[一-鿿]{0,8}(?:办|组|办公室)(?:19|20))"
"""What a title goes on with behind the organ."""
_TITLED = re.compile(rf"^((?:中共|共青团)?{_NAME}{{2,24}}?(?:{_SEAT}|{_BODY}|{ZONE}))(?=(?:{_BEHIND}))")
_UNIT_BEHIND = re.compile(
    rf"((?!关于|加强|加快|推进|开展|创建|打造|做好|抓|深化|实施|落实|召开|举办|参加|支持|驻){_NAME}{{1,22}}?"
    rf"(?:[会联协办部局处科院校馆队组团段台厂矿店库场社宫站所]|中心|公司|集团|银行|幼儿园|公园|陵园|植物园|动物园|军分?区|景区|名胜区|保护区|灌区|油田))"
    rf"(?={_BEHIND}|第[一二三四五六七八九十]+[届次]|总结|小结|汇报|简介|概况)"
)
"""A unit behind the name of its place: the kinds of units are many, the signs that end their names few."""
_NO_UNIT = re.compile(
    rf"(?:{_SEAT}|两委|^支部|党代会|人代会|政协"
    r"|(?:社|大|盛|晚|庙|年|例|全|机|班|两|集|运动|推介|博览|交易|洽谈|招聘|座谈|茶话|生活|展销|展览|听证|恳谈|联欢|发布|推进|现场|调度)会"
    r"|[关互物串春]联|[创督承举查领交转代帮通网联主兴补]办|[干全内局东西中北南]部|[庭大小]院|[平舞窗]台|[采探找]矿|[开网夜]店"
    r"|(?:数据|人才|项目|专家|信息|资源|智)库|[市广立考职战气会现]场|[公]社|场所|厕所|住所|好处|坏处|用处|[阶路地手河标时]段)$"
)
PART_OF_YEAR = (
    r"[上下]半年|第?[一二三四1-4]季度|前三季度|1?\d月?份?[-—－–~至]1?\d月份?|1?\d月份?(?![\d末底])(?:[1-3]?\d日)?"
    r"|(?:第[一二12]|[上下]|[春秋]季)学期"
)
"""What a title may have behind its year: 2021年第一季度石桥县财政局工作总结."""
_LEAD = re.compile(
    rf"^(?:(?:19|20)\d\d(?:[-—－–]\d{{2,4}})?(?:学?年度?)?|[一二][〇○零九].{{2}}年度?|关于(?:报送|上报|呈报|呈送|转报|印发|转发)?|在(?=.*会议?上)|{PART_OF_YEAR}|[\s（(])+"
)
_SPEAKER = re.compile(
    rf"代表\s?(?:中共)?({_NAME}{{0,14}}?(?:人民政府|政府|国务院|委员会|[县市区州省旗乡镇]委|党委|党工委|人大常委会|党支部|人民法院|人民检察院))"
)
_STATE = re.compile(r"国务院向[^。]{0,40}代表大会|代表国务院")
_UNIT = re.compile(rf"(?:{_BODY}|{ZONE})$")
_MASSES = re.compile("共青团|团[省市县区州]委|民[盟革建进]|农工党|致公党|九三学社|政协|中国人民政治协商会议")
"""Organs that are called like the committee of the party of their place, which is its seat."""
_COMMITTEE = re.compile(
    r"(?<![省市县区州旗盟镇乡村团连届])(?<!人民|革命|村民|居民|公社|社区|支部|总支|街道|常务|家庭)(?<!街道工作)委员会$"
)
"""A committee for one matter, and not that of a place: 关心下一代工作委员会."""
_CONGRESS = re.compile("(?:人大|人民代表大会)(?:常委会|常务委员会)$")
_LOCAL_PARTY = re.compile(r"[村区](?:党?支部|党?总支|支部委员会|党委|两委)$|政府办公室$|[县市区州省旗镇乡]委$")
BARE = (*"省市州县区旗盟镇乡", "自治", "街道", "全", "本届")


def titled_organ(title: str) -> str | None:
    """The organ that a title begins with: 某某县水务局2023年工作总结, 2023年某某镇人民政府工作报告.

    >>> titled_organ("2023年石桥镇人民政府工作报告"), titled_organ("2023年石桥镇工作总结")
    ('石桥镇人民政府', None)
    """
    match = _TITLED.match(_LEAD.sub("", title))
    return match[1] if match and not match[1].startswith(("关于", "加强")) and "上的" not in match[1] else None


def without_lead(title: str) -> str:
    """A title without the year that stands before the organ: 2023年石桥镇商会 → 石桥镇商会."""
    return _LEAD.sub("", title)


def unit_behind(title: str, at: int) -> str | None:
    """The unit that stands between the place, which ends at `at`, and the year or the kind of the report.

    >>> unit_behind("石桥县红十字会2020年工作总结", 3), unit_behind("石桥县脱贫攻坚2020年工作总结", 3)
    ('红十字会', None)
    """
    match = _UNIT_BEHIND.match(title, at)
    return match[1] if match and not _NO_UNIT.search(match[1]) else None


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
    if _MASSES.match(organ) or _CONGRESS.search(organ) or _COMMITTEE.search(organ):
        return True
    return _UNIT.search(organ) is not None and _LOCAL_PARTY.search(organ) is None


def signed(lines: Sequence[str]) -> str | None:
    """The organ in the signature, among the last lines of a text."""
    return next((organ for line in reversed(lines) if (organ := organ_line(line))), None)
