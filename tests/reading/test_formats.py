"""The sample reports, written out in every format by programs that are not ours, come back as they were."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.config import load_config
from pipeline.flow import process
from pipeline.kit import Kit, build_kit
from pipeline.reading import Limits, iter_sources, read
from pipeline.records import Report, Source

NAMES = ("county_government_report", "hospital_summary", "rural_survey", "street_office_summary", "village_summary")
OFFICE = {  # suffix: filter of LibreOffice
    "docx": "MS Word 2007 XML", "doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8",
    "html": "HTML (StarWriter)", "pdf": "writer_pdf_Export",
}  # fmt: skip
PANDOC = {"docx": "docx", "rtf": "rtf", "html": "html", "md": "gfm"}
BY_LIBREOFFICE = ("doc", "wps", "odt")  # each takes seconds: one report of each will do
CHARACTERS = 0.995
Make = Callable[[Path], Mapping[str, Path]]


@pytest.fixture(scope="session")
def kit() -> Kit:
    return build_kit(load_config())


@pytest.fixture(scope="session")
def texts(samples: Path) -> dict[str, str]:
    return {name: (samples / f"{name}.txt").read_text(encoding="utf-8") for name in NAMES}


@pytest.fixture(scope="session")
def expected(texts: dict[str, str], kit: Kit) -> dict[str, list[dict[str, Any]]]:
    return {name: metrics_of(process(Source(f"{name}.txt", text.encode()), kit)) for name, text in texts.items()}


@pytest.fixture(scope="session")
def office(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one sub-folder a format, written by LibreOffice."""
    program = needs("soffice")
    folder = tmp_path_factory.mktemp("office")
    sources = [str(samples / f"{name}.txt") for name in NAMES]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for suffix, form in OFFICE.items():
        command = [program, profile, "--headless", "--infilter=Text (encoded):UTF8", "--convert-to", f"{suffix}:{form}"]
        subprocess.run([*command, "--outdir", str(folder / suffix), *sources], check=True, capture_output=True)
    (folder / "wps").mkdir()
    for path in (folder / "doc").iterdir():
        shutil.copy(path, folder / "wps" / f"{path.stem}.wps")  # WPS writes Word's own format under this suffix
    return folder


def needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed; .ci/run has it")
    return found


def metrics_of(report: Report) -> list[dict[str, Any]]:
    """The metrics of a document less what counts its characters and lines; blanks left out."""
    rows = []
    for metric in report.metrics:
        row = metric._asdict()
        quantity = row.pop("quantity")._asdict()
        row |= {key: quantity[key] for key in ("value", "value_min", "value_max", "unit", "approx", "masked")}
        row["quantity"] = report.text[metric.quantity.start : metric.quantity.end]
        for key in ("section_id", "sentence_id", "confidence"):
            del row[key]
        rows.append({key: squeeze(value) if isinstance(value, str) else value for key, value in row.items()})
    return rows


def squeeze(text: str) -> str:
    return "".join(text.split())


def kept(text: str, got: str) -> float:
    """Share of the characters of `text` that stand in `got` in their order."""
    blocks = SequenceMatcher(None, squeeze(text), squeeze(got), autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(squeeze(text))


def only(path: Path) -> Source:
    (entry,) = iter_sources(path, path.name, Limits())
    assert isinstance(entry, Source), entry
    return entry


def written(office: Path, suffix: str) -> Iterator[tuple[str, Path]]:
    for name in NAMES[:1] if suffix in BY_LIBREOFFICE else NAMES:
        yield name, office / suffix / f"{name}.{suffix}"


@pytest.mark.parametrize("suffix", [*OFFICE, "wps"])
def test_what_libreoffice_writes(
    suffix: str, office: Path, texts: dict[str, str], expected: dict[str, list[dict[str, Any]]], kit: Kit
) -> None:
    for name, path in written(office, suffix):
        report = process(only(path), kit)
        assert kept(texts[name], report.raw.text) >= CHARACTERS, name
        assert metrics_of(report) == expected[name], name


@pytest.mark.parametrize("suffix", PANDOC)
def test_what_pandoc_writes(
    suffix: str,
    office: Path,
    texts: dict[str, str],
    expected: dict[str, list[dict[str, Any]]],
    kit: Kit,
    tmp_path: Path,
) -> None:
    pandoc = needs("pandoc")
    for name in NAMES:
        path = tmp_path / f"{name}.{suffix}"
        command = [pandoc, "-s", "--wrap=none", "--metadata", f"title={name}", "-t", PANDOC[suffix], "-o", str(path)]
        subprocess.run([*command, str(office / "docx" / f"{name}.docx")], check=True, capture_output=True)
        report = process(only(path), kit)
        assert kept(texts[name], report.raw.text) >= CHARACTERS, name
        assert said_in(suffix, metrics_of(report)) == said_in(suffix, expected[name]), name


def said_in(suffix: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a format keeps of records: Markdown runs lines into one, and with them the items that end a subject."""
    return [{**row, "subject": None} for row in rows] if suffix == "md" else rows


@pytest.mark.parametrize("encoding", ["GB18030", "GBK", "BIG5", "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-8"])
def test_what_iconv_writes(
    encoding: str, texts: dict[str, str], expected: dict[str, list[dict[str, Any]]], kit: Kit
) -> None:
    iconv = needs("iconv")
    for name, text in texts.items():
        if encoding == "BIG5":  # which has no simplified characters: those that both scripts write alike
            text = "".join(char for char in text if char.encode("big5", "ignore"))
        asked = [iconv, "-f", "UTF-8", "-t", encoding, "-c"]
        data = subprocess.run(asked, input=text.encode(), capture_output=True, check=False).stdout
        report = process(Source(f"{name}.txt", data), kit)
        assert kept(text, report.raw.text) >= CHARACTERS, name
        assert encoding == "BIG5" or metrics_of(report) == expected[name], name


def pack(folder: Path, command: list[str]) -> None:
    subprocess.run([needs(command[0]), *command[1:]], check=True, capture_output=True, cwd=folder)


@pytest.mark.parametrize("archive", ["a.tar", "a.tar.gz", "a.tar.bz2", "a.tar.xz", "a.zip"])
def test_archives_of_other_programs(archive: str, texts: dict[str, str], samples: Path, tmp_path: Path) -> None:
    for name in NAMES:
        shutil.copy(samples / f"{name}.txt", tmp_path)
    files = [f"{name}.txt" for name in NAMES]
    pack(tmp_path, ["zip", archive, *files] if archive.endswith("zip") else ["tar", "-caf", archive, *files])
    found = list(iter_sources(tmp_path / archive, archive, Limits()))
    assert [entry.name for entry in found if isinstance(entry, Source)] == [f"{archive}!{file}" for file in files]
    assert [read(entry, Limits()).text for entry in found if isinstance(entry, Source)] == list(texts.values())


def test_one_packed_file(texts: dict[str, str], samples: Path, tmp_path: Path) -> None:
    shutil.copy(samples / f"{NAMES[0]}.txt", tmp_path / "甲.txt")
    pack(tmp_path, ["gzip", "甲.txt"])
    source = only(tmp_path / "甲.txt.gz")
    assert (source.name, read(source, Limits()).text) == ("甲.txt.gz!甲.txt", texts[NAMES[0]])


@pytest.mark.parametrize(("suffix", "form"), [("xlsx", "Calc MS Excel 2007 XML"), ("xls", "MS Excel 97")])
def test_workbooks(suffix: str, form: str, texts: dict[str, str], tmp_path: Path) -> None:
    import csv

    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["年份", "正文"], *([2020 + n, text] for n, text in enumerate(texts.values()))])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [needs("soffice"), profile, "--headless", "--infilter=CSV:44,34,76,1", "--convert-to", f"{suffix}:{form}"]
    subprocess.run([*command, "a.csv"], check=True, capture_output=True, cwd=tmp_path)
    found = list(iter_sources(tmp_path / f"a.{suffix}", f"a.{suffix}", Limits()))
    assert [entry.name for entry in found if isinstance(entry, Source)] == [f"a.{suffix}#{n}" for n in range(1, 6)]
    for entry, text in zip(found, texts.values(), strict=True):
        assert isinstance(entry, Source)
        assert kept(text, entry.data.decode()) >= CHARACTERS
        assert entry.meta["年份"].isdigit()  # type: ignore[attr-defined]


def test_parquet(texts: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": range(len(texts)), "content": list(texts.values())}), path)
    found = list(iter_sources(path, "a.parquet", Limits()))
    assert [entry.data.decode() for entry in found if isinstance(entry, Source)] == list(texts.values())
    assert [dict(entry.meta) for entry in found if isinstance(entry, Source)] == [{"id": n} for n in range(len(texts))]


TWINS = ("三亚", "乌鲁木齐", "凉山", "恩施")


@pytest.mark.parametrize("place", TWINS)
def test_word_documents_of_real_reports_are_their_texts(place: str, shared: Path, kit: Kit) -> None:
    document = process(only(shared / "reports" / "formats" / f"gov_{place}.docx"), kit)
    text = process(only(shared / "reports" / "city" / f"city_{place}.txt"), kit)
    assert squeeze(document.raw.text) == squeeze(text.raw.text)
    assert metrics_of(document) == metrics_of(text)


def test_all_real_files_of_other_formats_are_read_or_refused_with_the_reason(shared: Path) -> None:
    refused = {}
    for path in sorted((shared / "reports" / "formats").iterdir()):
        for entry in iter_sources(path, path.name, Limits()):
            if isinstance(entry, Source):
                assert len(read(entry, Limits()).text) > 200, entry.name
            else:
                refused[entry.source] = entry.error
    assert set(refused.values()) == {"NotText"}
    assert all(name.startswith("云南省计划情况表_Original.xls!") for name in refused)
