"""Whether a known indicator is meant where its name alone would tell so: 三产占 of foreign capital is no share of the product."""

from __future__ import annotations

import re

from pipeline.metrics.page.found import Found

_SENTENCE = re.compile("[。！？\n]")
_REACH = 80
_SECTOR = re.compile("(?:第?[一二三]产业?|第[一二三]产业|服务业)")
_WHOLE = re.compile("生产总值|GDP|增加值|经济|产业结构|产业比[重例]|三次产业|三产结构")
_PARTED = re.compile("(?:中|其中|构成|结构|分布|分?产业[看分]?)[，,：:、]?$")
"""What stands between a whole and the sectors that have shares of it: 工业用电|中，二产占."""
_MOVED = re.compile("[^，。；、：0-9]{0,6}?(?:转[正出入接移]|退[出休]|调[离出入]|辞职|受处分|查处|流失|死亡|除名)")
"""What some of those did that a name tells of: 预备党员|转正."""
_GRAIN = re.compile("粮|五谷")
_CROP = re.compile(
    "[稻麦豆薯粟黍梁]|玉米|高粱|棉|油菜|花生|烤烟|烟叶|甘蔗|茶|果|菜|药|瓜|奶|牛|羊|猪|鸡|鱼|虾|蜂|椒|葱|蒜|桑|蚕"
)
_CRIME = re.compile(
    "涉[^，。；、嫌及]{1,6}(?:犯罪|案)|[^，。；、0-9]{2}(?<!刑事)(?<!各类)(?<!其他)犯罪(?!嫌疑|分子|人员)"
    "|醉驾|盗窃|诈骗|毒品|贪污|受贿|走私|赌博|杀人|抢劫|强奸|拒执|黑恶|[一-龥]罪(?=[^一-龥]|案)"
)
"""Crimes of one kind, so that those sentenced are not all: 拒执犯罪12件，判处|9人."""
_FLIES = re.compile("机场|航空|航班|航线|民航|空港")
_CONSUMERS = re.compile("消费|12315|工商|市场监管|市监|消协|维权")
_SAFETY = re.compile("安全|事故|工矿")
_OTHER_DEATHS = re.compile("交通|道路|火灾|洪|地震|灾害|疫|病例|传染|溺水|水上")
_CALAMITY = re.compile("灾|旱|涝|洪|雹|冻|虫|霜|风|雨|损|水毁|倒伏")
_OF_BOTH = re.compile("(?:[与和对同]|之)$")
_DONE = re.compile("完成|到位|累计投入|已投")
_CROPS_APART = re.compile("农林牧(?:副)?渔业?(?:总产值|产值)|(?:林|牧|畜牧|渔)业(?:总?产值)")
_COURTS = frozenset(("court_sentenced", "proc_prosecutions", "proc_arrests_approved", "proc_no_prosecution"))
_TRAITS = frozenset(("male_population", "female_population", "minority_population", "minority_share"))
_PEOPLE = re.compile("人口|户籍|常住|居民|村民|性别|总人数|户[、，,（(]?(?:总|共)?(?=[0-9])|[0-9]个民族|民族分布")
_GROUP = re.compile(
    "党员|干部|职工|员工|教师|医[师生]|护士|学[生员]|代表|委员|人员|队员|患者|病例|公务员|人才|残疾人|民警|对象|者(?=[0-9])|[0-9]+[名位]|党籍|学历|职称"
)
"""People who are no population: of those, women are no 女性人口."""
_TREATED = re.compile(
    "助学|资助|奖学|救助|慰问|招[聘录考募]|录用|引进|帮扶|补助|补贴|志愿|受益|参赛|参训|带动|辐射|惠及|扶持|吸纳|奖励"
)
"""What is done for some, who are not all that there are: 助学金8万元，其中大学生|6人; 带动农户|80户."""
_REST = re.compile("(?:其余|剩余|以上|上述)的?$")
"""Before so many of those just told: 低保户50户、其余|40户."""
_STUDENTS = ("university_students", "primary_middle_students", "vocational_students", "master_students")
_HOUSEHOLDS = ("rural_households", "poor_households", "total_households")
_SHARES = frozenset(("tertiary_share", "service_share"))


def is_meant(text: str, one: Found, code: str, dimension: str | None) -> bool:
    """Whether the number tells of the indicator that its name has the code of."""
    start = one.quantity.start
    before = _SENTENCE.split(text[max(0, start - _REACH) : start])[-1]
    if dimension == "ratio" and _is_of_both(before, one.name):
        return False
    if _REST.search(before):
        return False
    at = before.rfind(one.name) if dimension == "people" else -1
    if at >= 0 and _MOVED.match(before, at + len(one.name)):
        return False
    check = _CHECKS.get(code)
    return check is None or check(text, one, before)


def crops_apart(text: str, name: str, start: int) -> bool:
    """Whether 农业总产值 is told beside that of forests and herds, or as a part of all: the crops alone."""
    return "牧" not in name and _CROPS_APART.search(text, max(0, start - 150), start + 100) is not None


def _is_of_both(before: str, name: str) -> bool:
    """Whether a rate compares two things of which its name has the second: 逾期贷款与|不良贷款比例."""
    at = before.rfind(name) if name.endswith(("比例", "之比")) else -1
    return at > 0 and _OF_BOTH.search(before, 0, at) is not None


def _is_sector_of_product(text: str, one: Found, before: str) -> bool:
    if (match := _SECTOR.search(before)) is None or _WHOLE.search(before):
        return True
    return _PARTED.search(before, 0, match.start()) is None


def _is_grain(text: str, one: Found, before: str) -> bool:
    """Whether a yield that names no crop is that of grain, by the crop told last."""
    if one.name not in ("亩产", "单产", "平均亩产", "平均单产"):
        return True
    grain = max((match.start() for match in _GRAIN.finditer(before)), default=-1)
    return grain >= 0 and grain >= max((match.start() for match in _CROP.finditer(before)), default=-1)


def _are_all_crimes(text: str, one: Found, before: str) -> bool:
    return _CRIME.search(before) is None


def _flies(text: str, one: Found, before: str) -> bool:
    return "机场" in one.name or _FLIES.search(before) is not None


def _are_consumers(text: str, one: Found, before: str) -> bool:
    return _CONSUMERS.search(text, max(0, one.quantity.start - 2 * _REACH), one.quantity.start) is not None


def _are_of_safety(text: str, one: Found, before: str) -> bool:
    if one.name != "死亡人数":
        return True
    return _SAFETY.search(before) is not None and _OTHER_DEATHS.search(before) is None


def _is_whole_sum(text: str, one: Found, before: str) -> bool:
    """Whether 总投资 is said of its own number, and not carried to what was done of it: 总投资5亿元，已完成|2.7亿元."""
    own = text[one.left : one.quantity.start]
    return "投资" in own.replace("完成投资", "") or _DONE.search(own) is None


def _are_of_people(text: str, one: Found, before: str) -> bool:
    """Whether women, men, minorities are those of a place, and no part of a group that was counted before."""
    if one.quantity.unit in ("名", "位"):
        return False
    start = one.quantity.start
    before = text[max(text.rfind("\n", 0, start) + 1, start - 2 * _REACH) : start]
    return max((m.end() for m in _PEOPLE.finditer(before)), default=0) >= max(
        (m.end() for m in _GROUP.finditer(before)), default=0
    )


def _are_all(text: str, one: Found, before: str) -> bool:
    """Whether students or households are all of a place, and not those for whom something is done."""
    return not (_TREATED.search(before) or _TREATED.search(one.name))


def _is_lost(text: str, one: Found, before: str) -> bool:
    """Whether less grain was lost to a calamity, and not only less than the year before."""
    return _CALAMITY.search(before) is not None


_CHECKS = {
    **dict.fromkeys(_SHARES, _is_sector_of_product),
    **dict.fromkeys(_COURTS, _are_all_crimes),
    **dict.fromkeys(_TRAITS, _are_of_people),
    **dict.fromkeys((*_STUDENTS, *_HOUSEHOLDS), _are_all),
    "grain_yield": _is_grain,
    "crop_loss": _is_lost,
    "airport_passengers": _flies,
    "recovered_consumer_loss": _are_consumers,
    "safety_deaths": _are_of_safety,
    "project_total_investment": _is_whole_sum,
}
