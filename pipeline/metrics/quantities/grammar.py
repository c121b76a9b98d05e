"""How a number is written, and where one may begin."""

from __future__ import annotations

import re

from pipeline.language.numerals import CHINESE, DIGITS

_HAN = "\u4e00-\u9fff"
_DIGIT = "".join(DIGITS)
_MULTIPLIER = "(?:[千仟](?![瓦克米卡伏安焦帕赫升乏牛])|[百佰](?!分[之点點])|[万亿萬億]|[kKwW](?=元|块|左右|上下|以[上下])|[wW](?=[人户次]|粉丝))"
_MEASURED = "(?:[万亿]|%|‰|元|吨|亩|倍|公里|公斤|公顷|千瓦|平方|立方|个百分点)"
_SPACED = r"(?<![0-9])[0-9]{1,3}(?:[ \u00a0\u2009][0-9]{3}){1,5}(?![0-9])"
_APART = r"[0-9](?: [0-9]){2,7}(?: ?\. ?[0-9]+)?|[0-9](?: [0-9]){0,3} ?\. ?[0-9]{1,4}|[0-9]{1,4}(?:\.\n|\n\.)[0-9]{1,4}"
_SPLIT = rf"(?<=[{_HAN}])(?<![年月日第期至到表图件章节条款项])[1-9][0-9]{{0,2}}\n{{1,2}}[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?(?=[万亿]{_MEASURED})"
"""Digits between which a page ends: 拨付18⏎6.5万元."""
_ZEROS = "[1-9][0-9]{0,3} 0[0-9]{0,3}"  # no number begins with 0: 290 0亿元
_BROKEN = rf"(?:(?<=[{_HAN}])|(?<=[{_HAN}] ))(?:{_APART}|{_ZEROS})(?= ?{_MEASURED})"
"""Digits that a scan or the end of a line broke apart: 1 2 6万元, 3. 5亿元."""
_COMMAS = (
    r"(?:(?<![0-9],[0-9])(?<![0-9],[0-9]{2})(?<![0-9],[0-9]{3})(?:,\n?[0-9]{3}(?![0-9]))+(?!(?:\.[0-9]+)?,[0-9]))?"
)
"""Thousands, but not what stands in a row of values: 126,432,31,86.5."""
_COUNTERS = (
    "人户名个件家台套辆头只株起份次处条批例项篇张册棵间座所栋幢班组艘架匹羽尾块盏眼口幅枚部笔宗场期盘桶袋箱瓶车趟"
)
_WIDE_COMMAS = rf"(?<![0-9.表图第章条款节注])(?<!附件)[1-9][0-9]{{0,2}}(?:，[0-9]{{3}}(?![0-9])){{1,4}}(?=\.[0-9]|[多余]?{_MEASURED}|[多余]?[{_COUNTERS}])"
_DECIMALS = rf"(?:\.[0-9]+|[·•][0-9]{{1,3}}(?={_MEASURED}))?"
_ARABIC = rf"(?:{_BROKEN}|{_SPLIT}|(?:{_WIDE_COMMAS}|{_SPACED}|[0-9]+{_COMMAS}){_DECIMALS})"
_BREAK = r"[ \u3000]|\n(?=[万亿](?:元|人|亩|吨|户|千瓦|立方|平方|美元|斤|公斤))"
_TAIL = rf"(?:[0-9]+{_COMMAS}(?![0-9年.岁周])|[{CHINESE}]+)"
_MIXED = rf"(?:{_ARABIC}|\.[0-9]+)(?:(?:{_BREAK})?{_MULTIPLIER}+(?:{_ARABIC}{_MULTIPLIER}+)*{_TAIL}?)?"
_COUNTED = rf"[十百千万亿]?(?:{_MEASURED}|[人户名个件家台套辆头只株所次年])"
_GROUPED = rf"[{_DIGIT}]{{1,3}}(?:[、，][{_DIGIT}]{{3}}(?![{_DIGIT}]))+(?={_COUNTED})[万亿]?"
"""Older print: 一七二、○○○人."""
_POINT = rf"[点點](?:[{_DIGIT}]+|[0-9]+)[十百千万亿萬億]*|[·•.．][{_DIGIT}]{{1,4}}(?:(?=[万亿]?{_MEASURED})[万亿]?|(?<=百分之.{{3}})|(?<=百分之.{{4}})|(?<=百分之.{{5}}))"
_SPOKEN = rf"{_GROUPED}|[{CHINESE}]+(?:{_POINT})?"
_SCALE = rf"(?P<scale>[万亿]?)(?![0-9.,，·•十百千万亿萬億兆kKwW \u00a0\u2009\u3000\n{CHINESE}])"
_PLAIN = rf"[0-9]{{1,18}}(?:\.[0-9]{{1,18}})?{_SCALE}"
NUMBER = re.compile(rf"{_PLAIN}|{_MIXED}|{_SPOKEN}|半")
"""The commonest shape, 3.5亿, is tried first, and is the only one with a group."""

POWER = re.compile(r" ?[×xX*] ?10(?:\^(?P<written>[0-9]{1,2})|(?P<raised>[⁰¹²³⁴-⁹]{1,2}))(?![0-9])")
"""What makes 1260000 of 126×10^4."""

TOLERANCE = re.compile(r" ?± ?[0-9]{1,9}(?:\.[0-9]{1,9})?(?![0-9])")
"""How far off a number may be: 20±2℃."""

MASK = "×✕xX*＊○□"
"""Signs that stand for hidden digits."""


def candidates(unit_characters: str) -> re.Pattern[str]:
    """The pattern that finds the first character of what may be a number.

    A single Chinese digit counts only where something that can follow a number does (or where it stands alone): 一 is
    the commonest character of Chinese, and mostly part of a word. The pattern begins with one class of characters,
    since only such a pattern is searched for at the speed of a scan. A number of the commonest shape it matches as a
    whole, with the group ``scale`` as `NUMBER` does.
    """
    follow = "".join(sorted(set(unit_characters + "余餘多来來几幾成折倍分半点點 \n")))
    ranged = rf"(?:[至到~～—－-]{{1,2}}|比)[0-9{CHINESE}]"
    alone = rf"(?:(?<![{_HAN}].)|(?<=[负負].))(?![{_HAN}])"
    spoken = rf"(?<=[{CHINESE}])(?:[点點][{_DIGIT}0-9]|[·•.．][{_DIGIT}]{{1,4}}{_MEASURED}|[、，][{_DIGIT}]{{3}}{_COUNTED}|[{CHINESE}]|(?=[{re.escape(follow)}]|{ranged})|{alone})"
    half = r"(?<=半)(?:(?=数(?![字码据学]))|(?<![上下过大一多前后对各减夜深]半)(?=年(?!度)|[月天日小个個公斤里吨亩点點]|分钟|加[仑侖]))"
    masked = rf"(?<=[{re.escape(MASK)}])(?<![A-Za-z0-9{re.escape(MASK)}].)"
    return re.compile(
        rf"[0-9.半{re.escape(MASK)}{CHINESE}](?:(?<=[0-9])(?:[0-9]{{0,17}}(?:\.[0-9]{{1,18}})?{_SCALE}|)|(?<=\.)(?<![0-9].)(?=[0-9])|{spoken}|{half}|{masked})"
    )
