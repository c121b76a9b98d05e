"""Files that mean harm or are broken: made from a few whole ones, the same from the same seed."""

from __future__ import annotations

import gzip
import io
import random
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from office_files import docx, numbered, p, table

TEXT = (
    "一、主要工作\n全乡共有党员612名，新修道路23.6公里，农民人均收入1.4万元，比上年增长6.2%。\n二、存在不足\n资金投入不足。\n"
    * 4
)


def whole_files() -> dict[str, bytes]:
    """A sound file of each kind that needs no other program to be written."""
    rows = [["编号", "正文"], *([str(n), TEXT.replace("\n", "")] for n in range(5))]
    lines = "".join(f'{{"id": {n}, "text": "{TEXT}"}}\n'.replace(TEXT, TEXT.replace("\n", "")) for n in range(5))
    page = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    body = p("总结", "t") + "".join(map(p, TEXT.split("\n"))) + numbered("甲", 1) + table([p("户数"), p("312户")])
    stream = io.BytesIO()
    pq.write_table(pa.table({"正文": [TEXT] * 5, "年份": range(5)}), stream)
    return {
        "a.txt": TEXT.encode("gb18030"),
        "b.txt": TEXT.encode("utf-16"),
        "a.md": f"# 总结\n\n{TEXT}".encode(),
        "a.csv": "\n".join(",".join(row) for row in rows).encode(),
        "a.jsonl": lines.encode(),
        "a.html": f"<html><head><title>总结</title></head><body><h1>总结</h1>{page}</body></html>".encode(),
        "a.docx": docx(body),
        "a.parquet": stream.getvalue(),
        "a.rtf": rtf(TEXT),
        "a.pdf": pdf(b"BT /F1 12 Tf 72 700 Td (Report 2023: 612 members) Tj ET"),
        "a.zip": zipped({"甲.txt": TEXT.encode(), "表.csv": "编号,正文\n1,二\n".encode(), "乙.docx": docx(body)}),
        "a.tar": tarred({"甲.txt": TEXT.encode(), "表.csv": "编号,正文\n1,二\n".encode()}),
        "a.tar.gz": gzip.compress(tarred({"甲.txt": TEXT.encode()}), mtime=0),
        "a.xlsx": xlsx(rows),
    }


def damaged(data: bytes, draw: random.Random) -> bytes:
    """`data` cut off, with bits flipped, bytes put in, or a stretch of it doubled or left out."""
    broken = bytearray(data)
    how = draw.randrange(4)
    if how == 0:
        del broken[draw.randrange(len(broken)) :]
    if how in (1, 3):
        for _ in range(draw.choice([1, 1, 3, 10, 50])):
            broken[draw.randrange(len(broken))] ^= 1 << draw.randrange(8)
    if how in (2, 3) and broken:
        start = draw.randrange(len(broken))
        end = min(start + draw.randrange(1, 200), len(broken))
        broken[start:end] = draw.choice([b"", bytes(broken[start:end]) * 2, draw.randbytes(end - start)])
    return bytes(broken)


def damaged_files(whole: dict[str, bytes], number: int, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """`number` damaged files, of each kind in turn."""
    names = sorted(whole)
    for n in range(number):
        name = names[n % len(names)]
        yield f"{n}-{name}", damaged(whole[name], random.Random(f"{seed} {n}"))


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


def rtf(text: str) -> bytes:
    signs = "".join("\\par\n" if char == "\n" else f"\\u{ord(char)}?" if char > "~" else char for char in text)
    return f"{{\\rtf1\\ansi\\ansicpg936 {signs}}}".encode()


def xlsx(rows: list[list[str]]) -> bytes:
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="r1" Type="{related}/worksheet" Target="worksheets/sheet1.xml"/>'
    parts = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r0" Type="{related}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{related}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{link}</Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    return zipped({name: content.encode() for name, content in parts.items()})


PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def pdf(content: bytes, *, pages: bytes = b"[3 0 R]", count: int = 1, more: bytes = b"") -> bytes:
    """A PDF of one page with this content."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids %s/Count %d>>" % (pages, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    out += more
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def many_members(path: Path, number: int) -> None:
    """Write a zip archive of so many empty members."""
    with path.open("wb") as file, path.with_suffix(".list").open("w+b") as listed:
        at = 0
        for n in range(number):
            name = b"%07d.txt" % n
            fields = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x21, 0, 0, 0, len(name), 0)
            file.write(b"PK\x03\x04" + fields + name)
            listed.write(b"PK\x01\x02\x14\x00" + fields + struct.pack("<HHHII", 0, 0, 0, 0, at) + name)
            at += 30 + len(name)
        size = listed.tell()
        listed.seek(0)
        while chunk := listed.read(2**20):
            file.write(chunk)
        far = struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, number, number, size, at)
        file.write(b"PK\x06\x06" + far + b"PK\x06\x07" + struct.pack("<IQI", 0, at + size, 1))
        file.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))
    path.with_suffix(".list").unlink()
