"""Words exactly as jieba cuts them, by rjieba, which is many times faster.

Both cut a text into blocks, and each block by the same dictionary, the same sums in the same order and the same hidden
Markov model. rjieba goes other ways than jieba 0.42.1 in three places, which `doubtful_places` finds:

- its blocks also hold Han characters that jieba's do not: U+9FD6 and above, extensions, compatibility ideographs. There
  the text is cut into jieba's blocks, and rjieba given one at a time;
- it joins letters and digits over ``.``, ``-`` and ``_`` (``1-3``, ``4.5.1``), jieba only a number and its decimals.
  Such words are parted as jieba parts them;
- its model rounds otherwise, which tells where two readings have one score: where the same characters could change their
  places (``定定定`` as ``定定`` and ``定`` or the other way round), or come near it (`ties`). In the first case each
  character of a stretch stands in it twice or more, and each is a word of its own to the dictionary. Such blocks are jieba's.

An entry of frequency 0 is a word that the model shall not make (``乡以``): made, it is parted into its characters.

jieba is loaded when the first such block comes, or for what rjieba cannot say: an entry of frequency 0 that takes a word
out of jieba's dictionary; an entry without a frequency, which jieba then suggests; a joint where entries have joints.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from itertools import groupby
from typing import Any

import numpy as np

from pipeline.language.widths import codes_of
from pipeline.segmentation.dictionary import Entry, cache_folder
from pipeline.segmentation.ties import TIED

ALPHABET = ((0, 0x2DFF), (0x3000, 0x303F), (0x4E00, 0x9FD5), (0xFF00, 0xFFEF))
"""Letters, marks and symbols that are no Han characters to rjieba, and the Han characters of jieba's blocks."""

COUNTED_TWICE = 3
"""Frequency of ``B超``, which stands twice in jieba's dictionary: jieba's sum of frequencies has it twice."""

REACH = 12
"""How far apart the same characters are looked for that could change their places."""

SHORT = 64
"""Characters of a text whose sets are made sooner than they are compared."""

_block = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")
_gap = re.compile(r"\r\n|.", re.DOTALL)
_joint = re.compile(
    r"-(?<=[0-9A-Za-z]-)[0-9A-Za-z]|_(?<=[0-9A-Za-z]_)[0-9A-Za-z]"
    r"|\.[0-9]*(?:[A-Za-z]|(?<=[0-9])[._-])"  # after a point, more than the decimals of one number
)
_JOINTS = "-_."
_TOLD = np.ones(2**16, np.bool_)
"""Characters that are beyond the alphabet or may be a joint."""
for _first, _last in ALPHABET:
    _TOLD[_first : _last + 1] = False
_TOLD[[*map(ord, _JOINTS)]] = True
_APART = np.uint16(0x9E37)  # so that characters of two blocks near by are seldom equal
_han = re.compile("[\u4e00-\u9fd5]{3,}")
_tied = re.compile("|".join(sorted(TIED)))
_number = re.compile(r"([a-zA-Z0-9]+(?:\.[0-9]+)?%?)")


class Cutter:
    """Cuts as jieba does once `entries` are added; `frequencies` are those of them that jieba has already."""

    def __init__(self, entries: Sequence[Entry], frequencies: Mapping[str, int]) -> None:
        self._entries = entries
        self._joins = any(_joint.search(entry.term) for entry in entries)
        last = {entry.term: entry.frequency for entry in entries}
        self.apart = {term for term, frequency in last.items() if frequency == 0}
        known = {entry.term for entry in entries if entry.frequency != 0}.union(frequencies)
        self._rjieba = new_rjieba() if self.apart.isdisjoint(known) else None
        if self._rjieba is None:
            self._cut_whole: Callable[[str], list[str]] = self._jieba[0].lcut
        else:
            self._teach(self._rjieba, frequencies)
            self._cut_whole = self._rjieba.cut

    def _cut(self, text: str) -> list[str]:
        return self._part(self._cut_whole(text))

    def _part(self, words: list[str]) -> list[str]:
        if self.apart.isdisjoint(words):
            return words
        return [part for word in words for part in (word if word in self.apart else (word,))]

    def _teach(self, rjieba: Any, frequencies: Mapping[str, int]) -> None:
        """Add the entries to rjieba.

        The sum of all frequencies must be jieba's to the last digit, since it decides between readings of one score.
        jieba counts anew a word that it has already; a word that is in no block makes up for that.
        """
        known, counted_anew = dict(frequencies), COUNTED_TWICE
        for at, (term, frequency, _) in enumerate(self._entries):
            if frequency == 0:
                continue
            weight = self._jieba[1][at] if frequency is None else frequency
            rjieba.add_word(term, weight, None)
            counted_anew += known.get(term, 0)
            known[term] = weight
        rjieba.add_word("\n", counted_anew, None)

    @cached_property
    def _jieba(self) -> tuple[Any, list[int]]:
        """Jieba with the entries, and the frequency that each of them was given."""
        import jieba

        jieba.setLogLevel(logging.ERROR)
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = str(cache_folder())
        tokenizer.initialize()
        given = []
        for term, frequency, _ in self._entries:
            if frequency == 0:  # jieba would have all its tokenizers part the word
                tokenizer.FREQ[term] = 0
            else:
                tokenizer.add_word(term, frequency)
            given.append(tokenizer.FREQ[term])
        return tokenizer, given

    def cut(self, text: str) -> list[str]:
        """The words of a text.

        >>> Cutter([], {}).cut("增长3.5%，第1-3名")
        ['增长', '3.5%', '，', '第', '1', '-', '3', '名']
        """
        return self._cut_blocks(text) if self._doubts(text, codes_of(text)) else self._cut(text)

    def cut_sentences(self, sentences: Sequence[str]) -> list[list[str]]:
        """The words of each sentence; none may hold a line end."""
        words, alone = self.cut_lines(sentences)
        made, start, found = self.apart.intersection(words), 0, []
        for sentence in sentences:
            end = words.index("\n", start)
            own = words[start:end]
            found.append(self._part(own) if any(word in sentence for word in made) else own)
            start = end + 1
        for at, own in alone.items():
            found[at] = own
        return found

    def cut_lines(self, sentences: Sequence[str]) -> tuple[list[str], dict[int, list[str]]]:
        r"""The words of sentences, none of which may hold a line end, with one behind each; and those of sentences cut alone.

        One call of rjieba takes all sentences as lines. Where it may cut otherwise than jieba, a line is left empty, and
        its words stand apart. Those of entries of frequency 0 are still to be parted.

        >>> Cutter([], {}).cut_lines(["增长3.5%。", "常在半", "第1名"])
        (['增长', '3.5%', '。', '\n', '\n', '第', '1', '名', '\n'], {1: ['常', '在', '半']})
        """
        lines = "\n".join(sentences)
        codes = codes_of(lines)
        doubtful = np.searchsorted(np.flatnonzero(codes == ord("\n")), self._doubts(lines, codes)).tolist()
        alone = {at: self._cut_blocks(sentences[at]) for at in dict.fromkeys(doubtful)}
        if alone:
            lines = "\n".join("" if at in alone else sentence for at, sentence in enumerate(sentences))
        return [*self._cut_whole(lines), "\n"], alone

    def _doubts(self, text: str, codes: np.ndarray) -> list[int]:
        """Where in a text rjieba may cut otherwise."""
        if self._rjieba is None:
            return []
        return doubtful_places(text, codes) + _ties.places(text, codes)

    def _cut_blocks(self, text: str) -> list[str]:
        """The words of a sentence with doubts: its blocks one by one, and between them a word a character."""
        words: list[str] = []
        for at, piece in enumerate(_block.split(text)):
            if at % 2 == 0:
                words += _gap.findall(piece)
            elif (self._joins and _joint.search(piece)) or self._may_tie(piece):
                words += self._part(self._jieba[0].lcut(piece))
            else:
                words += [part for word in self._cut(piece) for part in parts(word)]
        return words

    def _may_tie(self, block: str) -> bool:
        """Whether characters could change places among those that the dictionary leaves to the model."""
        if not (exchangeable(block) or _tied.search(block)):
            return False
        assert self._rjieba is not None
        runs = groupby(self._rjieba.cut(block, False), lambda word: len(word) == 1)
        stretches = ["".join(words) for alone, words in runs if alone]
        return any(exchangeable(stretch) or _tied.search(stretch) for stretch in stretches)


def new_rjieba() -> Any:
    """Rjieba with jieba's dictionary, None where it is not installed.

    Its class is taken from the package's extension: the package itself would load a second dictionary for its functions.
    """
    package = find_spec("rjieba")
    if package is None:
        return None
    if (extension := sys.modules.get("rjieba.rjieba")) is None:
        spec = PathFinder.find_spec("rjieba.rjieba", package.submodule_search_locations)
        assert spec is not None
        assert spec.loader is not None
        extension = sys.modules[spec.name] = module_from_spec(spec)
        spec.loader.exec_module(extension)
    return extension.Jieba()


class Pairs:
    """Pairs of characters, to find at a glance where in a text they stand.

    >>> Pairs(["常在"]).places("经常在半", codes_of("经常在半"))
    [1]
    """

    def __init__(self, pairs: Iterable[str]) -> None:
        self._pairs = frozenset(pairs)
        self._known = np.zeros(2**16, np.bool_)
        for pair in self._pairs:
            self._known[self._hashed(codes_of(pair))] = True

    def places(self, text: str, codes: np.ndarray) -> list[int]:
        """Where in a text of these characters pairs stand."""
        places: list[int] = np.flatnonzero(self._known.take(self._hashed(codes))).tolist()
        return [at for at in places if text[at : at + 2] in self._pairs]

    @staticmethod
    def _hashed(codes: np.ndarray) -> np.ndarray:
        hashed: np.ndarray = codes[:-1] * np.uint16(1031) + codes[1:]
        return hashed


_ties = Pairs(TIED)


def doubtful_places(text: str, codes: np.ndarray) -> list[int]:
    """Where rjieba may cut otherwise than jieba."""
    found = [
        at for at in np.flatnonzero(_TOLD.take(codes)).tolist() if text[at] not in _JOINTS or _joint.match(text, at)
    ]
    return found + echoes(text, codes)


def echoes(text: str, codes: np.ndarray) -> list[int]:
    """Where stretches begin whose characters could change places, no further than `REACH`.

    >>> [echoes(text, codes_of(text)) for text in ("以部定定定一", "工作，工作")]
    [[2], []]
    """
    if len(codes) <= SHORT and all(len(set(run)) > len(run) - 2 for run in _han.findall(text)):
        return []  # at least two are said again in such a stretch
    han = (codes >= 0x4E00) & (codes <= 0x9FD5)
    codes = codes.astype(np.uint16) + np.cumsum(~han, dtype=np.uint16) * _APART
    again = np.zeros(len(codes) + 2, np.bool_)  # with a place before the first and after the last
    for distance in range(1, min(REACH, len(codes) - 1) + 1):
        same = codes[distance:] == codes[:-distance]
        again[distance + 1 : -1] |= same
        again[1 : -distance - 1] |= same
    again[1:-1] &= han
    edges = np.flatnonzero(again[1:] != again[:-1])
    starts, ends = edges[::2], edges[1::2]
    long = np.flatnonzero(ends - starts > 2)
    pairs = zip(starts[long].tolist(), ends[long].tolist(), strict=True)
    return [start for start, end in pairs if exchangeable(text[start:end])]


def exchangeable(text: str) -> bool:
    """Whether there is a stretch of three characters or more, each of which is in it twice or more.

    >>> exchangeable("部定定定"), exchangeable("链延链补链")
    (True, False)
    """
    once = [character for character in set(text) if text.count(character) == 1]
    if not once:
        return True
    for character in once:
        text = text.replace(character, " ")
    return any(len(stretch) > 2 and exchangeable(stretch) for stretch in text.split())


def parts(word: str) -> list[str]:
    """A word of rjieba's as jieba parts it: each number or run of letters on its own, and what is between them.

    >>> parts("G4.5-1"), parts("增长")
    (['G4.5', '-', '1'], ['增长'])
    """
    return [part for part in _number.split(word) if part] if _joint.search(word) else [word]
