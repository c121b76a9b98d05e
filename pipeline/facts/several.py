"""Several reports in one file, as collections put them one below the other: each should be a document of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

_NUMBER = r"[一二三四五六七八九十\d]{1,3}"
_PART = re.compile(
    rf"[【\[（(〖]?\s*(?:第\s?({_NUMBER})\s?[篇份]|(?:范[文本]|[\u4e00-\u9fff]{{0,16}}?篇)\s?({_NUMBER}))\s*[】\]）)〗]?(?:[:：、.\s][^。；\n]{{0,50}})?"
)
"""What a collection sets above each: 【篇一】, 第二篇, 工作总结篇3：."""
_MARK = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[、．.）)]|附件?|第[一二三四五六七八九十]+[部章节编]|[《“—\-·*#])"
)
_YEAR = re.compile(r"(?:19|20)\d\d|[一二][九〇○零]")
_SHORTEST, _LONGEST = 8, 60
_BETWEEN = 60  # characters of the text between two titles, at least


def reports_in(text: str, endings: tuple[str, ...], is_title: Callable[[str], bool]) -> int:
    r"""How many reports a text holds by what stands above them; 1 where nothing tells of more.

    `endings` are what titles end in, `is_title` tells whether a line says whose report it is.

    >>> body = "发展党员3名，召开支委会12次，主题党日12次，收缴党费8620元，走访困难党员9户，培训入党积极分子31名，慰问老党员21名。"
    >>> reports_in(f"总结三篇\n【篇一】\n{body}\n【篇二】\n{body}\n【篇三】\n{body}", (), bool)
    3
    >>> reports_in(f"甲局总结\n{body}\n篇二：乙局总结\n{body}", (), bool)  # cleaning took 篇一： away
    2
    >>> reports_in(f"甲局2020年工作总结\n{body}{body}\n乙局2020年工作总结\n{body}", ("工作总结",), bool)
    2
    >>> reports_in(f"甲局2020年工作总结\n{body}\n附件：乙局2020年工作总结", ("工作总结",), bool)
    1
    """
    lines, at = [], 0
    for line in text.split("\n"):
        bare = line.strip()
        if 0 < len(bare) <= _LONGEST:
            lines.append((at, bare))
        at += len(line) + 1
    numbered = {
        match[1] or match[2]
        for _, line in lines
        if "篇" in line or "范" in line or "份" in line
        for match in [_PART.fullmatch(line)]
        if match
    }
    first = bool(numbered) and numbered.isdisjoint("一1")  # which cleaning took from before the first title
    return max(len(numbered) + first, _titles(text, lines, endings, is_title), 1)


def _titles(
    text: str, lines: Sequence[tuple[int, str]], endings: tuple[str, ...], is_title: Callable[[str], bool]
) -> int:
    """How many lines are titles of reports that text follows upon, each another one."""
    found: dict[str, int] = {}
    for at, line in lines:
        if len(line) < _SHORTEST or not line.endswith(endings) or _MARK.match(line) or not _YEAR.search(line):
            continue
        if line not in found and is_title(line):
            found[line] = at
    starts = [*found.values(), len(text)]
    return sum(text.find("。", start, end) >= 0 and end - start >= _BETWEEN for start, end in pairwise(starts))
