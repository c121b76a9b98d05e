"""Names of kinds told one after the other, of which only the first says of what: 橙色|11期 behind 红色预警3期 is 橙色预警."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_ROWS = (
    ("网格员 调解员 辅导员 护林员 人民调解员 安全员 信息员 委员 教师", "专职 兼职"),
    ("供电可靠率 电压合格率", "城网 农网 城市 农村"),
    ("里程", "高速"),
    ("资金", "市县配套 省级配套 市级配套 县级配套 地方配套 县配套 市配套 乡镇配套"),
    ("职称", "正高 副高 高级 中级 初级 正高级 副高级"),
    ("妇女", "男 女 男性 女性"),
    ("小额信贷 信贷", "逾期 不良"),
    ("幼儿园 养老机构 医院", "公办 民办 公立 民营"),
    ("转移就业 务工", "省外 市外 县外 省内 市内 县内 国外 境外"),
    ("床位", "护理型 普惠 普惠型 医养结合 编制"),
    ("残疾人 残疾", "肢体 视力 听力 言语 智力 精神 多重"),
    ("预警信号 预警", "红色 橙色 黄色 蓝色 暴雨 雷电 大风 高温 寒潮 大雾 冰雹 暴雪 霜冻 雷雨大风 道路结冰 其他"),
    ("考试", "科目一 科目二 科目三 科目四"),
    (
        "党支部 支部 党组织 党委 党总支",
        "农村 乡镇 乡村 村 行政村 村级 街道 社区 机关 学校 医院 企业 国有企业 国企 非公企业 非公 社会组织 “两新”组织 两新组织 两新 事业单位 机关事业单位"
        " 离退休 教师 学生 职工 直属 流动 一星级 二星级 三星级 四星级 五星级 一星 二星 三星 四星 五星 先进 后进 软弱涣散",
    ),
    ("党员", "农村 机关 社区 学生 教师 在职 离退休 流动 非公企业 企业 职工 青年 预备 研究生 本科生 高知群体 生产一线 一线 工人 农民"),
    ("干部", "提拔 交流 平级交流 转任 党外 少数民族"),
    (
        "案件",
        "刑事 民事 民商事 商事 行政 执行 治安 经济 破产 知识产权 婚姻家庭 家事 劳动争议 劳动人事争议 民间借贷 金融借款 买卖合同 房屋买卖 物业服务 建设工程"
        " 道路交通 交通事故 人身损害赔偿 环境资源 公益诉讼 毒品犯罪 侵财",
    ),
    (
        "纠纷",
        "婚姻家庭 婚姻 家庭 邻里 邻里宅基 宅基地 山林 林权 山林土地 山林权属 土地 土地承包 水利 劳动 劳资 债务 合同 损害赔偿 人身损害 生产经营 征地拆迁 征地补偿"
        " 物业 医疗 医患 交通事故 赡养 其他",
    ),
    ("形态", "第一种 第二种 第三种 第四种"),
    ("装机容量 装机", "水电 风电 光伏 火电 煤电 核电 太阳能 生物质 储能 风电光伏 新能源"),
    ("投资", "高速公路 国省干线 国省道 普通国省道 农村公路 水运 铁路 民航 机场 港口 站场 航道"),
    ("事故", "道路交通 道路运输 建筑施工 建筑业 工矿商贸 火灾 水上交通 农业机械 煤矿 非煤矿山"),
    ("专利", "发明 实用新型 外观设计"),
    ("隐患", "一般 重大 较大"),
    ("企业", "股份制 股份合作制 租赁 租赁承包 出售 兼并 破产 兼并破产 关闭破产 承包 拍卖"),
    ("提案", "经济建设 经济发展 政治建设 文化教育 科教文卫 教科卫体 医疗卫生 社会民生 城建环保 城乡建设 农业农村 生态环境 社会事业 社会建设 社会治理 文化建设 集体 个人 委员 其他"),
    ("造林", "人工 飞播 国营 集体 国营林场 乡村集体 荒山"),
    ("贷款余额 贷款", "涉农 小微 小微企业 普惠小微 制造业 绿色 科技 民营企业 个人 住户 企业 对公 农户 短期 中长期 消费 住房"),
    ("存款余额 存款", "住户 储蓄 单位 企业 对公 财政 财政性 居民"),
    ("用电量 用电", "工业 第一产业 第二产业 第三产业 居民 城乡居民 农业 生活"),
    ("客运量 货运量 旅客周转量 货物周转量 周转量", "公路 铁路 水路 水运 民航 航空 管道"),
    ("用地", "工业 商服 商住 住宅 商业 公共服务 基础设施 交通运输 仓储"),
    ("保险参保人数 保险参保 保险费", "养老 基本养老 职工养老 医疗 基本医疗 失业 工伤 生育"),
    ("接种率", "卡介苗 百白破 麻疹 麻疹疫苗 麻风 麻腮风 糖丸 脊灰 脊灰疫苗 乙肝 乙肝疫苗 甲肝 流脑 乙脑 白破"),
    ("致贫占比 致贫比例 致贫户", "因病 因学 因残 因灾 因婚 缺技术 缺劳力 缺劳动力 缺资金 缺土地 缺水 其他"),
)  # fmt: skip
"""What there is of several kinds, and the kinds that are told without it."""
_KINDS = tuple(frozenset(kinds.split(" ")) for _, kinds in _ROWS)
_ROW_OF = {head: row for row, (heads, _) in enumerate(_ROWS) for head in heads.split(" ")}
_BEFORE_HEADS = frozenset((
    "调解", "化解", "排查", "排查化解", "发展", "新发展", "申请", "授权", "受理", "审结", "办结", "新收", "查处", "查办", "办理", "生产安全", "矛盾",
))  # fmt: skip
"""What a whole says before what kinds are told of, and its kinds do not."""
_QUALIFIED = ("法律援助", "司法救助", "公益诉讼")
"""What makes other things of cases: 民事|法律援助案件 are none of a court."""
_BY_THEMSELVES = ("职称", "妇女", "接种率")
"""Of what kinds are told that need no more to be known."""
_SIZES = sorted({len(head) for head in _ROW_OF}, reverse=True)
_MARKS = re.compile(
    "^[。，、；;,（(：:和及与]*(?:其中|另有|包括|来自|分别[为是]|(?:按|从|分)[^，。；：、0-9]{0,6}?(?:分|看))?[，,：:]?"
)
_IS = re.compile("(?:有|为|达到?|共|仅|占|是|各|就)*$")
_AMONG = re.compile("。[ \n]*其中")
_AGES = ("岁", "周岁")
_LONGEST, _FARTHEST = 16, 60


def name_kinds(text: str, found: Sequence[Found]) -> None:
    """Name the kinds that lists tell without what they are of, by what the last number of the list or its whole says."""
    heads: dict[tuple[int, str], tuple[str, Found]] = {}
    wrong = right = ""
    last = 0
    for n, one in enumerate(found):
        start, unit = one.quantity.start, one.quantity.unit
        if start - last > _FARTHEST or _parted(text, last, start):
            heads.clear()
            wrong = ""
        if not one.takes_over(wrong, right) and not one.changes and one.name:
            new = _of_kind(text, one, last, heads) if n and found[n - 1].quantity.unit not in _AGES else ""
            if new:
                wrong, right = one.name, new
                one.rename(new)
            elif one.rule != "unit" and (head := _head(one.name)):
                heads.pop((_ROW_OF[head], unit), None)  # so that the last comes last
                heads[_ROW_OF[head], unit] = head, one
        last = one.quantity.end


def _of_kind(text: str, one: Found, last: int, heads: dict[tuple[int, str], tuple[str, Found]]) -> str:
    """The name of a number that only its kind stands before; else empty."""
    start, unit = one.quantity.start, one.quantity.unit
    if start - last > _LONGEST:
        return ""
    own = _IS.sub("", _MARKS.sub("", text[last:start]))
    said = next((heads[row, of] for row, of in reversed(heads) if of == unit and own in _KINDS[row]), None)
    if said is None:
        return own if own and _of_two(one.name, own) else ""
    head, whole = said
    if qualified := next((of for of in _QUALIFIED if of in whole.plain), ""):
        return "" if qualified in one.name else own + qualified + head
    rest = whole.plain.removesuffix(head)
    astray = one.name == own + whole.plain and (rest in _BEFORE_HEADS or rest in _KINDS[_ROW_OF[head]])  # 邻里|调解纠纷
    return "" if own in one.name and one.name.endswith(head) and not astray else own + head


def _of_two(name: str, own: str) -> bool:
    """Whether a name was put together of two kinds of one thing: 副高|正高."""
    other = name.removeprefix(own) if name.startswith(own) else name.removesuffix(own)
    return other != name and any(
        own in _KINDS[_ROW_OF[head]] and other in _KINDS[_ROW_OF[head]] for head in _BY_THEMSELVES
    )


def _head(name: str) -> str:
    """What a name says that kinds are told of; else empty."""
    return next((name[-size:] for size in _SIZES if name[-size:] in _ROW_OF), "")


def _parted(text: str, begin: int, end: int) -> bool:
    """Whether a line or a sentence ends between two numbers, and the next does not go on with 其中."""
    if text.find("\n", begin, end) >= 0:
        return True
    stop = text.find("。", begin, end)
    return stop >= 0 and _AMONG.match(text, stop) is None
