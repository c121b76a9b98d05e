"""How names are put together: of a kind only its own, and without remarks of how it was reckoned."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.metrics.naming.edges import is_over_plan
from pipeline.metrics.page.found import Found

_KINDS = re.compile(
    "(?P<level>中央(?=资金|投资|财政|补助|预算内)|(?:国家|中央|全国|[国部省市州县区乡镇村院校局])级(?:及?以上)?)"
    "|(?P<class>[一二三四五六甲乙丙丁A-DＡ-Ｄ](?:[类等档]|星级?))"
    "|(?P<industry>第[一二三]产业)"
    "|(?P<residents>(?:城镇|农村|城乡)(?:常住)?居民|农民|(?:城镇)?职工)"
    "|(?P<rank>[正副]?[高中初]级)"
    "|(?P<verdict>(?:不|很|非常|基本|比较)?(?:满意|合格|称职|达标))"
)
"""Kinds of which a thing is of one only: 省级 next to 国家级."""
_OWNER = re.compile(
    "(?P<place>(?:中心)?城区|县城|城镇|城市|乡镇|乡村|农村|山区|坝区|牧区)(?!居民)"
    "|(?P<runs>公办|民办|公立|私立|国有|民营|私营)(?P<what>幼儿园|学校|园|校|高中|医院|企业)?"
)
"""Whose a thing is, of which there are two or three: 公办园, 民办园."""
ALONE = frozenset(("left", "right", "prior", "topic", "item"))
"""Kinds of wording that are put together of nothing."""
_HALVES = {
    "工农业": ("工业", "农业"),
    "城乡": ("城镇", "农村", "城市", "乡村"),
    "进出口": ("进口", "出口"),
    "存贷款": ("存款", "贷款"),
    "男性": ("女性",),
    "女性": ("男性",),
    "婚姻": ("离婚", "结婚", "复婚"),
    "结婚": ("离婚", "复婚"),
}
"""What a name begins with, in the place of which one of two halves may stand, or its counterpart: 工业 + 工农业总产值."""
_DEEDS = frozenset(
    (
        "新开工", "开工", "续建", "新建", "在建", "建成", "基本建成", "竣工", "完工", "投产", "交付", "转入", "转出", "调入", "调出", "受理", "审结", "办结",
        "立案", "结案", "提拔", "使用", "进一步使用", "维持", "撤销", "变更", "起诉", "批捕",
    )
)  # fmt: skip
"""What is done one after the other to the same: 受理9件，审结|8件."""
_WAYS = ("入", "出")
_PLANNED = ("任务", "计划", "目标", "指标")
_CLOSED = frozenset(("注销", "吊销", "关停", "退出", "歇业", "停业", "关闭", "迁出"))
_OPENED = re.compile("^新(?:开业|设立?|增加?|登记|注册|开办|办|引进|入驻|成立|发展)+(?=..)")
"""What was opened, of which others were closed: 新开业企业9家，注销|4家."""
_GRADE = re.compile("[大中小]（[一二三ⅠⅡⅢI1-3]{1,3}）型")
"""A grade in its own words, which nothing is put before."""
_LEFT_OVER = frozenset(("剩余", "余", "尚余", "还剩", "剩", "仍余", "余下", "剩下"))
_IS_DONE = re.compile("(?<=..)(?:到位|完毕|完成)$")
"""What is said of all but what is left over: 整改|到位9处，剩余|2处."""
_SAYS_NO_MORE = re.compile("[提降增达为至到升下上占减回落高加长仅已均约也则共有完成]*")
_SAYS_NO_MORE_END = re.compile("[提降增达为至到升占减回落高加仅已均约也则共有完成]*$")
"""That it is or was so much."""
_PLACED = frozenset("区县市镇乡村园校站岸院馆厂社队组")
"""Ends of owners that stand in one place: 东部片区, 西部片区."""
_OWN_ENDS = _PLACED | set("办立有营业")
"""Last characters of owners."""
_TURNS = re.compile("收入(?=支出$)|存款(?=贷款$)|进口(?=出口$)|出口(?=进口$)|支出(?=收入$)")
"""What takes the place of its counterpart: 业务收入4亿元，支出|5亿元."""
_SUMS = ("收入", "支出", "投资", "产值", "增加值", "余额", "税收", "存款", "贷款")
"""Ends of amounts that kinds add up to."""
_KIND_OF_SUM = re.compile("(?!.*均|[少多超增减]|任务|计划|目标|预算|赤字|缺口|结余|差额|盈余|缺额)..+")
_ADDED = re.compile("新增加?|净增加?|新建成?|新(?:认定|培育|引进|发展|设立|成立|登记|注册)")
_COUNTED = re.compile(
    "^经(?![济营])|(?:企业|公司|项目|工程|[村县乡镇区市州省旗]|单位|学校|医院|家庭|[群民]众|[农贫]户|断面|[人对]象|人员|干部|党员|机构|中心|基地|集群|任务|活动|平台|机组"
    "|事项|问题|学生|职工|居民|儿童|老人|水库)$"
)
"""What is counted itself, of which something else may be said next: 12家企业|集体用工平台."""
_HEADS = (
    "集群", "机构", "中心", "机组", "基地", "项目", "大学", "学院", "平台", "工程", "先导区", "示范区", "试点", "儿女",
)  # fmt: skip
"""Nouns that phrases end in."""
_OF_NOUN = frozenset(("n", "nz", "b", "vn", "ns", "j", "l"))
_SAID = frozenset(("全部", "全面", "有序", "获批", "落地", "入选", "获评", "高质量", "年度", "当年"))
"""What is no noun though a tokeniser takes it for one."""
_FARTHEST = 10
_REMARK = re.compile("（(?:按|不?含|不?包括|下同|以下简?称|现价|当年价|可比价|不变价|口径)[^（）]*）")


def put_before(own: str, base: str) -> str:
    """A name with a kind put before it, which takes the place of the kind that it has: 省级 + 国家级基地 is 省级基地."""
    if (swapped := in_place(own, base)) != own:
        return swapped
    done = own.removeprefix("已")
    if len(done) == 1 and base.startswith(done):  # 计划拆除30处，已拆|28处
        return base
    if _GRADE.match(base):  # 小（二）型水库8座，塘坝|20座
        return own
    if own in _LEFT_OVER:
        base = "应" + base[1:] if base.startswith("已") else _IS_DONE.sub("", base)
    if base in _PLANNED and own in _DEEDS:  # 任务8万亩，已建成|6万亩
        return own
    if own in _CLOSED:
        base = _OPENED.sub("", base)
    if own[-1:] in _WAYS and base[:1] in _WAYS:  # 转出组织关系3人，转入|5人
        return own + base[1:]
    if own in _DEEDS and (deed := next((deed for deed in _DEEDS if base.startswith(deed) and base != deed), "")):
        return own + base[len(deed) :]
    if (own in _DEEDS and base in _DEEDS) or (_OWNER.fullmatch(own) and _OWNER.fullmatch(base)):
        return own
    if own in _DEEDS and base[-2:] in _DEEDS:  # 组织关系转入9人，转出|7人
        return base[:-2] + own
    if whole := next((whole for whole, halves in _HALVES.items() if own in halves and base.startswith(whole)), ""):
        return own + base[len(whole) :]
    mine, other = _KINDS.match(own), _KINDS.match(base)
    if mine and other and mine.lastgroup == other.lastgroup:
        base = base[other.end() :].removeprefix("的")
    return own + base


_CLASSES = frozenset("类级型档制种式星")
"""Ends of kinds, of which a thing is of one only: 财产类, 四星级."""


def before_like(own: str, last: str, base: str) -> str:
    """A name with a kind put before it, which takes the place of one whose `last` word it says too.

    违反廉洁纪律行为9件，违反群众纪律|17件 is 违反群众纪律行为; 协议利用外资8亿元，实际利用|5亿元 is 实际利用外资.
    """
    name = put_before(own, base)
    again = (len(last) > 1 or last in _CLASSES) and last in base and name == own + base
    return own + base[base.rindex(last) + len(last) :] if again else name


_YIELDS = ("产量", "总产", "产值", "单产", "亩产", "销量", "销售额", "销售收入")
_GROWING = re.compile("(?<=..)(?:种植|播种|栽培|栽植|种养|养殖|生产)$")
"""What is done on the land and not to its yield."""


def swapped(stem: str, own: str, plain: str, verb: str) -> str:
    """A name whose last word takes the place of that of another: 受理各类案件，审结|8件; 茶叶种植面积2万亩、产量|1200吨 is 茶叶产量.

    What is done takes the place of what was.
    """
    if len(plain) == len(stem) + 1 and plain[-1] in "道路桥渠坝":
        return verb + own  # 改造县乡道136公里、危桥|11座
    if own.endswith(_YIELDS):
        return _GROWING.sub("", stem) + own
    return own + plain.removeprefix(verb) if own in _DEEDS and verb and stem.startswith(verb) else stem + own


def with_kind(name: str, word: str, tag: str, own: str) -> str:
    """A name with a word behind it; a kind of a sum goes before: 保费收入9万元，寿险|6万元 is 寿险保费收入.

    A sum is no kind of another: its clause, `own`, tells it.
    """
    if not name.endswith(_SUMS) or tag not in ("n", "b"):
        return name + word
    if word.endswith(_SUMS):
        return own
    return put_before(word, name) if _KIND_OF_SUM.fullmatch(word) else name + word


def in_place(own: str, name: str) -> str:
    """What stands alone put into a name in place of its like there: 县级 after 评选省级文明村 is 评选县级文明村.

    So is what was done of what was due: 已缴 after 应缴税款 is 已缴税款.
    """
    if len(own) == len("已缴") and own[0] == "已" and name.startswith("应" + own[1]):
        return own + name[2:]
    mine = _KINDS.fullmatch(own)
    if mine:
        for other in _KINDS.finditer(name):
            if other.lastgroup == mine.lastgroup:
                return name[: other.start()] + own + name[other.end() :]
    return own


def without_remarks(name: str) -> str:
    """A name without a bracket that says how it was reckoned: 农业总产值（按现价计算）."""
    return _REMARK.sub("", name) if "（" in name else name


def may_tell_owner(name: str) -> bool:
    """Whether the name before a number may be no more than whose it is, or than that a plan was exceeded."""
    return name[-1:] in _OWN_ENDS or name[:1] in ("超", "欠")


def as_told(name: str, kind: str, own: str, told: str, previous: Found, unit: str) -> str:
    """The name of a number in full, where its clause tells only the owner or the head of what the number before is of.

    `own` are the words of its clause, `told` those of the clause before; `unit` is the class of its unit.
    """
    if not previous.name:
        return name
    if kind == "left" and is_over_plan(name) and previous.rule != "unit" and previous.unit == unit:
        return previous.plain + name
    name = owned(own, previous.plain, told) or name
    if kind == "left" and previous.change == "increase":
        name = stock_of(name, own, previous.plain)
    return name


def owned(own: str, name: str, told: str) -> str:
    """A name with another owner, where a clause tells no more than that: 公办园|提高到53% after 民办园幼儿占比; else empty.

    `told` is the clause that the name stands in, whose owner may be none of it.
    """
    mine, other = _OWNER.match(own), _OWNER.match(name)
    if mine and other and other.end() < len(name) and mine[0] != other[0] and _SAYS_NO_MORE.fullmatch(own, mine.end()):
        same = (mine["place"] is None) == (other["place"] is None)
        return mine[0] + name[other.end() :] if same else ""
    own = _SAYS_NO_MORE_END.sub("", own)
    if _is_parallel(own, name):
        return own + name[len(own) :]
    return name if _is_parallel(own, told) and name in told else ""


def _is_parallel(own: str, name: str) -> bool:
    """Whether an owner stands in the place of that which a phrase begins with: 西部片区, 东部片区|完成拆迁."""
    size = len(own)
    placed = size > 2 and own[-1] in _PLACED and name[size - 2 : size] == own[-2:]
    return placed and len(name) > size + 1 and not name.startswith(own)


def turned(name: str) -> str:
    """A name put together of two counterparts as that of the second: 业务收入|支出 is 业务支出."""
    return _TURNS.sub("", name)


def without_added(name: str) -> str:
    """A name of what was added as that of all that there is: 新增高新技术企业 is 高新技术企业."""
    added = _ADDED.match(name)
    return name[added.end() :] or name if added else name


def stock_of(name: str, own: str, added: str) -> str:
    """What there is in all of what was just added, where only its head is said: 新增油气库容6万方，累计库容|达70万方."""
    head, whole = name.removeprefix("累计"), without_added(added)
    head_only = own.removeprefix("累计").removeprefix("总") == head and len(head) > 1
    return whole if head_only and whole != added and whole.endswith(head) else name


def to_head(name: str, onward: Iterator[tuple[str, str]]) -> str:
    """The noun behind a number with what follows it to the head of its phrase: 3个国家|区域医疗中心, 2个产业|集群."""
    told = head = ""
    counted = _COUNTED.search(name) is not None
    for word, tag in onward:
        if not told and word[0] == "有":
            return name.removesuffix("中")  # 12个自然屯中有11个通路
        if counted or tag not in _OF_NOUN or word in _SAID or len(told) + len(word) > _FARTHEST:
            break
        told += word
        if word.endswith(_HEADS):
            head = told
    return name + head
