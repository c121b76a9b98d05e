"""What a site put into the middle of a sentence: where such a fragment may begin and end, told by its signs.

Nothing is decided here: brackets, doubled signs and letters stand in reports as well. Each stretch found is weighed like
any other part of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

SIGNS = "☆※◆◇■●▲▼►▶◀◄▓≡=＝#＃＊*_~|｜^"  # no circle: it is a zero in years
RARE = "∣◎"  # … which stand alone as well
DOUBLED = "-+%/@—"  # … where two of them stand together
OPENERS = "（(【[［〔〖﹝〈★{｛<＜"
CLOSERS = "）)】]］〕〗﹞〉★}｝>＞"
_BRACKETED = re.compile(
    f"[{re.escape(OPENERS)}]"
    r"[\[［{｛<＜]?[^（(【\[［〔〖﹝〈）)】\]］〕〗﹞〉★{｛}｝<＜>＞\n]{2,80}"
    f"[{re.escape(CLOSERS)}]{{1,2}}"
)
_BETWEEN_SIGNS = re.compile(
    rf"(?P<sign>[{re.escape(SIGNS)}]){{1,4}}[^{re.escape(SIGNS)}，。；、\n]{{2,40}}(?:(?P=sign)|[►▶◀◄☆▲▼]){{1,4}}"
    r"|…{1,4}[^…，。；\n]{2,16}(?:…{1,4}|>>|》》|»|∨)"
)
_BETWEEN_DOUBLED = re.compile(r"(?P<sign>[-+%/@])(?P=sign){1,3}[^-+%/@，。；、\n]{2,40}(?P=sign){2,4}")
_BETWEEN_OTHERS = re.compile(rf"(?P<sign>——|[{RARE}])[^—{RARE}“”《》，。；、：\n]{{2,24}}(?P=sign)")
_DOTS = re.compile("…{1,4}")
_RUN_END = re.compile(r"[^\x20-\x7e：．·❤]|$")
_FIGURE = re.compile(
    r"(?<![\d,])(?<!\d\.)\d[\d,]*(?:\.\d+)?(?:%|(?=[万亿元人户件个家年月日号名次项亩公里吨米平度辆套台所处起本篇只头株]))"
)
"""A figure of the report behind an address that was put in before it: …/p-12.html87件."""
_TELLING = re.compile(
    r"[A-Za-z] ?[.．@·_] ?[A-Za-z0-9]|[0-9] ?[.．@·_] ?[A-Za-z]|(?<![A-Za-z])[A-Za-z]++(?: [A-Za-z]+){2}|\d{6}|\([cC]\)|：[A-Za-z0-9]"
)
_NAME = re.compile(
    r"(?:请?加|联系|咨询|搜索?|关注|认准)?(?:我|站长|客服|老师)?(?:微信|薇信|[微薇]|扣扣?|公众号|群号?|店铺)?号?"
    r"[：❤➕©]?$"
)
_LONGEST_NAME = 10
_INTRODUCES = re.compile(
    r"(?:\W|登[录陆]|访问|打开|网[址站]|官网|平台|[邮信]箱|[至到向为是在从由用])$"
)  # the report's own address


def brackets_of(text: str, openers: Iterable[int]) -> list[tuple[int, int]]:
    """Starts and ends of what stands in brackets; `openers` are the places where one may begin."""
    found, end = [], 0
    for at in openers:
        if at >= end and (match := _BRACKETED.match(text, at)):
            end = match.end()
            found.append((at, end))
    return found


def fragments_of(
    text: str, brackets: list[tuple[int, int]], letters: Iterable[int], signs: Sequence[int]
) -> list[tuple[int, int]]:
    """Starts and ends of what may be a fragment; `letters` and `signs` are places where Latin letters and signs stand."""
    found = {*brackets, *_joined(brackets), *_between_dots(text, brackets), *_runs(text, letters)}
    for pattern in (_BETWEEN_SIGNS, _BETWEEN_DOUBLED, _BETWEEN_OTHERS):
        end = 0
        for at in signs:
            if at >= end and (between := pattern.match(text, at)):
                end = between.end()
                found.add((at, end))
    return sorted(found)


def _joined(brackets: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Brackets that stand one behind another: a row of buttons."""
    first = None
    for (start, end), (after, last) in pairwise(brackets):
        first = None if after != end else start if first is None else first
        if first is not None:
            yield first, last


def _between_dots(text: str, brackets: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """A bracket with the dots on both sides of it."""
    for start, end in brackets:
        if text[start - 1 : start] == "…" and (dots := _DOTS.match(text, end)):
            while text[start - 1 : start] == "…":
                start -= 1
            yield start, dots.end()


def _runs(text: str, letters: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of letters, figures and signs like an address or a number behind a word, and those with what names them."""
    end = 0
    for at in letters:
        if at < end:
            continue
        start = at
        while start and "!" <= text[start - 1] <= "~":
            start -= 1
        after = _RUN_END.search(text, at)
        end = after.start() if after else len(text)
        end -= text[at:end].endswith(" ")
        figure = next((found for found in _FIGURE.finditer(text, at, end + 1) if found.end() == end), None)
        end = figure.start() if figure else end
        if "@" in text[start:end] or not _TELLING.search(text, start, end):
            continue
        before = text[max(start - _LONGEST_NAME, 0) : start]
        name = _NAME.search(before)
        named = len(name.group()) if name else 0
        for length in {0, named}:
            if not _INTRODUCES.search(before[: len(before) - length]):
                yield start - length, end
