"""Which wording names a number best: a linear model over what the wordings and their neighbours look like.

A wording's score is the sum of parts of few values each: its kind in this place, where it begins, where it ends, its
length, what stands inside. A part that was once reckoned is looked up from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.metrics.candidates import MASK_BITS, Candidate, View, content_of, name_of
from pipeline.metrics.cues import Cues
from pipeline.metrics.hashing import Scores
from pipeline.metrics.tokens import Token

Key = tuple[object, ...]
_NOTHING = Token("#", "#", 0, 0)


def context_of(view: View, cues: Cues) -> tuple[Key, ...]:
    """What is the same for all wordings of one number, in groups of few values each."""
    left, right = view.left, view.right
    content, head = content_of(view, cues)
    head = head or _NOTHING
    near = left[-1] if left else _NOTHING
    following = right[0] if right else _NOTHING
    lefts, rights, content = min(len(left), 2), min(len(right), 3), min(content, 3)
    unit, change, bond, same = view.unit, view.change, view.bond, view.same_unit
    next_shape = _shape(following.word, following.tag)
    return (
        (
            "whole",
            unit,
            change,
            bond,
            same,
            lefts,
            bool(view.item),
            bool(view.carried_verb),
            bool(view.attribute),
            view.guess.side,
        ),
        ("near", near.word, near.tag, unit, view.written),
        ("next", next_shape, following.word, following.tag, unit, _shape(near.word, near.tag), lefts),
        ("rights", rights, right[-1].tag if right else "#", content, head.tag, following.tag),
        ("content", content, unit, change, bond, same, view.guess.side),
        ("head", head.word, head.tag, unit, bond, same, content),
    )


def parts_of(view: View, candidate: Candidate, context: tuple[Key, ...]) -> list[Key]:
    """The keys of all parts of a wording's score."""
    return [*places_of(candidate.kind, context), *own_parts_of(view, candidate)]


def places_of(kind: str, context: tuple[Key, ...]) -> list[Key]:
    """The keys of what a kind of wording is worth in this place."""
    return [(group[0], kind, *group[1:]) for group in context]


def own_parts_of(view: View, candidate: Candidate) -> tuple[Key, ...]:
    """The keys of what a wording is worth by itself."""
    kind, words, start, end, distance, length, mask = candidate
    if not words:
        name = name_of(view, candidate)
        return ("tail", kind, name[-2:], view.unit, view.written), ("length", kind, min(len(name), 16))
    first, last = words[start], words[end - 1]
    before = words[start - 1] if start else _NOTHING
    after = words[end] if end < len(words) else _NOTHING
    return (
        ("start", kind, before.word, before.tag, first.word, first.tag, end - start == 1),
        ("end", kind, last.word, last.tag, after.word, after.tag, min(distance, 4), view.unit, view.written),
        ("length", kind, min(length, 16)),
        ("inside", kind, mask, min(end - start, 6)),
        ("guess", kind, *_guessed(view, kind, start, end)),
    )


def _guessed(view: View, kind: str, start: int, end: int) -> tuple[str, int, bool]:
    """Which side the grammar prefers, and whether a wording begins and ends where the grammar says."""
    guess = view.guess
    if kind in ("right", "verb_right", "carried_verb_right"):
        return guess.side, max(-2, min(end - guess.noun, 2)), end == guess.noun
    if kind in ("left", "carried_left", "carried_verb_left", "carried_swap", "item_left"):
        return guess.side, start == guess.start, end == guess.end
    return guess.side, False, False


def features_of(key: Key) -> list[str]:
    """What the model knows of one part."""
    return _FEATURES[str(key[0])](*key[1:])


def _whole(kind: str, *key: object) -> list[str]:
    unit, change, bond, same, lefts, item, verb, attribute, side = key
    return [
        kind,
        f"{kind} unit {unit}",
        f"{kind} change {change} {unit}",
        f"{kind} bond {bond} {same}",
        f"{kind} bond {bond} {lefts}",
        f"{kind} {unit} {change} {same} {lefts} {bond}",
        f"{kind} item {item} verb {verb}",
        f"{kind} attribute {attribute}",
        f"{kind} side {side}",
        f"{kind} side {side} {unit} {change}",
        f"{kind} side {side} {bond} {same}",
    ]


def _near(kind: str, near: object, tag: object, unit: object, written: object) -> list[str]:
    return [
        f"{kind} near {_shape(near, tag)}",
        f"{kind} near {near}",
        f"{kind} near {near} {unit}",
        f"{kind} written {written}",
    ]


def _next(kind: str, *key: object) -> list[str]:
    shape, word, tag, unit, near_shape, lefts = key
    return [
        f"{kind} lefts {lefts} next {shape}",
        f"{kind} near {near_shape} next {shape}",
        f"{kind} next {word}",
        f"{kind} next {tag} {unit}",
    ]


def _rights(kind: str, *key: object) -> list[str]:
    rights, right_end, content, head_tag, next_tag = key
    return [
        f"{kind} rights {rights} {right_end}",
        f"{kind} content {content} rights {rights}",
        f"{kind} head {head_tag} next {next_tag} {rights}",
    ]


def _content(kind: str, *key: object) -> list[str]:
    content, unit, change, bond, same, side = key
    return [
        f"{kind} content {content} {bond} {same}",
        f"{kind} content {content} {unit} {change}",
        f"{kind} side {side} {content}",
    ]


def _head(kind: str, *key: object) -> list[str]:
    head, tag, unit, bond, same, content = key
    return [
        f"{kind} head {head}",
        f"{kind} head {head} {unit}",
        f"{kind} head {tag} {bond} {content}",
        f"{kind} head {str(head)[-1:]} {same} {bond}",
    ]


def _start(kind: str, *key: object) -> list[str]:
    before, before_tag, first, first_tag, single = key
    return [
        f"{kind} first {_shape(first, first_tag)} {_shape(before, before_tag)}",
        f"{kind} first {first}",
        f"first {first}",
        f"first {str(first)[:1]}",
        f"{kind} first {first_tag} {single}",
        f"before {before}",
        f"{kind} before {_shape(before, before_tag)}",
        f"before {_shape(before, before_tag)} first {first}",
    ]


def _end(kind: str, *key: object) -> list[str]:
    last, last_tag, after, after_tag, distance, unit, written = key
    return [
        f"{kind} last {_shape(last, last_tag)} {_shape(after, after_tag)}",
        f"{kind} last {last}",
        f"last {last}",
        f"last {str(last)[-1:]} {unit}",
        f"{kind} last {str(last)[-1:]} {unit}",
        f"{kind} last {last_tag} {unit}",
        f"{kind} after {after}",
        f"after {after}",
        f"{kind} after {_shape(after, after_tag)} {distance}",
        f"{kind} last {last_tag} distance {distance}",
        f"{kind} distance {distance}",
        f"last {str(last)[-1:]} written {written}",
        f"last {last} written {written}",
    ]


def _length(kind: str, length: object) -> list[str]:
    return [f"length {length}", f"{kind} length {length}"]


def _inside(kind: str, mask: object, words: object) -> list[str]:
    bits = int(str(mask))
    return [f"{kind} words {words}", f"{kind} inside {bits}"] + [
        feature
        for bit in range(MASK_BITS)
        if bits >> bit & 1
        for feature in (f"inside {bit}", f"{kind} inside {bit}", f"{kind} inside {bit} {words}")
    ]


def _guess(kind: str, *key: object) -> list[str]:
    side, starts, ends = key
    return [f"{kind} guess {side} {starts} {ends}", f"{kind} guess {starts} {ends}", f"guess {starts} {ends}"]


def _tail(kind: str, tail: object, unit: object, written: object) -> list[str]:
    return [
        f"last {str(tail)[-1:]} written {written}",
        f"last {tail} written {written}",
        f"{kind} tail {tail}",
        f"last {str(tail)[-1:]} {unit}",
        f"{kind} last {str(tail)[-1:]} {unit}",
        f"last {tail}",
    ]


_FEATURES: dict[str, Callable[..., list[str]]] = {
    "whole": _whole, "near": _near, "next": _next, "rights": _rights, "content": _content, "head": _head,
    "start": _start, "end": _end, "length": _length, "inside": _inside, "guess": _guess, "tail": _tail,
}  # fmt: skip


def _shape(word: object, tag: object) -> object:
    """A word by its tag, and by itself where it is a particle, a preposition, a mark or a single character."""
    return word if tag in ("uj", "p", "c", "x") or len(str(word)) == 1 else tag


class Ranker:
    """Ranks wordings; built once a process from the weights of its model."""

    def __init__(self, weights: Sequence[float], cues: Cues) -> None:
        self._scores: Scores[Key] = Scores(weights, features_of)
        self.cues = cues

    def choose(self, view: View, wordings: Sequence[Candidate]) -> tuple[Candidate | None, float]:
        """The best wording and how far it is ahead of the next; None where there is none to choose from."""
        best, top, second = None, -1e9, -1e9
        context = context_of(view, self.cues)
        places: dict[str, float] = {}
        scores = self._scores
        for candidate in wordings:
            score = places.get(candidate.kind)
            if score is None:
                score = sum([scores[key] for key in places_of(candidate.kind, context)])
                places[candidate.kind] = score
            for key in own_parts_of(view, candidate):
                score += scores[key]
            if score > top:
                best, top, second = candidate, score, top
            elif score > second:
                second = score
        return best, min(top - second, 99.0)
