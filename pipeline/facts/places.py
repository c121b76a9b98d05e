"""The place that a report is about: in the title, the issuer, the meeting, or by what the text names most."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.facts.gazetteer import STATE, Gazetteer, Mention, Place
from pipeline.facts.organs import PART_OF_YEAR, ZONE, Organs, without_lead

_LEAD = re.compile(
    rf"^(?:中共|中国共产党|共青团|团(?=[省市县区州]委)|政协|中国人民政治协商会议|中国(?:人民|农业|工商|建设|邮政储蓄|进出口)?银行|中国(?:邮政|电信|移动|联通|石油|石化|铁塔|人寿|民主|民盟|农工)|[省市县]?(?:委|政府)?派?驻(?!马店)|关于(?:报送|上报|呈报|呈送|转报|印发|转发)?|在|——|—|（|\(|《|(?:(?:19|20)\d\d|[一二][〇○零九].{{2}})(?:[-—－–]\d{{2,4}})?(?:学?年度?)?|{PART_OF_YEAR}|\s)+"
)
_PARENT = re.compile(
    r"[^，。；：\s]{0,22}?(?:公司|集团|总局|总行|[总支]队)(?=[一-鿿]{1,6}?[省市县区州旗][^，。；：\s]{0,12}?(?:公司|支行|分行|分理处|税务局|营业部|[支大中]队))"
    r"|国家(?:统计局|税务总局|外汇管理局|能源局|金融监督管理总局|矿山安全监察局)(?!关于)(?=[一-鿿])"
)
"""The firm or authority that a branch belongs to, whose place is not that of the branch: 云岭省电力有限公司|石桥县供电分公司."""
_OF_STATE = re.compile(
    r"(?:中国|中华人民共和国)(?=[一-鿿（）()]{2,30}?(?:[支分]?行|公司|集团|大学|学院|医院|研究院|研究所|设计院|协会|学会|商会|基金会|武装部|海关|海事局|检验检疫局|边检站|边防检查站|[段站厂矿队所])"
    rf"(?:$|(?:19|20)\d\d|[一二][〇零○九]|关于|工作|年度|党|{PART_OF_YEAR}))"
)
"""The name of the state in that of a firm, a school or a branch, of which it tells no place: 中国|铁路白塔局集团公司."""
_HIDDEN = r"[XＸ×xｘ*＊某]{1,4}"
_SENT = re.compile(
    r"([^，。；：]{0,24}?)派?驻(?!马店)([^，。；：]{2,24}?(?:[村镇乡县]|社区|街道)[^，。；：]{0,10}?(?:工作[队组团]|帮扶[队组]|第一书记).*)"
)
"""A team sent to a village, of whose place its title is: 县水务局|驻|大坪村工作队."""
_SEAT = re.compile(
    rf"({_HIDDEN}|[一-鿿]{{1,5}}?)(省|市|自治州|州(?![市县区]|地区)|盟|自治县|县|地区|专区|区|旗(?!人民公社|公社|大队|生产))"
)
_LOCAL = re.compile(
    rf"({_HIDDEN}|[一-鿿]{{1,8}}?)(镇|乡(?![镇县市])|人民公社|公社|街道办事处|街道|社区|村|居)(?![振建庄级民干务容貌风]|两(?!委)|(?<![镇乡村])委|委(?!员会|会?(?:$|(?:19|20)\d\d|关于)|[办书]))"
)
_BARE_SEAT = re.compile("[省市州县区旗镇乡](?!场)")
"""What stands for a place before a unit of it, in a title that does not name it: 市|红十字会2020年工作总结."""
_AT_MEETING = re.compile("[（(]在|会议")
"""What follows a title, and is no unit of the place: 全省工作情况（在省人大常委会第九次会议上的汇报）."""
_TEAM = re.compile("([一-鿿]{1,4}?)(?:生产)?(大队)")
_BRIGADE = re.compile("([一-鿿]{1,6}?)生产(大队)")
_AFTER_SEAT = re.compile(
    rf"$|(?:19|20)\d\d|[一二][〇○零九]|第[一-十]+届|人民(?!公社)|政府|[县市区州]?委|纪委|监委|{_HIDDEN}|[一-鿿]{{0,6}}(?:局|厅|院|会|公司|校|学|处|中心|办)|[一-鿿]{{2,10}}(?:局|委员会|办公室|[支大]队)|妇联|团委|工商联|政协|人大|行政公署|行署|供销|工作|党|[一-鿿]{{1,6}}[镇乡村]|年度|上半年|[省市州县区]长"
)
_NO_NAME = re.compile(
    r"(?:从|由|据|农|乡|城|新|企业上|全|各|本|我|我们|美丽|中心|加强|推进|关于|基层|返|下|驻|家|集|社|山|园|校|灾|老|小|两|市|县|城乡|开发|示范|数字|平安|政府|党[政工]?委|委会|支部|办事处)$"
)
_NO_REGION = re.compile(
    "(?:贫困|民族|边远|革命老|欠发达|[东中西][北南]?部|沿海|[山牧林农灾老库本各全我湖]|重点|周边|其他|有关|这[一些]?)$"
)
"""What is no name of a 地区, the division between province and county that most cities once were."""
_PLAIN = re.compile(
    r"(?P<name>[^全各我本该的在和与及对把将做省市县区镇乡村“”]{2,3})"
    r"(?:省(?![级直属内外会里部际道管定])|县(?![级直属内外域城乡里市区道])|市(?!政(?!府|协)|[场民容域区属直级长内外里县值面]))"
    r"(?!.*(?:公司|集团|合作社|学校|[中小大]学|学院|厂|[农林]场)(?:概况|简介|基本情况|情况介绍|介绍|发展情况)?$)"
)
"""A province, city or county that a title begins with, whatever follows: 云岭省扶贫攻坚工作, 石柳县“四好农村路”."""
_DEED = re.compile(
    "(?:圆满|全面|顺利|扎实|积极|切实|有序)?(?:完成|开展|推进|加快|加强|做好|抓好|实施|启动|推动|落实|召开|举办|调整)"
)
"""What a title says was done, of which a village may be the object: 石桥镇|圆满完成村|党支部换届."""
_NO_PLAIN = re.compile(
    r"(?:贫困|脱贫|示范|先进|强|大|都|超|股|上|夜|菜|跨|出|邻|城|周边|重点|试点|平安|数字|[农林工旅牧]业)$"
)
_TOWN = re.compile(r"[^城下家返各全本我两]乡")
_CITY = re.compile(r"[^县老新旧古主全各本我市省州]城")
"""Names of a county or town, and of a district, that end as something else does: 宁乡县, 绛城区."""
_NEW_AREA = re.compile(r"(?!建设|推进|加快|打造|开发)[一-鿿]{2,4}新")
"""The name of a 新区."""
_BELOW = re.compile(
    r"([一-鿿]{1,4}?)(自治县|县(?![级直属内外域城乡里市区道])|市(?![政场民容域区属直级长内外里县值面])|旗|区(?![域位县划间块]))"
)
"""A county that no table knows, behind the province or the city that it lay in: 江苏省江宁县."""
_NO_BELOW = re.compile(r"(?:^.|[地库景牧矿灌园辖税发术验作护能新片灾社带业林农山]|主城|中心城|贸易|税港|经开)$")
"""What a 区 is called that is no division."""
_BEFORE_INNER = re.compile(
    r"(?:加快|推进|推动|促进|支持|加强|做好|开展|落实|进一步|深化|建设|振兴|奋进|助力|服务|围绕|打造|银行|公司|国网|的|关于|为|由|让|把|将|使)$"
)
"""What may stand before the name of a county of two characters, or one character before any name."""
_RURAL_BANK = r"农村(?:商业|合作)银行|农商银?行|村镇银行|农村信用"
_OF_COUNTY = re.compile(rf"{ZONE}|{_RURAL_BANK}|供电|电力|烟草|(?:19|20)\d\d")
"""What the short name of a county stands before: 河北曲周供电公司."""
_OF_UNKNOWN = re.compile(rf"[一-鿿]{{2,6}}?(?:{_RURAL_BANK})")
_YEAR = re.compile(r"(?:19|20)\d\d(?=[年—－-])")
_NOT_OURS = re.compile(r"(?:赴|到|考察|学习|支援|帮扶|对口|与|同|驻)$")
_ELSEWHERE = re.compile(r"赴|到|考察|学习|支援|帮扶|对|与|同|驻|向")
_PROFILE = re.compile(
    r"(?:^|[\s|])\s*([一-鿿]{1,8}?(?:镇|乡|街道|社区|村|县|市|区|州|旗))(?:隶属|位于|地处|坐落|辖|共?有|现有|于|因)"
)
_LINE = 40  # characters of a line that is a place or a person
_OFFICER = re.compile(
    r"\S{2,30}(?:[省市州县区旗镇乡局厅院校行]长|书记|主任|主席|部长)[ \u3000]+[一-鿿·×xX]{1,2}[ \u3000]?[一-鿿·×xX]{1,3}"
)
_WHOLE_COUNTRY = re.compile(r"\s*中华人民共和国(?:发展)?国民经济")
_MEETING = re.compile(
    r"在\s?((?:(?!在)[一-鿿XＸ×]){2,20}?)第?[一二三四五六七八九十百\d]{1,4}届[^。，]{0,12}(?:人民代表大会|人大|委员会|党代会|代表大会)"
)
_FIRST, _AGAIN = 60, 3000  # characters that open a text; in which a place is named again
LEVELS = {
    "省": "province", "市": "city", "自治州": "city", "州": "city", "盟": "city", "自治县": "county", "县": "county", "区": "county",
    "旗": "county", "镇": "township", "乡": "township", "公社": "township", "人民公社": "township", "街道办事处": "township", "街道": "township", "社区": "village",
    "地区": "city", "专区": "city", "村": "village", "大队": "village", "居": "village", "自治区": "province",
}  # fmt: skip


_CORPS = re.compile(
    r"(?P<corps>(?:新疆)?(?:生产建设)?兵团)?(?P<division>(?:农业?(?:建设)?)?第?[一二三四五六七八九十\d]{1,3}师(?!范))?(?P<city>[一-鿿]{2,5}?市)?"
    r"(?P<regiment>第?[一二三四五六七八九十百零〇\d]{1,6}团场?(?!委(?!员会)|[员支]))?(?P<company>第?[一二三四五六七八九十\d]{1,3}连)?"
)
"""The 兵团, which is not 新疆, its divisions, regiments and companies: 兵团第三师四十八团七连, 农八师."""


class Where(NamedTuple):
    """A place as said, its code where it is certain, its level, and the code of the county that it is or lies in."""

    name: str
    code: str | None
    level: str
    county: str | None = None


def where_said(said: str, gazetteer: Gazetteer, year: int | None = None) -> Where | None:
    """The place that a title, an organ or a meeting begins with, as it was in the `year`; the innermost of a chain.

    Placeholders (XX乡) stay as they stand; a name that no table knows has no code.
    """
    if sent := _SENT.match(said):
        sender, there = (_begun(part, gazetteer, year)[0] for part in sent.groups())
        return there._replace(county=there.county or (sender and sender.county)) if there else sender
    return _begun(said, gazetteer, year)[0]


def where_below(lines: Iterable[str], gazetteer: Gazetteer) -> Where | None:
    """The place that a line under the title is, or whose head or secretary it names: 青川市副市长 某某."""
    for line in lines:
        officer = _OFFICER.fullmatch(line)
        if len(line) > _LINE or any(sign in line for sign in "，。；：\t"):
            continue
        found, end = _begun(line, gazetteer, None)
        if found and (end == len(line) or officer):
            return found
    return None


def unit_titled(title: str, gazetteer: Gazetteer, organs: Organs) -> str | None:
    """The unit of a place that a title begins with, whatever its kind: 石桥县商会2020年工作总结 → 石桥县商会."""
    where, at = _begun(title, gazetteer, None)
    led = without_lead(title)
    if where is None and (bare := _BARE_SEAT.match(led)):
        at = len(title) - len(led) + bare.end()
    unit = organs.behind(title, at) if at and not _SENT.match(title) else None
    named = led[: at + len(unit) - len(title)] if unit else ""
    return named if named and _AT_MEETING.search(named) is None else None


def _begun(said: str, gazetteer: Gazetteer, year: int | None) -> tuple[Where | None, int]:
    """The place that `said` begins with, and where its name ends; 0 where it is named further in."""
    start = match.end() if (match := _LEAD.match(said)) else 0
    within: Place | None = None
    while parent := _PARENT.match(said, start):
        within = gazetteer.resolve(_chain(parent[0], 0, gazetteer)[0], filter(None, (within,))) or within
        start = parent.end()
    if state_of := _OF_STATE.match(said, start):
        start = state_of.end()
    if corps := _in_corps(said, start, gazetteer):
        return corps
    mentions, at = _chain(said, start, gazetteer)
    if year is None and (match := _YEAR.search(said)):
        year = int(match[0])
    place = gazetteer.resolve(mentions, filter(None, (within,)), year)
    if place and place.level in ("province", "city"):
        county = gazetteer.county_for_short(said, at, place)
        if county and _OF_COUNTY.match(said, county.end):
            place, at = county.places[0], county.end
    found = _where(place) if place else None
    if mentions and place is None:
        name = said[mentions[-1].start : mentions[-1].end]
        found = Where(name, None, mentions[-1].places[0].level)
    if found and found.level in ("province", "city") and _OF_UNKNOWN.match(said, at):
        return None, 0
    if found is None and (seat := _SEAT.match(said, start)) and _is_seat(said, seat):
        found, at = Where(seat[0], None, LEVELS[seat[2]]), seat.end()
    if found and found.level in ("province", "city") and (below := _BELOW.match(said, at)) and _is_below(said, below):
        found, at = Where(below[0], None, "county"), below.end()
    begun = not mentions or mentions[0].start == start
    local = _LOCAL.match(said, at) or _BRIGADE.match(said, at)
    if local and _is_local(local[1], local[2]) and (found or at == start):
        kind = "街道" if local[2] == "街道办事处" else local[2]
        inner = _TEAM.match(said, local.end()) if kind.endswith("公社") else _LOCAL.match(said, local.end())
        if inner and inner[2] in ("村", "社区", "大队") and _is_local(inner[1], inner[2]):
            local, kind = inner, inner[2]
        found, at = Where(local[1] + kind, None, LEVELS[kind], found.county if found else None), local.end()
    return found, at if begun else 0


def _in_corps(said: str, start: int, gazetteer: Gazetteer) -> tuple[Where, int] | None:
    """The innermost of the 兵团, its divisions, regiments and companies that `said` begins with, and where it ends."""
    match = _CORPS.match(said, start)
    corps, division, city, regiment, company = match.groups() if match else (None,) * 5
    if match is None or not (corps or (division and (division[0] in "农第" or regiment))):
        return None
    if regiment:
        return Where(regiment + (company or ""), None, "village" if company else "township"), match.end()
    if city and division:
        where, end = _begun(said[match.start("city") :], gazetteer, None)
        return (where, match.start("city") + end) if where else None
    if division:
        return Where(division, None, "city"), match.end("division")
    return Where("新疆生产建设兵团", None, "province"), match.end("corps")


def _chain(said: str, start: int, gazetteer: Gazetteer) -> tuple[list[Mention], int]:
    """Known names one after the other from `start` on, or the first one further in that the title does not go to."""
    mentions = gazetteer.find(said, short=True)
    chain: list[Mention] = []
    at = start
    for mention in mentions:
        if mention.start < at or (mention.start > at and (chain or _NOT_OURS.search(said, 0, mention.start))):
            continue
        if mention.start > at and not _is_inner(said, at, mention):
            continue
        chain.append(mention)
        at = mention.end
    return chain, at


def _where(place: Place) -> Where:
    code = place.code or None
    return Where(place.name, code, place.level, code if place.level == "county" else None)


def _is_inner(said: str, at: int, mention: Mention) -> bool:
    """Whether a name that the words before it do not belong to may still be the report's: 关于加快柳河县…发展的意见.

    It is none where it is the end of a longer one: 江宁县 is not 宁县, nor 新吉安县 the county of 吉安.
    """
    start, end = mention.start, mention.end
    if said[end - 1] not in "省市县区州盟旗" or _LOCAL.match(said, at) is not None:
        return False
    ends_longer = start - at == 1 or (end - start == 2 and start - at <= 3)
    return not ends_longer or _BEFORE_INNER.search(said, at, start) is not None


def _is_below(said: str, below: re.Match[str]) -> bool:
    """Whether a county that no table knows stands behind the place that it is in."""
    name, kind = below[1], below[2]
    if kind == "区" and _NO_BELOW.search(name) and not _NEW_AREA.fullmatch(name):
        return False
    plain = _NO_PLAIN.search(name) is None and _ELSEWHERE.search(name) is None
    return plain and _is_name(name, kind) and _AFTER_SEAT.match(said, below.end()) is not None


def _is_name(name: str, kind: str) -> bool:
    """Whether what stands before the kind of a division may be the name of one."""
    if kind in ("地区", "专区"):
        return len(name) > 1 and _NO_REGION.search(name) is None
    if kind == "区" and name[-1] in "地专":
        return False
    if kind == "区" and (_NEW_AREA.fullmatch(name) or _CITY.fullmatch(name)):
        return True
    return _NO_NAME.search(name) is None or (kind == "县" and _TOWN.fullmatch(name, len(name) - 2) is not None)


def _is_seat(said: str, seat: re.Match[str]) -> bool:
    name, kind = seat[1], seat[2]
    if re.fullmatch(_HIDDEN, name):
        return True
    if _ELSEWHERE.match(name):
        return False
    plain = _PLAIN.match(said, seat.start())
    of_two = kind == "县" and len(name) == 2 and name[1] == "都"  # 云都县; in longer words 都 is 'all'
    if plain and plain.end() == seat.end() and (of_two or not _NO_PLAIN.search(name)):
        return True
    return _is_name(name, kind) and _AFTER_SEAT.match(said, seat.end()) is not None


def _is_local(name: str, kind: str) -> bool:
    if _DEED.match(name) or (name == "人民" and kind == "公社"):
        return False
    if kind == "镇" and _TOWN.fullmatch(name):
        return True
    return not _NO_NAME.search(name) or (kind == "社区" and name[-1] in "园山城" and len(name) > 1)


def where_met(said: str, gazetteer: Gazetteer) -> Where | None:
    """The place of the congress that the title or the line under it names."""
    match = _MEETING.search(said)
    return where_said(match[1], gazetteer) if match else None


def where_told(text: str, gazetteer: Gazetteer) -> Where | None:
    """The place that the first words tell of: 石桥村位于…, 某省某市地处…; or a county that they name again."""
    if _WHOLE_COUNTRY.match(text):
        return state(gazetteer)
    if match := _PROFILE.search(text, 0, _FIRST):
        return where_said(match[1], gazetteer)
    opening = text[:_FIRST]
    mentions = gazetteer.find(opening)
    chained = len(mentions) > 1 and mentions[1].start == mentions[0].end
    place = gazetteer.resolve(mentions[: 1 + chained])
    if place is None or place.level in ("national", "province") or text.count(place.name, 0, _AGAIN) < 2:
        return None
    return _where(place)


def where_named(text: str, seat: str, gazetteer: Gazetteer) -> Where | None:
    """The place with the speaker's seat (市人民政府 → 市) that the text names most, where one stands out."""
    place = gazetteer.most_named(text, seat)
    return _where(place) if place else None


def state(gazetteer: Gazetteer) -> Where:
    """The whole country."""
    return _where(gazetteer.by_code[STATE])
