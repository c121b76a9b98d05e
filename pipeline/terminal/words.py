"""Text of unknown origin, made fit for a terminal."""

from __future__ import annotations


def visible(text: str, most: int = 0) -> str:
    r"""The text on one line, with nothing in it that a terminal would obey; cut in the middle above `most` characters.

    >>> visible("一\n\x1b[2J二\u202e三")
    '一⏎\\x1b[2J二\\u202e三'
    >>> visible("一二三四五六七八九", 5)
    '一二…八九'
    """
    if most and len(text) > most:
        text = f"{text[: most // 2]}…{text[-(most // 2) :]}"
    text = text.replace("\r\n", "\n").replace("\n", "⏎").replace("\t", " ").replace("\u3000", " ")
    return "".join(c if c.isprintable() or c == " " else c.encode("unicode_escape").decode() for c in text)
