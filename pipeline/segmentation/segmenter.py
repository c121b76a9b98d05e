"""Cut clean text into sentences and words with jieba, tags from its dictionary."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import RulesError
from pipeline.language.sentences import split_sentences
from pipeline.records import Section, Sentence

UNKNOWN = "n"
"""Tag of a Han word that is in no dictionary: what jieba's hidden Markov model finds is a name or a new noun."""


class Segmenter:
    """jieba with a dictionary of its own; built once a process, since loading takes most of a second.

    `words` are lines ``term [frequency] [tag]`` laid over jieba's dictionary.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        import jieba

        jieba.setLogLevel(logging.ERROR)
        self._jieba: Any = jieba.Tokenizer()
        self._jieba.tmp_dir = str(cache_folder())
        self._jieba.initialize()
        with self._jieba.get_dict_file() as file:
            parts = file.read().decode("utf-8").split()
        self._tags: dict[str, str] = dict(zip(parts[::3], parts[2::3], strict=True))
        for line in words:
            self._add(line)
        self.cut = self._jieba.lcut

    def _add(self, line: str) -> None:
        term, *rest = line.split()
        frequency = rest[0] if rest and rest[0].isdigit() else None
        tags = rest[1:] if frequency else rest
        if len(tags) > 1:
            raise RulesError(f"Not a dictionary line: {line!r}. Write: term, frequency, tag, blanks between.")
        self._jieba.add_word(term, int(frequency) if frequency else None)
        self._tags[term] = tags[0] if tags else UNKNOWN

    def tag(self, word: str) -> str:
        """The tag of a word: jieba's own, or one by shape (m number, eng Latin, x punctuation)."""
        known = self._tags.get(word)
        if known is not None:
            return known
        if word[0].isdigit():
            return "m"
        if word[0].isascii() and word[0].isalpha():
            return "eng"
        return UNKNOWN if word[0].isalpha() else "x"

    def segment(self, text: str, outline: Sequence[Section]) -> tuple[Sentence, ...]:
        """The sentences of `text` in order, none crossing a heading's end or a section's; words join to the sentence."""
        cut, tag = self.cut, self.tag
        sentences: list[Sentence] = []
        for section_id, start, end in self.stretches(text, outline):
            for span in split_sentences(text, start, end):
                words = tuple(cut(text[span.start : span.end]))
                tags = tuple(map(tag, words))
                sentences.append(Sentence(section_id, len(sentences), span.start, span.end, words, tags))
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


def cache_folder() -> Path:
    """Our own folder for the dictionary that jieba prepares; never the shared temporary one.

    ``REPORT_PIPELINE_CACHE`` names another. Where the folder cannot be made, jieba prepares its dictionary anew.
    """
    named = os.environ.get("REPORT_PIPELINE_CACHE")
    if named:
        folder = Path(named)
    elif sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA", Path.home())) / "report-pipeline"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "report-pipeline"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return Path(os.devnull)
    return folder
