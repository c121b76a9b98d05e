"""Who does the work: each engine spreads tasks over workers and gives the results as they come."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import chain, islice
from typing import Protocol, TypeVar

from pipeline.errors import PipelineError, UsageError

T = TypeVar("T")
R = TypeVar("R")


class Spread(Protocol):
    """Do `work` on every task and give the results in any order; tasks are drawn only as workers come free."""

    def __call__(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        """Start drawing tasks when the first result is asked for."""


@contextmanager
def local(workers: int) -> Iterator[Spread]:
    """Processes of this machine, started afresh so that they are the same on every system.

    A single worker, or a single task, is this process itself.
    """
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_follow_parent)

    def spread(work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        drawn = iter(tasks)
        first = list(islice(drawn, 2))
        drawn = chain(first, drawn)
        if workers == 1 or len(first) < 2:
            yield from map(work, drawn)
            return
        waiting: set[Future[R]] = {pool.submit(work, task) for task in islice(drawn, 2 * workers)}
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            waiting |= {pool.submit(work, task) for task in islice(drawn, len(done))}
            for future in done:
                yield future.result()

    try:
        yield spread
    except BrokenProcessPool as error:
        raise PipelineError(
            "A worker died, perhaps for want of memory. What is written is whole: go on with --resume and fewer --workers."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _follow_parent() -> None:
    """In a worker: leave Ctrl-C to the parent, and end when the parent is gone, whichever way it went."""
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        Thread(target=watch, daemon=True).start()


def dask(workers: int) -> AbstractContextManager[Spread]:
    """A cluster."""
    raise UsageError("The engine dask is not in this version. Use --engine local.")


ENGINES: dict[str, Callable[[int], AbstractContextManager[Spread]]] = {"local": local, "dask": dask}
