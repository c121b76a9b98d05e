"""What the numbers of a list are said of, where they are dealt out to items one by one: 粮食、油料产量分别为3万吨、2万吨."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.comparisons.comparing import OF_PLAN, both_gaps
from pipeline.metrics.naming import lists
from pipeline.metrics.naming.composing import without_added
from pipeline.metrics.naming.context import Context
from pipeline.metrics.naming.options import Option
from pipeline.metrics.page.cues import Cues
from pipeline.metrics.page.found import Found
from pipeline.metrics.page.lexicon import Trait
from pipeline.metrics.page.page import Page
from pipeline.metrics.page.tokens import Token, text_of
from pipeline.records import Quantity

_LONGEST_LIST = 40
"""No list of numbers that follow upon each other is longer."""
_HOW_GROWN = frozenset(
    ("实际", "名义", "平均", "年均", "每年", "平均每年", "各", "各自", "均", "同口径", "可比", "同期", "也", "又")
)
"""What says how something grew, and names nothing: 实际|增长8%和5%."""
_HOW_SO = frozenset(("稳定", "按", "按照", "可比口径", "口径", "可比价格", "可比价", "计算"))
"""What stands besides behind the items of a list: 粮食面积、产量|稳定在9万亩、8万吨, 收入|按可比口径分别增长5%、6%."""
_STOCKS = ("总数", "总量", "累计", "累计总数", "累计总量", "总规模", "总面积", "总里程", "存量", "保有量", "总数量")
"""Words that tell of all that there is, of what was added before: 新增A企业2家、B企业3家，总数|分别达8家和9家."""
_SHARED_RATES = ("率", "比例", "比重", "占比", "幅")
"""Ends of what numbers that are shares are told of besides what is told before: 处置率分别达|24%、38%."""

_SHORT = 3
"""A longer phrase before 分别 is a name of its own."""
_GROWTHS = ("增速", "增幅")
_POINTS, _SHARES, _GROWTH = ("百分点", "千分点"), ("", "占比", "比重"), "增速"
"""A change of the share that what is told before has: 甲、乙分别增长3%、2%，占比|分别提高1个、2个百分点."""
_SO_MANY = re.compile(
    "[两二三四五六七八九2-9][个家大]?(?:检查站|派出所|园区|片区|[省市县区州旗镇乡村社库所站队厂矿局院校场街])$"
)
"""So many places and bodies, of which a list tells one by one: 柳河、石坝|两库."""


_DOES_SO = re.compile(
    "(?:累计|共)?(?:(?:实际)?(?:完成|实现|到位|落实|争取|创造))?(?P<of>(?:总?投资额?|资金)|(?:总)?产值|增加值|营业收入|销售收入|(?:经营)?总?收入|利润(?:总额)?|利税(?:总额)?|税收|增收|就业"
    "|(?:拉动|带动)(?:[一-龥]{0,8}?)(?:经济(?:总量)?|GDP|生产总值)增长)(?:达到?|为)?"
)
"""What each of several things is done or comes to, behind 分别: 完成投资, 拉动经济增长."""
_QUARTER = re.compile("第[一二三四]")
"""What is left of the quarters of a list: 第一、第二、|第三季度."""
_CONTRIBUTES = re.compile("(?P<who>.+?)对[一-龥]{2,10}的?贡献率")
"""Whose share of a growth was told before how much of it that makes: 第一产业对经济增长的贡献率."""


class Dealing:
    """Reads the lists of one page."""

    def __init__(self, page: Page, context: Context, quantities: Sequence[Quantity], cues: Cues) -> None:
        self.page, self.context, self.quantities, self._cues = page, context, quantities, cues
        self._types: list[int] = page.types.tolist()
        self._firsts, self._edges = page.first.tolist(), context.edges.tolist()
        self._counted, self._content = context.counted.tolist(), context.content.tolist()
        self._changed = [change is not None for change in context.changes]
        self._listed, self._opens = context.listed.tolist(), context.opens_series.tolist()
        self._shared = context.shared.tolist()
        self._lefts = context.left.start.tolist(), context.left.end.tolist()
        self._runs = [1] * len(self._listed)
        for n in range(len(self._listed) - 2, -1, -1):
            if self._listed[n + 1]:
                self._runs[n] = min(self._runs[n + 1] + 1, _LONGEST_LIST)
        self.sure: set[int] = set()
        """Where lists begin that are dealt out beyond doubt."""

    def items(self, n: int, found: Sequence[Found]) -> list[str] | None:
        """What the numbers of a list are said of, in order, where they are said one by one.

        That are the items before 分别, or the numbers before; without 分别, as many items as numbers (生铁、焦炭增长3%、5%), and
        the numbers before where the list goes through them once more (甲乙两镇投资分别为3亿元、2亿元，增长8%和5%).
        """
        run = self.run(n)
        if both_gaps(self.context.against, n):
            return None
        if told := self.context.told_items.get(n):
            self.sure.add(n)
            return told
        if not self._opens[n] and (
            self._listed[n]
            or run < 2
            or any(self._content[n + 1 : n + run])  # its own words: 评定甲级、乙级企业5家和示范企业2家
        ):
            return None
        items = self._said_items(n, found, run)
        if not self._opens[n] and len({q.unit for q in self.quantities[n : n + run]}) > 1:
            return items if len(items) == run and lists.are_of_one_thing(items) else None
        if len(items) == run or (self._opens[n] and len(items) > 1):
            return items
        if self._opens[n] and (stocks := self._stocks(n, items, found, run)):
            self.sure.add(n)
            return stocks
        if self._opens[n] and run > 1 and (measured := self._measured(n, items, found, run)):
            self.sure.add(n)
            return measured
        levels = self._levels(n, found, run)
        if self._opens[n] and 1 < run <= len(levels) and len(items) == 1:
            if len(other := lists.swapped(items[0], levels[-run:])) == run:
                self.sure.add(n)
                return other
            own = len(items[0]) > _SHORT and not any(items[0] in level or level in items[0] for level in levels)
            if own and all(level[-2:] == items[0][-2:] for level in levels[-run:]):
                return None  # 低保标准分别为700元、500元，特困供养标准分别提高5%、8%
        if self._opens[n] and run > 1 and (sure := self._from_before(n, items, found, run)):
            self.sure.add(n)
            return sure
        if not self._opens[n] and not (self._changed[n] and self._only_grows(n)):
            return None
        if not self._opens[n] and 1 < run == len(levels) and self.quantities[n].unit in ("%", "‰", "倍"):
            self.sure.add(n)  # 甲 3亿元，乙 2亿元，实际增长8%和5%
        return levels[-run:] if 1 < run <= len(levels) else None

    def _only_grows(self, n: int) -> bool:
        """Whether the words before a number say no more than how something grew: 实际增长."""
        if not self._content[n]:
            return True
        words = self._tokens(self._lefts[0][n], self._unstripped(n))
        return all(token.word in _HOW_GROWN for token in words)

    def _stocks(self, n: int, items: Sequence[str], found: Sequence[Found], run: int) -> list[str]:
        """What there is in all of things just told as added: 新增甲企业2家、乙企业3家，总数|分别达8家和9家."""
        if len(items) != 1 or items[0] not in _STOCKS or n - run < self._firsts[n]:
            return []
        added = found[n - run : n]
        same = all(one.quantity.unit == q.unit for one, q in zip(added, self.quantities[n : n + run], strict=True))
        if not same or without_added(added[0].name) == added[0].name:
            return []
        return [without_added(one.name) for one in added]

    def _measured(self, n: int, items: Sequence[str], found: Sequence[Found], run: int) -> list[str]:
        """What is measured of things told before in another unit: 水稻、玉米面积分别为9万亩、8万亩，总产|分别为5万吨、4万吨."""
        if len(items) != 1 or items[0] in _STOCKS or not lists.measures(items[0], self._cues):
            return []
        told = [one for one in found[max(self._firsts[n], n - _LONGEST_LIST) :] if one.change is None][-run:]
        same = len(told) < run or len({one.quantity.unit for one in told}) > 1
        if same or (told[0].quantity.unit == self.quantities[n].unit and not self._changed[n]):
            return []
        things = [lists.thing_of(one.plain, one.unit) for one in told]
        return [thing + items[0] for thing in things] if all(things) and len(set(things)) == run else []

    def _from_before(self, n: int, items: Sequence[str], found: Sequence[Found], run: int) -> list[str]:
        """What a list deals out to what is told before: the items of the clause before, or the numbers before.

        面粉、食油的销量，依次为9吨、8吨; 钢材、水泥市场低迷，产量分别下降5%、4%; 闲置土地9亩、荒地8亩，利用率分别达20%、15%.
        """
        tail = items[0] if items and len(items[0]) > 1 else ""
        if not items and (pulls := _DOES_SO.fullmatch(text_of(self._behind_deal(n)))):
            parts = [_CONTRIBUTES.fullmatch(one.name) for one in found[n - run : n]]
            return [part["who"] + pulls["of"] for part in parts if part] if all(parts) else []
        if self.context.between[n] == 2 and (not tail or self._is_rate(tail)):
            behind = self._behind_deal(n)
            named = lists.listed_items(self._prior_nouns(n), self._cues)
            if len(named) == run and not any(token.tag[0] == "n" for token in behind):
                tail += self._done(behind)
                return [item if item.endswith(tail) else item + tail for item in named]
        gap = self.context.against.get(n)
        points = self.quantities[n].unit in _POINTS
        if points and tail in (_GROWTHS if gap else _SHARES) and n - run >= self._firsts[n]:
            told = [one.plain + (tail or (_GROWTH if one.change else "")) for one in found[n - run : n] if one.plain]
            told = [name + gap.words for name in told] if gap else told
            return told if len(set(told)) == run else []
        levels = self._told_levels(n, found)
        if len(levels) > run:
            levels = self._told_levels(n, found, True)
        levels = levels or self._grown(n, found, run)
        if not all(self.context.of_whole[n : n + run]) or len(levels) < run:
            return []
        other = self.context.against.get(n)
        plan = other.words if other and other.sort == "plan" else ""
        if not tail:
            tail = plan or ("占比" if self._shared[n] else "")
        done = "完成" if tail.startswith("完成") else ""
        return [level.removeprefix(done) + tail for level in levels[-run:]] if tail.endswith(_SHARED_RATES) else []

    def whole(self, n: int, option: Option, name: str) -> str:
        """The name of a number with all that it is told of, where only the last of a list was chosen."""
        if option.kind not in ("left", "share") or option.end <= option.start or self._opens[n]:
            return name
        start, end, words = self._lefts[0][n], self._lefts[1][n], self.page.lexicon.words
        parting = [words[t] in lists.PARTING for t in self._types[start : option.end]]
        chosen = option.start - start
        if any(parting[chosen:]):
            if not chosen or not parting[chosen - 1]:
                return name
            chosen = len(parting) - parting[::-1].index(True)  # 粮油、食品、|饮料、烟酒类
        own = text_of(self._tokens(option.start, option.end))
        if not name.startswith(own):
            return name
        listed = ""
        if any(parting[: option.start - start]):
            listed = lists.whole(self._tokens(start, option.end), chosen, self._cues)
        elif option.end < end and words[self._types[option.end]] in lists.PARTING:
            listed = own + lists.others(self._tokens(option.end, end), self._cues)
        return listed + name[len(own) :] if listed else name

    def _deals(self, tokens: Sequence[Token]) -> int:
        """Where 分别 stands among words."""
        deals = tuple(self._cues["one_by_one"])
        return max((i for i, t in enumerate(tokens) if t.word.startswith(deals)), default=0)

    def _behind_deal(self, n: int) -> list[Token]:
        """The words between 分别 and a number."""
        tokens = self._tokens(self._lefts[0][n], self._lefts[1][n])
        return tokens[self._deals(tokens) + 1 :]

    def _is_rate(self, name: str) -> bool:
        return name.endswith(_SHARED_RATES) or name[-1] in self._cues["measure"]

    def _prior_nouns(self, n: int) -> list[Token]:
        """The list that the clause before opens with, up to the verb that says something of it: 税收、利润|实现翻番."""
        prior = self.context.prior
        tokens = self._tokens(int(prior.start[n]), int(prior.end[n]))
        if not tokens or tokens[0].tag == "p":
            return []
        lists.strip_start(tokens, self._cues)
        traits = self.page.traits[int(prior.end[n]) - len(tokens) : int(prior.end[n])]
        return lists.nouns(tokens, [bool(trait & Trait.PLAIN_VERB) for trait in traits.tolist()])

    def _told_levels(self, n: int, found: Sequence[Found], first: bool = False) -> list[str]:
        """The names of the amounts said before in the sentence, each once; `first` alone of what is told in two units."""
        out: list[str] = []
        for at in range(max(self._firsts[n], n - _LONGEST_LIST), n):
            one = found[at]
            again = first and at > 0 and found[at - 1].quantity.end == one.quantity.start  # 来访12批|37人次
            level = one.change is None and not self.context.of_whole[at] and at not in self.context.against
            if level and not again and one.name not in out[-1:]:
                out.append(one.name)
        return out

    def _grown(self, n: int, found: Sequence[Found], run: int) -> list[str]:
        """The names of the last list of rates of growth in the sentence: 甲、乙产值分别增长3%、2%，占比|分别为9%、8%."""
        before = range(n - 1, self._firsts[n] - 1, -1)
        at = next((at for at in before if found[at].items and found[at].changes), n)
        grown = found[at : at + run]
        return [one.plain for one in grown] if len(grown) == run and all(one.changes for one in grown) else []

    def _said_items(self, n: int, found: Sequence[Found], run: int) -> list[str]:
        """The items that stand before a list of numbers; 养老、失业、工伤三项保险参保人数 holds their count."""
        does = ""
        if self._opens[n]:
            tokens = self._tokens(self._lefts[0][n], self._lefts[1][n])
            stop = self._deals(tokens)
            does = self._done(tokens[stop + 1 :])
            tokens = tokens[:stop]
            while tokens and tokens[-1].word in self._cues["modality"]:
                del tokens[-1]  # 规模|力争分别达到
        else:
            tokens = self._tokens(self._lefts[0][n], self._unstripped(n))
        while len(tokens) > 1 and (tokens[-1].word in _HOW_GROWN or tokens[-1].word in _HOW_SO):
            tokens.pop()
        tokens = lists.unglued(tokens)
        whole = text_of(tokens)
        if run == len(three := lists.sectors(whole)):
            self.sure.add(n)
            return [one + does for one in three]
        if named := self._bodies(n, tokens, does, found, run):
            self.sure.add(n)
            return named
        lists.strip_start(tokens, self._cues)
        if self._opens[n] and run == len(lists.pair(text_of(tokens))):
            self.sure.add(n)
        if self._counts_list(n, found, run):
            before = self._tokens(self._lefts[0][n - 1], self._lefts[1][n - 1])
            lists.strip_start(before, self._cues)
            counted = "" if text_of(before).endswith(found[-1].name) or found[-1].rule == "left" else found[-1].name
            tail = counted + text_of(tokens)  # 甲、乙案件|两类分别为
            return [text_of(item) + tail for item in lists.split(before)]
        items = lists.listed_items(tokens, self._cues, run)
        if self._opens[n] and len(items) == run and whole.startswith(items[0]) and lists.are_amounts(items):
            self.sure.add(n)
        if all(map(_QUARTER.fullmatch, items)):
            return []
        if not does or len(items) != run:
            return items
        if len(self._behind_deal(n)) > 1:
            self.sure.add(n)
        return [item + does for item in items]

    def _bodies(self, n: int, tokens: Sequence[Token], does: str, found: Sequence[Found], run: int) -> list[str]:
        """What each of several places and bodies did, of which a list tells: 柳河、石坝两库分别|拦蓄9万方、8万方; 甲县、乙县各|到位."""
        if self._opens[n]:
            does = does or self._done(self._behind_deal(n), ("v", "vn"))
        else:
            at = next((i for i, token in enumerate(tokens) if token.word == "各"), 0)
            does = self._done(tokens[at + 1 :], ("v", "vn")) if at else ""
            tokens = tokens[:at]
        if not does:
            return []
        items = [text_of(item) for item in lists.split(tokens)]
        bodies = self.page.lexicon.bodies
        placed = bodies.is_named_place if self._opens[n] else bodies.body
        if not items and self._counts_list(n, found, run):
            counted = found[-1].name if found[-1].rule == "right" else found[-1].quantity.unit
            items = [""] * (run if _SO_MANY.search("两" + counted) else 0)
        elif items and not (_SO_MANY.search(items[-1]) or all(map(placed, items[1:]))):
            return []
        if len(items) != run:
            return []
        last = next((one for one in reversed(found[self._firsts[n] :]) if one.name.startswith(does)), None)
        return [last.plain if last is not None else does] * run

    def _done(self, behind: Sequence[Token], tags: Sequence[str] = ("v",)) -> str:
        """What is done to each item of a list: 省、市、县财政分别|投入|9万元、8万元、7万元, 公路、航道分别|完成投资|9亿元、8亿元."""
        if phrase := _DOES_SO.fullmatch(text_of(behind)):
            return phrase["of"]
        if len(behind) != 1 or behind[0].tag not in tags:
            return ""
        word, cues = behind[0].word, self._cues
        said = any(word in cues[kind] for kind in ("light", "increase", "decrease", "lead", "basis"))
        return "" if said or word[-1] in "到至为于占" else word

    def _unstripped(self, n: int) -> int:
        """Where the words before a number end that say more than that it is so much."""
        start, end = self._lefts[0][n], int(self._lefts[1][n])
        while end > start and self.page.traits[end - 1] & Trait.STRIPPED_END:
            end -= 1
        return end

    def _counts_list(self, n: int, found: Sequence[Found], run: int) -> bool:
        """Whether the number before tells only how many are listed: 四项指数分别下降…."""
        return n > self._firsts[n] and self._counted[n - 1] == self._edges[n] and found[-1].quantity.value == run

    def _levels(self, n: int, found: Sequence[Found], run: int) -> list[str]:
        """The names of the levels said before in the sentence; what grew is no share of a plan that was done."""
        before = found[max(self._firsts[n], len(found) - _LONGEST_LIST) :]
        before = before[: len(before) - self._counts_list(n, found, run)]
        levels = [one.name for one in before if one.change is None]
        return [name for name in levels if not OF_PLAN.fullmatch(name)] if self._changed[n] else levels

    def run(self, n: int) -> int:
        """How many numbers are listed from one on."""
        return self._runs[n]

    def _tokens(self, start: int, end: int) -> list[Token]:
        page = self.page
        return [
            Token(
                page.lexicon.words[self._types[i]],
                page.lexicon.tags[self._types[i]],
                int(page.word_starts[i]),
                int(page.word_ends[i]),
            )
            for i in range(start, end)
        ]
