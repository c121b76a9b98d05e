"""Whether a number is a state or itself a change, what the change is measured against, and whether it is planned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.language.periods import WRITTEN_YEAR
from pipeline.language.scanning import Scan
from pipeline.language.widths import among
from pipeline.metrics.page.cues import Cues
from pipeline.metrics.page.lexicon import Trait
from pipeline.metrics.page.page import Array, Page, Range
from pipeline.metrics.quantities.columns import GROWTH
from pipeline.metrics.quantities.recogniser import EARLIER
from pipeline.records import Change, Quantity

_EXCEEDING = "(?<!不)(?P<more>超[过出]?|高[于出]|多[于出])|(?<!不)[低少]于"
_BASIS = re.compile(
    r"[超高多低少](?<!不.)(?:(?<=超)[过出]?|(?<=[高多])[于出]|(?<=[低少])于)"
    r"(?P<then>(?:上年|去年|前年)(?:同期)?)(?=[约近逾]?[0-9一二三四五六七八九十两]|$)"
    r"|同比|环比|年均|[比较与同](?:上年|去年|前年|年初|上月|上季度|上届|计划|预算|(?:19|20)\d\d年|[一二]〇[〇一二三四五六七八九]{2}年)(?:[一-龥]{0,4}?(?:同期|末|底|相比|预计数|预算数))?"
)
_SEEN = re.compile("[从按]?(同比|环比|年均)(?:[来上]?看|角度看|计算)?[，：]")
"""What a sentence opens with where it tells changes of one kind."""
_TERMS = re.compile("同口径|可比口径|自然口径|(?:剔除|扣除)[^，。；、：0-9]{2,14}?因素(?:影响)?后?")
"""In which terms a change is reckoned."""

_DOES = "[掏调造产用盈缴立收征办挣赚卖种建结发付纳]"
"""What was done more or less often: 比上年多|立|5件."""
_DID = "(?:[入出][库栏口境]|死亡?|伤亡?|亡|支[付出]|筹集?|拿出|接待|救助|安排|查处|[印拨批招借还接运送养修植栽补救捐])"
"""What else was, in words that mean it beyond doubt only behind a comparison: 比上年多|入库|300吨."""
_NO_NAME = re.compile(
    "(?:虽|因)?受[^，。；、：0-9]{2,16}影响(?!的)|[高低快慢]于(?:上年|去年|前年|上月|上季度)(?:同期|水平)?"
    "|[比较](?:上半年|前三季度|[一二三]季度)(?:末|底)?"
    rf"|[多少](?:(?<=，[比较][上去]年.)|(?<=[上去]年同期.)|(?<=[^。；\n]同比.))(?:{_DOES}(?![一-龥])|(?=[一-龥](?!了)[一-龥][0-9]))"
    rf"|(?:(?<=[一-龥][比较][上去]年)|(?<=[比较][上去]年同期))[多少](?!死)(?={_DID}[0-9])"
)
"""Why something is so much, and an earlier time that it is held against: 税收受减税影响|下降3%, 增速快于上年同期|1个百分点."""
_OF_TIME = re.compile("上[、和及与](?=下半年)|(?<=季度)[末底](?!期)")
"""What is left of times that leave their unit to another, or are the end of one: 上、|下半年, 三季度|末."""
_TIMES = Scan(_OF_TIME, "上末底")
_BASES = Scan(_BASIS, "超高多低少同环年比较与", "过出于上去前比均年计预12一二")
_NO_NAMES, _ALL_TERMS = Scan(_NO_NAME, "虽因受高低快慢比较多少"), Scan(_TERMS, "同可自剔扣", "口比然除")


_RATES = frozenset("%‰")
_ARROWS: dict[str, Change] = {"↑": "increase", "↓": "decrease", "▲": "increase", "▼": "decrease"}
_SIGNED = re.compile(f"(?:(?:{EARLIER}|可比价)[：:]?|[（(])$")


class Clauses(NamedTuple):
    """The clauses before the numbers of a page."""

    edges: Array  # where they begin
    left: Range  # their words
    listed: Array  # whether nothing but 、 or 和 stands between a number and the one before
    codes: Array  # the characters of the text


class Changes:
    """Tells changes from levels; built once from the cue words."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        kinds = ("increase", "decrease", "reach", "more", "less", "growth", "decline")
        self._lasts = frozenset(c for kind in kinds for c in cues.last_characters(kind)) | set(_ENDS)
        self._rates: dict[Change, re.Pattern[str]] = {
            "increase": re.compile(rf"(?<!自然)(?:{cues.either('growth')}){_REACHING}"),
            "decrease": re.compile(rf"(?:{cues.either('decline')}){_REACHING}"),
        }
        self.series = re.compile(cues.either("one_by_one"))
        self._looked_at = among(self._lasts | _PASSED | set("年的底末期"))
        """Before which numbers something may be said of change."""

    def of(
        self, text: str, page: Page, clauses: Clauses, quantities: Sequence[Quantity]
    ) -> tuple[list[Change | None], list[bool]]:
        """What each number of a page is, None where nothing says it; and whether a verb before its list governs it."""
        left = clauses.left
        up, down = page.has(Trait.UP), page.has(Trait.DOWN)
        first = page.next(up | down)[left.start]
        governed: list[bool] = (first < left.end).tolist()
        governs = (first < left.end - 1) & ~self._retires(page, first)
        verbs = np.where(governs, np.where(up[first], 1, 2), 0).tolist()
        changes: list[Change | None] = [_GOVERNED[verb] for verb in verbs]
        edges, starts = clauses.edges.tolist(), page.starts.tolist()
        before = clauses.codes[np.maximum(page.starts - 1, 0)]
        for n in np.flatnonzero(self._looked_at[before]).tolist():
            said = self._said(text, edges[n], starts[n])
            reached = text[max(edges[n], starts[n] - 1) : starts[n]] in ("占", "到", "至")
            changes[n] = said or ("level" if reached and changes[n] else changes[n])
            if _NO_CHANGE.search(text, max(edges[n], starts[n] - _FAR), starts[n]):
                improves = text.startswith("改善", starts[n] - 2)
                changes[n] = changes[n] if improves == (quantities[n].unit == "%") else "level"
            elif changes[n] == "increase" and quantities[n].unit in _THINGS and _BETTERS.match(text, starts[n] - 2):
                changes[n] = changes[n] if text[quantities[n].end : quantities[n].end + 1] in _STOPS else "level"
        for n, change in enumerate(changes):
            if quantities[n].rule == GROWTH:
                changes[n] = "increase"
            elif change is None:
                signed = quantities[n].unit in _RATES or text[starts[n]] in "+-－"
                sign = _by_sign(text, starts[n]) if signed else None
                changes[n] = sign or _around(text, max(edges[n], starts[n] - _FAR), starts[n], quantities[n].end)
        self._carry(text, clauses, quantities, changes, governed)
        return changes, governed

    @staticmethod
    def _retires(page: Page, first: Array) -> Array:
        """Which words tell no change, though they are those of one: 淘汰|锅炉5台, 压缩|车6辆."""
        types, words = page.types[first], page.lexicon.words
        out: Array = types == page.lexicon.number_of(_RETIRES)
        for n in np.flatnonzero(types == page.lexicon.number_of(_PRESSES)).tolist():
            out[n] = words[page.types[first[n] + 1]].startswith(_PRESSED)
        return out

    def _carry(
        self,
        text: str,
        clauses: Clauses,
        quantities: Sequence[Quantity],
        changes: list[Change | None],
        governed: list[bool],
    ) -> None:
        """Let what is said of a number hold for those listed after it, and for the parts of what was added."""
        edges, listed = clauses.edges.tolist(), clauses.listed.tolist()
        series = False
        for n in range(1, len(quantities)):
            one, last = quantities[n], quantities[n - 1]
            if (last.unit, one.unit) == ("户", "人") and one.start - last.end <= 1 and changes[n] is None:
                changes[n] = None if changes[n - 1] == "level" else changes[n - 1]  # 新增低保276户|462人
            if not listed[n]:
                series = False
                added = changes[n - 1] == "increase" and _ADDED.search(text, edges[n - 1], last.start) is not None
                within = one.unit == last.unit and (one.value or 0) <= (last.value or 0)
                if added and within and changes[n] is None and _PART.fullmatch(text, last.end, one.start):
                    changes[n] = "increase"  # 新增就业320人，其中残疾人18人
                if one.unit == last.unit and changes[n - 1] != "level" and _AIMS.fullmatch(text, last.end, one.start):
                    changes[n] = changes[n - 1]  # 增长10%，力争11%
                if one.unit == last.unit == "%" and PEER.fullmatch(text, last.end, one.start):
                    changes[n] = changes[n - 1] if changes[n] is None else changes[n]  # 增长7%（全市6%）
                if (
                    one.unit == last.unit == "%"
                    and changes[n] is None
                    and changes[n - 1]
                    and _IN_SHORT.fullmatch(text, last.end, one.start)
                ):
                    changes[n] = changes[n - 1]  # 粮食上涨16%，鲜菜34.5%
                if one.unit == "%" and last.unit == "百分点" and text[last.end : one.start] in ("至", "到"):
                    rated = _RATED.search(text, edges[n - 1], last.start)  # 增速回落2个百分点至5%
                    changes[n] = changes[n] if rated is None else "decrease" if rated["less"] else "increase"
                for kind, rate in self._rates.items() if _ON_TO.fullmatch(text, last.end, one.start) else ():
                    if rate.search(text, edges[n - 1], last.start):
                        changes[n] = kind  # 增速由6%回升到8%
                continue
            series = series or self.series.search(text, edges[n - 1], last.start) is not None
            goes_on = one.unit == last.unit or governed[n - 1] or series  # 新增A 5家、B 3家
            if changes[n - 1] == "level" and series and changes[n] and _PULLED.search(text, edges[n - 1], last.start):
                changes[n] = "level"
            elif goes_on and changes[n] is None and changes[n - 1] in ("increase", "decrease"):
                changes[n], governed[n] = changes[n - 1], governed[n - 1]

    def _said(self, text: str, left: int, start: int) -> Change | None:
        """The change that the phrase before a number says: 增长5.2% is one, 增长到30亿元 is the level reached."""
        last = text[start - 1 : start]
        time = _TIME.search(text, max(left, start - 8), start) if last in "年底末的" else None
        end = start if time is None else time.start()
        while end > left and text[end - 1] in _PASSED:
            end -= 1
        if last in "年期" and (exceeds := _EXCEEDS.search(text, max(left, start - _FAR), start)):
            return None if _POINTS.match(text, start) else "increase" if exceeds["more"] else "decrease"
        if end == left or text[end - 1] not in self._lasts:
            return None
        light = self._cues.ending("reach", text, left, end)
        bare_end = end - len(light)
        clause = max(left, end - _FAR)
        points = _POINTS.match(text, start)
        if not points and _ELSEWHERE.search(text, clause, end):
            return "level"
        if _GAP.search(text, clause, end) or _STANDS.search(text, clause, end):
            return "level"
        if points and _PULLED.search(text, clause, end):
            return "level"
        for kind, rate in self._rates.items():
            if rate.search(text, clause, end):
                return kind
        mounts = (
            _MOUNTS.search(text, clause, end) if text[end - 1] in _COMES_TO and _PERCENT.match(text, start) else None
        )
        if mounts:
            return "increase" if mounts["more"] else "decrease"
        if compared := _COMPARED.search(text, clause, end) or (points and _PACED.search(text, clause, end)):
            return "increase" if compared.lastgroup else "decrease"
        for kind, verb in _VERBS.items():
            if self._cues.ending(verb, text, left, end):
                return kind
        if text.startswith("多了", end - 1):
            return "increase"
        endings = [(len(self._cues.ending(kind, text, left, end)), kind) for kind in _KINDS]
        if (longest := max(endings))[0] and not _is_part_of_noun(text, end):
            return longest[1]  # 负增长 ends in 增长
        if light and any(self._cues.ending(kind, text, left, bare_end) for kind in _KINDS):
            return "level"
        return None


_RETIRES = ("淘汰", "v")
"""What it governs is a count of things, 淘汰锅炉5台, though it makes them fewer."""
_PRESSES, _PRESSED = ("压缩", "v"), ("车", "垃圾", "式", "机", "空气", "天然气", "设备", "包", "箱", "罐")
"""What is made to press is not made fewer: 购买压缩|垃圾箱12个."""
_FAR = 24
"""So many characters before a number are searched for what it is compared with."""
_ENDS = "放支多高加长添少低占出在于达为至到幅均的快缓轻小掉利掏调造产用水升善数量率速盈缴立收征办挣赚卖种建结发付纳案年期库栏口境死亡付集筹待助排处印拨批招借还接运送养修植栽补救捐"
_THEN = (
    rf"(?:上年|去年|前年|年初|上月|上季度|上届|上半年|同期|往年|历年|常年|原先|原来|{WRITTEN_YEAR}年|前[一二两三四五个]{{0,2}}年|[一二三四]季度|[“\"][一二三四五六七八九十]{{1,3}}五[”\"](?:时期|期间)?"
    r"|[一-龥]{1,4}?(?:以|之)?前)"
)
_COMPARED = re.compile(
    rf"(?:[比较](?:[一-龥]{{1,4}}的)?{_THEN}[^，。；、]{{0,8}}?(?:(?P<more>偏?多(?:{_DOES}?[利案]?|{_DID})|高|加|长|添)|少(?:[用漏]?水?|投[放入]?|支|{_DOES}案?|{_DID})|低|年轻|小|掉)"
    rf"|同比(?:(?P<most>多)|少)(?:{_DOES}案?|{_DID})?)[出了]{{0,2}}$"
)
"""比上年多, 较换届前高了: a change over time."""
_EXCEEDS = re.compile(rf"(?:{_EXCEEDING})(?:上年|去年|前年)(?:同期)?$")
"""超过上年5000万元: how much more there was than then, and not how much there was then."""
_PACED = re.compile(rf"[比较]{_THEN}[^，。；、]{{0,8}}?(?:(?P<more>加?快)|放缓|慢)[出了]{{0,2}}$")
"""比一季度加快: a change of a rate, where it is told in points."""
_POINTS = re.compile(
    r"[近约逾]?[-－−]?[0-9.．]+(?:[、和及与][-－−]?[0-9.．]+){0,4}个?百分点|[〇零一二三四五六七八九十两点]+个百分点"
)
_MOUNTS = re.compile(
    "(?<![率重比面度])的?(?:(?P<more>增长)(?:分别|将|均|都|也)*[为达]|下降(?:分别|将|均|都|也)*达)(?:到|了)?$"
)
_COMES_TO = frozenset("为达到了")
_PERCENT = re.compile("[近约逾超]?(?:[0-9.]+[%％]|百分之|[一二三四五六七八九]成)")
"""What makes a change of what a growth comes to: 财政收入增长为8.5%; not so of 就业率增长为92%, 产量增长为12万吨."""
_PULLED = re.compile("(?:拉动|影响|下拉)[^，。；、]{0,12}(?:增长|上涨|增速)$")
"""拉动经济增长 2个百分点: a share in a change, which is a level."""
_STANDS = re.compile(
    "自然增长率[^，。；、]{0,6}$|(?:转化|整治|整改|改造|户厕|提质|恢复)(?:提升|提高|改善)$|(?:总数|总量)(?:突破|达到?|为)?$"
)
"""What is none though its words are those of changes: 人口自然增长率, 整治提升, 净增22家、总数."""
_GAP = re.compile(
    r"[高低快慢好多少][于出][^，。；、]{0,14}(?:增速|增幅|平均|水平|全[国省市县区州])$"
    r"|[比较](?:年初|原定?|市控|省控)?(?:计划|预算|任务|指标|目标|规划|规定|预计)[^，。；、]{0,4}(?:(?<![提增减降])[多高少低快]|扩大)[出了]{0,2}$"
    r"|(?:核减|压减|减免)率$"
)
"""比计划少, 高于全国平均: how far apart two are."""
_ELSEWHERE = re.compile("[比较]全[国省市县区州盟][^，。；、]{0,6}[多高少低快慢][出了]?$")
"""比全省平均少, of an amount."""
_REACHING = r"[却均更仅只也要应将竟仍还]?(?:分别|各)?(?:高?达到?|为|至|(?:控制|掌握|保持|稳定|维持)?在[年度上目标预期]{0,4}|不?[高低]于|不?超过)?"
_REACHING += r"(?:在\d{1,2}月份?达到|(?:[由从][^，。；、]{1,14})?[一-龥]{0,2}(?:[降升压掉]|回落|回升|收窄|扩大|提高|放缓|加快)[到至为]|[由从][^，。；、0-9降]{1,8}的?)?$"
_JOINED = re.compile(
    "(?P<more>新增|净增|扩种|扩大(?![到至为]))[^，。；、：0-9]{1,10}$|(?:净减|缩短(?![到至为]))[^，。；、：0-9]{1,10}$"
)
"""新增就业, where words are not told apart."""
_RANKED = re.compile("(?:(?P<more>增速|增幅|涨幅)|降幅|跌幅|减幅)[^，。；、0-9]{0,8}，(?:分别|高)?(?:达到?|为)$")
"""增速居全市之首，达19.6%: a rate whose rank is told before it."""
_POINTED = re.compile("(?:(?P<more>提高|上调|调高)|降低|下调|调低|压降)(?![到至为])[^，。；、：0-9到至为]{1,8}$")
"""降低税率3个百分点, of points alone."""
_MOVING = re.compile("[增扩减缩涨降跌提调]")
"""One of these is in each of them."""
_RISE = re.compile("的(?:[高年]?速?度?增长|增幅|增速|涨幅)|的(?P<less>降幅|跌幅|减幅)")
"""What a number is said to be of behind it: 保持12%的增幅."""
_ON_TO = re.compile("[一-龥]{0,4}?(?:[降升压掉]|回落|回升|收窄|扩大|提高|放缓|加快)[到至为][^，。；、0-9]{0,4}")
_RATED = re.compile("(?:增速|增幅|涨幅|(?P<less>降幅|跌幅|减幅))[^，。；、]{0,6}$")
_AIMS = re.compile("，(?:在?执行中)?(?:力争|争取|奋力)(?:达到?|实现)?")
"""What a higher aim is told with."""
PEER = re.compile("[（(](?:全[国省市县区州盟]|[一-龥]{1,3}[省市县区州盟])(?:平均|均值)?(?:水平)?[为是：]?")
"""What stands between a rate of growth and that of a larger or another place."""
_IN_SHORT = re.compile(
    "，(?:[上下]半年|前?[一二三四]季度|前三季度|全年)(?:达到?|为)?|，(?![完实])[^，。；、由从的比占率例数重达为至到有0-9]{2,6}"
)
"""What stands between two rates of which the second is told in short: 粮食上涨16%，鲜菜34.5%."""
_NO_CHANGE = re.compile("新增[^，。；、：]{1,8}的$|改善$")
"""新增财力的80%以上 is a share; 改善灌溉面积 makes none less, but 浓度改善24.7%."""
_THINGS, _BETTERS, _STOPS = frozenset(("件", "项", "类", "种")), re.compile("提[升高]"), frozenset("，。；、：！\n）")
"""What is made better is as many as it was: 优化提升|三项服务."""
_ADDED = re.compile("新增|净增|增设|增加了")
_PART = re.compile("(?:，其中|（其中|（)[^，。；、：（）0-9再减]{1,12}")


def _by_sign(text: str, start: int) -> Change | None:
    """The change that only a sign tells: 120亿元，+6.2%, 同比↓4%; one of less than nothing keeps its sign: 环比-3.2%."""
    sign, before = text[start], text[max(0, start - _FAR) : start]
    if sign == "+":
        return "increase"
    if sign in "-－":
        return "increase" if _SIGNED.search(before) else None
    arrow = before[-1:]
    return _ARROWS.get(arrow) if arrow and arrow in _ARROWS else None


def _around(text: str, near: int, start: int, end: int) -> Change | None:
    """What the words joined to a noun before a number, or the noun behind it, say of it: 新增就业320人, 12%的增幅."""
    if _MOVING.search(text, max(0, start - _FAR), start):
        joined = _JOINED.search(text, near, start) or _RANKED.search(text, max(0, start - _FAR), start)
        if joined is None and _POINTS.match(text, start):
            joined = _POINTED.search(text, max(0, start - _FAR), start)
        if joined:
            return "increase" if joined["more"] else "decrease"
    rise = _RISE.match(text, end) if text[end : end + 1] == "的" else None
    return None if rise is None else "decrease" if rise["less"] else "increase"


_VERBS: dict[Change, str] = {"increase": "more", "decrease": "less"}
_PASSED = frozenset(" \u3000了约")
_TIME = re.compile(rf"(?:{WRITTEN_YEAR})年[底末]?的?$")
"""A time between what is said of change and the number: 增加到2007年13786元."""
_KINDS: tuple[Change, ...] = ("increase", "decrease")
_GOVERNED: tuple[Change | None, ...] = (None, "increase", "decrease")


def _is_part_of_noun(text: str, end: int) -> bool:
    """增 and 减 alone end words that are no change (新增 is one, 递减 too; 加减 and 起降 are none)."""
    return text[end - 1] in "少升降" and text[end - 2 : end - 1] in (
        "多",
        "缺",
        "至",
        "公",
        "毫",
        "起",
        "升",
        "空",
        "迫",
    )


def basis_of(text: str, left: int, start: int) -> str | None:
    """What a change is measured against: 同比, 比上年, 较2020年; in what terms, where that is told: 同口径, 剔除减税因素后."""
    if terms := _TERMS.search(text, left, start):
        return terms[0]
    found = None
    for match in _BASIS.finditer(text, left, start):
        found = "比" + match["then"] if match["then"] else match[0]
    return found


def basis_seen(text: str, start: int) -> str | None:
    """What all changes of the sentence that begins at `start` are measured against: 从环比看，…."""
    seen = _SEEN.match(text, start)
    return seen[1] if seen else None


def basis_spans(text: str) -> list[tuple[int, int]]:
    """Where the words that say what a change is measured against or owed to stand; they are no part of a name."""
    scans = [_BASES, _NO_NAMES]
    if "口径" in text or "因素" in text:
        scans.append(_ALL_TERMS)
    if "下半年" in text or "季度" in text:
        scans.append(_TIMES)
    return [match.span() for scan in scans for match in scan.matches(text)]


def modal_words(page: Page) -> Array:
    """Which words of all sentences commit to a future: 力争, 确保, 计划.

    计划 is a verb where a verb follows it or nothing but a time or a mark stands before it: 制定计划3份 plans nothing, nor
    does what a name ends in, 倍增计划, or begins with, 未来社区.
    """
    traits = page.lexicon.traits[page.all_types]
    after = np.append(traits[1:] & Trait.AFTER_PLAN, 0) != 0
    before = np.append(0, traits[:-1] & Trait.BEFORE_PLAN) != 0
    before[page.sizes[:-1][page.sizes[:-1] < len(before)]] = True
    verbal = np.append(traits[1:] & Trait.AFTER_MODAL, 0) != 0
    modal: Array = ((traits & Trait.MODAL) != 0) & (((traits & Trait.MODAL_NOUN) == 0) | after | before)
    modal &= ((traits & Trait.MODAL_VERB) == 0) | verbal
    words, tags, types, cues = page.lexicon.words, page.lexicon.tags, page.all_types, page.lexicon.cues
    for at in np.flatnonzero(modal).tolist():
        word, last, next_ = words[types[at]], types[at - 1] if at else 0, types[at + 1] if at + 1 < len(types) else 0
        if word in cues["modal_name"]:
            modal[at] = tags[next_] not in _NAMED or words[next_] in cues["years_to_come"]
        elif traits[at] & Trait.MODAL_NOUN and not before[at]:
            modal[at] = tags[last] not in _QUALIFIES and words[last] not in cues["before_plan"]
    return modal


_NAMED = frozenset(("n", "ns", "nt", "nz", "nr", "vn", "b", "j", "l", "eng"))
_QUALIFIES = frozenset(("v", "vn", "a", "an", "uj"))
"""Classes of words before 计划 where that is a noun: 倍增计划."""
