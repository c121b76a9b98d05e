"""An archive to reports, one after the other in this process: what `pipeline.process` gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.batch.inventory import Item, entries, walk
from pipeline.batch.survey import new_counter
from pipeline.config import Config
from pipeline.flow import attempt, attempt_read
from pipeline.kit import build_kit
from pipeline.records import Failure, RawText, Report

if TYPE_CHECKING:
    from pipeline.cleaning import Profile


def reports(
    roots: Iterable[Item], config: Config, on_failure: Callable[[Failure], None] = lambda _: None
) -> Iterator[Report]:
    """One report a document, in order, with the rows that `run` writes; `on_failure` is told of every other entry."""
    items = list(walk(roots))
    kit = build_kit(config, archive_profile(items, config))
    for item in items:
        for entry in entries(item, config.reading):
            found = entry if isinstance(entry, Failure) else attempt(entry, kit)
            if isinstance(found, Failure):
                on_failure(found)
            else:
                yield found


def archive_profile(items: Iterable[Item], config: Config) -> Profile:
    """What the texts of the archive repeat."""
    counter = new_counter()
    if config.cleaning.archive_profile:
        for item in items:
            for entry in entries(item, config.reading):
                raw = entry if isinstance(entry, Failure) else attempt_read(entry, config)
                if isinstance(raw, RawText):
                    counter.add(raw.text)
    return counter.freeze()
