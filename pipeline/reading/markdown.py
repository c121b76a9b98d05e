r"""Markdown: its headings named, its signs taken off, its wrapped lines joined.

Scrapers write texts as they are under this suffix. So a line stays a line, unless the file sets its paragraphs apart by
empty lines and the next word would not have fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.language.marked import HEADING, STRONG
from pipeline.reading.limits import Limits
from pipeline.reading.lines import Line, compose
from pipeline.reading.media import MARKDOWN
from pipeline.reading.plain import read_plain
from pipeline.records import RawText

UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
FENCE = re.compile(r" {0,3}(```|~~~)")
RULED = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*")
ROW = re.compile(r"[ \t]*\|(.*)\|[ \t]*")
LEAD = re.compile(r"(?:[ \t]*>)+[ \t]?|[ \t]*[-*+][ \t]+(?=\S)")
METADATA = re.compile(r"\s*|[\w-]+:.*|\s*-\s.*|\s+.*|#.*")
WIDTH, NARROWEST = 72, 50  # columns at which programs wrap lines, and that a wrapped line fills at least
INLINE = re.compile(
    r"\\(?P<sign>[!-/:-@\[-`{-~])"  # a sign that means itself
    r"|!\[[^\]\n]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+\"[^\"\n]*\")?\)"  # a picture
    r"|\[(?P<link>[^\]\[\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+\"[^\"\n]*\")?\)"
    r"|(?<![A-Za-z0-9_])(?P<code>`+)(?P<coded>[^`\n]+)(?P=code)(?!`)"
    rf"|{STRONG}"
    r"|(?<![A-Za-z0-9*_])(?P<slant>[*_])(?P<number>[0-9][0-9.,]*[%％]?[一-龥]{0,4})(?P=slant)(?![A-Za-z0-9*_])"
)
"""Signs within a line. A single star or stroke is taken for one only around a number: 30*40, 张*、李* keep theirs."""


def read_markdown(data: bytes, limits: Limits) -> RawText:
    r"""The text of a Markdown file.

    >>> read_markdown("# 工作总结\n**一是**发展党员9名\\*。".encode(), Limits()).text
    '工作总结\n一是发展党员9名*。'
    """
    raw = read_plain(data, limits)
    lines = raw.text.splitlines()
    head = _end_of_metadata(lines)
    notes = [raw.warning, "its head of metadata was left out" if head else None]
    lines = _joined(lines[head:])
    return compose(_lines(lines), MARKDOWN, raw.encoding, limits, "; ".join(filter(None, notes)) or None)


def _end_of_metadata(lines: list[str]) -> int:
    """The number of lines of a head in YAML, 0 where there is none."""
    if lines and lines[0].rstrip() == "---":
        for at, line in enumerate(lines[1:], 1):
            if line.rstrip() in ("---", "..."):
                return at + 1
            if not METADATA.fullmatch(line):
                break
    return 0


def _joined(lines: list[str]) -> list[str]:
    """Lines less the breaks at which only the width of the page ended them, and less what sets paragraphs apart."""
    blocks = sum(1 for before, line in pairwise(["", *lines]) if line.strip() and not before.strip())
    if 2 * blocks <= sum(1 for line in lines if line.strip()):
        return lines
    joined: list[str] = []
    width = 0
    for line in lines:
        if not line.strip():
            width = 0
            continue
        word = line.split(" ", 1)[0]
        latin = bool(joined) and joined[-1][-1:].isascii() and line[0].isascii()
        long = width + 1 + _width(word) > WIDTH and (width >= NARROWEST or latin)
        if joined and long and _goes_on(joined[-1], line):
            joined[-1] += f" {line}" if latin else line
        else:
            joined.append(line)
        width = _width(line)
    return joined


def _goes_on(above: str, line: str) -> bool:
    """Whether `line` may belong to the paragraph of the line above it."""
    if above.endswith(("  ", "\\")) or UNDERLINE.fullmatch(line):
        return False
    return not any(sign.match(part) for sign in (HEADING, FENCE, ROW) for part in (above, line)) and not LEAD.match(
        line
    )


def _width(text: str) -> int:
    """Columns: two for a Chinese character."""
    return sum(2 if char > "\u2e7f" else 1 for char in text)


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
            next((found[name] for name in ("sign", "link", "coded", "number") if found[name]), "")
            or _bare(found["bold"] or "")
        ),
        text,
    )
