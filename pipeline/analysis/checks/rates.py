"""Rates against the two numbers that they are reckoned from: 办结率, 完成任务的, 占总数50个的."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.analysis.checks.amounts import Amounts, Bounds
from pipeline.analysis.checks.wording import made, number
from pipeline.records import Check

_RATE = re.compile(r"([一-龥]{2,12}?)(?:率|进度|比例)(?:已|均|也)?(?:为|是|达到?|约|超过?)?$")
_OF = re.compile("^[）)]?的$")
_TO_OF = re.compile(r"(?:占|完成|相当于|达到?|为|是)[^，,。；;：:\n]{0,14}$")
_PLANNED = re.compile("计划|任务|目标|预算|指标|应[到参收交缴付整改]|额定|核定")
_OF_PLAN = re.compile(
    r"(?:完成|占|为|达到?)[^，,。；;：:\n\d]{0,8}(?:计划|任务|目标|预算|指标)[数额]?的(?:比例为)?$|(?:完成率|完成比例)(?:为|达到?|是)?$"
)
_BEYOND = re.compile(r"(?:超额|超)(?:完成|计划|任务|目标|年度|全年|目标任务)*$")
_BREAK = re.compile("[；;]")
_FEWER = re.compile("[的了已所有]")
_SEVERAL = re.compile("分别|平均|以上|其他|累计")


class Rates:
    """Checks of rates."""

    def check(self, amounts: Amounts) -> Iterator[Check]:
        """A check for each percentage whose words name what it is reckoned from, in its own sentence."""
        for at in range(2, len(amounts)):
            if not amounts.percent(at) or not amounts.counts(at) or _SEVERAL.search(amounts.gaps[at]):
                continue
            before = [n for n in amounts.sentence(at) if amounts.counts(n) and not amounts.ratio(n)]
            beyond = _BEYOND.search(amounts.label(at)) is not None
            pairs = self._with_base(amounts, at, before)
            if not pairs and (beyond or _OF_PLAN.search(amounts.gaps[at])):
                pairs = self._planned(amounts, before)
            if not pairs and not beyond:
                pairs = self._named(amounts, at, before)
            if pairs:
                yield from self._held(amounts, at, before, pairs, beyond=beyond)

    @staticmethod
    def _with_base(amounts: Amounts, at: int, before: Sequence[int]) -> list[tuple[int, int]]:
        """占干部总数1030人的40%, 完成计划（3000人）的105%: the number straight before is the base."""
        base = at - 1
        if base not in before or not _OF.match(amounts.gaps[at]) or not _TO_OF.search(amounts.gaps[base]):
            return []
        part = next((n for n in reversed(before) if n < base and amounts.alike(n, base)), None)
        return [] if part is None else [(part, base)]

    @staticmethod
    def _planned(amounts: Amounts, before: Sequence[int]) -> list[tuple[int, int]]:
        """计划改造48个，完成42个，完成率: one of two numbers is the plan."""
        for base in reversed(before):
            if _PLANNED.search(amounts.gaps[base].rpartition("，")[2]) or amounts.tail(base).startswith(("的任务", "的目标", "的计划")):
                like = [n for n in before if n != base and amounts.alike(n, base) and not amounts.step(n)]
                return [(like[-1], base)] if len(like) == 1 else []
        return []

    def _named(self, amounts: Amounts, at: int, before: Sequence[int]) -> list[tuple[int, int]]:
        """排查1275起，调处1250起，调处率: the words of the rate stand with the number that it counts."""
        label = amounts.label(at)
        match = _RATE.search(label)
        if match is None or not before or amounts.metrics[at].change != "level":
            return []
        start = amounts.starts[before[0]] - len(amounts.gaps[before[0]])
        said = amounts.text[start : amounts.starts[at] - len(label)]
        named = _FEWER.sub("", match[1])
        if not all(sign in said for sign in named):
            return []
        part = next((n for n in reversed(before) if self._says(amounts, n, at, named[-2:])), None)
        return [] if part is None else self._bases(amounts, part, before)

    @staticmethod
    def _bases(amounts: Amounts, part: int, before: Sequence[int]) -> list[tuple[int, int]]:
        """A number with what it is a part of; none where that may be one of several."""
        like = [n for n in before if n != part and amounts.alike(n, part) and not amounts.step(n)]
        bases = [n for n in like if n < part and not _BREAK.search(amounts.text, amounts.ends[n], amounts.starts[part])]
        if not bases:
            bases = [n for n in like if n > part and _PLANNED.search(amounts.label(n))]
        sure = len(bases) == 1 or part - 1 in bases
        return [(part, bases[-1])] if bases and sure else []

    @staticmethod
    def _says(amounts: Amounts, part: int, at: int, stem: str) -> bool:
        """Whether the words of a rate stand in the clause of a number; 应到 and 实到 are those of 到会率."""
        last = re.split("[。！？；;\n]", amounts.gaps[part])[-1]
        behind = amounts.text[amounts.ends[part] : amounts.starts[part + 1]]
        if part + 1 == at:
            behind = behind[: max(behind.rfind(mark) for mark in "，,、；;（(：:") + 1]
        elif "，" in behind:
            behind = behind.partition("，")[0]
        return stem in last + "\n" + behind or (last.rpartition("，")[2].startswith("实") and stem[0] in last)

    @staticmethod
    def _held(
        amounts: Amounts, at: int, before: Sequence[int], pairs: Sequence[tuple[int, int]], *, beyond: bool
    ) -> Iterator[Check]:
        """The check of a rate with the two numbers that it fits, if any of its sentence do, else with the nearest."""
        said = amounts.bounds(at).times(0.01)
        if beyond:
            said = Bounds(said.low + 1, said.high + 1)
        others = [(p, b) for p in before for b in before if p != b and amounts.alike(p, b) and amounts.value(b)]
        fits = (
            pair for pair in (*pairs, *others) if amounts.bounds(pair[0]).over(amounts.bounds(pair[1])).meets(said)
        )
        part, base = next(fits, pairs[0])
        ratio = amounts.bounds(part).over(amounts.bounds(base))
        holds = ratio.meets(said)
        if not holds and not ratio.near(said):
            return
        percent = 100 * (amounts.value(part) / amounts.value(base) - beyond) if amounts.value(base) else 0.0
        sign = "=" if holds else "≠"
        label = re.sub(r"^.*[，,；;：:。\n]", "", amounts.gaps[at])[-8:]
        minus = "−1" if beyond else ""
        detail = f"{amounts.written(part)}/{amounts.written(base)}{minus}={number(round(percent, 2))}% {sign} {label}{amounts.written(at)}"
        yield made(amounts, (base, part, at), "rate_of_parts", holds, detail)
