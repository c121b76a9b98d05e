"""Which wording names a number best: a linear model over what the wordings and their neighbours look like.

A wording's score is the sum of five parts, each of few values: its kind in this place, where it begins, where it ends,
its length, and what stands inside. A part that was once reckoned is looked up from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.metrics.candidates import Candidate, View, content_of, name_of
from pipeline.metrics.cues import Cues
from pipeline.metrics.hashing import Weights
from pipeline.metrics.tokens import Token

Key = tuple[object, ...]
_REMEMBERED = 200_000
_NOTHING = Token("#", "#", 0, 0)


def context_of(view: View, cues: Cues) -> Key:
    """What is the same for all wordings of one number."""
    left, right = view.left, view.right
    content, head = content_of(view, cues)
    head = head or _NOTHING
    nearest = left[-1] if left else _NOTHING
    following = right[0] if right else _NOTHING
    return (
        view.unit,
        view.change,
        view.bond,
        view.same_unit,
        min(len(left), 2),
        nearest.word,
        nearest.tag,
        following.word,
        following.tag,
        bool(view.item),
        bool(view.carried_verb),
        view.written,
        min(content, 3),
        head.word,
        head.tag,
        min(len(right), 3),
        right[-1].tag if right else "#",
        bool(view.attribute),
    )


def parts_of(view: View, candidate: Candidate, context: Key) -> tuple[Key, ...]:
    """The keys of the parts of a wording's score."""
    kind, words, start, end, distance, length, mask = candidate
    place = ("place", kind, *context)
    if not words:
        name = name_of(view, candidate)
        return place, ("tail", kind, name[-2:], view.unit, view.written), ("length", kind, min(len(name), 16))
    first, last = words[start], words[end - 1]
    before = words[start - 1] if start else _NOTHING
    after = words[end] if end < len(words) else _NOTHING
    return (
        place,
        ("start", kind, before.word, before.tag, first.word, first.tag, end - start == 1),
        ("end", kind, last.word, last.tag, after.word, after.tag, min(distance, 4), view.unit, view.written),
        ("length", kind, min(length, 16)),
        ("inside", kind, mask, min(end - start, 6)),
    )


def features_of(key: Key) -> list[str]:
    """What the model knows of one part."""
    return _FEATURES[str(key[0])](*key[1:])


def _place(kind: str, *context: object) -> list[str]:
    (
        unit, change, bond, same, lefts, near, near_tag, next_word, next_tag, item, verb,
        written, content, head, head_tag, rights, right_end, attribute,
    ) = context  # fmt: skip
    return [
        kind,
        f"{kind} unit {unit}",
        f"{kind} change {change} {unit}",
        f"{kind} bond {bond} {same}",
        f"{kind} bond {bond} {lefts}",
        f"{kind} {unit} {change} {same} {lefts} {bond}",
        f"{kind} lefts {lefts} next {_shape(next_word, next_tag)}",
        f"{kind} near {_shape(near, near_tag)} next {_shape(next_word, next_tag)}",
        f"{kind} near {_shape(near, near_tag)}",
        f"{kind} near {near}",
        f"{kind} near {near} {unit}",
        f"{kind} next {next_word}",
        f"{kind} next {next_tag} {unit}",
        f"{kind} item {item} verb {verb}",
        f"{kind} written {written}",
        f"{kind} content {content} {bond} {same}",
        f"{kind} content {content} {unit} {change}",
        f"{kind} content {content} rights {rights}",
        f"{kind} head {head}",
        f"{kind} head {head} {unit}",
        f"{kind} head {head_tag} {bond} {content}",
        f"{kind} head {head_tag} next {next_tag} {rights}",
        f"{kind} rights {rights} {right_end}",
        f"{kind} attribute {attribute}",
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
    return [f"{kind} words {words}", f"{kind} inside {bits}"] + [f"inside {bit}" for bit in range(9) if bits >> bit & 1]


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
    "place": _place, "start": _start, "end": _end, "length": _length, "inside": _inside, "tail": _tail,
}  # fmt: skip


def _shape(word: object, tag: object) -> object:
    """A word by its tag, and by itself where it is a particle, a preposition, a mark or a single character."""
    return word if tag in ("uj", "p", "c", "x") or len(str(word)) == 1 else tag


class Ranker:
    """Ranks wordings; built once a process from the weights of its model."""

    def __init__(self, weights: Sequence[float], cues: Cues) -> None:
        self._weights = Weights(weights)
        self.cues = cues
        self._known: dict[Key, float] = {}

    def choose(self, view: View, wordings: Sequence[Candidate]) -> tuple[Candidate | None, float]:
        """The best wording and how far it is ahead of the next; None where there is none to choose from."""
        best, top, second = None, -1e9, -1e9
        context = context_of(view, self.cues)
        for candidate in wordings:
            score = sum([self._part(key) for key in parts_of(view, candidate, context)])
            if score > top:
                best, top, second = candidate, score, top
            elif score > second:
                second = score
        return best, min(top - second, 99.0)

    def _part(self, key: Key) -> float:
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            known = self._known[key] = self._weights.sum(features_of(key))
        return known
