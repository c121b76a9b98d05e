"""Which lines of a web page are the report, and which are what the site puts around it.

Two extractors that know thousands of sites say which text they would keep; the smallest element that holds nearly all
of it is the report, and all that stands in it is taken. So a short line, a table or a number that an extractor lets
fall is never lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

SENTENCE = re.compile(r"[，。；！？：,;!?]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NEARLY_ALL = 0.9  # of the sentences that extractors keep
TOO_LITTLE = 0.8  # of what the second extractor keeps: then the first one has missed the report
AGREE = 20  # characters of a line that both extractors keep, and that is kept wherever it stands
LINKED = 0.9  # of a line's characters in links: it leads elsewhere
TITLE = 6  # characters of a title, at least
BETWEEN, LINES_BETWEEN = 150, 8  # characters and lines from the title to the report: subtitle, date, speaker
LEADS = 3  # links in lines of nothing else, at least, around a report on a site
CONTAINERS = {"article", "blockquote", "body", "center", "div", "font", "form", "main", "section", "span", "table",
              "tbody", "td", "tr"}  # fmt: skip


class Block(NamedTuple):
    """A line of a page, the element that it stands in, and how many of its characters are links."""

    text: str
    level: int | None
    element: _Element
    linked: int


def main_content(blocks: Sequence[Block], tree: _Element, page: str, title: str) -> list[Block]:
    """The lines that are the report; all lines where no extractor finds one. `title` is what the page calls itself."""
    if not any(map(_leads_elsewhere, blocks)):
        return list(blocks)
    first, second = _squeeze(_by_trafilatura(page)), _squeeze(_by_resiliparse(page))
    bare = [_squeeze(block.text) for block in blocks]
    missed = _chinese(first) < TOO_LITTLE * _chinese(second)
    kept = [text in first or (missed and text in second) for text in bare]
    start, end = _range_of_root(blocks, kept, tree)
    head = _title_before(blocks, bare, start, _squeeze(title))
    return [
        block
        for at, block in enumerate(blocks)
        if (start <= at < end and (kept[at] or not _leads_elsewhere(block)))
        or head == at
        or (head is not None and head < at < start and not _leads_elsewhere(block))
        or (len(bare[at]) >= AGREE and SENTENCE.search(block.text) and bare[at] in first and bare[at] in second)
    ]


def _by_trafilatura(page: str) -> str:
    from trafilatura import extract

    try:
        return extract(page, favor_recall=True, include_comments=False, deduplicate=False) or ""
    except Exception:  # it meets pages that its authors never saw; the second extractor and the page itself are left
        return ""


def _by_resiliparse(page: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    try:
        return str(extract_plain_text(page, main_content=True, alt_texts=False))
    except Exception:  # as above
        return ""


def _range_of_root(blocks: Sequence[Block], kept: Sequence[bool], tree: _Element) -> tuple[int, int]:
    """The first line of the element that holds nearly all sentences that are kept, and the line behind its last.

    A page that leads nowhere else is no site's: all of it is the report.
    """
    menus = {block.element for block in blocks if _leads_elsewhere(block)}
    if sum(1 for menu in menus for _ in menu.iter("a")) < LEADS:
        return 0, len(blocks)
    weights: Counter[_Element] = Counter()
    for block, known in zip(blocks, kept, strict=True):
        if known and SENTENCE.search(block.text):
            weights.update(dict.fromkeys(_with_ancestors(block.element), len(block.text)))
    root = next(tree.iter("body"), tree)
    enough = NEARLY_ALL * weights[root]
    while (
        enough and (inner := next((e for e in root if weights[e] >= enough and e.tag in CONTAINERS), None)) is not None
    ):
        root = inner
    inside = [at for at, block in enumerate(blocks) if root in _with_ancestors(block.element)]
    return (inside[0], inside[-1] + 1) if inside else (0, len(blocks))


def _with_ancestors(element: _Element) -> list[_Element]:
    return [element, *element.iterancestors()]


def _title_before(blocks: Sequence[Block], bare: Sequence[str], start: int, title: str) -> int | None:
    """The line before the report that bears its title, unless the report begins with it or it stands too far away."""
    if any(text and len(text) >= TITLE and title.startswith(text) for text in bare[start : start + 3]):
        return None
    for at in range(start - 1, -1, -1):
        if (len(bare[at]) >= TITLE and bare[at] in title) or blocks[at].level == 1:
            between = [block.text for block in blocks[at + 1 : start] if not _leads_elsewhere(block)]
            return at if len(between) <= LINES_BETWEEN and sum(map(len, between)) <= BETWEEN else None
    return None


def _leads_elsewhere(block: Block) -> bool:
    return block.linked > LINKED * len(_squeeze(block.text))


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _chinese(text: str) -> int:
    return len(CHINESE.findall(text))
