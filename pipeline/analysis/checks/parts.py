"""Parts against their total: 其中 and brackets, and lists against 合计, 共计 and 总计."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from os.path import commonprefix

from pipeline.analysis.checks.amounts import Amounts, Bounds
from pipeline.analysis.checks.contrasts import Contrasts, Words
from pipeline.analysis.checks.wording import addition, made
from pipeline.records import Check

_INTO = re.compile(r"(?:其中|当中)[：:，,]?[^，,。；;！？\n]{0,20}$")
_OF_THESE = re.compile(r"^[一-龥（）()、]{0,10}中(?:[，,]|还有|仍有|已有|有)[^，,。；;]{0,24}$")
"""645个问题中，完成整改619个: the total stands straight before."""
_BRACKET = re.compile(r"^[一-龥]{0,8}[（(][^）)，,。；\n]{0,10}$")
_ENDS = re.compile(r"[。！？\n]|[共总]计|合计|累计|全[年市县区乡镇村省校]|其中|同比|[（(]|其他方面")
_REST = re.compile(r"^(?:其余|剩余|余下|另外?|其[他它])|^[一-龥]{1,8}[及和与]其[他它]")
_APART = re.compile(
    r"^[^，,。；;：:\n]{0,12}[，,：:（(。](?:分别(?:为|是|有|由)?|按[一-龥]{1,6}?(?:分|划分|看|统计)[，,：:]?|包括|包含)[^，,。；;：:]{0,12}$"
    r"|^[^，,。；;\n]{0,12}[：:]第?[一二三四五六七八九十\d]+(?:年度?|季度|月份?)[^，,。；;：:\d]{0,10}$"
)
"""共8400万元，分别为县级; 3126户。按类型分，企业: what follows is the whole."""
_ALL = re.compile(r"^[^，,。；;：:\n]{0,8}[，,；;](?:全年|今年|全部|总|一|[两二三四五六七八九][年项者类])?(?P<said>共|累计|总)(?:[一-龥]{1,4})?$")
_SUM = re.compile(
    r"^(?:[^，,。；;：:\n]{0,8})[，,；;。]?(?:以上|全年|[两三四五]年|收入|支出|资金)?(?:[两二三四五六七八九十\d]+[项者类个]?[一-龥]{0,6}|[一-龥]{1,6}[与和及][一-龥]{1,6})?(?:合计|总计|共计)"
    r"(?:[一-龥]{0,6})?[：:]?$"
)
_ROW = re.compile(r"^[一-龥]{0,3}(?P<mark>[、，,])(?![已共另还全])[^，,。；;：:、\n（(]{1,16}$")
_NOW = re.compile("^[^，,。；;]{0,4}[，,；;](?:其中)?(?:今年|本年度?|当年|年内)(?:共|已|又|新)?([一-龥]{2})[^，,。；;]{0,8}$")
_YEAR = re.compile("^[^，,。；;]{0,4}[，,；;]全年(?:累计|共|总)?(?:完成|实现)?([一-龥]{2})[^，,。；;]{0,8}$")
_IN_YEAR = re.compile("季度|半年|月份?")
_NAMED_AMONG = re.compile("^[^，,。；;]{0,4}[，,；;。]([一-龥]{2,8})中[^，,。；;其]{1,16}$")
_SUM_NAMED = re.compile("^[^，,。；;]{0,4}[，,；;]([一-龥]{2,10}?)(?:合计|总计|共计|总数|总量|总额)(?:为|达)?$")
_COUNTED = re.compile(r"^[两二三四五六七八九十\d]+[项类者个家村镇乡户组]$")
_AT_ONCE = re.compile(r"[一-龥]{0,2}(?:合计|总计|共计)[一-龥]{0,4}[：:]?")
_NEXT = re.compile("^[一-龥]{0,4}、[^，,。；;]{0,14}$")
_VERB = re.compile("(?:达到?|完成|实现|为|约|共?有|共|总数)+$")
_NESTED = re.compile("^[这该此]|以[上下内]|[比较多少]|[前后]者|[不未]足|超过")
_GROWN = re.compile("(?:到|至|为)$")
_NAMED = 4
"""Characters of a name after which 其中 speaks of the number just named, whatever stood before."""
_FLOOR = re.compile(r"(?:突破|超过?|均|都|各|跨[过越])$")
_MORE = re.compile(r"等(?![奖级次])|其中|每|平均|以上|累计|近|约|占")
_LIST = re.compile(r"^[^。！？\n；;：:（(]{0,24}$")
_UNREAD = re.compile(
    r"(?<!\d)\d[\d.]*(?![\d.]|[岁AG级年月日届期号]|[十百千万亿]*[元人亩头只户个吨名]?以[上下内])|[一二两三四五六七八九十百]+(?:余|多)?[个名件人项家户起条所座万千亩元]|若干|[数几]十?[个名件人项家户起条所座]"
)


class Parts:
    """Checks of sums."""

    def __init__(self, contrasts: Contrasts, words: Words) -> None:
        self._contrasts = contrasts
        self._words = words

    def check(self, amounts: Amounts) -> Iterator[Check]:
        """A check for each total whose parts the text tells."""
        for at, gap in enumerate(amounts.gaps):
            if "计" in gap and at > 1 and _SUM.match(gap):
                yield from self._list(amounts, at)
            elif at > 1 and ("计" in gap or "总" in gap) and (named := _SUM_NAMED.match(gap)) and named[1][-2:] in amounts.label(at - 1):
                yield from self._list(amounts, at)
            elif ("共" in gap or "累" in gap) and at > 1 and _ALL.match(gap):
                yield from self._list(amounts, at, parted_only=True)
            elif at and _APART.match(gap):
                yield from self._apart(amounts, at)
            elif "其余" in gap and _REST.match(amounts.label(at)) and "其中" not in amounts.gaps[at - 1]:
                yield from self._rest(amounts, at)
            elif at and "中" in gap and (_OF_THESE.match(gap) or self._of_named(amounts, at)):
                yield from self._among(amounts, at, straight=True)
            elif at and "中" in gap and _INTO.search(gap):
                yield from self._among(amounts, at)
            elif at and (("累计" in amounts.gaps[at - 1] and _NOW.match(gap)) or ("全年" in gap and _IN_YEAR.search(amounts.gaps[at - 1]))):
                yield from self._since(amounts, at)
            elif at and ("（" in gap or "(" in gap) and _BRACKET.match(gap):
                yield from self._among(amounts, at, bracket=True)
            elif at and amounts.alike(at - 1, at) or "第一产业" in gap:
                yield from self._straight(amounts, at)

    @staticmethod
    def _of_named(amounts: Amounts, at: int) -> bool:
        """先进个人46名，先进个人中一线职工35名: 中 behind the name of the number before."""
        named = _NAMED_AMONG.match(amounts.gaps[at])
        return named is not None and amounts.label(at - 1).endswith(named[1])

    def _adds_up(self, amounts: Amounts, at: int) -> bool:
        """Whether the number is one of those that parts of a whole have: no rate, no average, no threshold."""
        return (
            amounts.counts(at)
            and not amounts.ratio(at)
            and not self._words.any("unlike", amounts.label(at), amounts.metrics[at].name, amounts.written(at)[-2:])
            and "/" not in amounts.metrics[at].unit_canonical
            and not amounts.tail(at).startswith(("以上", "以下", "的"))
        )

    def _total(self, amounts: Amounts, at: int) -> int | None:
        """The nearest number before a list that may be its total; None where there is none or it is not certain."""
        for before in range(at - 1, max(at - 7, -1), -1):
            if amounts.apart(before, at) and not self._opens_a_sentence(amounts, before, at):
                return None
            if amounts.alike(before, at) and not amounts.step(before) and self._adds_up(amounts, before):
                same = self._of_one_name(amounts, before, at)
                before = before if same is None else same
                return None if _FLOOR.search(amounts.gaps[before]) else before
        return None

    @staticmethod
    def _of_one_name(amounts: Amounts, nearest: int, at: int) -> int | None:
        """存栏26.5万头、出栏38.2万头，其中规模养殖场出栏: of several numbers the one that ends in the words of the part."""
        word = _VERB.sub("", amounts.label(at))[-2:]
        before = [n for n in amounts.sentence(nearest + 1) if amounts.alike(n, at)]
        like = [n for n in before if _VERB.sub("", amounts.label(n))[-2:] == word]
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
        if total is None or not self._adds_up(amounts, at):
            return
        if (bracket or straight) and total != at - 1:
            return
        parts = self._listed(amounts, at, total, bracket=bracket)
        labels = [self._label(amounts, part) for part in parts]
        rest = bool(_REST.match(amounts.label(parts[-1]))) and len(parts) > 1
        named = labels[:-1] if rest else labels
        parted = self._contrasts.parted(named)
        whole = rest or (parted is not None and parted.whole)
        if bracket and not whole:
            return
        largest = max([at, *self._parallel(amounts, at, total)], key=amounts.value)
        certain = straight or self._just_named(amounts, at, total) or self._of_one_name(amounts, total, at) == total or not self._larger_before(amounts, largest, total)
        if amounts.bounds(largest).low > amounts.bounds(total).high and largest not in parts and certain:
            yield from self._single(amounts, largest, total)
        elif certain and (row := self._too_many(amounts, parts, total)):
            yield from self._sum(amounts, row, total, whole=False, said="其中")
        elif len(parts) > 1 and (parted is not None or rest):
            yield from self._sum(amounts, parts, total, whole=whole, said="" if bracket else "其中")
        elif certain:
            yield from self._single(amounts, largest, total)

    def _label(self, amounts: Amounts, at: int) -> str:
        """What a part is said of: the words before it, or those behind it where there are none."""
        return amounts.label(at) or amounts.tail(at)

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
            if not self._adds_up(amounts, place):
                break
            labels = [self._label(amounts, part) for part in (*parts, place)]
            if self._contrasts.parted(labels) is None:
                break
            parts.append(place)
        return parts

    def _up_to_rest(self, amounts: Amounts, at: int, total: int) -> list[int]:
        """The parts of a list that 其余 ends: nothing in it is counted twice; none where no 其余 is near."""
        for place in range(at, min(at + 8, len(amounts))):
            gap = amounts.gaps[place]
            if place > at and (_ENDS.search(gap) or not amounts.alike(place, total)):
                return []
            if _REST.match(amounts.label(place)):
                return [*range(at, place + 1)]
        return []

    def _parallel(self, amounts: Amounts, at: int, total: int) -> list[int]:
        """Numbers that are said of parts too: listed after 、, or in the words of the first: 国税部门完成, 地税部门完成."""
        found, words, listed = [], amounts.label(at)[-2:], True
        for place in range(at + 1, min(at + 12, len(amounts))):
            gap = amounts.gaps[place]
            if _ENDS.search(gap) or "；" in gap:
                break
            listed = listed and _NEXT.match(gap) is not None
            if amounts.alike(place, total) and self._adds_up(amounts, place):
                label = amounts.label(place)
                if listed or label[-2:] == words != "" or words[-1:] == label[-1:] == "的" or self._words.any("attribute", label):
                    found.append(place)
        return found

    def _too_many(self, amounts: Amounts, parts: Sequence[int], total: int) -> list[int]:
        """A list of three and more numbers with one mark between them, none above the total but all together; else none."""
        at = parts[0]
        row, marks = [at], set[str]()
        for place in range(at + 1, min(at + 24, len(amounts))):
            match = _ROW.match(amounts.gaps[place])
            if match is None or not amounts.alike(place, total) or not self._adds_up(amounts, place):
                break
            row.append(place)
            marks.add(match["mark"])
        labels = [self._label(amounts, n) for n in row]
        if self._words.any("attribute", *labels) or len(set(labels)) < len(row) or len(marks) > 1:
            return []
        if len(row) == 2 and any(n != total and amounts.alike(n, at) for n in amounts.sentence(at)):
            return []  # 小学42所、初中12所，其中: of both
        if any(map(_NESTED.search, labels)) or any(amounts.value(n) > amounts.value(total) for n in row):
            return []
        together = reduce(Bounds.__add__, map(amounts.bounds, row))
        return row if len(row) > max(1, len(parts)) and together.low > amounts.bounds(total).high else []

    def _rest(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """排查326处，已整改298处，其余38处: the first of the three is the sum of the others."""
        part, total = at - 1, at - 2
        if total < 0 or amounts.apart(total, at) or not all(amounts.alike(at, n) for n in (part, total)):
            return
        if not all(self._adds_up(amounts, n) for n in (total, part, at)) or "其中" in amounts.gaps[total]:
            return
        if not re.match("^[^；;：:]{0,12}[，,][^；;：:，,]{0,12}$", amounts.gaps[part]) or "计" in amounts.gaps[total]:
            return
        before = total - 1
        if before >= 0 and amounts.alike(before, at) and not amounts.apart(before, at):
            return
        yield from self._sum(amounts, (part, at), total, whole=True, said="")

    @staticmethod
    def _just_named(amounts: Amounts, at: int, total: int) -> bool:
        """Whether 其中 follows the total at once, and that has a name of its own."""
        gap = amounts.gaps[at]
        return (
            total == at - 1 and gap.startswith(("，其中", "（其中", "、其中")) and len(amounts.label(total)) >= _NAMED
        )

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

    def _single(self, amounts: Amounts, at: int, total: int) -> Iterator[Check]:
        holds = amounts.bounds(at).low <= amounts.bounds(total).high
        between = amounts.text[amounts.ends[total] : amounts.starts[at]]  # empty where the part stands first
        if not holds and _UNREAD.search(between.partition("其中")[0]) and total == at - 1:
            return
        sign = "≤" if holds else ">"
        detail = f"{'其中' if at > total else ''}{amounts.written(at)} {sign} {amounts.written(total)}"
        yield made(amounts, (total, at), "parts_of_total", holds, detail)

    def _sum(self, amounts: Amounts, parts: Sequence[int], total: int, *, whole: bool, said: str) -> Iterator[Check]:
        of_parts = reduce(Bounds.__add__, map(amounts.bounds, parts))
        of_total = amounts.bounds(total)
        meets = of_parts.meets(of_total)
        holds = meets if whole else of_parts.low <= of_total.high
        if not holds and self._unread(amounts, total, parts[-1]):
            return
        sign = "=" if meets else "<" if of_parts.high < of_total.low else ">"
        detail = f"{said}{addition(amounts, parts)} {sign} {amounts.written(total)}"
        yield made(amounts, (total, *parts), "parts_of_total", holds, detail)

    def _unread(self, amounts: Amounts, first: int, last: int) -> bool:
        """Whether a number stands between two that is none of the records: then a sum may lack it."""
        return any(_UNREAD.search(amounts.gaps[at]) for at in range(first + 1, last + 1))

    def _straight(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """A total and, without 其中, its parts."""
        found = False
        for check in self._whole(amounts, at):
            found = True
            yield check
        if not found and at and self._owned(amounts, at - 1, at):
            yield from self._single(amounts, at, at - 1)

    def _owned(self, amounts: Amounts, total: int, at: int) -> bool:
        """Whether a part is named by a word before the name of its total: 委员共35名，女委员12名."""
        noun, named = amounts.label(total), amounts.label(at)
        common = len(commonprefix([_VERB.sub("", noun)[::-1], named[::-1]]))
        return (
            1 < common < len(named) <= common + 4
            and re.search("[共总]|现有", noun) is not None
            and self._contrasts.parted([noun, named]) is None
            and not amounts.apart(total, at)
            and not amounts.step(at)
            and self._adds_up(amounts, total)
            and self._adds_up(amounts, at)
            and re.match("^[^，,。；;]{0,6}[，,（(]", amounts.gaps[at]) is not None
        )

    def _whole(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """男 and 女, or the three sectors, straight after the number that they are the parts of."""
        total = self._total(amounts, at)
        if total is None or amounts.apart(total, at) or not all(amounts.ratio(n) for n in range(total + 1, at)):
            return
        parts = self._listed(amounts, at, total, bracket=False)
        labels = [self._label(amounts, part) for part in parts]
        parted = self._contrasts.parted(labels)
        if parted is None or not all(len(label) <= 8 for label in labels):
            return
        own = self._contrasts.parted([*labels, self._label(amounts, total)])
        above = reduce(Bounds.__add__, map(amounts.bounds, parts)).low > amounts.bounds(total).high
        below = len(parts) > 2 or max(map(amounts.value, parts)) <= amounts.value(total) or self._owned(amounts, total, at)
        if parted.whole or (total == at - 1 and own is None and above and below):
            yield from self._sum(amounts, parts, total, whole=parted.whole, said="")

    def _since(self, amounts: Amounts, at: int) -> Iterator[Check]:
        """累计发放2460万元，今年发放820万元; 四季度营业额4860万元，全年营业额1.62亿元: one has the other in it."""
        other, now, year = at - 1, _NOW.match(amounts.gaps[at]), _YEAR.match(amounts.gaps[at])
        said = now or year
        if said is None or said[1] not in amounts.gaps[other] or not amounts.alike(other, at) or amounts.apart(other, at):
            return
        if self._adds_up(amounts, other) and self._adds_up(amounts, at):
            yield from self._single(amounts, at, other) if now else self._single(amounts, other, at)

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
        if len(parts) < 2 or not all(amounts.alike(n, total) and self._adds_up(amounts, n) for n in (total, *parts)):
            return
        if not _MORE.search(amounts.text[amounts.ends[total] : amounts.ends[parts[-1]] + 2]):
            yield from self._sum(amounts, parts, total, whole=True, said="")

    def _list(self, amounts: Amounts, at: int, *, parted_only: bool = False) -> Iterator[Check]:
        """A list that ends in its own sum: 甲村3件、乙村2件，合计5件."""
        if not self._adds_up(amounts, at):
            return
        items: list[int] = []
        last = at - 2 if _COUNTED.match(amounts.written(at - 1)) and _AT_ONCE.fullmatch(amounts.gaps[at]) else at - 1
        for before in range(last, max(at - 30, -1), -1):
            if (
                not amounts.alike(before, at)
                or not self._adds_up(amounts, before)
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
            labels = [self._label(amounts, item) for item in items]
            parted = next((n for n in range(len(items) - 1) if self._contrasts.parted(labels[n:])), None)
            if _MORE.search(between) or self._unread(amounts, items[0], items[-1]):
                return
            if parted is None and "分别" in lead:
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
