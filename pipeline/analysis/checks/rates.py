"""Rates against the two numbers that they are reckoned from: 办结率, 完成任务的, 占总数50个的."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pipeline.analysis.checks.amounts import Amounts, Bounds
from pipeline.analysis.checks.wording import made, number
from pipeline.records import Check

_TELLS = re.compile("[的）)超率度面例]")
"""A sign without which the words before a percentage tell nothing of what it is reckoned from: 比上年增长."""
_RATE = re.compile(r"([一-龥]{2,12}?)(?:率|进度|度|面|比例)(?:已|均|也)?(?:为|是|达到?|约|超过?)?$")
_OF = re.compile("^(?:[）)]?[一-龥]{0,6}的|[）)])$")
_TO_OF = re.compile(r"(?:占|超|完成|相当于|达到?|为|是)[^，,。；;：:\n]{0,14}$")
_PLANNED = re.compile("计划|任务|目标|预算|指标|应[到参收交缴付整改]|额定|核定")
_OF_PLAN = re.compile(
    r"(?:完成|占|为|达到?)[^，,。；;：:\n\d]{0,8}(?:计划|任务|目标|预算|指标)[数额]?的(?:比例为)?$|(?:完成率|完成比例)(?:为|达到?|是)?$"
)
_BEYOND = re.compile(r"(?:超额|超)(?:完成|计划|任务|目标|年度|全年|目标任务)*$")
_PLAN_BEHIND = re.compile("^[（(，,](?:其中)?[^，,。；;（(]{0,8}(?:预算|计划|任务|目标)数?(?:为|是)?$")
_DUE_BEHIND = re.compile("^[（(，,](?:(?P<due>应)|全[国省市县区乡镇村校])?(?P<of>[^，,。；;（(]{1,8}?)共?$")
_ALL = re.compile("[，,（(][^，,。；;]{0,10}[共总]数?$")
_NOT = re.compile("[不未非]")
_A_PLAN = re.compile("的?(?:年度|全年)?(?:任务|目标|计划)")
_BREAK = re.compile("[；;]")
_FEWER = re.compile("[的了已所有]")
_SEVERAL = re.compile("分别|平均|以上|其他|累计")


class Claim(NamedTuple):
    """What a percentage is of: a part over its base, that less the whole (超额), or the whole less that (合格 of 不合格)."""

    part: int
    base: int
    form: Literal["share", "beyond", "rest"] = "share"

    def of(self, ratio: Bounds) -> Bounds:
        """What is said of a ratio."""
        if self.form == "rest":
            return Bounds(1 - ratio.high, 1 - ratio.low)
        return Bounds(ratio.low - 1, ratio.high - 1) if self.form == "beyond" else ratio


class Rates:
    """Checks of rates."""

    def check(self, amounts: Amounts) -> Iterator[Check]:
        """A check for each percentage whose words name what it is reckoned from, in its own sentence."""
        for at in range(1, len(amounts)):
            times = amounts.metrics[at].dimension == "multiple"
            if not (amounts.percent(at) or times) or not amounts.counts[at]:
                continue
            if not _TELLS.search(amounts.gaps[at]) or _SEVERAL.search(amounts.gaps[at]):
                continue
            before = [n for n in amounts.sentence(at) if amounts.counts[n] and not amounts.ratio(n)]
            claim = _with_base(amounts, at, before)
            if claim is None and not times:
                if _BEYOND.search(amounts.label(at)) or _OF_PLAN.search(amounts.gaps[at]):
                    claim = _planned(amounts, at, before)
                claim = claim or _named(amounts, at, before)
            if claim is not None:
                yield from _held(amounts, at, before, claim)


def _with_base(amounts: Amounts, at: int, before: Sequence[int]) -> Claim | None:
    """占干部总数1030人的40%, 完成计划（3000人）的105%: the number straight before is the base."""
    base = at - 1
    if base not in before or not _OF.match(amounts.gaps[at]) or not _TO_OF.search(amounts.gaps[base]):
        return None
    part = next((n for n in reversed(before) if n < base and amounts.alike(n, base) and not amounts.step(n)), None)
    form: Literal["beyond", "share"] = "beyond" if "超" in amounts.label(base) else "share"
    return None if part is None else Claim(part, base, form)


def _planned(amounts: Amounts, at: int, before: Sequence[int]) -> Claim | None:
    """计划改造48个，完成42个，完成率; 目标35亿元，完成36.4亿元，超额: one of two numbers is the plan."""
    behind = [at + 1] if at + 1 < len(amounts) and _PLAN_BEHIND.match(amounts.gaps[at + 1]) else []
    before = [*before, *behind]
    for base in reversed(before):
        own = amounts.gaps[base].rpartition("，")[2]
        if _PLANNED.search(own) or _A_PLAN.match(amounts.tail(base)):
            like = [n for n in before if n != base and amounts.alike(n, base) and not amounts.step(n)]
            form: Literal["beyond", "share"] = "beyond" if _BEYOND.search(amounts.label(at)) else "share"
            return Claim(like[-1], base, form) if len(like) == 1 else None
    return None


def _named(amounts: Amounts, at: int, before: Sequence[int]) -> Claim | None:
    """排查1275起，调处1250起，调处率: the words of the rate stand with the number that it counts."""
    label = re.split("[，,、。；;：:（(\n]", amounts.gaps[at])[-1]
    match = _RATE.search(label)
    if match is None or not before or amounts.metrics[at].change != "level":
        return None
    start = amounts.starts[before[0]] - len(amounts.gaps[before[0]])
    said = amounts.text[start : amounts.starts[at] - len(label)] + "".join(amounts.gaps[at + 1 : at + 2])
    named = _FEWER.sub("", match[1])
    stem = named[-2:]
    if _NOT.search(stem):
        return None  # 批捕286人、不捕174人，不捕率: of both together
    part = None
    if all(sign in said for sign in named):
        part = next((n for n in reversed(before) if stem in _clause(amounts, n, at)), None)
    if part is None and before[-1] == at - 1 and len(named) == 2:
        own = re.split("[，,、]", _clause(amounts, at - 1, at).partition("\n")[0])[-1]
        part = at - 1 if any(sign in own for sign in stem) else None  # 审结8210件，结案率
    base = None if part is None else _base(amounts, part, before, sure=stem in _clause(amounts, part, at))
    if base is None and part == at - 1 and at + 1 < len(amounts) and amounts.alike(part, at + 1):
        behind = _DUE_BEHIND.match(amounts.gaps[at + 1])  # 签约38.4万人，常住人口签约率80%，常住人口48万人
        base = at + 1 if behind and (behind["due"] or behind["of"].endswith(named[:-2] or "—")) else None
    if part is None or base is None:
        return None
    surely = stem in _clause(amounts, part, at) or _PLANNED.search(amounts.label(base))
    if not surely and amounts.value(part) > amounts.value(base):
        return None  # 小学班342名，初中班518名，办班率: one sign alone tells little
    negated = re.search(f"[不未非无]{stem}", _clause(amounts, part, at)) and not _NOT.search(label)
    return Claim(part, base, "rest" if negated else "share")


def _clause(amounts: Amounts, part: int, at: int) -> str:
    """The words that a number stands in, those of the rate `at` left out."""
    behind = amounts.text[amounts.ends[part] : amounts.starts[part + 1]]
    if part + 1 == at:
        behind = behind[: max(behind.rfind(mark) for mark in "，,、；;（(：:") + 1]
    return re.split("[。！？；;\n]", amounts.gaps[part])[-1] + "\n" + behind.partition("，")[0]


def _base(amounts: Amounts, part: int, before: Sequence[int], *, sure: bool) -> int | None:
    """What a number is a part of; None where that may be one of several."""
    like = [n for n in before if n != part and amounts.alike(n, part) and not amounts.step(n)]
    bases = [n for n in like if n < part and not _BREAK.search(amounts.text, amounts.ends[n], amounts.starts[part])]
    if not bases:
        bases = [n for n in like if n > part and (_PLANNED.search(amounts.label(n)) or _ALL.search(amounts.gaps[n]))]
    if not bases and sure and len(like) == 1 and amounts.value(part) <= amounts.value(like[0]):
        return like[0]
    return bases[-1] if len(bases) == 1 or part - 1 in bases else None


def _held(amounts: Amounts, at: int, before: Sequence[int], claim: Claim) -> Iterator[Check]:
    """The check of a rate with the two numbers that it fits, if any of its sentence do, else with those it names."""
    said = amounts.bounds(at).times(0.01 if amounts.percent(at) else 1)
    others = [Claim(p, b, claim.form) for p in before for b in (*before, claim.base) if p != b and amounts.alike(p, b)]
    fits = (each for each in (claim, *others) if each.of(_ratio(amounts, each)).meets(said))
    claim = next(fits, claim)
    reckoned = claim.of(_ratio(amounts, claim))
    holds = reckoned.meets(said)
    if not amounts.value(claim.base) or not (holds or _ratio(amounts, claim).near(_inverse(said, claim))):
        return
    share = amounts.value(claim.part) / amounts.value(claim.base)
    value = claim.of(Bounds(share, share)).low
    shown = f"{number(round(100 * value, 2))}%" if amounts.percent(at) else f"{number(round(value, 2))}倍"
    before_it, behind_it = {"share": ("", ""), "beyond": ("", "−1"), "rest": ("1−", "")}[claim.form]
    label = re.sub(r"^.*[，,；;：:。\n]", "", amounts.gaps[at])[-8:]
    quotient = f"{before_it}{amounts.written(claim.part)}/{amounts.written(claim.base)}{behind_it}"
    detail = f"{quotient}={shown} {'=' if holds else '≠'} {label}{amounts.written(at)}"
    yield made(amounts, (claim.base, claim.part, at), "rate_of_parts", holds, detail)


def _ratio(amounts: Amounts, claim: Claim) -> Bounds:
    return amounts.bounds(claim.part, claim.base).over(amounts.bounds(claim.base, claim.part))


def _inverse(said: Bounds, claim: Claim) -> Bounds:
    """The ratio that would make a rate true."""
    if claim.form == "beyond":
        return Bounds(said.low + 1, said.high + 1)
    return claim.of(said)
