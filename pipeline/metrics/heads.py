"""What a plain grammar takes for the name: the head of the phrase before a number, or the noun after it.

The ranker does not follow it blindly; that a wording is what the grammar takes is one thing that it looks at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.metrics.cues import Cues
from pipeline.metrics.lists import strip_start
from pipeline.metrics.tokens import Token

_REACHING = ("到", "至", "为", "成")
_FINISHED = tuple("下了到成出入为上过得给作起")
"""A verb that ends so is said of the noun before it, and is no part of a compound: 党员写下请战书."""
LONGEST = 16
"""A name longer than this is cut at its last verb."""


class Guess(NamedTuple):
    """``left[start:end]`` is the head before a number, ``right[:noun]`` the noun after it; empty where there is none."""

    start: int
    end: int
    noun: int

    @property
    def side(self) -> str:
        """Which side the grammar prefers: the noun, the head, or none."""
        return "noun" if self.noun else "head" if self.end else "none"


def guess(left: Sequence[Token], right: Sequence[Token], cues: Cues) -> Guess:
    """What the grammar takes on either side of a number."""
    head, noun = head_before(left, cues), noun_after(right, cues)
    start = next((i for i, t in enumerate(left) if head and t.start == head[0].start), 0)
    stop = next((i for i, t in enumerate(right) if noun and t.start == noun[-1].start), -1)
    return Guess(start, start + len(head), stop + 1)


def head_before(phrase: Sequence[Token], cues: Cues) -> list[Token]:
    """Strip a phrase before a number to its name: 全乡目前共有片长 → 片长."""
    tokens = list(phrase)
    strip_end(tokens, cues)
    tokens = after_total(tokens, cues)
    strip_start(tokens, cues)
    tokens = last_verb_phrase(tokens)
    strip_start(tokens, cues)
    return tokens


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


def noun_after(tokens: Sequence[Token], cues: Cues) -> list[Token]:
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
