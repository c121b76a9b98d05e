"""An archive to reports or clean texts, one after the other in this process: for Python and for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pipeline.batch.inventory import Item, entries, name_of, walk
from pipeline.batch.proofs import prove
from pipeline.batch.survey import count_lines, new_counter
from pipeline.config import Config
from pipeline.flow import attempt, process
from pipeline.kit import build_cleaner, build_kit, load_rules
from pipeline.reading import read
from pipeline.records import CleanText, Failure, Report, Source

if TYPE_CHECKING:
    from pipeline.cleaning import Cleaner, Profile

T = TypeVar("T")
OnFailure = Callable[[Failure], None]


def reports(roots: Iterable[Item], config: Config, on_failure: OnFailure, only: str | None = None) -> Iterator[Report]:
    """One report a document, in order, with the rows that `run` writes; `on_failure` is told of every other entry.

    Of an archive of which the entry of one name is wanted `only`, the others are but counted.
    """
    items = list(walk(roots))
    kit = build_kit(config, archive_profile(items, config))
    prove(kit)
    yield from _each(items, config, partial(process, kit=kit), on_failure, only)


def clean_texts(roots: Iterable[Item], config: Config, on_failure: OnFailure) -> Iterator[tuple[Source, CleanText]]:
    """One clean text a document, as `run` has them in ``documents.text``."""
    items = list(walk(roots))
    cleaner = build_cleaner(load_rules(config), config, archive_profile(items, config))
    yield from _each(items, config, partial(_clean, cleaner=cleaner, config=config), on_failure)


def archive_profile(items: Iterable[Item], config: Config) -> Profile:
    """What the texts of the archive repeat."""
    counter = new_counter()
    if config.cleaning.archive_profile:
        for item in items:
            for entry in entries(item, config):
                if isinstance(entry, Source):
                    count_lines(entry, counter, config)
    return counter.freeze()


def _each(
    items: Iterable[Item],
    config: Config,
    step: Callable[[Source], T],
    on_failure: OnFailure,
    only: str | None = None,
) -> Iterator[T]:
    for item in items:
        for entry in entries(item, config):
            if only is not None and name_of(entry) not in (only, item.name):  # or what is wrong with all of it
                continue
            found = entry if isinstance(entry, Failure) else attempt(step, entry)
            if isinstance(found, Failure):
                on_failure(found)
            else:
                yield found


def _clean(source: Source, cleaner: Cleaner, config: Config) -> tuple[Source, CleanText]:
    return source, cleaner.clean(read(source, config.limits).text)
