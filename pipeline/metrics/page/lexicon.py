"""Word types (a word with its tag) as numbers, and what naming looks at of each, as arrays to index by them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.cues import Cues
from pipeline.metrics.page.hashing import word_hash
from pipeline.metrics.page.tokens import BOUNDARIES, EDGES
from pipeline.records import Sentence, Sentences

MOST = 50_000
"""How many word types are kept before all are forgotten, so that memory stays bounded."""
_CLOSING = frozenset("”’》〉」』）)】")
_PARTICLES = frozenset(("u", "uj", "ul", "uv", "ud", "uz", "ug"))
_NO_END = _PARTICLES | {"c", "y", "r", "w", "e", "o", "p", "d", "m", "x"}
_NO_START = _PARTICLES | {"y", "e", "o", "c", "d", "r", "t", "p"}
_LEADING = _PARTICLES | {"c", "y", "r", "x", "w", "e", "o", "d", "t", "p"}
_OF_NOUNS = frozenset("nvjlibasxezg")
_REACHING = frozenset(("到", "至", "为", "成"))
_TELLING = frozenset(("v", "d", "ul", "t", "vn", "c", "p", "y", "zg", "uz", "ug"))
_MENTIONED = frozenset("njsebzqfaxlgi")
_QUOTES = frozenset("“”‘’《》")
_INSIDE = {"v": 1, "uj": 2, "p": 4, "c": 8, "m": 16, "d": 32, "r": 64, "t": 128, "f": 256, "x": 512}
INSIDE_BITS = 14
"""Word classes and kinds of cue words that a name seldom holds, as bits."""


class Trait:
    """What a word type may be to a name, as bits."""

    SPACE = 1 << 0
    ENDS = 1 << 1  # a name may end in it
    LIGHT = 1 << 2  # a verb that says only that there is so much
    STARTS = 1 << 3  # a name may begin with it
    CONTENT = 1 << 4
    STRETCH = 1 << 5  # a topic may be put before it
    SHARE = 1 << 6
    OCCUPIES = 1 << 7
    VERB = 1 << 8
    PASSED = 1 << 9  # passed over between a number and its noun
    LEADING = 1 << 10  # stands before the noun phrase that a clause begins with
    BREAKS = 1 << 11  # ends such a phrase
    SERIES = 1 << 12  # 分别, 依次
    UP = 1 << 13
    DOWN = 1 << 14
    TOTAL = 1 << 15
    STRIPPED_END = 1 << 16
    STRIPPED_START = 1 << 17
    PREPOSITION = 1 << 18
    REACHING = 1 << 19
    ON_VERB = 1 << 20  # where a phrase that a preposition begins goes on
    SKIPPED = 1 << 21  # before the noun after a number
    NO_NOUN = 1 << 22  # such a noun does not begin with it
    ADVERB = 1 << 23
    NOUN_STOP = 1 << 24  # such a noun stops before it
    NOUN_STOP_LAST = 1 << 25  # ... where no noun follows
    REACHED = 1 << 26  # begins with 到, 至 or 为
    QUOTE = 1 << 27
    NOUN_LAST = 1 << 28
    TRAILING = 1 << 29
    PLAIN_VERB = 1 << 30
    MODAL = 1 << 31
    MODAL_NOUN = 1 << 32  # plans only beside some words
    BEFORE_PLAN = 1 << 33
    AFTER_PLAN = 1 << 34
    TELLING = 1 << 35  # tells of tense and mood
    BOUNDARY = 1 << 37  # ends a clause
    BEFORE_MENTION = 1 << 38  # stands before the noun phrase that heads a clause
    BEFORE_PLACE = 1 << 39
    OF_MENTION = 1 << 40
    JOINS = 1 << 49  # joins two nouns of a mention: 运输和邮电部门
    BODY = 1 << 41
    FORERUNNER = 1 << 43  # with it, the beginning of a phrase may be a mention: 脱贫人口|人均收入
    WHOLE_FIRST = 1 << 42  # may begin 全县 and the like
    AFTER_MODAL = 1 << 45
    MODAL_VERB = 1 << 44  # plans only before some words
    BODY_WORK = 1 << 46  # a verb that bodies are named by: 执法大队
    ORGAN = 1 << 47  # ... if it is followed by such a word
    PURPOSE = 1 << 48  # what is counted ends before it: 200亩土地|用于种植
    DOES = 1 << 36  # tells that something was done, and not only how things stand
    DEED = 1 << 50  # ... where no body is named by it: 培训学员, 植树
    DOER = 1 << 51  # what a deed before it belongs to the name of: 培训|机构


class Lexicon:
    """Numbers word types in the order in which they are met; the arrays hold a place for each."""

    def __init__(self, cues: Cues, bodies: Bodies) -> None:
        self.cues, self.bodies = cues, bodies
        self._finished, self._one_by_one = tuple(cues["finished"]), tuple(cues["one_by_one"])
        self.ids: dict[tuple[str, str], int] = {}
        self.words: list[str] = []
        self.tags: list[str] = []
        self._types: dict[str, int] = {}  # the first type of each word
        self._tag_numbers: dict[str, int] = {}
        self._numbered: Sequence[
            str
        ] = ()  # words numbered elsewhere, and the type of each, -1 where it was not met here
        self._by_number = np.zeros(0, np.int64)
        self.add([("#", "#")])

    @property
    def full(self) -> bool:
        """Whether so many are kept that they had better be forgotten."""
        return len(self.words) > MOST

    def number(self, sentences: Sequence[Sentence]) -> np.ndarray:
        """The numbers of all words of sentences, new ones included."""
        if isinstance(sentences, Sentences) and sentences.tags:
            return self._of_numbered(sentences)
        words = [*chain.from_iterable([s.words for s in sentences])]
        tags = [*chain.from_iterable([s.tags for s in sentences])]
        try:
            return self._known(words, tags)
        except KeyError:
            self.add([t for t in dict.fromkeys(zip(words, tags, strict=True)) if t not in self.ids])
            return self._known(words, tags)

    def _of_numbered(self, sentences: Sentences) -> np.ndarray:
        """Where each word has one tag only and a number already, that tells its type."""
        known, numbers = sentences.known, sentences.numbers
        if known is not self._numbered:
            self._numbered, self._by_number = known, np.full(0, -1, np.int64)
        if len(self._by_number) < len(known):
            self._by_number = np.append(self._by_number, np.full(len(known), -1, np.int64))
        types: np.ndarray = self._by_number[numbers]
        if len(new := np.unique(numbers[types < 0])):
            met = [(known[number], sentences.tags[number]) for number in new.tolist()]
            if unknown := [one for one in met if one not in self.ids]:
                self.add(unknown)
            self._by_number[new] = [self.ids[one] for one in met]
            types = self._by_number[numbers]
        return types

    def _known(self, words: Sequence[str], tags: Sequence[str]) -> np.ndarray:
        """Most words have one tag only, so that the word tells its type; the others are looked up with their tags."""
        types = np.array([*map(self._types.__getitem__, words)], np.int64)
        given = np.array([*map(self._tag_numbers.__getitem__, tags)], np.int64)
        for at in np.flatnonzero(self.tag_numbers[types] != given).tolist():
            types[at] = self.ids[words[at], tags[at]]
        return types

    def number_of(self, word_type: tuple[str, str]) -> int:
        """The number of one word type."""
        if word_type not in self.ids:
            self.add([word_type])
        return self.ids[word_type]

    def add(self, types: Sequence[tuple[str, str]]) -> None:
        """Number new word types, and fill the arrays for them."""
        first = len(self.words)
        for word, tag in types:
            number = self.ids[word, tag] = len(self.words)
            self._types.setdefault(word, number)
            self._tag_numbers.setdefault(tag, len(self._tag_numbers))
            self.words.append(word)
            self.tags.append(tag)
        rows = [self._row(w, t) for w, t in zip(self.words[first:], self.tags[first:], strict=True)]
        columns = list(zip(*rows, strict=True))
        kinds = (np.int64,) * 4 + (np.uint32,) * 5
        made = [np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        if first:
            made = [np.concatenate(pair) for pair in zip(self._arrays(), made, strict=True)]
        (
            self.traits,
            self.lengths,
            self.inside,
            self.tag_numbers,
            self.hashes,
            self.tag_hashes,
            self.shapes,
            self.firsts,
            self.lasts,
        ) = made

    def _arrays(self) -> tuple[np.ndarray, ...]:
        return (
            self.traits, self.lengths, self.inside, self.tag_numbers, self.hashes, self.tag_hashes, self.shapes, self.firsts, self.lasts
        )  # fmt: skip

    def _row(self, word: str, tag: str) -> tuple[int, ...]:
        of_word, of_tag = word_hash(word), word_hash("tag " + tag)
        shape = of_word if tag in ("uj", "p", "c", "x") or len(word) == 1 else of_tag
        inside = _INSIDE.get(tag, 0) | self.cues.inside.get(word, 0)
        return (
            self._traits(word, tag), len(word), inside, self._tag_numbers[tag], of_word, of_tag, shape,
            word_hash(word[:1]), word_hash(word[-1:]),
        )  # fmt: skip

    def _traits(self, word: str, tag: str) -> int:
        cues, kind = self.cues, tag[:1]
        light, lead, modal, basis = (
            word in cues["light"],
            word in cues["lead"],
            word in cues["modality"],
            word in cues["basis"],
        )
        change = word in cues["increase"] or word in cues["decrease"]
        predicate = word in cues["predicate"]
        noun_stop = predicate or tag in ("p", "r", "t", "ul") or (tag == "v" and word.endswith(self._finished))
        said = {
            Trait.SPACE: word.isspace(),
            Trait.ENDS: tag not in _NO_END or word in _CLOSING or (tag == "x" and word.isalnum()),
            Trait.LIGHT: light,
            Trait.STARTS: not ((modal and word != "争取") or word in EDGES or word in _CLOSING)
            and (tag not in _NO_START or word in cues["name_start"]),
            Trait.CONTENT: tag not in _NO_END and not light and not change,
            Trait.STRETCH: tag not in _NO_END,
            Trait.SHARE: "占" in word or "比" in word,
            Trait.OCCUPIES: "占" in word,
            Trait.VERB: kind == "v",
            Trait.PASSED: tag in ("uj", "u", "ul") or word in cues["after"] or word in cues["copula"],
            Trait.LEADING: lead or tag in _LEADING,
            Trait.BREAKS: kind not in _OF_NOUNS or word in EDGES,
            Trait.SERIES: word.startswith(self._one_by_one),
            Trait.UP: word in cues["adds"],
            Trait.DOWN: word in cues["takes"],
            Trait.TOTAL: word in cues["total"],
            Trait.STRIPPED_END: light or basis or change or word in "、，,“”：:"
            or tag in ("d", "p", "c", "u", "uj", "ul", "r", "y", "zg"),
            Trait.STRIPPED_START: lead or modal or basis or word in "、，,：:；;。—-·"
            or tag in ("d", "c", "t", "u", "uj", "ul", "y", "r"),
            Trait.PREPOSITION: tag == "p" and word in cues["preposition"],
            Trait.REACHING: word in _REACHING,
            Trait.ON_VERB: tag == "v" and not lead,
            Trait.SKIPPED: tag in ("uj", "u", "ul") or word == "的" or word in cues["after"],
            Trait.NO_NOUN: predicate or change or tag in ("p", "c", "y", "r"),
            Trait.ADVERB: tag == "d",
            Trait.PURPOSE: word in ("用于", "用来"),
            Trait.NOUN_STOP: noun_stop,
            Trait.NOUN_STOP_LAST: tag in ("v", "c"),
            Trait.REACHED: word[0] in "到至为",
            Trait.QUOTE: word in "“”、",
            Trait.NOUN_LAST: kind in "njlsb" or tag == "vn",
            Trait.TRAILING: tag in ("c", "u", "uj", "p", "d", "ul"),
            Trait.PLAIN_VERB: tag == "v",
        }  # fmt: skip
        return sum(trait for trait, has in said.items() if has) | self._of_sentences(word, tag)

    def _of_sentences(self, word: str, tag: str) -> int:
        """What a word type tells of status, and of whom a number is said of."""
        cues, kind = self.cues, tag[:1]
        lead, modal, state = word in cues["lead"], word in cues["modality"], word in cues["state"]
        shape = self.bodies.shape(word)
        said = {
            Trait.MODAL: modal and word not in cues["modal_weak"],
            Trait.MODAL_NOUN: modal and word in cues["modal_noun"],
            Trait.MODAL_VERB: modal and word in cues["modal_verb"],
            Trait.BEFORE_PLAN: kind in ("t", "d", "x", "c", "r"),
            Trait.AFTER_PLAN: kind in ("v", "d", "t"),
            Trait.AFTER_MODAL: kind in ("v", "d", "t", "p", "c", "z", "i"),
            Trait.TELLING: tag in _TELLING,
            Trait.BOUNDARY: word[0] in BOUNDARIES,
            Trait.BEFORE_MENTION: (lead or tag in ("c", "t", "d", "m", "q", "x") or word.endswith("季度") or word == "前")
            and word not in _QUOTES,
            Trait.BEFORE_PLACE: word in ("在", "对", "由"),
            Trait.OF_MENTION: (kind in _MENTIONED and not state)
            or tag == "vn"
            or word in _QUOTES
            or shape & 2 != 0,
            Trait.JOINS: word in ("和", "及", "与"),
            Trait.BODY: shape & 1 != 0,
            Trait.FORERUNNER: shape & 5 != 0,
            Trait.BODY_WORK: tag == "v" and word in cues["body_work"],
            Trait.ORGAN: word in cues["body_end"],
            Trait.WHOLE_FIRST: word[0] in self.bodies.whole_firsts,
            Trait.DOES: (tag == "v" and not state) or word.startswith("新"),
            Trait.DEED: word in cues["deed"],
            Trait.DOER: word in cues["doer"],
        }  # fmt: skip
        return sum(trait for trait, has in said.items() if has)
