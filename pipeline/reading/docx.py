"""Word documents: paragraphs, tables and text boxes in the order of the document, headings as their styles name them.

The numbers that Word sets by itself are written out; deleted text of tracked changes is left out. Page heads, footnotes
and endnotes stand behind the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipeline.reading.limits import Limits
from pipeline.reading.lines import Line, compose, row_of
from pipeline.reading.media import DOCX
from pipeline.reading.numbering import Numbering, number_of
from pipeline.reading.office_xml import Package, attribute, child, local_name
from pipeline.reading.refusals import Damaged
from pipeline.records import RawText

if TYPE_CHECKING:
    from lxml.etree import _Element

SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
UNSEEN = {  # deleted and moved text, codes of fields, readings above characters, a second form of a drawing
    "del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "Fallback", "pPr", "rPr", "sectPr",
}  # fmt: skip
BOX = "txbxContent"
NOTES = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
PAGE_NUMBER = re.compile(r"[\s\d\-—–―·/第共页頁ivxIVX.]*")
HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.I)
TITLES = ("title", "标题", "標題")


class Style(NamedTuple):
    """What the style of a paragraph says of it: level of the heading that it is, and the list that it is in."""

    level: int | None
    list_id: str | None
    list_level: int


PLAIN = Style(None, None, 0)


def read_docx(data: bytes, limits: Limits) -> RawText:
    """The text of a Word document. Raises Damaged where it is none any more."""
    package = Package(data, limits)
    body = child(package.part("word/document.xml"), "body")
    if body is None:
        raise Damaged("The Word document has no body. Get it again.")
    walk = Walk(_styles(package.part("word/styles.xml")), Numbering(package.part("word/numbering.xml")))
    lines = [*walk.blocks(body), *_notes(package, walk)]
    notes = [f"{name} is broken and was read as far as it goes" for name in package.broken]
    if walk.embedded:
        notes.append("a part in another format that is embedded in it was not read")
    return compose(lines, DOCX, "utf-8", limits, "; ".join(notes) or None)


_WIDEST = 40  # columns of a merged cell


class Walk:
    """The way through a document; its lists count as it goes."""

    def __init__(self, styles: dict[str, Style], numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self.embedded = False

    def blocks(self, parent: _Element) -> Iterator[Line]:
        """The lines of everything that lies in `parent`."""
        for element in parent:
            name = local_name(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name == "altChunk":
                self.embedded = True
            elif name not in UNSEEN:
                yield from self.blocks(element)

    def _table(self, table: _Element) -> Iterator[Line]:
        for row in _inside(table, "tr"):
            cells = [(list(self.blocks(cell)), _columns_of(cell)) for cell in _inside(row, "tc")]
            alone = len(cells) == 1
            yield from row_of(
                lines for held, wide in cells for lines in (held, *([] for _ in range(wide - 1) if not alone))
            )

    def _paragraph(self, paragraph: _Element) -> Iterator[Line]:
        style = self._style_of(child(paragraph, "pPr"))
        boxes: list[_Element] = []
        text = "".join(_inline(paragraph, boxes))
        if text.strip() and style.list_id:
            text = self._numbering.next_label(style.list_id, style.list_level) + text.lstrip()
        if text.strip() or not boxes:
            yield from (Line(part, style.level if at == 0 else None) for at, part in enumerate(text.split("\n")))
        for box in boxes:
            yield from self.blocks(box)

    def _style_of(self, own: _Element | None) -> Style:
        """What the paragraph says itself over what its style says."""
        style = self._styles.get(attribute(child(own, "pStyle"), "val") or "", PLAIN)
        return _own(own, style)


def _inside(parent: _Element, wanted: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, also those within a control or a change."""
    for element in parent:
        name = local_name(element)
        if name == wanted:
            yield element
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(element, wanted)


def _columns_of(cell: _Element) -> int:
    """How many columns a cell goes on over."""
    return min(max(number_of(attribute(child(cell, "tcPr", "gridSpan"), "val"), 1), 1), _WIDEST)


def _inline(parent: _Element, boxes: list[_Element]) -> Iterator[str]:
    """The characters of a paragraph; text boxes that are anchored in it are put aside."""
    for element in parent:
        name = local_name(element)
        if name == "t":
            yield (element.text or "").replace("\n", " ").replace("\r", "")
        elif name in SIGNS:
            yield SIGNS[name]
        elif name == BOX:
            boxes.append(element)
        elif name not in UNSEEN and len(element):
            yield from _inline(element, boxes)


def _styles(part: _Element | None) -> dict[str, Style]:
    """The styles of paragraphs by id, each with what it takes over from those that it is based on."""
    named = (element for element in (part if part is not None else ()) if local_name(element) == "style")
    elements = {attribute(element, "styleId") or "": element for element in named}
    found: dict[str, Style] = {}

    def resolve(name: str, above: tuple[str, ...]) -> Style:
        if name not in found:
            element = elements[name]
            base = attribute(child(element, "basedOn"), "val") or ""
            known = resolve(base, (*above, name)) if base in elements and base not in above and base != name else PLAIN
            called = (attribute(child(element, "name"), "val") or "").strip()
            heading = HEADING.fullmatch(called)
            level = int(heading[1]) if heading else 0 if called.lower() in TITLES else known.level
            found[name] = _own(child(element, "pPr"), known._replace(level=level))
        return found[name]

    for name in elements:
        resolve(name, ())
    return found


def _own(properties: _Element | None, style: Style) -> Style:
    """`style` with the outline level and the list that the properties name."""
    outline = attribute(child(properties, "outlineLvl"), "val")
    if outline is not None:
        level = number_of(outline, 9)
        style = style._replace(level=level + 1 if 0 <= level < 9 else None)
    numbers = child(properties, "numPr")
    if numbers is not None:
        list_id = attribute(child(numbers, "numId"), "val") or style.list_id
        at = number_of(attribute(child(numbers, "ilvl"), "val"), style.list_level)
        style = style._replace(list_id=None if list_id == "0" else list_id, list_level=at)
    return style


def _notes(package: Package, walk: Walk) -> Iterator[Line]:
    """Page heads and feet, but page numbers, each once; footnotes and endnotes."""
    told: set[str] = set()
    for name in filter(NOTES.fullmatch, package.names):
        part = package.part(name)
        for line in walk.blocks(part) if part is not None else ():
            if not PAGE_NUMBER.fullmatch(line.text) and line.text not in told:
                told.add(line.text)
                yield Line(line.text)
