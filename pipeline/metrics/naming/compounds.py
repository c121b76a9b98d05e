"""Names of which a mark, a bracket or a verb cut the first part off: 电力、热力、燃气及水|生产和供应业增加值."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found, before_in_unit

_SUPPLY = re.compile("电力(?:(?:、|和|及|与)(?:热力|燃气|煤气|蒸汽|自来水))*(?:、|和|及|与)水?的?$")
"""What an industry supplies, of which the name is cut: 电力、燃气及水的|生产和供应业."""
_SUPPLIES = ("生产和供应业", "生产及供应业", "生产供应业", "生产与供应业")
_BEFORE_BRACKET = re.compile(
    "(?:全[国省市县区州旗镇乡]|全年|其中|累计|年末|[0-9]年|[^一-龥])?(?P<of>(?!全|其中|累计|年末)[一-龥]{3,14})$"
)
"""What stands before a bracket: 城镇基本医疗保险|（含居民医保）参保人数."""
_SHARE = re.compile(
    "(?:[，。；：、\n]|全[国省市县区州旗镇乡]|全年|其中)(?P<part>(?!全|其中)[一-龥“”、A-Z]{2,18}?)占(?P<whole>[^，。；：、\n0-9占]{2,18}?)(?:的)?(?P<share>比重|比例)(?:已|约)*(?:为|达到?|[提升][高升]?[到至])?$"
)
_HEADS = re.compile(
    "(?:[，。；：、\n]|其中|全[国省市县区州旗镇乡])(?P<name>(?!其中|全)[一-龥“”]{2,14})(?:已|均|约)*(?:为|达到?)?$"
)
"""What a bare head is of: 经济发展实现|程度."""
_BARE = frozenset(("程度", "力度", "强度", "进度"))
_KIND = re.compile("[，、；]?(?:其中)?(?P<kind>[一-龥]{1,10}类)")
"""One of some classes, of which the one before is none: 衣着类|下降1%，居住类|增长2%."""
_COMES_TO = re.compile(
    "(?:减|降|增|升|减少|下降|降低|压减|压降|增加|增长|上升|扩大|发展|提升|提高|缩减|精简)(?:至|到|为)$"
)
"""What becomes of as many as were told before: 由560户1320人|减至32户."""
_TAKES_PART = re.compile("(?<=..)(?:参加|参与|参会|参展|参赛).*$")
_MECHANISM = re.compile(
    "(?!落实|建立|采取|实行|推行|完善|制定|出台|有|已|均|纳入|进入|列入)[一-龥]{2,4}?(?:机制|制度|体系|模式|平台|规程|规范|措施|办法|方案)(?=[，。；、（\n]|和|以及|等|$)"
)
"""The head of a noun behind a number that a tokeniser takes for a verb: 5项|检察|协作机制."""
_REACHES = re.compile("(?P<measure>规模|面积|总?投资|投资额|容量|库容|产能|长度|里程|总长)达到?$")
_MEASURED = re.compile("(?:价格|指数|CPI|价|水平|[率量额值])$")
_NEAR = 8
_MADE = frozenset("项个套条种")


def name_compounds(text: str, found: Sequence[Found]) -> None:
    """Name in full what was cut at its first part, and by itself what was put before a sibling, in place."""
    wrong = right = ""
    for n, one in enumerate(found):
        name = one.name
        if not one.takes_over(wrong, right) and name:
            new = _whole(text, one) or (_of_before(text, found, n) if n else "")
            wrong, right = (name, new) if new and new != name else ("", "")
            if right:
                one.rename(right)


def _whole(text: str, one: Found) -> str:
    """The name of a number with what its own clause says before or behind it; else empty."""
    name, start, end = one.name, one.quantity.start, one.quantity.end
    if one.rule == "right":
        if text.startswith(name, end):
            head = _MECHANISM.match(text, end + len(name)) if one.quantity.unit in _MADE else None
            if head:
                return name + head[0]
            return name if one.unit == "people" else _TAKES_PART.sub("", name)
        return ""
    if one.rule == "verb_right":
        reaches = _REACHES.search(text, max(0, start - 8), start) if name.startswith("达") else None
        return name.lstrip("达到") + reaches["measure"] if reaches else ""
    if one.rule != "left":
        return ""
    if name.startswith(_SUPPLIES):
        at = text.rfind(name[:4], max(0, start - 40), start)
        supply = _SUPPLY.search(text, max(0, at - 20), at) if at > 0 else None
        return supply[0].removesuffix("的") + name if supply else ""
    if name in _BARE and (head := _HEADS.search(text, max(0, start - 24), start)) and name in head["name"]:
        return head["name"]
    if one.unit == "ratio" and name[-2:] in ("比重", "比例") and "占" not in name and not one.changes:
        said = _SHARE.search(text, max(0, one.left - 1, start - 48), start)
        return f"{said['part']}占{said['whole']}比重" if said and said["whole"].endswith(name[:-2]) else ""
    return _over_bracket(text, one)


def _over_bracket(text: str, one: Found) -> str:
    """What a bracket stands in, where its last words were taken for the first ones: 基本医疗保险（含|居民医保）|参保人数."""
    start, name = one.quantity.start, one.name
    closes = text.rfind("）", max(0, start - 16), start)
    opens = text.rfind("（", max(0, closes - 20), closes) if closes >= 0 else -1
    if opens < 0 or text[opens + 1] not in "含包不" or name in text[closes:start]:
        return ""
    for size in range(len(name) - 1, 1, -1):
        if text.startswith(name[-size:], closes + 1) and text.endswith(name[:-size], opens, closes):
            said = _BEFORE_BRACKET.search(text, max(0, opens - 16), opens)
            return said["of"] + name[-size:] if said else ""
    return ""


def _of_before(text: str, found: Sequence[Found], n: int) -> str:
    """The name of a number that goes on with what was told before it; else empty."""
    one, before = found[n], found[n - 1]
    start, end = one.quantity.start, before.quantity.end
    if one.rule == "unit" and one.unit != "ratio" and one.change in (None, "level") and start - end < 16:
        comes = _COMES_TO.search(text, max(end, start - 4), start)
        again = end == start and n > 1 and _COMES_TO.search(text, before.quantity.start - 4, before.quantity.start)
        if comes or again:
            unit = one.quantity.unit
            for at in before_in_unit(found, n, unit, n - 4):
                within = "。" not in text[found[at].quantity.end : start]
                return found[at].plain if within and found[at].rule != "unit" else ""
    return _class(text, found, n) if one.rule == "left_carried" and n > 1 else ""


def _class(text: str, found: Sequence[Found], n: int) -> str:
    """One of some classes that was put before another: 居住类增长3%，家具下降1%，|衣着类|增长2%; else empty."""
    one, before = found[n], found[n - 1]
    kind = _KIND.match(text, before.quantity.end)
    if kind is None or not one.name.startswith(kind["kind"]) or one.name == kind["kind"]:
        return ""
    rest = one.name.removeprefix(kind["kind"])
    siblings = [other.plain for other in found[max(0, n - _NEAR) : n] if other.changes]
    listed = any(other.endswith("类") for other in siblings)
    return (
        kind["kind"]
        if listed and (rest in siblings or before.plain.endswith("类")) and not _MEASURED.search(rest)
        else ""
    )
