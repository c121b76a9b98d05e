"""Numbers that measure nothing: dates, clock times, ordinals, outline numbers, document numbers, set phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language.numerals import CHINESE
from pipeline.rules.schema import Phrase

_MONTHS = {str(n) for n in range(1, 13)} | {f"0{n}" for n in range(1, 10)}
_MONTHS |= {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "元", "正", "腊"}
_SPOKEN_DAY = frozenset("〇零一二三四五六七八九十廿卅")
_YEAR = re.compile(r"(?:1[89]|20)\d\d|[一二][〇零○九八][〇零○一二三四五六七八九]{2}|[〇零○一二三四五六七八九]{4}")
_YEAR_AFTER = re.compile(
    r"\s?(?:学年|财年|年|[-－—–~～至到/、和及]{1,2}\s?(?:(?:1[89]|20)?\d\d|[〇零○一二三四五六七八九]{2,4})\s?(?:学年|年)?)"
)
_DATE_AFTER = re.compile(
    r"\s?(?:月(?!薪|租|费|活|产|均|嫂|饼)|日(?!均|产|活|处理|供|游|间)|号|时(?!间)|点(?:钟|半|\d|[一二三四五六]十|前|后|至|整)|世纪|年代"
    r"|季度|届|[:：]\d\d(?!\d)|、?[一二三四123]季度)"
)
_DAY_LIST = re.compile(r"\s?[-－—–~～至到、和]{1,2}\s?\d{1,2}\s?(?:月|日|号)(?!均|产)")
_ORDINAL_BEFORE = re.compile(
    r"(?:第|星期|礼拜|农历|初|号楼?|No\.?|№|〔|【|\[|编号[:：]?|代码[:：]?|账号[:：]?|卡号[:：]?|电话[:：]|热线[:：]?)\s?$"
)
_OUTLINE_AFTER = re.compile(r"[、.．)）]|是|要")
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3,5}$")  # GDP120亿元: an indicator, no code
_LONG_DIGITS = re.compile(r"\d{6,}|0\d+")


class PhraseIndex:
    """Set phrases that hold a numeral, found from the numeral: 三会一课 from 三 and from 一."""

    def __init__(self, rows: Iterable[Phrase]) -> None:
        forms: dict[str, dict[tuple[int, int], set[str]]] = {}
        families, enclosures, signs = [], [], ""
        run = re.compile(rf"[0-9]+(?:\.[0-9]+)?|[{CHINESE}]+")
        for row in rows:
            for written in row.written:
                for match in run.finditer(written):
                    key = match[0] + written[match.end() : match.end() + 1]
                    forms.setdefault(key, {}).setdefault((match.start(), len(written)), set()).add(written)
            if row.pattern and row.signs:
                enclosures.append(f"(?:{row.pattern})")
                signs += row.signs
            elif row.pattern:
                families.append(f"(?:{row.pattern})")
        self._forms = {key: [(*place, frozenset(of)) for place, of in found.items()] for key, found in forms.items()}
        self._family = re.compile("|".join(families) or "(?!)")
        self._sign = re.compile(f"[{re.escape(signs)}]" if signs else "(?!)")
        self._enclosure = re.compile("|".join(enclosures) or "(?!)")

    def enclosed(self, text: str) -> list[tuple[int, int]]:
        """Where stretches stand whose opening sign tells that no number in them measures: 《…》, in order and apart."""
        spans: list[tuple[int, int]] = []
        end = 0
        for sign in self._sign.finditer(text):
            at = sign.start()
            if at >= end and (match := self._enclosure.match(text, at)):
                end = match.end()
                spans.append((at, end))
        return spans

    def covers(self, text: str, start: int, end: int) -> int:
        """The end of the longest set phrase that holds the numeral ``text[start:end]``, or 0."""
        match = self._family.match(text, start)
        best = match.end() if match else 0
        for key in (text[start : end + 1], text[start:end]):
            for at, length, forms in self._forms.get(key, ()):
                begin = start - at
                if begin + length > best and text[max(begin, 0) : begin + length] in forms:
                    best = begin + length
        return best


def date_end(text: str, start: int, end: int, number: str) -> int:
    """Where the date or clock time that begins with `number` at `start` ends; 0 where it begins none."""
    if _YEAR.fullmatch(number):
        after = _YEAR_AFTER.match(text, end)
        if after:
            return after.end()
        if number.isascii() and not text[end : end + 1].strip("，。；、）)》”：: \n-—/．."):
            return end
    if (
        (number.isascii() and len(number) <= 2)
        or number in _MONTHS
        or (len(number) <= 3 and set(number) <= _SPOKEN_DAY)
    ):
        after = _DATE_AFTER.match(text, end)
        if after and not (after[0].strip() == "月" and number not in _MONTHS):
            return after.end()
        listed = _DAY_LIST.match(text, end)
        if listed:
            return listed.end()
    if len(number) == 2 and number.isascii() and number[0] in "5678901" and text.startswith("年代", end):
        return end + 2
    return 0


def is_ordinal(text: str, start: int, end: int) -> bool:
    """第三批, 初二, 〔2023〕12号, 1. at the head of an item, （一）."""
    before = text[max(0, start - 6) : start]
    if _ORDINAL_BEFORE.search(before):
        return True
    after = text[end : end + 1]
    last = before[-1:]
    if last and last in "（(" and after and after in "）)":
        return True
    if after and after in "、.．)）是要" and (not last or last in "\n。；;：:！？　 （("):
        return _OUTLINE_AFTER.match(text, end) is not None
    return False


def is_code(text: str, start: int, end: int, number: str) -> bool:
    """G60, 5A, PM2.5, COVID-19, telephone and account numbers, 3+2, 1.2.3, 0571-88…"""
    last, after = text[start - 1 : start], text[end : end + 1]
    if number.isascii():
        if last and ((last.isascii() and (last.isalpha() or last in "_@#&=*")) or last in "+＋"):
            return not _ABBREVIATION.search(text, max(0, start - 6), start)
        if after and (after in "+＋_@*" or (after == "." and text[end + 1 : end + 2].isdigit())):
            return True
        if last in ("-", ".", "/") and text[start - 2 : start - 1].isascii() and text[start - 2 : start - 1].isalnum():
            return text[start - 2 : start - 1].isalpha() or (last == "-" and _LONG_DIGITS.fullmatch(number) is not None)
        if after == "-" and text[end + 1 : end + 2].isdigit() and number[0] == "0":
            return True
    return False
