"""Names of which an earlier clause tells the thing and its own the measure: 乡镇企业起步早，产值|9亿元 is 乡镇企业产值."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import ONWARD, Found, before_in_unit

_MEASURE = re.compile(
    "[，、；：]?(?:(?:[0-9]{4}年|[一二三四五六七八九○〇零]{4}年|今年|去年|全年|当年|年底|年末|目前|实现|完成|预计|累计|其|但|而|却|仍|首次)*)"
    "(?P<measure>总?产值|总产量?|产量|单产|亩产|销售额|销售收入|营业收入|总收入|增加值)(?:首次|已|仍|就)?(?:达到?|突破|为|有|约|超过?|实现|完成|跨过)*"
)
"""A clause that tells a measure and nothing else."""
_OF_KIND = re.compile("[，、；]?(?:其中|尚有|有)?(?P<kind>[专兼在]职)的(?:就|只|仅|也|有|占|达|为)*")
"""A clause that tells a kind of those told before and nothing else: 干部不足，专职的|9人."""
_IN_PLACE = re.compile("到位(?:合同|协议|计划|项目|总|签约)?(?:引资|投资|资金|引资额|资金额)")
_GRANTED = frozenset(("授权", "授权量"))
_INCIDENTS = ("起数",)
_NEAR = 6
_LONGEST = 12


def name_measured(text: str, found: Sequence[Found]) -> None:
    """Put together what two clauses tell of one number."""
    for n, one in enumerate(found):
        name = one.name
        if name:
            one.name = _measured(text, one) or _of_other(text, found, n) or name


def _measured(text: str, one: Found) -> str:
    """A thing with its measure, or a kind of it, where the clause of a number says no more than that; else empty."""
    name, start = one.name, one.quantity.start
    if not one.rule.startswith(ONWARD) or one.changes or one.unit == "ratio" or len(name) > _LONGEST:
        return ""
    if (said := _MEASURE.fullmatch(text, one.left, start)) and not name.endswith(("值", "产", "量", "额", "收入")):
        return name + said["measure"]
    kind = _OF_KIND.fullmatch(text, one.left, start)
    return kind["kind"] + name if kind and kind["kind"] not in name else ""


def _of_other(text: str, found: Sequence[Found], n: int) -> str:
    """A name that says only what came of a thing told before, with that thing; else empty."""
    one = found[n]
    name = one.name
    if name in _GRANTED and text.find("专利", max(0, one.quantity.start - 60), one.quantity.start) >= 0:
        return "专利授权量"
    if name in _INCIDENTS:
        for at in before_in_unit(found, n, "起", n - _NEAR):
            return found[at].name + name
    if name.startswith("到位") and _IN_PLACE.fullmatch(name):
        return "到位资金"
    return ""
