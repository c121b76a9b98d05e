"""Text that was once read in a wrong encoding and saved so: the reading is undone, line by line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pipeline.language.widths import codes_of
from pipeline.reading import evidence

MOST_LOST = 0.25  # of the characters of a line that was put right
EIGHTY = re.compile("€|\ufffd(?=[^\x00-\x7f])")  # what stands for the byte 80, which is no character of GBK
WELL = 0.75  # mean weight of the signs above ASCII in a text that needs nothing
BETTER = 0.35  # by which a line must gain
READABLE = 0.6  # mean weight that it must then have
FOREIGN = re.compile("[^\x00-\x7f\ufffd]+")  # runs of signs above ASCII
USUAL = "".join(evidence.COMMON | evidence.PUNCTUATION)  # what weighs 1
UNUSUAL = re.compile(f"[^\x00-\x7f\ufffd{USUAL}]")
LOST = re.compile("\ufffd+\\??")  # what no longer fits together, and the sign that a program put in its place
ABOVE_WELL = np.full(2**16, -4 - WELL)
"""By how much each sign weighs more than `WELL` at the least: what is no common sign is taken for a rare one."""
ABOVE_WELL[0x4E00:0xA000] = -0.5 - WELL
ABOVE_WELL[[*map(ord, USUAL)]] = 1 - WELL
ABOVE_WELL[[*range(0x80), 0xFFFD]] = 0


class Undone(NamedTuple):
    """A text that was put right, and what was wrong with it; None where nothing was."""

    text: str
    note: str | None


def undo_mojibake(text: str) -> Undone:
    """Put right what was read in a wrong encoding.

    >>> undo_mojibake("鍏ㄩ晣鍏辨湁鍏氬憳612鍚嶃€?").text
    '全镇共有党员612名\ufffd'
    """
    if ABOVE_WELL.take(codes_of(text)).sum() > 0 or _weight(text) >= WELL:
        return Undone(text, None)
    lines = text.split("\n")
    undone: dict[str, int] = {}
    for at, line in enumerate(lines):
        before = _weight(line)
        if before >= WELL:
            continue
        tried = ((name, _try(line, back)) for name, back in KINDS.items())
        name, best = max(tried, key=lambda item: _weight(item[1]))
        if _reads(best) and _weight(best) > max(before + BETTER, READABLE):
            lines[at] = best
            undone[name] = undone.get(name, 0) + 1
    if not undone:
        return Undone(text, None)
    kinds = " and ".join(f"{name} in {times} lines" for name, times in undone.items())
    return Undone("\n".join(lines), f"mojibake undone: {kinds}")


def _weight(text: str) -> float:
    """Mean weight of the signs above ASCII; 1 where there are none."""
    foreign = sum(map(len, FOREIGN.findall(text)))
    if not foreign:
        return 0.0 if "\ufffd" in text else 1.0
    unusual = Counter(UNUSUAL.findall(text))
    weight = sum(evidence.weight(char) * times for char, times in unusual.items())
    return (weight + foreign - unusual.total()) / foreign


def _reads(text: str) -> bool:
    return text.count("\ufffd") <= MOST_LOST * len(text)


def _try(line: str, back: Callable[[str], str]) -> str:
    try:
        return LOST.sub("\ufffd", back(line))
    except UnicodeError:
        return line


def _western(line: str) -> bytes:
    """The bytes that a program of Western Windows took these characters for; what it has no character for is itself.

    Raises UnicodeError where one of them cannot have come about so.
    """
    return b"".join(char.encode("latin-1") if char <= "\xff" else char.encode("cp1252") for char in line)


def _chinese(line: str) -> bytes:
    """The bytes that a program of Chinese Windows took these characters for."""
    return b"\x80".join(part.replace("\ufffd", "").encode("gb18030") for part in EIGHTY.split(line))


KINDS: dict[str, Callable[[str], str]] = {
    "UTF-8 read as GB18030": lambda line: _chinese(line).decode("utf-8", "replace"),
    "UTF-8 read as Windows-1252": lambda line: _western(line).decode("utf-8", "replace"),
    "GB18030 read as Windows-1252": lambda line: _western(line).decode("gb18030", "replace"),
}
