"""PDF documents: the lines of each page by PDFium, laid out anew by `pages`.

Where a PDF names its characters by the numbers of Adobe's Chinese collection alone, as those of old databases of
journals do, PDFium finds punctuation only; pdfminer, slow but with the tables, reads those.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipeline.reading.limits import Limits
from pipeline.reading.lines import Line, compose
from pipeline.reading.media import PDF
from pipeline.reading.pages import Glyph, Page, lay_out
from pipeline.reading.refusals import Damaged, Encrypted, NoText, missing_package
from pipeline.records import RawText

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

PASSWORD = 4  # PDFium's number of the error
LETTERS = 0.5  # of the characters of a text are letters and digits, at least
UNSAID = "\0\x02\xad\ufffe"  # no character, or a hyphen that the setting put in


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
        raise missing_package("pypdfium2", "pdf", "a PDF") from error
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
    if not _reads_as_text(pages):
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
            glyphs = list(_glyphs(page))
            has_text = has_text or bool(glyphs) or _has_text(page)
            width, height = page.get_size()
            pages.append(Page(width, height, glyphs))
            page.close()
        except PdfiumError:
            broken += 1
    return Reading(pages, broken, has_text)


def _has_text(page: PdfPage) -> bool:
    from pypdfium2 import raw

    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3)), None) is not None


def _glyphs(page: PdfPage) -> Iterator[Glyph]:
    """The characters of a page as they stand to the eye, blanks left out."""
    from ctypes import c_double

    from pypdfium2 import raw

    text, box, x, y = page.get_textpage(), raw.FS_RECTF(), c_double(), c_double()
    turn = _turn(page)
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        if char.isspace() or char in UNSAID:
            continue
        if raw.FPDFText_GetLooseCharBox(text, at, box) and raw.FPDFText_GetCharOrigin(text, at, x, y):
            (one, low), (other, high) = turn(box.left, box.bottom), turn(box.right, box.top)
            left, right, size = min(one, other), max(one, other), abs(high - low)
            yield Glyph(char, left, right, turn(x.value, y.value)[1], max(size, 1.0))
    text.close()


def _turn(page: PdfPage) -> Callable[[float, float], tuple[float, float]]:
    """From the points of a page to those of the page as it is shown: wide tables lie on their side."""
    width, height = page.get_size()
    turns: dict[int, Callable[[float, float], tuple[float, float]]] = {
        90: lambda x, y: (y, height - x),
        180: lambda x, y: (width - x, height - y),
        270: lambda x, y: (width - y, x),
    }
    return turns.get(page.get_rotation(), lambda x, y: (x, y))


def _by_pdfminer(document: PdfDocument) -> list[Page]:
    """The pages as pdfminer reads them, from what PDFium writes anew: pdfminer forgives broken files less."""
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LTChar, LTContainer
    except ModuleNotFoundError as error:
        raise missing_package("pdfminer.six", "pdf", "a PDF without names of its characters") from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    anew = io.BytesIO()
    document.save(anew)

    def glyphs_of(container: Iterable[object]) -> Iterator[Glyph]:
        for item in container:
            if isinstance(item, LTChar) and item.get_text().strip():
                yield Glyph(item.get_text(), item.x0, item.x1, item.matrix[5], max(item.size, 1.0))
            elif isinstance(item, LTContainer):
                yield from glyphs_of(item)

    try:
        return [
            Page(layout.width, layout.height, list(glyphs_of(layout))) for layout in extract_pages(anew, laparams=None)
        ]
    except Exception as error:  # it meets documents that its authors never saw
        raise Damaged(f"The PDF cannot be followed ({error}). Save it as .docx or .txt and run again.") from error


def _reads_as_text(pages: list[Page]) -> bool:
    chars = [glyph.char for page in pages for glyph in page.glyphs]
    return sum(map(str.isalnum, chars)) >= LETTERS * len(chars) > 0
