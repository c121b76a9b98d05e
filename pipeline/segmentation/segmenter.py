"""Cut clean text into sentences and words as jieba does, tags from its dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np

from pipeline.language.sentences import split_sentences
from pipeline.records import Section, Sentence, Sentences
from pipeline.segmentation.cutter import Cutter
from pipeline.segmentation.dictionary import JiebaWords, parse_entry

UNKNOWN = "n"
"""Tag of a Han word that is in no dictionary: what jieba's hidden Markov model finds is a name or a new noun."""


_REMEMBERED = 50_000  # words kept at hand


class Met(dict[str, int]):
    """Words met so far by number, each as the one object that stands at all its places, and their tags.

    A report then holds each word once, and what is kept of few words by word is found sooner. A tag is that of an entry,
    jieba's own, or one by shape (m number, eng Latin, x punctuation). The line end and words to be parted come first, so
    that their numbers tell them.
    """

    def __init__(self, entries: Mapping[str, str], words: JiebaWords, apart: Iterable[str]) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self._entries, self._words = entries, words
        self._arrays = np.empty(0, object), np.empty(0, object)
        self._last_apart = int(self.numbers(["\n", *sorted(apart)])[-1])

    def __missing__(self, word: str) -> int:
        self.words.append(word)
        self.tags.append(self._entries.get(word) or self._tag(word))
        self[word] = number = len(self)
        return number

    def numbers(self, words: Iterable[str]) -> np.ndarray:
        """The numbers of some words, new ones included."""
        return np.fromiter(map(self.__getitem__, words), np.int32)

    def lines(self, words: Sequence[str], alone: Mapping[int, Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
        """The numbers of words that `Cutter.cut_lines` gave, each where it belongs; and the places of the line ends."""
        numbers = self.numbers(words)
        ends = np.flatnonzero(numbers == self["\n"])
        apart = np.flatnonzero(numbers <= self._last_apart).tolist()
        changes: dict[int, Sequence[str]] = {at: words[at] for at in apart if words[at] != "\n"}
        changes |= {int(ends[at]): [*own, "\n"] for at, own in alone.items()}
        if not changes:
            return numbers, ends
        pieces: list[np.ndarray] = []
        start = 0
        for at, own in sorted(changes.items()):
            pieces += numbers[start:at], self.numbers(own)
            start = at + 1
        numbers = np.concatenate([*pieces, numbers[start:]])
        return numbers, np.flatnonzero(numbers == self["\n"])

    def at(self, numbers: np.ndarray) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words that have some numbers, and their tags."""
        if len(self._arrays[0]) < len(self):
            self._arrays = np.array(self.words, object), np.array(self.tags, object)
        words, tags = self._arrays
        return tuple(words.take(numbers).tolist()), tuple(tags.take(numbers).tolist())

    def _tag(self, word: str) -> str:
        if (known := self._words.find(word)) is not None:
            return known.tag or UNKNOWN
        if word[0].isdigit():
            return "m"
        if word[0].isascii() and word[0].isalpha():
            return "eng"
        return UNKNOWN if word[0].isalpha() else "x"


class Segmenter:
    """jieba with a dictionary of its own; built once a process, since loading takes a fifth of a second.

    `words` are lines ``term [frequency] [tag]`` laid over jieba's dictionary.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        entries = [parse_entry(line) for line in words]
        self._words = JiebaWords()
        self._cutter = Cutter(entries, self._words.frequencies(entry.term for entry in entries))
        self.cut, self.cut_sentences = self._cutter.cut, self._cutter.cut_sentences
        self._tags = {entry.term: entry.tag or UNKNOWN for entry in entries}
        self._met = Met(self._tags, self._words, self._cutter.apart)

    def tag(self, word: str) -> str:
        """The tag of a word, as `segment` gives it."""
        return self._met.tags[self._met[word]]

    def segment(self, text: str, outline: Sequence[Section]) -> Sentences:
        """The sentences of `text` in order, none crossing a heading's end or a section's; words join to the sentence."""
        places = [
            (section_id, *span)
            for section_id, start, end in self.stretches(text, outline)
            for span in split_sentences(text, start, end)
        ]
        met = self._known()
        numbers, ends = met.lines(*self._cutter.cut_lines([text[start:end] for _, start, end in places]))
        words, tags = met.at(numbers)
        sentences: list[Sentence] = []
        first = 0
        for (section_id, start, end), last in zip(places, ends.tolist(), strict=bool(places)):
            its = words[first:last], tags[first:last]
            sentences.append(Sentence._make((section_id, len(sentences), start, end, *its)))
            first = last + 1
        return Sentences(sentences, met.words, np.delete(numbers, ends), met.tags)

    def numbered(self, sentences: Sequence[Sentence]) -> Sentences:
        """Sentences with words of their own as `segment` gives its own."""
        met = self._known()
        return Sentences(sentences, met.words, met.numbers(chain.from_iterable(s.words for s in sentences)))

    def _known(self) -> Met:
        """The words met so far, begun anew where they are too many."""
        if len(self._met) > _REMEMBERED:
            self._met = Met(self._tags, self._words, self._cutter.apart)
        return self._met

    @staticmethod
    def stretches(text: str, outline: Sequence[Section]) -> list[tuple[int, int, int]]:
        """Headings and own bodies of the sections, in order of the text: (section, start, end)."""
        out = []
        for at, section in enumerate(outline):
            following = outline[at + 1].start if at + 1 < len(outline) else len(text)
            if section.heading_end > section.start:
                out.append((section.section_id, section.start, section.heading_end))
            out.append((section.section_id, section.heading_end, following))
        return out or [(0, 0, len(text))]
