"""The engine `local`: processes of this machine, each with a pipe of its own.

A pool of the standard library falls as a whole when one of its workers dies, and does not say which. Here a death
is known by its pipe: only the task in it is done again, and the other workers do not notice.
"""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from pipeline.batch.spread import Spread

T = TypeVar("T")
R = TypeVar("R")


class _Worker:
    """A process, started afresh so that it is the same on every system, and what it is at."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _no_interrupt():
            self.process.start()
        theirs.close()  # so that the pipe ends with the process
        self.task: Any = None

    def give(self, work: Callable[[T], object], task: T) -> None:
        """Begin a task; a worker that is dead already is noticed when its answer is asked for."""
        self.task = task
        with suppress(ConnectionError):
            self.pipe.send((work, task))

    def answer(self) -> tuple[Any, BaseException | None]:
        """What came of the task. Raises EOFError where the process died."""
        try:
            answer: tuple[Any, BaseException | None] = self.pipe.recv()
        except OSError as error:
            raise EOFError from error
        return answer

    def end(self) -> str:
        """End the process and say how it ended."""
        self.pipe.close()
        self.process.join(0.5)
        self.process.kill()
        self.process.join()
        code = self.process.exitcode or 0
        return signal.Signals(-code).name if code < 0 else f"exit status {code}"


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back for the moment, and for good from a process that is started meanwhile."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def local(workers: int, scheduler: str | None = None) -> Iterator[Spread]:
    """So many processes, started when there is work for them."""
    if scheduler:
        raise UsageError("The engine local has no scheduler. Use --engine dask.")
    idle: list[_Worker] = []
    busy: dict[Any, _Worker] = {}  # by their pipes

    def spread(work: Callable[[T], R], tasks: Iterable[T], lost: Callable[[T, str], T]) -> Iterator[R]:
        drawn, again = iter(tasks), list[T]()

        def give_out() -> None:
            while len(busy) < workers:
                try:
                    task = again.pop() if again else next(drawn)
                except StopIteration:
                    return
                worker = idle.pop() if idle else _Worker()
                busy[worker.pipe] = worker
                worker.give(work, task)

        _end(busy.values())  # of an earlier spread that was left in the middle
        busy.clear()
        give_out()
        while busy:
            results: list[R] = []
            for pipe in wait(list(busy)):
                worker = busy.pop(pipe)
                try:
                    result, error = worker.answer()
                except EOFError:
                    again.append(lost(worker.task, worker.end()))
                    continue
                idle.append(worker)
                if error:
                    raise error
                results.append(result)
            give_out()
            yield from results

    try:
        yield spread
    finally:
        _end([*idle, *busy.values()])


def _end(workers: Collection[_Worker]) -> None:
    for worker in workers:
        worker.process.terminate()
    for worker in workers:
        worker.end()


def _serve(pipe: Connection[Any, Any]) -> None:
    """In a worker: do what comes through the pipe until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    _follow_parent()
    with suppress(EOFError, OSError):
        while True:
            work, task = pipe.recv()
            try:
                result, failed = work(task), None
            except Exception as error:
                error.add_note(f"In a worker:\n{traceback.format_exc()}")
                result, failed = None, error
            pipe.send((result, failed))


def _follow_parent() -> None:
    """End when the parent is gone, whichever way it went and whatever is at hand."""
    from multiprocessing import parent_process
    from threading import Thread

    if parent := parent_process():

        def watch() -> None:
            parent.join()
            os._exit(1)

        Thread(target=watch, daemon=True).start()
