"""What stands at the edges of names and is no part of them, and what is no name at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

NO_NAMES = frozenset(
    (
        "后",
        "前",
        "截至",
        "截止",
        "到",
        "至",
        "实际",
        "调整后",
        "调整前",
        "提出",
        "原定",
        "其后",
        "之后",
        "最终",
        "最后",
        "新台阶",
        "台阶",
        "新高",
        "大关",
        "关口",
        "新关口",
    )
)
"""Words that name nothing: 年初预算5亿元，调整后|4.8亿元，实际|完成4.6亿元."""
_OF_RATES = frozenset((
    "及时", "按时", "按期", "准时", "限期", "初次", "首次", "一次", "一次性", "重复", "当场", "当期", "全程", "规范", "自主", "足额",
))  # fmt: skip
"""Adverbs that are part of a rate: 及时|受理率, 初次|信访化解率."""
_OF_KINDS = frozenset((
    "非公", "一般", "区域间", "进一步", "暂停", "暂缓", "更新", "规划", "阶段性", "潜在", "绝对", "快速", "现代", "既有", "立面",
    "孕前", "产前", "婚前", "当日", "夜间", "日间", "暑期", "老年", "青年", "长期", "到期", "每户", "每亩", "正",
))  # fmt: skip
"""What a tokeniser takes for an adverb, a time or a conjunction, though it tells of what kind a thing is: 非公|企业, 夜间|巡逻."""
_ACCOUNTS = ("存款", "贷款", "税收")
_NOT_YET = frozenset(["未", "尚未", "还未", "仍未", "均未", "并未", "未曾", "未能"])
_MARGINS = frozenset(
    ("超收", "短收", "减收", "增收", "歉收", "超支", "超预算", "超计划", "超任务", "超额", "欠收", "结余")
)
"""How far something is from what it should be, of which a growth told next is not: 收入1.9亿元，超收|0.2亿元，增长5%."""
MAKE_UP = re.compile(
    r"(?:.{0,6}(?:镇|乡|村|街道|社区|区|县))?(?:总|农|居民)?(?:户数|村民小组|居民小组|小组|自然村|行政村|自然屯|屯|户)"
)
"""What a place is made up of; the households and people that follow live there: 9个村民小组，1051户、5080人."""
_SIGNS = "①②③④⑤⑥⑦⑧⑨⑩|〓·●◆■▲★※"
_START = re.compile(
    f"(?:[{_SIGNS}]+|[一二三四五六七八九]是)(?=..)|全(?:专区|公社|大队|盟市)(?=..)"
    "|(?:从中|其中|共有(?!产权))(?=..)|(?:计算|核算|测算|折算)(?:全[国省市县区州盟])?(?=[人全地国生农工城].)|(?:上级|中央|国家|纲要|规划|[省市县区]里?)(?:明确)?要求(?:我[省市县区乡镇村]|全[省市县区])?(?=..)"
    "|(?:[本上下次该当]|这个?)(?:季度|学期|学年|月份?|周|旬)(?:共|累计)?(?=..)|(?:半|[一二两三四五]个?)年来共?(?=..)|来共(?=..)"
    "|[长宽高深]的(?=..)|已(?:经|由|(?=全部))(?=..)|(?:确保|力争|参照|务必|加上(?=[上下调动债])|按(?=应.))(?=..)"
)
_END = re.compile(
    "(?<=..)(?:仍(?:有|然有|为|是|达|高达)?|[中里]有|首(?:次)?[破超]|(?<=产业)增长|(?<=加值)增长|首次突破|突破|超过|(?<=率)仅|争取|逆势|(?<=..)虽[一-龥、]*|仅为|仅有|只有|还有|不足|均为|已达|各为|分别)+$"
)
"""Adverbs and light verbs that a tokeniser glues to a noun: 旅游人数首破|百万, 大班仍|有5个."""
_HELD = re.compile("(?<=..)(?<![比相])较(?:[上前去往同][一-龥]{0,3})?$")
"""What a rate is held against, as far as a tokeniser takes it for a noun: 近视率较上学期|下降2个百分点."""
_BALANCES = ("贷款", "存款", "余额", "人口", "资产", "常住", "户籍", "在岗", "从业")
"""What is told of the end of a time."""
_RECKONED = re.compile(
    "(?<=..)(?:按(?:现行|可比|不变|当年|实际|各|同口径)[一-龥]{0,6}|(?:平均)?(?:由|从(?!业|事|严|重))(?:[上去]年|过去|原来|年标准|年初|[一二三四五六七八九十两几]+年前|零起步[一-龥]{0,2}|每.{0,2})?)$"
)
"""How something was reckoned, or since when it was so: 人均收入按现行|汇率折算1420美元, 面积由|3万亩增至."""
_FIRSTS, _LASTS = (
    frozenset("长宽高深已上中本下次该当这半两来国纲规省市县区确力参务按加全从共其计核测折一二三四五六七八九" + _SIGNS),
    frozenset("仍有为是达高破超过足长仅别"),
)
_LENGTHS = frozenset(("公里", "米", "千米", "里", "延米"))
_ROAD = re.compile("(?:[一-龥]?高速|[一二三四五六七八九十]线|快速)")
_ENDINGS = frozenset((
    "地", "款", "整顿", "更新", "进度", "之家", "所", "全宗", "立面", "针", "不当", "数", "一线", "折旧", "号",
))  # fmt: skip
"""What a tokeniser takes for a particle, an adverb or a number, though a noun ends in it: 机动|地, 支出|进度, 代表|之家."""
_PLAN = re.compile("(?<=..)(?:年初|年度|全年|原定|调整后?)?(?:预算|计划|目标)$")


_OVER_PLAN = re.compile("(?:超额?完?成?|超过|超出|欠)[^，。；、的0-9]{0,6}(?:任务|计划|预算|目标)")


def said_before(word: str, words: Sequence[str]) -> str:
    """What `word` before the first words of a name adds to it: 未 of 尚未|整改问题, 及时 before 受理率."""
    if word in _NOT_YET:
        return "未"
    of_kind = (
        word in _OF_KINDS
        or (word == "各项" and words[0] in _ACCOUNTS)
        or (word in _OF_RATES and any(w[-1] == "率" for w in words))
    )
    return word if of_kind else ""


def with_end(name: str, words: Sequence[str], unit: str) -> str:
    """A name with its end that is no noun to a tokeniser, the first of `words` behind it: 通梅|高速|51公里, 机动|地."""
    if words and words[0] in _ENDINGS:
        return name + words[0]
    rest = "".join(words)
    return name + rest if unit in _LENGTHS and _ROAD.fullmatch(rest) and not name.endswith(rest) else name


def is_over_plan(name: str) -> bool:
    """Whether a name only tells that a plan was exceeded: 超额完成任务."""
    return _OVER_PLAN.fullmatch(name) is not None


def is_margin(name: str, whole: str) -> bool:
    """Whether a name is `whole` with how far it is from what it should be: 税收|超收, 造林|超额完成任务."""
    rest = name.removeprefix(whole)
    return rest != name and (rest in _MARGINS or is_over_plan(rest))


def trimmed(name: str) -> str:
    """A name without what says only how much there is of it: 旅游人数首破 is 旅游人数."""
    if name[:1] in _FIRSTS:
        name = _START.sub("", name, count=1)
    if name[:1] == "末" and name[1:3] in _BALANCES:
        name = name[1:]  # 三季度|末贷款余额
    if "较" in name:
        name = _HELD.sub("", name)
    if "按" in name or "由" in name or "从" in name:
        name = _RECKONED.sub("", name)
    return _END.sub("", name) if name[-1:] in _LASTS else name


def without_plan(name: str) -> str:
    """A name without the plan that its number is of, for what becomes of it: 财政收入预算|5亿元，实际完成4亿元."""
    return _PLAN.sub("", name)
