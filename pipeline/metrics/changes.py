"""Whether a number is a state or itself a change, what the change is measured against, and whether it is planned."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.cues import Cues
from pipeline.metrics.tokens import Token
from pipeline.records import Change

GOVERNING_UP = frozenset(("新增", "净增", "扩容", "增加", "净增加", "新增加", "多增", "增设", "增建"))
GOVERNING_DOWN = frozenset(("减少", "压减", "核减", "削减", "缩减", "精简", "净减少", "淘汰", "压缩", "调减"))
GOVERNING = GOVERNING_UP | GOVERNING_DOWN
"""Verbs that make every number of their list a change: 新增A 5家、B 3家."""
_BASIS = re.compile(
    r"同比|环比|年均|[比较与同](?:上年|去年|前年|年初|上月|上季度|上届|计划|预算|(?:19|20)\d\d年|[一二]〇[〇一二三四五六七八九]{2}年)(?:[一-龥]{0,4}?(?:同期|末|底|相比|预计数|预算数))?"
)


def change_of(text: str, left: int, start: int, tokens: Sequence[Token], cues: Cues) -> Change | None:
    """The change that the phrase before a number says, or None where it says nothing of the kind.

    增长5.2% and 新增床位30张 are changes; 增长到30亿元 is the level reached.
    """
    end = start
    while end > left and text[end - 1] in " \u3000了约":
        end -= 1
    light = cues.ending("reach", text, left, end)
    bare_end = end - len(light)
    for kind, change in (("increase", "increase"), ("decrease", "decrease")):
        if cues.ending(kind, text, left, end) and not _is_part_of_noun(text, left, end):
            return change  # type: ignore[return-value]
        if light and cues.ending(kind, text, left, bare_end):
            return (
                "increase" if light == "为" and text[bare_end - 2 : bare_end] in ("增速", "涨幅", "增幅") else "level"
            )
    for token in tokens[:-1]:
        if token.word in GOVERNING_UP:
            return "increase"
        if token.word in GOVERNING_DOWN:
            return "decrease"
    return None


def _is_part_of_noun(text: str, left: int, end: int) -> bool:
    """增 and 减 alone end words that are no change (新增 is one, 递减 too; 加减 is none)."""
    return text[end - 1] in "少升" and text[end - 2 : end - 1] in ("多", "缺", "至", "公", "毫")


def basis_of(text: str, left: int, start: int) -> str | None:
    """What a change is measured against: 同比, 比上年, 较2020年."""
    found = None
    for match in _BASIS.finditer(text, left, start):
        found = match[0]
    return found


def basis_spans(text: str, left: int, start: int) -> list[tuple[int, int]]:
    """Where the words that say what a change is measured against stand; they are no part of a name."""
    return [match.span() for match in _BASIS.finditer(text, left, start)]


_ALSO_NOUNS = frozenset(("计划", "规划", "预算"))
_WEAK = frozenset(("要求", "安排", "建议", "努力", "目标", "要", "必须", "下半年"))


def modality_of(tokens: Sequence[Token], cues: Cues) -> str | None:
    """The last word before a number that commits to a future: 力争, 确保, 计划.

    计划 is a verb where a verb follows it or nothing but a time or a mark stands before it: 制定计划3份 plans nothing.
    """
    modal = cues["modality"]
    for i in range(len(tokens) - 1, -1, -1):
        word = tokens[i].word
        if word not in modal or word in _WEAK:
            continue
        following = tokens[i + 1].tag[:1] if i + 1 < len(tokens) else ""
        previous = tokens[i - 1].tag[:1] if i else "x"
        if word in _ALSO_NOUNS and following not in ("v", "d", "t") and previous not in ("t", "d", "x", "c", "r"):
            continue
        return word
    return None
