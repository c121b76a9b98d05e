"""What a dataset can be exported to, a file a format; `FORMATS` is the whole list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from pipeline.dataset.formats import csv, docbin, dta, duckdb, jsonl, parquet, sqlite, xlsx
from pipeline.dataset.stored import Stored


class Layout(Enum):
    """What an export is: one file of all tables, a folder with a file a table, a folder that the format fills itself."""

    FILE = "file"
    FILE_A_TABLE = "file a table"
    FOLDER = "folder"


class Format(NamedTuple):
    """How to write it, what its files end in, what it is, and its tables where they are not all that there are.

    ``told`` has rows say of which document they are.
    """

    write: Callable[[Stored, Path], None]
    suffix: str
    layout: Layout
    tables: tuple[str, ...] = ()
    told: bool = False


FORMATS: Mapping[str, Format] = {
    "csv": Format(csv.write, ".csv", Layout.FILE_A_TABLE, told=True),
    "jsonl": Format(jsonl.write, ".jsonl", Layout.FILE_A_TABLE),
    "duckdb": Format(duckdb.write, ".duckdb", Layout.FILE),
    "sqlite": Format(sqlite.write, ".sqlite", Layout.FILE),
    "dta": Format(dta.write, ".dta", Layout.FILE_A_TABLE, told=True),
    "xlsx": Format(xlsx.write, ".xlsx", Layout.FILE, ("metrics", "sections", "documents"), told=True),
    "parquet": Format(parquet.write, ".parquet", Layout.FOLDER),
    "docbin": Format(docbin.write, ".spacy", Layout.FOLDER, ("documents", "sections", "sentences", "metrics")),
}
