"""Pass: signs of Markdown in texts that no suffix calls so, as scrapers write them; the words that they mark stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.cleaning.kinds import SIGN
from pipeline.cleaning.knowledge import Knowledge
from pipeline.cleaning.lines import line_around
from pipeline.language.marked import HEADING, STRONG
from pipeline.language.marks import BEGINNING_MARK
from pipeline.records import CleanText, Edit, Span

HEADING_RULE, BOLD_RULE = "markdown_heading", "markdown_bold"
SHOWN = 2  # headings, or words that are plainly bold, that show a text to be in Markdown
LONGEST = 120  # characters of a heading
_HEADS = re.compile(r"^ {0,3}#{1,6}[ \t]+(?=[^\s#])", re.MULTILINE)
_WORDS = re.compile("[一-鿿]{2}")
_BOLD = re.compile(rf"(?<!(?<!\*)\*){STRONG}(?!\*(?!\*))")
_NUMBER = re.compile(r"[约近超达]?[0-9][0-9,.]*(?:[%％‰]|余?(?:[十百千万亿]+|个百分点)?(?!年|月|日)[一-鿿]{0,3})")
_MARK = 12  # characters of what may stand before bold words that begin a line
_CODE = re.compile(r"[A-Za-z0-9]")
_BEHIND_MASK = re.compile("[省市县区州盟旗乡镇村组局校院厂司号某同年月日时元万亿人名副书主]")
"""What two stars that stand for a name or a number are followed by: **县, **年**月, **同志."""
_LABEL = re.compile(r"[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十]{1,2}|[^，。]{2,24}[：:。]$")
_ITEM = re.compile(r"\s*(?:[-+•·>]|\d{1,2}[.．、])?\s*")


def remove_markdown(text: str, knowledge: Knowledge) -> list[Edit]:
    """Take the signs before headings and around bold words, where a text shows Markdown.

    Two stars stand for a hidden name as well (**县**镇), so that they go only around a number, a whole line, a label
    at the head of one, or in a text in which such are many.
    """
    signs = {text[at] for at in knowledge.kinds.places(text, SIGN)}
    heads = list(_headings(text)) if "#" in signs else []
    edits = [edit for head in heads for edit in head]
    return [*edits, *_around_bold(text, len(heads))] if "*" in signs else edits


def named_headings(clean: CleanText) -> Iterator[tuple[int, int, int]]:
    """The headings of which this pass took the signs: start, end and level, in offsets of the source."""
    for removal in clean.removals:
        if removal.rule == HEADING_RULE and (level := removal.text.strip().count("#")):
            end = line_around(clean.source, removal.end).end
            if clean.source[removal.end : end].strip():
                yield removal.end, end, level


def _headings(text: str) -> Iterator[list[Edit]]:
    """The signs of each line that is a heading, before its words and behind them."""
    for found in _HEADS.finditer(text):
        line = line_around(text, found.start())
        heading = HEADING.fullmatch(text, *line)
        if heading and len(heading[2]) <= LONGEST and _WORDS.search(heading[2]):
            sides = (Span(line.start, heading.start(2)), Span(heading.end(2), line.end))
            yield [Edit(*side, "", "markup", HEADING_RULE) for side in sides if text[slice(*side)].strip()]


def _around_bold(text: str, shown: int) -> Iterator[Edit]:
    """The stars around bold words."""
    pairs = [*_pairs(text)]
    if not shown:
        pairs = [found for found in pairs if _BEHIND_MASK.match(found["bold"]) is None]
    sure = [found for found in pairs if _is_plain(text, found)]
    for found in pairs if shown or len(sure) >= SHOWN else sure:
        for start, end in (found.span("strong"), (found.end("bold"), found.end())):
            yield Edit(start, end, "", "markup", BOLD_RULE)


def _pairs(text: str) -> Iterator[re.Match[str]]:
    """The bold words of lines in which stars come in pairs."""
    line, paired = Span(-1, -1), False
    for found in _BOLD.finditer(text):
        if found["strong"] == "**":
            if found.start() >= line.end:
                line = line_around(text, found.start())
                paired = text.count("**", *line) % 2 == 0
            if paired:
                yield found


def _is_plain(text: str, found: re.Match[str]) -> bool:
    """Whether words are bold beyond doubt: a number, all of a line, or the label that a line begins with."""
    start, end = found.span()
    if _NUMBER.fullmatch(found["bold"]):
        beside = text[start - 1 : start] + text[end : end + 1]
        return _CODE.search(beside) is None and _BEHIND_MASK.match(text, end) is None
    first = text.rfind("\n", max(0, start - _MARK), start) + 1
    if (not first and start > _MARK) or not _ITEM.fullmatch(text, first, start) or not _WORDS.search(found["bold"]):
        return False
    whole = text[end : end + _MARK].partition("\n")[0].strip() in ("", "：", ":", "。")
    return whole or BEGINNING_MARK.match(found["bold"]) is not None or _LABEL.match(found["bold"]) is not None
