"""Cut clean text into sentences and words as jieba does, tags from its dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pipeline.language.sentences import split_sentences
from pipeline.records import Section, Sentence
from pipeline.segmentation.cutter import Cutter
from pipeline.segmentation.dictionary import parse_entry, read_dictionary

UNKNOWN = "n"
"""Tag of a Han word that is in no dictionary: what jieba's hidden Markov model finds is a name or a new noun."""


_REMEMBERED = 50_000  # words kept at hand


class Tags(dict[str, str]):
    """The tag of every word: jieba's own, or one by shape (m number, eng Latin, x punctuation)."""

    def __missing__(self, word: str) -> str:
        if word[0].isdigit():
            return "m"
        if word[0].isascii() and word[0].isalpha():
            return "eng"
        return UNKNOWN if word[0].isalpha() else "x"


class Met(dict[str, str]):
    """Words met so far, each as the one object that stands at all its places, and their tags.

    A report then holds each word once, and tables of fewer words than the dictionary has are asked for it sooner.
    """

    def __init__(self, tag: Callable[[str], str]) -> None:
        super().__init__()
        self.tags: dict[str, str] = {}
        self._tag = tag

    def __missing__(self, word: str) -> str:
        self.tags[word] = self._tag(word)
        self[word] = word
        return word


class Segmenter:
    """jieba with a dictionary of its own; built once a process, since loading takes about half a second.

    `words` are lines ``term [frequency] [tag]`` laid over jieba's dictionary.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        entries = [parse_entry(line) for line in words]
        tags, frequencies = read_dictionary({entry.term for entry in entries})
        self._tags = Tags(tags)
        self._tags.update((entry.term, entry.tag or UNKNOWN) for entry in entries)
        cutter = Cutter(entries, frequencies)
        self.cut, self.cut_sentences = cutter.cut, cutter.cut_sentences
        self.tag = self._tags.__getitem__
        self._met = Met(self.tag)

    def segment(self, text: str, outline: Sequence[Section]) -> tuple[Sentence, ...]:
        """The sentences of `text` in order, none crossing a heading's end or a section's; words join to the sentence."""
        if len(self._met) > _REMEMBERED:
            self._met = Met(self.tag)
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
