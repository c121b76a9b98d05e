"""Lines of the segmenter's dictionary, and jieba's own dictionary under them."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from importlib.util import find_spec
from itertools import compress
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


def read_dictionary(wanted: Collection[str]) -> tuple[dict[str, str], dict[str, int]]:
    """Jieba's own words with their tags, and the frequencies of those of them that are `wanted`.

    The file is read where it lies: to import jieba takes longer, and most texts do not need it.
    """
    spec = find_spec("jieba")
    assert spec is not None
    assert spec.origin is not None
    parts = Path(spec.origin).with_name("dict.txt").read_bytes().decode("utf-8").split()
    words = parts[::3]
    sought = compress(zip(words, parts[1::3], strict=True), map(frozenset(wanted).__contains__, words))
    return dict(zip(words, parts[2::3], strict=True)), {word: int(count) for word, count in sought}


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
