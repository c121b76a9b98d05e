"""Parts against their total: 其中, …中 and brackets, and parts that follow their total without such words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import takewhile

from pipeline.analysis.checks.amounts import Amounts, Bounds
from pipeline.analysis.checks.contrasts import Contrasts, Words
from pipeline.analysis.checks.lists import Lists
from pipeline.analysis.checks.sums import REST, Sums
from pipeline.records import Check

_INTO = re.compile(r"(?:其中|当中)[：:，,]?[^，,。；;！？\n]{0,20}$")
_OF_THESE = re.compile(
    r"^[一-龥（）()、]{0,10}中(?:[，,]|还有|仍有|已有|有)[^，,。；;]{0,24}$|^[一-龥（）()、]{1,10}(?:已有|仍有|只有|仅有)[一-龥]{0,2}$"
)
"""645个问题中，完成整改619个: the total stands straight before."""
_BRACKET = re.compile(r"^[一-龥]{0,8}[（(][^）)，,。；\n]{0,10}$")
_ENDS = re.compile(r"[。！？\n]|[共总]计|合计|累计|全[年市县区乡镇村省校]|其中|同比|[（(]|其他方面")
_ROW = re.compile(r"^[一-龥]{0,3}(?P<mark>[、，,])(?![已共另还全])[^，,。；;：:、\n（(]{1,16}$")
_NAMED_AMONG = re.compile("^[^，,。；;]{0,4}[，,；;。]([一-龥]{2,8})中[^，,。；;其]{1,16}$")
_NEXT = re.compile("^[一-龥]{0,4}、[^，,。；;]{0,14}$")
_VERB = re.compile("(?:达到?|完成|实现|为|约|共?有|共|总数)+$")
_LISTED_BY = re.compile("[、，,；;]")
"""Marks between the members of a list; where they differ, some are counted apart: 集体提案9件，经济类41件、其他12件."""
_NESTED = re.compile("^[这该此]|以[上下内]|[比较多少]|[前后]者|[不未]足|超过")
_ALTOGETHER = re.compile("(?:[共总]|现有)[一-龥]{0,2}$")
_GROWN = re.compile("(?:到|至|为)$")
_NAMED = 4
"""Characters of a name after which 其中 speaks of the number just named, whatever stood before."""
_SHORT = 8
"""Characters of the name of a part that follows its total without 其中."""
_FLOOR = re.compile(r"(?:突破|超过?|均|都|各|跨[过越])$")


class Parts(Sums):
    """Checks of parts."""

    def __init__(self, contrasts: Contrasts, words: Words) -> None:
        super().__init__(contrasts, words)
        self._lists = Lists(contrasts, words)

    def check(self, amounts: Amounts) -> Iterator[Check]:
        """A check for each total whose parts the text tells."""
        for at in range(len(amounts)):
            listed = self._lists.of(amounts, at)
            yield from self._of(amounts, at) if listed is None else listed

    def _of(self, amounts: Amounts, at: int) -> Iterable[Check]:
        """The check of the total that a number is the first part of."""
        gap = amounts.gaps[at]
        if at and ("中" in gap or "有" in gap) and (_OF_THESE.match(gap) or self._of_named(amounts, at)):
            return self._among(amounts, at, straight=True)
        if at and "中" in gap and _INTO.search(gap):
            return self._among(amounts, at)
        if at and ("（" in gap or "(" in gap) and _BRACKET.match(gap):
            return self._among(amounts, at, bracket=True)
        if (at and amounts.alike(at - 1, at)) or "第一产业" in gap:
            return self._straight(amounts, at)
        return ()

    @staticmethod
    def _of_named(amounts: Amounts, at: int) -> bool:
        """先进个人46名，先进个人中一线职工35名: 中 behind the name of the number before."""
        named = _NAMED_AMONG.match(amounts.gaps[at])
        return named is not None and amounts.label(at - 1).endswith(named[1])

    def _total(self, amounts: Amounts, at: int) -> int | None:
        """The nearest number before a list that may be its total; None where there is none or it is not certain."""
        for before in range(at - 1, max(at - 7, -1), -1):
            if amounts.apart(before, at) and not self._opens_a_sentence(amounts, before, at):
                return None
            if amounts.alike(before, at) and not amounts.step(before) and self.adds_up(amounts, before):
                same = self._of_one_name(amounts, before, at)
                before = before if same is None else same
                return None if _FLOOR.search(amounts.gaps[before]) else before
        return None

    @staticmethod
    def _of_one_name(amounts: Amounts, nearest: int, at: int) -> int | None:
        """存栏26.5万头、出栏38.2万头，其中规模养殖场出栏: of several numbers the one that ends in the words of the part."""
        word = _VERB.sub("", amounts.label(at))[-2:]
        before = [n for n in amounts.sentence(nearest + 1) if amounts.alike(n, at)]
        before = [n for n in before if "其中" not in amounts.gaps[n]]
        like = [n for n in before if _VERB.sub("", amounts.label(n))[-2:] == word]
        like = like or [n for n in before if amounts.tail(n)[-2:] == word]  # 62个本科专业，覆盖7个门类，其中一流专业
        return like[0] if len(word) == 2 and len(like) == 1 else None

    @staticmethod
    def _opens_a_sentence(amounts: Amounts, before: int, at: int) -> bool:
        """Whether nothing but the sentence end before 其中 parts two numbers."""
        between = amounts.text[amounts.ends[before] : amounts.starts[at]]
        head, _, tail = between.rpartition("其中")
        return "。" not in tail and "\n" not in between and head.count("。") == 1 and head.endswith("。")

    def _among(self, amounts: Amounts, at: int, *, straight: bool = False, bracket: bool = False) -> Iterator[Check]:
        """其中, …中 and brackets."""
        total = self._total(amounts, at)
        if total is None or not self.adds_up(amounts, at):
            return
        if (bracket or straight) and total != at - 1:
            return
        parts = self._listed(amounts, at, total, bracket=bracket)
        labels = [self.label(amounts, part) for part in parts]
        rest = bool(REST.match(amounts.label(parts[-1]))) and len(parts) > 1
        named = labels[:-1] if rest else labels
        parted = self.contrasts.parted(named)
        whole = rest or (parted is not None and parted.whole and not self._goes_on(amounts, parts[-1]))
        if bracket and not whole:
            return
        largest = max([at, *self._parallel(amounts, at, total)], key=amounts.value)
        certain = (
            straight
            or self._just_named(amounts, at, total)
            or self._of_one_name(amounts, total, at) == total
            or not self._larger_before(amounts, largest, total)
        )
        if amounts.bounds(largest).low > amounts.bounds(total).high and largest not in parts and certain:
            yield from self.single(amounts, largest, total)
        elif certain and (row := self._too_many(amounts, parts, total)):
            yield from self.summed(amounts, row, total, whole=False, said="其中")
        elif len(parts) > 1 and (parted is not None or rest):
            yield from self.summed(amounts, parts, total, whole=whole, said="" if bracket else "其中")
        elif certain:
            yield from self.single(amounts, largest, total)

    def _listed(self, amounts: Amounts, at: int, total: int, *, bracket: bool) -> list[int]:
        """The parts that a list goes on to after its first."""
        parts = [at]
        if with_rest := self._up_to_rest(amounts, at, total):
            return with_rest
        for place in range(at + 1, min(at + 24, len(amounts))):
            gap = amounts.gaps[place]
            if _ENDS.search(gap) or ("）" in gap and bracket):
                break
            if not amounts.alike(place, total):
                continue
            if not self.adds_up(amounts, place):
                break
            labels = [self.label(amounts, part) for part in (*parts, place)]
            parted = self.contrasts.parted(labels)
            if parted is None:
                break
            across = "；" in amounts.text[amounts.ends[parts[-1]] : amounts.starts[place]]
            if across and labels[0][-1:] != labels[-1][-1:] and not self.contrasts.exhausts(parted.row):
                break
            parts.append(place)
        return parts

    @staticmethod
    def _goes_on(amounts: Amounts, last: int) -> bool:
        """Whether a list has more members than those that part the whole: 专职…、兼职…、公职."""
        after = last + 1
        return after < len(amounts) and amounts.alike(last, after) and _NEXT.match(amounts.gaps[after]) is not None

    def _up_to_rest(self, amounts: Amounts, at: int, total: int) -> list[int]:
        """The parts of a list that 其余 ends: nothing in it is counted twice; none where no 其余 is near."""
        marks = set[str]()
        for place in range(at, min(at + 8, len(amounts))):
            gap = amounts.gaps[place]
            if place > at and (_ENDS.search(gap) or not amounts.alike(place, total)):
                return []
            marks.update(_LISTED_BY.findall(gap[:4]) if place > at else ())
            if REST.match(amounts.label(place)):
                return [*range(at, place + 1)] if len(marks) < 2 or place < at + 2 else []
        return []

    def _parallel(self, amounts: Amounts, at: int, total: int) -> list[int]:
        """Numbers that are said of parts too: listed after 、, or in the words of the first: 国税部门完成, 地税部门完成."""
        found, words, listed = [], amounts.label(at)[-2:], True
        for place in range(at + 1, min(at + 12, len(amounts))):
            gap = amounts.gaps[place]
            if _ENDS.search(gap) or "；" in gap:
                break
            listed = listed and _NEXT.match(gap) is not None
            if amounts.alike(place, total) and self.adds_up(amounts, place):
                label = amounts.label(place)
                if (
                    listed
                    or label[-2:] == words != ""
                    or words[-1:] == label[-1:] == "的"
                    or self.words.any("attribute", label)
                ):
                    found.append(place)
        return found

    def _too_many(self, amounts: Amounts, parts: Sequence[int], total: int) -> list[int]:
        """A list of three and more numbers with one mark between them, none above the total but all together; else none."""
        at = parts[0]
        row, marks = [at], set[str]()
        for place in range(at + 1, min(at + 24, len(amounts))):
            match = _ROW.match(amounts.gaps[place])
            if match is None or not amounts.alike(place, total) or not self.adds_up(amounts, place):
                break
            row.append(place)
            marks.add(match["mark"])
        labels = [self.label(amounts, n) for n in row]
        if (
            self.words.any("attribute", *labels)
            or self.words.any("overlap", *labels)
            or len(set(labels)) < len(row)
            or len(marks) > 1
        ):
            return []
        if len(row) == 2 and any(n != total and amounts.alike(n, at) for n in amounts.sentence(at)):
            return []  # 小学42所、初中12所，其中: of both
        if any(map(_NESTED.search, labels)) or any(amounts.value(n) > amounts.value(total) for n in row):
            return []
        together = reduce(Bounds.__add__, map(amounts.bounds, row))
        return row if len(row) > max(1, len(parts)) and together.low > amounts.bounds(total).high else []

    def _just_named(self, amounts: Amounts, at: int, total: int) -> bool:
        """Whether 其中 follows the total at once, and that has a name of its own, other than that of one beside it."""
        name = amounts.label(total)
        if total != at - 1 or not amounts.gaps[at].startswith(("，其中", "（其中", "、其中")):
            return False
        beside = amounts.label(total - 1) if total and amounts.alike(total - 1, total) else ""
        twins = len(beside) == len(name) or self.contrasts.parted([beside, name]) is not None
        return len(name) >= _NAMED or (len(name) > 1 and not twins and not amounts.gaps[total].startswith(("、", "和")))

    def _larger_before(self, amounts: Amounts, at: int, total: int) -> bool:
        """Whether the numbers before the nearest may be the total, alone or together with it."""
        together = amounts.bounds(total)
        for before in range(total - 1, max(total - 8, -1), -1):
            if amounts.apart(before, total) or "；" in amounts.gaps[before + 1]:
                return False
            if amounts.alike(before, at) and not _GROWN.search(amounts.gaps[before + 1]):
                together += amounts.bounds(before)
                if together.high >= amounts.bounds(at).low:
                    return True
        return False

    def _straight(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """A total and, without 其中, its parts."""
        found = False
        for check in self._whole(amounts, at):
            found = True
            yield check
        if not found and at and self._owned(amounts, at - 1, at):
            yield from self.single(amounts, at, at - 1)

    def _owned(self, amounts: Amounts, total: int, at: int) -> bool:
        """Whether a part is named by a word before the name of its total: 委员共35名，女委员12名."""
        noun, named = amounts.label(total), amounts.label(at)
        if named[-2:] not in noun:
            return False
        bare = _VERB.sub("", noun)
        if bare[-2:] != named[-2:]:
            return False
        common = _shared_end(bare, named)
        return (
            1 < common < len(named) <= common + 4
            and (_ALTOGETHER.search(bare[:-common]) is not None or noun.endswith(("共", "总数")))
            and not named.startswith(("完成", "实现", "引进", "带动", "新增"))
            and self.contrasts.parted([noun, named]) is None
            and not amounts.apart(total, at)
            and not amounts.step(at)
            and self.adds_up(amounts, total)
            and self.adds_up(amounts, at)
            and re.match("^[^，,。；;]{0,6}[，,（(]", amounts.gaps[at]) is not None
        )

    def _whole(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """男 and 女, or the three sectors, straight after the number that they are the parts of."""
        label, following = self.label(amounts, at), at + 1
        if following == len(amounts) or len(label) > _SHORT or not self.contrasts.names(label):
            return
        if _ENDS.search(amounts.gaps[following]):
            return
        total = self._total(amounts, at)
        if total is None or amounts.apart(total, at) or not all(amounts.ratio(n) for n in range(total + 1, at)):
            return
        parts = self._listed(amounts, at, total, bracket=False)
        labels = [self.label(amounts, part) for part in parts]
        parted = self.contrasts.parted(labels)
        if parted is None or not all(len(label) <= _SHORT for label in labels):
            return
        own = self.contrasts.parted([*labels, self.label(amounts, total)])
        above = reduce(Bounds.__add__, map(amounts.bounds, parts)).low > amounts.bounds(total).high
        below = (
            len(parts) > 2 or max(map(amounts.value, parts)) <= amounts.value(total) or self._owned(amounts, total, at)
        )
        beside = amounts.gaps[at].startswith("、")  # 党总支5个、|直属党支部2个，教工党支部96个
        if parted.whole or (total == at - 1 and own is None and above and below and not beside):
            yield from self.summed(amounts, parts, total, whole=parted.whole, said="")


def _shared_end(one: str, other: str) -> int:
    """How many characters two phrases end in alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(other), strict=False)))
