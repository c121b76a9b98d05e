"""The words around a number and its unit that belong to the expression, and what they say: 约, 近, 逾, 余, 左右, 以上."""

from __future__ import annotations

import re
import string

from pipeline.language.numerals import DIGITS, SMALL
from pipeline.records import Approx

_SAYING: dict[Approx, str] = {
    "about": "约 大约 約 大約 大概 约为 约占 约合 约达 约有 大致 左右为",
    "under": "近 将近 将近达 接近 逼近 不足 不到 未到 不满 未满 不超过 不高于 低于 少于 未超过 最多 至多 不多于 不大于 不过 ≤ ≦ < ＜",
    "over": "逾 超 超过 超過 超出 过 至少 起码 起碼 不少于 不低于 不小于 不下 不下于 多于 高于 多达 最少 上 ≥ ≧ > ＞",
}
_BEFORE = {word: approx for approx, words in _SAYING.items() for word in words.split()}
_BY_LAST: dict[str, list[str]] = {}
for _word in sorted(_BEFORE, key=len, reverse=True):
    _BY_LAST.setdefault(_word[-1], []).append(_word)

BETWEEN = re.compile(
    r"[余餘多来來](?![水年月])|[余餘多](?=年)|[几幾](?=[万亿萬億个個名家户戶人次元年天块塊公吨噸亩畝里台臺套件项處处座所头頭只辆輛岁歲条場场种類类])"
)
"""余, 多 or 几 between number and multiplier or unit."""

_CURRENCY = re.compile(r"(?:人民币|人民幣|港币|港幣|美金|摄氏|攝氏|华氏|華氏)[ \u3000]?$")

_CURRENCY_LAST = frozenset("币幣金氏 \u3000")

_MORE = r"[余餘多](?!元|种|样|次|人|项|层|边|方|级|党|媒|功|维|式|点|渠|家|个|年|措|云|头|部|地|万|亿|名|户)"
_AFTER = re.compile(
    rf"[ \u3000]?(?:\s{{0,4}}(?:（含）)?(?P<over>及?以上|之上|有余|出头|开外|[还稍]多(?=[，。；、）\s]|$))|\s{{0,4}}(?P<under>及?以下|及?以[内內]|之[内內]|不到(?=[，。；、\s]|$))"
    rf"|(?P<about>左右|上下|前后|前後)|(?P<more>{_MORE}))"
)

BEFORE_LAST = _CURRENCY_LAST.union(_BY_LAST)
BETWEEN_FIRST = frozenset("余餘多来來几幾个個")
FOLLOWS = frozenset(
    [*DIGITS, *SMALL, *"0123456789半整正（(及以之有出开不左上前余餘多还稍强弱-－−–~～〜至到—─ \n\t\r\u3000\u00a0"]
)
"""Last characters of what is tried before a number, first ones of what is tried behind it: most have none beside them."""

_NOT_AFTER = {
    "过": "透通经超越不难错渡跳路度太",
    "超": "彩BＢ",
    "近": "附临邻靠最亲",
    "上": "以网线村会路年月迈跨踏站登",
    "约": "节條条合签违契预履爽缔",
    **dict.fromkeys("<>", string.ascii_letters + "\"'/>"),
}
"""Characters before a qualifier with which it is another word: 通过, 记过, 走访过, 附近, 网上, 节约, 彩超; or part of a tag."""
_WORDS = {
    "过": re.compile("[记大改悔查访理开办展做当受写看听待]$"),
    "约": re.compile("(?:^|[，。、；：\\n业户方商民])[解制毁邀集守]$"),
}
"""What stands before a qualifier where a word ends in it, though not all that end so: 记过26人, 走访过120户, 解约3家; 化解约30起."""
_BARE = frozenset("十百千万亿")
"""How a number begins that is none without 过: 参展|过万人."""


def before(text: str, start: int, floor: int) -> tuple[int, Approx]:
    """Where the expression whose number begins at `start` begins with its qualifiers, and what they say."""
    begin: int = start
    approx: Approx = "exact"
    last = text[start - 1 : start]
    if last not in BEFORE_LAST:
        return begin, approx
    if last in _CURRENCY_LAST and (match := _CURRENCY.search(text, max(floor, start - 4), start)) is not None:
        begin = match.start()
    while (hit := _qualifier(text, begin, floor)) is not None:
        begin, said = hit
        approx = said if approx in ("exact", "about") else approx
    return begin, approx


def after(text: str, end: int) -> tuple[int, Approx | None]:
    """Where the expression whose unit ends at `end` ends with its qualifiers, and what they say; None without any."""
    match = _AFTER.match(text, end) if text[end : end + 1] in FOLLOWS else None
    if match is None:
        return end, None
    kind = match.lastgroup
    return match.end(), "over" if kind == "more" else kind  # type: ignore[return-value]


def _qualifier(text: str, start: int, floor: int) -> tuple[int, Approx] | None:
    """The qualifier that ends at `start` (a blank may stand between): where it begins, and what it says."""
    at = start
    while at > floor and text[at - 1] in " \u3000":
        at -= 1
    for word in _BY_LAST.get(text[at - 1 : at], ()):
        begin = at - len(word)
        if begin >= floor and text.startswith(word, begin):
            last = text[begin - 1 : begin]
            if last and last in _NOT_AFTER.get(word, ""):
                return None
            ends = _WORDS.get(word)
            if ends and text[start : start + 1] not in _BARE and ends.search(text, max(begin - 2, floor), begin):
                return None
            if word == "上" and text[start : start + 1] not in ("百", "千", "万", "亿"):
                return None
            return begin, _BEFORE[word]
    return None
