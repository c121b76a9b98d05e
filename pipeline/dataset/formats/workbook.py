"""A workbook of Office Open XML, written row by row: sheets with a frozen head that filters, texts, numbers and days.

Libraries write a workbook cell by cell, which takes minutes for a dataset; here a whole column of a piece becomes XML
at once, in Arrow. ECMA-376 says what stands in the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    import pyarrow as pa

FIRST_DAY = date(1900, 3, 1)
"""Excel takes 1900 for a leap year: days before this one would be off by one, and are texts."""

EPOCH = 25_569
"""The day that Excel gives to 1970-01-01."""

HEAD_STYLE, DAY_STYLE = 1, 2
"""Places in `STYLES`."""

SPECIAL = r"[\x00-\x08\x0b-\x1f\x{FFFE}\x{FFFF}]|_x[0-9A-Fa-f]{4}_"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
CODE = re.compile("(_)(x[0-9A-Fa-f]{4}_)")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CALLED = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

SHEET = (
    f'{DECLARED}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
STYLES = (
    f'{DECLARED}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    "</fills><borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Workbook:
    """A new file at `path`; use it as a context manager. Sheets come one after the other."""

    def __init__(self, path: Path) -> None:
        self._zip = ZipFile(path, "w", ZIP_DEFLATED, compresslevel=3)
        self._names: list[str] = []
        self._sheet: IO[bytes] | None = None
        self._columns: list[str] = []
        self.rows = 0

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._close_sheet()
        if kind is None:
            self._write_package()
        self._zip.close()

    def begin(self, name: str, head: Sequence[str], widths: Sequence[int]) -> None:
        """A new sheet with columns so many letters wide; `rows` counts its rows, the head among them."""
        self._close_sheet()
        self._names.append(name)
        self._columns = [letters(number) for number in range(len(head))]
        self._sheet = self._zip.open(_entry(f"xl/worksheets/sheet{len(self._names)}.xml"), "w", force_zip64=True)
        cells = (
            f'<c r="{column}1" s="{HEAD_STYLE}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            for column, cell in zip(self._columns, head, strict=True)
        )
        wide = (f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1))
        before = f"{SHEET}<cols>{''.join(wide)}</cols><sheetData>"
        self._sheet.write(f'{before}<row r="1">{"".join(cells)}</row>'.encode())
        self.rows = 1

    def write(self, batch: pa.RecordBatch) -> None:
        """Further rows of the sheet; nulls and empty texts become no cell."""
        import pyarrow as pa
        import pyarrow.compute as pc

        assert self._sheet
        if not batch.num_rows:
            return
        numbers = pc.cast(pa.array(range(self.rows + 1, self.rows + 1 + batch.num_rows)), pa.string())
        cells = [_cells(array, column, numbers) for array, column in zip(batch.columns, self._columns, strict=True)]
        options = {"null_handling": "replace", "null_replacement": ""}
        rows = pc.binary_join_element_wise('<row r="', numbers, '">', *cells, "</row>", "", **options)
        self._sheet.write("".join(rows.to_pylist()).encode())
        self.rows += batch.num_rows

    def _close_sheet(self) -> None:
        if self._sheet:
            filtered = f'<autoFilter ref="A1:{self._columns[-1]}{self.rows}"/>'
            self._sheet.write(f"</sheetData>{filtered}</worksheet>".encode())
            self._sheet.close()
            self._sheet = None

    def _write_package(self) -> None:
        """What ties the sheets together."""
        places = range(1, len(self._names) + 1)
        sheets = (
            f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>'
            for at, name in zip(places, self._names, strict=True)
        )
        links = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in places]
        types = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
        types += [(f"/xl/worksheets/sheet{at}.xml", "worksheet") for at in places]
        overrides = (f'<Override PartName="{part}" ContentType="{CALLED}.{kind}+xml"/>' for part, kind in types)
        for name, text in (
            ("xl/styles.xml", STYLES),
            (
                "xl/workbook.xml",
                f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
                f"<sheets>{''.join(sheets)}</sheets></workbook>",
            ),
            ("xl/_rels/workbook.xml.rels", _relations([*links, ("rIdStyles", "styles", "styles.xml")])),
            ("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])),
            (
                "[Content_Types].xml",
                f'{DECLARED}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>',
            ),
        ):
            self._zip.writestr(_entry(name), text, ZIP_DEFLATED)


def letters(number: int) -> str:
    """The name of a column, from 0.

    >>> [letters(number) for number in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _cells(array: pa.Array, column: str, numbers: pa.Array) -> pa.Array:
    """A column as XML, null where there is nothing to write."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def joined(attributes: str, before: str, values: pa.Array, after: str) -> pa.Array:
        return pc.binary_join_element_wise(
            f'<c r="{column}', numbers, f'"{attributes}>{before}', values, f"{after}</c>", ""
        )

    if pa.types.is_string(array.type):
        texts = pc.if_else(pc.equal(array, ""), None, _escaped(array))
        return joined(' t="inlineStr"', '<is><t xml:space="preserve">', texts, "</t></is>")
    if pa.types.is_boolean(array.type):
        return joined(' t="b"', "<v>", pc.cast(pc.cast(array, pa.int8()), pa.string()), "</v>")
    if pa.types.is_date(array.type):
        early = pc.less(array, pa.scalar(FIRST_DAY))
        day = pc.cast(pc.add(pc.cast(array, pa.int32()), EPOCH), pa.string())
        written = joined(' t="inlineStr"', "<is><t>", pc.cast(array, pa.string()), "</t></is>")
        return pc.if_else(early, written, joined(f' s="{DAY_STYLE}"', "<v>", day, "</v>"))
    return joined("", "<v>", pc.cast(array, pa.string()), "</v>")


def _escaped(array: pa.Array) -> pa.Array:
    """Texts as XML has them; what XML cannot hold as Excel writes it, ``_x0001_``."""
    import pyarrow as pa
    import pyarrow.compute as pc

    special = pc.match_substring_regex(array, SPECIAL)
    if pc.any(special).as_py():
        array = pa.array([coded(text) if text else text for text in array.to_pylist()], pa.string())
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        array = pc.replace_substring(array, sign, entity)
    return array


def coded(text: str) -> str:
    r"""A text without characters that XML lacks.

    >>> coded("前\x01后_x0041_")
    '前_x0001_后_x005F_x0041_'
    """
    text = CODE.sub(r"_x005F_\2", text)
    text = CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def _entry(name: str) -> ZipInfo:
    """A member that bears no time: the same rows are the same bytes."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def _relations(links: Iterable[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>' for id, kind, target in links)
    return f'{DECLARED}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'
