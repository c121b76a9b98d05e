"""Lines of the segmenter's dictionary, and jieba's own dictionary under them."""

from __future__ import annotations

import os
import sys
from bisect import bisect_left
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import RulesError


class Entry(NamedTuple):
    """A line of a dictionary; without a frequency, jieba suggests the lowest that keeps the term whole."""

    term: str
    frequency: int | None
    tag: str | None


def parse_entry(line: str) -> Entry:
    """Read ``term [frequency] [tag]``.

    >>> parse_entry("三会一课 20000 nz")
    Entry(term='三会一课', frequency=20000, tag='nz')
    """
    term, *rest = line.split()
    frequency = int(rest.pop(0)) if rest and rest[0].isdecimal() else None
    if len(rest) > 1:
        raise RulesError(f"Not a dictionary line: {line!r}. Write: term, frequency, tag, blanks between.")
    return Entry(term, frequency, rest[0] if rest else None)


class JiebaWords:
    """Jieba's own words with their frequencies and tags.

    The file is read where it lies: to import jieba takes longer, and most texts do not need it. Its lines are kept as
    they are, in order, since few of them are asked for.
    """

    def __init__(self) -> None:
        spec = find_spec("jieba")
        assert spec is not None
        assert spec.origin is not None
        self._lines = sorted(Path(spec.origin).with_name("dict.txt").read_bytes().splitlines())

    def find(self, word: str) -> Entry | None:
        """The line of a word, None where jieba does not have it."""
        begins = word.encode("utf-8", "surrogatepass") + b" "
        at = bisect_left(self._lines, begins)
        if at < len(self._lines) and self._lines[at].startswith(begins):
            return parse_entry(self._lines[at].decode("utf-8"))
        return None

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """The frequencies of those of some words that jieba has."""
        return {word: found.frequency or 0 for word in words if (found := self.find(word))}


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
