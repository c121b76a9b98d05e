"""Numbers that the recogniser reads and that all the same count nothing: 一个, 十大, 三年行动, 60岁及以上."""

from __future__ import annotations

import re

from pipeline.records import Quantity

_ONE = re.compile(r"[一壹](?=[^一二两三四五六七八九十百千万亿零〇\d]|$)")
_COUNTED_ONE = frozenset(("座", "栋", "幢", "台", "套"))
_VERB_LAST = re.compile("[建修盖有设置立买购架了着过每这那同另某各任成开造拆办出用以又再第、，。；：（]$|^$")
_ENDS = re.compile(r"[，、。；（\d\n]|$")
"""A count behind its noun, 水塔一座, says that there is one; before it, or behind a verb, it only means "a"."""
_SPELLS = frozenset(("天", "小时", "分钟"))
_LASTING = re.compile(r"(?:为期|历时|连续|近|过去|每|最近|提前|(?<!平均)[用耗]时)$")
_INDEX = re.compile(r"(?:值|率|指数|系数|比|度|指标)(?:为|达|达到|由|从|至|到|提高到|降到|降至|升至)?$")
_MEASURE = re.compile(r"(?:值|率|指数|系数|比|度)[^，。；]*(?:由|从|到|至|为|达|在|年的)$")
_MOVES = re.compile(
    r"(?:前移|后移|前进|上移|进位)了?$|(?:第[0-9一二三四五六七八九十]{1,3}[位名]|位次|名次|排名|位居)[^。；\n]{0,12}"
    "(?:提升|上升|跃升|提高|下降|下滑|后退|退后)了?$"
)
"""Before so many places by which a rank rose or fell: 居全省第9位、较上年提升|3位."""
_RANKS = frozenset("级大届手代线点号步")
_DURATIONS = frozenset(("年", "天", "日", "小时", "分钟", "月", "个月", "周", "周年", "季度", "代", "岁", "秒"))
_FRAME = re.compile(r"来|内|前|间|行动|攻坚|计划|规划|以来|任务|目标|改革|提升|滚动|期")
_AGE = re.compile(
    r"年龄|寿命|平均|年限|时长|时间|工期|期限|学制|工龄|党龄|通车|用时|压缩|缩短|延长|周期|拖欠|利用小时|为期|历时|可支付|支付能力|超期|逾期|滞后|(?:增加|提高|下降|降低|减少)了?$"
    r"|(?:岁|个月|天|小时|分钟)(?:缩短|压缩|延长|提高|增加|下降|降低|[降减提升增])[到至为]$"
    r"|(?:今年|现年|年仅)$|最[大小高长][^，。；]{0,7}$"
)
_CHANGES_TO = re.compile("(?:缩短|压缩|缩减|延长|减少|降低|增加|提高)[为到至]")
_ISSUES = re.compile("(?:通报|简报|专报|专刊|快报|期刊|月报|培训班?|讲座|讲堂|展览|栏目|论坛|沙龙|夏令营)$")
_CLASSES = re.compile("[类级](?:及?以[上下])$")
_BARE = re.compile("[0-9.一二两三四五六七八九十百千万亿]{1,8}吨级")
_SIZES = frozenset(("吨", "千瓦", "兆瓦", "瓦", "亩", "元", "亿元", "公里", "平方米", "立方米", "头"))
"""What sorts things by size or class: 三类以上手术, 万吨级泊位, 百万千瓦|级基地."""
_SIZED = re.compile("[十百千万]{1,2}[头只羽亩株尾]")
_SIZED_NOUN = re.compile("[一-龥]{0,3}?(?:场|园区?|基地|大棚|鱼塘|林带|良田|湿地公园|小区|大户|方)(?![内中])")
"""What a size is in the name of: 万头|猪场, 千亩|果园."""
_WORTH = re.compile("(?:[、或和及与][0-9.]{1,6}[万亿]+美?元?)*(?:以上)?的?[一-龥]{0,4}?(?:项目|企业|园区|集群|集团)")
_WORTH_BEFORE = re.compile(
    "(?:超过?|过|突破|逾)[0-9.]{1,6}[万亿]+美?元?(?:[、或和及与][0-9.]{1,6}[万亿]+美?元?)*[、或和及与]$"
)
_WORTH_NOUN = re.compile("(?:级)?(?:园区|企业|产业|集群|项目|强[县镇市区])")
"""Things that are worth so much, each: 超100亿元或10亿美元|项目, 五百亿元|园区."""
_FIRST = re.compile("(?<![目当之此以提年日月会节赛情])前$")
"""Before so many that are the first: 进入全省前|3位, 全球前|1%."""
_CELL = re.compile(r"(?<=[\s（(：:|])[百千万亿]+[^\s0-9|，。；、）)]{1,5}(?=[\s|）)]|$)")
"""What a table says of the numbers beside it: 粮食产量（万吨）, 税收 亿元 3.2."""
_KIND = re.compile("[二三四五六]类")
_KINDS = re.compile("二类|[一二三四五六]类?[、和及与至到][二三四五六]类")
_KIND_BEFORE = re.compile("[一二三四五]类[^。；\n]{1,16}[，、；]$")
"""Which one it is, and not how many: 二, which never counts, or one of a list."""
_NOUGHT = frozenset(("0", "零"))
_SAID_SHORT = re.compile("[一二两三四五六七八九十百]{1,6}[百千万][一二三四五六七八九]")
_SPOKEN_OF = re.compile("(?:亩产|单产|工资|收入|工钱|价格?|人口|劳力)[^，。；]{0,6}$")
"""What is told in talk without its unit: 亩产六百五, 总人口三十二万五."""
_PART_BEFORE, _PART_AFTER = re.compile(r"\d\s?[:：∶]\s?$"), re.compile(r"\s?[:：∶]\s?\d")
"""What stands beside one of the parts of 三次产业结构为9.3∶41.2∶49.5, none of which counts alone."""
_SAMPLE = re.compile("的?(?:人口|抽样)[^，。；]{0,5}(?:抽|调查)")
"""What was looked at of all: 2‰|人口抽样调查."""
_BOUNDED, _WEIGHTS = frozenset(("range", "over", "under")), frozenset(("斤", "公斤", "市斤"))
_MEMBERS = re.compile("的(?:共|就|也|已)*有?[0-9]+[个户家]")
"""What so many are counted by a bound of: 亩产90斤以上|的有12个."""
_POWERS = re.compile("[十百千万亿]+")
_REACHED = re.compile(r"(?:突破|超过?|过|达|近|逾|[跨越迈登站冲]上?|至|到|成|近|约|逼近|踏上|破)$")

_FROM_TO = re.compile("[一二三四五六七八九十]{1,2}组[至到—-][一二三四五六七八九十]{1,2}组")
"""From which group of a village to which: 硬化三组至五组道路."""


def _is_kind(text: str, quantity: Quantity) -> bool:
    """Whether 三类 or the like tells which kind, as its list does."""
    if _KINDS.search(text[max(0, quantity.start - 3) : quantity.end + 3]):
        return True
    return _KIND_BEFORE.search(text, max(0, quantity.start - 20), quantity.start) is not None


def counts_nothing(text: str, quantity: Quantity, role: str = "") -> bool:
    """Whether a number expression is no metric by the annotation guide, or one that good readers would leave out."""
    written = text[quantity.start : quantity.end]
    if quantity.masked:
        return False
    if written[0] in "百千万亿" and _CELL.match(text, quantity.start):
        return True
    unit = quantity.unit
    if written[0] in "一壹" and _ONE.match(written) and quantity.value == 1 and unit not in ("倍", "%"):
        last = text[max(0, quantity.start - 1) : quantity.start]
        return unit not in _COUNTED_ONE or _VERB_LAST.search(last) is not None or not _ENDS.match(text, quantity.end)
    if role == "name" and written[0] in "一二两三四五六七八九十" and (len(written) == 2 or _FROM_TO.fullmatch(written)):
        return True
    if unit == "类" and _KIND.fullmatch(written) and _is_kind(text, quantity):
        return True  # 二类、三类支部, 二类26家、三类6家, but not 三类人员
    before, after = text[max(0, quantity.start - 14) : quantity.start], text[quantity.end : quantity.end + 8]
    if before.endswith("每") or after.startswith("死亡率"):
        return True  # a denominator: 每10万人, 百万吨死亡率
    if (unit in ("‰", "%") and _SAMPLE.match(after)) or (after.startswith("为界") and before.endswith("以")):
        return True
    if unit in ("位", "名", "强", "%") and _FIRST.search(before):
        return True
    if after[:1] == "的" and quantity.approx in _BOUNDED and unit in _WEIGHTS and _MEMBERS.match(after):
        return True
    if (after[:1] == "级" and unit in _SIZES) or _is_worth(text, quantity, written):
        return True
    if _SIZED.fullmatch(written) and _SIZED_NOUN.match(after) and not _REACHED.search(before.removesuffix("建成")):
        return True
    if after[:1] == "大" and after[:2] != "大关" and not unit:
        return True
    if unit in ("位", "名") and _MOVES.search(text, max(0, quantity.start - 30), quantity.start):
        return True
    if unit in _RANKS or (written[-1] in "上下" and _CLASSES.search(written)):
        return True
    if unit == "期" and not _arabic(quantity, written):
        return _ISSUES.search(before) is None
    if unit in _SPELLS:
        return (
            (not _arabic(quantity, written) and not _AGE.search(before) and not _CHANGES_TO.match(after))
            or _LASTING.search(before) is not None
            or _FRAME.match(after) is not None
        )
    if unit in _DURATIONS:
        return not _AGE.search(before) or _FRAME.match(after) is not None
    if unit == "" and quantity.rule == "number":
        return not _worthy(quantity, written, text[max(0, quantity.start - 30) : quantity.start], after)
    if (
        unit == "元"
        and quantity.approx in ("over", "under")
        and after[:1]
        and re.match(r"(?:项目|企业|产业|工程|集群|园区|[一-龥]{0,6}(?:项目|企业)\d)", after)
    ):
        return True
    return (written.endswith("吨级") and _BARE.fullmatch(written) is not None) or (
        written.startswith(("亿元", "万亩", "千亿", "百亿", "万人", "千人"))
        and not any(c.isdigit() for c in written)
        and "余" not in written
        and not (written[0] in "十百千" and _REACHED.search(before))
    )


def _is_worth(text: str, quantity: Quantity, written: str) -> bool:
    """Whether money tells what each of some things is worth: 过500亿、|100亿|和|50亿|企业集团3家."""
    if quantity.unit not in ("元", "美元", "") or not written.rstrip("美元").endswith(("万", "亿")):
        return False
    before = text[max(0, quantity.start - 24) : quantity.start]
    if quantity.approx == "over" or _WORTH_BEFORE.search(before):
        return _WORTH.match(text, quantity.end) is not None
    return not any(c.isdigit() for c in written) and _WORTH_NOUN.match(text, quantity.end) is not None


def _arabic(quantity: Quantity, written: str) -> bool:
    """Whether a number is written with digits, or as large as if it were."""
    return (quantity.value or 0) > 20 or any(c.isdigit() for c in written)


def _worthy(quantity: Quantity, written: str, before: str, after: str) -> bool:
    """A number without unit counts where it is large or written as an amount: 6600多万纳税人."""
    if after[:1] == "级" or (written == "零" and after[:1] in "起的距容"):
        return False
    if _PART_BEFORE.search(before) or _PART_AFTER.match(after):
        return False
    if ("." in written or written in _NOUGHT) and (_INDEX.search(before) or _MEASURE.search(before)):
        return True  # CMI值由0.98提高到1.06, 逾期率为0
    if _SAID_SHORT.fullmatch(written):
        return _SPOKEN_OF.search(before) is not None
    if _POWERS.fullmatch(written):
        return _REACHED.search(before) is not None  # 总量突破千亿, but no 万亿城市
    return any(c in "万亿余," for c in written) or ("多" in written and "\u4e00" <= after[:1] <= "\u9fff")
