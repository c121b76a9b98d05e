"""Bytes to text: byte order mark, strict UTF-8, then evidence. One bad byte never costs a document.

Reports come as Windows, DOS and Taiwanese software saved them: GBK without a word, Big5, UTF-16 with its mark lost.
GB2312 and GBK are always read as GB18030, which holds both; HZ (``~{9$Ww~}``), in which old mail has them, is ASCII.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pipeline.reading import evidence

SAMPLE = 4096  # bytes are enough to tell encodings apart
MARKS = (  # UTF-32 before UTF-16, whose mark begins alike
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
DOUBLE_BYTE = ("gb18030", "big5")
HIGH = re.compile(rb"[\x80-\xff]")
ABOVE = re.compile("[\u0800-\U0010ffff]")  # no character of two bytes in UTF-8
CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20)))
ESCAPED = re.compile("[\udc80-\udcff]+")
ASTRAY = re.compile(
    "[\udc80-\udcff\ue000-\uf8ff]"
)  # a byte that fits nowhere; private use, where bytes out of step land
MAX_REALIGNED = 2**21  # bytes of one text; what needs more is no report with a fault, but garbage
BAD_BYTE = -4.0  # weight of giving a byte up, as of an impossible character
CUT_OFF = -1.0  # the same for the last byte, where a text may well break off


class Decoded(NamedTuple):
    """A text, and the encoding that its bytes were found to be in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    r"""Decode `data` as it is, less a byte order mark; bytes that fit no character stand as U+FFFD.

    >>> decode("全乡共有党员1200人。".encode("gbk"))
    Decoded(text='全乡共有党员1200人。', encoding='gb18030')
    >>> decode("各位代表：".encode("utf-8") + b"\xff")
    Decoded(text='各位代表：\ufffd', encoding='utf-8')
    """
    return decode_as(data, detect(data) or "utf-8")


def decode_as(data: bytes, encoding: str) -> Decoded:
    """Decode `data` in an encoding that `detect` found."""
    if encoding != "utf-8-sig":
        data = data.removeprefix(codecs.BOM_UTF8)
    try:  # most texts are whole, and need not be looked through for bytes that were let through
        text, whole = data.decode(encoding), encoding not in DOUBLE_BYTE
    except UnicodeDecodeError:
        text, whole = data.decode(encoding, errors_for(encoding)), False
    if not whole:
        text = mend(text, encoding)
    return Decoded(text.removeprefix("\ufeff"), encoding)


def errors_for(encoding: str) -> str:
    """The error handler after which `mend` can put right what was undecodable."""
    return "replace" if encoding.startswith(("utf-16", "utf-32", "hz")) else "surrogateescape"


def detect(data: bytes) -> str | None:
    """The encoding of `data`, which may be cut off anywhere; None where it looks like no text at all."""
    marked = next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)
    if marked and marked != "utf-8-sig":
        return marked
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = codecs.utf_8_decode(body, "strict", False)[0]
    except UnicodeDecodeError:
        text = ""
    controls = len(body) - len(body.translate(None, CONTROLS))
    is_text = (text or not body) and controls * 10 <= len(text)
    if is_text and _is_hz(body):
        return "hz"
    if is_text and (marked or not _is_gbk_by_chance(text, body)):
        return marked or "utf-8"
    high = HIGH.search(body)
    start = max(high.start() - SAMPLE // 2, 0) & ~1 if high else 0  # even, or UTF-16 falls out of step
    sample = body[start : start + SAMPLE]
    best, found = weigh(sample, CANDIDATES)
    if found <= 0:
        best, found = weigh(sample[: SAMPLE // 2], DOUBLE_BYTE, mended=True)
    if found <= 0:
        return None
    return marked if marked and best == "utf-8" else best


def weigh(sample: bytes, encodings: Iterable[str], *, mended: bool = False) -> tuple[str, float]:
    """The encoding in which `sample` looks most like Chinese, and how much it does (see `evidence.score`)."""
    texts = {encoding: sample.decode(encoding, errors_for(encoding)) for encoding in encodings}
    scores = {e: evidence.score(mend(text, e) if mended else text) for e, text in texts.items()}
    return max(scores.items(), key=lambda item: item[1])


def _is_hz(data: bytes) -> bool:
    """Whether ASCII is Chinese between the signs of HZ.

    >>> _is_hz("全县工作".encode("hz")), _is_hz(b"echo ~{a,b~}"), _is_hz(b"ls ~/{a,b}")
    (True, False, False)
    """
    start = data.find(b"~{")
    if start < 0 or not data.isascii():
        return False
    said = "".join(char for char in data[start : start + SAMPLE].decode("hz", "replace") if char > "\x7f")
    return evidence.score(said) > 0.3


def _is_gbk_by_chance(text: str, data: bytes) -> bool:
    """Whether valid UTF-8 without any Chinese is plainly Chinese in GBK: a few short words are both."""
    if text.isascii() or ABOVE.search(text):
        return False
    high = "".join(char for char in data[:SAMPLE].decode("gb18030", "replace") if char > "\x7f")
    return evidence.score(high) > 0.8


def mend(text: str, encoding: str) -> str:
    """Put U+FFFD for bytes that `errors_for` let through, and bring double bytes back into step behind them.

    In GBK and Big5 one lost byte shifts all that follows up to the end of the line; each shifted pair is again a
    character, only a senseless one.
    """
    if encoding in DOUBLE_BYTE and ASTRAY.search(text):
        lines = text.split("\n")
        left = MAX_REALIGNED // 2  # characters, of two bytes each
        for at, line in enumerate(lines):
            if ASTRAY.search(line) and (left := left - len(line)) > 0:
                lines[at] = _realign(line, encoding)
        text = "\n".join(lines)
    return ESCAPED.sub("\ufffd", text)


def _realign(line: str, encoding: str) -> str:
    """Read the bytes of `line` again, giving up those bytes whose loss makes the best sense of the others."""
    try:
        data = line.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return line
    size = len(data)
    best = [0.0] * (size + 4)  # best[i]: weight of the best reading of data[i:]
    step = [1] * size
    for at in range(size - 1, -1, -1):
        if data[at] < 0x80:
            best[at] = 0.3 + best[at + 1]
            continue
        best[at] = (BAD_BYTE if at < size - 1 else CUT_OFF) + best[at + 1]
        for width in (2, 4):
            found = _weight_of(data[at : at + width], encoding) if at + width <= size else None
            if found is not None and found + best[at + width] > best[at]:
                best[at], step[at] = found + best[at + width], width
    out, at = [], 0
    while at < size:
        out.append(data[at : at + step[at]].decode(encoding, "replace"))
        at += step[at]
    return "".join(out)


@lru_cache(maxsize=2**16)
def _weight_of(code: bytes, encoding: str) -> float | None:
    """Weight of the one character that `code` stands for; None where it stands for none or several."""
    try:
        char = code.decode(encoding)
    except UnicodeDecodeError:
        return None
    return evidence.weight(char) if len(char) == 1 else None
