"""What the cells of a table of texts hold: a text, a piece of a web page, or either written as JSON once too often."""

from __future__ import annotations

import json
import re
from html import unescape

from pipeline.reading.media import HTML, PLAIN

_BLOCK = r"(?:p|br|div|h[1-6]|li|tr|section|article|blockquote|center)"
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_OPENED = re.compile(rf"<{_BLOCK}(?:\s[^<>]*)?/?>", re.I)
_WRITTEN_OUT = re.compile(rf"&(?:amp;)*lt;{_BLOCK}(?:\s|/?&(?:amp;)*gt;)", re.I)
_SIGN = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([nrt\"/\\]))")
_ESCAPED_END = re.compile(r"\\n(?=\s|\\|[^\x00-\x7f]|[\d(<]|$)")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}
_ENOUGH = 0.8  # block tags a line of mark-up, on average: a text with fewer has line ends of its own
_TIMES = 4  # that mark-up may be written out


def text_of(value: object) -> str:
    """The text of a cell; some tables hold a list of paragraphs."""
    if isinstance(value, list):
        return "\n".join(map(text_of, value))
    return "" if value is None else _once(str(value))


def title_of(value: object) -> str | None:
    """The title in a cell, without tags around it; None where it holds none."""
    return " ".join(_TAG.sub("", unescape(text_of(value))).split()) or None


def kind_of(text: str) -> str:
    r"""The media type of a cell: a web page, or a piece of one, where tags part its lines.

    >>> [kind_of(text) for text in ("<p>一、甲</p><p>乙</p>", "一、甲<br/>乙", "&lt;p&gt;甲&lt;/p&gt;", "甲\n乙\n丙<br>丁")]
    ['text/html', 'text/html', 'text/html', 'text/plain']
    """
    if "<" not in text and "lt;" not in text:
        return PLAIN
    tags = len(_OPENED.findall(text)) + len(_WRITTEN_OUT.findall(text))
    return HTML if tags and tags >= _ENOUGH * text.strip().count("\n") else PLAIN


def unwritten(page: str) -> str:
    """A page of which all tags are written out as text, with tags.

    >>> unwritten("&lt;p&gt;甲&lt;/p&gt;"), unwritten("<p>&lt;p&gt;</p><p>乙</p>")
    ('<p>甲</p>', '<p>&lt;p&gt;</p><p>乙</p>')
    """
    for _ in range(_TIMES):
        if "lt;" not in page or _TAG.search(page) or not _WRITTEN_OUT.search(page):
            break
        page = unescape(page)
    return page


def _once(text: str) -> str:
    r"""A text of one line whose line ends are written as JSON writes them, once more read as that.

    >>> _once(r"一、甲。\n\n二、乙\u3002"), _once(r"D:\new")
    ('一、甲。\n\n二、乙。', 'D:\\new')
    """
    if "\\n" not in text or "\n" in text.strip() or not _ESCAPED_END.search(text):
        return text
    if text[0] == text[-1] == '"':
        try:
            return str(json.loads(text))
        except ValueError:
            pass
    put = _SIGN.sub(lambda sign: chr(int(sign[1], 16)) if sign[1] else _SIGNS.get(sign[2], sign[2]), text)
    return put.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if r"\u" in text else put
