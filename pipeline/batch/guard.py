"""What keeps one document from ending a run: a note of the entry in hand, a limit of time and one of memory.

Wrong input can crash a library written in C, hang or eat the machine's memory, and then no exception tells of it. So
a worker notes which entry it has in hand; where it dies, the note names the entry, whichever engine runs the worker.
"""

from __future__ import annotations

import faulthandler
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

from pipeline.config import BatchConfig
from pipeline.dataset.parts import writing
from pipeline.errors import PipelineError
from pipeline.records import Failure

DEATHS = 3
"""Workers that die over one entry before it is given up: one alone may have been killed from outside."""

_one_at_a_time = Lock()  # a worker of a cluster may have several threads, but time and memory are of the process
_NOTE = re.compile(rb"(\d+)\n(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Losses:
    """The workers that died over one task, by the place of the entry in hand, and the entries given up with reasons."""

    deaths: tuple[int, ...] = ()
    entries: Mapping[int, str] = field(default_factory=dict)

    def after(self, note: Path, reason: str, limits: BatchConfig, size: int) -> Losses:
        """What is known once another worker died over a task of `size` entries; `note` is what it left.

        Raises PipelineError where workers die again and again with no entry in hand.
        """
        place, left = _read(note)
        deaths = (*self.deaths, place)
        if left.startswith("Timeout"):
            given_up = (
                f"It takes more than {limits.document_seconds} seconds. Split it, or raise batch.document_seconds."
            )
        elif deaths.count(place) < DEATHS:
            return replace(self, deaths=deaths)
        else:
            said = left.partition("\n")[0].removeprefix("Fatal Python error: ") or reason
            given_up = f"{DEATHS} workers died with it in hand ({said}). Look at it by itself, or leave it out."
        if not 0 <= place < size:
            raise PipelineError(
                f"Workers die before or after their documents ({reason}), perhaps for want of memory: what is written "
                "is whole, go on with --resume and fewer --workers. Where a script of yours makes the run, it needs "
                '`if __name__ == "__main__":` around its calls, since each worker imports it.'
            )
        return Losses(deaths, {**self.entries, place: given_up})


def given_up(source: str, reason: str) -> Failure:
    """The row of ``failures`` of an entry that workers died over."""
    return Failure(source, "worker", "TimeLimit" if reason.startswith("It takes") else "WorkerDied", reason)


@contextmanager
def guard(note: Path, limits: BatchConfig) -> Iterator[Callable[[int], None]]:
    """Watch over one task in this worker; call what is given with the place of each entry before it is touched."""
    _limit_memory(limits.worker_bytes)
    with _one_at_a_time:
        with writing(note):
            file = note.open("wb", buffering=0)

        def in_hand(place: int) -> None:
            with writing(note):
                file.seek(0)
                file.write(b"%d\n" % place)  # places only grow: nothing is left of the one before
            try:
                faulthandler.dump_traceback_later(limits.document_seconds, exit=True, file=file)
            except RuntimeError as error:  # there is no room for the thread that watches the time
                raise MemoryError from error

        with file:
            faulthandler.enable(file)
            try:
                yield in_hand
            except MemoryError as error:  # of no single document: those have theirs caught
                raise PipelineError(
                    "A worker has too little memory for its tools or for a part of the dataset. Raise "
                    "batch.worker_bytes or lower batch.shard_bytes, and begin anew with --overwrite."
                ) from error
            finally:
                faulthandler.cancel_dump_traceback_later()
                faulthandler.disable()
    with writing(note):
        note.unlink(missing_ok=True)


def _limit_memory(most: int) -> None:
    """From here on a document that wants more than its share is refused it, instead of the machine being brought down."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))


def _read(note: Path) -> tuple[int, str]:
    """The place of the entry in hand, -1 for none, and what was written as the worker died."""
    try:
        found = _NOTE.match(note.read_bytes())
    except OSError:
        found = None
    return (int(found[1]), found[2].decode("utf-8", "replace")) if found else (-1, "")
