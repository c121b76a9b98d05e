"""How far a run is, on standard error: a bar on a terminal, a line now and then elsewhere, or JSON for programs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.batch.run import Progress

Tell = Callable[["Progress"], None]

EVERY = 5.0
"""Seconds between two lines where nobody watches."""


class Pace(NamedTuple):
    """Entries a second since a step began, and the seconds that are left at that pace; None where not known."""

    rate: float
    left: float | None


class _Clock:
    """Measures the pace of each step; what an earlier run did is not counted as done in no time."""

    def __init__(self) -> None:
        self._step, self._began, self._heard = "", 0.0, time.monotonic()

    def pace(self, at: Progress) -> Pace:
        """The pace of the step that is going on; it began when the last was heard of the one before."""
        if self._step != at.step:
            self._step, self._began = at.step, self._heard
        self._heard = time.monotonic()
        rate = (at.entries - at.stood) / max(self._heard - self._began, 1e-3)
        return Pace(rate, (at.total - at.entries) / rate if at.total is not None and rate else None)


@contextmanager
def progress(*, quiet: bool, log_json: bool = False) -> Iterator[Tell]:
    """A function that is told of each step, and shows it."""
    if log_json:
        yield _json_lines()
    elif quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar() as tell:
            yield tell
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Tell]:
    from rich import progress as rich
    from rich.console import Console

    columns = (
        rich.TextColumn("{task.description}"),
        rich.BarColumn(),
        rich.MofNCompleteColumn(),
        rich.TextColumn("{task.fields[pace]}"),
        rich.TimeElapsedColumn(),
    )
    clock = _Clock()
    with rich.Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("starting", total=None, pace="")

        def tell(at: Progress) -> None:
            bar.update(task, description=at.step, completed=at.entries, total=at.total, pace=_words(at, clock.pace(at)))

        yield tell


def _lines() -> Tell:
    said, clock = time.monotonic(), _Clock()

    def tell(at: Progress) -> None:
        nonlocal said
        pace = clock.pace(at)
        if at.entries == at.total or time.monotonic() - said >= EVERY:
            said = time.monotonic()
            of = f" of {at.total:,}" if at.total is not None else ""
            print(f"{at.step}: {at.entries:,}{of} entries, {_words(at, pace)}", file=sys.stderr, flush=True)

    return tell


def _json_lines() -> Tell:
    clock = _Clock()

    def tell(at: Progress) -> None:
        rate, left = clock.pace(at)
        seconds = None if left is None else round(left, 1)
        line = {**at._asdict(), "entries_per_second": round(rate, 1), "seconds_left": seconds}
        print(json.dumps(line), file=sys.stderr, flush=True)

    return tell


def _words(at: Progress, pace: Pace) -> str:
    """The pace and the failures in words: ``57 a second, 3 min left, 2 failures``."""
    parts = [f"{pace.rate:,.0f} a second" if pace.rate >= 10 else f"{pace.rate:.1f} a second"]
    if pace.left:
        parts.append(f"{_duration(pace.left)} left")
    return ", ".join([*parts, f"{at.failures:,} failures"])


def _duration(seconds: float) -> str:
    """A time as one would say it.

    >>> _duration(42.4), _duration(200), _duration(9000)
    ('42 s', '3 min', '2.5 h')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
