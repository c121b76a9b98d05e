"""Names that leave out their noun, which their unit or a number before tells: 项目9个，…。竣工|7个 is 竣工项目."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found, before_in_unit

_PIECES = frozenset(("个", "项"))
_CASES = frozenset(("件", "起", "宗"))
_PEOPLE = frozenset(("人", "名"))
_SHARES = frozenset(("%", "倍"))
_LAND = frozenset(("亩", "公顷"))
_HOUSEHOLDS = re.compile(
    "(?:.{0,8}涉及|惠及|受益|带动|摘帽|脱贫|受灾|常住|低保|五保|监测|租房|评估|入社|解困|被淹|(?:平均)?每[社格组村网].{0,2}|.*条件|.{0,3}养[殖鸡猪羊牛蜂鱼蚕])"
)
"""What is said of households that are not called so: 涉及|91户, 退出不符合条件的|7户."""
_PEOPLE_OF = "人口"
_STAGE = re.compile(
    "(?:正在施工|(?:已|未|新|如期|累计|集中)?(?:开工|竣工|完工|投产|复工|开复工)|续建|在建|新签约|现场签约|做前期|建成投产"
    "|列入[国省市州县区]级?(?:重点)?|[国省市州县区]级?重点|.{0,8}(?:业|设施|事业|工程|民生)类|(?:工|农|服务|旅游|商贸旅游|制造)业|.{0,6}不到位|.{0,6}未批)的?"
)
"""What some of the projects told before are."""
_PROJECTS = re.compile(
    "(?P<noun>(?:[国省市县区]?级?重[点大]|亿元以上|招商(?:引资)?|工业|技改)?(?:项目|(?<=重[点大])工程))(?:数|个数)?$"
)
_MEMBERS = re.compile("(?P<noun>党员)$")
_LAWSUITS = re.compile(
    ".*(?:婚姻家庭|借贷|争议|合同|道路交通|侵权|赔偿|继承|知识产权|破产|抢劫|盗窃|诈骗|伤害|杀人|涉[烟毒税黑恶])(?:类)?"
)
"""What cases are about."""
_HEARD = re.compile("审结|执结|新收|审执结|受理")
_ASSESSED = re.compile("优秀|合格|基本合格|不合格")
_FORM = re.compile(".{0,4}第[一二三四]种")
_OWN_FORM = re.compile("[，、；：]?(?:其中|运用)?(第[一二三四]种)")
_SECTOR = re.compile("(?P<which>[一二三])产")
_CROPS = re.compile(
    "(?P<made>生?铁|钢材?|原煤|焦炭|水泥|化肥|棉花|油料|烤烟|蚕茧|粮食|甘蔗|棉纱|原油|花生|水果|茶叶|蔬菜|油菜籽|水稻|小麦|玉米|大豆|肉类|禽蛋|水产品|食糖|合成氨|平板玻璃|甜菜|苹果|柑橘|卷烟|[甲乙]烯|.{2,6}(?:电池|电视机|压缩机|组件|机器人))(?:增长|增产|减产|下降)?"
)
"""What is made or grown, of which more or less is only made: 油料|增长5%."""
_TRADED = re.compile("价|进口|出口|播种|零售")
_GREW = re.compile("[增减升降跌]")
_IDLE = re.compile(".{0,4}闲置")
_TIMES = re.compile(
    "(?<=..)相当于(?:(?:[0-9]{4}|[一二三四五六七八九○〇零]{4})年.{0,3}|[上去前]年.{0,4}|.{0,3}[前过][^，]{0,3}[0-9一二三四五六七八九十两]?[年届].{0,4}"
    "|上一?个?五年|.*五”.{0,4}|.*(?:同期|时期|之初|前|总和)|去冬今春|平时)$"
)
"""A time that a number is a multiple of, which its name is as little of as that of a growth: 投资|相当于上年的2倍."""
_NEAR, _NEARBY = 14, 60
_FARTHEST = 240


def name_left_out(text: str, found: Sequence[Found]) -> None:
    """Complete names that are only what is said of a noun."""
    heard = any(one.name.endswith("案件") for one in found)
    for n, one in enumerate(found):
        if one.name:
            one.name = _completed(text, found, n, heard)


def _completed(text: str, found: Sequence[Found], n: int, heard: bool) -> str:
    """The name of a number with the noun that it leaves out; `heard` tells whether the text tells of lawsuits."""
    one = found[n]
    name, unit = one.name, one.quantity.unit
    if unit == "户":
        if name.endswith(_PEOPLE_OF) and len(name) > len(_PEOPLE_OF):
            return name.removesuffix(_PEOPLE_OF) + "户"  # 贫困人口|2万户
        return name.removesuffix("的") + "户" if _HOUSEHOLDS.fullmatch(name.removesuffix("的")) else name
    if unit in _SHARES:
        made = _CROPS.fullmatch(name) if one.changes else None
        if made and _is_made(text, one.quantity.start):
            return made["made"] + "产量"
        name = _TIMES.sub("", name) if unit == "倍" else name
    elif unit in _PIECES and _STAGE.fullmatch(name):
        noun = _told_before(text, found, n, _PROJECTS)
        noun = "项目" if noun and "重点" in name else noun
        return name.removesuffix("的") + noun if noun else name
    elif unit in _CASES and heard and (_LAWSUITS.fullmatch(name) or _HEARD.fullmatch(name)):
        return name + "案件"
    elif unit == "人" and name.endswith("受灾"):
        return name + _PEOPLE_OF
    elif unit in _PEOPLE and _ASSESSED.fullmatch(name):
        return name + _told_before(text, found, n, _MEMBERS)
    elif unit in _LAND and _IDLE.fullmatch(name):
        return name + "土地"
    start = one.quantity.start
    if text[start - 1] == "种" and text.rfind("形态", max(0, one.left - _FARTHEST), one.left) >= 0:
        own = _OWN_FORM.fullmatch(text, one.left, start)
        return own[1] + "形态" if own else name
    if "种" in name and _FORM.fullmatch(name) and text.rfind("形态", max(0, one.left - _FARTHEST), one.left) >= 0:
        return name + "形态"
    if "产" in name and (sector := _SECTOR.fullmatch(name)):
        return f"第{sector['which']}产业增加值"
    return name


def _is_made(text: str, start: int) -> bool:
    """Whether the line before a number tells in words that something grew or fell, and of no trade."""
    said = text[max(0, text.rfind("\n", 0, start), start - _NEARBY) : start]
    return _GREW.search(said) is not None and not _TRADED.search(said)


def _told_before(text: str, found: Sequence[Found], n: int, head: re.Pattern[str]) -> str:
    """The noun of the last of the numbers before in the same unit and paragraph that is called so; empty without one."""
    one = found[n]
    for at in before_in_unit(found, n, one.quantity.unit, n - _NEAR):
        if "\n" in text[found[at].quantity.end : one.quantity.start]:
            break
        if told := head.search(found[at].name):
            return told["noun"]
    return ""
