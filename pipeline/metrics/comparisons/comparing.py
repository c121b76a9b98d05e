"""What shares, multiples and gaps are measured against, which their names tell: 完成年度计划|92%, 为上年的|1.4倍, 高于全省|2个百分点."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.metrics.page.numbers import Number
from pipeline.records import Quantity

_SHARES = ("%", "‰", "‱")
_ADVERBS = "(?:仅|只|已经?|约|也|还|均|分别|就|但|仍|虽|全年|上半年|目前|累计|超额|提前)*"
_AIM = "[^，。；：、的占\\d]{0,8}?(?:预算|计划|任务|目标|指标)(?:任务|目标|指标|数)?"
_PLAN = re.compile(f"、?{_ADVERBS}(完成了?|为|占|达到?|相当于|是)({_AIM})的?")
"""A plan, of which a share was done: 为年初预算的|97%."""
_AMOUNT = re.compile(f"(?:^|[，、；（]){_ADVERBS}(完成了?|为|占|达到?|相当于|是)({_AIM})$")
"""A plan the amount of which stands between: 占全年计划|48个|的|56%."""
_OTHER = re.compile(f"、?{_ADVERBS}(?:为|是|相当于|等于|及)([^，。；：、]{{1,14}})的")
"""Another amount, of which a number is so many times as much: 是2015年的|1.4倍."""
_GAP = re.compile(
    f"(?:增速|增幅|涨幅|降幅)?{_ADVERBS}([高低快慢]于|高出|低出)([^，。；：、]{{1,12}}?|全[国省市县区州盟](?:[、和及]全[国省市县区州盟])+(?:平均)?)(?:水平)?"
)
_OVER = re.compile(
    f"(?:增速|增幅|涨幅)?{_ADVERBS}(?:跑赢|领先|超[过出]?)于?(全[国省市县区州盟](?:平均|均值)?)(?:水平)?"
)
_THAN = re.compile(
    f"(?:增速|增幅|涨幅|降幅)?{_ADVERBS}比([^，。；：、]{{1,12}}?)[还仍只各也]?(?<![提加减降增])([高低快慢多少])[出于]?"
)
"""What a gap is to: 高于全国平均|2个百分点, 比计划低|1个百分点."""
_OWN_GAP = re.compile(
    "(?:其中|同时|但|而|[且并]|今年|全年)*([^，。；：、0-9]{2,20}?(?:增速|增幅|涨幅|降幅|升幅|增长(?:率|速度|幅度)))"
    f"(?:{_ADVERBS}|继续|持续|连续.{{1,3}}年)([高低快慢]于|高出|低出)([^，。；：、]{{1,12}}?)(?:水平)?"
)
_OWN_SHARE = re.compile(
    "(?:其中|同时|但|而|[且并])*([^，。；：、0-9的仅只]{2,16}?)(?:目前|仅|只|还|才|均|约)*(?:为|是|相当于|等于|及|有)"
    "([^，。；：、的0-9]{0,6}(?:平均(?:水平|数)?|邻[县市省区]|[^，。；：、的0-9]{1,4}水平))的"
)
"""What is so many times another: 人均GDP仅为全市平均水平的|71%."""
OF_WHOLE = re.compile(r".+(?:占比|占.{0,8}比重)")
OF_PLAN = re.compile(
    r".+(?:(?:完成|为|占|达)(?:全?年度?|原定|调整)?|全?年度|年初)(?:计划|预算|任务|目标|計劃|預算|任務|目標)(?:任务|目标|比例|比重)?|.{0,8}达成率|(?:计划|任务|目标|预算)?完成率"
)
"""Names of shares of a whole and of a plan."""
_NO_NAME = re.compile(
    "[其该]|(?:全年|同比|累计|总体|平均|年均|同期|当[年月]|名义|实际|整体|两者|综合|[上去本今]年)*(?:增|涨|降|升)"
)
"""A rate that does not tell what it is of: 全年增速."""
_ELSEWHERE = re.compile("全[国省市县区州盟](?:平均|均值)|(?:平均|均值)$")
"""What an amount is more or less than in other places: 比全省平均少|1500元."""
_ALSO = re.compile("(?:[、，和]|、?分别)(全[国省市县区州盟](?:平均|均值)?)(?:水平)?")
"""Another place, behind a gap to one: 快于全国0.9个百分点、全省|0.4个百分点."""
_AND, _JOINS = re.compile("[、和及与]"), ("、", "和", "及", "与")
_SHORT = re.compile("(?:还|尚|仍|相)差[约近]?$")
SHORTFALL = "差距"
"""What is told of how much is missing: 距要求还差|2个百分点."""
_NOTHING = re.compile("(?<!规模)以上|以下|[上去前]年|年前|季度|年初|[年月季]末|年底|同期|上[月季]")
"""A gap to the time before is a change."""

_HELD_AGAINST = re.compile(
    "(?:[比较]|[同与](?!时)|为(?=[^，。；、]{0,4}[预计任]))[^，。；、0-9]{0,4}"
    "(?:上年|去年|前年|上期|上届|同期|预算|计划|任务|[0-9一二三四五六七八九〇○]{4}年)[^，。；、增减升降多少长高低]{0,8}$"
)
_AIMED_AT = re.compile(f"(?:完成了?|为|占|达到?|相当于|超过?|超出){_AIM}$")
_DONE_OF_IT = re.compile(r"(?:以上)?的(?:\d[\d.,]*[%‰倍]|百分之)")
_CROSSED = re.compile("大关|台阶|关口|的?限额")
"""What makes a number one that another is only measured against, and therefore no total."""

_CASES = frozenset(("户", "批", "批次", "起", "件", "期", "次", "宗", "例"))
_HEADS = {"人": "人数", "名": "人数", "人次": "人次", "户": "户数"}
_LIVING = ("户", "脱贫", "户籍", "易地搬迁", "易地扶贫搬迁", "已搬", "避险搬迁")
"""What people are of which all that there are is told: 易地搬迁60户、|210人."""
_COUNTED = ("人口", "人数", "人次", "户数")
_PEOPLE = ("人", "员", "者", "民", "对象", "群众", "职工", "学生", "骨干")


class Against(NamedTuple):
    """What a number is measured against: words to put behind what is measured, and whether an amount between tells how much that is."""

    words: str
    amount: bool = False
    sort: str = "plan"


def against(text: str, quantities: Sequence[Quantity], edges: Sequence[int]) -> dict[int, Against]:
    """What numbers are measured against, by their place; `edges` are where the clauses before them begin."""
    out: dict[int, Against] = {}
    for n, (quantity, edge) in enumerate(zip(quantities, edges, strict=True)):
        unit, start = quantity.unit, quantity.start
        share = unit in _SHARES or quantity.rule in ("fraction", "half")
        if share or unit == "倍":
            if found := _of_other(text, edge, start, share) or (_of_amount(text, quantities, n) if share else None):
                out[n] = found
        elif n in out:
            continue
        elif (
            (unit == "百分点" or text.find("均", edge, start) >= 0)
            and (words := _gap(text, edge, start))
            and (unit == "百分点" or _ELSEWHERE.search(words))
        ):
            dealt = text.find("分别", edge, start) >= 0
            for at, said in enumerate(_gaps(text, quantities, n, words, dealt), n):
                out[at] = Against(said, sort="gap")
        elif n and n - 1 in out and unit == "百分点" and (other := _ALSO.fullmatch(text, quantities[n - 1].end, start)):
            out[n] = Against(out[n - 1].words[:2] + other[1], sort=out[n - 1].sort)
        elif unit == "百分点" and _SHORT.search(text, max(quantities[n - 1].end if n else edge, start - 6), start):
            out[n] = Against(SHORTFALL, sort="gap")
    return out


def both_gaps(against: Mapping[int, Against], n: int) -> bool:
    """Whether a number and the next are gaps to different things: 分别高于全国、全省|0.8个和|0.5个百分点."""
    gaps = [against[at].words for at in (n, n + 1) if at in against and against[at].sort == "gap"]
    return len(set(gaps)) > 1


def _gaps(text: str, quantities: Sequence[Quantity], n: int, words: str, dealt: bool) -> list[str]:
    """What a gap and those listed behind it are to: 分别高于全国、全省|0.8个和|0.5个百分点; all to one where only they are `dealt` out."""
    others = _AND.split(words[2:])
    last = n + len(others) - 1
    if len(others) < 2 and dealt:
        while last + 1 < len(quantities) and text[quantities[last].end : quantities[last + 1].start].strip() in _JOINS:
            last += 1
        return [words] * (last - n + 1)
    if len(others) < 2 or last >= len(quantities):
        return [words]
    if any(text[a.end : b.start].strip() not in _JOINS for a, b in pairwise(quantities[n : last + 1])):
        return [words]
    mean = "平均" if words.endswith("平均") else ""
    return [words[:2] + other.removesuffix(mean) + mean for other in others]


def _of_other(text: str, edge: int, start: int, share: bool) -> Against | None:
    """A share of a plan, or how many times as much as another amount a number is."""
    if share and (match := _PLAN.fullmatch(text, edge, start)):
        return Against(_of_plan(match))
    if text[start - 1 : start] == "的" and (match := _OTHER.fullmatch(text, edge, start)):
        return Against("相当于" + match[1], sort="share" if share else "multiple")
    return None


def _of_amount(text: str, quantities: Sequence[Quantity], n: int) -> Against | None:
    """A share of a plan the amount of which stands before it."""
    before = quantities[n - 1]
    if not n or text[before.end : quantities[n].start] != "的":
        return None
    match = _AMOUNT.search(text, max(before.start - 20, 0), before.start)
    return Against(_of_plan(match), amount=True) if match else None


def _of_plan(match: re.Match[str]) -> str:
    return f"占{match[2]}比重" if match[1] == "占" else f"完成{match[2]}比例"


def _gap(text: str, edge: int, start: int) -> str:
    """What a gap is to: 高于全国."""
    if match := _GAP.fullmatch(text, edge, start):
        side, other = match[1], match[2]
    elif match := _THAN.fullmatch(text, edge, start):
        side, other = match[2] + "于", match[1]
    elif match := _OVER.fullmatch(text, edge, start):
        side, other = "高于", match[1]
    else:
        return ""
    return "" if _NOTHING.search(other) else side + other


def own_gaps(text: str, quantities: Sequence[Quantity], edges: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Rates that clauses name themselves and the gaps to others, by their place: (一产增加值增幅, 高于全省)."""
    out: dict[int, tuple[str, str]] = {}
    for n, (quantity, edge) in enumerate(zip(quantities, edges, strict=True)):
        of = text[quantity.start - 1 : quantity.start] == "的" and quantity.unit in (*_SHARES, "倍", "")
        if of and (match := _OWN_SHARE.fullmatch(text, edge, quantity.start)):
            out[n] = match[1], "相当于" + match[2]
        if quantity.unit != "百分点" or not (match := _OWN_GAP.fullmatch(text, edge, quantity.start)):
            continue
        if not (_NO_NAME.match(match[1]) or _NOTHING.search(match[3]) or "分别" in match[0]):
            out[n] = match[1], match[2] + match[3]
    return out


def recounts(text: str, quantities: Sequence[Quantity]) -> dict[int, str]:
    """What numbers count that follow at once upon a count of the cases of the same: 来访31批|96人 is of 人数."""
    out: dict[int, str] = {}
    for n, (before, quantity) in enumerate(pairwise(quantities), 1):
        if before.unit not in _CASES or quantity.unit not in _HEADS or before.unit == quantity.unit:
            continue
        if quantity.start - before.end <= 1 and text[before.end : quantity.start] in ("", "、"):
            out[n] = _HEADS[quantity.unit]
    return out


def recounted(name: str, head: str) -> str:
    """What a name adds for another count of the same: 贫困户 has 人口, 来访 has 人数, 户籍人口 says so itself."""
    if name.endswith(_COUNTED) or (head == "人数" and name.endswith(_PEOPLE)):
        return ""
    return "人口" if name.endswith(_LIVING) and head == "人数" else head


def is_compared(text: str, one: Number) -> bool:
    """Whether another number is measured against one: 较去年同期|1284件, 为年预算|20亿元|的60%, 首次突破|9亿元|大关."""
    begin = max(0, one.start - 20)
    if _HELD_AGAINST.search(text, begin, one.start) or _CROSSED.match(text, one.end):
        return True
    return _DONE_OF_IT.match(text, one.end) is not None and _AIMED_AT.search(text, begin, one.start) is not None
