r"""Markdown: its headings named, its signs taken off, its line ends kept.

Scrapers write texts as they are under this suffix, so nothing is laid out anew: a line stays a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.reading.limits import Limits
from pipeline.reading.lines import Line, compose
from pipeline.reading.media import MARKDOWN
from pipeline.reading.plain import read_plain
from pipeline.records import RawText

HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
FENCE = re.compile(r" {0,3}(```|~~~)")
RULED = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*")
ROW = re.compile(r"[ \t]*\|(.*)\|[ \t]*")
LEAD = re.compile(r"(?:[ \t]*>)+[ \t]?|[ \t]*[-*+][ \t]+(?=\S)")
INLINE = re.compile(
    r"\\(?P<sign>[!-/:-@\[-`{-~])"  # a sign that means itself
    r"|!\[[^\]\n]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+\"[^\"\n]*\")?\)"  # a picture
    r"|\[(?P<link>[^\]\[\n]*)\]\([^()\s]*(?:[ \t]+\"[^\"\n]*\")?\)"
    r"|(?<!\w)(?P<code>`+)(?P<coded>[^`\n]+)(?P=code)(?!`)"
    r"|(?P<strong>\*\*|__)(?=\S)(?P<bold>[^*_\n]+?)(?<=\S)(?P=strong)"
)


def read_markdown(data: bytes, limits: Limits) -> RawText:
    r"""The text of a Markdown file.

    >>> read_markdown("# 工作总结\n**一是**发展党员9名\\*。".encode(), Limits()).text
    '工作总结\n一是发展党员9名*。'
    """
    raw = read_plain(data, limits)
    return compose(_lines(raw.text.splitlines()), MARKDOWN, raw.encoding, limits, raw.warning)


def _lines(lines: list[str]) -> Iterator[Line]:
    fenced = False
    skip = False
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if skip:
            skip = False
        elif FENCE.match(line):
            fenced = not fenced
        elif fenced:
            yield Line(line)
        elif heading := HEADING.fullmatch(line):
            yield Line(_bare(heading[2]), len(heading[1]))
        elif line.strip() and (under := UNDERLINE.fullmatch(following)) and not RULED.fullmatch(line):
            skip = True
            yield Line(_bare(line), 1 if under[1][0] == "=" else 2)
        elif row := ROW.fullmatch(line):
            if not RULED.fullmatch(line):
                cells = re.split(r"(?<!\\)\|", row[1])
                yield Line("\t".join(_bare(cell).strip() for cell in cells))
        else:
            yield Line(_bare(LEAD.sub("", line, count=1) if LEAD.match(line) else line).removesuffix("\\"))


def _bare(text: str) -> str:
    """A line without the signs that mark it up."""
    return INLINE.sub(
        lambda found: (
            next((found[name] for name in ("sign", "link", "coded") if found[name]), "") or _bare(found["bold"] or "")
        ),
        text,
    )
