"""Whether a number is all that there is of what it names, or only those that something is done to or said of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_EVENTS = frozenset(("次", "场", "期", "件", "起", "宗", "批", "例", "项", "人", "人次", "场次", "份", "篇"))
"""Units of what is done: all that was done is told with what it was done for: 开展主题党日12次|学习精神."""
_KINDS = frozenset(("类", "种", "批"))
"""Units of kinds of things, and not of things: 四类社会组织."""
_ENDS = re.compile(
    r"[^一-龥“]|$|[和及与或并]|以及|全部|全都|[均都]|中(?=[有约仍已，\d])|(?:建设|改造|创建|目标|培育)?任务|以?[上下]|大关|等"
)
"""What a number and its noun are all of a clause with, or what is said of each of them: 219个行政村|全部通油路."""
_WORKS = re.compile("[建造改治修]$|(?:建设|改造|治理|修复|加固|整治|项目|工程|培训|就业|创业|救助|岗位|活动|会议?)$")
"""Last words of what is done: so much of it is done whatever is said of it."""
_TREATED = re.compile(
    "(?:(?<![数量别均作成定评约以])为|[对给向让使将把]|帮助|帮扶|服务|惠及|覆盖|涉及|带动|推动|引进|吸引|走访|检查|救助|资助|慰问|培训|支持|扶持|指导|组织"
    "|引导|解决|派出|选派|处置|整治|约谈|抽[查取]|选取|排查|核查|托管|动员|招募|奖励|表彰|邀请|联系)了?$"
)
"""What is done to some of a kind, before their number: 引进|1200名高校毕业生, 对|25家规上工业企业."""
_HAVES = re.compile("(?:[下管]?辖|现有|拥有|总数[达为]?|总共)$")
"""What all of a kind stand behind: 现有|126家规上工业企业分布在5个园区."""
_BEDS = re.compile("医院|医疗|卫生|病房|病床|病区|住院|门诊|诊疗|千人|医共体|医联体|妇幼|疾控|(?<=[省市州县区])级")
_OTHER_BEDS = re.compile(
    "养老|康养|敬老|福利院|托老|日间照料|助残|救助站|酒店|宾馆|饭店|旅馆|民宿|客栈|招待所|客房|房间|公寓|宿舍|寄宿|驿站|农家乐|旅游接待"
)
"""Whose beds are meant, where their name does not tell: 敬老院6所，床位|320张."""
_HOLIDAY = re.compile(
    "(?:[“‘]?(?:十一|五一)[”’]?|国庆|春节|元旦|中秋|清明|端午|双节)[^，。；：\n]{0,4}?(?:期间|假期|假日|黄金周|长假|节日|小长假|当[天日])"
    "|黄金周|小长假|暑[期假]|寒假|(?:十一|五一|国庆|春节)[”’]?(?=[接实销])|(?<!均)单[日月]|首[日周月]|当[天日]|活动期间|展会期间|节会期间"
)
"""A part of the year, so that what was made in it is no sum of a year: 国庆期间|接待游客46.8万人次."""
_OF_DAYS = re.compile("游客|旅游|接待|销售|零售|消费|营业|客流|旅客|过夜|票房|人次|观众|门票")
"""Sums of a year that are also told of its holidays."""
_NORM = re.compile("作为|的(?:要求|规定)(?!支出)")
"""What follows a number that holds by a rule, and not in the place: 人均纯收入2300元|作为新的扶贫标准."""
_TOTALS = ("共", "共计", "合计", "总计")
_PLACES = re.compile("[省市州盟县旗区镇乡村组屯社户户人口街道居委场里]$")
"""Ends of what is counted of a place beside its area: 下辖3个社区，总面积|26平方公里."""
_HOUSEHOLDS = re.compile("户[、，,]?(?:共计?|总计|合计)?$")
_STAYS = re.compile(
    "[^一-龥]|$|人家|[里中当]|共|口|散[落居]|居住|分布|[和与及]|的[^，。；\n]{0,5}[国省市县区镇乡村]|[^，。；\n]{0,5}?[0-9]+户"
)
"""What goes on behind all people or households of a place, but no verb of what some of them did."""
_ALONE = re.compile("(?:[共现]有|总计|合计|[省市州盟县旗区镇乡村组屯社][、有]?)$")
_SENTENCE, _CLAUSE = re.compile("[。；！？\n]"), re.compile("[，。；：！？\n]")


def tells_some(text: str, found: Sequence[Found], n: int, dimension: str | None) -> bool:
    """Whether a number that names a known indicator tells of some of it only, or of another thing of that name."""
    one = found[n]
    start, end = one.quantity.start, one.quantity.end
    if one.change in (None, "level") and (
        _is_done_to(text, one) or _NORM.match(text, end) or one.quantity.unit in _KINDS
    ):
        return True
    if one.name == "死亡率" and one.quantity.unit != "‰":  # of patients or chickens; that of a population is told in ‰
        return True
    if one.name in ("人口", "户数", "总面积") or one.name.endswith("床位") or one.name.startswith("床位"):
        before = _SENTENCE.split(text[max(0, start - 60) : start])[-1]
        if one.name in ("人口", "户数"):
            return one.name not in text[one.left : end + 2] and not _is_people_of(text, one, before)
        if one.name == "总面积":
            return _is_area_of_things(text, found, n)
        return len(one.name) <= 4 and _are_other_beds(before)
    if _OF_DAYS.search(one.name) and _HOLIDAY.search(_SENTENCE.split(text[max(0, start - 40) : start])[-1]):
        return "全年" not in text[max(0, start - 16) : start]
    return dimension in ("money", "count", "people") and _is_sum(text, one)


def _is_done_to(text: str, one: Found) -> bool:
    """Whether a noun behind its number is said or done something to: 1735名监测对象|消除风险, 为126家规上工业企业|提供服务."""
    start, end, unit, name = one.quantity.start, one.quantity.end, one.quantity.unit, one.name
    if unit in _EVENTS or not text.startswith(name, end) or _WORKS.search(name):
        return False
    before = text[max(0, start - 4) : start]
    if _TREATED.search(before):
        return True
    stop = end + len(name)
    if _ENDS.match(text, stop) or (name == "人口" and _STAYS.match(text, stop)):
        return False
    return _HAVES.search(before) is None


def _is_people_of(text: str, one: Found, before: str) -> bool:
    """Whether a bare number of people or households is all of a place: 9717户、|30384人, and not 3.2万人|参保."""
    if one.change not in (None, "level") or not _STAYS.match(text, one.quantity.end):
        return False
    return one.name == "户数" or _HOUSEHOLDS.search(before) is not None or _ALONE.search(before) is not None


def _is_area_of_things(text: str, found: Sequence[Found], n: int) -> bool:
    """Whether an area follows upon things in its sentence: 果蔬大棚30个，|总面积4.2万亩."""
    if not n:
        return False
    last, start = found[n - 1], found[n].quantity.start
    between = text[last.quantity.end : start]
    return _SENTENCE.search(between) is None and not _PLACES.search(last.name)


def _are_other_beds(before: str) -> bool:
    """Whether the beds of a sentence are those of hotels or homes, by what is told last."""
    other = max((match.start() for match in _OTHER_BEDS.finditer(before)), default=-1)
    own = max((match.start() for match in _BEDS.finditer(before)), default=-1)
    return other > own


def _is_sum(text: str, one: Found) -> bool:
    """Whether a number sums up a list of which its name is the last item: 债券、国债资金共|154亿元."""
    before = _CLAUSE.split(text[max(0, one.quantity.start - 40) : one.quantity.start])[-1]
    return before.endswith(_TOTALS) and f"、{one.name}" in before
