"""What a run of bytes is: by its first bytes, then by its tags, and only then by its suffix.

Sites save web pages as ``.doc``, and mail programs drop suffixes; what a file holds is what counts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Set
from pathlib import PurePosixPath

from pipeline.errors import ReadError
from pipeline.reading.encoding import decode, decode_as, detect
from pipeline.reading.refusals import Damaged, Encrypted, NotText, UnsupportedFormat

HEAD = 8192  # bytes that are looked at
ZIP, OLE, BINARY = "application/zip", "application/x-ole-storage", "application/octet-stream"
PLAIN, MARKDOWN, HTML, XML, JSON = "text/plain", "text/markdown", "text/html", "application/xml", "application/json"
CSV, TSV, JSONL = "text/csv", "text/tab-separated-values", "application/jsonl"
DOC, XLS, PPT = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"
PPTX = f"{OFFICE}presentationml.presentation"
ODT, RTF, PDF = "application/vnd.oasis.opendocument.text", "application/rtf", "application/pdf"
PARQUET, TAR = "application/vnd.apache.parquet", "application/x-tar"
GZIP, BZIP2, XZ = "application/gzip", "application/x-bzip2", "application/x-xz"
LOCKED = "application/x-ole-encrypted"

MAGIC: tuple[tuple[int, bytes, str], ...] = (  # offset, bytes, what it is: none of these begins a text
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (0, b"%PDF-", PDF),
    (0, b"{\\rtf", RTF),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b\x08", GZIP),
    (0, b"BZh91AY&SY", BZIP2),
    (0, b"\xfd7zXZ\x00", XZ),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (257, b"ustar", TAR),
    (0, b"PAR1", PARQUET),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBPVP8", "image/webp"),
    (8, b"WAVEfmt", "audio/wav"),
    (8, b"AVI LIST", "video/x-msvideo"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"OggS\x00", "audio/ogg"),
    (0, b"fLaC\x00", "audio/flac"),
    (0, b"ID3\x02", "audio/mpeg"),
    (0, b"ID3\x03", "audio/mpeg"),
    (0, b"ID3\x04", "audio/mpeg"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (0, b"MZ\x90\x00", "application/x-executable"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (0, b"\x00\x05\x16\x07", "application/applefile"),
)
SUFFIXES = {  # what a suffix promises; decides between kinds of text, else only noted where the content is another
    ".txt": PLAIN, ".text": PLAIN, ".md": MARKDOWN, ".markdown": MARKDOWN,
    ".csv": CSV, ".tsv": TSV, ".tab": TSV, ".jsonl": JSONL, ".ndjson": JSONL, ".json": JSON,
    ".htm": HTML, ".html": HTML, ".xhtml": HTML, ".shtml": HTML, ".xml": XML,
    ".zip": ZIP, ".docx": DOCX, ".xlsx": XLSX, ".pptx": PPTX, ".doc": DOC, ".wps": DOC, ".xls": XLS, ".ppt": PPT,
    ".et": XLS, ".pdf": PDF, ".rtf": RTF, ".7z": "application/x-7z-compressed",
    ".rar": "application/vnd.rar", ".tar": TAR, ".gz": GZIP, ".tgz": GZIP, ".bz2": BZIP2, ".tbz2": BZIP2, ".tbz": BZIP2,
    ".xz": XZ, ".txz": XZ, ".odt": ODT, ".ofd": "application/ofd",
    ".parquet": PARQUET, ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
    ".gif": "image/gif", ".tif": "image/tiff", ".tiff": "image/tiff", ".webp": "image/webp",
    **dict.fromkeys((".css", ".js", ".mjs", ".py", ".java", ".c", ".h", ".cpp", ".sh", ".bat", ".ps1", ".sql", ".php",
                     ".ini", ".cfg", ".toml", ".yaml", ".yml", ".svg", ".map", ".url", ".desktop"), "text/x-code"),
}  # fmt: skip
TEXTS = {PLAIN, MARKDOWN, CSV, TSV, JSONL, JSON, HTML, XML, "text/x-code"}
BUNDLES = {ZIP, CSV, TSV, JSONL, TAR, GZIP, BZIP2, XZ, PARQUET, XLS, XLSX}
OFFICE_PARTS = {  # a member that only this kind of office file has
    "word/document.xml": DOCX,
    "xl/workbook.xml": XLSX,
    "xl/workbook.bin": XLSX,
    "ppt/presentation.xml": PPTX,
    "OFD.xml": "application/ofd",
    "META-INF/container.xml": "application/epub+zip",
    "content.xml": ODT,
}
OLE_PARTS = {  # names in an OLE2 file's directory
    "EncryptedPackage": LOCKED,
    "WordDocument": DOC,
    "Workbook": XLS,
    "Book": XLS,
    "PowerPoint Document": PPT,
}
CALLED = {
    ZIP: "a zip archive", OLE: "an OLE2 file", DOC: "a Word 97 document", XLS: "an Excel 97 workbook",
    PPT: "a PowerPoint 97 file", DOCX: "a Word document", XLSX: "an Excel workbook", PPTX: "a PowerPoint file",
    HTML: "a web page", XML: "an XML file", JSON: "a JSON file that is no list of texts", PLAIN: "plain text",
    CSV: "a CSV table", TSV: "a TSV table", JSONL: "a JSONL table", MARKDOWN: "Markdown text",
    PDF: "a PDF", RTF: "an RTF document", "application/ofd": "an OFD document",
    "application/epub+zip": "an EPUB book", ODT: "an OpenDocument file",
    "message/rfc822": "a mail or a web archive (MHT)", "application/x-7z-compressed": "a 7z archive",
    "application/vnd.rar": "a RAR archive", GZIP: "a gzip file", BZIP2: "a bzip2 file",
    XZ: "an xz file", "application/zstd": "a zstd file", TAR: "a tar archive",
    PARQUET: "a Parquet table", "application/x-executable": "a program",
    "application/vnd.sqlite3": "a database", "application/applefile": "a macOS side file",
    "text/x-code": "a program's own file", BINARY: "a binary file",
}  # fmt: skip
WHOLE = {DOCX, XLSX, XLS, PDF, RTF, ODT, PARQUET}
"""Kinds that are read and are known by their first bytes: another file under their suffix is a broken one."""
TO_TEXT = "Save it as .txt (UTF-8) and run again"
TO_FOLDER = "Unpack it and give the folder"
ADVICE = {  # formats that hold text and are not read: what to do instead
    **dict.fromkeys((PPT, PPTX, OLE, "application/ofd", "application/epub+zip", "message/rfc822"), TO_TEXT),
    **dict.fromkeys(("application/x-7z-compressed", "application/vnd.rar", "application/zstd"), TO_FOLDER),
    **dict.fromkeys(
        BUNDLES, "Within an archive, and for `read`, give it the suffix of its kind (.zip, .tar, .csv …) or unpack it"
    ),
}
PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S)
TAG = re.compile(r"</?(?:head|body|div|p|br|table|span|title|meta|a)\b[^<>]{0,200}>", re.I)
UNSEEN = re.compile(r"<!--.*?-->|<[^<>]*>", re.S)  # of an XML file
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SOME_TEXT = 10  # Chinese characters that are no file of settings
MAIL = re.compile(r"(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*){0,20}?MIME-Version:", re.I)


def sniff(head: bytes, name: str) -> str:
    r"""Media type of what begins with `head`; zip and OLE2 files are told apart by `media_type_of` only.

    >>> sniff(b"\x89PNG\r\n\x1a\n", "report.txt"), sniff("正文".encode(), "report.doc")
    ('image/png', 'text/plain')
    """
    found = next((kind for offset, magic, kind in MAGIC if head.startswith(magic, offset)), None)
    if found:
        return found
    encoding = detect(head)
    if encoding is None:
        return PDF if b"%PDF-" in head[:1024] else BINARY
    text = decode_as(head, encoding).text
    promised = SUFFIXES.get(suffix_of(name), PLAIN)
    if (promised == HTML and TAG.search(text)) or (PAGE.match(text) and not _has_only_debris(text)):
        return HTML
    if MAIL.match(text):
        return "message/rfc822"
    if text.lstrip().startswith("<?xml"):
        return DOC if 'progid="Word.Document"' in text else XML
    return promised if promised in TEXTS - {HTML, XML} else PLAIN


def _has_only_debris(text: str) -> bool:
    """Whether a text that begins like a page is a saved text all the same: long, with hardly a tag in it."""
    return len(text) > 300 and len(TAG.findall(text)) < 4


def media_type_of(data: bytes, name: str) -> str:
    """Media type of a whole file: `sniff`, and a look into zip and OLE2 files for what they are."""
    found = sniff(data[:HEAD], name)
    if found == ZIP:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return office_type(archive.NameToInfo.keys()) or ZIP
        except Exception:  # a broken archive raises all sorts; what is wrong is told where it is opened
            promised = SUFFIXES.get(suffix_of(name), ZIP)
            return promised if promised in OFFICE_PARTS.values() else ZIP
    if found == OLE:
        return next((kind for part, kind in OLE_PARTS.items() if part.encode("utf-16-le") in data), OLE)
    return found


def office_type(names: Set[str]) -> str | None:
    """The kind of office file that a zip archive with members of these names is; None for a plain archive."""
    if "[Content_Types].xml" not in names and "mimetype" not in names and "OFD.xml" not in names:
        return None
    return next((kind for part, kind in OFFICE_PARTS.items() if part in names), None)


def refusal(media_type: str, name: str, data: bytes = b"") -> ReadError:
    """Why a file of this kind is not read, and what to do."""
    called = CALLED.get(media_type, f"a file of type {media_type}")
    if media_type == LOCKED:
        return Encrypted("It is an office file under a password. Save it without one and run again.")
    if advice := ADVICE.get(media_type):
        return UnsupportedFormat(
            f"It is {called}, which is not read{' here' if media_type in BUNDLES else ''}. {advice}."
        )
    if media_type == XML and len(CHINESE.findall(UNSEEN.sub("", decode(data).text))) >= SOME_TEXT:
        return UnsupportedFormat(f"It is {called} with text in it, which is not read. {TO_TEXT}.")
    if media_type == BINARY and SUFFIXES.get(suffix_of(name)) == DOC:
        return UnsupportedFormat(f"It is an old or broken word processor file. {TO_TEXT}.")
    if media_type == BINARY and SUFFIXES.get(suffix_of(name)) in WHOLE:
        return Damaged(
            f"It is named {suffix_of(name)}, but nothing of that is in it: it is damaged. Get the file again."
        )
    if media_type.startswith(("image/", "audio/", "video/")):
        called = {"i": "a picture", "a": "a sound recording", "v": "a film"}[media_type[0]]
    return NotText(f"It is {called} and holds no text to read. Nothing is to be done, or put its text in its place.")


def surprise(media_type: str, name: str) -> str | None:
    """A note where a file's suffix promises something else than it holds."""
    promised = SUFFIXES.get(suffix_of(name))
    if promised in (None, media_type):
        return None
    return f"named {suffix_of(name)}, but it is {CALLED.get(media_type, media_type)}; read as that"


def suffix_of(name: str) -> str:
    """The suffix of an entry's name, in small letters.

    >>> suffix_of("a.zip!b/年报.TXT")
    '.txt'
    """
    return PurePosixPath(name).suffix.lower()
