"""What stands before a number that counts some of those before it: 47户中有…, 85起，超过一年的|6起, 32个村庄通水|29个."""

from __future__ import annotations

import re

from pipeline.metrics.page.numbers import COUNTS, Number
from pipeline.metrics.parts.part_words import PartWords

LEFT = ("，还有", "，尚有", "；尚有", "、尚有")
"""What stands before what is left, a part where it makes up the total with the number before: 97户，已入住58户，尚有39户."""
STARTED = re.compile(
    "[降升减增提][高少]?到[^，。；：、\n]{0,10}的$|[由从](?:[^，。；、]{0,9}[年月初期底]的?|[^，。；、的]{0,10})$"
)
"""What stands before a number that something began or ended with."""
_HAS = re.compile(
    "(?:(?:^|，)(?:已经?|仍)?有|^，[只仅]有|(?:^|[^，。；：、\n])的(?:只?有|占)|(?<![年月])(?:已经?|仍|就)有|(?<![年月，])[还尚]有)$"
)
_CAME = re.compile("[^，。；：、\n]{0,10}(?:已[^，。；：、\n]{1,6}|[^，。；：、到\n]了)$")
"""What stands between a total and a part of it that has no list: 47户中有…, 9家，已有…, 31起已化解…"""
_TAKES = re.compile("[，；][^，。；：、\n]{2,10}占[了到有]?$")
"""What stands before how much of a total a sort of it takes: 公路3.4万公里，高速公路占|1580公里."""
_SUCH = re.compile("(?:^|[^，。；：、\n年月日期来])的(?:分别)?(?:[为是达就只仅]|达到|占[去到])?$")
_DEALT = re.compile("，(?![^，]*(?:[比较由从加剩余另按清剔退查升给]|获得?|予以|摘掉|证))[^，。；：、\n]{3,16}的")
"""What stands before a number that no noun follows: 纠纷85起，超过一年的|6起; 上访29起，讨要工钱的|11起."""
_APART = re.compile("连同|加上|外加|[低高多少]于")
"""What tells that such a number is added or compared: 立案53起，连同上年结转的|9起."""
_OF_THESE = re.compile(
    "(?:(?![由从为到并成和及与每各新共另又增减](?!位))[^，。；：、（）\n0-9]){2,14}"
    "(?:，(?:[^，。；：、（）\n0-9]{0,10}已|只)[^，。；：、（）\n0-9]{1,4})?"
)
"""The noun of a number and what was done with some of those: 32个|村庄通水|29个."""
_WIDE = 28
"""How many characters that may be, and a few more."""
_CLOSED = re.compile("[，。；、）)\n每]|$")


def has_some(gap: str) -> bool:
    """Whether what stands between two numbers tells that there are the second of the first."""
    if "占" in gap and _TAKES.match(gap):
        return True
    if gap[-1:] in ("有", "占") and _HAS.search(gap):
        return gap.count("，") < 2 or not gap.endswith("的只有")
    return ("已" in gap or "了" in gap) and _CAME.match(gap) is not None


def of_these(text: str, last: Number, one: Number, gap: str) -> bool:
    """Whether a number that no noun follows counts some of what the one before does: 32个村庄通水|29个."""
    if len(gap) > _WIDE or one.unit != last.unit or one.unit in ("", "分") or not _OF_THESE.fullmatch(gap):
        return False
    if one.dimension not in COUNTS or one.value >= last.value or last.moves or one.moves:
        return False
    return _CLOSED.match(text, one.end) is not None and not STARTED.search(text[max(0, last.start - 12) : last.start])


def are_such(text: str, one: Number, gap: str, words: PartWords) -> bool:
    """Whether a number that no noun follows counts those of some kind among the ones before."""
    if "的" not in gap or not _SUCH.search(gap) or not _CLOSED.match(text, one.end) or _APART.search(gap):
        return False
    return not one.does or words.trait.match(gap) is not None or _DEALT.fullmatch(gap) is not None
