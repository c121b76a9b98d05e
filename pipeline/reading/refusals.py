"""Why an entry is not read. The name of the class stands in ``failures.error``, its words in ``failures.message``."""

from __future__ import annotations

import re
import shutil
from importlib.util import find_spec

from pipeline.errors import ReadError, Skipped
from pipeline.records import Failure


class EmptyFile(ReadError):
    """There is nothing in it."""


class TooLarge(ReadError):
    """It is over one of the `Limits`."""


class UnsupportedFormat(ReadError):
    """It holds text in a format that we do not read."""


class Encrypted(ReadError):
    """It asks for a password."""


class Damaged(ReadError):
    """Its container cannot be followed."""


class NoText(ReadError):
    """It is a document, but what it shows are pictures."""


class NoTextColumn(ReadError):
    """A table in which no column holds the texts."""


class NoColumn(ReadError):
    """A table without the column of titles or days that a user named."""


class BrokenRow(ReadError):
    """A row of a table that cannot be parsed."""


class NotText(Skipped):
    """It is no text by its kind."""


class EmptyCell(Skipped):
    """The row of a table that has no text."""


class Missing(ReadError):
    """What reads it is not installed."""


KINDS = {
    kind.__name__: kind
    for kind in (
        EmptyFile, TooLarge, UnsupportedFormat, Encrypted, Damaged, NoText, NoTextColumn, NoColumn, BrokenRow, NotText, EmptyCell,
        Missing,
    )
}  # fmt: skip


def error_named(name: str, message: str) -> ReadError:
    """The error of that name, as it came from another process.

    >>> error_named("TooLarge", "7 pages.")
    TooLarge('7 pages.')
    """
    return KINDS.get(name, Damaged)(message)


MODULES = {
    "striprtf": "striprtf", "pypdfium2": "pypdfium2", "pdfminer.six": "pdfminer", "python-calamine": "python_calamine",
}  # fmt: skip
"""What is imported of each package that readers may lack."""
PROGRAMS = {"LibreOffice": ("soffice", "libreoffice")}
"""What each program that readers may lack is called."""
_LACKING = re.compile(r"needs (\S+), which is not installed")


def missing(tool: str, called: str, install: str) -> Missing:
    """What to install for a format that the base installation does not read."""
    return Missing(f"Reading {called} needs {tool}, which is not installed. {install} and go on with --resume.")


def missing_package(package: str, extra: str, called: str) -> Missing:
    """The same for a package of one of our extras."""
    return missing(package, called, f"Run python -m pip install 'report-pipeline[{extra}]'")


def lacked(failure: Failure) -> set[str]:
    """The package or program for want of which an entry was not read; nothing where that is not the reason.

    >>> lacked(as_failure("a.rtf", missing_package("striprtf", "office", "an RTF document")))
    {'striprtf'}
    """
    return set(_LACKING.findall(failure.message)) if failure.error == Missing.__name__ else set()


def is_there(tool: str) -> bool:
    """Whether a package or program that readers may lack is installed."""
    if tool in PROGRAMS:
        return program_of(tool) is not None
    return find_spec(MODULES[tool]) is not None


def program_of(tool: str) -> str | None:
    """Where a program lies, under any of its names."""
    return next(filter(None, map(shutil.which, PROGRAMS[tool])), None)


def as_failure(name: str, error: Exception) -> Failure:
    """The row of ``failures`` for an entry that could not be read.

    >>> as_failure("logo.png", NotText("A picture holds no text."))
    Failure(source='logo.png', stage='skipped', error='NotText', message='A picture holds no text.')
    """
    if isinstance(error, ReadError):
        stage = "skipped" if isinstance(error, Skipped) else "read"
        return Failure(name, stage, type(error).__name__, str(error))
    said = f"{type(error).__name__}: {error}".strip(": ")
    if isinstance(error, OSError) and error.filename:  # of the file itself, not of a place within it
        return Failure(name, "read", type(error).__name__, f"{error.strerror}. Check that it is there and readable.")
    return Failure(name, "read", "Damaged", f"Reading stopped at a fault in it ({said}). Get the file again.")
