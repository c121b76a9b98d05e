"""Plain text: every character as it stands, what was read in a wrong encoding put right."""

from __future__ import annotations

from pipeline.reading.encoding import decode
from pipeline.reading.limits import Limits
from pipeline.reading.media import PLAIN
from pipeline.reading.mojibake import undo_mojibake
from pipeline.records import RawText


def read_plain(data: bytes, limits: Limits) -> RawText:
    r"""Decode a text file; line ends and everything else stay, for offsets count on them.

    >>> read_plain("一、工作情况\r\n".encode("gbk"), Limits()).encoding
    'gb18030'
    """
    text, encoding = decode(data)
    limits.check("max_chars", len(text), "characters in the text")
    text, note = undo_mojibake(text)
    lost = text.count("\ufffd")
    notes = [note, f"{lost} characters could not be decoded and stand as U+FFFD" if lost else None]
    return RawText(text, PLAIN, encoding, "; ".join(filter(None, notes)) or None)
