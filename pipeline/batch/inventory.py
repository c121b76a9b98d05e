"""What lies in the INPUTs: every file in order, and the entries in each."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from pipeline.batch.folder import is_dataset
from pipeline.batch.selection import Selection
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.reading import Columns, iter_sources
from pipeline.records import Failure, Source

_SHOWN = 200  # characters of an INPUT that is not there, in what is said of it


class Item(NamedTuple):
    """A file (a text, or a container of many), and the name that its entries are known by."""

    path: str
    name: str


def find_roots(inputs: Iterable[str], stdin: Path | None = None) -> list[Item]:
    """The INPUTs with patterns spelt out, each once, with its last part as its name, numbered where two end alike.

    `stdin` is where the text of standard input was put, for the INPUT ``-``. Raises UsageError where nothing is there,
    or a dataset is.
    """
    roots: list[Item] = []
    for given in inputs:
        if given == "-" and stdin is not None:
            roots.append(Item(os.path.abspath(stdin), "-"))
            continue
        found = [given] if os.path.lexists(given) else sorted(glob.glob(given, recursive=True))
        if not found:
            shown = given if len(given) <= _SHOWN else f"{given[:_SHOWN]}…"  # somebody gave the text of a report
            raise UsageError(f"There is no {shown}. Name a file, a folder, an archive, a pattern, or - for one text.")
        if made := next((path for path in found if is_dataset(Path(path))), None):
            raise UsageError(
                f"{made} is a dataset that run has written. Name the reports that it was made of, or look into it with "
                f"report-pipeline describe {made} or report-pipeline explore {made}."
            )
        roots += (
            Item(os.path.abspath(path), readable_name(os.path.basename(os.path.abspath(path))) or "input")
            for path in found
        )
    once: dict[str, Item] = {}
    for root in roots:
        once.setdefault(os.path.realpath(root.path), root)
    return _number_twins(list(once.values()))


def find_entry(given: str) -> tuple[Item, str] | None:
    """The file and the name of an entry that is called as ``documents.source`` has it: archive/posts.csv#2, a.zip!b.txt."""
    if os.path.lexists(given):
        return None
    ends = (at for at, sign in enumerate(given) if sign in "#!" and os.path.isfile(given[:at]))
    if (at := next(ends, None)) is None:
        return None
    (root,) = find_roots([given[:at]])
    return root, root.name + given[at:]


def _number_twins(roots: Sequence[Item]) -> list[Item]:
    """Give a name that is taken the next free number: ``a~2``; a file keeps its suffix: ``a~2.txt``."""
    taken: set[str] = set()
    own = {root.name for root in roots}
    numbered = []
    for path, name in roots:
        unique, number = name, 2
        stem, suffix = os.path.splitext(name) if os.path.isfile(path) else (name, "")
        while unique in taken or (unique != name and unique in own):
            unique, number = f"{stem}~{number}{suffix}", number + 1
        taken.add(unique)
        numbered.append(Item(path, unique))
    return numbered


def walk(roots: Iterable[Item], leave_out: Path | None = None) -> Iterator[Item]:
    """Every file below the roots, sorted by name within each folder; the folder `leave_out` is passed over.

    A root that lies within another one is taken under its own name alone. A folder that may not be listed, or is a
    dataset, comes as an item itself.
    """
    real = {os.path.realpath(root.path): root for root in roots}
    dataset = {os.path.realpath(leave_out)} if leave_out else set()
    for path, root in real.items():
        yield from _walk(root, dataset | real.keys() - {path}, ())


def _walk(item: Item, apart: Set[str], above: tuple[str, ...]) -> Iterator[Item]:
    if not os.path.isdir(item.path):
        yield item
        return
    real = os.path.realpath(item.path)
    if real in apart or real in above:  # our own dataset, a root of its own, or a folder that we came through
        return
    try:
        names = sorted(os.listdir(item.path))
    except OSError:
        names = []
        yield item
    if names and is_dataset(Path(item.path)):
        yield item
        return
    for name in names:
        if os.path.join(real, name) in apart:
            continue
        inner = Item(os.path.join(item.path, name), f"{item.name}/{readable_name(name)}")
        yield from _walk(inner, apart, (*above, real))


def entries(item: Item, config: Config, start: int = 0, stop: int | None = None) -> Iterator[Source | Failure]:
    """The entries of one file, or those from `start` up to `stop`; what is wrong with it becomes a failure of its own."""
    if os.path.isdir(item.path):
        yield _of_folder(item)
    elif not os.path.isfile(item.path):
        yield Failure(
            item.name, "skipped", "NoFile", "It is a broken link, a pipe or a device. Put a file in its place."
        )
    else:
        reading = config.reading
        columns = Columns(reading.text_column or None, reading.title_column or None, reading.date_column or None)
        yield from iter_sources(Path(item.path), item.name, config.limits, columns, start=start, stop=stop)


def _of_folder(item: Item) -> Failure:
    """Why a folder is an item itself."""
    if is_dataset(Path(item.path)):
        what = "It is a dataset that run has written, and holds no reports. Nothing is to be done."
        return Failure(item.name, "skipped", "Dataset", what)
    return Failure(item.name, "read", "PermissionError", "The folder may not be listed. Ask for the right to read it.")


def wanted(files: Iterable[Item], selection: Selection, config: Config) -> Iterator[Iterator[Source | Failure]]:
    """Of each file that may hold entries of a selection, these entries."""
    for item in files:
        if selection.opens(item.name):
            yield (entry for entry in entries(item, config) if selection.takes(item.name, name_of(entry)))


def pick(item: Item, numbers: Sequence[int], config: Config) -> Iterator[Source | Failure]:
    """The entries of one file with these numbers, which grow, in one pass."""
    wanted = set(numbers)
    for number, entry in enumerate(entries(item, config, numbers[0], numbers[-1] + 1), numbers[0]):
        if number in wanted:
            yield entry


def name_of(entry: Source | Failure) -> str:
    """What an entry is known by."""
    return entry.source if isinstance(entry, Failure) else entry.name


def readable_name(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 are read as GB18030, as old archives have them.

    >>> readable_name(os.fsdecode("报告".encode("gbk"))) if os.name == "posix" else "报告"
    '报告'
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name
