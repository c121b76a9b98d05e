"""A dataset in another format: whole under its name, or not there at all."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

from pipeline.dataset.columns import DERIVED, TABLES
from pipeline.dataset.formats import FORMATS, Format, Layout
from pipeline.dataset.parts import TEMPORARY
from pipeline.dataset.stored import Stored, open_dataset
from pipeline.errors import PipelineError, UsageError

SUFFIXES = frozenset(form.suffix for form in FORMATS.values()) | {".xls"}
"""By which files of an export are known."""
DATASET = frozenset((*TABLES, *DERIVED, "README.md", "croissant.json", "manifest.json"))
"""What lies in the folder of a dataset that was exported."""


def export(
    dataset: Path,
    form: str,
    out: Path | None = None,
    *,
    tables: Sequence[str] = (),
    public: bool = False,
    drop_duplicates: bool = False,
    overwrite: bool = False,
) -> Path:
    """Write the dataset in the format `form` and give the file or folder that was written.

    Raises UsageError for a folder that is no complete dataset, a table that is not there, or an `out` that is, or whose
    name is one of something else; PipelineError where a package is missing or the disk is full.
    """
    stored, wanted = open_dataset(dataset), FORMATS[form]
    if drop_duplicates:
        stored = without_duplicates(stored)
    stored = replace(stored, tables=_chosen(stored, wanted, tables), public=public or stored.public, told=wanted.told)
    target = out or dataset.absolute().with_name(f"{dataset.absolute().name}{_ending(wanted)}")
    layout = wanted.layout
    if layout is Layout.FILE_A_TABLE and target.suffix == wanted.suffix and len(stored.tables) == 1:
        layout = Layout.FILE
    _check_name(target, form, layout)
    if target.exists() and not overwrite:
        raise UsageError(f"{target} is there already. Name another with -o, or replace it with --overwrite.")
    if target.exists():
        _check_replaceable(target, wanted, layout)
    room = target.absolute().with_name(f"{TEMPORARY}{token_hex(4)}-{target.name}")
    try:
        room.mkdir(parents=True)
        _write(stored, wanted, layout, room / target.name)
        _put(room, target.absolute().parent)
    except ModuleNotFoundError as error:
        raise PipelineError(
            f"To write {form}, {error.name} is missing. Install it: python -m pip install 'report-pipeline[export]'"
        ) from error
    except OSError as error:
        raise PipelineError(
            f"{target} cannot be written ({error.strerror or error}). Nothing is left behind."
        ) from error
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return target


def without_duplicates(stored: Stored) -> Stored:
    """The same less the documents that repeat a fuller one. Raises UsageError where it is not known which do."""
    if "duplicates" not in stored.tables:
        raise UsageError(
            f"{stored.folder} has no table duplicates. Make it first: report-pipeline duplicates {stored.folder}"
        )
    found: set[str] = set()
    for batch in stored.batches("duplicates", ["doc_id"]):
        found |= set(batch.column(0).to_pylist())
    return replace(stored, without=frozenset(found))


def _chosen(stored: Stored, wanted: Format, asked: Sequence[str]) -> tuple[str, ...]:
    there = wanted.tables or stored.tables
    if missing := [table for table in asked or there if table not in stored.tables]:
        raise UsageError(f"{stored.folder} has no table {missing[0]}. Its tables: {', '.join(stored.tables)}.")
    if wanted.layout is Layout.FOLDER and wanted.tables and asked:
        raise UsageError(f"This format takes what it needs ({', '.join(there)}). Leave --tables out.")
    return tuple(dict.fromkeys(asked or there))


def _ending(wanted: Format) -> str:
    """What an export without a name has behind the name of its dataset."""
    return wanted.suffix if wanted.layout is Layout.FILE else f"-{wanted.suffix[1:]}"


def _write(stored: Stored, wanted: Format, layout: Layout, path: Path) -> None:
    if layout is not Layout.FILE_A_TABLE:
        wanted.write(stored, path)
        return
    path.mkdir()
    for table in stored.tables:
        wanted.write(replace(stored, tables=(table,)), path / f"{table}{wanted.suffix}")


def _check_name(target: Path, form: str, layout: Layout) -> None:
    """Raises UsageError where the name says that something else is written."""
    suffix = FORMATS[form].suffix
    if layout is Layout.FILE and target.suffix in SUFFIXES - {suffix}:
        raise UsageError(f"{target.name} is no name for {form}. Name a file that ends in {suffix}.")
    if layout is not Layout.FILE and target.suffix in SUFFIXES:
        one = ", or one table with --tables" if layout is Layout.FILE_A_TABLE and target.suffix == suffix else ""
        raise UsageError(f"{form} is a folder, a file a table, and {target.name} no name for one. Name a folder{one}.")


def _check_replaceable(target: Path, wanted: Format, layout: Layout) -> None:
    """Raises UsageError where other things than an earlier export would go."""
    if target.is_dir() == (layout is Layout.FILE):
        raise UsageError(f"{target} is {'a folder' if target.is_dir() else 'a file'}. Name another with -o.")
    known = DATASET if wanted is FORMATS["parquet"] else frozenset()
    others = (path for path in (target.iterdir() if target.is_dir() else ()) if path.name not in known)
    if any(path.suffix != wanted.suffix or path.is_dir() for path in others):
        raise UsageError(f"{target} holds other files than an export. Name another with -o.")


def _put(room: Path, folder: Path) -> None:
    """Move what is written to where it belongs."""
    for path in sorted(room.iterdir()):
        target = folder / path.name
        if target.is_dir():
            shutil.rmtree(target)
        path.replace(target)
