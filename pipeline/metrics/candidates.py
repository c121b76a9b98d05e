"""Wordings that could name a number: stretches of the clause before it, of the noun after it, and what an ellipsis leaves out.

A report says what it measures before the number (``全镇党员430名``), after it (``建成15个村级活动室``), in the clause before
(``农村公路，总里程达320公里``) or not at all, where it goes on with a list (``改造棚户区120户、老旧小区3个``). All these are
laid side by side here; which one it is, `ranking` decides. A wording is a stretch of words and, for some kinds, something
put before or behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.metrics.cues import Cues
from pipeline.metrics.heads import Guess
from pipeline.metrics.tokens import EDGES, Token, text_of

LONGEST = 24
"""No name has more characters."""
_MOST_WORDS = 9
_MOST_ENDS = 4
_CLOSING = frozenset("”’》〉」』）)】")
_NO_END = frozenset(("u", "uj", "ul", "uv", "ud", "uz", "ug", "c", "y", "r", "w", "e", "o", "p", "d", "m", "x"))
_NO_START = frozenset(("u", "uj", "ul", "uv", "ud", "uz", "ug", "y", "e", "o", "c", "d", "r", "t", "p"))
_STARTS_ALL_THE_SAME = frozenset(("新", "再", "各", "每", "在", "无", "未", "不", "非", "对", "其他", "其它"))
_LEADING = frozenset(("u", "uj", "ul", "uv", "ud", "uz", "ug", "c", "y", "r", "x", "w", "e", "o", "d", "t", "p"))
_OF_NOUNS = frozenset("nvjlibasxezg")
_MASKS = {"v": 1, "uj": 2, "p": 4, "c": 8, "m": 16, "d": 32, "r": 64, "t": 128, "f": 256, "x": 512}
MASK_BITS = 14
"""Word classes and kinds of cue words that a name seldom holds, as bits."""
_COPULAS = frozenset(("为", "是", "属", "属于", "系"))


class View(NamedTuple):
    """What is to be seen from one number: the words around it, and what was said before."""

    at: int  # where the number begins
    left: Sequence[Token]
    right: Sequence[Token]
    guess: Guess  # what a plain grammar takes of both
    prior: Sequence[Token]  # the clause before
    topic: Sequence[Token]  # the first clause of the sentence
    attribute: str  # what restricts a noun that is left out: 20万元以上的|12个
    carried: str  # the name of the number before, in the sentence or the paragraph
    carried_verb: str  # the verb that it began with
    carried_stem: str  # that name without its last word
    item: str  # of a 分别 list: what this number is said of
    unit: str  # class of the unit: ratio, money, people, count …
    written: str  # the unit itself
    change: str  # increase, decrease, or empty where nothing is said
    bond: str  # how the number before goes on to this one: list, clause, sentence, or empty where there is none
    same_unit: bool


class Candidate(NamedTuple):
    """A wording: its kind, the words it stands on, and what the model looks at beside them."""

    kind: str
    words: Sequence[Token]  # the clause that it is a stretch of
    start: int
    end: int
    distance: int  # words between the stretch and the number
    length: int  # characters of the stretch
    mask: int  # word classes inside


_BARE = ("item", "attribute", "attribute_carried", "carried", "carried_share")
"""Kinds that stand on no words of their own."""


def name_of(view: View, candidate: Candidate) -> str:
    """A candidate's wording in full."""
    kind = candidate.kind
    if kind in _BARE:
        carried = view.carried.removeprefix(view.carried_verb) if kind == "attribute_carried" else view.carried
        return {
            "item": view.item,
            "attribute": view.attribute,
            "attribute_carried": view.attribute + carried,
            "carried": view.carried,
            "carried_share": view.carried + "占比",
        }[kind]
    stretch = text_of(candidate.words[candidate.start : candidate.end])
    if kind.endswith("share"):
        return stretch + "占比"
    if kind == "verb_right":
        return view.left[-1].word + stretch
    if kind.startswith("carried_verb"):
        return view.carried_verb + stretch
    if kind == "carried_left":
        return view.carried + stretch
    if kind == "carried_swap":
        return view.carried_stem + stretch
    if kind == "item_left":
        return view.item + stretch
    if kind.endswith("_left"):
        return stretch + text_of(nearest_stretch(view.left))
    return stretch


def nearest_stretch(left: Sequence[Token]) -> Sequence[Token]:
    """The last word of content before a number, which a topic is put before: 床位 | 每千人拥有."""
    return next((left[at : at + 1] for at in range(len(left) - 1, -1, -1) if left[at].tag not in _NO_END), ())


def content_of(view: View, cues: Cues) -> tuple[int, Token | None]:
    """How many words of content stand before a number, and the last of them."""
    light, up, down = cues["light"], cues["increase"], cues["decrease"]
    words = [
        t for t in view.left if t.tag not in _NO_END and t.word not in light and t.word not in up and t.word not in down
    ]
    return len(words), (words[-1] if words else None)


def candidates(view: View, cues: Cues) -> list[Candidate]:
    """All wordings for one number; at least one wherever a word stands near it."""
    left, right = view.left, view.right
    out: list[Candidate] = []
    if view.item:
        out.append(Candidate("item", (), 0, 0, 0, len(view.item), 0))
    shared = any("占" in t.word or "比" in t.word for t in left[-5:])
    verb = bool(left) and left[-1].tag[:1] == "v"
    for start, end, length, mask in _after_number(right, cues):
        out.append(Candidate("right", right, start, end, 0, length, mask))
        if verb:
            out.append(Candidate("verb_right", right, start, end, 0, length, mask))
        elif view.carried_verb:
            out.append(Candidate("carried_verb_right", right, start, end, 0, length, mask))
    before = list(_before_number(left, cues, _MOST_ENDS))
    out += [Candidate("left", left, *stretch) for stretch in before]
    if view.attribute:
        out.append(Candidate("attribute", (), 0, 0, 0, len(view.attribute), 0))
        if view.carried:
            out.append(Candidate("attribute_carried", (), 0, 0, 0, len(view.attribute), 0))
    if view.carried:
        out.append(Candidate("carried", (), 0, 0, 0, len(view.carried), 0))
        if shared:
            out.append(Candidate("carried_share", (), 0, 0, 0, len(view.carried), 0))
        out += [Candidate("carried_left", left, *stretch) for stretch in before[:4]]
    if view.carried_stem:
        out += [Candidate("carried_swap", left, *stretch) for stretch in before[:4]]
    if view.item:
        out += [Candidate("item_left", left, *stretch) for stretch in before[:2]]
    if view.carried_verb:
        out += [Candidate("carried_verb_left", left, *s) for s in before if left[s[0]].tag[:1] != "v"]
    if shared:
        cut = next((i for i in range(len(left) - 1, -1, -1) if "占" in left[i].word), len(left))
        out += [Candidate("share", left, *s) for s in _before_number(left[:cut], cues, 1)]
    out += _around(view, cues, bool(before), shared)
    return out


def _around(view: View, cues: Cues, named: bool, shared: bool) -> Iterator[Candidate]:
    """Wordings from the clause before and from the opening of the sentence."""
    opened = [(view.prior, s) for s in _opening(view.prior, cues)]
    if view.topic is not view.prior:
        opened += [(view.topic, s) for s in _opening(view.topic, cues)]
    for words, stretch in opened:
        yield Candidate("topic", words, *stretch)
        if named:
            yield Candidate("topic_left", words, *stretch)
        if shared:
            yield Candidate("topic_share", words, *stretch)
    for stretch in _before_number(view.prior, cues, 2):
        yield Candidate("prior", view.prior, *stretch)
        if named and stretch[1] - stretch[0] <= 4:
            yield Candidate("prior_left", view.prior, *stretch)
        if shared:
            yield Candidate("prior_share", view.prior, *stretch)


def _before_number(tokens: Sequence[Token], cues: Cues, ends: int) -> Iterator[tuple[int, int, int, int, int]]:
    """Stretches that end in a word of content, from the number back: (start, end, distance, length, mask)."""
    light, modal, inside, masks = cues["light"], cues["modality"], cues.inside.get, _MASKS.get
    size = len(tokens)
    for end in range(size, 0, -1):
        last = tokens[end - 1]
        if last.word in light or not _may_end(last.word, last.tag):
            continue
        ends -= 1
        length = mask = 0
        for start in range(end - 1, max(-1, end - 1 - _MOST_WORDS), -1):
            word, tag, *_ = tokens[start]
            length += len(word)
            if length > LONGEST:
                break
            mask |= masks(tag, 0) | inside(word, 0)
            if word in modal or word in EDGES or word in _CLOSING:
                continue
            if tag not in _NO_START or word in _STARTS_ALL_THE_SAME:
                yield start, end, size - end, length, mask
        if not ends:
            return


def _may_end(word: str, tag: str) -> bool:
    """Whether a name may end in a word: one of content, a bracket that closes, or Latin letters."""
    return tag not in _NO_END or word in _CLOSING or (tag == "x" and word.isalnum())


def _after_number(tokens: Sequence[Token], cues: Cues) -> Iterator[tuple[int, int, int, int]]:
    """Stretches that begin at the number: (start, end, length, mask)."""
    passed, inside, masks = cues["after"], cues.inside.get, _MASKS.get
    begin = 0
    while begin < len(tokens) and (
        tokens[begin].tag in ("uj", "u", "ul") or tokens[begin].word in passed or tokens[begin].word in _COPULAS
    ):
        begin += 1
    length = mask = 0
    for end in range(begin + 1, min(len(tokens), begin + 8) + 1):
        word, tag, *_ = tokens[end - 1]
        length += len(word)
        if length > LONGEST:
            return
        mask |= masks(tag, 0) | inside(word, 0)
        if _may_end(word, tag):
            yield begin, end, length, mask


def _opening(tokens: Sequence[Token], cues: Cues) -> Iterator[tuple[int, int, int, int, int]]:
    """The noun phrases that a clause begins with, the longest first: (start, end, distance, length, mask)."""
    lead = cues["lead"]
    size = len(tokens)
    begin = 0
    while begin < size and (tokens[begin].word in lead or tokens[begin].tag in _LEADING):
        begin += 1
    end = begin
    while end < size and end - begin < 6:
        word, tag, *_ = tokens[end]
        if tag[:1] not in _OF_NOUNS or word in EDGES or (tag == "v" and end > begin):
            break
        end += 1
    for stop in range(end, max(begin, end - 3), -1):
        yield begin, stop, size - stop, sum(len(t.word) for t in tokens[begin:stop]), 0
