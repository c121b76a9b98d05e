"""Web pages: the main content, a line for each paragraph, heading, list item and row of a table.

What a site puts around a report (menus, lists of links, scripts, forms) stays behind; `main_content` decides. Within
the report nothing is left out that a reader of the page would see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.reading.cells import unwritten
from pipeline.reading.limits import Limits
from pipeline.reading.lines import Line, compose, row_of
from pipeline.reading.main_content import TITLE, Block, main_content
from pipeline.reading.media import HTML
from pipeline.reading.numbering import chinese, letters, number_of, roman
from pipeline.reading.plain import read_plain
from pipeline.reading.refusals import Damaged
from pipeline.records import RawText

if TYPE_CHECKING:
    from lxml.etree import _Element

HIDDEN = (
    "//script|//style|//noscript|//template|//iframe|//object|//embed|//applet|//svg|//math//annotation|//head|//nav"
    "|//select|//button|//textarea|//input|//datalist|//audio|//video|//canvas|//rt|//rp"
    "|//*[@hidden]|//*[contains(translate(@style,' ','') ,'display:none')]"
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = HEADINGS.keys() | {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "li", "main", "menu", "ol",
    "optgroup", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
NUMBERS: Mapping[str, Callable[[int], str]] = {
    "1": str, "a": lambda n: letters(n).lower(), "A": letters, "i": lambda n: roman(n).lower(), "I": roman,
    "cjk-ideographic": chinese, "simp-chinese-informal": chinese,
}  # fmt: skip
WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2014\u2018-\u201d"
BROKEN = re.compile(  # a line of mark-up ends amid Chinese, or a number: no blank
    rf"(?<=[{WIDE}])[ \t]*[\r\n]\s*(?=[{WIDE}])|(?<=[0-9]\.)[\r\n]\s*(?=[0-9])|(?<=[0-9])[\r\n]\s*(?=\.[0-9])"
    r"|(?:(?<=[一-鿿][0-9])|(?<=[一-鿿][0-9]{2})|(?<=[一-鿿][0-9]{3}))[\r\n]\s*(?=[0-9]+[一-鿿%])"
)
BLANKS = re.compile(r"[ \t\r\n\f]+")  # not \xa0 and \u3000, which the author set
ENDS = re.compile(r"</(?:html|body)\s*>", re.I)  # pages put together from parts go on behind them, and browsers read on
TITLED = ("articletitle", "og:title", "twitter:title")  # metadata of government sites, and of others
TAGS = re.compile(r"\s*[_|｜»>]\s*|\s+[-—–]+\s+|-(?=[^-\d]*$)")  # between a title and the names of column and site
FIRST = 40  # lines of a page, menus included, among which its title stands
_WIDEST = 40  # columns or rows of a merged cell
UNWRITTEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")  # what no document can hold


class Row(NamedTuple):
    """A row of a table that is being read, with an empty cell for each further one that a cell goes on over."""

    element: _Element
    cells: list[list[Block]]
    below: dict[int, int]  # of its table: for how many rows more a cell from above goes on in a column
    wide: list[int]  # how many columns more its last cell goes on over

    def open(self, cell: _Element) -> None:
        """Open a cell to the right of what is there."""
        self.cells.extend([] for _ in range(self.wide.pop() if self.wide else 0))
        while self.below.get(len(self.cells), 0) > 0:
            self.below[len(self.cells)] -= 1
            self.cells.append([])
        wide, deep = (min(max(number_of(cell.get(name), 1), 1), _WIDEST) for name in ("colspan", "rowspan"))
        self.below.update(dict.fromkeys(range(len(self.cells), len(self.cells) + wide), deep - 1))
        self.wide.append(wide - 1)
        self.cells.append([])

    def close(self) -> None:
        """End the row: what goes on over it to the right of its last cell is a row nearer to its end."""
        end = len(self.cells) + sum(self.wide)
        self.below.update({at: left - 1 for at, left in self.below.items() if at >= end and left > 0})


def read_html(data: bytes, limits: Limits) -> RawText:
    """The main content of a web page. Raises Damaged where it has no elements at all."""
    raw = read_plain(data, limits)
    page = UNWRITTEN.sub(" ", ENDS.sub("", unwritten(raw.text)))
    tree = _parse(page)
    if tree is None:
        return _read_deep(page, raw, limits)
    title = " ".join(tree.xpath("string(//head/title)").split())
    blocks = list(Walk(tree).blocks())
    report = main_content(blocks, tree, page, title)
    notes = [raw.warning]
    if len(report) < len(blocks):
        chars = sum(len(block.text) for block in blocks) - sum(len(block.text) for block in report)
        notes.append(f"{len(blocks) - len(report)} lines of the site with {chars} characters were left out")
    said = _title_of(tree) or title
    lines = _with_title([Line(block.text, block.level) for block in report], said)
    composed = compose(lines, HTML, raw.encoding, limits, "; ".join(filter(None, notes)) or None)
    return replace(composed, title=said or None)


def _title_of(tree: _Element) -> str:
    """What a page says to programs that its article is called; empty where nothing."""
    said = {(meta.get("property") or meta.get("name") or "").lower(): meta.get("content") for meta in tree.iter("meta")}
    return " ".join(next(filter(None, map(said.get, TITLED)), "").split())


def _with_title(lines: list[Line], title: str) -> list[Line]:
    """The lines, of which the one that the page is called by is a title."""
    parts = {"".join(part.split()) for part in (title, *TAGS.split(title)[:1])}
    for at, line in enumerate(lines[:FIRST]):
        if len(bare := "".join(line.text.split())) >= TITLE and bare in parts:
            return [*lines[:at], Line(line.text, 0), *lines[at + 1 :]]
    return lines


def _read_deep(page: str, raw: RawText, limits: Limits) -> RawText:
    """All text of a page that nests more deeply than a tree may, as broken site software makes them."""
    from resiliparse.extract.html2text import extract_plain_text

    lines = (Line(line) for line in str(extract_plain_text(page, alt_texts=False)).splitlines())
    notes = [raw.warning, "it nests too deeply to tell the report from its site"]
    return compose(lines, HTML, raw.encoding, limits, "; ".join(filter(None, notes)))


def _parse(page: str) -> _Element | None:
    """The tree of a page, in which no address is followed; None where it nests too deeply."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    tree = etree.fromstring(page.encode(), parser)
    if tree is None:
        raise Damaged("The web page has no element that can be read. Save it anew, or as .txt.")
    too_deep = any("depth" in error.message for error in parser.error_log)
    return None if too_deep else tree


class Walk:
    """The way through a page, from tag to tag: pages nest too deeply for a walk that calls itself."""

    def __init__(self, tree: _Element) -> None:
        for element in tree.xpath(HIDDEN.replace("|//head", "")):
            _drop(element)
        self._tree = tree
        self._text: list[str] = []
        self._linked = 0
        self._links = self._kept = 0
        self._heading: int | None = None
        self._rows: list[Row] = []
        self._merged: dict[_Element | None, dict[int, int]] = {}
        self._at: list[_Element] = []

    def blocks(self) -> Iterator[Block]:
        """The lines of the page in order, each with the element that it stands in."""
        from lxml import etree

        body = next(self._tree.iter("body"), self._tree)
        for event, element in etree.iterwalk(body, events=("start", "end")):
            name = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                yield from self._open(element, name)
                self._write(element.text)
            else:
                yield from self._close(element, name)
                if element is not body:
                    self._write(element.tail)
        yield from self._flush(body)

    def _open(self, element: _Element, name: str) -> Iterator[Block]:
        if name in BLOCKS:
            yield from self._flush(element.getparent())
        if name == "tr":
            table = next(element.iterancestors("table"), None)
            self._rows.append(Row(element, [], self._merged.setdefault(table, {}), []))
        elif name in ("td", "th") and self._rows:
            self._rows[-1].open(element)
        elif name in HEADINGS:
            self._heading = HEADINGS[name]
        elif name == "li":
            self._text.append(_number(element))
        elif name == "pre":
            self._kept += 1
        elif name == "a" and element.get("href"):
            self._links += 1

    def _close(self, element: _Element, name: str) -> Iterator[Block]:
        if name == "br":
            yield from self._flush(element.getparent())
        elif name in BLOCKS:
            yield from self._flush(element)
        if name == "tr" and self._rows:
            row = self._rows.pop()
            row.close()
            yield from self._place(_row(row))
        elif name in HEADINGS:
            self._heading = None
        elif name == "pre":
            self._kept -= 1
        elif name == "a" and element.get("href"):
            self._links -= 1

    def _write(self, text: str | None) -> None:
        if text:
            self._text.append(text if self._kept else BLANKS.sub(" ", BROKEN.sub("", text)))
            self._linked += len(text.strip()) if self._links else 0

    def _flush(self, element: _Element) -> Iterator[Block]:
        text = "".join(self._text)
        linked, self._text, self._linked = self._linked, [], 0
        parts = text.split("\n") if self._kept else [re.sub(" {2,}", " ", text).strip(" ")]
        yield from self._place([Block(part, self._heading, element, linked) for part in parts if part.strip()])

    def _place(self, blocks: list[Block]) -> Iterator[Block]:
        """Into the cell that is open, or out."""
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1] += blocks
        else:
            yield from blocks


def _row(row: Row) -> list[Block]:
    """A row as one line where each of its cells is one."""
    if sum(map(bool, row.cells)) < 2:
        return [block for cell in row.cells for block in cell]
    lines = list(row_of([[Line(block.text, block.level) for block in cell] for cell in row.cells]))
    held = [block for cell in row.cells for block in cell]
    if len(lines) == len(held):
        return held
    return [Block(line.text, None, row.element, sum(block.linked for block in held)) for line in lines]


def _number(item: _Element) -> str:
    """What a browser sets before an item of a numbered list."""
    listing = item.getparent()
    if listing is None or listing.tag != "ol" or "none" in (listing.get("style") or ""):
        return ""
    items = [inner for inner in listing if inner.tag == "li"]
    at = number_of(item.get("value"), number_of(listing.get("start"), 1) + items.index(item))
    kind = re.search(r"list-style(?:-type)?:\s*([\w-]+)", listing.get("style") or "")
    form = NUMBERS.get(kind[1] if kind else listing.get("type") or "1", str)
    return f"{form(max(min(at, 9999), 1))}. "


def _drop(element: _Element) -> None:
    """Take an element out and leave what follows it."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
