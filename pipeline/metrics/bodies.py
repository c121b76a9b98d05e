"""Names of places and organisations: what they end in, and 全县, 我市 and the like."""

from __future__ import annotations

import re

_OF_PLACES = "省|市|县|区|州|盟|旗|乡|镇|村|街道|社区|苏木|嘎查"
_OF_BODIES = "局|校|院|厂|公司|系统|集团|处|所|站|队|中心|组|支部|党委|单位|办"
WHOLE = re.compile(
    rf"全(?:国|{_OF_PLACES}|{_OF_BODIES}|辖区|行业|社(?!会))(?:城乡)?"
    rf"|(?:我们|[我本])(?:国|{_OF_PLACES}|{_OF_BODIES}|委)(?!委|府)"
    rf"|该(?:{_OF_PLACES}|{_OF_BODIES}|合作社|企业|园区)"
    r"|各(?:地|党?支部|村|乡镇|县区|县市区|部门|单位|镇|街道|社区|学校)"
    r"|[省市县区乡校厂局]里|(?<!城)镇[里上]|(?<![乡农])村[里上]|[市县乡]上"
    r"|(?:中央|地方)(?:财政|本级)|[省市县乡镇]级?财政|[乡镇村县市省]党委|[乡镇县市]纪委|[乡镇县市]政府"
)
WHOLE_FIRST = "全我本该各中地省市县区乡镇村校厂局"
BODY = re.compile(
    r".*(?:公司|集团|合作社|供销社|信用社|报社|医院|学校|小学|中学|大学|学院|幼儿园|村|居|委会|研究院|院|开发区|高新区|园区|新区|街道|社区"
    r"|镇|乡|县|区|市|州|盟|旗|省|港|苏木|嘎查|安置点"
    r"|支部|党委|总支|党组|农场|林场|牧场|鹿场|养殖场|厂|车间|水库|景区|平台|局|中心|站|所|队|专班|企业|行业|都市圈|矿|银行|抖音号|公众号|牧业|集体"
    r"|政府|政协|人大|纪委|监委|工委|[省市县区]委|团委|妇联|残联|工商联|工会|分会|协会|商会|学会|董事会|理事会|联合会|纪检组|巡察组|工作组"
    r"|(?<![学本专文理工])科|(?<![之好坏用长短益多少查惩])处|股|(?:办公|检察|警务|调解|监察|纪检|警卫|值班|党建)室|(?<![客餐])厅|(?<!家)庭|(?:组织|宣传|统战|武装)部|食堂|馆|电视台|讲师团|剧团"
    r"|(?:党政|综治|督查|扶贫|信访|应急|城管|招商|改革|[省市县区]委|政府)办)"
)

GROUP = re.compile(
    r".*(?:人口|居民|农民|农户|牧民|渔民|村民|社员|职工|工人|群众|干部|教师|学生|毕业生|党员|户|人员|家庭|老人|妇女|儿童|残疾人|对象|患者|代表|委员|法官|民警|村医|志愿者|成员|班组长|班子|年人|孤儿|子女|旅客|游客|单位"
    r"|港口|口岸|海域|流域|片区|组团|农村|城镇|城乡|市区|城区|牧区|山区|地区|[东中西]部|沿海|内地|全网|国家|号线|机场|电站|大桥|高速|铁路|产业|机构|项目|队伍|劳动力|部门|机关|断面|热线|财政|组|班|年级|教练"
    r"|工业|农业|(?:制造|服务|建筑|旅游|金融|畜牧|种植|养殖|采矿|房地产)业|城市群|经济带|园|校|[一-龥]某|[一-龥]某夫妇|(?<![养敬古长])老[一-龥]|大[爷娘姐妈叔])"
)
"""People, stretches of land and works, of which a report tells as it does of a body: 脱贫人口人均收入."""

ACTOR = re.compile(
    r"我|本人|[他她它]们?|.*(?:班|城|楼|[卡网站景村校]点|组织|医共体|中专|级|域内?|坊|员|人|者|系统|线|路|桥|堂|房|船|网|期)"
)
"""What else may be meant, though not as often: 我, 毕业班, 县域, 新住院楼."""

DEED = re.compile(
    r"(?:全年|当年|年内|累计|共|先后|已|新|同时|还|坚决|全面|深入|扎实|积极|大力|加快|持续|认真|切实|着力|不断|有序|稳步|有效|全力|着眼|重点|进一步|高标准|高质量|高水平)*"
    r"(?:落实|贯彻|实施|推进|推动|开展|加强|加快|强化|深化|完善|健全|优化|提升|提能|升级|做实|做强|做优|做大|盘活|活化|培育|引育|引进|引导|创成|申创|获批|启动"
    r"|设置|打造|改造|筹集|新增|新建|续建|建成|建设|培训|服务|清理|排查|化解|发放|运用|支持|鼓励|聚焦|围绕|统筹|规范|严格|办理|受理|举办|组织)"
    r"(?!(?:[^，。]{0,3})?(?:单位|部门|机构|中心|企业|公司|园区|站|所|队|小组|专班|集团|合作社|银行|商|部|人员|对象|群众|组织|委员会|局|办|科|处|室)$)."
    r"|.+(?:获批|入选|荣获|获评|落户)."
)
"""What a clause does, and no body: 培育规上企业. A name may begin with the same words: 培训中心, 建设单位."""

MEASURED = re.compile(
    r"第?[一二三](?:[、和][一二三])*次?产业\||产业\||每[百千万亿]?[^|]{1,3}\||[^|]+下乡\||(?:启动|地处|距|[东西南北](?:[与和][^|]+)?)\||[^|]+(?:增加值|总产值)\||[^|]*\|“"
    r"|城镇\|(?:登记|调查|新增|失业)|政府\|(?:债|性基金|投资|采购|购买)|单位\|(?:地区|国内|面积|工业)|农村\|(?:贫困|危房|改厕|户厕|公路)|小学\|(?:学龄|适龄)"
    r"|(?:普通|公办|民办|农民|农业|专业|规上|私营|个体|乡镇)*(?:小学|初中|高中|幼儿园|企业|商品房|行政村|自然村|合作社|重点项目)\|[\d一二三四五六七八九十两]"
)
"""What stands at the head of what is measured and is no body: a name, and behind the bar how the text goes on."""

DOER = re.compile(
    r".*(?:公司|集团|合作社|农场|牧场|养殖场|种植场|牧业|大户|党委|党组|支部|总支|委员会|常委会|工会|局|厅|部|委|办|协会|商会|大学|学院|法院|检察院|医院|政府|政协|人大|妇联"
    r"|科|处|股|室|所|站|庭|专班|车间|食堂|电视台|讲师团|中心组|代表|委员|[一-龥]某|[一-龥](?:村|镇|乡|街道|社区|县|市|省|州|旗|盟)|[新开]区|组|队|我|们|人)"
)
"""Who builds and founds things, and is not only built: a company, a village."""

_WHOLES = (
    ("全国", "我国"),
    ("全省", "我省", "全区", "全自治区"),
    ("全市", "我市", "全州", "全盟"),
    ("全县", "我县", "全旗"),
    ("全镇", "全乡", "全街道"),
)
ABOVE = {
    level: frozenset(name for names in _WHOLES[:depth] for name in names) - ({"全区"} if level == "county" else set())
    for depth, level in enumerate(("nation", "province", "city", "county", "township", "village"))
}
"""What is more than the place of a report of an administrative level; 全区 may be that of a district."""

NAMED_PLACE = re.compile(
    r"(?![全各每我本新]|[省市县乡村]级).{2,}(?:省|(?<!城)市|州|盟|县|旗|(?<![村乡城])镇|(?<!城)乡|街道|(?<![政农])村)"
)
"""The name of a place that may stand before what is measured there: 东港镇地区生产总值."""
_OWNER = re.compile(
    rf"(?!.*财政$)(?:{WHOLE.pattern})"
    r"|.*(?:局|科|处|股|派出所|司法所|税务所|大队|中队|[法检医学]院|检察院|政府|政协|人大|妇联|工会|委员会|支部|党委|党组|集团|公司|合作社|食堂|厅)"
)
_GOES_WITH = ("书记", "主任", "班子", "成员", "领导", "主要", "级", "属")


def without_owner(name: str, subject: str | None) -> str:
    """A name without the place or organisation that it begins with and that the record names apart.

    >>> without_owner("青石镇林地面积", "青石镇"), without_owner("职工人数", "职工")
    ('林地面积', '职工人数')
    """
    if not subject or not name.startswith(subject) or not (NAMED_PLACE.fullmatch(subject) or _OWNER.fullmatch(subject)):
        return name
    rest = name[len(subject) :].lstrip("的")
    return name if len(rest) < 2 or rest.startswith(_GOES_WITH) else rest
