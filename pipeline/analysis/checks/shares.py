"""Shares against their numbers: 12名，占25%; shares of one whole against 100; rates that cannot be above 100."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce

from pipeline.analysis.checks.amounts import LARGEST_SLIP, Amounts, Bounds
from pipeline.analysis.checks.contrasts import Contrasts, Parted, Words
from pipeline.analysis.checks.wording import made, number
from pipeline.records import Check

_SHARE = re.compile(
    r"^([^，,。；;：:！？\n]{0,8})[，,（(、\s]?占(?:比|到|了)?([^，,。；;\n]{0,14}?)(?:的)?(?:比例|比重)?(?:为|达到?|约|近|超)?$"
)
_OUTSIDE = re.compile(
    r"[全各本该](?:国|省|州|市|县|区|旗|乡|镇|村|校|院|局)|同期|规上|规模以上|生产总值|GDP|财政|收入|人口"
)
_COMMON = re.compile(r"[总全部数的人量额口]")
_STRUCTURE = re.compile(
    r"(?:结构|比例|比重|占比|构成)[^。；;\n\d]{0,14}(?P<all>\d{1,2}(?:\.\d+)?(?:[:：∶]\d{1,2}(?:\.\d+)?){2,3})(?![\d.:：∶])"
)
_NEXT = re.compile(
    r"[^。；;\n\d]{0,10}(?:到|至|为|成)[^。；;\n\d]{0,4}(?P<all>\d{1,2}(?:\.\d+)?(?:[:：∶]\d{1,2}(?:\.\d+)?){2,3})(?![\d.:：∶])"
)
_ALL_BEHIND = re.compile("^[，,（(][^，,。；;（(]{0,8}总[数量额]?(?:[人户]数)?(?:为|是|达)?$")
_VERB = re.compile("(?:为|达到?|完成|实现|是|约)+$")
_LISTED = re.compile("^[、和及与]")
_SPLIT = re.compile("[:：∶]")
_PLACE = re.compile("^(?:[全各本我][国省州市县区乡镇村校院局]|支部|总支|党委)?[共现]?有?")
_SOME = re.compile("^[不未]|的有?$")
_REACHES = re.compile("[增加减少升降高低大小展][到至为]")
_PART = re.compile(
    r"占(?:[^，,。；;]{0,8}(?:总|全|人口|面积|收入|支出)[^，,。；;]{0,6}|比重?)(?:的|为|达到?)*(?:比重|比例)?(?:为|达到?)?$"
)
_PLAN = re.compile("计划|任务|目标|预算(?!总?[收支])|指标|去年|上年|同期|定额|应")
_AMONG = re.compile(r"^[^，,。；;]{0,10}[，,；;。（(：:]?其中[：:，,]?[^，,。；;]{0,16}$")
_A_RATE = re.compile("[一-龥]率(?:已|均|也|又|就|分别)*(?:为|达到?|保持在|提高到|提升到|上升到|稳定在|约)*$")
_RESPECTIVE = re.compile("[^，,。；;]*分别占(?:比|总数的)?(?:为|达)?$")
_REST = re.compile("其[他它余]")
_NEVER_MORE = 100.0


class Shares:
    """Checks of shares."""

    def __init__(self, contrasts: Contrasts, words: Words) -> None:
        self._contrasts = contrasts
        self._words = words

    def check(self, amounts: Amounts) -> Iterator[Check]:
        """A check for each share beside its number, each list of shares that is whole, and each rate out of range."""
        last: tuple[int, int] | None = None  # the total that the share before was reckoned from, and where it stood
        for at, gap in enumerate(amounts.gaps):
            if not amounts.percent(at) or not amounts.counts[at]:
                continue
            if "占" in gap:
                found = self._of_total(amounts, at, last)
                if found is not None:
                    total, check = found
                    last = (total, at)
                    yield check
                yield from self._whole(amounts, at)
                yield from self._respective(amounts, at)
            yield from self._range(amounts, at)
        yield from structures(amounts)

    def _of_total(self, amounts: Amounts, at: int, last: tuple[int, int] | None) -> tuple[int, Check] | None:
        """The share that the number before it is of a total before both."""
        match = _SHARE.match(amounts.gaps[at])
        part = at - 1
        if (
            match is None
            or "分别" in match[1]
            or part < 0
            or not amounts.counts[part]
            or amounts.metrics[part].change == "decrease"
        ):
            return None
        if amounts.ratio(part) or self._words.any("unlike", amounts.metrics[part].name):
            return None
        if part and _LISTED.match(amounts.gaps[part]) and amounts.alike(part - 1, part):
            return None  # 风电1420万千瓦、光伏1580万千瓦，占41%: of both together
        said = amounts.bounds(at).times(0.01)
        totals = self._totals(amounts, part)
        fit = next((t for t in totals if amounts.bounds(part).over(amounts.bounds(t)).meets(said)), None)
        if _OUTSIDE.search(match[2]):
            fit = self._exact(amounts, part, match[2])
        elif fit is None:
            fit = self._certain(amounts, at, part, totals, match[2], last)
        if fit is None or not amounts.value(fit):
            return None
        if not match[2] and _of_plan(amounts, at) and not amounts.bounds(part).over(amounts.bounds(fit)).meets(said):
            return None
        share = amounts.bounds(part).over(amounts.bounds(fit))
        holds = share.meets(said)
        if share.low > LARGEST_SLIP:
            return None
        if not holds and self._of_one_whole(amounts, fit, part, at):
            return None
        reckoned = number(round(100 * amounts.value(part) / amounts.value(fit), 2))
        sign = "=" if holds else "≠"
        detail = f"{amounts.written(part)}/{amounts.written(fit)}={reckoned}% {sign} 占{amounts.written(at)}"
        return fit, made(amounts, (fit, part, at), "share_of_total", holds, detail)

    @staticmethod
    def _of_one_whole(amounts: Amounts, other: int, part: int, at: int) -> bool:
        """Whether what may be the total is told with its own share of what the part is one of: 241件，占64%，…118件，占31%."""
        share = other + 1
        if share >= part or not _SHARE.match(amounts.gaps[share]):
            return False
        whole = amounts.bounds(part).over(amounts.bounds(at))
        return whole.meets(amounts.bounds(other).over(amounts.bounds(share)))

    @staticmethod
    def _totals(amounts: Amounts, part: int) -> list[int]:
        """Numbers before a part that it may be a part of, the nearest first."""
        return [
            before
            for before in range(part - 1, max(part - 9, -1), -1)
            if amounts.alike(before, part)
            and amounts.counts[before]
            and not amounts.step(before)
            and "\n" not in amounts.text[amounts.ends[before] : amounts.starts[part]]
        ]

    @staticmethod
    def _exact(amounts: Amounts, part: int, of: str) -> int | None:
        """占一般公共预算收入的65%，一般公共预算收入完成21亿元: the one number near by that is named so, before or behind."""
        if len(of) < 3:
            return None
        period = amounts.metrics[part].period
        named = [
            n
            for n in range(max(part - 8, 0), min(part + 6, len(amounts)))
            if n != part
            and amounts.alike(n, part)
            and amounts.counts[n]
            and not amounts.step(n)
            and "新增" not in amounts.label(n)
            and amounts.metrics[n].period == period
            and (amounts.metrics[n].name == of or _VERB.sub("", amounts.label(n)).endswith(of))
        ]
        return named[0] if len(named) == 1 else None

    def _certain(
        self, amounts: Amounts, at: int, part: int, totals: list[int], of: str, last: tuple[int, int] | None
    ) -> int | None:
        """The total of a share that fits none, where the text leaves no doubt about it; else None."""
        exact = self._exact(amounts, part, of)
        if exact is not None:
            return exact
        of = _COMMON.sub("", of)
        if of and of != amounts.metrics[part].quantity.unit:  # 占党员总数的25%: the total is the number of 党员
            named = [t for t in totals if self._is_of(of, amounts, t)]
            if not named:
                named = [t for t in totals if of[-2:] in (amounts.label(t)[-2:], amounts.metrics[t].name[-2:])]
            return named[0] if len(named) == 1 and not amounts.apart(named[0], part) else None
        if at + 1 < len(amounts) and amounts.alike(at + 1, part) and _ALL_BEHIND.match(amounts.gaps[at + 1]):
            return at + 1  # 一线职工28名，占40%，劳模总数70名
        if last is not None and at - last[1] == 2 and amounts.alike(last[0], part) and not amounts.apart(last[1], at):
            between = amounts.text[amounts.ends[last[1]] : amounts.starts[part]]
            return last[0] if "其中" not in between and "共" not in between and "计" not in between else None
        total = totals[0] if totals else part
        owners = [t for t in totals if not amounts.apart(t, part) and self._owns(amounts, t, part)]
        if owners:
            return max(owners, key=amounts.value)
        if total == part or not all(amounts.ratio(n) or amounts.step(n) for n in range(total + 1, part)):
            return None
        if len(totals) > 1 and not amounts.apart(totals[1], total) and not _REACHES.search(amounts.gaps[total]):
            return None  # 男3200人，女2800人，其中农民工1900人: of both together
        gap = amounts.gaps[part]
        if "其中" in gap:
            told = _AMONG.match(gap) if total == part - 1 else not re.search("[。！？]", gap.partition("其中")[2])
            return total if told else None
        if total == part - 1 == amounts.sentence(part).start and amounts.value(part) <= amounts.value(total) and not of:
            return total
        if _SOME.search(amounts.label(part)):  # 检查420家，不合格21家; 干部120名，大专以上学历的有66名
            return total if not amounts.apart(total, part) else None
        return None

    @staticmethod
    def _owns(amounts: Amounts, total: int, part: int) -> bool:
        """Whether a part is named after its total: 党员486名，女党员97名."""
        noun = _PLACE.sub("", amounts.label(total) or amounts.tail(total))
        named = amounts.label(part) or amounts.tail(part)
        return len(noun) > 1 and named.endswith(noun) and named != noun

    @staticmethod
    def _is_of(of: str, amounts: Amounts, total: int) -> bool:
        """Whether a number is the one of which the words behind 占 speak."""
        said = (amounts.metrics[total].name, amounts.label(total), amounts.tail(total))
        bare = _PLACE.sub("", said[1])
        return any(of in phrase for phrase in said) or (len(bare) > 1 and bare in of)

    def _whole(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """A list of shares, 男性占52%、女性占48%, where its last one ends it."""
        if any("占" in amounts.gaps[n] and not amounts.apart(at, n) for n in range(at + 1, min(at + 4, len(amounts)))):
            return
        shares = [at]
        for before in range(at - 1, max(at - 12, -1), -1):
            if amounts.apart(before, shares[0]) or "占" not in amounts.gaps[shares[0]]:
                break
            if amounts.percent(before) and "占" in amounts.gaps[before]:
                if not amounts.counts[before]:
                    return
                shares.insert(0, before)
        labels = [self._owner(amounts, share) for share in shares]
        for first in range(len(shares) - 1):
            parted = self._contrasts.parted(labels[first:])
            if parted is None and first == 0 and _REST.match(labels[-1]) and "其中" not in amounts.gaps[shares[0]]:
                parted = Parted("rest", whole=True)  # 教育占32%，其他占24%
            if parted is None and first == 0 and self._several(amounts, shares, labels):
                parted = Parted("several", whole=False)
            if parted is None:
                continue
            if any(_OUTSIDE.search(amounts.gaps[s].rpartition("占")[2]) for s in shares[first:]):
                return
            if _of_plan(amounts, shares[-1]):
                return
            values = [amounts.bounds(s) for s in shares[first:]]
            least = 100 if parted.whole else 0
            holds = Bounds(sum(v.low for v in values), sum(v.high for v in values)).meets(Bounds(least, 100))
            if (holds and not parted.whole) or not 50 <= sum(map(amounts.value, shares[first:])) <= 200:
                continue
            total = number(round(sum(map(amounts.value, shares[first:])), 4))
            said = "+".join(map(amounts.written, shares[first:]))
            detail = f"{said}={total}% {'=' if holds else '≠' if parted.whole else '>'} 100%"
            yield made(amounts, shares[first:], "shares_of_whole", holds, detail)
            return

    @staticmethod
    def _respective(amounts: Amounts, at: int) -> Iterator[Check]:
        """教育、卫生、其他各项分别占28%、16%和56%."""
        match = _RESPECTIVE.search(amounts.gaps[at])
        shares = [at]
        while shares[-1] + 1 < len(amounts) and amounts.gaps[shares[-1] + 1] in ("、", "，", "和", "与", "及"):
            shares.append(shares[-1] + 1)
        if match is None or len(shares) < 2 or not all(amounts.percent(n) and amounts.counts[n] for n in shares):
            return
        total = reduce(Bounds.__add__, map(amounts.bounds, shares))
        whole = _REST.search(match[0]) is not None
        if not 50 <= total.low <= 200 or not (whole or len(shares) > 2):
            return
        holds = total.meets(Bounds(100 if whole else 0, 100))
        said, value = "+".join(map(amounts.written, shares)), number(round(sum(map(amounts.value, shares)), 4))
        if whole or not holds:
            detail = f"{said}={value}% {'=' if holds else '≠' if whole else '>'} 100%"
            yield made(amounts, shares, "shares_of_whole", holds, detail)

    def _several(self, amounts: Amounts, shares: Sequence[int], labels: Sequence[str]) -> bool:
        """Whether three or more shares follow each other, none of them of what some are like."""
        straight = all(re.match("^[、，,；;]", amounts.gaps[n]) for n in shares[1:])
        apart = shares[-1] - shares[0] == len(shares) - 1 and len(set(labels)) == len(labels) > 2
        return (
            straight
            and apart
            and not any(self._words.any(kind, *labels) for kind in ("attribute", "overlap"))
            and all(labels)
        )

    @staticmethod
    def _owner(amounts: Amounts, at: int) -> str:
        """What a share is the share of: the words before 占, or before the number that it goes with."""
        head = amounts.gaps[at].rpartition("占")[0]
        clause = re.split(r"[，,；;、：:。\n]", head)[-1].strip("（( ")
        if clause:
            return clause
        return amounts.label(at - 1) or amounts.tail(at - 1) if at else ""

    def _range(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """A share or a rate above 100 %, a fall below nothing; of several told together each is named before the first."""
        metric = amounts.metrics[at]
        if amounts.value(at) <= _NEVER_MORE:
            return
        label = amounts.label(at)
        if (
            at
            and amounts.gaps[at] in ("和", "、", "与", "，", "及")
            and amounts.percent(at - 1)
            and "分别" in amounts.gaps[at - 1]
        ):
            label = amounts.label(at - 1)
        once = not at or "人次" not in amounts.written(at - 1)  # who came twice is counted twice
        if metric.change == "level" and once and _PART.search(label) and not _PLAN.search(label):
            what = "占"
        elif metric.change == "level" and once and self._bounded(label):
            what = label[-10:]
        elif metric.change == "decrease" and not self._words.any("gauge", label, metric.name):
            what = "下降"
        else:
            return
        yield made(amounts, (at,), "percent_range", False, f"{what}{amounts.written(at)} > 100%")

    def _bounded(self, label: str) -> bool:
        """Whether a rate cannot be above 100 %: most of what is called 率."""
        return self._words.ends("bounded", label) or (
            _A_RATE.search(label) is not None and not self._words.any("unbounded", label)
        )


def _of_plan(amounts: Amounts, at: int) -> bool:
    """Whether the last whole told of shares is a plan, each of its own: 占计划的72%。其中青龙镇3.2万亩、占|89%."""
    for n in range(at, max(at - 12, -1), -1):
        if n < at and "\n" in amounts.text[amounts.ends[n] : amounts.starts[n + 1]]:
            return False
        of = amounts.gaps[n].rpartition("占")[2] if "占" in amounts.gaps[n] else amounts.label(n)
        if amounts.percent(n) and _PLAN.search(of):
            return True
        if n < at and amounts.percent(n) and "占" in amounts.gaps[n] and len(of) > 1:
            return False
    return False


def structures(amounts: Amounts) -> Iterator[Check]:
    """Ratios of a whole, 三次产业结构为12.3∶45.6∶42.1, against 100."""
    text = amounts.text
    if not any(sign in text for sign in ("结构", "比例", "比重", "占比", "构成")):
        return
    for match in _STRUCTURE.finditer(text):
        found = match
        while found is not None:
            check = _structure(amounts, found.start("all"), found.end("all"))
            if check is not None:
                yield check
            following = _NEXT.match(text, found.end("all"))
            if following is None:
                break
            found = following


def _structure(amounts: Amounts, start: int, end: int) -> Check | None:
    """One ratio; None where its numbers are no percentages, 5∶3∶2."""
    written = _SPLIT.split(amounts.text[start:end])
    values = [float(part) for part in written]
    total, step = sum(values), max(10.0 ** -len(part.partition(".")[2]) for part in written)
    if not 70 <= total <= 130 or len(set(map(len, written))) > 2:
        return None
    holds = abs(total - 100) <= step * len(values) / 2 + 1e-9
    inside = [n for n, (a, b) in enumerate(zip(amounts.starts, amounts.ends, strict=True)) if start <= a and b <= end]
    detail = f"{'+'.join(written)}={number(round(total, 4))} {'=' if holds else '≠'} 100"
    return made(amounts, inside, "shares_of_whole", holds, detail)
