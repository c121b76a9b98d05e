"""Where gold and the texts that it annotates lie, and how a predicted record is compared with a gold one."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

Record = dict[str, Any]

NAME_ENOUGH, NAME_CLOSE = 0.6, 0.85  # the record counts; the record is as a careful reader would word it
SPAN_ENOUGH = 0.5  # intersection over union of two quantity expressions
UNITS = {
    "％": "%", "元人民币": "元", "㎡": "平方米", "平米": "平方米", "km": "公里", "千米": "公里", "m": "米",
    "个百分点": "百分点",
}  # fmt: skip
FOLD = {0xFF10 + i: 0x30 + i for i in range(10)}
FOLD |= {0xFF21 + i: 0x41 + i for i in range(26)} | {0xFF41 + i: 0x61 + i for i in range(26)}
FOLD |= {ord(a): ord(b) for a, b in zip("％．＋－／", "%.+-/", strict=True)}


def read_text(path: Path) -> str:
    """The text that was annotated, line ends as they are: UTF-8 where it is that, else GB18030."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def likeness(gold: Record, said: Record) -> float:
    """Intersection over union of a gold span and a predicted one."""
    if said["source_start"] is None or said["source_end"] is None:
        return 0.0
    inter = min(gold["end"], said["source_end"]) - max(gold["start"], said["source_start"])
    union = max(gold["end"], said["source_end"]) - min(gold["start"], said["source_start"])
    return inter / union if inter > 0 else 0.0


def close(a: float | None, b: float | None) -> bool:
    """The same number, or both none."""
    if a is None or b is None:
        return a is b
    return abs(float(a) - float(b)) <= 1e-9 * max(1.0, abs(float(a)), abs(float(b)))


@lru_cache(1 << 16)
def letters(text: str | None) -> str:
    """The letters and digits of a text."""
    return "".join(c for c in text or "" if c.isalnum())


@lru_cache(1 << 18)
def _alike(said: str, accepted: str) -> float:
    """Order-aware similarity (matching blocks, 2M/T) of two names in letters."""
    return SequenceMatcher(None, said, accepted, autojunk=False).ratio()


def wording(said: str | None, accepted: list[str]) -> float:
    """Best order-aware similarity of a predicted name to the accepted wordings."""
    found = letters(said)
    return max((_alike(found, letters(w)) for w in accepted), default=0.0) if found else 0.0


def named(said: str | None, record: Record, others: list[Record]) -> float:
    """Similarity to the record's own wordings; 0 where another record of the document is named more closely."""
    own, found = wording(said, record["names"]), letters(said)
    mine = {letters(w) for w in record["names"]}
    for other in others:
        theirs = [letters(w) for w in other["names"]]
        if mine.isdisjoint(theirs) and any(_is_closer(found, w, own) for w in theirs):
            return 0.0
    return own


def _is_closer(said: str, accepted: str, than: float) -> bool:
    """Whether two names in letters are more alike than this: not where lengths or letters rule it out."""
    if 2 * min(len(said), len(accepted)) <= than * (len(said) + len(accepted)):
        return False
    shared = 2 * sum(map(set(said).__contains__, accepted))
    return shared > than * (len(said) + len(accepted)) and _alike(said, accepted) > than


def unit_of(text: str | None) -> str:
    """A unit in the form in which gold has it."""
    unit = (text or "").strip()
    return UNITS.get(unit, unit)


def squeeze(text: str) -> str:
    """White space out, full-width digits, letters and number signs folded; Chinese punctuation untouched."""
    return "".join(text.split()).translate(FOLD)


def rebuilt(
    source: str, cut: list[tuple[int, int]], put: dict[int, tuple[int, str]], start: int = 0, end: int | None = None
) -> str:
    """``source[start:end]`` without the cut spans and with each put (start -> end, text) in place."""
    gone = bytearray(len(source))
    for a, b in cut:
        for i in range(max(0, a), min(len(source), b)):
            gone[i] = 1
    out, i = [], start
    while i < (len(source) if end is None else end):
        if i in put and not gone[i]:
            stop, text = put[i]
            out.append(text)
            i = max(stop, i + 1)
        else:
            if not gone[i]:
                out.append(source[i])
            i += 1
    return "".join(out)
