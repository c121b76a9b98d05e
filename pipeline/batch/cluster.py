"""The engine `dask`: a cluster that the user names, or one of this machine's processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import PipelineError, UsageError

if TYPE_CHECKING:
    from pipeline.batch.spread import Spread

T = TypeVar("T")
R = TypeVar("R")

PATIENCE = 30
"""Seconds to wait for a scheduler that is named."""


@contextmanager
def dask(workers: int, scheduler: str | None = None) -> Iterator[Spread]:
    """The workers of the cluster at `scheduler`, which must see the archive and the dataset under the same paths.

    Where none is named, `workers` processes of this machine. Raises UsageError where Dask is not installed or nobody
    answers at `scheduler`.
    """
    try:
        from distributed import Client, KilledWorker, LocalCluster, as_completed
        from distributed.client import FutureCancelledError
    except ImportError as error:
        raise UsageError('Dask is not installed. Install it: python -m pip install "report-pipeline[dask]".') from error

    with ExitStack() as opened:
        if scheduler is None:
            scheduler = opened.enter_context(
                LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, memory_limit=0)
            )
        try:
            client = opened.enter_context(Client(scheduler, timeout=PATIENCE))
        except (OSError, ValueError) as error:
            raise UsageError(f"No scheduler answers at {scheduler} ({error}). Check its address.") from error

        def spread(work: Callable[[T], R], tasks: Iterable[T], lost: Callable[[T, str], T]) -> Iterator[R]:
            drawn = iter(tasks)
            held = {}

            def give_out(task: T) -> object:
                future = client.submit(work, task, pure=False)
                held[future] = task
                return future

            waiting = as_completed([give_out(task) for task in islice(drawn, 2 * max(1, _threads(client)))])
            for future in waiting:
                task = held.pop(future)
                try:
                    error = future.exception()
                except FutureCancelledError as gone:
                    raise PipelineError(
                        "The cluster went away. What is written is whole: go on with --resume."
                    ) from gone
                if isinstance(error, KilledWorker):
                    waiting.add(give_out(lost(task, "Dask has seen it end")))
                    continue
                if error:
                    raise error
                for task in islice(drawn, max(1, 2 * _threads(client) - len(held))):  # workers may have come since
                    waiting.add(give_out(task))
                yield future.result()

        yield spread


def _threads(client: object) -> int:
    return sum(client.nthreads().values())  # type: ignore[attr-defined]
