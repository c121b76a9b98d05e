"""What others want to be done, or a meeting resolves to do: 上级要求普及率达到90%, 会议同意拨付40万元."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.clauses import begin_of
from pipeline.language.periods import YEAR_FIRSTS, TimeMention
from pipeline.language.starts import is_first

_DEMANDED = re.compile(
    "(?:^|[，。；\n])(?![^，。；\n]{0,8}(?:[按照据依循遵合]|落实)|.{0,2}(?:达到|完成))[^，。；：、0-9\n]{0,14}?(?:上级|中央|国家|纲要|规划，?|方案，?|[省市县区州](?:里|委|政府)?)"
    "(?:明确|还|又)?要求(?:[：:][^。；\n已实]{0,60}?|(?![，。、的和])[^，。；\n已实]{0,40}?)(?:达到?|完成|控制在|不[低高少]于|不超过|实现|建成|压减|降到)[^，。；、0-9]{0,8}"
    "(?:[0-9.]{1,8}[%％一-龥]{1,5}[、和及与]){0,6}$"
)
_RESOLVED = re.compile(
    "(?:^|[，。；：\n])[^，。；：0-9\n]{0,4}(?:会议|会上|党委会|常委会|办公会)(?:研究|讨论|审议|一致|原则)*(?:决定|同意|要求|明确)(?!了)[^。；，0-9\n了已后]{0,16}"
    "(?:拨付|下拨|列支|追加|安排|增设|新增|购置|采购|招聘|聘用|新建|建设|投入|解决|支付|补助|奖励)[^。；，0-9\n了已后]{0,16}$"
)
"""What the minutes of a meeting have it resolve, which is still to be done."""
_AIMED = re.compile(
    "(?:奋斗|经营|预期|发展|工作|总体|主要|年度)目标(?:是|为)?[：:](?![^。\n]*(?:已|实际|了|[上去]年|现有|由|从))[^。\n]{0,156}$"
)
"""A colon behind an aim, and what is listed there: 奋斗目标：总产值2500万元，总产量|4950吨."""
_LAID_OUT = re.compile(
    "(?:[今明]年|[0-9〇零○一二三四五六七八九]{4}年)的?(?:工作|初步)?(?:计划|安排|打算|任务|目标)(?:是|为)?[：:]"
    "(?![^。\n]*(?:已|实际|了|[上去]年(?!增)|现有))[^。\n]{0,140}$|(?:我们|总)的?(?:工作|奋斗)?目标是[，,：:](?![^。\n]*[已了])[^。\n]{0,140}$"
)
"""What a year's plan lists, or what our aim is: 今年的安排是：改造校舍8所，新建|3所."""
_SUGGESTED = re.compile(
    "(?<![^。；;：:\n])(?:[一二三四五六七]是|第[一二三四五六七]，|[为因对]此，?|我们|特)?(?:建议|恳请|请求|希望(?!工程|小学|小屋|厨房))"
    "(?![书稿意率案信提办采落征回的和及、，。0-9]|被|得到|共)(?:(?![已了]|目前|现有)[^。\n])*$"
)
"""What somebody is asked for, up to the end of its sentence: 建议每年安排4万元，把人员由1人增加到|3人."""
_ASKS = ("建议", "恳请", "请求", "希望")
_AIMS = re.compile("(?:度|的)*[^，。；：:、0-9\n]{0,14}(?:目标|任务|指标|计划|安排|打算)(?:是|为|如下)?[：:]")
"""What stands between a year and what is listed as its aims: 2004年|度各项经营目标：."""
_REACH = 80


def is_demanded(text: str, start: int) -> bool:
    """Whether a number is what somebody above asks for, a meeting resolves, or an aim lists.

    >>> said = "上级要求普及率达到90%，按照要求已达到92%"
    >>> is_demanded(said, said.index("90")), is_demanded(said, said.index("92"))
    (True, False)
    >>> said = "会议同意拨付桥梁维修费40万元"
    >>> is_demanded(said, said.index("40"))
    True
    """
    meets = text.rfind("会", max(0, start - _REACH // 2), start)
    if meets >= 0 and _RESOLVED.search(text, max(0, start - _REACH // 2), start):
        return True
    aims = text.rfind("目标", max(0, start - 2 * _REACH), start)
    if aims >= 0 and _AIMED.search(text, max(0, aims - 2), start):
        return True
    if _is_laid_out(text, start):
        return True
    wants = text.find("要求", max(0, start - _REACH), start)
    return wants >= 0 and _DEMANDED.search(text, max(0, wants - 16), start) is not None


def _is_laid_out(text: str, start: int) -> bool:
    """Whether a number is listed behind the plan for a year, what an aim is, or what somebody is asked for."""
    begins = begin_of(text, start, "。\n", max(0, start - 2 * _REACH))
    asked = any(text.find(word, begins, start) >= 0 for word in _ASKS)
    if asked and not is_first(text, start) and _SUGGESTED.search(text, begins, start):
        return True
    return (
        text.find("：", begins, start) + text.find("目标", begins, start) > -2
        and _LAID_OUT.search(text, begins, start) is not None
    )


def year_of_aims(text: str, start: int, times: Sequence[TimeMention]) -> TimeMention | None:
    """The last time before a number, where the number is listed behind a colon as one of the aims of that year."""
    last = next((time for time in reversed(times) if time.end <= start), None)
    if last is None or not last.written or last.written[0] not in YEAR_FIRSTS:
        return None
    listed = _AIMS.match(text, last.end)
    return last if listed and listed.end() <= start else None
