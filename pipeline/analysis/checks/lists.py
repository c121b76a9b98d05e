"""Lists of all there is: 合计, 共计 and 总计 behind them, 分别为 before them, 其余 at their end; one year of several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce

from pipeline.analysis.checks.amounts import Amounts, Bounds
from pipeline.analysis.checks.sums import REST, Sums
from pipeline.analysis.checks.wording import addition, made
from pipeline.records import Check

_APART = re.compile(
    r"^[^，,。；;：:\n]{0,12}[，,：:（(。](?:分别(?:为|是|有|由|用于|安排)|按[一-龥]{1,6}?(?:分|划分|看|统计)[，,：:]?|包括|包含)[^，,。；;：:]{0,12}$"
    r"|^[^，,。；;\n]{0,12}[：:]第?[一二三四五六七八九十\d]+(?:年度?|季度|月份?)[^，,。；;：:\d]{0,10}$"
)
"""共8400万元，分别为县级; 3126户。按类型分，企业: what follows is the whole."""
_ALL = re.compile(
    r"^[^，,。；;：:\n]{0,8}[，,；;](?:全年|今年|全部|总|一|[两二三四五六七八九][年项者类])?(?P<said>共|累计|总)(?:[一-龥]{1,4})?$"
)
_SUM = re.compile(
    r"^(?:[^，,。；;：:\n]{0,8})[，,；;。]?(?:以上|全年|[两三四五]年|收入|支出|资金)?(?:[两二三四五六七八九十\d]+[项者类个]?[一-龥]{0,6}|[一-龥]{1,6}[与和及][一-龥]{1,6})?(?:合计|总计|共计)"
    r"(?:[一-龥]{0,6})?[：:]?$"
)
_SUM_NAMED = re.compile("^[^，,。；;]{0,4}[，,；;]([一-龥]{2,10}?)(?:合计|总计|共计|总数|总量|总额)(?:为|达)?$")
_NOW = re.compile("^[^，,。；;]{0,4}[，,；;](?:今年|本年度?|当年|年内)(?:共|已|又|新)?([一-龥]{2})[^，,。；;]{0,8}$")
_YEAR = re.compile("^[^，,。；;]{0,4}[，,；;]全年(?:累计|共|总)?(?:完成|实现)?([一-龥]{2})[^，,。；;]{0,8}$")
_IN_YEAR = re.compile("季度|半年|月份?")
_BARE = re.compile("[，,]共计?")
_COUNTED = re.compile(r"^[两二三四五六七八九十\d]+[项类者个家村镇乡户组]$")
_AT_ONCE = re.compile(r"[一-龥]{0,2}(?:合计|总计|共计)[一-龥]{0,4}[：:]?")
_MORE = re.compile(r"等(?![奖级次])|其中|每|平均|以上|累计|近|约|占")
_LIST = re.compile(r"^[^。！？\n；;：:（(]{0,24}$")


class Lists(Sums):
    """Checks of lists."""

    def of(self, amounts: Amounts, at: int) -> Iterator[Check] | None:
        """The check of a list that a number ends or begins; None where it does neither."""
        gap = amounts.gaps[at]
        if at > 1 and ("计" in gap or "总" in gap or "共" in gap):
            named = _SUM_NAMED.match(gap)
            if _SUM.match(gap) or (named and named[1][-2:] in amounts.label(at - 1)):
                return self._list(amounts, at)
            if _ALL.match(gap):
                return self._list(amounts, at, parted_only=True)
        if not at:
            return None
        before = amounts.gaps[at - 1]
        if _APART.match(gap):
            return self._apart(amounts, at)
        if "其余" in gap and REST.match(amounts.label(at)) and "其中" not in before:
            return self._rest(amounts, at)
        if ("累计" in before and _NOW.match(gap)) or ("全年" in gap and _IN_YEAR.search(before)):
            return self._since(amounts, at)
        return None

    def _rest(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """排查326处，已整改298处，其余38处: the first of the three is the sum of the others."""
        part, total = at - 1, at - 2
        if total < 0 or amounts.apart(total, at) or not all(amounts.alike(at, n) for n in (part, total)):
            return
        if not all(self.adds_up(amounts, n) for n in (total, part, at)) or "其中" in amounts.gaps[total]:
            return
        if not re.match("^[^；;：:]{0,12}[，,][^；;：:，,]{0,12}$", amounts.gaps[part]) or "计" in amounts.gaps[total]:
            return
        before = total - 1
        if before >= 0 and amounts.alike(before, at) and not amounts.apart(before, at):
            return
        yield from self.summed(amounts, (part, at), total, whole=True, said="")

    def _since(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """累计发放2460万元，今年发放820万元; 四季度营业额4860万元，全年营业额1.62亿元: one has the other in it."""
        other, now, year = at - 1, _NOW.match(amounts.gaps[at]), _YEAR.match(amounts.gaps[at])
        said = now or year
        if (
            said is None
            or said[1] not in amounts.gaps[other]
            or not amounts.alike(other, at)
            or amounts.apart(other, at)
        ):
            return
        if self.adds_up(amounts, other) and self.adds_up(amounts, at):
            yield from self.single(amounts, at, other) if now else self.single(amounts, other, at)

    def _apart(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """A total and, told so, all its parts to the end of the sentence."""
        total = at - 1
        while total >= 0 and (amounts.ratio(total) or amounts.step(total)):
            total -= 1
        if total < 0 or not amounts.alike(total, at) or "\n" in amounts.text[amounts.ends[total] : amounts.starts[at]]:
            return
        parts = [at]
        while parts[-1] + 1 < len(amounts) and _LIST.match(amounts.gaps[parts[-1] + 1]):
            parts.append(parts[-1] + 1)
        if len(parts) < 2 or not all(amounts.alike(n, total) and self.adds_up(amounts, n) for n in (total, *parts)):
            return
        together = reduce(Bounds.__add__, map(amounts.bounds, parts))
        if together.near(amounts.bounds(total)) and not _MORE.search(
            amounts.text[amounts.ends[total] : amounts.ends[parts[-1]] + 2]
        ):
            yield from self.summed(amounts, parts, total, whole=True, said="")

    def _list(self, amounts: Amounts, at: int, *, parted_only: bool = False) -> Iterator[Check]:
        """A list that ends in its own sum: 甲村3件、乙村2件，合计5件."""
        if not self.adds_up(amounts, at):
            return
        items: list[int] = []
        last = at - 2 if _COUNTED.match(amounts.written(at - 1)) and _AT_ONCE.fullmatch(amounts.gaps[at]) else at - 1
        for before in range(last, max(at - 30, -1), -1):
            if (
                not amounts.alike(before, at)
                or not self.adds_up(amounts, before)
                or amounts.metrics[before].change != "level"
            ):
                break
            items.insert(0, before)
            if not _LIST.match(amounts.gaps[before]):
                break
        if len(items) < 2:
            return
        sums = [(start, reduce(Bounds.__add__, map(amounts.bounds, items[start:]))) for start in range(len(items) - 1)]
        of_total = amounts.bounds(at)
        fit = next((start for start, value in sums if value.meets(of_total)), None)
        between = amounts.text[amounts.starts[items[0]] : amounts.starts[at]].removesuffix("累计")
        if fit is None:
            lead = amounts.gaps[items[0]][-20:]
            labels = [self.label(amounts, item) for item in items]
            parted = next((n for n in range(len(items) - 1) if self.contrasts.parted(labels[n:])), None)
            if _MORE.search(between) or self.unread(amounts, items[0], items[-1]):
                return
            if parted is None and ("分别" in lead or _BARE.fullmatch(amounts.gaps[at])):
                parted = 0
            if parted is None and (parted_only or _MORE.search(lead)):
                return
            fit = parted or 0
        if not sums[fit][1].near(of_total):
            return
        said = re.search("合计|总计|共计?|累计|总[数量额]", amounts.gaps[at])
        of_items = sums[fit][1]
        sign = "=" if of_items.meets(of_total) else "<" if of_items.high < of_total.low else ">"
        detail = f"{addition(amounts, items[fit:])} {sign} {said[0] if said else ''}{amounts.written(at)}"
        yield made(amounts, (at, *items[fit:]), "sum_of_list", sign == "=", detail)
