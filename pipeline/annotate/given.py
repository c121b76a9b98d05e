"""The files that people give back, each by its kind, and whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.annotate.label_studio import read_tasks
from pipeline.annotate.marks import Checked
from pipeline.annotate.spreadsheet import read_table
from pipeline.errors import UsageError


def read_checked(files: Iterable[Path]) -> Iterator[Checked]:
    """What people gave back, file by file; a file that is named twice is taken once.

    Every export is called ``marks.csv``, and every Label Studio has a user 1: where several files are by people of one
    name, each is known by where its file lies too. Raises UsageError where a file is none that comes back.
    """
    found = {file: list(_read(file)) for file in {file.resolve(): file for file in files}.values()}
    by: dict[str, set[Path]] = defaultdict(set)
    for file, checked in found.items():
        for one in checked:
            by[one.by].add(file)
    for file, checked in found.items():
        for one in checked:
            apart = str(file) if one.by == file.name else f"{file}: {one.by}"
            yield one._replace(by=apart) if len(by[one.by]) > 1 else one


def _read(file: Path) -> Iterator[Checked]:
    if file.is_dir():
        raise UsageError(f"{file} is a folder. Name the file in it that came back: marks.csv, or the tasks as .json.")
    if not file.is_file():
        raise UsageError(f"There is no {file}. Check the name.")
    if file.read_bytes()[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise UsageError(f"{file} is a workbook. In Excel, save it as CSV UTF-8, beside the folder texts.")
    return read_tasks(file) if file.suffix == ".json" else read_table(file)
