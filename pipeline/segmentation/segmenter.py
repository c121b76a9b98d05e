"""Cut clean text into sentences and words as jieba does, tags from its dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.language.sentences import split_sentences
from pipeline.records import Section, Sentence
from pipeline.segmentation.cutter import Cutter
from pipeline.segmentation.dictionary import JiebaWords, parse_entry

UNKNOWN = "n"
"""Tag of a Han word that is in no dictionary: what jieba's hidden Markov model finds is a name or a new noun."""


_REMEMBERED = 20_000  # words kept at hand


class Met(dict[str, str]):
    """Words met so far, each as the one object that stands at all its places, and their tags.

    A report then holds each word once, and what is kept of few words by word is found sooner. A tag is that of an entry,
    jieba's own, or one by shape (m number, eng Latin, x punctuation).
    """

    def __init__(self, entries: Mapping[str, str], words: JiebaWords) -> None:
        super().__init__()
        self.tags: dict[str, str] = {}
        self._entries, self._words = entries, words

    def __missing__(self, word: str) -> str:
        self.tags[word] = self._entries.get(word) or self._tag(word)
        self[word] = word
        return word

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
        cutter = Cutter(entries, self._words.frequencies(entry.term for entry in entries))
        self.cut, self.cut_sentences = cutter.cut, cutter.cut_sentences
        self._tags = {entry.term: entry.tag or UNKNOWN for entry in entries}
        self._met = Met(self._tags, self._words)

    def tag(self, word: str) -> str:
        """The tag of a word, as `segment` gives it."""
        return self._met.tags[self._met[word]]

    def segment(self, text: str, outline: Sequence[Section]) -> tuple[Sentence, ...]:
        """The sentences of `text` in order, none crossing a heading's end or a section's; words join to the sentence."""
        if len(self._met) > _REMEMBERED:
            self._met = Met(self._tags, self._words)
        known, tag = self._met.__getitem__, self._met.tags.__getitem__
        places = [
            (section_id, span)
            for section_id, start, end in self.stretches(text, outline)
            for span in split_sentences(text, start, end)
        ]
        sentences: list[Sentence] = []
        cut = self.cut_sentences([text[start:end] for _, (start, end) in places])
        for (section_id, (start, end)), words in zip(places, cut, strict=True):
            met = tuple(map(known, words))
            sentences.append(Sentence(section_id, len(sentences), start, end, met, tuple(map(tag, met))))
        return tuple(sentences)

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
