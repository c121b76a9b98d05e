"""Whether a number is all that there is of what it names, or only those that something is done to or said of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found

_EVENTS = frozenset(("次", "场", "期", "件", "起", "宗", "批", "例", "项", "人", "人次", "场次", "份", "篇"))
"""Units of what is done: all that was done is told with what it was done for: 开展主题党日12次|学习精神."""
_KINDS = frozenset(("类", "种", "批"))
"""Units of kinds of things, and not of things: 四类社会组织."""
_ENDS = re.compile(
    r"[^一-龥“]|$|[和及与或并]|以及|全部|全都|[均都]|中(?=[有约仍已，\d])|(?:建设|改造|创建|目标|培育)?任务|以?[上下]|大关|等"
)
"""What a number and its noun are all of a clause with, or what is said of each of them: 219个行政村|全部通油路."""
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


def tells_some(text: str, found: Sequence[Found], n: int, dimension: str | None, words: NameWords) -> bool:
    """Whether a number that names a known indicator tells of some of it only, or of another thing of that name."""
    one = found[n]
    start, end = one.quantity.start, one.quantity.end
    if one.change in (None, "level") and (
        _is_done_to(text, one, words) or _NORM.match(text, end) or one.quantity.unit in _KINDS
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
        return len(one.name) <= 4 and _are_other_beds(before, words)
    if words.of_holiday.search(one.name) and words.holiday.search(
        _SENTENCE.split(text[max(0, start - 40) : start])[-1]
    ):
        return "全年" not in text[max(0, start - 16) : start]
    return dimension in ("money", "count", "people") and _is_sum(text, one)


def _is_done_to(text: str, one: Found, words: NameWords) -> bool:
    """Whether a noun behind its number is said or done something to: 1735名监测对象|消除风险, 为126家规上工业企业|提供服务."""
    start, end, unit, name = one.quantity.start, one.quantity.end, one.quantity.unit, one.name
    if unit in _EVENTS or not text.startswith(name, end) or words.deed_end.search(name):
        return False
    before = text[max(0, start - 4) : start]
    if words.treats.search(before):
        return True
    stop = end + len(name)
    if _ENDS.match(text, stop) or (name == "人口" and _STAYS.match(text, stop)):
        return False
    return words.holds.search(before) is None


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


def _are_other_beds(before: str, words: NameWords) -> bool:
    """Whether the beds of a sentence are those of hotels or homes, by what is told last."""
    other = max((match.start() for match in words.lodging.finditer(before)), default=-1)
    own = max((match.start() for match in words.hospital.finditer(before)), default=-1)
    return other > own


def _is_sum(text: str, one: Found) -> bool:
    """Whether a number sums up a list of which its name is the last item: 债券、国债资金共|154亿元."""
    before = _CLAUSE.split(text[max(0, one.quantity.start - 40) : one.quantity.start])[-1]
    return before.endswith(_TOTALS) and f"、{one.name}" in before
