"""Numbers that measure nothing: dates, clock times, ordinals, outline numbers, document numbers, set phrases."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence

from pipeline.language.numerals import CHINESE
from pipeline.language.periods import WRITTEN_YEAR
from pipeline.language.widths import among, places_of
from pipeline.rules.schema import Phrase

_MONTHS = {str(n) for n in range(1, 13)} | {f"0{n}" for n in range(1, 10)}
_MONTHS |= {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "元", "正", "腊"}
_SPOKEN_DAY = frozenset("〇零一二三四五六七八九十廿卅")
_YEAR = re.compile(rf"{WRITTEN_YEAR}|[〇零○一二三四五六七八九]{{4}}")
_YEAR_AFTER = re.compile(
    r"[-/](?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|\s?(?:学年|财年|年|两年|[-－—–~～至到/、和及]{1,2}\s?(?:(?:1[89]|20)?\d\d(?![\d.万亿元%‰])|[〇零○一二三四五六七八九]{2,4})\s?(?:学年|年)?)"
)
_DATE_AFTER = re.compile(
    r"\s?(?:月(?!薪|租|费|活|产|均|嫂|饼)|日(?!均|产|活|处理|供|游|间)|号|时(?:\d{1,2}分(?![之钟])|(?!间))|点(?:钟|半|\d|[一二三四五六]十|前|后|至|整)|世纪|年代|两(?:个?[月年季]|天|日|周)"
    r"|季度|届|[:：]\d\d(?!\d)|、?[一二三四123]季度)"
)
_AMOUNT_AFTER = re.compile(
    r"[-－—–~～]{1,2}\d+(?:\.\d+)?(?:[万亿]|元|人|亩|吨|户|名|斤|公斤|公里|米|头|只|株)"
    r"|[ \u3000\xa0]{1,12}(?:[余多]?[万亿%‰个户亩人名元吨家件项条头只株份次处批例宗张册套台辆座]|平方米|公里|公顷)[\s，。；、,;)）]"
    r"|(?<=[一-鿿].{5})(?<![自从于].{5})[ \u3000\xa0]起[，。；、]"
)
"""What makes an amount of 2000: 2000—3000元, 1858 人, 案件 1843 起."""
_HOUR_BEFORE = re.compile(r"(?:上午|下午|晚上|夜里|深夜|凌晨|早上|早晨|清晨|中午|傍晚|每晚|当晚|[早晚到至])$")
_DAY_LIST = re.compile(r"\s?[-－—–~～至到、和]{1,2}\s?\d{1,2}\s?(?:月|日|号)(?!均|产)")
_ORDINAL_BEFORE = re.compile(
    r"(?:第|星期|礼拜|农历|(?:(?<![年月])|(?<=[正腊]月))初|号楼|No\.?|№|(?:[附下上如]|(?<!意)见)[表图]|附件|图表|邮编[:：]?|邮政编码[:：]?|QQ群?[:：]?|〔|【|\[|编号[:：]?|代码[:：]?|账号[:：]?|卡号[:：]?|电话[:：]|热线[:：]?)\s?$"
)
_NUMBERED_LIST = re.compile("第(?:[一二三四五六七八九十]{1,2}[、和至])+$")
"""What an ordinal goes on from: 第三、|四种形态."""
LABELS = frozenset("号码话线群")
"""Last characters of nouns that a number may label or count: 账号62220, 账号|120个."""
_LABELLED = re.compile("[0-9〇零一二三四五六七八九十百A-Za-z桩尾楼栋幢门牌文]号$")
"""What the number behind belongs to with whatever unit: 3号|2栋, 桩号|12公里."""
_HOT_LINE = re.compile(r"1[12]\d|\d{5,}")  # 119, 12345
_LATIN = string.ascii_letters + "_@#&=*±+＋-./"
_BLANKS = " \n\t\u3000\xa0"
TELLING_BEFORE = frozenset(_LATIN + _BLANKS + "第期拜历初号楼№〔【[:：码话线（(表图件编群")
TELLING_AFTER = frozenset(
    ("", *_BLANKS, *"×✕年月日号时点點世季届学财代、-－—–~～至到/和及:：，。；）)》”．.是要+＋_@*")
)
"""What stands beside a date, an ordinal or a code: most numbers have none of it beside them."""
_OUTLINE_AFTER = re.compile(r"[、.．)）]|是|要")
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3,5}$")  # GDP120亿元: an indicator, no code
_RATE = re.compile(r"[%‰]|个百分点")
_ADDED = re.compile(rf"{_RATE.pattern}|[万亿]|元")  # behind 12.6亿元（+0.3亿元）, but 党建+5
_COUNTED = frozenset("%‰个人户亩件项名吨家条所场套座辆")
"""An Arabic number before one of these is in no family of phrases: they need not be tried."""
_COUNTED_BEHIND = frozenset("个户亩件项名吨家条人万亿%处宗起份")
_LOOK_ALIKES = frozenset("陆伍肆拾兆")
_ARABIC = frozenset(string.digits)
_MULTIPLIERS = frozenset("万亿")
_LONG_DIGITS = re.compile(r"\d{6,}|0\d+")


_ALIKE = (string.digits, "一二三四五六七八九十")
"""Signs whose families are one pattern: they share most of their rows, and to compile each takes .01 s."""


class _Families(dict[str, "re.Pattern[str] | None"]):
    """The pattern of all rows that a sign may begin, compiled when the sign is first met; None where there are none."""

    def __init__(self, rows: Iterable[Phrase]) -> None:
        super().__init__()
        self._rows = [(row, frozenset(_members(row.signs))) for row in rows if row.signs]
        self.signs = frozenset[str]().union(*(signs for _, signs in self._rows))

    def __missing__(self, sign: str) -> re.Pattern[str] | None:
        alike = next(filter(lambda signs: sign in signs, _ALIKE), sign)
        patterns = [
            f"(?:{row.pattern})" if signs.issuperset(alike) else f"(?=[{row.signs}])(?:{row.pattern})"
            for row, signs in self._rows
            if not signs.isdisjoint(alike)
        ]
        family = re.compile("|".join(patterns)) if patterns else None
        self.update(dict.fromkeys(alike, family))
        return family


class PhraseIndex:
    """Set phrases that hold a numeral, found from the numeral: 三会一课 from 三 and from 一."""

    def __init__(self, rows: Sequence[Phrase]) -> None:
        forms: dict[tuple[str, str, str], dict[tuple[int, int], set[str]]] = {}
        run = re.compile(rf"[0-9]+(?:\.[0-9]+)?|[{CHINESE}]+")
        for row in rows:
            for written in row.written:
                for match in run.finditer(written):
                    start, end = match.span()
                    key = match[0], written[end : end + 1], written[start - 1 : start]
                    forms.setdefault(key, {}).setdefault((start, len(written)), set()).add(written)
        self._forms: dict[str, dict[str, dict[str, list[tuple[int, int, frozenset[str]]]]]] = {}
        """The phrases by a numeral in them, what stands behind it and what before: most have none of it beside them."""
        for (numeral, follow, last), found in forms.items():
            places = [(*place, frozenset(of)) for place, of in found.items()]
            self._forms.setdefault(numeral, {}).setdefault(follow, {})[last] = places
        self._families = _Families(rows)
        self._is_mark = among(sign for sign in self._families.signs if not run.fullmatch(sign))

    def compile(self) -> None:
        """Compile every pattern, so that a faulty one of a user's is refused before any text is read."""
        for sign in self._families.signs:
            self._families[sign]

    def enclosed(self, text: str) -> list[tuple[int, int]]:
        """Where stretches stand whose opening sign tells that no number in them measures: 《…》, in order and apart."""
        spans: list[tuple[int, int]] = []
        end = 0
        for at in places_of(text, self._is_mark):
            family = self._families[text[at]] if at >= end else None
            if family is not None and (match := family.match(text, at)):
                end = match.end()
                spans.append((at, end))
        return spans

    def counts(self, number: str, last: str, follow: str) -> bool:
        """Whether an Arabic number between `last` and `follow` is surely in no set phrase: `covers` need not be asked."""
        if follow not in _COUNTED:
            return False
        beside = self._forms.get(number)
        if beside is None:
            return True
        ending = beside.get("", ())
        return follow not in beside and last not in ending and "" not in ending

    def covers(self, text: str, start: int, end: int) -> int:
        """The end of the longest set phrase that holds the numeral ``text[start:end]``, or 0."""
        run, follow = text[start:end], text[end : end + 1]
        first, best = run[0], 0
        if first not in _ARABIC or not (follow in _COUNTED or run[-1] in _MULTIPLIERS):
            if first in _LOOK_ALIKES and end - start > 1 and (skip := self.covers(text, start, start + 1)):
                return skip  # 内陆|两省
            family = self._families[first]
            if family is not None and (match := family.match(text, start)):
                best = match.end()
        beside = self._forms.get(run)
        if beside is None:
            return best
        last = text[start - 1 : start]
        for behind in (beside.get(follow), beside.get("")):
            if behind is None:
                continue
            for at, length, forms in (*behind.get(last, ()), *behind.get("", ())):
                begin = start - at
                if begin + length > best and text[max(begin, 0) : begin + length] in forms:
                    best = begin + length
        return best


def _members(signs: str) -> str:
    """The characters of the inside of a class: 0-9 is ten."""
    if not signs:
        return ""
    spans = re.finditer(r"(.)-(.)|(.)", signs)
    return "".join(m[3] or "".join(map(chr, range(ord(m[1]), ord(m[2]) + 1))) for m in spans)


def excluded_end(text: str, start: int, end: int, number: str, counts: bool = False) -> int:
    """Where a date, an ordinal or a code ends that `number` at ``text[start:end]`` begins; 0 where it begins none.

    `counts` tells that a unit follows the number, which the noun before it may be counted in: 视频号|86条.
    """
    last, after = text[start - 1 : start], text[end : end + 1]
    if last and last in "（(" and after and after in "）)":
        return end  # a year or the number of an item: no more belongs to it
    if stop := _date_end(text, start, end, number):
        return stop
    if counts and _is_of_noun(text, start, number):
        return 0
    return end if _is_code(text, start, end, number) or _is_ordinal(text, start, end) else 0


def _date_end(text: str, start: int, end: int, number: str) -> int:
    """Where the date or clock time that begins with `number` at `start` ends; 0 where it begins none."""
    if len(number) == 4 and _YEAR.fullmatch(number):
        after = _YEAR_AFTER.match(text, end)
        if after:
            return after.end()
        ends = not text[end : end + 1].strip("，。；、）)》”：: \n-—/．.")
        if number.isascii() and ends and not _AMOUNT_AFTER.match(text, end):
            return end
    if (
        (number.isascii() and len(number) <= 2)
        or number in _MONTHS
        or (len(number) <= 3 and set(number) <= _SPOKEN_DAY)
    ):
        after = _DATE_AFTER.match(text, end) if text[start - 1 : start] != "比" else None  # 师生比1:15
        if after and not (after[0].strip() == "月" and number not in _MONTHS):
            return after.end()
        if text[end : end + 1] in "点點" and _HOUR_BEFORE.search(text, max(0, start - 2), start):
            return end + 1
        listed = _DAY_LIST.match(text, end)
        if listed:
            return listed.end()
    if len(number) == 2 and number.isascii() and number[0] in "5678901" and text.startswith("年代", end):
        return end + 2
    return 0


def _is_of_noun(text: str, start: int, number: str) -> bool:
    """Whether a number with a unit counts what ends in one of LABELS: 预警信号|186期, but no 3号|2栋, 热线|12345件."""
    if text[start - 1] == "号":
        return _LABELLED.search(text, max(0, start - 2), start) is None
    return text[start - 1] not in "话线" or _HOT_LINE.fullmatch(number) is None


def _is_ordinal(text: str, start: int, end: int) -> bool:
    """第三批, 初二, 〔2023〕12号, 1. at the head of an item, （一）."""
    last, after = text[start - 1 : start], text[end : end + 1]
    if last == "号" and after not in _COUNTED_BEHIND:
        return True  # 文号12, but 版号137个
    if last and last in "、和至" and _NUMBERED_LIST.search(text, max(0, start - 12), start):
        return True
    if (last in TELLING_BEFORE or last.isspace()) and _ORDINAL_BEFORE.search(text, max(0, start - 6), start):
        return True
    if after and after in "、.．)）是要" and (not last or last in "\n。；;：:！？　 （("):
        return _OUTLINE_AFTER.match(text, end) is not None
    return False


def _is_code(text: str, start: int, end: int, number: str) -> bool:
    """G60, 5A, PM2.5, COVID-19, telephone and account numbers, 3+2, 1.2.3, 0571-88…"""
    last, after = text[start - 1 : start], text[end : end + 1]
    if not number.isascii():
        return False
    if last and last in "+＋-" and _ABBREVIATION.search(text, max(0, start - 7), start - 1) and _RATE.match(text, end):
        return False  # CPI+1.1%
    if last and ((last.isascii() and (last.isalpha() or last in "_@#&=*")) or last in "+＋±"):
        if last in "+＋" and not (text[start - 2 : start - 1].isascii() and text[start - 2 : start - 1].isalnum()):
            return _ADDED.match(text, end) is None  # 同比+5.2%, but no 党建+5
        return not _ABBREVIATION.search(text, max(0, start - 6), start)
    if after and (after in "+＋_@*" or (after in ".×✕" and text[end + 1 : end + 2].isdigit())):
        return True
    if last in ("-", ".", "/") and text[start - 2 : start - 1].isascii() and text[start - 2 : start - 1].isalnum():
        if last == "." and text[start - 2].isdigit():
            return True  # the 3 of 2.1.3
        return text[start - 2 : start - 1].isalpha() or (last == "-" and _LONG_DIGITS.fullmatch(number) is not None)
    return after == "-" and text[end + 1 : end + 2].isdigit() and number[0] == "0"
