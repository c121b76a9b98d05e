"""What a number measures: the noun after it, the head before it, the verb and its object, or what a list carries on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.metrics.cues import Cues
from pipeline.metrics.tokens import Token

_NOUN = ("n", "vn", "an", "j", "l", "i", "eng", "x", "b", "a", "m", "q", "s", "f", "t", "k", "h", "g", "z")
_SPLIT = re.compile(r"、|和|与|及|以及")
_SPACE = re.compile(r"\s+")
_EDGES = "，。；：！？、“”‘’《》（）() 　—-·的"
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
_REACHING = ("到", "至", "为", "成")
_FINISHED = tuple("下了到成出入为上过得给作起")
"""A verb that ends so is said of the noun before it, and is no part of a compound: 党员写下请战书."""
LONGEST = 16
"""A name longer than this is cut at its last verb."""


class Head(NamedTuple):
    """The phrase before a number: its words less what says nothing, and what was stripped."""

    tokens: list[Token]
    lead_verb: str  # the verb that governs the number itself (新建, 召开), empty where there is none
    respectively: bool


def text_of(tokens: Sequence[Token]) -> str:
    """The words of a name, put together without white space and outer punctuation."""
    name = _SPACE.sub("", "".join(t.word for t in tokens))
    name = name.strip(
        _EDGES.replace("“", "").replace("”", "").replace("（", "").replace("）", "").replace("《", "").replace("》", "")
    )
    for opening, closing in ("“”", "（）", "《》", "()"):
        if name.count(opening) != name.count(closing):
            name = name.replace(opening, "").replace(closing, "")
    return name


def head_before(tokens: list[Token], cues: Cues) -> Head:
    """Strip a phrase before a number to its name: 全乡目前共有片长 → 片长."""
    tokens = list(tokens)
    respectively = any(t.word.startswith("分别") for t in tokens[-4:])
    strip_end(tokens, cues)
    verb = tokens[-1].word if tokens and tokens[-1].tag == "v" else ""
    tokens = after_total(tokens, cues)
    strip_start(tokens, cues)
    if not respectively:
        tokens = last_verb_phrase(tokens)
        strip_start(tokens, cues)
    return Head(tokens, verb, respectively)


def strip_end(tokens: list[Token], cues: Cues) -> None:
    """Take light verbs, adverbs and words of change off the end of a phrase, in place."""
    light, up, down, basis = cues["light"], cues["increase"], cues["decrease"], cues["basis"]
    while tokens:
        word, tag = tokens[-1].word, tokens[-1].tag
        if word in _REACHING and len(tokens) > 1 and tokens[-2].tag == "v":
            del tokens[-2:]  # 拓展到, 压缩至
        elif (
            word in light
            or word in basis
            or tag in ("d", "p", "c", "u", "uj", "ul", "r", "y", "zg")
            or word in "、，,“”：:"
        ):
            tokens.pop()
        elif word in up or word in down:
            tokens.pop()
        else:
            return


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


def after_total(tokens: list[Token], cues: Cues) -> list[Token]:
    """What stands after 共, 累计 …: 采取入户办法共走访群众 → 走访群众."""
    at = max((i for i, t in enumerate(tokens[:-1]) if t.word in cues["total"]), default=-1)
    return tokens[at + 1 :]


def last_verb_phrase(tokens: list[Token]) -> list[Token]:
    """The last verb with its object where a phrase is too long to be one name."""
    while sum(len(t.word) for t in tokens) > LONGEST:
        at = next((i for i, t in enumerate(tokens) if i and t.tag == "v" and len(tokens) - i > 1), 0)
        if not at:
            return tokens
        tokens = tokens[at:]
    return tokens


def noun_after(tokens: list[Token], cues: Cues) -> list[Token]:
    """The noun phrase that a number counts: 200亩|土地用于开发 → 土地."""
    predicate = cues["predicate"]
    out: list[Token] = []
    total = 0
    for i, token in enumerate(tokens):
        word, tag = token.word, token.tag
        if not out and (tag in ("uj", "u", "ul") or word == "的" or word in cues["after"]):
            continue
        if out and (word in predicate or (tag in ("p", "r", "t", "ul") and total > 1)):
            break
        if out and tag == "v" and (word.endswith(_FINISHED) or not _noun_follows(tokens, i)):
            break
        if out and tag == "c" and not _noun_follows(tokens, i):
            break
        if not out and (tag == "v" and tokens[i + 1 : i + 2] and tokens[i + 1].word[0] in "到至为"):
            return []
        if not out and (
            word in predicate
            or word in cues["increase"]
            or word in cues["decrease"]
            or tag in ("p", "c", "y", "r")
            or (tag == "d" and not _noun_follows(tokens, i))
        ):
            return []
        out.append(token)
        total += len(word)
        if total > LONGEST + 4:
            break
    while out and out[-1].tag in ("c", "u", "uj", "p", "d", "ul"):
        out.pop()
    if total > LONGEST + 4:
        at = next((i for i, t in enumerate(out) if i and t.tag == "v"), len(out))
        out = out[:at]
    return out


def _noun_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether the phrase goes on to a noun after the token at `at`, so that it is inside a compound."""
    rest = [t for t in tokens[at + 1 :] if t.word not in "“”、"]
    return (bool(rest) and rest[-1].tag[:1] in ("n", "j", "l", "s", "b")) or (bool(rest) and rest[-1].tag == "vn")


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
