"""The items of a list, of which numbers are said one by one: 粮食、油料产量分别为3万吨、2万吨."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.cues import Cues
from pipeline.metrics.tokens import Token, text_of

_SPLIT = re.compile(r"、|和|与|及|以及")
_PREPOSITIONS = frozenset(
    [
        "在",
        "于",
        "对",
        "为",
        "从",
        "向",
        "通过",
        "按",
        "按照",
        "以",
        "由",
        "将",
        "把",
        "被",
        "经",
        "据",
        "依托",
        "围绕",
        "针对",
        "利用",
        "结合",
        "根据",
        "自",
        "给",
        "与",
        "同",
        "除",
    ]
)


def strip_start(tokens: list[Token], cues: Cues) -> None:
    """Take times, modal words, adverbs and prepositional phrases off the beginning of a phrase, in place."""
    lead, modal, basis = cues["lead"], cues["modality"], cues["basis"]
    while tokens:
        word, tag = tokens[0].word, tokens[0].tag
        if tag == "p" and word in _PREPOSITIONS:
            on = next((i for i, t in enumerate(tokens) if i and t.tag == "v" and t.word not in lead), 0)
            del tokens[: on or 1]
        elif word in lead or word in modal or word in basis or tag in ("d", "c", "t", "u", "uj", "ul", "y", "r"):
            del tokens[0]
        elif word in "、，,：:；;。—-·" or (word.isdigit() and tokens[1:2] and tokens[1].word[0] in "、.．"):
            del tokens[0]
        else:
            return


def listed_items(name_tokens: Sequence[Token]) -> list[str]:
    """The items of a list before 分别, each with the head that the last one carries for all.

    粮食、油料、蔬菜产量 → 粮食产量, 油料产量, 蔬菜产量; 城乡居民收入 → 城镇居民收入, 农村居民收入.
    """
    text = text_of(name_tokens)
    items = [item for item in _SPLIT.split(text) if item]
    if len(items) == 1 and text.startswith("城乡"):
        return ["城镇" + text[2:], "农村" + text[2:]]
    if len(items) < 2:
        return items
    head = next((t.word for t in reversed(name_tokens) if t.tag[:1] in ("n", "v")), "")
    last = items[-1]
    if head and last.endswith(head) and last != head and not any(item.endswith(head[-1]) for item in items[:-1]):
        return [item + head for item in items[:-1]] + [last]
    return items
