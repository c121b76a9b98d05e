"""What a number is said of whatever the model makes of it: a place that heads its clause, 我校, the organ that reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.metrics.page.bodies import GOES_ON
from pipeline.metrics.page.found import Found
from pipeline.metrics.page.page import Array
from pipeline.metrics.subjects.choices import APART, IS, OWN, SENTENCE, Choices
from pipeline.metrics.subjects.mentions import CLAUSE, HEADING, ISSUER, OFTEN, PLACE, REPORT, REPORT_WHOLE

_OWNS = re.compile(
    "(?:人大主席团|人大常委会|人民代表大会常务委员会|政协|法院|检察院|(?<!村党)(?<!区党)(?<!村)支部|[支大]队|工商业联合会|工商联|信用社|医院|税务局|[国地]税局|海关|公安[局厅]|[中小大]学|学校|学院|幼儿园|红十字会|管理[处所站]|书店|[图书博物档案文化美术]{2}馆|[养福敬][老利]院|研究[所院]|公司|集团|[一-龥]厂|煤矿|[林农牧茶]场|电视台|中心|文化站|[风光水核火]?电[场站厂]|立案庭|业务庭|保健院|卫生院|粮站|供销社|银行|农商行|总站|分局|派出所|法庭|车站|机场)$"
)
"""Organs that report on what they did themselves; a bureau reports on its whole county."""
_OF_ORGANS = re.compile("([省市州盟县区旗])直属?机关(?:党?工委|工作委员会)$")
"""The committee of the organs of a level, of all of which it reports."""
_SHORT = 6
_BUREAU = re.compile(
    "(?:[局厅]|办公室)$|^最高人民(?:法院|检察院)$|^中共.*委员会$|[高中]级(?:人民)?法院$|(?:[省州盟]|地区)(?:人民)?检察院$"
)
_KEEPS = re.compile("(?:税务局|[国地]税局|海关|公安[局厅])$")
_OF_WHOLE = re.compile("[省市州盟县区旗乡镇](?:(?:人民)?政府|[一-龥]{0,6}(?:局|厅|残联))")
"""An organ by the level of its place, where nothing else names it: 县水务局."""
_FIRM = re.compile("(?:公司|集团|[一-龥]厂|矿业|煤矿|合作社)$")
_AGGREGATE = re.compile(
    "全社会|(?:地区|国内)?生产总值|社会消费品|一般公共预算|财政总收入|居民消费价格|(?:外贸)?进出口总|城镇新增就业|城镇登记失业|固定资产投资"
)
"""What is measured of a whole place and of no branch of its economy: after 规上制造业增长6%，全社会用电量|14亿千瓦时."""
_BRANCH = re.compile(
    "(?:特色|主导|优势|传统|现代|设施|高效|生态|富民|林果)?(?:工业|农业|种植业|养殖业|种养业|种养殖业|畜牧业|牧业|林业|果业|渔业|水产业|服务业|旅游业|商贸业|加工业|行业|产业)"
)
"""A branch of the economy, that a sentence only begins with: 畜牧业壮大，出栏生猪|4万头."""
_MEASURED = ("经费", "处分", "收入", "支出", "费", "资金", "贷款", "案件", "旱地", "水田", "林地", "培训")
"""What names end in of what is only measured, and of which the next number tells nothing."""
_COUNTED = frozenset(("人", "名", "户", "家", "个", "所"))
_SYSTEM = re.compile(
    "全[国省市州盟县区旗](?:各级)?(?:公安机关|检察机关|检察院|法院|纪检监察机关|[国地]税系统|税务系统|工会|农村信用社)"
)
"""All organs of a kind in a place."""
_OF_LAW = {"检察院": ("检察机关", "检察院", "各级检察机关", "各级检察院"), "法院": ("法院", "各级法院", "各级人民法院")}
"""What those under a court or a procuratorate of higher level are called behind 全省."""
_NATION = {"全国", "我国"}
_BUDGET = re.compile("中央|.+本级")
_OPENS = 2  # of `Choices.opener`
_OWN_BODY = re.compile("我(?:[^省市州盟县区旗镇乡村国]|大队|公社)")
"""A body of which a report speaks as its own, which is more than the place that it is in: 我校."""


class Claims(NamedTuple):
    """Whom numbers are said of whatever the model makes of it, by number."""

    named: dict[int, str]  # a place that the name holds, all organs of a kind, 我校
    openers: dict[int, str]  # the place that the paragraph begins with, whose budget a heading tells of
    organs: dict[int, str]  # the organ that reports on what it did itself
    heads: dict[int, tuple[str, bool]]  # the place that heads a clause of the sentence
    offices: dict[int, str]  # the place of a bureau that reports
    whole: dict[int, str]  # the place of the report, where the text speaks most of a firm in it


def claims_of(laid: Choices, found: Sequence[Found]) -> Claims:
    """All that is said of numbers whatever the model makes of it."""
    return Claims(
        named=systems(laid) | selves(laid) | named_places(laid, found),
        openers=_openers(laid) | budgets(laid),
        organs=issuers(laid),
        heads=heading_places(laid),
        offices=bureaus(laid),
        whole=wholes(laid),
    )


def _said(laid: Choices, which: Array) -> Iterator[tuple[int, str]]:
    """What is mentioned in marked rows, each with its number."""
    rows = np.flatnonzero(which)
    numbers = np.searchsorted(laid.begins, rows, "right") - 1
    return zip(numbers.tolist(), (laid.said[row] for row in rows.tolist()), strict=True)


def named_places(laid: Choices, found: Sequence[Found]) -> dict[int, str]:
    """The places that names begin with or in the midst of, by number: 东港镇地区生产总值 is said of 东港镇."""
    bodies = laid.known.bodies
    said = _said(laid, (laid.scope == OWN) & (laid.kind == CLAUSE) & (laid.inside != IS))
    return {
        n: name
        for n, name in said
        if found[n].name.startswith((name, name[-1])) and bodies.is_named_place(name) and not bodies.is_common(name)
    }


def selves(laid: Choices) -> dict[int, str]:
    """Those that a report calls its own in the clause of a number, 我校现有教师46人, by number."""
    said = _said(laid, (laid.scope == OWN) & (laid.inside != IS))
    return {n: name for n, name in said if name[:1] == "我" and _OWN_BODY.fullmatch(name)}


def _openers(laid: Choices) -> dict[int, str]:
    """The place that the paragraph of a number begins with and goes on to tell of, as it does not where it lists several."""
    told = {n: name for n, name in enumerate(laid.told.opens) if name} | opening_places(laid)
    return {n: name for n, name in told.items() if not laid.passing[n]}


def opening_places(laid: Choices) -> dict[int, str]:
    """The place that the paragraph above a number begins with, by number: it comes before that of the report."""
    said = _said(laid, (laid.opener >= _OPENS) & (laid.kind == CLAUSE) & (laid.scope != OWN))
    named = ((n, GOES_ON.sub("", name)) for n, name in said)
    bodies = laid.known.bodies
    return {n: name for n, name in named if bodies.is_one_place(name)}


def budgets(laid: Choices) -> dict[int, str]:
    """Whose budget the heading above a number tells of, by number: 中央 below 2.中央一般公共预算."""
    nearest: dict[int, str] = {}
    for n, name in _said(laid, laid.kind == HEADING):
        nearest.setdefault(n, name)
    return {n: name for n, name in nearest.items() if _BUDGET.fullmatch(name)}


def kinds(laid: Choices, found: Sequence[Found]) -> dict[int, str]:
    """The kind that a number is named by and that its clause is on, by number: 规上采矿业 of 规上采矿业增加值增长3%."""
    of_kind = (laid.known.shapes[laid.names] & 3 == 0) & (laid.known.things[laid.names] == 0)
    said = _said(laid, (laid.scope == OWN) & (laid.kind == CLAUSE) & (laid.inside != APART) & of_kind)
    return {
        n: name for n, name in said if name == found[n].name or (name[-1] == "业" and found[n].name.startswith(name))
    }


def counted(laid: Choices, found: Sequence[Found]) -> Array:
    """The phrases that only name what is counted, 党纪处分|86人, 骨干教师|9人, or those to whom something is given, 为企业减税|9万元."""
    numbers = np.repeat(np.arange(len(found)), np.diff(np.append(laid.begins, len(laid.said))))
    thing = things(laid) & (laid.kind <= PLACE)
    out: Array = laid.given | (thing & (laid.inside == IS))
    out[[row for row in np.flatnonzero(out).tolist() if found[numbers[row]].quantity.unit == "岁"]] = False
    measured = {one.name.removesuffix("支出") for one in found if one.name.endswith(_MEASURED)}
    if measured:
        out[[row for row in np.flatnonzero(thing & (laid.scope != OWN)).tolist() if laid.said[row] in measured]] = True
    kinds_told = (laid.kind <= PLACE) & (laid.scope == OWN) & (laid.known.common[laid.names] != 0)
    for row in np.flatnonzero(kinds_told & (laid.inside != APART)).tolist():
        one = found[numbers[row]]
        out[row] |= one.quantity.unit in _COUNTED and one.name.endswith(laid.said[row])
    return out


def things(laid: Choices) -> Array:
    """The phrases of clauses that name no body, no place and no group: 城镇新增就业, 空气质量."""
    found: Array = ((laid.kind == CLAUSE) | (laid.kind == PLACE)) & (laid.known.things[laid.names] != 0)
    return found


def has_place(laid: Choices) -> Array:
    """For each number whether the place that the report is on is known, or what gives it."""
    bodies = laid.known.bodies
    of_report = (laid.kind == REPORT) | (laid.kind == REPORT_WHOLE) | (laid.kind == ISSUER)
    often = np.flatnonzero(laid.kind == OFTEN).tolist()
    places = {name for name in {laid.said[row] for row in often} - _NATION if bodies.is_place(name)}
    of_report[[row for row in often if laid.said[row] in places]] = True
    counts = np.append(0, np.cumsum(of_report))
    known: Array = counts[np.append(laid.begins[1:], len(laid.said))] > counts[laid.begins]
    return known


def common(laid: Choices, placed: Array) -> Array:
    """The phrases that name people or bodies of a kind, and no one of them, where numbers have a place: 困难职工."""
    told = np.repeat(placed, np.diff(np.append(laid.begins, len(laid.said))))
    found: Array = told & (laid.kind <= PLACE) & (laid.known.common[laid.names] != 0)  # CLAUSE, ENTIRE and PLACE
    return found


def issuers(laid: Choices) -> dict[int, str]:
    """The organ that gives the report, by number, where its numbers are its own and not those of the place: a court."""
    said = list(_said(laid, laid.kind == ISSUER))
    names = {name for _, name in said}
    own = {name: name for name in names if _OWNS.search(name) and not _is_bureau(name)}
    own |= {name: f"{match[1]}直机关" for name in names if (match := _OF_ORGANS.search(name))}
    return {n: own[name] for n, name in said if name in own}


def _is_bureau(issuer: str) -> bool:
    """Whether what gives a report tells of its whole place: 水利局, and a court that has others under it."""
    return _BUREAU.search(issuer) is not None and not _KEEPS.search(issuer)


def bureaus(laid: Choices) -> dict[int, str]:
    """The place of a bureau that gives the report, by number: it tells of its whole county, and a court of all courts in it."""
    said = list(_said(laid, laid.kind == ISSUER))
    bureau = {name for name in {name for _, name in said} if _is_bureau(name)}
    told = {n for n, name in said if name in bureau}
    system = _system_under(laid, bureau) if told else ""
    places = _said(laid, (laid.kind == REPORT) | (laid.kind == REPORT_WHOLE)) if told else ()
    return dict.fromkeys(told, system) if system else {n: name for n, name in places if n in told}


def _system_under(laid: Choices, issuers: Iterable[str]) -> str:
    """All courts of a place, as the text calls them, where the one above them reports: 全州检察机关."""
    kind = next((kind for kind in _OF_LAW if any(name.endswith(kind) for name in issuers)), None)
    called = _OF_LAW[kind] if kind else ()
    return next((name for name in laid.said if name[:1] == "全" and name[2:] in called), "")


def wholes(laid: Choices) -> dict[int, str]:
    """The place of the report, by number, where the text speaks most of a firm in it or an organ of it: 全区 where it does of 区残联."""
    said = list(_said(laid, laid.kind == OFTEN))
    names = {name for _, name in said}
    organs, firms = ({name for name in names if pattern(name)} for pattern in (_OF_WHOLE.fullmatch, _FIRM.search))
    of_organ, of_firm = ({n for n, name in said if name in told} for told in (organs, firms))
    out = {n: name for n, name in _said(laid, laid.kind == REPORT) if n in of_firm} if of_firm else {}
    if of_organ or of_firm:
        out |= {n: name for n, name in _said(laid, laid.kind == REPORT_WHOLE) if n in of_organ or n in of_firm}
    return out


def is_aggregate(name: str) -> bool:
    """Whether what a number measures is that of a whole place: 全社会用电量, 社会消费品零售总额."""
    return _AGGREGATE.match(name) is not None


def is_branch(name: str) -> bool:
    """Whether a name is that of a branch of the economy alone, which has no figures but those that are named by it."""
    return _BRANCH.fullmatch(name) is not None


def of_branches(laid: Choices, found: Sequence[Found]) -> Array:
    """The phrases before the clause that name a branch, or no body and no place where a number is measured of a whole place."""
    whole = np.array([is_aggregate(one.name) for one in found])
    told: Array = np.repeat(whole, np.diff(np.append(laid.begins, len(laid.said))))
    told &= (laid.known.shapes[laid.names] & 3) == 0
    branches = {name for name in set(laid.said) if is_branch(name)}
    if branches:
        told |= np.array([name in branches for name in laid.said], bool)
    before: Array = told & (laid.kind <= PLACE) & (laid.scope != OWN) & (laid.inside == APART)
    return before


def heading_places(laid: Choices) -> dict[int, tuple[str, bool]]:
    """The named place that heads the clause of a number or one before it in its sentence: 大坑乡最复杂，31个村有争议.

    And whether it was named since the number before.
    """
    out: dict[int, tuple[str, bool]] = {}
    inside = ((laid.scope == OWN) | (laid.scope == SENTENCE)) & (laid.kind == CLAUSE)
    inside &= laid.known.headed[laid.names] != 0
    rows = np.flatnonzero(inside).tolist()
    for row, (n, name) in zip(rows, _said(laid, inside), strict=True):
        if n not in out:
            place = laid.known.bodies.heading(name)
            fresh = laid.scope[row] == OWN or (laid.fresh[n] and laid.pick[row])
            out[n] = place, bool(fresh and len(place) <= _SHORT)
    return out


def systems(laid: Choices) -> dict[int, str]:
    """All organs of a kind that the clause of a number is said of, by number: 全县公安机关立案."""
    said = _said(laid, (laid.scope == OWN) & (laid.kind == CLAUSE))
    return {n: name for n, name in said if name[:1] == "全" and _SYSTEM.fullmatch(name)}


def is_system(name: str, whole: str) -> bool:
    """Whether a name is that of all organs of a kind in the whole of a place: 全县公安机关 in 全县."""
    return name.startswith(whole) and _SYSTEM.fullmatch(name) is not None
