"""Names of how many of a kind lie in a band, and of the largest and smallest: 集体收入10万元以上的村6个，5万元以下的|2个."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.metrics.page.found import ONWARD, Found, before_in_unit

_AMOUNT = "(?:[0-9][0-9.,]*[百千万亿]*|[百千万亿]+)"
_OF = "(?:元|美元|人民币|斤|公斤|吨|亩|头)"
_RANGE = f"{_AMOUNT}{_OF}?[-—–~～至到]{{1,2}}{_AMOUNT}{_OF}"
_BOUND = f"(?:超过?|过|达到?|不足|低于|高于){_AMOUNT}{_OF}|{_AMOUNT}{_OF}(?:及?以[上下内])"
_BAND = re.compile(
    "(?:^|[，、；：。（,\n]|其中|[0-9]年)(?:其中)?(?P<measure>[^，、；：。（）,\n0-9]{0,14}?)(?:在|达到?|为)?"
    f"(?P<band>{_RANGE}|{_BOUND})(?P<thing>(?:的?[一-龥“”]{{1,8}}?)??)的?(?:已|还|仍|尚|仅|只|就|各)*(?:有|占到?|占比|达到?|突破|为|共|由|从|数)*$"
)
"""What says which of a kind are counted: 集体收入10万元以上的村|6个, 其中超5亿元的|2幢."""
_OF_BAND = re.compile("[元斤亩头吨]")
_NEARLY = re.compile(f"{_OF}(?:及?以[上下内]|的)|[超过足达于][0-9百千万亿.]+{_OF}|[-—–~～至到][0-9百千万亿.]+{_OF}")
"""What every band has in it."""
_BANDED = re.compile(f"{_RANGE}|{_BOUND}|{_AMOUNT}{_OF}的")
_OWN_BAND = re.compile(f"^.*?(?:{_RANGE}|{_BOUND}|{_AMOUNT}{_OF})的?")
_NO_MEASURE = re.compile(
    "^(?:其中|全[省市县区乡镇村]|今年|全年|[达在过超]$|有|共|力争|确保|计划|要|累计|滚动|当年|[xX×某]+年)+|(?:均|都|全部|总额|合计|总计)+$"
)
_SAID = re.compile(
    "^(?:招商|新?签[引约]?约?|引进|实施|完成|开工|现有|共有|有|新增|新建|培育|拥有|共|规模以上|规上)+(?=..)"
)
_EDGES = re.compile("^(?:其中|[0-9]{4}年)+|(?<=..)[由从尚仅只]$")
_THINGS = re.compile(
    "(?:项目|企业|公司|集团|工程|村|社区|镇|乡|街道|县|户|大户|农场|合作社|楼宇|园区|基地|案件|产品|品牌|店|市场|养殖场|商户|纳税人|贷款|合同)$"
)
"""What is told of in bands."""
_OF_PLACE = re.compile("村|社区|镇|乡|户|队|社")
_MEASURES = re.compile("(?:收入|收益|产值|投资|[税额利费]|存款|销售|线)$")
_EARNED = re.compile("(?:收入|收益|产值|纯收入|税收|存款)(?:总额|合计)?$")
_COUNTED = frozenset("个家户项件所名人镇村座幢处")
_SHARES = frozenset(("%", ""))
_INCOME, _ALL = 30, re.compile("(?:全部|均|都|达到?|超过|突破)+$")
_INCOME_OF = re.compile(
    "(?P<of>年?[纯总]?收入)(?:已|全部|全都|均|都|将|要|力争)*(?:[达超]到?|达到|超过|突破|稳定|保持|增加|提高)?[在到至过]?"
)
_VILLAGE = "村"
_NEAR, _CLOSE, _REACH, _LONGEST = 6, 20, 44, 10
_SUPERLATIVE = re.compile(
    "(?:^|[，、；。,\n]|其中|而)最[高低多少大小差好]的(?:[一-龥]{0,10}?)(?:收入)?(?:达到?|仅有?|只有|有|为|不足|超过?|也有?|才|还不到|不到|近)*$"
)
_UNEQUAL = re.compile(
    "(?:^|[，。；：、\n])(?P<of>[一-龥]{2,12}?)(?:发展|水平|情况)?(?:很|较|还|也|仍|十分|极|极其|严重|存在|之间|分布)*(?:不平衡|不均衡|不均|差距|悬殊|差异|参差不齐|高低不[一等])"
)
"""Of what large and small is told: 村集体收入不平衡，最高的…."""


class Kind(NamedTuple):
    """Of what bands are told, and what is counted in them."""

    measure: str = ""
    thing: str = ""


def name_bands(text: str, found: Sequence[Found]) -> None:
    """Name how many lie in a band by what is measured, the band and what is counted, and the largest by the measure."""
    kind = none = Kind()
    end = 0
    wrong = right = ""
    for n, one in enumerate(found):
        start = one.quantity.start
        if kind is not none and (text.find("\n", end, start) >= 0 or text.find("。", end, start) >= 0):
            kind = none
        end = one.quantity.end
        if one.unit == "money" and one.change in (None, "level") and (earns := _with_income(text, one)):
            one.rename(earns)
        if not one.changes and one.name and text.find("最", max(one.left, start - 16), start) >= 0:
            _superlative(text, one, kind.measure)
        elif not one.takes_over(wrong, right):
            said = None if one.changes else _said(text, one)
            wrong = right = ""
            if said is not None:
                kind = _kind(found, n, said, kind)
                wrong, right = one.name, _banded(one, said, kind)
                if (
                    not said["measure"]
                    and _MEASURES.search(kind.measure)
                    and n
                    and found[n - 1].quantity.start >= said.start("band")
                ):
                    found[n - 1].rename(kind.measure)
                one.rename(right)


def _with_income(text: str, one: Found) -> str:
    """A name with the 收入 that a tokeniser takes for a verb behind it: 村集体|收入全部达到30万元; else empty."""
    start = one.quantity.start
    if text.find("收入", max(0, start - _CLOSE), start) < 0:
        return ""
    name = _ALL.sub("", one.name)
    at = text.rfind(name, max(0, start - _INCOME), start)
    said = _INCOME_OF.fullmatch(text, at + len(name), start) if at >= 0 and len(name) > 1 else None
    return name + said["of"] if said else ""


def _said(text: str, one: Found) -> re.Match[str] | None:
    """What a clause says of the band whose members a number counts, or is the share of."""
    start, unit = one.quantity.start, one.quantity.unit
    if unit[:1] not in _COUNTED and unit not in _SHARES:
        return None
    close = max(0, start - _CLOSE)
    near = _OF_BAND.search(text, close, start) and _NEARLY.search(text, close, start)
    return _BAND.search(text, max(start - _REACH, 0), start) if near else None


def _banded(one: Found, said: re.Match[str], kind: Kind) -> str:
    """The name of how many lie in a band, in full."""
    name = _EDGES.sub("", one.name)
    own = _BANDED.search(name)
    if own is None:
        return one.name
    if said["thing"] and (said["measure"] or not kind.measure):
        return name
    head = name[: own.start()] if said["measure"] and name[: own.start()] else kind.measure
    share = "占比" if one.quantity.unit in _SHARES else ""
    return head + said["band"] + kind.thing + share


def _kind(found: Sequence[Found], n: int, said: re.Match[str], kind: Kind) -> Kind:
    """What a band is told of: as its clause says, else as the band before, else as the numbers before."""
    measure, thing = _NO_MEASURE.sub("", said["measure"]), said["thing"].removeprefix("的")
    if not thing:
        thing = kind.thing or _counted(found, n, said.start())
    if not measure:
        measure = kind.measure if _MEASURES.search(kind.measure) else ""
        measure = measure or (_earned(found, n, said.start()) if _OF_PLACE.search(thing) or not thing else "")
        thing = thing or (_VILLAGE if measure.startswith(_VILLAGE) else "")
    return Kind(measure, thing)


def _counted(found: Sequence[Found], n: int, begin: int) -> str:
    """What was counted last in the unit of a number: 引进|项目6个，其中超5000万元的2个."""
    unit = found[n].quantity.unit
    for at in before_in_unit(found, n, unit, n - _NEAR):
        before = found[at]
        thing = _OWN_BAND.sub("", before.plain.removeprefix(before.verb))
        thing = _SAID.sub("", thing)
        if before.quantity.start < begin and len(thing) <= _LONGEST and _THINGS.search(thing):
            return thing
    return ""


def _earned(found: Sequence[Found], n: int, begin: int) -> str:
    """What was told last of what places earn: 集体收入|全部超过20万元，50万元以上的7个."""
    for before in reversed(found[max(0, n - _NEAR) : n]):
        if before.quantity.start < begin and before.unit == "money" and not before.changes:
            return _NO_MEASURE.sub("", before.plain) if _EARNED.search(before.plain) else ""
    return ""


def _superlative(text: str, one: Found, measure: str) -> None:
    """Name the largest and the smallest by what is measured: 村集体收入不平衡，最高的柳沟村达|28万元."""
    start = one.quantity.start
    said = _SUPERLATIVE.search(text, max(0, start - 26), start)
    if said is None or one.unit != "money":
        return
    if not (one.name.startswith("最") or "的" in one.name or one.rule.startswith(ONWARD)):
        return
    begin = max(text.rfind("\n", 0, start), start - 80, 0)
    if not measure and (unequal := _UNEQUAL.search(text, begin, said.start() + 1)):
        measure = unequal["of"]
    if measure:
        one.name = one.plain = measure
