"""Which number is a part of which: 其中 chains, 60个村中 …, 84个班，高中54个、初中30个, and the numbers of a bracket."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from pipeline.metrics.comparisons.comparing import is_compared
from pipeline.metrics.page.numbers import COUNTS, Number, amount_in, holds, is_alike, is_bare, of_noun, of_other_time
from pipeline.metrics.parts.beside import BARE, are_beside, as_before
from pipeline.metrics.parts.part_words import PartWords
from pipeline.metrics.parts.some_of import LEFT, STARTED, are_such, has_some, of_these
from pipeline.metrics.parts.sums import SAME, complete

_AMONG = re.compile(
    "(?:[^，。；：、\n（]|（[^）]*）){0,20}?(?<![其集初高])[中里](?![小心央学药级型专等共程部外间途])(?:头|面|边|的)?(，)?[^，。；：、率\n]{0,24}$"
)
_NOUN_AMONG = re.compile(
    "(?:^|[，；：])(?P<noun>[^，。；：、\n0-9]{2,10}?)当?[中里](?![小心央学药级型专等共程部外间途])(?:头|面|边|的)?，?[^，。；：、率\n]{0,24}$"
)
_EXTREME = re.compile("最[高低大小多少长短早晚]的|^[高低多少]的")
_REACHED = re.compile("[^，。；、\n]{0,6}(?:增加|增长|提高|发展|扩大|减少|下降|压缩|降低|增|减|降|升)[到至为]$")
"""What a number is that is no part of those before it: the largest of them, what came of it."""
_GAP = re.compile("比[^，；]{1,12}[多少高低]")
_GREW = re.compile("[，（](?:同比|环比|[比较]|[净增减][增收产](?!长))[^，；（）]*$")
"""How a part changed: a list goes on behind it."""
_PLANNED = re.compile(
    "[，（(](?:占|为|完成|达到?)?(?:(?:年初|全年|调整后?|同级|本年)的?)?(?:预算|计划|任务|目标)[数额]?的?"
)
"""What stands before the plan that a part is measured against: a list goes on behind it."""
_WITHOUT = ("（不含", "（不包括", "（未含", "（除", "(不含")
"""What stands before a number that is no part of the one before."""
_INDUSTRY = re.compile("第[一二三]产业")
_HEAD = re.compile("(?:[。\n]其中|其中：)[^。；\n]*$")
_NEW_CLAUSE = re.compile("[，；]")
_MARKS = re.compile("[，。；：、\n（]")
_FARTHEST = 100
"""Among how many numbers before its list a total is looked for, so that the time of reading is linear in the text."""
_FILLED, _NEARLY = 1.02, 0.006
"""How far parts may go over their total, and how near they come to it that make it up: rounded, and as written."""
_MOSTLY, _SHORT = 0.85, 4
"""... and what share of it they make up that go on over a semicolon with a name of so many characters."""
_MOST = 12
"""How many numbers before a list are tried for what two of them make up."""


class _List(NamedTuple):
    """Parts that are being told."""

    opened: int  # the first of its numbers
    reach: int  # the first number that their total may be
    kind: Literal["named", "bracket", "within", "among", "has"]
    whole: int | None = None


def totals_of(text: str, numbers: Sequence[Number], words: PartWords) -> list[int | None]:
    """For each number of a paragraph the place of its total among them, or None."""
    return _Reader(text, numbers, words).read()


class _Reader:
    """Reads the numbers of a paragraph from left to right."""

    def __init__(self, text: str, numbers: Sequence[Number], words: PartWords) -> None:
        self.text, self.numbers, self.words = text, numbers, words
        self.parts: list[int | None] = []
        self.lists: list[_List] = []
        self.totals: set[int] = set()  # parts that may have parts of their own
        self.begins = self.above = 0  # the first number of the sentence, and of the one before
        ends = [max(0, numbers[0].start - 60), *(one.end for one in numbers[:-1])]
        self.gaps = [text[end : one.start] for end, one in zip(ends, numbers, strict=True)]
        self.apart = ["。" in gap or "\n" in gap or "！" in gap or "？" in gap for gap in self.gaps]  # a sentence ends

    def read(self) -> list[int | None]:
        """The total of each number."""
        for at, (gap, apart) in enumerate(zip(self.gaps, self.apart, strict=True)):
            self.above = self.begins
            if apart:
                self.begins, self.lists = at, []
            self.parts.append(self._part(at, gap[max(map(gap.rfind, "。！？\n")) + 1 :] if apart else gap, apart))
        complete(self.text, self.numbers, self.gaps, self.apart, self.parts, self.words)
        return self.parts

    def _part(self, at: int, gap: str, fresh: bool) -> int | None:
        """The total of a number, with the lists kept that are open at it."""
        if "）" in gap and gap.count("）") > gap.count("（"):
            while self.lists and self.lists[-1].kind != "bracket":
                self.lists.pop()
            self.lists = self.lists[:-1]
        if (opened := self._opened(at, gap, fresh)) is not None:
            told = self._last_told(at) if gap[:1] == "，" and opened.kind == "named" else None
            if told is not None:
                opened = opened._replace(whole=told)
            self.lists = [*self.lists, opened] if opened.kind == "bracket" or told is not None else [opened]
        elif self.lists and (self.numbers[at].moves or self.numbers[at].lone) and _GREW.match(gap):
            return None
        elif self.lists and _PLANNED.fullmatch(gap):
            return None
        elif self.lists and not self._goes_on(at, gap):
            self.lists.pop()
            if self.lists and self.lists[-1].kind != "bracket" and not self._goes_on(at, gap):
                self.lists = []
        if not self.lists:
            return None
        of = self.lists[-1]
        total = self._total(at, gap, of)
        if total is not None and of.kind not in ("named", "bracket"):
            self.totals.add(at)
        if total is not None and of.whole is None and not self.numbers[at].share:
            self.lists[-1] = of._replace(whole=total)
        return total

    def _opened(self, at: int, gap: str, fresh: bool) -> _List | None:
        """The list that begins with a number."""
        if gap.startswith(_WITHOUT):
            return None
        if self.words.opens.search(gap):
            bracket = gap[:1] in "（(" and not fresh
            return _List(at, self._reach(at) if fresh else self.begins, "bracket" if bracket else "named")
        if told := self._told_of(at, gap):
            return told
        if at == self.begins:
            return None
        one, last = self.numbers[at], self.numbers[at - 1]
        if gap[:1] in ("（", "(", "：") and "）" not in gap and not of_other_time(gap) and holds(last, one):
            return _List(at, at - 1, "named" if gap[0] == "：" else "bracket")
        if ("中" in gap or "里" in gap) and (match := _AMONG.match(gap)):
            whole = self._first_told(at - 1) if holds(last, one) else None
            return _List(at, self.begins, "within" if match[1] else "among", whole)
        if one.share:
            return None
        if has_some(gap) or of_noun(gap, last, one):
            return _List(at, self.begins, "has")
        if gap in LEFT:
            left = _List(at, self.begins, "has")
            return left if self._made_of(at, left) is not None else None
        if self.lists and self.lists[-1].kind == "named" and "；" not in gap:
            return None
        if of_these(self.text, last, one, gap):
            return _List(at, at - 1, "has", at - 1)
        if are_such(self.text, one, gap, self.words):
            return _List(at, self.begins, "has", self.lists[-1].whole if self.lists else None)
        return None if self.lists else self._opened_bare(at, gap)

    def _reach(self, at: int) -> int:
        """The first number of the sentence before, or of the one before that where the former has none that may be a total."""
        one, reach = self.numbers[at], self.above
        if reach and not one.share and not any(holds(other, one) for other in self.numbers[reach:at]):
            reach = next((n for n in range(reach - 1, max(0, reach - _MOST), -1) if self.apart[n]), 0)
        return reach

    def _last_told(self, at: int) -> int | None:
        """The part before, of a list still open, that a number may be a part of, over its own shares and changes."""
        of, last = self.lists[-1] if self.lists else None, at - 1
        while last > self.begins and (self.numbers[last].share or self.numbers[last].moves):
            last -= 1
        told = of is not None and of.kind == "named" and of.whole is not None and self.parts[last] == of.whole
        return last if told and holds(self.numbers[last], self.numbers[at]) else None

    def _told_of(self, at: int, gap: str) -> _List | None:
        """The list of what there is among those that an earlier number counts, by their noun: 党员64人；党员中，女党员19人."""
        if ("中" in gap or "里" in gap) and (match := _NOUN_AMONG.search(gap)):
            noun, one = match["noun"].replace("的", "").removeprefix("新"), self.numbers[at]
            if match.start() == match.start("noun") and at and holds(self.numbers[at - 1], one):
                return None  # 已投产的18家企业中，盈利的|11家
            for n in range(at - 1, max(0, at - _FARTHEST) - 1, -1):
                other = self.numbers[n]
                if (
                    is_alike(noun, other.name)
                    and not other.moves
                    and (holds(other, one) or (one.share and not other.share))
                ):
                    return _List(at, n, "within", self._first_told(n))
        return None

    def _opened_bare(self, at: int, gap: str) -> _List | None:
        """The list that begins with a number before which no word says so: a kind by its attribute."""
        one, last = self.numbers[at], self.numbers[at - 1]
        match = self.words.sort.fullmatch(gap)
        if not (match or self.words.rank.fullmatch(gap)) or one.dimension not in COUNTS or one.moves:
            return None
        before = self.text[max(0, last.start - 8) : last.start]
        alike = self.words.level.search(before) or (match and match["sort"] in before)
        if not holds(last, one) or (alike and "级以上" not in before):
            return None
        return _List(at, at - 1, "has", at - 1)

    def _first_told(self, at: int) -> int:
        """The number itself, or an equal one before it that it repeats: 支部26个…；26个支部中."""
        one = self.numbers[at]
        for n in range(max(0, at - _FARTHEST), at):
            other = self.numbers[n]
            if (other.value, other.unit, other.moves) == (one.value, one.unit, False):
                return n
        return at

    def _goes_on(self, at: int, gap: str) -> bool:
        """Whether the list goes on to a number; over a semicolon only where the parts make up their total."""
        of, one, last = self.lists[-1], self.numbers[at], self.numbers[at - 1]
        clause = gap[max(map(gap.rfind, "，；、")) + 1 :].lstrip()
        told = self.parts[at - 1] is not None
        if of.kind in ("among", "has"):
            if one.share:
                return of.whole is not None and "；" not in gap
            kind = self.words.quality.search(gap) is not None
            kind = kind and (gap[-1] != "的" or self.words.trait.match(gap) is not None)
            if (
                of.whole is not None
                and gap[:1] in ("、", "，")
                and (kind or len(gap) < 6)
                and holds(self.numbers[of.whole], one)
            ):
                return kind or gap[:1] == "、" or (of.kind == "among" and not one.does)
            bounded = self._bounds(at) or (self._bounds(at - 1) and at - 1 > of.opened)
            return of.whole is not None if bounded else self.words.rest.match(clause) is not None
        if self.words.handled.match(clause) and not self.words.handled.search(
            self.text, max(0, last.start - 8), last.start
        ):
            return False
        if self.words.outcome.match(clause) or (not one.moves and told and self.words.sum.match(gap)):
            return False
        if one.share or one.lone or one.moves:
            return "；" not in gap
        led = told or last.share or last.lone or last.moves or amount_in(one, last) is not None
        if not led and (len(gap) > 16 or _MARKS.search(gap)):
            return False
        whole = self.numbers[of.whole] if of.whole is not None else None
        amount = amount_in(one, whole) if whole is not None else None
        if whole is None or amount is None:
            return "；" not in gap
        parts = range(max(of.opened, at - _FARTHEST), at)
        sofar = sum(amount_in(self.numbers[n], whole) or 0.0 for n in parts if self.parts[n] == of.whole)
        if "；" in gap:
            named = len(clause) <= _SHORT and _MOSTLY * whole.value <= sofar + amount <= _FILLED * whole.value
            like = not one.does or self.numbers[of.opened].does
            heads = self._heads(of)
            if (like or heads) and (named or self._fills(at, sofar, whole)):
                return True
            return heads and not one.does and sofar + amount <= _FILLED * whole.value
        return sofar + amount <= _FILLED * whole.value or self.words.quality.search(clause) is not None

    def _heads(self, of: _List) -> bool:
        """Whether a list has a sentence of its own: …28亿元。其中工业12亿元，增长8%；农业6亿元，增长3%."""
        start = self.numbers[of.opened].start
        return _HEAD.search(self.text, max(0, start - 30), start) is not None

    def _fills(self, at: int, sofar: float, whole: Number) -> bool:
        """Whether the parts from a number on make up their total with those before."""
        inner = False  # among parts of a part
        for n in range(at, min(at + _FARTHEST, len(self.numbers))):
            one, gap = self.numbers[n], self.gaps[n]
            inner = (n > at and "其中" in gap) or (inner and "；" not in gap)
            if not inner and not one.moves and (amount := amount_in(one, whole)) is not None:
                sofar += amount
                if abs(sofar - whole.value) <= _NEARLY * whole.value:
                    return True
        return False

    def _total(self, at: int, gap: str, of: _List) -> int | None:
        """The number before a list that one number of it is a part of."""
        one = self.numbers[at]
        clause = gap[max(map(gap.rfind, "，；、")) + 1 :]
        if (
            _EXTREME.search(clause)
            or (at - 1 > of.opened and _REACHED.fullmatch(clause))
            or self._bounds(at)
            or STARTED.search(gap)
            or (not one.moves and _GAP.search(clause))
            or (of.kind == "has" and of.whole is None and as_before(self.numbers, self.gaps, at))
        ):
            return None
        if one.lone or (one.moves and one.share):
            return self._rate(at, of)
        if one.share:
            return self._shared(at, gap, of)
        apart = one.moves and not self._added(at)
        if self.words.mean.search(clause):
            return None
        if of.whole is not None and holds(self.numbers[of.whole], one) and (not apart or self.numbers[of.whole].moves):
            return of.whole
        if of.kind == "has" and (whole := self._made_of(at, of)) is not None:
            return whole
        for before in self._before(of):
            if (
                of.whole is not None
                and _NEW_CLAUSE.search(gap)
                and not (len(gap) < 5 and are_beside(self.numbers[before], self.numbers[of.whole]))
            ):
                continue
            other = self.numbers[before]
            if is_compared(self.text, other) or (of.kind == "has" and is_bare(one, other)):
                continue
            if holds(other, one) and (other.moves if apart else not other.moves or self._added(before)):
                return self._of_same_deed(at, before, of)
        return None

    def _of_same_deed(self, at: int, nearest: int, of: _List) -> int:
        """Of numbers that a part may be one of, the one of which the same is done: 受理90件，结案80件。其中，受理|20件."""
        one, other = self.numbers[at], self.numbers[nearest]
        deed = one.name[:2]
        if of.kind != "named" or not one.does or other.name.startswith(deed):
            return nearest
        alike = (n for n in self._before(of) if self.numbers[n].name.startswith(deed))
        return next((n for n in alike if self.numbers[n].unit == other.unit and holds(self.numbers[n], one)), nearest)

    def _bounds(self, at: int) -> bool:
        """Whether a number only says what the next one counts: 5000万元以上的|19个."""
        if not self.numbers[at].bound or at + 1 == len(self.numbers):
            return False
        between = self.text[self.numbers[at].end : self.numbers[at + 1].start]
        return len(between) < 12 and not _MARKS.search(between)

    def _rate(self, at: int, of: _List) -> int | None:
        """The rate that a rate of the same kind is a part of: 总产值增长9%，其中农业增长4%."""
        one, told = self.numbers[at], range(max(of.opened, at - _FARTHEST), at)
        if of.kind not in ("named", "within"):
            return None
        if any(self.parts[n] is None or self.numbers[n].moves != one.moves for n in told):
            return None
        for before in self._before(of):
            other = self.numbers[before]
            if _of_another_industry(one, other):
                return None
            if (other.share or other.lone) and other.moves == one.moves:
                return before if other.unit != "百分点" or one.unit == other.unit else None
        return None

    def _shared(self, at: int, gap: str, of: _List) -> int | None:
        """The number that a share is a part of: 其中女性占三成, and not 其中女性9名，占三成."""
        if of.whole is not None and at == of.opened:
            return of.whole
        if of.kind == "has" or BARE.fullmatch(gap) or self.words.turned.search(gap):
            return None
        if at > of.opened:
            last, told = self.numbers[at - 1], self.parts[at - 1] is not None
            alone = at - 1 == of.opened and not (told or last.share or _NEW_CLAUSE.search(gap))
            if not alone and ("率" in gap or not (told and last.share)):
                return None
        occupies = self.words.occupies.search(gap) is not None
        wholes = []
        for before in self._before(of):
            other = self.numbers[before]
            start = other.start
            mean = self.words.mean.search(self.text, max(0, start - 4), start) is not None
            if not (other.lone or mean or (occupies and other.share) or (other.moves and not self._added(before))):
                wholes.append(before)
        return next((n for n in wholes if self.numbers[n].name[-2:] in gap), wholes[0] if wholes else None)

    def _before(self, of: _List) -> Iterator[int]:
        """The numbers before a list that its total may be, the nearest first."""
        low = of.opened - 1 if of.kind == "bracket" else max(of.reach, of.opened - _FARTHEST)
        for n in range(of.opened - 1, low - 1, -1):
            if of.kind == "bracket" or self.parts[n] is None or (of.kind == "named" and n in self.totals):
                yield n

    def _added(self, at: int) -> bool:
        """Whether a change tells how many came, and not by how much something grew: 新增120个, but not 比上年增加5亿元."""
        start = self.numbers[at].start
        words = self.text[max(0, start - 20) : start]
        words = words[max(map(words.rfind, "，。；\n")) + 1 :]
        return self.words.added.search(words) is not None and self.words.basis.search(words) is None

    def _made_of(self, at: int, of: _List) -> int | None:
        """The number that one and another before it make up: 97户，已入住58户，尚有39户."""
        near = list(islice(self._before(of), _MOST))
        for whole in near:
            total = self.numbers[whole]
            amount = amount_in(self.numbers[at], total)
            for n in near:
                other = amount_in(self.numbers[n], total)
                if n > whole and amount and other and abs(other + amount - total.value) <= SAME * total.value:
                    return whole
        return None


def _of_another_industry(one: Number, other: Number) -> bool:
    """Whether two numbers tell of two of the three industries, of which none is a part of another."""
    first, second = _INDUSTRY.search(one.name), _INDUSTRY.search(other.name)
    return first is not None and second is not None and first[0] != second[0]
