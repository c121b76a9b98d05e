"""PDF documents: the lines of each page by PDFium, laid out anew by `pages`.

Where a PDF names its characters by the numbers of Adobe's Chinese collection alone, as those of old databases of
journals do, PDFium finds punctuation only; pdfminer, slow but with the tables, reads those.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipeline.reading.limits import Limits
from pipeline.reading.lines import Line, compose
from pipeline.reading.media import PDF
from pipeline.reading.pages import BLANK, SAME_LINE, Box, Page, lay_out, strip_of
from pipeline.reading.refusals import Damaged, Encrypted, NoText, missing
from pipeline.records import RawText

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

PASSWORD = 4  # PDFium's number of the error
LETTERS = 0.5  # of the characters of a text are letters and digits, at least
LINE_ENDS = (0x0A, 0x0D)
UNSAID = (0, 2, 0xAD, 0xFFFE)  # no character, or a hyphen that the setting put in


class Reading(NamedTuple):
    """The pages of a document, those that broke, and whether any holds text that was set as text."""

    pages: list[Page]
    broken: int
    has_text: bool


def read_pdf(data: bytes, limits: Limits) -> RawText:
    """The text of a PDF, paragraphs joined, running heads and page numbers told in the warning.

    Raises Encrypted where a password is asked for, NoText where the pages are pictures, Damaged where it is broken.
    """
    try:
        import pypdfium2
    except ModuleNotFoundError as error:
        raise missing("pypdfium2", "pdf", "a PDF") from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD:
            raise Encrypted("The PDF is under a password. Save it without one and run again.") from error
        raise Damaged(f"The PDF is broken ({error}). Get it again.") from error
    read = _read(document)
    pages = read.pages
    if read.has_text and not _reads_as_text(pages):
        pages = _by_pdfminer(document)
    if not any(page.strips for page in pages) or not _reads_as_text(pages):
        raise _without_text(read.has_text)
    laid_out = lay_out(pages)
    notes = list(laid_out.notes)
    if read.broken:
        notes.append(f"{read.broken} of {len(pages) + read.broken} pages are broken and were not read")
    return compose(map(Line, laid_out.paragraphs), PDF, "utf-8", limits, "; ".join(notes) or None)


def _without_text(has_text: bool) -> NoText:
    if has_text:
        return NoText("Its fonts do not say which characters they draw. Recognise its text (OCR) and run again.")
    return NoText("Its pages are pictures, without text. Recognise their text (OCR) and run again.")


def _read(document: PdfDocument) -> Reading:
    from pypdfium2 import PdfiumError

    pages, broken, has_text = list[Page](), 0, False
    for number in range(len(document)):
        try:
            page = document[number]
            strips = [strip for strip in map(strip_of, _lines(page)) if strip]
            has_text = has_text or bool(strips) or _has_text(page)
            width, height = page.get_size()
            pages.append(Page(width, height, strips))
            page.close()
        except PdfiumError:
            broken += 1
    return Reading(pages, broken, has_text)


def _has_text(page: PdfPage) -> bool:
    from pypdfium2 import raw

    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3)), None) is not None


def _lines(page: PdfPage) -> Iterator[list[tuple[str, Box | None]]]:
    """The lines of a page as PDFium finds them: characters with their boxes, blanks without."""
    from ctypes import c_double

    from pypdfium2 import raw

    text = page.get_textpage()
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    line: list[tuple[str, Box | None]] = []
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in LINE_ENDS:
            yield line
            line = []
        elif code not in UNSAID:
            char = chr(code)
            seen = not char.isspace() and raw.FPDFText_GetCharBox(text, at, left, right, bottom, top)
            box = Box(left.value, bottom.value, right.value, top.value) if seen else None
            line.append((char, box))
    yield line
    text.close()


def _by_pdfminer(document: PdfDocument) -> list[Page]:
    """The pages as pdfminer reads them, from what PDFium writes anew: pdfminer forgives broken files less."""
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LTChar, LTContainer
    except ModuleNotFoundError as error:
        raise missing("pdfminer.six", "pdf", "a PDF without names of its characters") from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    anew = io.BytesIO()
    document.save(anew)

    def chars_of(container: Iterable[object]) -> Iterator[tuple[str, Box]]:
        for item in container:
            if isinstance(item, LTChar) and item.get_text().strip():
                yield item.get_text(), Box(*item.bbox)
            elif isinstance(item, LTContainer):
                yield from chars_of(item)

    pages = []
    try:
        for layout in extract_pages(anew, laparams=None):
            strips = [strip for strip in map(strip_of, _runs(chars_of(layout))) if strip]
            pages.append(Page(layout.width, layout.height, strips))
    except Exception as error:  # it meets documents that its authors never saw
        raise Damaged(f"The PDF cannot be followed ({error}). Save it as .docx or .txt and run again.") from error
    return pages


def _runs(chars: Iterable[tuple[str, Box]]) -> Iterator[list[tuple[str, Box]]]:
    """Characters that follow each other closely on one line."""
    run: list[tuple[str, Box]] = []
    for char, box in chars:
        last = run[-1][1] if run else box
        if (
            abs(last.middle - box.middle) > SAME_LINE * box.height
            or not -1 < (box.left - last.right) / box.height < BLANK
        ):
            yield run
            run = []
        run.append((char, box))
    yield run


def _reads_as_text(pages: list[Page]) -> bool:
    text = "".join(strip.text for page in pages for strip in page.strips)
    return sum(map(str.isalnum, text)) >= LETTERS * len("".join(text.split())) > 0
