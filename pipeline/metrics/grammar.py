"""How a number expression is written: the parts around the digits, and what they say."""

from __future__ import annotations

import re

from pipeline.language.numerals import CHINESE, DIGITS, SMALL
from pipeline.records import Approx

_MULTIPLIER = "(?:[千仟](?![瓦克米卡伏安焦帕赫升乏牛])|[百佰](?!分[之点點])|[万亿萬億])"
_SPACED = r"(?<![0-9])[0-9]{1,3}(?:[ \u00a0\u2009][0-9]{3}){1,5}(?![0-9])"
_ARABIC = rf"(?:{_SPACED}|[0-9]+)(?:,[0-9]{{3}}(?![0-9])|，[0-9]{{3}}(?![0-9])(?=(?:，[0-9]{{3}}){{0,4}}\.[0-9]|[万亿]?元))*(?:\.[0-9]+)?"
_DIGIT = "".join(DIGITS)

_TAIL = rf"(?:[0-9]+(?![0-9年.])|[{CHINESE}]+)"
ARABIC = rf"(?:{_ARABIC}|\.[0-9]+)(?:[ \u3000]?{_MULTIPLIER}+(?:{_ARABIC}{_MULTIPLIER}+)*{_TAIL}?)?"
SPOKEN = rf"[{CHINESE}]+(?:[点點][{_DIGIT}]+[十百千万亿萬億]*)?"
_PLAIN = rf"(?P<plain>[0-9]{{1,18}}(?:\.[0-9]{{1,18}})?)(?P<scale>[万亿]?)(?![0-9.,， \u00a0\u2009\u3000{CHINESE}])"
NUMBER = re.compile(rf"{_PLAIN}|{ARABIC}|{SPOKEN}|半")
"""The commonest shape, 3.5亿, is tried first, and has groups of its own."""


def candidates(unit_characters: str) -> re.Pattern[str]:
    """The pattern that finds the first character of what may be a number.

    A single Chinese digit counts only where something that can follow a number does (or where it stands alone): 一 is
    the commonest character of Chinese, and mostly part of a word. The pattern begins with one class of characters,
    since only such a pattern is searched for at the speed of a scan.
    """
    follow = "".join(sorted(set(unit_characters + "余餘多来來几幾成折倍分半点點 \n")))
    spoken = rf"(?<=[{CHINESE}])(?:[点點][{_DIGIT}]|[{CHINESE}]|(?=[{re.escape(follow)}])|(?<![\u4e00-\u9fff].)(?![\u4e00-\u9fff]))"
    half = r"(?<=半)(?<![上下过大一多前后对各减夜深]半)(?=[年月天日小个個公斤里吨亩点點]|分钟)"
    return re.compile(rf"[0-9.半{CHINESE}](?:(?<=[0-9])|(?<=\.)(?=[0-9])|{spoken}|{half})")


BEFORE: dict[str, Approx] = {
    **dict.fromkeys(("约", "大约", "約", "大約", "大概", "约为", "约占", "大致", "左右为"), "about"),
    **dict.fromkeys(
        (
            "近",
            "将近",
            "接近",
            "不足",
            "不到",
            "不超过",
            "不高于",
            "低于",
            "少于",
            "未超过",
            "最多",
            "不多于",
            "不大于",
        ),
        "under",
    ),
    **dict.fromkeys(
        ("逾", "超", "超过", "超過", "过", "至少", "不少于", "不低于", "不小于", "多于", "高于", "最少", "上"), "over"
    ),
}
"""Qualifiers before a number that belong to the expression."""

_BEFORE_BY_LAST: dict[str, list[str]] = {}
for _word in sorted(BEFORE, key=len, reverse=True):
    _BEFORE_BY_LAST.setdefault(_word[-1], []).append(_word)

BETWEEN = re.compile(r"[余餘多来來](?![水年月])|[余餘多](?=年)|[几幾](?=[万亿个名家户人次元年天])")
"""余, 多 or 几 between number and multiplier or unit."""

CURRENCY = re.compile(r"(?:人民币|人民幣|港币|港幣|美金|摄氏|攝氏|华氏|華氏)[ \u3000]?$")
"""What may stand before a number and belongs to the expression."""

TENTHS = re.compile("[一二三四五六七八九](?![个十百千万亿点成大是要])")
"""What follows 成: 六成五 is 65 %."""

PAIR = re.compile(r"(?P<ten>十?)(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<scale>[十百千万亿]*)")
"""Two digits side by side: 三五百 is 300 to 500, 七八个 is 7 to 8, 十七八 is 17 to 18."""

AFTER = re.compile(
    r"[ \u3000]?(?:\s{0,4}(?:（含）)?(?P<over>及?以上|之上)|\s{0,4}(?P<under>及?以下|及?以内|之内)|(?P<about>左右|上下|前后)|(?P<more>[余餘多](?!元|种|样|次|人|项|层|边|方|级|党|媒|功|维|式|点|渠|家|个|年|措|云|头|部|地|万|亿|名|户)))"
)
"""Qualifiers after the unit."""

RANGE_MARK = re.compile(r"[ \u3000]?(?:--|[—─]{1,2}|[-－−–~～〜至到])[ \u3000]?")

_VERB_ENDS_IN_过 = "通经超越不难错渡跳路度太"


BEFORE_LAST = frozenset([*_BEFORE_BY_LAST, *"币幣金氏数几 \u3000"])
BETWEEN_FIRST = frozenset("余餘多来來几幾个個")
RANGE_FIRST = frozenset("-－−–~～〜至到—─ \u3000")
FOLLOWS = frozenset([*DIGITS, *SMALL, *"0123456789半整正（及以之左上前余餘多 \n\t\r\u3000\u00a0"])
"""First characters of what is tried around a number and its unit: most numbers have none of it beside them."""


def before(text: str, start: int, floor: int) -> tuple[int, Approx]:
    """Where the expression begins with its qualifiers, and what they say."""
    begin: int = start
    approx: Approx = "exact"
    if text[start - 1 : start] not in BEFORE_LAST:
        return begin, approx
    if (match := CURRENCY.search(text, max(floor, start - 4), start)) is not None:
        begin = match.start()
    while (hit := _qualifier(text, begin)) is not None and hit[0] >= floor:
        begin, said = hit
        approx = said if approx in ("exact", "about") else approx
    return begin, approx


def after(text: str, end: int) -> tuple[int, Approx | None]:
    """Where the expression ends with its qualifiers, and what they say; None where there are none."""
    match = AFTER.match(text, end) if text[end : end + 1] in FOLLOWS else None
    if match is None:
        return end, None
    kind = match.lastgroup
    return match.end(), "over" if kind == "more" else kind  # type: ignore[return-value]


def _qualifier(text: str, start: int) -> tuple[int, Approx] | None:
    """The qualifier that ends at `start`: where it begins, and what it says."""
    at = start
    while at and text[at - 1] in " \u3000":
        at -= 1
    for word in _BEFORE_BY_LAST.get(text[at - 1 : at], ()):
        if text.startswith(word, at - len(word)):
            begin = at - len(word)
            if word == "过" and text[begin - 1 : begin] in tuple(_VERB_ENDS_IN_过):
                return None
            if word == "上" and (
                text[start : start + 1] not in tuple("百千万亿") or text[begin - 1 : begin] in tuple("以网线村会路年月")
            ):
                return None
            if word == "近" and text[begin - 1 : begin] in tuple("附临邻靠最亲"):
                return None
            return begin, BEFORE[word]
    return None
