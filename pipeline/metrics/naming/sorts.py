"""Sorts of an amount by what they are a sort of: 工业总产值9亿元，其中轻工业|4亿元 is 轻工业总产值, 支出7亿元，其中教育|2亿元 教育支出."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_WHOLE = re.compile(
    "(?P<thing>.*?)(?P<measure>(?:地区|国内)?生产总值|GDP|国民收入|增加值|总产值|产值|零售总额|零售额|支出|投资|营业收入|销售收入|收入)(?:总额|总计|合计|额)?(?:预算|计划|任务)?$"
)
"""An amount that has sorts: what it is measured of, and as what."""
_MEASURED_AS = {
    "地区生产总值": "增加值",
    "国内生产总值": "增加值",
    "生产总值": "增加值",
    "GDP": "增加值",
    "零售总额": "零售额",
    "收入": "组织收入",
}
_OPENS = re.compile("其中|：|分[^，。；\n]{1,8}[看计]|按[^，。；\n]{1,8}分")
_SAID = re.compile(
    "[^一-龥]*(?:(?:其中|分[^，。；：\n]{1,8}[看计]|按[^，。；：\n]{1,8}分)[，：:]?)?(?P<sort>[一-龥、]{2,12}?)(?:累计|共)?(?:完成|实现|达到?|为)?"
)
"""A clause that says no more than the sort."""
_OF_MAKING = re.compile(
    "[一-龥、]{0,8}?(?:第[一二三]产业|[一二三]产|工业|农业|林业|牧业|渔业|副业|畜牧业|种植业|养殖业|水产业|建筑业|服务业|商业|交通运输业|零售业|餐饮业|制造业|采矿业|饮食业|企业|部门|经济)"
)
_OF_SELLING = re.compile("[一-龥、]{0,8}?(?:业|行业|城镇|乡村|农村|城市|县城|企业|经济|市场)")
_OF_SPENDING = re.compile(
    "(?:[一-龥、]{0,8}(?:教育|医疗卫生|卫生|卫生健康|科技|科学技术|文化|体育|传媒|社会保障|社保|就业|农林水(?:事务|利)?|水利|农业|林业|公共安全|公共服务|交通运输|交通|节能环保|环境保护|环保"
    "|城乡社区|社区事务|住房保障|国防|外交|行政管理|商业服务业|金融|工业|制造业|采矿业|建筑业|服务业|房地产(?:开发)?|第[一二三]产业|基础设施|基本建设|更新改造|技术改造|公用事业|部门|能源|运输邮电))"
)
_SORTS = {
    "增加值": _OF_MAKING,
    "总产值": _OF_MAKING,
    "产值": _OF_MAKING,
    "零售额": _OF_SELLING,
    "支出": _OF_SPENDING,
    "投资": _OF_SPENDING,
}
_SORTS |= dict.fromkeys(("国民收入", "营业收入", "销售收入"), _OF_MAKING)
_SORTS["组织收入"] = re.compile("(?:国税|地税|税务|财政|海关|征收)(?:部门|系统|局)")
_ONWARD = frozenset(("", "占", "增", "完", "超", "高", "低", "的"))
"""What goes on behind a name that is carried on: 轻工业|占比, 轻工业|增幅."""
_MAKES = frozenset(("总产值", "产值", "增加值"))
_RULES = frozenset(("left", "left_carried", "carried_left", "item"))
_FARTHEST = 60


def name_sorts(text: str, found: Sequence[Found]) -> None:
    """Name the sorts of an amount with what it measures, up to the end of the line or to another amount."""
    whole = measure = thing = ""
    opened = False
    rights: dict[str, str] = {}
    last = 0
    for one in found:
        start, name = one.quantity.start, one.name
        if measure and text.find("\n", last, start) >= 0:
            measure = ""
        if one.unit == "ratio" or one.changes:
            wrong = next((wrong for wrong in rights if name.startswith(wrong)), "") if measure else ""
            if wrong and name[len(wrong) :][:1] in _ONWARD and not name.startswith(rights[wrong]):
                one.rename(rights[wrong] + name[len(wrong) :])
        elif one.unit != "money":
            measure = ""
        else:
            between = text[last:start] if start - last <= _FARTHEST else ""
            sort = _sort(between, name.removesuffix(whole), measure) if measure and one.rule in _RULES else ""
            if sort and name != sort and name.endswith(whole) and measure not in _MAKES:
                measure = whole  # 工业|基本建设投资 says so itself, as do those listed behind it
            opened = opened or (sort != "" and _OPENS.search(between) is not None)
            if sort and (opened or _alike(sort, thing)):
                rights[name] = one.name = one.plain = sort + measure
            else:
                said = _WHOLE.fullmatch(name)
                measure = _MEASURED_AS.get(said["measure"], said["measure"]) if said else ""
                whole, thing, opened, rights = name, said["thing"] if said else "", False, {}
        last = one.quantity.end


def _sort(between: str, name: str, measure: str) -> str:
    """The sort that a clause says and nothing else, where it is one of what is so measured; else empty."""
    said = _SAID.fullmatch(between)
    if said is None or name.endswith(measure) or not _SORTS.get(measure, _OF_SPENDING).fullmatch(said["sort"]):
        return ""
    own = said["sort"]
    return own if name.startswith(own) or name.endswith(own) or own.endswith(name) else ""


def _alike(sort: str, thing: str) -> bool:
    """Whether a sort is of the kind of the one before: 种植业产值9亿元，林业|2亿元."""
    return (sort[-1] == "业" and thing[-1:] == "业") or (sort.endswith("部门") and "部门" in thing)
