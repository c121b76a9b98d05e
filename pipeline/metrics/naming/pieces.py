"""Names of which only a piece was taken, or that hold words of the clause besides: “英才计划”|讲座教授4人, 坝|高62米."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_BEHIND = frozenset(("right", "right_carried", "verb_right", "carried", "prior", "unit"))
_LONGEST_QUOTE = 24
_OF_QUOTE = re.compile(
    "(?:国家|省|市|县)?级?[一-龥]{0,4}?(?:人才|教授|工程|基地|人选|对象|奖|团队|示范[点村户区园]|名师|学者|课程|专业|平台|事项|品牌)"
)
"""What a quoted name may be the first part of: “英才计划”|讲座教授."""
_DEED = re.compile("新[增建设开签]|累计|完成|实现|建[成设立]|开展|举办|获|引进|培[训育养]|评|打造|入选|推")
_QUOTED = re.compile("“(?P<name>[^“”，。；：\n]{4,24})”(?P<head>[一-龥]{0,8})(?=[，。；、（）\n和及与]|以及|$)")
_PRICES = re.compile("按?(?P<prices>(?:[0-9]{2,4}年)?(?:不变|可比|现行|当年)价格?)(?:计算)?[为是]?")
_AT_PRICES = re.compile("(?:现行|当年|可比|不变|现)价$")
_GROWS = re.compile("^(?:增长|增加|提高|上升|下降|减少)(?!目标|任务|率)(?=..)")
_WHOLE_MEASURE = re.compile("(?<=..)(?:总长度?|全长|总面积|总投资额?|总建筑面积|总库容|总装机(?:容量)?|总里程)$")
_SIZED = frozenset("高宽深厚")
_SIZES = frozenset(("米", "m", "公里", "km", "厘米", "cm", "千米", "毫米", "mm", "丈", "尺"))
_PLACED = re.compile(
    "[^，。；：\n]{0,14}?(?:位于|地处|座落于?|坐落[于在]?|距离?)(?P<of>[一-龥]{1,10}?)以?[东南西北]{1,2}(?:部|方|面|侧|郊|角)?"
)
_TIES = re.compile("(?<=..)(?:有着(?!落)|保持着?|建立了?|签订了?|签署了?|缔结了?)[^、]*$")
_LED = re.compile("^.{2,}(?:带领|率领)(?=..)")
_NUMBERED = re.compile(r"^[0-9]{1,2}[.．、](?=[一-龥]{3})")
_LEFT_ONLY = re.compile("(?<=..)仅$")

_OF_GIVEN = re.compile(
    "[一-龥]{2,8}?(?:支持|资助|下达|下拨|安排|拨付|认定|命名|授予|评定)的(?P<what>[一-龥“”]{2,16}?)(?=[，。；、（）\n]|和|以及|[在得被已将正]|$)"
)
"""What somebody gave, of which the giver was taken for the name: 2个|中央财政支持的|实训基地."""
_QUALITY = ("一流", "级", "特色", "重点", "专业", "优势", "示范", "品牌")
_HEAD = re.compile("[一-龥]{0,5}?(?:建设点|专业群?|学科|课程|试点|教学点)(?=[，。；、（\n]|和|以及)")
"""The head of a noun that a tokeniser cuts: 6个|国家级一流|本科专业建设点."""
_POINT = re.compile("点(?=[，。；、\n]|$)")
_WORK_ON = re.compile(
    "(?:清淤|疏浚|整治|治理|改造|提升|修复|加固|硬化|绿化|亮化|拓宽|扩建|改建|维修|整修|养护|铺设|复垦|整理|流转|管护|抚育|封育|防治){1,2}"
    "(?:工程|项目)?(?=[，。；、\n]|$)"
)
"""What is done to so much of a thing, told behind it: 完成8公里|河道|疏浚."""
_EXTENTS = frozenset(("公里", "千米", "米", "里", "亩", "公顷", "平方米", "平方公里"))


_RECKONED = re.compile("[^（）]{0,12}(?:不变价|可比价|现行价|当年价|口径|包括|不?含|不计)[^（）]{0,20}")
"""What a bracket says of how something was reckoned: 工业总产值（1990年不变价，包括村办）."""
_BEFORE_BRACKET = re.compile(
    "(?s:.*[^一-龥])?(?:全[国省市县区州旗乡镇村])?(?:全年|共|累计|已|今年)*(?:完成|实现|达到?|现有|共有)?(?P<thing>[一-龥]{2,14})$"
)


def name_pieces(text: str, found: Sequence[Found]) -> None:
    """Name in full what only a piece was taken for, and by itself what words of its clause were taken along with."""
    wrong = right = ""
    before: Found | None = None
    for n, one in enumerate(found):
        name = one.name
        if not one.takes_over(wrong, right) and name:
            then = found[n + 1].quantity.start if n + 1 < len(found) else -1
            new = _amended(text, one, before, then)
            wrong, right = (name, new) if new != name else ("", "")
            if right and before is not None and text[one.left - 1] == "（" and _PRICES.fullmatch(name):
                right = _AT_PRICES.sub("", before.plain)  # what stands behind the bracket is told of the whole
            if new != name:
                one.rename(new)
        before = one


def _amended(text: str, one: Found, before: Found | None, then: int) -> str:
    """The name of a number in full; `then` is where the next number begins."""
    name = one.name
    if text.startswith("“", one.quantity.end) and one.rule in _BEHIND:
        return _from_quote(text, one)
    if one.rule in ("right", "verb_right"):
        return _counted(text, one, then)
    if one.rule == "carried" and one.change is not None:
        return _AT_PRICES.sub("", name)
    if one.rule != "left":
        return name
    if before is not None and (prices := _PRICES.fullmatch(name)) and text[one.left - 1 : one.left] == "（":
        return prices["prices"] + _AT_PRICES.sub("", before.plain)
    for amend in (_before_bracket, _with_quote, _with_size):
        if whole := amend(text, one):
            return whole
    if name.endswith("仅"):
        name = _LEFT_ONLY.sub("", name)
    if one.unit == "people" and (led := _LED.match(name)):
        name = name[led.end() :]
    return _NUMBERED.sub("", name) if name[:1].isdigit() else name


def _from_quote(text: str, one: Found) -> str:
    """A name that is quoted behind its number: 3000平方米|“省级实训中心”."""
    quoted = _QUOTED.match(text, one.quantity.end)
    if quoted is None or one.change is not None:
        return one.name
    known = quoted["name"] in one.name.replace("“", "").replace("”", "")
    return one.name if known else quoted["name"] + quoted["head"]


def _counted(text: str, one: Found, then: int) -> str:
    """What is counted, without what is measured of it all: 4条|干渠总长|21公里."""
    name, end = one.name, one.quantity.end
    if (given := _OF_GIVEN.match(text, end)) and name in text[end : given.start("what")]:
        return given["what"]
    if name.endswith(_QUALITY) and text.startswith(name, end) and (head := _HEAD.match(text, end + len(name))):
        return name + head[0]
    if end + len(name) == then and name[:2] not in ("计划", "预计", "概算") and text.startswith(name, end):
        return _WHOLE_MEASURE.sub("", name)
    if one.changes and one.rule == "verb_right":
        return _GROWS.sub("", name)
    if name.endswith("安全") and text.startswith(name + "饮水", end):
        return name + "饮水"  # 1.2万|农村人口安全|饮水问题
    further = _WORK_ON if one.quantity.unit in _EXTENTS else _POINT
    thing = name.removeprefix(one.verb)
    if text.startswith(thing, end) and (told := further.match(text, end + len(thing))):
        return name + told[0]
    tied = _TIES.search(name) if "有着" in name or "立" in name or "签" in name or "保持" in name else None
    return name[: tied.start()] if tied and "在" not in name[: tied.start()] else name  # 企业|在县城建立了体验馆


def _before_bracket(text: str, one: Found) -> str:
    """What stands before a bracket that says how it was reckoned, of which the name was taken: 工业总产值（含村办）|9亿元."""
    start = one.quantity.start
    opens = text.rfind("（", max(0, start - 40), start) if text[start - 1] == "）" else -1
    if opens < 0 or one.name not in text[opens:start] or not _RECKONED.fullmatch(text, opens + 1, start - 1):
        return ""
    said = _BEFORE_BRACKET.match(text, max(0, opens - 24), opens)
    return said["thing"] if said else ""


def _with_quote(text: str, one: Found) -> str:
    """A noun with the quoted name before it: “英才计划”|讲座教授."""
    name = one.name
    if not _OF_QUOTE.fullmatch(name) or _DEED.match(name):
        return ""
    at = text.rfind(name, one.left, one.quantity.start)
    if at < 1 or text[at - 1] != "”":
        return ""
    opens = text.rfind("“", max(one.left, at - _LONGEST_QUOTE), at)
    return text[opens:at] + name if opens >= 0 and "”" not in text[opens : at - 1] else ""


def _with_size(text: str, one: Found) -> str:
    """A work with which of its sizes is told: 坝|高62米; how far a place is: 位于|县城|东部19公里."""
    name, start = one.name, one.quantity.start
    if one.quantity.unit not in _SIZES:
        return ""
    size = text[start - 1]
    if size in _SIZED and name[-1] != size and text.startswith(name, start - 1 - len(name)):
        return name + size
    placed = _PLACED.fullmatch(text, one.left, start) if "位于" in name or "地处" in name or "落" in name else None
    return f"距{placed['of']}距离" if placed else ""
