"""Every hostile or broken file ends as a record or as a failure, within its caps, and nothing is written.

``SWEEP=10000 pytest tests/reading/test_hostile.py`` runs the long sweep and prints what came of it.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hostile import damaged_files, many_members, pdf, whole_files, zipped
from office_files import docx, p

from pipeline.flow import attempt
from pipeline.reading import Limits, count_entries, iter_sources, read
from pipeline.records import Failure, RawText, Source

SWEEP = int(os.environ.get("SWEEP", "420"))
BY_LIBREOFFICE = SWEEP // 100 if SWEEP >= 1000 else 0
CAP = 2**30  # bytes of memory
LIMITS = Limits(max_seconds=20, office_seconds=30)
HELD: list[tuple[int, int]] = []  # what this process, and the largest child that had ended, held before each test


def outcomes(folder: Path, name: str, data: bytes, limits: Limits = LIMITS) -> list[RawText | Failure]:
    """What comes of one file."""
    path = folder / name
    path.write_bytes(data)
    try:
        return [
            attempt(lambda source: read(source, limits), entry) if isinstance(entry, Source) else entry
            for entry in iter_sources(path, name, limits)
        ]
    finally:
        path.unlink()


def most_of_ended_children() -> int:
    """The most kilobytes that a child of this process held which has ended, whenever it did."""
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def kilobytes(process: str, field: str) -> int:
    """A field of the status of a process: VmRSS is what it holds, VmHWM the most that it has held."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(field)), 0)


@pytest.fixture(autouse=True)
def memory_is_counted_anew() -> None:
    """What other tests of this process held, and left in it, does not count."""
    if sys.platform == "linux":
        Path("/proc/self/clear_refs").write_text("5")
        HELD.append((kilobytes("self", "VmRSS"), most_of_ended_children()))


def peak_memory() -> int:
    """The most bytes that this process has taken since the test began, or that a child has held: one that lives, or one
    that ended since and held more than any before it and than this process, whose memory Linux puts down to it at first.
    """
    if sys.platform != "linux":
        pytest.skip("memory is bounded on Linux only")
    own, before = HELD[-1]
    living = [number for path in Path("/proc/self/task").glob("*/children") for number in path.read_text().split()]
    ended, most = most_of_ended_children(), kilobytes("self", "VmHWM")
    return 1024 * max(
        most - own,
        *(kilobytes(number, "VmHWM") for number in living),
        ended if ended > max(before, most) else 0,
    )


@contextmanager
def nothing_written(folder: Path) -> Iterator[None]:
    """Nothing appears in the folder, beside it, or where the work is done."""

    def standing() -> set[Path]:
        return {*folder.rglob("*"), *folder.parent.glob("*"), *Path().glob("*")}

    before = standing()
    yield
    assert standing() == before


def test_damaged_files_end_as_records_or_failures(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    ended: Counter[str] = Counter()
    with nothing_written(tmp_path):
        for name, data in damaged_files(whole_files(), SWEEP):
            found = outcomes(inside, name, data)
            assert found or name.endswith((".csv", ".jsonl", ".zip", ".tar", ".tar.gz", ".parquet", ".xlsx")), name
            for one in found:
                kind = one.error if isinstance(one, Failure) else "read"
                ended[f"{name.partition('-')[2]} {kind}"] += 1
                assert isinstance(one, RawText) or one.message.count(". ") >= 1, one
    print("\n".join(f"{kind}: {times}" for kind, times in sorted(ended.items())), f"peak {peak_memory():,}")
    assert peak_memory() < CAP


@pytest.mark.skipif(not BY_LIBREOFFICE, reason="minutes long: run with SWEEP=10000")
def test_damaged_files_through_libreoffice(tmp_path: Path, samples: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed; .ci/run has it")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    source = samples / "village_summary.txt"
    for suffix, form in (("doc", "MS Word 97"), ("odt", "writer8")):
        command = [
            "soffice",
            profile,
            "--headless",
            "--infilter=Text (encoded):UTF8",
            "--convert-to",
            f"{suffix}:{form}",
        ]
        subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True)
    whole = {f"a.{suffix}": (tmp_path / f"village_summary.{suffix}").read_bytes() for suffix in ("doc", "odt")}
    ended: Counter[str] = Counter()
    for name, data in damaged_files(whole, BY_LIBREOFFICE):
        ended.update(one.error if isinstance(one, Failure) else "read" for one in outcomes(tmp_path, name, data))
    print(ended, f"peak {peak_memory():,}")
    assert ended.total() == BY_LIBREOFFICE
    assert peak_memory() < CAP


PAGES = b"[" + b"3 0 R " * 5000 + b"]"
EVIL = {
    "pages that hold themselves": pdf(b"", pages=b"[2 0 R]", count=10**9),
    "a page five thousand times": pdf(b"BT /F1 9 Tf (a) Tj ET", pages=PAGES, count=5000),
    "a content that never ends": pdf(b"q " * 3_000_000),
    "objects without number": pdf(
        b"", more=b"".join(b"%d 0 obj [%d 0 R] endobj\n" % (n, n + 1) for n in range(9, 200_000))
    ),
    "arrays within arrays": pdf(b"", more=b"9 0 obj " + b"[" * 500_000 + b" endobj\n"),
    "text without end": pdf(b"BT /F1 9 Tf (" + b"a" * 8_000_000 + b") Tj ET"),
}


@pytest.mark.parametrize("name", EVIL)
def test_endless_pdfs(name: str, tmp_path: Path) -> None:
    (one,) = outcomes(tmp_path, "a.pdf", EVIL[name])
    assert isinstance(one, (RawText, Failure))
    assert peak_memory() < CAP


def test_a_workbook_that_claims_seventeen_billion_cells(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(whole_files()["a.xlsx"])) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    members[sheet] = members[sheet].replace(b"</sheetData>", far)
    found = outcomes(tmp_path, "a.xlsx", zipped(members))
    assert found
    assert peak_memory() < CAP


def test_bombs_of_markup(tmp_path: Path) -> None:
    deep = docx("<w:tbl><w:tr><w:tc>" * 5000)
    wide = docx(p("甲") * 300_000)
    pages = {"a.html": b"<div>" * 500_000, "b.html": b"<table><tr><td>" * 100_000, "c.html": b"<a href=x>" * 300_000}
    for name, data in {"a.docx": deep, "b.docx": wide, **pages}.items():
        (one,) = outcomes(tmp_path, name, data, Limits(max_seconds=3))
        assert isinstance(one, (RawText, Failure)), name
    assert peak_memory() < CAP


def test_an_archive_of_very_many_members(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    number = 1_000_000 if SWEEP >= 1000 else 50_000
    many_members(path, number)
    assert count_entries(path, "a.zip", Limits()) == number
    (first,) = iter_sources(path, "a.zip", Limits(), start=number - 1)
    assert isinstance(first, Failure)
    assert (first.source, first.error) == (f"a.zip!{number - 1:07}.txt", "EmptyFile")
    (refused,) = iter_sources(path, "a.zip", Limits(max_members=number - 1))
    assert isinstance(refused, Failure)
    assert refused.error == "TooLarge"
    print(f"peak {peak_memory():,}")
    assert peak_memory() < CAP


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address of this machine, and who has called there."""
    calls: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        done = threading.Event()

        def serve() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                calls.append("called")
                connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
        done.set()
        thread.join()


def test_no_reader_asks_the_network(listener: tuple[str, list[str]], tmp_path: Path) -> None:
    address, calls = listener
    entity = f'<!DOCTYPE d SYSTEM "{address}/d.dtd" [<!ENTITY x SYSTEM "{address}/x">]>'
    page = f'{entity}<html><head><link rel=stylesheet href="{address}/a.css"></head><img src="{address}/a.png">&x;甲</html>'
    linked = f"<office:text><text:p>甲<draw:frame><draw:image xlink:href='{address}/a.png'/></draw:frame></text:p></office:text>"
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
        for name, kind in (("office", "office"), ("text", "text"), ("draw", "drawing"))
    )
    head = f'<?xml version="1.0"?><office:document-content{names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    content = f"{head}<office:body>{linked}</office:body></office:document-content>"
    odt = zipped(
        {"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )
    for name, data in (("a.html", page.encode()), ("a.docx", docx(p("甲&x;"), before=entity)), ("a.odt", odt)):
        (one,) = outcomes(tmp_path, name, data)
        if isinstance(one, Failure):
            assert one.error == "Missing", one  # LibreOffice
    assert not calls
